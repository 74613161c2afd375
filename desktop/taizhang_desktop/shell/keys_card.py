"""The sheet of keys over the window: what can be pressed here, and what everywhere."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from taizhang_desktop.guide.keys import EVERYWHERE, KeyGroup, groups_for
from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.parts import IconButton, Scrolled, column, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE

KEYS_WIDTH, DOES_WIDTH = 9, 20
"""In Chinese characters."""
ROUND = 24
"""Px of the window that stay free around it."""


class KeysCard(QFrame):
    """A child of the window, above everything in it; never takes the keyboard from where it is."""

    def __init__(self, host: QWidget) -> None:
        """Begin hidden; ``closing`` is the button with the cross."""
        super().__init__(host)
        self._host = host
        self.setProperty("kind", "card")
        self.setObjectName("keys_card")
        self.closing = IconButton(Icon.CLOSE, "关闭（Esc）")
        self.closing.setObjectName("keys_close")
        self.closing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sheet = QWidget()
        self._room = QHBoxLayout(self._sheet)
        self._room.setContentsMargins(0, 0, SPACE.small, 0)
        self._room.setSpacing(SPACE.page)
        self._drawn: tuple[QWidget, ...] = ()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.page, SPACE.medium, SPACE.medium, SPACE.medium)
        whole.setSpacing(SPACE.small)
        whole.addLayout(row(label("按键一览", "heading"), None, self.closing))
        self._scrolled = Scrolled(self._sheet)
        whole.addWidget(self._scrolled, 1)
        self.hide()

    def show_topic(self, topic: Topic) -> None:
        """Show the keys of that page, and those that hold everywhere, in the middle of the window."""
        for drawn in self._drawn:
            self._room.removeWidget(drawn)
            drawn.hide()
            drawn.deleteLater()
        here = groups_for(topic)
        sides = (here, (EVERYWHERE,)) if here else ((EVERYWHERE,),)
        self._drawn = tuple(_side(groups) for groups in sides)
        for drawn in self._drawn:
            self._room.addWidget(drawn, 1, Qt.AlignmentFlag.AlignTop)
        told = (f"{line.keys} {line.does}" for group in (*here, EVERYWHERE) for line in group.lines)
        self.setAccessibleName("按键一览")
        self.setAccessibleDescription("；".join(told))
        self.show()
        self.place()
        self.raise_()

    def place(self) -> None:
        """In the middle, no larger than the window."""
        host = self._host
        wanted = self._wanted()
        width = min(wanted.width(), host.width() - 2 * ROUND)
        height = min(wanted.height(), host.height() - 2 * ROUND)
        self.setGeometry((host.width() - width) // 2, (host.height() - height) // 2, width, height)

    def _wanted(self) -> QSize:
        em = self.fontMetrics().horizontalAdvance("国")
        width = em * (KEYS_WIDTH + DOES_WIDTH) * len(self._drawn) + SPACE.page * (len(self._drawn) + 2)
        self._sheet.ensurePolished()
        layout = self._sheet.layout()
        inner = 0 if layout is None else layout.totalHeightForWidth(width - 2 * SPACE.page)
        return QSize(width, inner + self.closing.sizeHint().height() + 5 * SPACE.medium)


def _side(groups: tuple[KeyGroup, ...]) -> QWidget:
    made = QWidget()
    made.setLayout(column(*(_group(group) for group in groups), None, spacing=SPACE.large))
    return made


def _group(group: KeyGroup) -> QWidget:
    lines = QGridLayout()
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setHorizontalSpacing(SPACE.medium)
    lines.setVerticalSpacing(SPACE.tight)
    lines.setColumnStretch(1, 1)
    made = QWidget()
    em = made.fontMetrics().horizontalAdvance("国")
    for at, line in enumerate(group.lines):
        keys = label(line.keys, "keys", wrap=True)
        keys.setMinimumWidth(em * KEYS_WIDTH)
        keys.setMaximumWidth(em * KEYS_WIDTH)
        lines.addWidget(keys, at, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(label(line.does, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)
    made.setLayout(column(label(group.title, "field"), lines, spacing=SPACE.tight))
    return made
