"""A workbook as plain rows, read in a child process under limits of time, memory and size."""

import contextlib
import csv
import hashlib
import io
import marshal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from taizhang_casework.domain.list_judging import Cell
from taizhang_casework.domain.trouble import system_says

from taizhang_exchange import workbook_child
from taizhang_exchange.lists import trouble
from taizhang_exchange.lists.extent import beyond_reason

_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; from taizhang_exchange.workbook_child import main; main(int(sys.argv[1]))"
)
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class ReadLimits(NamedTuple):
    """What one file may take: its own size and the child's memory in bytes, the whole reading in seconds."""

    file: int = 100 * 1024 * 1024
    memory: int = 2 * 1024**3
    seconds: float = 120.0


class MergedRange(NamedTuple):
    """A merged range by its first and last row and column, counted from 0 within the rows of its sheet."""

    top: int
    left: int
    bottom: int
    right: int


ABSENT = -1
"""The column of a field that a list does not have: the blank cell that ends every row."""


class RawSheet(NamedTuple):
    """A visible sheet: its rows all of one width, each with a blank cell more at its end (``ABSENT``).

    ``first_row`` is which row of Excel (from 1) the first of them is.
    """

    name: str
    first_row: int
    rows: list[list[Cell]]
    merges: tuple[MergedRange, ...]


class RawWorkbook(NamedTuple):
    """A file's visible sheets and the SHA-256 of exactly the bytes that were read."""

    sha256: str
    sheets: tuple[RawSheet, ...]


def read_workbook(path: Path, limits: ReadLimits = ReadLimits()) -> RawWorkbook:  # noqa: B008 - an immutable value
    """Read .xlsx, .xls, .et, .ods by what is inside, and .csv by its name. Raises UnreadableList in one sentence."""
    if path.suffix.lower() == ".csv":
        data = _bytes(path, limits)
        return RawWorkbook(hashlib.sha256(data).hexdigest(), (_csv_sheet(path, data),))
    child = None
    if path.is_file():
        child = _start(limits)
    try:
        data = _bytes(path, limits)
        if what := beyond_reason(data):
            raise trouble.too_large(path, what)
        if child is None:
            raise trouble.missing(path)  # it came only after the child was not started
        answer = _ask(child, path, data, limits)
    finally:
        if child is not None:
            _end(child)
    sheets = tuple(_sheets(path, data, answer))
    return RawWorkbook(hashlib.sha256(data).hexdigest(), sheets)


def _bytes(path: Path, limits: ReadLimits) -> bytes:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise trouble.not_to_be_opened(path, "这不是普通文件")
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file + 1)
    except FileNotFoundError as error:
        raise trouble.missing(path) from error
    except IsADirectoryError as error:
        raise trouble.not_to_be_opened(path, "这是一个文件夹") from error
    except PermissionError as error:
        raise trouble.not_to_be_opened(path, "没有读取的权限") from error
    except OSError as error:
        raise trouble.not_to_be_opened(path, system_says(error)) from error
    if len(data) > limits.file:
        raise trouble.too_large(path, f"超过{limits.file // 1024**2}MB")
    return data


def _start(limits: ReadLimits) -> subprocess.Popen[bytes]:
    """Start the child before the file is read, so that both happen at once. A frozen program starts itself."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, workbook_child.ARGUMENT, str(limits.memory)]
    else:
        command = [sys.executable, "-I", "-S", "-c", _BOOT, str(limits.memory), *sys.path]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _ask(child: subprocess.Popen[bytes], path: Path, data: bytes, limits: ReadLimits) -> tuple[str, Any]:
    try:
        said, _ = child.communicate(data, timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise trouble.took_too_long(path) from error
    if child.returncode != 0 or not said:
        raise trouble.broke_the_reader(path)
    answer: tuple[str, Any] = marshal.loads(said)  # noqa: S302 - from our own child; msgspec would double its start
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child whatever it does, and close its pipes."""
    if child.poll() is None:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    child.wait()


def _sheets(path: Path, data: bytes, answer: tuple[str, Any]) -> Iterator[RawSheet]:
    kind, content = answer
    if kind == workbook_child.ENCRYPTED or (data.startswith(_COMPOUND_FILE) and _ENCRYPTED_PACKAGE in data):
        raise trouble.encrypted(path)
    if kind != workbook_child.SHEETS:
        raise trouble.no_workbook(path)
    for name, visible, first_row, first_column, rows, merges in content:
        if visible and rows:
            for row in rows:
                row.append("")
            yield RawSheet(
                name=name,
                first_row=first_row + 1,
                rows=rows,
                merges=tuple(
                    MergedRange(top - first_row, left - first_column, bottom - first_row, right - first_column)
                    for (top, left), (bottom, right) in merges
                ),
            )


def _csv_sheet(path: Path, data: bytes) -> RawSheet:
    """A CSV file as one sheet with an empty name, comma or tab or semicolon, in UTF-8, UTF-16 or GB 18030."""
    text = _decoded(path, data)
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    try:
        lines: list[list[Cell]] = [
            list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise trouble.no_workbook(path) from error
    width = max(map(len, lines), default=0)
    if not width:
        raise trouble.empty(path)
    return RawSheet(name="", first_row=1, rows=[line + [""] * (width + 1 - len(line)) for line in lines], merges=())


def _decoded(path: Path, data: bytes) -> str:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise trouble.no_workbook(path)
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise trouble.no_workbook(path)
