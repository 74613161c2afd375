"""Choosing a month: the one shown, and steps to its neighbours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.ledger import Month

from taizhang_desktop.kit.parts import Button, label, row


class MonthBox(QWidget):
    """``moved`` carries the month that the user went to."""

    moved = Signal(object)

    def __init__(self, month: Month) -> None:
        """Begin with this month."""
        super().__init__()
        self._month = month
        self.before = Button("‹")
        self.before.setObjectName("month_before")
        self.before.setAccessibleName("上一个月")
        self.shown = label("", "heading")
        self.shown.setObjectName("month_shown")
        self.after = Button("›")
        self.after.setObjectName("month_after")
        self.after.setAccessibleName("下一个月")
        self.setLayout(row(self.before, self.shown, self.after))
        self.before.clicked.connect(lambda: self._go(self._month.preceding))
        self.after.clicked.connect(lambda: self._go(self._month.following))
        self.show_month(month)

    def show_month(self, month: Month) -> None:
        """Show another month; nothing is emitted."""
        self._month = month
        self.shown.setText(f"{month.year}年{month.month}月")

    def _go(self, month: Month) -> None:
        self.show_month(month)
        self.moved.emit(month)
