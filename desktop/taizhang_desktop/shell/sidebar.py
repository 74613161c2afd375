"""The navigation on the left: icons and words, Ctrl+1…9, arrow keys."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout

from taizhang_desktop.kit.parts import Button, label, set_tone
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.navigation import Badge, NavigationItem, Place

MOST_SHOWN = 99
_MOST_OF_WINDOW = 0.19


class Sidebar(QFrame):
    """``chosen`` carries the :class:`Place`."""

    chosen = Signal(object)

    def __init__(self, items: tuple[NavigationItem, ...], *, can_lock: bool) -> None:
        """One line an item, in order; 锁定 at the foot where it is offered."""
        super().__init__()
        self.setObjectName("side")
        self.lines: dict[Place, NavigationLine] = {}
        self.lock = Button("锁定", "nav", Icon.LOCK)
        self.lock.setAccessibleName("锁定")
        self.lock.setToolTip("锁定后须重新输入口令，填了一半的内容会保留（Ctrl+L）")
        self.lock.setVisible(can_lock)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(SPACE.small, SPACE.medium, SPACE.small, SPACE.medium)
        lines.setSpacing(SPACE.tight)
        for number, item in enumerate(items, start=1):
            line = NavigationLine(item, number)
            self._group.addButton(line)
            line.clicked.connect(lambda *, place=item.place: self.chosen.emit(place))
            self.lines[item.place] = line
            lines.addWidget(line)
        lines.addStretch(1)
        lines.addWidget(self.lock)

    def fit(self, room: int) -> None:
        """Words beside the icons where that leaves the screens most of the window's ``room`` px, else icons alone."""
        wide = max(line.words_width for line in self.lines.values()) + SPACE.small * 2
        words = wide <= room * _MOST_OF_WINDOW
        for line in self.lines.values():
            line.show_words(shown=words)
        self.lock.setText("锁定" if words else "")

    def mark(self, place: Place) -> None:
        """Show where one is; a place that has no line here marks none."""
        if place in self.lines:
            self.lines[place].setChecked(True)
            return
        self._group.setExclusive(False)
        for line in self.lines.values():
            line.setChecked(False)
        self._group.setExclusive(True)

    def badge(self, badge: Badge) -> None:
        """Show a count beside a line."""
        self.lines[badge.place].badge(badge)


class NavigationLine(Button):
    """One line; the count stands at its right end."""

    def __init__(self, item: NavigationItem, number: int) -> None:
        """``number`` is the digit of its shortcut."""
        super().__init__(item.label, "nav", item.icon)
        self.setCheckable(True)
        self._label, self._keys = item.label, f"Ctrl+{number}"
        self.setToolTip(self._keys)
        self.setAccessibleName(item.label)
        self.count = label("")
        self.count.setProperty("kind", "badge")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.hide()
        inner = QHBoxLayout(self)
        inner.setContentsMargins(0, 0, SPACE.small, 0)
        inner.addStretch(1)
        inner.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)

    def badge(self, badge: Badge) -> None:
        """Show the count; 0 hides it."""
        self.count.setText(str(badge.count) if badge.count <= MOST_SHOWN else f"{MOST_SHOWN}+")
        self.count.setVisible(badge.count > 0)
        set_tone(self.count, badge.tone)
        self.setAccessibleName(f"{self._label}，{badge.count}件" if badge.count else self._label)

    def show_words(self, *, shown: bool) -> None:
        """The word beside the icon, or as the tip."""
        self.setText(self._label if shown else "")
        self.setToolTip(self._keys if shown else f"{self._label}（{self._keys}）")
        self.updateGeometry()

    @property
    def words_width(self) -> int:
        """Px that the word, the icon and the count need."""
        return self.fontMetrics().horizontalAdvance(self._label) + self.fontMetrics().height() * 5

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the word, the icon and the count."""
        wide = self.words_width if self.text() else self.fontMetrics().height() * 3
        return QSize(wide, super().sizeHint().height())
