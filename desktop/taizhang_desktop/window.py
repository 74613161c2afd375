"""Opening the window: the QApplication, its look, and the program in it."""

import os
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Clock

from taizhang_desktop.crash import crash_log
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.last_resort import LastResort, keep_no_dumps, unheard
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import data_folder, has_screen, heads_folder, settings_file
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.program_log import program_log
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.text_size import TextSizeKeys
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import crash_dialog

if TYPE_CHECKING:
    from taizhang_desktop.bootstrap import Rules


def open_window(data: Path | None) -> int:
    """Run the program on the user's data (or another folder); the exit status when the window closes."""
    return _run(data or data_folder(), PcClock(), "")


def open_demo_window(offices: Path, passphrase: str, clock: Clock) -> int:
    """Run the program on the demonstration's offices, on the last day of its story."""
    return _run(offices, clock, passphrase)


def open_training_window() -> int:
    """Run a training alone, without looking at the user's data; the window closes with it."""
    return _run(None, PcClock(), "")


class NoScreen(OfficeTrouble):
    """There is no display to show a window on; Qt would end the process with words of its own."""

    def __init__(self) -> None:
        """Say it and how to go on."""
        super().__init__(
            "这里没有显示器，打不开窗口",
            safe="数据没有改动",
            do="请在桌面环境中打开，或使用不需要窗口的命令（--help 查看）",
        )


def _run(data: Path | None, clock: Clock, passphrase: str) -> int:
    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        raise NoScreen
    keep_no_dumps()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("taizhang")
    top = training_window(app, clock) if data is None else window(app, data, clock, passphrase)
    sys.excepthook = LastResort(crash_log().keep, lambda crash: crash_dialog(top, crash).open())
    with unheard(crash_log().keep):
        top.show()
        return app.exec()


def training_window(app: QApplication, clock: Clock) -> TopLevel:
    """The window of a training alone, not yet shown."""
    look = Look(app, bundled_fonts())
    top = TopLevel()
    look.dress(top)
    TextSizeKeys(top, look, lambda _: None)
    files = QtFileChooser(Path.home())
    real = Surroundings(
        data=Path(),
        clock=clock,
        files=files,
        keep_report=crash_log().keep,
        rules=shipped_rules,
        watch_session=partial(watch_session, top),
    )
    begin_training(top, real, lambda: _close(top))
    return top


def _close(top: TopLevel) -> None:
    top.close()


def window(app: QApplication, data: Path, clock: Clock, passphrase: str) -> TopLevel:
    """The window on its first page, not yet shown."""
    kept = SettingsFile(settings_file())
    look = Look(app, bundled_fonts(), text_size=kept.settings.text_size)
    top = TopLevel()
    look.dress(top)
    TextSizeKeys(top, look, lambda size: None if top.banded else kept.keep(text_size=size))
    files = QtFileChooser(Path.home())
    around = Surroundings(
        data=data,
        clock=clock,
        files=files,
        keep_report=crash_log().keep,
        rules=shipped_rules,
        settings=kept,
        heads=None if passphrase else heads_folder(),
        watch_session=partial(watch_session, top),
        train=None if passphrase else lambda left: begin_training(top, around, left),
    )
    Program(top, around, passphrase=passphrase).begin()
    return top


def begin_training(top: TopLevel, real: Surroundings, left: Callable[[], None]) -> None:
    """A training in place of the page that is shown."""
    from taizhang_desktop.training import TrainingRoom  # noqa: PLC0415 - seldom, and not before the first paint

    TrainingRoom(top, real, left)


def watch_session(top: TopLevel, lock: Callable[[], None], parent: QObject) -> None:
    """Lock when this PC's session is locked or the PC goes to sleep. Begun after the first paint: a bus may take its time."""
    log = program_log()
    if sys.platform == "win32":
        from taizhang_desktop.locking.windows_messages import SessionMessages, tell_window_of_session  # noqa: PLC0415

        messages = SessionMessages(lock)
        QCoreApplication.instance().installNativeEventFilter(messages)
        parent.destroyed.connect(
            partial(QCoreApplication.removeNativeEventFilter, QCoreApplication.instance(), messages)
        )
        tell_window_of_session(top.winId(), log.note)
    elif sys.platform == "linux":
        from taizhang_desktop.locking.session_bus import SessionBus  # noqa: PLC0415

        SessionBus(log.note, parent=parent).locked.connect(lock)


@cache
def shipped_rules() -> "Rules":
    """The rules shipped with the program, read once."""
    from taizhang_desktop.bootstrap import load_rules  # noqa: PLC0415 - the rooms wait for the first page

    return load_rules()
