"""A card of the page of users: a heading, what it is about, and its parts; as wide as a form is read well."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from taizhang_desktop.kit.parts import Scrolled, label
from taizhang_desktop.look.tokens import SPACE

WIDTH = 44
"""In Chinese characters, at most."""


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
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * WIDTH + 40)


def cards(*shown: QWidget, margin: int = 0) -> Scrolled:
    """Cards one beneath the other at the left, each as wide as it may be; ``margin`` in px above them."""
    inside = QWidget()
    within = QVBoxLayout(inside)
    within.setContentsMargins(0, margin, 0, 0)
    within.setSpacing(SPACE.medium)
    for each in shown:
        across = QHBoxLayout()
        across.addWidget(each, 1)
        across.addStretch(0)
        within.addLayout(across)
    within.addStretch(1)
    return Scrolled(inside)
