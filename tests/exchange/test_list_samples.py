"""The sample lists: real workbooks that are read like any other, about people who do not exist."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_row import Outcome, Reason
from taizhang_casework.domain.pack import RegulationPack
from taizhang_exchange.lists import CheckReport, check_lists
from taizhang_exchange.sample_lists import write_sample_lists
from taizhang_exchange.sample_people import RARE_NAMES, UNISSUED_AREA

APRIL = Month(2022, 4)


@pytest.fixture(scope="module")
def paths(pack: RegulationPack, divisions: Divisions, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_sample_lists(tmp_path_factory.mktemp("lists"), month=APRIL, divisions=divisions, pack=pack, seed=2022)


@pytest.fixture(scope="module")
def report(paths: tuple[Path, ...], pack: RegulationPack, divisions: Divisions) -> CheckReport:
    return check_lists(paths, pack, divisions)


def test_each_department_that_owes_a_list_has_one(report: CheckReport, pack: RegulationPack) -> None:
    assert [reading.department for reading in report.readings] == [d.key for d in pack.departments if d.supplies_list]
    assert all(10 <= len(reading.rows) <= 30 for reading in report.readings)


def test_no_row_is_lost_and_no_other_line_taken_for_one(paths: tuple[Path, ...], report: CheckReport) -> None:
    """Whoever has a number of eighteen digits, whole or spoilt, or is numbered beside a name, is a row."""
    assert [len(reading.rows) for reading in report.readings] == [14, 22, 12, 16, 17, 15]


def test_the_six_layouts_are_six(paths: tuple[Path, ...]) -> None:
    heads = [
        next(
            row
            for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            if sum(c != "" for c in row) > 5
        )
        for path in paths
    ]
    assert len({tuple(head) for head in heads}) == len(paths)


def test_every_reason_to_refuse_a_row_occurs(report: CheckReport) -> None:
    assert {reason for row in report.rows for reason in row.reasons} == set(Reason)


def test_most_rows_are_sound_and_every_item_is_known(report: CheckReport) -> None:
    assert report.count(Outcome.ACCEPTED) > 0.75 * len(report.rows)
    assert all(row.item for row in report.rows)


def test_nobody_who_exists_is_named(report: CheckReport) -> None:
    assert all(row.id_number.startswith(UNISSUED_AREA) for row in report.rows if len(row.id_number) == 18)


def test_rare_names_come_through_whole(report: CheckReport) -> None:
    assert set(RARE_NAMES) <= {row.name for row in report.rows if row.outcome is Outcome.ACCEPTED}


def test_what_is_reported_happened_in_the_month_before(report: CheckReport) -> None:
    assert {(row.date.year, row.date.month) for row in report.rows if row.date} == {(2022, 3)}


def test_the_warnings_go_to_the_towns_asked_for(
    report: CheckReport, pack: RegulationPack, divisions: Divisions, tmp_path: Path
) -> None:
    assert {row.town for row in report.rows if row.outcome is Outcome.ACCEPTED} == {"环秀街道", "田横镇"}
    lists = write_sample_lists(
        tmp_path, month=Month(2026, 1), divisions=divisions, pack=pack, seed=1, towns=["370215103"]
    )
    rows = [row for row in check_lists(lists, pack, divisions).rows if row.outcome is Outcome.ACCEPTED]
    assert {(row.town, str(row.date)[:7]) for row in rows} == {("段泊岚镇", "2025-12")}


def test_the_same_seed_makes_the_same_people(
    report: CheckReport, pack: RegulationPack, divisions: Divisions, tmp_path: Path
) -> None:
    again = write_sample_lists(tmp_path, month=APRIL, divisions=divisions, pack=pack, seed=2022)
    assert check_lists(again, pack, divisions).rows == report.rows
