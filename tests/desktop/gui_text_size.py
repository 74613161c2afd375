"""Text grows and shrinks by the keyboard, and stays so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.settings import IdleMinutes, Settings, SettingsFile
from taizhang_desktop.shell.text_size import TextSizeKeys
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
    larger, smaller, usual = Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0
    for key in (*(larger,) * 6, smaller, usual, smaller, smaller, usual):
        QTest.keyClick(top, key, CTRL)
    assert [size.value for size in kept] == [110, 125, 150, 175, 200, 200, 175, 100, 90, 90, 100]
    assert look.text_size is TextSize.NORMAL


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "none yet" / "settings.json"
    SettingsFile(path).keep(text_size=TextSize.LARGEST)
    SettingsFile(path).keep(idle_minutes=IdleMinutes.THREE)
    SettingsFile(path).keep_last_user("环秀街道", "u1")
    SettingsFile(path).keep_last_user("田横镇", "u2")
    kept = SettingsFile(path).settings
    assert kept.text_size is TextSize.LARGEST
    assert kept.idle_minutes is IdleMinutes.THREE
    assert kept.last_users == {"环秀街道": "u1", "田横镇": "u2"}


@pytest.mark.parametrize("size", [100, 125, 150])
def test_a_size_that_an_older_version_kept_is_still_one(size: int, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b'{"text_size": %d, "idle_minutes": 5}' % size)
    kept = SettingsFile(path).settings
    assert (kept.text_size.value, kept.idle_minutes) == (size, IdleMinutes.FIVE)


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b'{"text_size": 7}', b'{"idle_minutes": 600}'],
    ids=["empty", "cut off", "no such size", "no such time"],
)
def test_damaged_settings_are_the_usual_ones(damaged: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damaged)
    assert SettingsFile(path).settings == Settings()
