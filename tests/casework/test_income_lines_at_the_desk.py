"""收入线 on a real encrypted file: entered whole or not at all, taken away again, and who did it when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from shipped import PACKS
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.income import IncomeLine
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.income_lines import check_line, enter_line, income_lines, line_areas, remove_line
from taizhang_casework.services.undoing import look_back, session_begins, undo
from taizhang_casework.services.work import Work
from taizhang_db import Vault
from taizhang_db.verifying import verify

GIVEN: Given = {
    "area_code": "370215",
    "valid_from": date(2022, 1, 1),
    "amount": 7_000_00,
    "document": " 即政发〔2022〕3号 ",
}
CLERK = User(name="周海燕", role=Role.CLERK)


def kept(work: Work) -> tuple[IncomeLine, ...]:
    with work.store.reading() as desk:
        return income_lines(desk)


def refused(work: Work, given: Given) -> list[tuple[str, str]]:
    with pytest.raises(NotAccepted) as told:
        enter_line(work, given)
    assert told.value.findings == check_line(work, given)
    return [(finding.field, finding.code) for finding in told.value.findings]


def test_a_line_is_kept_with_its_place_day_amount_and_document(work: Work) -> None:
    enter_line(work, GIVEN)
    (line,) = kept(work)
    assert (line.area, line.valid_from, line.amount) == ("即墨区", date(2022, 1, 1), Fen(7_000_00))
    assert line.document == "即政发〔2022〕3号"


def test_who_entered_a_line_when_is_in_the_journal(work: Work) -> None:
    enter_line(work, GIVEN)
    (line,) = kept(work)
    remove_line(work, line.id)
    with work.store.reading() as desk:
        first, last = reversed(list(desk.journal.by_user(work.user.name, after=0))[:2])
    assert (first.kind, first.id, first.before) == (Kind.INCOME_LINE, line.id, None)
    assert (last.by, last.before, last.operation) == (work.user.name, first.after, Operation.REMOVE_INCOME_LINE)


def test_the_whole_district_and_each_of_its_towns_can_have_a_line(work: Work) -> None:
    assert list(line_areas(work).values())[:2] == ["即墨区", "环秀街道"]


def test_everything_that_is_blank_is_said_at_once(work: Work) -> None:
    assert {field for field, _ in refused(work, {})} == {"area_code", "valid_from", "amount", "document"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"amount": 0}, "no_amount", id="nothing is no line"),
        pytest.param({"document": "文" * 101}, "too_long", id="a document is no essay"),
        pytest.param({"area_code": "370283"}, "unknown_place", id="another district's line is none of ours"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(work: Work, wrong: Given, code: str) -> None:
    assert [found for _, found in refused(work, {**GIVEN, **wrong})] == [code]
    assert kept(work) == ()


def test_a_day_that_has_its_line_already_is_refused_until_that_one_is_taken_away(work: Work) -> None:
    enter_line(work, GIVEN)
    assert refused(work, {**GIVEN, "amount": 8_000_00}) == [("valid_from", "day_repeats")]
    enter_line(work, {**GIVEN, "area_code": "370215001"})
    remove_line(work, kept(work)[0].id)
    enter_line(work, {**GIVEN, "amount": 8_000_00})
    assert [line.amount for line in kept(work)] == [Fen(8_000_00), Fen(7_000_00)]


def test_a_clerk_neither_enters_nor_takes_away(work: Work) -> None:
    enter_line(work, GIVEN)
    clerk = replace(work, user=CLERK)
    assert refused_right(lambda: enter_line(clerk, {**GIVEN, "valid_from": date(2023, 1, 1)}))
    assert refused_right(lambda: remove_line(clerk, kept(work)[0].id))
    assert len(kept(work)) == 1


def refused_right(deed: Callable[[], object]) -> bool:
    with pytest.raises(NotAccepted) as told:
        deed()
    return [finding.code for finding in told.value.findings] == ["no_right"]


def test_entering_and_taking_away_can_be_taken_back(work: Work) -> None:
    with work.store.reading() as desk:
        since = session_begins(desk)
    enter_line(work, GIVEN)
    (line,) = kept(work)
    for deed, left in ((lambda: None, 0), (lambda: enter_line(work, GIVEN), 1)):
        deed()
        if left:
            remove_line(work, kept(work)[0].id)
        with work.store.reading() as desk:
            newest = look_back(work, desk, since)
        assert newest is not None
        assert newest.what.endswith("收入线（即墨区）")
        undo(work, since, newest.change)
        assert len(kept(work)) == left
    assert line not in kept(work)


def test_a_file_with_lines_verifies(work: Work, desk_vault: Vault) -> None:
    enter_line(work, GIVEN)
    assert verify(desk_vault, PACKS).findings == ()
