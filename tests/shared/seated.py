"""The program in a real window, begun and with the keyboard in it; at the end everything of it is gone."""

from collections.abc import Iterator
from contextlib import contextmanager

from dressed import dress
from hands import Hands
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from pytestqt.qtbot import QtBot
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.shell.top_level import TopLevel

SCREEN = QSize(1366, 768)


@contextmanager
def seated(qtbot: QtBot, around: Surroundings) -> Iterator[Hands]:
    """Hands at the keyboard and mouse of the program, on a screen of 1366×768."""
    top = TopLevel()
    dress(top)
    program = Program(top, around)
    top.resize(SCREEN)
    with qtbot.waitExposed(top):
        top.show()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    program.begin()
    try:
        yield Hands(qtbot, top)
    finally:
        program.close()
        top.hide()
        top.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
