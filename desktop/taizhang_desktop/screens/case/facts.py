"""The facts beside the forms: warning, household, what was done; numbers masked until asked for; the way out for a mistake."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.case_facts import FactGroup
from taizhang_desktop.viewmodels.case_form import CaseForm

WIDTH, NARROW = 23, 13
"""Characters of the pane at most and at least."""
MOST_FOOT = 3
"""The buttons stay at the foot while the pane is at least so many times as high."""


class FactsPane(QWidget):
    """A card with a heading and its lines, group after group; they scroll within it, what can be done stays at its foot.

    Where large text leaves the facts too little room, the buttons go to the end of what scrolls.
    """

    def __init__(self) -> None:
        """Begin blank."""
        super().__init__()
        self.setAccessibleName("基本情况")
        self.setObjectName("case_facts")
        self.unmask = Button("显示完整号码", "quiet", Icon.EYE)
        self.unmask.setObjectName("case_unmask")
        self.household = Button("户与成员", "quiet", Icon.HOUSE)
        self.household.setObjectName("case_household")
        self.household.setToolTip("到这一户：成员、变更、本户的台账；从那里可以返回")
        self.correcting = Button("更正预警信息…", "quiet", Icon.CASE)
        self.correcting.setObjectName("case_offer_warning")
        self.correcting.setToolTip("登记时写错的日期、姓名、来源、内容在这里改，要写原因")
        self.moving = Button("改归另一户…", "quiet", Icon.HOUSE)
        self.moving.setObjectName("case_offer_moving")
        self.moving.setToolTip("认错了户的一条，改归到真正的那一户，要写原因")
        self.discarding = Button("移到回收站…", "quiet", Icon.RECYCLE_BIN)
        self.discarding.setObjectName("case_offer_discarding")
        self.discarding.setToolTip("登记错了的一条，移走以后还能恢复")
        self.offers = {
            CaseForm.WARNING: self.correcting,
            CaseForm.MOVING: self.moving,
            CaseForm.DISCARDING: self.discarding,
        }
        self._groups = QVBoxLayout()
        self._groups.setSpacing(SPACE.medium)
        self._shown: tuple[FactGroup, ...] = ()
        self._drawn: tuple[QWidget, ...] = ()
        self.foot = FlowRow(SPACE.tight)
        for button in (self.unmask, self.household, self.correcting, self.moving, self.discarding):
            self.foot.add(button)
        room = QWidget()
        self._inside = column(self._groups, None, spacing=SPACE.medium)
        room.setLayout(self._inside)
        self.scrolled = Scrolled(room)
        self._whole = column(self.scrolled, self.foot, spacing=SPACE.medium)
        self._apart = True
        self.setLayout(column(card(self._whole)))
        self._limit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger text, a wider pane, as far as the screen has room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._limit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See whether the buttons may stay at the foot."""
        super().resizeEvent(event)
        self._place_foot()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Words wrap, so it may be narrow; a number has no place to wrap at."""
        least = super().minimumSizeHint().width()
        return QSize(max(self.fontMetrics().horizontalAdvance("国") * NARROW, least), 80)

    def _limit(self) -> None:
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * WIDTH)

    def _place_foot(self) -> None:
        apart = self.foot.heightForWidth(self.scrolled.width()) * MOST_FOOT <= self.height()
        if apart is self._apart:
            return
        self._apart = apart
        if apart:
            self._whole.addWidget(self.foot)
        else:
            self._inside.insertWidget(1, self.foot)

    def show_facts(self, groups: tuple[FactGroup, ...], *, unmasked: bool) -> None:
        """Show these; ``unmasked`` takes the button away."""
        self.unmask.setVisible(not unmasked)
        self._place_foot()
        if groups == self._shown:
            return
        self._shown = groups
        discard(*self._drawn)
        self._drawn = tuple(map(_drawn, groups))
        for drawn in self._drawn:
            self._groups.addWidget(drawn)
            drawn.show()


def discard(*widgets: QWidget) -> None:
    """Take widgets away that others are drawn in place of."""
    for widget in widgets:
        widget.hide()
        widget.deleteLater()


def _drawn(group: FactGroup) -> QWidget:
    drawn = QWidget()
    grid = QGridLayout(drawn)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE.medium)
    grid.setVerticalSpacing(SPACE.tight)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(group.heading, "heading"), 0, 0, 1, 2)
    for at, fact in enumerate(group.facts, start=1):
        grid.addWidget(label(fact.label, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
        says = label(fact.says, wrap=True, select=True)
        says.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(says, at, 1)
    return drawn
