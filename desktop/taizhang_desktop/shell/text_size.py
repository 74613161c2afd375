"""Larger and smaller text by the keys that browsers taught, kept for the next start."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from taizhang_desktop.guide.keys import LARGER
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize

_STEPS = (1, 1, -1)


class TextSizeKeys(QObject):
    """Ctrl++ and Ctrl+- step through the sizes, Ctrl+0 goes back to the usual one; ``keep`` is told each choice."""

    def __init__(self, window: QWidget, look: Look, keep: Callable[[TextSize], None]) -> None:
        """Listen in the whole window."""
        super().__init__(window)
        self._look = look
        self._keep = keep
        *stepping, usual = LARGER.sequences
        for keys, step in zip(stepping, _STEPS, strict=True):
            QShortcut(QKeySequence(keys), window).activated.connect(lambda step=step: self._step(step))
        QShortcut(QKeySequence(usual), window).activated.connect(lambda: self._take(TextSize.NORMAL))

    def _step(self, step: int) -> None:
        sizes = list(TextSize)
        at = sizes.index(self._look.text_size) + step
        self._take(sizes[max(0, min(at, len(sizes) - 1))])

    def _take(self, size: TextSize) -> None:
        self._look.choose(text_size=size)
        self._keep(size)
