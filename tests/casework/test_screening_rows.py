"""Rows of 干部排查: read into drafts, or every fault beside its cell; and what a table program puts on the clipboard."""

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.divisions import Divisions, shipped_divisions
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.screening_rows import COLUMNS, ReadRow, cells_of, read_row, with_twins

TODAY = date(2022, 4, 30)
GOOD = (
    "墨河社区居民委员会",
    "王建国",
    "11010519491231002X",
    "13812345678",
    "村委",
    "赵会计",
    "2022-04-19",
    "家庭成员突发疾病",
)


@pytest.fixture(scope="module")
def pack() -> RegulationPack:
    return shipped_packs()[0]


@pytest.fixture(scope="module")
def divisions(pack: RegulationPack) -> Divisions:
    return shipped_divisions(pack)


def but(**other: str) -> tuple[str, ...]:
    return tuple(other.get(column.field, cell) for column, cell in zip(COLUMNS, GOOD, strict=True))


def read(pack: RegulationPack, divisions: Divisions, *rows: tuple[str, ...]) -> tuple[ReadRow, ...]:
    one = partial(read_row, town="370215001", today=TODAY, divisions=divisions, pack=pack)
    return with_twins([one(cells) for cells in rows])


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        pytest.param(but(village_code="墨河社区"), "village_code", "370215001002", id="a village by its usual name"),
        pytest.param(but(village_code="370215001002"), "village_code", "370215001002", id="a village by its code"),
        pytest.param(but(received_on="2022/4/19"), "received_on", date(2022, 4, 19), id="a day as Excel shows it"),
        pytest.param(but(received_on="0419"), "received_on", date(2022, 4, 19), id="a day as it is typed"),
        pytest.param(
            but(received_on="44670"), "received_on", date(2022, 4, 19), id="a day that Excel shows as a number"
        ),
        pytest.param(
            but(received_on="2022年4月19日 星期二"), "received_on", date(2022, 4, 19), id="a day with its name"
        ),
        pytest.param(but(id_number=""), "id_number", "", id="no card"),
        pytest.param(but(name="王 𡛕"), "name", "王 𡛕", id="a rare character"),
    ],
)
def test_a_row_is_read(
    pack: RegulationPack, divisions: Divisions, row: tuple[str, ...], field: str, value: object
) -> None:
    (found,) = read(pack, divisions, row)
    assert found.faults == ""
    assert getattr(found.draft, field) == value


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param(
            ("", "", "", "", "", "", "", "病"),
            ["village_code", "name", "source", "received_on", "found_by"],
            id="everything that is missing at once",
        ),
        pytest.param(but(village_code="没有这个村"), ["village_code"], id="a village nobody knows"),
        pytest.param(but(village_code="龙山街道办事处"), ["village_code"], id="another town"),
        pytest.param(but(id_number="1.1010519491231E+17"), ["id_number"], id="a number that lost its digits"),
        pytest.param(but(received_on="22.4.19"), ["received_on"], id="a day that could be several"),
        pytest.param(but(received_on="2022-05-19"), ["received_on"], id="a day that has not come"),
        pytest.param(but(detail="病" * 10_000), ["detail"], id="ten thousand characters"),
        pytest.param(but(phone="88"), ["phone"], id="no telephone"),
        pytest.param(but(name="\ud800"), ["name", "name"], id="half a character"),
    ],
)
def test_every_fault_of_a_row_is_beside_its_cell(
    pack: RegulationPack, divisions: Divisions, row: tuple[str, ...], found: list[str]
) -> None:
    (answer,) = read(pack, divisions, row)
    assert answer.draft is None
    assert sorted(finding.field for finding in answer.findings if finding.blocks) == sorted(found)
    assert all(column.title in answer.faults for column in COLUMNS if column.field in found)


def test_blank_rows_are_none_and_the_second_row_of_a_person_names_the_first(
    pack: RegulationPack, divisions: Divisions
) -> None:
    blank = tuple(" " for _ in COLUMNS)
    first, between, second = read(pack, divisions, GOOD, blank, GOOD)
    assert (first.faults, between.blank) == ("", True)
    assert "第1行" in second.faults


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("a\tb\nc\td", (("a", "b"), ("c", "d")), id="two rows"),
        pytest.param("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d")), id="line ends of Windows, one at the end"),
        pytest.param("a\t\t\n", (("a", "", ""),), id="empty cells"),
        pytest.param('"a\nb"\tc', (("a\nb", "c"),), id="a line end in a cell"),
        pytest.param('"say ""a"""\tb', (('say "a"', "b"),), id="quotation marks in a cell"),
        pytest.param('5" nail\tb', (('5" nail', "b"),), id="a quotation mark that opens nothing"),
    ],
)
def test_the_clipboard_is_read_as_the_table_program_wrote_it(text: str, cells: tuple[tuple[str, ...], ...]) -> None:
    assert cells_of(text) == cells


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r")), min_size=1, max_size=4), max_size=4))
def test_whatever_a_cell_holds_comes_back_whole(table: list[list[str]]) -> None:
    rows = [["x", *row] for row in table]

    def written(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if set(cell) & set('\t\n"') else cell

    text = "\n".join("\t".join(map(written, row)) for row in rows)
    assert [list(row) for row in cells_of(text)] == rows


@given(st.tuples(*[st.text(max_size=20) for _ in COLUMNS]))
def test_whatever_is_typed_is_a_draft_or_a_sentence(row: tuple[str, ...]) -> None:
    (pack,) = shipped_packs()
    (answer,) = read(pack, _DIVISIONS, row)
    assert answer.blank or answer.draft is not None or answer.faults


_DIVISIONS = shipped_divisions(shipped_packs()[0])
