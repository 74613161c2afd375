"""The whole window of an open office, as the program shows it once the desk is open."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.crash import Crash
from taizhang_desktop.desk import DeskTools, open_desk
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.worker import DeskWorker


@contextmanager
def desk_window(qtbot: QtBot, office: OpenOffice, worker: DeskWorker) -> Iterator[MainWindow]:
    """Shown on a screen of 1366×768, with the keyboard in it; at its end there must be no report of a bug of ours."""
    crashes: list[Crash] = []
    files = QtFileChooser(office.vault.folder, native=False)
    tools = DeskTools(files=files, keep_report=crashes.append, lock=lambda: None, settings=SettingsFile())
    window = open_desk(office, worker, tools).window
    qtbot.addWidget(window)
    window.resize(1366, 730)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open()
    yield window
    window.close()
    assert crashes == []
