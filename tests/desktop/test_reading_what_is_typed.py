"""Days and names as people type them."""

from datetime import date

import pytest
from taizhang_desktop.kit.day_text import Unreadable, read_day
from taizhang_desktop.kit.names_text import read_names, show_names

TODAY = date(2026, 4, 9)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("", None, id="blank stays blank and never becomes today"),
        pytest.param("  ", None, id="spaces are blank"),
        pytest.param("2026-04-07", date(2026, 4, 7), id="as the program shows it"),
        pytest.param("20260407", date(2026, 4, 7), id="eight digits"),
        pytest.param("2026.4.7", date(2026, 4, 7), id="dots"),
        pytest.param("２０２６年４月７日", date(2026, 4, 7), id="full-width digits of an input method"),
        pytest.param("0407", date(2026, 4, 7), id="four digits are month and day"),
        pytest.param("4.7", date(2026, 4, 7), id="month and day with a dot"),
        pytest.param("4月9号", date(2026, 4, 9), id="today itself"),
        pytest.param(
            "12.28", date(2026, 12, 28), id="a day still to come is this year's too: no year is guessed backwards"
        ),
    ],
)
def test_a_day_is_read(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["今天", "2.29", "2026-13-01", "2026-02-30", "45000", "4", "0230", "1/2/3"])
def test_what_is_no_day_is_said_and_not_guessed(typed: str) -> None:
    assert isinstance(read_day(typed, TODAY), Unreadable)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("", (), id="nobody"),
        pytest.param("张三、李四", ("张三", "李四"), id="the ledger's own sign"),
        pytest.param("张三,李四；王五", ("张三", "李四", "王五"), id="any sign between"),
        pytest.param("张三 李四", ("张三", "李四"), id="a space between names"),
        pytest.param("张 三、李　四", ("张三", "李四"), id="a space inside a short name"),
        pytest.param("张三、张三", ("张三",), id="each once"),
        pytest.param("买买提·吐尔逊、王𡛕", ("买买提·吐尔逊", "王𡛕"), id="dotted and rare names stay whole"),
    ],
)
def test_names_are_read(typed: str, names: tuple[str, ...]) -> None:
    assert read_names(typed) == names
    assert read_names(show_names(names)) == names
