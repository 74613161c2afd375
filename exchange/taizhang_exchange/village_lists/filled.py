"""What a village filled in, as texts; what they mean is for the rules."""

from pathlib import Path

from taizhang_casework.domain.list_judging import Cell
from taizhang_casework.domain.screening_rows import COLUMNS, MOST_ROWS, Cells
from taizhang_casework.domain.text_folding import compact

from taizhang_exchange.lists import trouble
from taizhang_exchange.lists.trouble import UnreadableList
from taizhang_exchange.lists.workbook import RawSheet, ReadLimits, read_workbook

FilledRow = tuple[int, Cells]
"""A row's number as Excel counts it, and its texts in the order of ``COLUMNS``."""

_NEEDED = {"姓名", "具体预警信息"}
_EXACT = 10**15
_MIDNIGHT = "T00:00:00"


def read_village_list(path: Path, limits: ReadLimits | None = None) -> tuple[FilledRow, ...]:
    """The filled rows of the first visible sheet with the template's header, blank rows left out. Raises UnreadableList."""
    workbook = read_workbook(path, limits or ReadLimits())
    if not workbook.sheets:
        raise trouble.empty(path)
    for sheet in workbook.sheets:
        rows = _rows(sheet)
        if rows is None:
            continue
        if len(rows) > MOST_ROWS:
            raise trouble.too_large(path, f"有{len(rows)}行，一次最多{MOST_ROWS}行")
        if not rows:
            raise UnreadableList(path, "里面还没有填写任何一行", do="请确认是不是拿错了文件，填好后再导入")
        return rows
    raise UnreadableList(
        path, "不是干部排查表，找不到“姓名”“具体预警信息”等栏目", do="请用本程序生成的“干部排查表”填写，不要改动表头"
    )


def _rows(sheet: RawSheet) -> tuple[FilledRow, ...] | None:
    """The rows below the header; None where the sheet has none."""
    for at, row in enumerate(sheet.rows):
        titles = [compact(_text(cell)).rstrip("*") for cell in row]
        if set(titles) >= _NEEDED:
            wanted = [compact(column.title) for column in COLUMNS]
            places = [titles.index(title) if title in titles else None for title in wanted]
            below = (
                (sheet.first_row + number, tuple("" if place is None else _text(line[place]) for place in places))
                for number, line in enumerate(sheet.rows[at + 1 :], start=at + 1)
            )
            return tuple((number, cells) for number, cells in below if any(cell.strip() for cell in cells))
    return None


def _text(cell: Cell) -> str:
    """A cell as the person who typed it sees it; a number that lost digits keeps looking like one."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, str):
        return cell.removesuffix(_MIDNIGHT)
    if cell == cell // 1 and abs(cell) < _EXACT:
        return str(int(cell))
    return f"{cell:.14E}" if abs(cell) >= _EXACT else str(cell)
