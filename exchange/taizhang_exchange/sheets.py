"""A workbook of one sheet whose cells are all text, written row by row: no digit is lost, nothing is a formula, nothing spills.

Written by hand and not by XlsxWriter, which keeps either all cells in memory or the rows of an office's people in a readable
file among the system's temporary ones.
"""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from taizhang_exchange.packages.sealing import beside
from taizhang_exchange.packages.trouble import cannot_write

MOST_ROWS = 1_048_575
"""A sheet of Excel and WPS ends here, its head not counted."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOC}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_DOC}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_TEXT, _HEAD = 1, 2
"""Styles: both with the number format ``@``, so that a cell stays text when it is edited."""


class SheetHead(NamedTuple):
    """A column: its title, and its width in Chinese characters."""

    title: str
    width: float


def write_sheet(path: Path, title: str, columns: Sequence[SheetHead], rows: Iterable[Sequence[str]]) -> None:
    """Write the workbook whole or not at all; an older file stays until the new one is whole, and what ``rows`` raises leaves it.

    Raises CannotWrite, DiskFull; ValueError where there are more rows than a sheet can hold.
    """
    try:
        with beside(path) as (part, file):
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
                for name, content in (*_PARTS.items(), ("xl/workbook.xml", _workbook(title))):
                    book.writestr(name, _XML + content)
                with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                    for piece in _sheet(columns, rows):
                        sheet.write(piece.encode())
            file.flush()
            os.fsync(file.fileno())
            file.close()
            part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def _workbook(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>'
        f'<sheet name={quoteattr(title)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(columns: Sequence[SheetHead], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    )
    for number, column in enumerate(columns, 1):
        yield f'<col min="{number}" max="{number}" width="{2 * column.width + 2:.1f}" customWidth="1" style="{_TEXT}"/>'
    yield "</cols><sheetData>"
    yield _row([column.title for column in columns], _HEAD)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ValueError(f"more than {MOST_ROWS} rows")
        yield _row(row, _TEXT)
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[str], style: int) -> str:
    written = (
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_text(cell)}</t></is></c>' if cell else "<c/>"
        for cell in cells
    )
    return f"<row>{''.join(written)}</row>"


def _text(cell: str) -> str:
    """Escaped; what XML cannot hold is written as the sheet's own escape, half a character as the sign for one."""
    literal = _LITERAL.sub("_x005F_", cell)
    return escape(_UNWRITABLE.sub(lambda found: _escaped(found[0]), literal))


def _escaped(character: str) -> str:
    return f"_x{ord(character):04X}_" if character < " " else "\ufffd"
