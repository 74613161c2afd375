"""The five steps side by side: which is done, current, skipped, owed."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from taizhang_casework.domain.machine import StepMark
from taizhang_casework.domain.steps import Step

from taizhang_desktop.look.tokens import Colours, colours_of


class RailStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the rail. ``note`` is a short word beneath, e.g. the day; ``owed``: put off by 绿色通道."""

    step: Step
    label: str
    mark: StepMark
    owed: bool = False
    note: str = ""


WORDS = {
    StepMark.DONE: "已完成",
    StepMark.SKIPPED: "不再重复",
    StepMark.CURRENT: "待办理",
    StepMark.AHEAD: "未开始",
    StepMark.NOT_NEEDED: "不需办理",
}


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
        self.setAccessibleDescription("，".join(f"{step.label}{words(step)}" for step in steps))
        self.updateGeometry()
        self.update()

    @property
    def shown(self) -> Step | None:
        """The step that is chosen."""
        return self.steps[self._at].step if self.steps else None

    def place_of(self, step: Step) -> QPointF:
        """The middle of a step's mark, in this widget's coordinates."""
        at = next(number for number, shown in enumerate(self.steps) if shown.step is step)
        return QPointF(self._middle(at), self._radius() + 6)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of words beneath the marks."""
        lines = self.fontMetrics().lineSpacing()
        return QSize(lines * 6 * max(len(self.steps), 1), round(self._radius() * 2 + lines * 2 + 20))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the step under the mouse."""
        if self.steps and event.button() is Qt.MouseButton.LeftButton:
            self._choose(int(event.position().x() // (self.width() / len(self.steps))))

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
            y = self._radius() + 6
            gap = self._radius() + 6
            painter.drawLine(QPointF(self._middle(at) + gap, y), QPointF(self._middle(at + 1) - gap, y))
        for at, step in enumerate(self.steps):
            self._draw_step(painter, colours, at, step)
        painter.end()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.steps):
            self._at = at
            self.update()
            self.chosen.emit(self.steps[at].step)

    def _radius(self) -> float:
        return self.fontMetrics().height() * 0.72

    def _middle(self, at: int) -> float:
        return self.width() / len(self.steps) * (at + 0.5)

    def _draw_step(self, painter: QPainter, colours: Colours, at: int, step: RailStep) -> None:
        radius = self._radius()
        centre = QPointF(self._middle(at), radius + 6)
        fill, edge, ink = _inks(step, colours)
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(centre, radius, radius)
        disc = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        painter.setPen(QColor(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, _sign(at, step))
        lines = self.fontMetrics().lineSpacing()
        width = self.width() / len(self.steps)
        room = QRectF(centre.x() - width / 2, radius * 2 + 10, width, lines)
        font = painter.font()
        font.setWeight(QFont.Weight.Medium if at == self._at else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, step.label)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.soon.ink if step.owed else colours.muted))
        note = QFontMetrics(font).elidedText(words(step), Qt.TextElideMode.ElideRight, round(width) - 8)
        painter.drawText(room.translated(0, lines), Qt.AlignmentFlag.AlignCenter, note)
        if at == self._at:
            half = QFontMetrics(font).horizontalAdvance(step.label) / 2 + 6
            pen = QPen(QColor(colours.focus if self.hasFocus() else colours.accent), 3 if self.hasFocus() else 2)
            painter.setPen(pen)
            y = radius * 2 + 10 + lines * 2 + 4
            painter.drawLine(QPointF(centre.x() - half, y), QPointF(centre.x() + half, y))


def words(step: RailStep) -> str:
    """What stands beneath the step."""
    state = "补办" if step.owed else WORDS[step.mark]
    return f"{state} {step.note}".strip()


def _sign(at: int, step: RailStep) -> str:
    signs = {StepMark.DONE: "✓", StepMark.SKIPPED: "–", StepMark.NOT_NEEDED: "–"}
    return signs.get(step.mark, str(at + 1))


def _inks(step: RailStep, colours: Colours) -> tuple[str, str, str]:
    """Fill, edge and ink of the mark."""
    if step.owed:
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
