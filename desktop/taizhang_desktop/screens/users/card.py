"""A card of the page of users: a heading, what it is about, and its parts; as wide as a form is read well."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from taizhang_desktop.kit.parts import label
from taizhang_desktop.look.tokens import SPACE

WIDTH = 44
"""In Chinese characters."""


class Card(QFrame):
    """``body`` takes what belongs to it."""

    def __init__(self, heading: str, about: str) -> None:
        """``heading`` and ``about`` are Chinese."""
        super().__init__()
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(SPACE.medium)
        self.body.addWidget(label(heading, "heading"))
        self.body.addWidget(label(about, "muted", wrap=True))
        self._fit()

    def put(self, *parts: QWidget | QLayout) -> None:
        """One beneath the other."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * WIDTH + 40)
