"""Opening the window: the QApplication, its look, and the program in it."""

import sys
from importlib.metadata import version
from pathlib import Path

from PySide6.QtWidgets import QApplication
from taizhang_casework.services.ports import Clock

from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.crash import CrashLog
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import data_folder, log_folder
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.shell.top_level import TopLevel


def open_window(data: Path | None) -> int:
    """Run the program on the user's data (or another folder); the exit status when the window closes."""
    return _run(data or data_folder(), PcClock(), "")


def open_demo_window(offices: Path, passphrase: str, clock: Clock) -> int:
    """Run the program on the demonstration's offices, on the last day of its story."""
    return _run(offices, clock, passphrase)


def _run(data: Path, clock: Clock, passphrase: str) -> int:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("taizhang")
    app.setApplicationDisplayName("台账")
    Look(app, bundled_fonts())
    top = TopLevel()
    log = CrashLog(log_folder() / "crashes.log", PcClock().now, version("taizhang"))
    around = Surroundings(
        data=data, clock=clock, files=QtFileChooser(Path.home()), keep_report=log.keep, rules=load_rules()
    )
    program = Program(top, around, passphrase=passphrase)
    top.show()
    program.begin()
    return app.exec()
