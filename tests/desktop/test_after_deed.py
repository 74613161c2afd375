"""A deed that was done is told, whatever becomes of the look after it."""

import pytest
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at

TROUBLE = OfficeTrouble("读不了", safe="数据没有改动", do="请再试一次")


def fails() -> str:
    raise TROUBLE


def test_both_come_together() -> None:
    assert done_and_looked_at(lambda: "frozen", lambda: "read") == Done("frozen", "read")


def test_a_look_that_fails_takes_nothing_from_the_deed() -> None:
    assert done_and_looked_at(lambda: "frozen", fails) == Done("frozen", None)


def test_a_deed_that_fails_is_not_looked_after() -> None:
    with pytest.raises(OfficeTrouble, match="读不了"):
        done_and_looked_at(fails, lambda: pytest.fail("looked"))
