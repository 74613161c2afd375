"""Choosing files, as a view-model asks for it; the dialog is :mod:`taizhang_desktop.kit.file_chooser`."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec


class FileKind(msgspec.Struct, frozen=True):
    """A kind of file: its Chinese name and its suffixes without the dot, the first of them for new files."""

    label: str
    suffixes: tuple[str, ...]


PDF = FileKind("PDF文件", ("pdf",))
PACKAGE = FileKind("数据包", ("tzb",))
BACKUP = FileKind("台账备份", ("tzbak",))
PNG = FileKind("PNG图片", ("png",))
CERTIFICATE = FileKind("证书文件", ("p12", "pfx"))
SHEET = FileKind("Excel表格", ("xlsx",))
WORKBOOK = FileKind("Excel表格", ("xlsx", "xls", "et"))


class FileChooser(Protocol):
    """Asks the user. Each call returns at once; ``then`` is called later, and only if the user chose something."""

    def save(self, title: str, name: str, kind: FileKind, then: Callable[[Path], None]) -> None:
        """A file to be written; ``name`` is proposed. That an existing file is to be replaced was agreed to."""
        ...

    def open(
        self, title: str, kind: FileKind, then: Callable[[tuple[Path, ...]], None], *, several: bool = False
    ) -> None:
        """One file that exists, or ``several``."""
        ...

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        """A folder that exists."""
        ...
