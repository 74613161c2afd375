"""What a screen reader is told, on a real bus of AT-SPI: every control of every screen has a name in Chinese."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from every_screen import every_screen, tell_month
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot
from screen_reader import FIELDS, Node, Reader, Role, accessibility_bus, unnamed
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.table.paged_model import TableRole

PATIENCE = 60_000


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with accessibility_bus(tmp_path_factory.mktemp("accessibility")) as address:
        yield address


@pytest.fixture(scope="session")
def qapp_args(bus: str) -> list[str]:
    """The bus is there before the application, which looks for it once."""
    return []


@pytest.fixture
def reader(bus: str, qtbot: QtBot) -> Iterator[Reader]:
    made = Reader(bus, lambda done: qtbot.waitUntil(done, timeout=PATIENCE))
    yield made
    made.close()


def test_every_control_of_every_screen_has_a_name(reader: Reader, look: Look, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    seen = dict.fromkeys(Role, 0)
    for name, top in every_screen(tell_month(tmp_path / "month"), tmp_path / "empty", look):
        windows = reader.read()
        for node in (node for window in windows for node in window.all() if node.role in seen):
            seen[Role(node.role)] += 1
        for fault in (*unnamed(windows), *_placeholders(top, windows), *_colour_alone(top)):
            found.setdefault(fault, []).append(name)
        QCoreApplication.processEvents()
    assert not found, "\n".join(f"{fault} ({', '.join(names)})" for fault, names in found.items())
    assert min(seen[role] for role in (Role.PUSH_BUTTON, Role.TEXT, Role.COMBO_BOX, Role.TABLE)) > 0, seen


def _placeholders(top: QWidget, windows: Sequence[Node]) -> Iterator[str]:
    """Fields that are called by the hint in them, which is gone once something is typed."""
    named = {node.name for window in windows for node in window.all() if node.role in FIELDS}
    editors: list[QLineEdit | QPlainTextEdit] = [*top.findChildren(QLineEdit), *top.findChildren(QPlainTextEdit)]
    for editor in editors:
        inner = isinstance(editor.parentWidget(), QComboBox)
        if editor.isVisible() and not inner and not editor.accessibleName() and editor.placeholderText() in named:
            yield f"a field is called “{editor.placeholderText()}” by its placeholder alone"


def _colour_alone(top: QWidget) -> Iterator[str]:
    """What has a colour that means something has words too."""
    parts: list[QLabel | QAbstractButton] = [*top.findChildren(QLabel), *top.findChildren(QAbstractButton)]
    for part in parts:
        tone = part.property("tone")
        if part.isVisible() and tone not in {None, Tone.PLAIN.value} and not (part.text() or part.accessibleName()):
            yield f"{part.objectName()} is {tone} in colour alone"
    for table in cast("list[QTableView]", top.findChildren(QTableView)):
        model = table.model()
        for row in range(min(model.rowCount(), 50)):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                tone = index.data(TableRole.TONE)
                if isinstance(tone, Tone) and tone is not Tone.PLAIN and not index.data():
                    yield f"a cell of {table.objectName()} is {tone.value} in colour alone"
