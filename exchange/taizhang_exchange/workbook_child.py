"""The child process that reads a workbook: bytes in on stdin, plain rows out on stdout, under limits of its own.

Started fresh for each file by :mod:`taizhang_exchange.lists.workbook`; imports as little as can be, since its start is part of
every reading. A file that makes the reader ask for hundreds of gigabytes ends this process and nothing else.
"""

import gc
import io
import marshal
import sys

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

ARGUMENT = "--taizhang-read-workbook"
"""First argument by which a frozen program is started as this child; the second is the memory it may use, in bytes."""

SHEETS, ENCRYPTED, UNREADABLE = "sheets", "encrypted", "unreadable"
"""What an answer begins with; sheets follow as (name, visible, first row, first column, rows, merged ranges)."""

_PLAIN = frozenset({str, float, int, bool})


def serve_if_asked(arguments: list[str]) -> None:
    """Be the child and leave, where the program was started as one; a frozen program calls this before anything else."""
    if len(arguments) == 3 and arguments[1] == ARGUMENT:  # noqa: PLR2004 - program, argument, memory
        main(int(arguments[2]))
        sys.exit(0)


def main(memory: int) -> None:
    """Read a workbook from stdin and write its answer to stdout."""
    _limit(memory)
    gc.disable()  # one answer, then the end: looking for garbage among its cells costs a fifth of the time
    answer = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(marshal.dumps(answer))  # type: ignore[arg-type]  # typing would cost the child its quick start
    sys.stdout.buffer.flush()


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(workbook: bytes) -> tuple[str, object]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
            return SHEETS, [_sheet(book, sheet.name, sheet.visible) for sheet in _lists(book)]
    except PasswordError:
        return ENCRYPTED, ""
    except (CalamineError, OSError, ValueError) as error:
        return UNREADABLE, str(error)


def _lists(book: CalamineWorkbook) -> list:  # type: ignore[type-arg]  # SheetMetadata exists for type checkers only
    return [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _sheet(book: CalamineWorkbook, name: str, visible: SheetVisibleEnum) -> tuple[str, bool, int, int, object, object]:
    """A hidden sheet is named but not read."""
    if visible != SheetVisibleEnum.Visible:
        return name, False, 0, 0, [], []
    sheet = book.get_sheet_by_name(name)
    first_row, first_column = sheet.start or (0, 0)
    rows: list[list[object]] = sheet.to_python(skip_empty_area=True)  # type: ignore[assignment]  # lists are invariant
    plain = [[cell if type(cell) in _PLAIN else _text(cell) for cell in row] for row in rows]
    return name, True, first_row, first_column, plain, sheet.merged_cell_ranges or []


def _text(cell: object) -> str:
    """A date or time as ISO 8601 text; a span of time as the words of ``str``, which are no date."""
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
