"""Text grows and shrinks by the keyboard, and stays so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.shell.text_size import Settings, TextSizeKeys, keep_settings, read_settings
from taizhang_desktop.shell.top_level import TopLevel

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_keys_step_through_the_sizes_and_back(qtbot: QtBot, look: Look) -> None:
    top = TopLevel()
    qtbot.addWidget(top)
    kept: list[TextSize] = []
    TextSizeKeys(top, look, kept.append)
    with qtbot.waitExposed(top):
        top.show()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        QTest.keyClick(top, key, CTRL)
    assert kept == [TextSize.LARGE, TextSize.LARGEST, TextSize.LARGEST, TextSize.LARGE, TextSize.NORMAL]
    assert look.text_size is TextSize.NORMAL


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "none yet" / "settings.json"
    keep_settings(path, Settings(text_size=TextSize.LARGEST))
    assert read_settings(path) == Settings(text_size=TextSize.LARGEST)


@pytest.mark.parametrize("damaged", [b"", b"{", b'{"text_size": 7}'], ids=["empty", "cut off", "no such size"])
def test_damaged_settings_are_the_usual_ones(damaged: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damaged)
    assert read_settings(path) == Settings()
