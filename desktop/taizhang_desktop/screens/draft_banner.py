"""What tells that a half-typed form may hold no more, with what the user can say to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from taizhang_desktop.kit.parts import Button, chip, column, label, row
from taizhang_desktop.look.tokens import SPACE, Tone


class DraftBanner(QFrame):
    """Hidden while there is nothing to tell. ``checked``: seen, and gone on with; ``dropped``: what is of no use is thrown away."""

    checked = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setObjectName("draft_banner")
        self.says = label("", wrap=True, select=True)
        self.says.setObjectName("draft_stale")
        self.lost = label("", wrap=True, select=True)
        self.lost.setObjectName("draft_useless")
        self.check = Button("已核对，接着填")
        self.check.setObjectName("draft_check")
        self.drop = Button("丢掉用不上的", "quiet")
        self.drop.setObjectName("draft_drop")
        inside = column(
            row(chip("填写以后有变化", Tone.SOON), None, self.drop, self.check),
            self.says,
            self.lost,
            spacing=SPACE.small,
        )
        inside.setContentsMargins(16, 12, 16, 12)
        self.setLayout(inside)
        self.check.clicked.connect(self.checked)
        self.drop.clicked.connect(self.dropped)
        self.hide()

    def tell(self, stale: Sequence[str], useless: Sequence[str] = ()) -> None:
        """``stale``: what changed under the form shown; ``useless``: forms that nothing takes any more. A line each."""
        lines = ("表里是您上次填写了一半的内容，以后情况有变化：", *stale) if stale else ()
        for part, button, words in ((self.says, self.check, lines), (self.lost, self.drop, useless)):
            part.setText("\n".join(words))
            part.setVisible(bool(words))
            button.setVisible(bool(words))
        self.setVisible(bool(stale or useless))
