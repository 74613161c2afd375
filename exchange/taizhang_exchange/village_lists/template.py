"""Writing the list with openpyxl: every column is text, so that no table program eats digits; villages and 排查人员 are offered."""

import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from taizhang_casework.domain.screening_rows import COLUMNS, FAULTS_TITLE, MOST_ROWS, Cells
from taizhang_casework.domain.trouble import OfficeTrouble

_TITLE_ROW, _NOTE_ROW, _HEADER_ROW, _FIRST_ROW = 1, 2, 3, 4
_SPARE_ROWS = 200
_FAULTS_WIDTH = 40
_PLACES = "可选项"
_NOTE = (
    "带 * 的必须填写。身份证号码按文本填写，不要改成数字；日期写成 2022-07-03 的样子；"
    "不要改动表头和增删栏目。填好后交镇街导入。"
)


class VillageList(msgspec.Struct, frozen=True, kw_only=True):
    """What is written: the town's name, what is offered in two columns, and rows with their faults where a list is given back."""

    town: str
    villages: tuple[str, ...]
    sources: tuple[str, ...]
    rows: tuple[Cells, ...] = ()
    faults: tuple[str, ...] = ()


class NotWritten(OfficeTrouble):
    """The list could not be written; no half file is left."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and the system's reason."""
        super().__init__(
            f"“{path.name}”没有写成（{reason}）",
            safe="台账没有改动，也没有留下不完整的文件",
            do="如文件正在WPS里打开，请先关闭；或换一个文件夹再试",
        )


def write_village_list(path: Path, content: VillageList) -> None:
    """Write the list, whole or not at all; with faults it has the column 错误原因. Raises NotWritten."""
    try:
        _write_whole(path, _workbook(content))
    except OSError as error:
        raise NotWritten(path, error.strerror or "系统拒绝") from error


def _workbook(content: VillageList) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second that only this needs

    book = Workbook()
    sheet = book.active
    sheet.title = "干部排查"
    _offer(book, content)
    _head(sheet, content)
    _rules(sheet, content)
    for at, cells in enumerate(content.rows):
        fault = content.faults[at] if at < len(content.faults) else ""
        texts = (*cells, fault) if content.faults else cells
        for column, text in enumerate(texts, start=1):
            _put(sheet.cell(_FIRST_ROW + at, column), text)
    _dress(sheet, content)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _offer(book: Any, content: VillageList) -> None:  # noqa: ANN401 - openpyxl has no types
    """The villages and sources on a sheet of their own, hidden, for the lists of the cells."""
    offered = book.create_sheet(_PLACES)
    offered.sheet_state = "hidden"
    for column, words in enumerate((content.villages, content.sources), start=1):
        for at, word in enumerate(words, start=1):
            _put(offered.cell(at, column), word)


def _head(sheet: Any, content: VillageList) -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    titles = [f"{column.title}{' *' if column.required else ''}" for column in COLUMNS]
    titles += [FAULTS_TITLE] if content.faults else []
    for row, text, font in (
        (_TITLE_ROW, f"{content.town}干部排查预警信息表", Font(size=16, bold=True)),
        (_NOTE_ROW, _NOTE, Font(size=10)),
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(titles))
        cell = sheet.cell(row, 1)
        _put(cell, text)
        cell.font = font
        cell.alignment = Alignment(
            horizontal="center" if row == _TITLE_ROW else "left", vertical="center", wrap_text=True
        )
    sheet.row_dimensions[_TITLE_ROW].height = 30
    sheet.row_dimensions[_NOTE_ROW].height = 34
    thin = Side(style="thin", color="808080")
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(_HEADER_ROW, column)
        _put(cell, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[_HEADER_ROW].height = 24
    sheet.freeze_panes = sheet.cell(_FIRST_ROW, 1)


def _rules(sheet: Any, content: VillageList) -> None:  # noqa: ANN401
    """What the cells offer; other words may be typed, since the rules say afterwards what is wrong."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    fields = [column.field for column in COLUMNS]
    last = _FIRST_ROW + MOST_ROWS - 1
    for column, (field, words) in enumerate((("village_code", content.villages), ("source", content.sources)), start=1):
        if not words:
            continue
        letter = get_column_letter(column)
        rule = DataValidation(
            type="list",
            formula1=f"'{_PLACES}'!${letter}$1:${letter}${len(words)}",
            allow_blank=True,
            showErrorMessage=False,
        )
        where = get_column_letter(fields.index(field) + 1)
        rule.add(f"{where}{_FIRST_ROW}:{where}{last}")
        sheet.add_data_validation(rule)


def _dress(sheet: Any, content: VillageList) -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    thin = Side(style="thin", color="B0B0B0")
    edge = Border(left=thin, right=thin, top=thin, bottom=thin)
    wide = len(COLUMNS) + bool(content.faults)
    for column in range(1, wide + 1):
        width = COLUMNS[column - 1].width * 2 if column <= len(COLUMNS) else _FAULTS_WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in range(_FIRST_ROW, _FIRST_ROW + max(len(content.rows), _SPARE_ROWS)):
        wrong = row - _FIRST_ROW < len(content.faults) and content.faults[row - _FIRST_ROW]
        for column in range(1, wide + 1):
            cell = sheet.cell(row, column)
            cell.number_format = "@"
            cell.border = edge
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if wrong:
                cell.fill = PatternFill("solid", fgColor="FDECEA")
            if column > len(COLUMNS):
                cell.font = Font(color="B3261E")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _put(cell: Any, text: str) -> None:  # noqa: ANN401
    """A text, whatever it begins with: no formula, and without what a workbook cannot hold."""
    cell.value = "".join(character if _storable(character) else "□" for character in text)
    cell.data_type = "s"


def _storable(character: str) -> bool:
    if character < " ":
        return character in "\t\n\r"
    return not ("\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
