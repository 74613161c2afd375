"""The five steps side by side: which is done, current, skipped, owed."""

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from taizhang_casework.domain.machine import StepMark
from taizhang_casework.domain.steps import Step

from taizhang_desktop.look.tokens import Colours, colours_of


class RailStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the rail. ``note`` is a short word beneath, e.g. the day; ``key`` leads there.

    ``owed``: put off by 绿色通道; ``odd``: done on a day that cannot be.
    """

    step: Step
    label: str
    mark: StepMark
    owed: bool = False
    odd: bool = False
    note: str = ""
    key: str = ""


WORDS = {
    StepMark.DONE: "已完成",
    StepMark.SKIPPED: "不再重复",
    StepMark.CURRENT: "待办理",
    StepMark.AHEAD: "未开始",
    StepMark.NOT_NEEDED: "不需办理",
}


_LEAST_PX = 12
"""Px that a letter of the day keeps where there is no room for it."""
FLAT_FROM = 28
"""Px of a line of text from which on the words stand beside the marks, not beneath: large text leaves the form more height."""


class StepRail(QWidget):
    """``chosen`` carries the :class:`Step` that the user wants to see. Arrow keys move, Enter chooses."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Begin without steps."""
        super().__init__()
        self.steps: tuple[RailStep, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("认定程序")

    def show_steps(self, steps: tuple[RailStep, ...], chosen: Step | None = None) -> None:
        """Show the steps; ``chosen`` is underlined."""
        self.steps = steps
        self._at = next((at for at, step in enumerate(steps) if step.step is chosen), 0)
        self.setAccessibleDescription("，".join(f"{step.label}{words(step)}{_by_key(step)}" for step in steps))
        self.setToolTip("\n".join(f"{step.label}　{words(step)}" for step in steps))
        self.updateGeometry()
        self.update()

    @property
    def shown(self) -> Step | None:
        """The step that is chosen."""
        return self.steps[self._at].step if self.steps else None

    def place_of(self, step: Step) -> QPointF:
        """The middle of a step's mark, in this widget's coordinates."""
        at = next(number for number, shown in enumerate(self.steps) if shown.step is step)
        return self._centre(at)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of words beneath the marks, or beside them."""
        lines = self.fontMetrics().lineSpacing()
        high = lines * 2 + 12 if self._flat else self._radius() * 2 + lines * 2 + 20
        return QSize(lines * 6 * max(len(self.steps), 1), round(high))

    def event(self, event: QEvent) -> bool:
        """The tip of the step under the mouse: its key."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.steps:
            step = self.steps[self._under(event.pos().x())]
            QToolTip.showText(event.globalPos(), tip(step), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the step under the mouse."""
        if self.steps and event.button() is Qt.MouseButton.LeftButton:
            self._choose(self._under(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right move to the neighbour."""
        moves = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        if event.key() in moves:
            self._choose(self._at + moves[event.key()])
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw line, marks and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        done = True
        for at in range(len(self.steps) - 1):
            done = done and self.steps[at].mark in {StepMark.DONE, StepMark.SKIPPED}
            painter.setPen(QPen(QColor(colours.accent if done else colours.line), 2))
            if not self._flat:
                gap = QPointF(self._radius() + 6, 0)
                painter.drawLine(self._centre(at) + gap, self._centre(at + 1) - gap)
        for at, step in enumerate(self.steps):
            self._draw_step(painter, colours, at, step)
        painter.end()

    def _under(self, x: float) -> int:
        return min(max(int(x // (self.width() / len(self.steps))), 0), len(self.steps) - 1)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.steps):
            self._at = at
            self.update()
            self.chosen.emit(self.steps[at].step)

    def _radius(self) -> float:
        return self.fontMetrics().height() * 0.72

    @property
    def _flat(self) -> bool:
        return self.fontMetrics().lineSpacing() >= FLAT_FROM

    def _centre(self, at: int) -> QPointF:
        """The middle of a mark."""
        width, radius = self.width() / len(self.steps), self._radius()
        if self._flat:
            return QPointF(width * at + radius + 4, self.fontMetrics().lineSpacing())
        return QPointF(width * (at + 0.5), radius + 6)

    def _room(self, at: int) -> QRectF:
        """The first line of words of a step."""
        width, lines, radius = self.width() / len(self.steps), self.fontMetrics().lineSpacing(), self._radius()
        if self._flat:
            left = radius * 2 + 12
            return QRectF(width * at + left, 0, width - left, lines)
        return QRectF(width * at, radius * 2 + 10, width, lines)

    def _draw_step(self, painter: QPainter, colours: Colours, at: int, step: RailStep) -> None:
        radius = self._radius()
        centre, room = self._centre(at), self._room(at)
        side = Qt.AlignmentFlag.AlignLeft if self._flat else Qt.AlignmentFlag.AlignHCenter
        fill, edge, ink = _inks(step, colours)
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(centre, radius, radius)
        disc = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        painter.setPen(QColor(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, _sign(at, step))
        lines = self.fontMetrics().lineSpacing()
        font = painter.font()
        font.setWeight(QFont.Weight.Medium if at == self._at else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, step.label)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.soon.ink if step.owed or step.odd else colours.muted))
        note, small = fitting(step, font, round(room.width()) - 8)
        painter.setFont(small)
        painter.drawText(room.translated(0, lines), side | Qt.AlignmentFlag.AlignVCenter, note)
        painter.setFont(font)
        if at == self._at:
            wide = QFontMetrics(font).horizontalAdvance(step.label)
            left = room.left() if self._flat else centre.x() - wide / 2 - 6
            pen = QPen(QColor(colours.focus if self.hasFocus() else colours.accent), 3 if self.hasFocus() else 2)
            painter.setPen(pen)
            y = room.top() + lines * 2 + 4
            painter.drawLine(QPointF(left, y), QPointF(left + wide + (0 if self._flat else 12), y))


def words(step: RailStep) -> str:
    """What stands beneath the step."""
    state = "补办" if step.owed else "请核对" if step.odd else WORDS[step.mark]
    return f"{state} {step.note}".strip()


def fitting(step: RailStep, font: QFont, width: int) -> tuple[str, QFont]:
    """The words in that width: where they have no room the day alone, whose mark says the rest, and smaller rather than cut."""
    text = words(step)
    if QFontMetrics(font).horizontalAdvance(text) > width and step.note:
        text = step.note
    small = QFont(font)
    px = QFontInfo(font).pixelSize()
    while px > _LEAST_PX and QFontMetrics(small).horizontalAdvance(text) > width:
        px -= 1
        small.setPixelSize(px)
    return QFontMetrics(small).elidedText(text, Qt.TextElideMode.ElideRight, width), small


def tip(step: RailStep) -> str:
    """What is said of a step under the mouse."""
    return f"{step.label}：{words(step)}{_by_key(step)}"


def _by_key(step: RailStep) -> str:
    return f"（按 {step.key} 到这一步）" if step.key else ""


def _sign(at: int, step: RailStep) -> str:
    if step.odd:
        return "!"
    signs = {StepMark.DONE: "✓", StepMark.SKIPPED: "–", StepMark.NOT_NEEDED: "–"}
    return signs.get(step.mark, str(at + 1))


def _inks(step: RailStep, colours: Colours) -> tuple[str, str, str]:
    """Fill, edge and ink of the mark."""
    if step.owed or step.odd:
        return colours.soon.paper, colours.soon.ink, colours.soon.ink
    match step.mark:
        case StepMark.DONE:
            return colours.accent, colours.accent, colours.on_accent
        case StepMark.CURRENT:
            return colours.surface, colours.accent, colours.accent
        case StepMark.SKIPPED:
            return colours.plain.paper, colours.line_strong, colours.plain.ink
        case _:
            return colours.sunken, colours.line, colours.muted
