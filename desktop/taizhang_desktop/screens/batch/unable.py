"""Who was asked for and cannot take the deed, with the reason, and the button that leaves them out."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, chip, column, label
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.viewmodels.batch_sheet import DEED_WORDS, BatchDeed, BatchLine

MOST_NAMED = 12
"""So many are named one by one."""


class UnablePart(QFrame):
    """A card above the answers; hidden where everybody can take the deed."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setObjectName("batch_unable")
        self.heading = chip("", Tone.SOON)
        self.names = label("", wrap=True, select=True)
        self.names.setObjectName("batch_unable_names")
        self.leave = Button("")
        self.leave.setObjectName("batch_leave_out")
        inside = column(ends((self.heading,), (self.leave,)), self.names, spacing=SPACE.small)
        inside.setContentsMargins(16, 14, 16, 14)
        self.setLayout(inside)
        self.hide()

    def show_lines(self, deed: BatchDeed, lines: Sequence[BatchLine]) -> None:
        """Name them, those of one reason together."""
        self.setVisible(bool(lines))
        self.heading.setText(f"{len(lines)}户不能一起办理{DEED_WORDS[deed]}")
        by_reason: dict[str, list[str]] = {}
        for line in lines:
            by_reason.setdefault(line.why_not[deed], []).append(line.who)
        self.names.setText("\n".join(f"{_named(names)}：{why}" for why, names in by_reason.items()))
        self.leave.setText(f"不办这{len(lines)}户")


def _named(names: Sequence[str]) -> str:
    more = f"等{len(names)}户" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more
