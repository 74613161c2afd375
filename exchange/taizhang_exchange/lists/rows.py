"""Which rows below a header are people, and what stands between and around them."""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from taizhang_casework.domain.list_judging import Cell, RawRow
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.text_folding import compact, fold, is_placeholder

from taizhang_exchange.lists.header_words import Field, HeaderWords, header_key
from taizhang_exchange.lists.layout import Columns, Header, find_header
from taizhang_exchange.lists.workbook import ABSENT, RawSheet

_UNIT = re.compile(
    r"^(?:填报|报送|上报|填表|制表|提供|编制|报表|汇总)?(?:单位|部门)(?:名称)?(?:[(（][^()（）]*[)）])*[:：]+(?P<unit>.*)$"
)
_SUM = re.compile(
    r"^.{0,8}?(?:合计|小计|总计|共计|累计)[:：]?(?:\d+(?:\.\d+)?)?[人户条名元项]?(?:[,，(（].*)?$|^共(?:计|有)?\d+[人户条名]"
)
_SIGNATURE = re.compile(
    r"^[（(]?(?:填报|报送|上报|填表|制表|单位|部门|主管|分管|经办|审核|审批|复核|负责|联系|制单|统计|科室|领导|局长|科长|主任)"
    r"[^:：]{0,10}(?:[(（][^()（）]*[)）])?[:：]"
)
_SIGNED = re.compile(
    r"^(?:填表人|审核人|负责人|经办人|制表人|联系人|联系电话|填报人|单位负责人|填报日期|制表|审核|填表|填报单位|盖章|签字)$"
)
_NOTE = re.compile(
    r"^[*※★]?(?:备注|注意|注释|注|说明|填表说明|填报说明|附注|附件|声明|提示|以下空白|以下无正文|空白|此表|本月无|本期无|无新增|暂无|"
    r"无此|无数据)(?:[\d一二三四五]?[:：.、,，]|$|.{0,12}$)"
)
_COLONED_NOTE = re.compile(r"^[*※★]?(?:备注|注意|注释|注|说明|填表说明|填报说明|附注)\d?[:：]")
_SAMPLE = re.compile(r"^[(（]?(?:示例|样例|例如|举例|例)[)）:：]?")
_HEADING = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.]|(?:街道|[镇村类]|社区|人员|对象|家庭|儿童|名单)$")
_COUNTING = re.compile(r"^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛壬癸])[)）]?$")
_ID_LENGTH = 15
_WHOLE_ID_LENGTH = 18
_SMALLEST_LONG_NUMBER = 10.0 ** (_ID_LENGTH - 1)
_LONGEST_LONE_NAME = 6
_FEWEST_CELLS = 2
_CELLS_OF_SOMEBODY = 4
_TAKEN = (
    Field.NAME,
    Field.ID_NUMBER,
    Field.DISTRICT,
    Field.TOWN,
    Field.VILLAGE,
    Field.ADDRESS,
    Field.DATE,
    Field.DETAIL,
)
"""In the order of ``RawRow``."""


class Section(NamedTuple):
    """People under one heading: the texts above them, nearest first, and their rows."""

    titles: tuple[str, ...]
    rows: list[RawRow]


class SheetRows(NamedTuple):
    """What a sheet holds: 填报单位 wherever it stands, and the sections in order."""

    unit: str
    sections: tuple[Section, ...]


def sheet_rows(sheet: RawSheet, header: Header, words: HeaderWords) -> SheetRows:
    """Every data row below the header; rows that repeat a header are read by what they then say."""
    return _Walk(sheet, words).read(header)


class _Walk:
    """One pass down a sheet."""

    def __init__(self, sheet: RawSheet, words: HeaderWords) -> None:
        self._sheet = sheet
        self._words = words
        self._units: list[str] = []
        self._titles: list[str] = []
        self._sections: list[Section] = []
        self._spread = frozenset(area.top for area in sheet.merges if area.right > area.left)

    def read(self, header: Header) -> SheetRows:
        for row in self._sheet.rows[: header.top]:
            self._look_around(row)
        titles = tuple(reversed(self._titles))
        self._sections.append(Section(titles=titles, rows=[]))
        below: Header | None = header
        while below is not None:
            below = self._block(below, titles)
        return SheetRows(unit=self._units[0] if self._units else "", sections=tuple(self._sections))

    def _block(self, header: Header, titles: tuple[str, ...]) -> Header | None:
        """Take the rows under one header; the next header, where the sheet has another."""
        columns, rows = header.columns, self._filled(header)
        take = _taker(columns)
        id_column = columns.of(Field.ID_NUMBER)
        sheet_row = self._sheet.first_row
        people = self._sections[-1].rows
        for index in range(header.below, len(rows)):
            row = rows[index]
            if (id_column is not None and _like_an_id(row[id_column])) or self._is_person(index, row, columns):
                ordinal = row[min(columns.ordinals)] if columns.ordinals else ""
                if not (isinstance(ordinal, str) and ordinal and _SAMPLE.match(compact(ordinal))):
                    people.append(take(sheet_row + index, row))
                continue
            if self._repeats(row, columns):
                again = find_header(self._sheet, self._words, index, 1)
                if again is not None:
                    return again
            elif heading := self._heading(self._sheet.rows[index]):
                people = []
                self._sections.append(Section(titles=(heading, *titles), rows=people))
        return None

    def _filled(self, header: Header) -> list[list[Cell]]:
        """The rows, with vertically merged cells filled in the columns that are read; nothing else is filled down."""
        columns = header.columns
        wanted = {*columns.single.values(), *columns.items, *columns.statuses}
        rows = self._sheet.rows
        areas = [
            area
            for area in self._sheet.merges
            if area.bottom > area.top >= header.below and area.left in wanted and area.top < len(rows)
        ]
        if not areas:
            return rows
        rows = list(rows)
        for area in areas:
            for index in range(area.top + 1, min(area.bottom + 1, len(rows))):
                if any(
                    cell != "" for column, cell in enumerate(self._sheet.rows[index]) if column not in columns.ordinals
                ):
                    rows[index] = list(rows[index])
                    rows[index][area.left] = rows[area.top][area.left]
        return rows

    def _is_person(self, index: int, row: Sequence[Cell], columns: Columns) -> bool:
        """Whether a row without a number that looks like one is of a person all the same."""
        own = self._sheet.rows[index]
        cells = [(column, cell) for column, cell in enumerate(own) if cell != "" and column not in columns.ordinals]
        texts = [compact(cell) if isinstance(cell, str) else str(cell) for _, cell in cells]
        if all(is_placeholder(text) for text in texts) or _is_furniture(texts):
            return False
        ordinal = [compact(str(own[column])) for column in columns.ordinals]
        if any(_SUM.search(text) or _SAMPLE.match(text) or _COLONED_NOTE.match(text) for text in ordinal if text):
            return False
        name, number = columns.of(Field.NAME), columns.of(Field.ID_NUMBER)
        if self._repeats(row, columns) or all(_COUNTING.match(text.removesuffix(".0")) for text in texts):
            return False
        if len(cells) < _FEWEST_CELLS:
            return (cells[0][0] == number) or (
                cells[0][0] == name and index not in self._spread and _lone_name(texts[0])
            )
        if any(column is not None and not is_placeholder(compact(str(row[column]))) for column in (name, number)):
            return True
        known = [columns.of(field) for field in (Field.TOWN, Field.VILLAGE, Field.ADDRESS, Field.DATE)]
        filled = sum(not is_placeholder(text) for text in texts)
        return filled >= _CELLS_OF_SOMEBODY or sum(c is not None and own[c] != "" for c in known) >= _FEWEST_CELLS

    def _repeats(self, row: Sequence[Cell], columns: Columns) -> bool:
        """Whether the header stands here again, or another one."""
        keys = [header_key(cell) for cell in row if isinstance(cell, str) and cell]
        return sum(bool(key) and (key in columns.words or self._words.is_header(key)) for key in keys) > len(keys) / 2

    def _heading(self, row: Sequence[Cell]) -> str:
        """The text of a row that stands alone above people (一、低保对象); empty for other rows. Notes the unit in passing."""
        self._look_around(row, title=False)
        texts = [fold(cell) for column, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
        if len(texts) != 1 or _is_furniture([compact(texts[0])]) or len(texts[0]) > 2 * _ID_LENGTH:
            return ""
        return texts[0]

    def _look_around(self, row: Sequence[Cell], *, title: bool = True) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                text = compact(cell)
                if unit := _UNIT.match(text):
                    after = next((c for c in row[column + 1 :] if isinstance(c, str) and c), "")
                    self._units += filter(None, [unit["unit"] or compact(after)])
                elif title and not _is_furniture([text]):
                    self._titles.append(text)


def _like_an_id(cell: Cell) -> bool:
    if isinstance(cell, str):
        if len(cell) == _WHOLE_ID_LENGTH and cell[:-1].isdecimal():
            return True
        return len(cell) >= _ID_LENGTH and sum(map(str.isdecimal, cell)) >= _ID_LENGTH - 1
    return cell >= _SMALLEST_LONG_NUMBER


def _is_furniture(texts: Sequence[str]) -> bool:
    """Whether a row is a sum, a signature or a note."""
    first = texts[0]
    return (
        any(_SUM.search(text) for text in texts[:3])
        or any(_SIGNATURE.match(text) or _SIGNED.match(text) for text in texts)
        or _COLONED_NOTE.match(first) is not None
        or (len(texts) == 1 and _NOTE.match(first) is not None)
    )


def _lone_name(text: str) -> bool:
    return (
        not _HEADING.match(text)
        and not parse_name(text).says
        and (len(text) <= _LONGEST_LONE_NAME or "·" in text)
        and not _SIGNATURE.match(text)
    )


def _taker(columns: Columns) -> Callable[[int, Sequence[Cell]], RawRow]:
    """A function from a row to its cells by meaning."""
    pick = itemgetter(*(columns.single.get(field, ABSENT) for field in _TAKEN))
    items, statuses = columns.items, columns.statuses

    def take(number: int, row: Sequence[Cell]) -> RawRow:
        return RawRow._make((number, *pick(row), tuple([row[c] for c in items]), tuple([row[c] for c in statuses])))

    return take
