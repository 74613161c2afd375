"""How far a workbook's sheets reach, told from their text before anything is materialised."""

import io
import re
import zipfile
import zlib

MOST_CELLS = 8_000_000
"""Rows × columns of a sheet's used range; the reader needs some 32 bytes for each, filled or not."""
MOST_BYTES = 256 * 1024 * 1024
"""The text of one sheet."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:[A-Z]{2}|[A-Z][0-9]{6})')
_NEAR_CELLS = 26 * 99_999
_COLUMNS = re.compile(rb' r="([A-Z]{1,3})[0-9]')
_LONG_ROWS = re.compile(rb'[A-Z]([0-9]{5,7})"')
_FILLED = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(?<!/)>(?!\s*</c>)')
_SHORT_ROWS = 9_999


def beyond_reason(workbook: bytes) -> str:
    """What is out of proportion with a list, in Chinese; empty where nothing is, and for files that are no .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            for member in archive.infolist():
                if _SHEET.fullmatch(member.filename):
                    with archive.open(member) as stream:
                        text = stream.read(MOST_BYTES + 1)
                    if len(text) > MOST_BYTES:
                        return "内容过多"
                    if _cells(text) > MOST_CELLS and (last := _last_filled(text)):
                        return f"的内容一直延伸到{last}单元格"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    return ""


def _cells(sheet: bytes) -> int:
    """At least as many cells as the range has, found without looking at each."""
    if not _FAR.search(sheet):
        return _NEAR_CELLS
    columns = max((_number(letters) for letters in set(_COLUMNS.findall(sheet))), default=0)
    rows = max((int(row) for row in set(_LONG_ROWS.findall(sheet))), default=_SHORT_ROWS)
    return columns * rows


def _last_filled(sheet: bytes) -> str:
    """The corner of the range of cells that hold something, empty where that is within reason."""
    columns, rows, letters = 0, 0, b""
    for column, row in _FILLED.findall(sheet):
        rows = max(rows, int(row))
        if (number := _number(column)) > columns:
            columns, letters = number, column
    return f"{letters.decode()}{rows}" if columns * rows > MOST_CELLS else ""


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
