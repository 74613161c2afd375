"""The line at the foot of the window: the long jobs that run, how far they are, and 取消."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from taizhang_desktop.kit.parts import Button, label
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.shell import RunningJob

WHOLE = 100
"""Whatever is counted, rows or bytes, is told in percent."""


class TaskLine(QFrame):
    """Shows the first of the running jobs and says how many wait. ``cancelled`` carries its number."""

    cancelled = Signal(int)

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("tasks")
        self.words = label("")
        self.amount = label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(220)
        self.cancel = Button("取消", "quiet")
        self.cancel.clicked.connect(self._cancel)
        self._shown: RunningJob | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(SPACE.large, SPACE.tight, SPACE.large, SPACE.tight)
        across.setSpacing(SPACE.medium)
        across.addWidget(self.words)
        across.addWidget(self.bar)
        across.addWidget(self.amount)
        across.addStretch(1)
        across.addWidget(self.cancel)
        self.hide()

    def show_jobs(self, jobs: tuple[RunningJob, ...]) -> None:
        """Show them; none hides the line."""
        self._shown = jobs[0] if jobs else None
        self.setVisible(self._shown is not None)
        if self._shown is None:
            return
        waiting = f"（另有{len(jobs) - 1}项等待）" if len(jobs) > 1 else ""
        self.words.setText(f"正在{self._shown.title}{waiting}")
        self.bar.setRange(0, self._shown.total)
        self.bar.setValue(self._shown.done)
        self.amount.setText(f"{WHOLE * self._shown.done // self._shown.total}%" if self._shown.total else "")

    def _cancel(self) -> None:
        if self._shown is not None:
            self.cancelled.emit(self._shown.job)
