"""A training in the program's window: a made-up town in a folder of its own, under a band, and gone when it is left."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QMessageBox

from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.training_facts import FIRST_DAY, OFFICES, PASSPHRASE, STICK
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.kit.parts import Button, label, row
from taizhang_desktop.locking.curtain import clear_screen
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.program import Program, Surroundings, Training
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.viewmodels.files import FileChooser

if TYPE_CHECKING:
    from taizhang_desktop.bootstrap import OpenOffice, Rules

BAND = "演练 · 练习用数据，不是真实台账"
TODAY = "演练里的今天：2022年4月29日"
MARK = "【演练】"
LOST = "演练里做过的都会删除，不留副本。本机真实的台账没有动过。"
SEED = 2024
"""Of the story's identifiers."""


class TrainingRoom(QObject):
    """One training, from the page that leads to it until it is left or the window closes; then its folder is wiped."""

    def __init__(
        self,
        top: TopLevel,
        real: Surroundings,
        left: Callable[[], None],
        *,
        files: Callable[[Path], FileChooser] = QtFileChooser,
    ) -> None:
        """``real`` lends its rules, its watch of the session and its clock of the idle time, nothing that is kept.

        ``left`` is called once the training is over and wiped; ``files`` makes the dialogs, which begin at the training's stick.
        """
        super().__init__(top)
        self._top = top
        self._left = left
        self.folder = Path(tempfile.mkdtemp(prefix="taizhang-training-"))
        clock = StoryClock(FIRST_DAY, seed=SEED)
        around = Surroundings(
            data=self.folder / OFFICES,
            clock=clock,
            files=files(self.folder / STICK),
            keep_report=real.keep_report,
            rules=cache(partial(_rules, real.rules)),
            settings=SettingsFile(),
            watch_session=real.watch_session,
            seconds=real.seconds,
            training=Training(build=lambda: _build(self.folder, around.rules(), clock), passphrase=PASSPHRASE),
        )
        band = TrainingBand()
        band.leaving.clicked.connect(self._ask)
        top.show_band(band, MARK)
        self._program = Program(top, around)
        top.closed.connect(self._wipe)
        self._program.begin()

    def leave(self) -> None:
        """End the training, whatever is half-typed in it."""
        clear_screen(self._top)
        self._top.closed.disconnect(self._wipe)
        self._program.leave()
        self._top.show_band(None)
        self._wipe()
        self._left()
        self.deleteLater()

    def _ask(self) -> None:
        asked = QMessageBox(self._top)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setIcon(QMessageBox.Icon.NoIcon)
        asked.setWindowTitle("结束演练")
        asked.setText(LOST)
        stay = asked.addButton("继续演练", QMessageBox.ButtonRole.RejectRole)
        go = asked.addButton("结束并删除", QMessageBox.ButtonRole.DestructiveRole)
        go.setObjectName("end_training")
        asked.setDefaultButton(stay)
        asked.setEscapeButton(stay)
        asked.buttonClicked.connect(lambda button: QTimer.singleShot(0, self, self.leave) if button is go else None)
        asked.open()

    def _wipe(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class TrainingBand(QFrame):
    """Across the top of every page; ``leaving`` ends the training."""

    def __init__(self) -> None:
        """Say what this is, and what day it is here."""
        super().__init__()
        self.setObjectName("training_band")
        self.setProperty("kind", "training")
        self.leaving = Button("结束演练")
        self.leaving.setObjectName("leave_training")
        self.leaving.setToolTip("回到本机真实的台账，演练里做过的全部删除")
        says = label(BAND, "heading")
        says.setObjectName("training_says")
        inside = row(says, label(TODAY), None, self.leaving, spacing=SPACE.medium)
        inside.setContentsMargins(SPACE.large, SPACE.tight, SPACE.small, SPACE.tight)
        self.setLayout(inside)
        self.setAccessibleName(f"{BAND}。{TODAY}")


def _rules(rules: "Callable[[], Rules]") -> "Rules":
    from taizhang_desktop.demo.training_town import training_rules  # noqa: PLC0415 - the rooms wait for the first page

    return training_rules(rules())


def _build(folder: Path, rules: "Rules", clock: StoryClock) -> "OpenOffice":
    from taizhang_desktop.demo.training_town import build_town  # noqa: PLC0415 - as above

    return build_town(folder, rules, clock)
