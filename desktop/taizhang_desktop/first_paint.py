"""How fast the window comes: ``python -m taizhang_desktop.first_paint`` prints it as JSON and ends.

``first_paint_ms`` counts from the start of the process (or from ``--started``, ``time.time_ns()`` of whoever started it) to the
end of the first paint; ``rss_mb`` is the memory then (null where the system does not say). ``--page`` chooses what is measured:
the program as a clerk starts it (its page that asks for the key), the frame of an open desk with empty screens, or a bare PySide6
window, so that a ratio can be formed.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

BEGUN = time.time_ns()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402 - the time before Qt counts
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

if TYPE_CHECKING:
    from taizhang_desktop.worker import DeskWorker


class Page(Enum):
    """What is measured."""

    PROGRAM = "program"
    DESK = "desk"
    BARE = "bare"


def main(arguments: list[str] | None = None) -> int:
    """Show a window, print the measure, end with exit status 0."""
    parser = argparse.ArgumentParser(prog="taizhang_desktop.first_paint")
    parser.add_argument("--page", type=Page, choices=tuple(Page), default=Page.PROGRAM)
    parser.add_argument("--started", type=int, default=0)
    chosen = parser.parse_args(arguments)
    started = chosen.started or process_start() or BEGUN
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        shown = made(chosen.page, app, Path(data))
        watch = Watch(started, chosen.page)
        shown.installEventFilter(watch)
        shown.resize(1280, 720)
        shown.show()
        return app.exec()


def made(page: Page, app: QApplication, data: Path) -> QWidget:
    """The window to be measured; ``data`` is an empty folder."""
    if page is Page.PROGRAM:
        return program_window(app, data)
    return whole_window(app) if page is Page.DESK else QWidget()


class Watch(QObject):
    """Prints after the first paint of the window, and ends."""

    def __init__(self, started: int, page: Page) -> None:
        """``started`` in ns since 1970."""
        super().__init__()
        self._started = started
        self._page = page
        self._painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first paint, then for the loop to come round again: by then it is on the screen."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.report)
        return super().eventFilter(watched, event)

    def report(self) -> None:
        """Print and end."""
        took = round((time.time_ns() - self._started) / 1e6, 1)
        sys.stdout.write(json.dumps({"first_paint_ms": took, "rss_mb": memory(), "page": self._page.value}) + "\n")
        QApplication.quit()


def program_window(app: QApplication, data: Path) -> QWidget:
    """What a clerk sees first: the program itself, on the page that asks for the key of the vault in ``data``."""
    from taizhang_desktop.pc_clock import PcClock  # noqa: PLC0415 - a bare window must not pay for it
    from taizhang_desktop.window import window  # noqa: PLC0415

    office = data / "龙泉街道"
    office.mkdir()
    (office / "vault.json").touch()
    return window(app, data, PcClock(), "")


def whole_window(app: QApplication) -> QWidget:
    """The window with its look and fonts around empty screens: the desk of a town."""
    from taizhang_desktop.look.appearance import Look  # noqa: PLC0415
    from taizhang_desktop.look.bundled import bundled_fonts  # noqa: PLC0415
    from taizhang_desktop.shell.top_level import TopLevel  # noqa: PLC0415
    from taizhang_desktop.worker import DeskWorker  # noqa: PLC0415

    Look(app, bundled_fonts())
    worker = DeskWorker(app)
    top = TopLevel()
    top.show_page(desk_page(worker))
    app.aboutToQuit.connect(worker.close)
    return top


def desk_page(worker: "DeskWorker") -> QWidget:
    """The desk of a town, with screens that have nothing to show."""
    from taizhang_desktop.shell.screen import Screen  # noqa: PLC0415
    from taizhang_desktop.shell.window import MainWindow  # noqa: PLC0415
    from taizhang_desktop.viewmodels.navigation import TOWN_NAVIGATION  # noqa: PLC0415
    from taizhang_desktop.viewmodels.shell import Header, ShellModel  # noqa: PLC0415

    today = date.today()  # noqa: DTZ011 - only drawn
    header = Header(office="龙泉街道办事处", user="经办人", month=f"{today.year}年{today.month}月")
    model = ShellModel(header, TOWN_NAVIGATION, cancel=worker.cancel, keep_report=lambda _: None, parent=worker)
    window = MainWindow(model, {item.place: partial(Screen, item.label) for item in TOWN_NAVIGATION})
    window.open()
    return window


def process_start() -> int | None:
    """When this process began, in ns since 1970, to a hundredth of a second; None where /proc is not there."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    since_boot = int(fields[19]) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
    return time.time_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME) + since_boot


def memory() -> float | None:
    """Resident memory in MB; None where /proc is not there."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    sys.exit(main())
