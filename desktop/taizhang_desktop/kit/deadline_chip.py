"""A deadline as a chip: the day, how long is left, and the clock's own explanation on demand."""

from datetime import date

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout
from taizhang_casework.domain.duties import SOON_DAYS

from taizhang_desktop.kit.parts import label, set_tone
from taizhang_desktop.look.tokens import Tone


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline to be shown: ``explanation`` one line a step of the clock, ``provisional`` where the calendar is not published yet."""

    due: date
    explanation: tuple[str, ...] = ()
    provisional: bool = False


def left_words(due: date, today: date) -> str:
    """How long is left, in calendar days."""
    days = (due - today).days
    if days < 0:
        return f"逾期{-days}天"
    return "今天到期" if days == 0 else f"还剩{days}天"


def left_tone(due: date, today: date) -> Tone:
    """Overdue, soon (``SOON_DAYS`` or less), or plain."""
    days = (due - today).days
    if days < 0:
        return Tone.OVERDUE
    return Tone.SOON if days <= SOON_DAYS else Tone.PLAIN


class DeadlineChip(QPushButton):
    """A click, Space or Enter opens the explanation; the tip shows it too."""

    def __init__(self) -> None:
        """Begin without a deadline, hidden."""
        super().__init__()
        self.setProperty("kind", "chip")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
        self._view: DeadlineView | None = None
        self.clicked.connect(self.explain)
        self.hide()

    def show_deadline(self, view: DeadlineView | None, today: date) -> None:
        """Show it as it stands on that day; None hides the chip."""
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        expected = "预计" if view.provisional else ""
        self.setText(f"{expected}{view.due.isoformat()}  {left_words(view.due, today)}")
        self.setToolTip("\n".join(view.explanation))
        self.setAccessibleDescription("；".join(view.explanation))
        set_tone(self, left_tone(view.due, today))

    def explain(self) -> None:
        """Open the explanation beneath the chip; any click outside or Esc closes it."""
        if self._view is None or not self._view.explanation:
            return
        popup = QFrame(self)
        popup.setWindowFlags(Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("kind", "card")
        inner = QVBoxLayout(popup)
        inner.addWidget(label("期限怎样算出", "heading"))
        for line in self._view.explanation:
            inner.addWidget(label(line))
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
