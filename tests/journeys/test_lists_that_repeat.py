"""What an earlier list already brought, and what only looks like it."""

from typing import TYPE_CHECKING

import openpyxl
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_row import Outcome
from taizhang_casework.services.collecting import Collected, take_list, waiting

if TYPE_CHECKING:
    from conftest import Offices

APRIL = Month(2022, 4)


def collect(offices: "Offices", department: str, day: str) -> Collected:
    """Take in a list of a department that names a person and no item."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "镇街", "村", "日期"])
    village = offices.rules.divisions.villages[offices.village()].name
    book.worksheets[0].append(["王建国", offices.number(1), "环秀街道", village, day])
    path = offices.folder / f"{department}{day}.xlsx"
    book.save(path)
    return take_list(offices.bureau.work, offices.bureau.list_reader, path, APRIL)


def test_two_departments_that_name_one_person_and_no_item_warn_of_two_things(offices: "Offices") -> None:
    first, second = collect(offices, "民政局", "2022-03-01"), collect(offices, "住房和城乡建设局", "2022-03-02")
    assert {row.item for taken in (first, second) for row in taken.done.reading.rows} == {""}
    assert [row.outcome for row in second.done.reading.rows] == [Outcome.ACCEPTED]
    with offices.bureau.store.reading() as desk:
        assert sum(map(len, waiting(desk).values())) == 2


def test_a_department_that_names_the_person_again_in_the_year_warns_of_one(offices: "Offices") -> None:
    collect(offices, "民政局", "2022-03-01")
    (row,) = collect(offices, "民政局", "2022-04-01").done.reading.rows
    assert row.outcome is Outcome.DUPLICATE
    with offices.bureau.store.reading() as desk:
        assert sum(map(len, waiting(desk).values())) == 1
