"""The households of a batch, a row each, with what is each one's own; what is said of one stands beneath its row."""

from collections import deque
from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from taizhang_casework.domain.answers import Answer, Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.parts import label, restyle, set_tone
from taizhang_desktop.kit.text_fields import read_number, text_faults
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.viewmodels.batch_sheet import BatchLine
from taizhang_desktop.viewmodels.notices import finding_line

_AT_ONCE = 12
_AT_A_TIME = 4
_SAID_AT_ONCE = 24


class OwnField(msgspec.Struct, frozen=True, kw_only=True):
    """A column: a number, or a text of at most ``most`` code points, which gets the room that is left."""

    name: str
    title: str
    required: bool = False
    number: bool = False
    most: int = 500


class BatchGrid(QWidget):
    """Enter and the arrows go from cell to cell, Ctrl+D answers as the row above; Ctrl+Enter submits.

    ``passed``: Enter was pressed in the last cell. ``grown``: the rows of a tuple of cases were added.
    """

    ticked = Signal(str, bool)
    edited = Signal(str)
    passed = Signal()
    grown = Signal(object)
    submitted = Signal()

    def __init__(self, fields: Sequence[OwnField]) -> None:
        """Begin without households."""
        super().__init__()
        self.fields = tuple(fields)
        self.rows: dict[CaseId, GridLine] = {}
        self._left: deque[tuple[BatchLine, str]] = deque()
        self._growing = QTimer(self)
        self._growing.timeout.connect(self._grow)
        self._said: Mapping[CaseId, Sequence[Finding]] = {}
        self._unsaid: deque[GridLine] = deque()
        self._saying = QTimer(self)
        self._saying.timeout.connect(self._say_on)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(SPACE.medium)
        self._layout.setVerticalSpacing(SPACE.tight)
        for at, words in enumerate(("户主", "预警信息", *map(_heading, self.fields))):
            self._layout.addWidget(label(words, "field"), 0, at)
        texts = [at for at, field in enumerate(self.fields, start=2) if not field.number]
        for at in texts or (len(self.fields) + 2,):
            self._layout.setColumnStretch(at, 1)

    def show_lines(self, lines: Sequence[tuple[BatchLine, str]]) -> None:
        """Add a row each, in order, with what tells it apart from others; done once. A screenful now, the rest by and by."""
        self._left.extend(lines)
        self._add(_AT_ONCE)
        if self._left:
            self._growing.start()

    def finish(self) -> None:
        """Add the rows that are still to come, now."""
        self._add(len(self._left))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The cells follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for row in self.rows.values():
                row.fit()

    def _grow(self) -> None:
        """Some more rows: typing must not wait for two hundred of them."""
        self._add(_AT_A_TIME)

    def _add(self, count: int) -> None:
        added: list[CaseId] = []
        for _ in range(min(count, len(self._left))):
            line, about = self._left.popleft()
            row = GridLine(self, line, about)
            row.put(self._layout, 1 + 2 * len(self.rows))
            self.rows[line.case] = row
            added.append(line.case)
        if not self._left:
            self._growing.stop()
        if added:
            self.grown.emit(tuple(added))

    def tick(self, cases: frozenset[CaseId]) -> None:
        """Tick these and no others."""
        for case, row in self.rows.items():
            row.tick(on=case in cases)

    def begin(self) -> bool:
        """Focus the first cell that is wrong, else the first empty one, else the first; False where there is none."""
        cells = self._cells()
        wrong = [cell for row in self.rows.values() if row.on for cell in row.wrong_cells(self._said.get(row.case, ()))]
        empty = [cell for cell in cells if not cell.text()]
        first = next(iter((*wrong, *empty, *cells)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def say(self, said: Mapping[CaseId, Sequence[Finding]]) -> None:
        """What is said of each household, beneath its row: of a screenful now, of the rest by and by."""
        self._said = said
        self._unsaid = deque(row for case, row in self.rows.items() if row.said != tuple(said.get(case, ())))
        self._say_on()

    def _say_on(self) -> None:
        """Of some more rows: two hundred that turn red at once would hold the window."""
        self._layout.setEnabled(False)  # each line that appears would have all rows laid out anew
        for _ in range(min(_SAID_AT_ONCE, len(self._unsaid))):
            row = self._unsaid.popleft()
            row.say(self._said.get(row.case, ()))
        self._layout.setEnabled(True)
        if self._unsaid:
            self._saying.start()
        else:
            self._saying.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the cells."""
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, cell: QLineEdit, event: QKeyEvent) -> bool:
        key, cells = event.key(), self._cells()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.submitted.emit()
            elif key == Qt.Key.Key_D:
                self._as_above(cell)
            else:
                return False
            return True
        at = cells.index(cell) if cell in cells else -1
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(cells, at + 1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            across = len(self.fields)
            to = at + (across if key == Qt.Key.Key_Down else -across)
            if 0 <= to < len(cells):
                self._go(cells, to)
        else:
            return False
        return True

    def _go(self, cells: Sequence[QLineEdit], at: int) -> None:
        if at < len(cells):
            cells[at].setFocus(Qt.FocusReason.TabFocusReason)
            cells[at].selectAll()
        else:
            self.passed.emit()

    def _as_above(self, cell: QLineEdit) -> None:
        cells = self._cells()
        at = cells.index(cell) - len(self.fields)
        if at >= 0:
            cell.setText(cells[at].text())
            cell.textEdited.emit(cell.text())
            if cell is not cells[-1]:
                self._go(cells, cells.index(cell) + 1)

    def _cells(self) -> list[QLineEdit]:
        return [cell for row in self.rows.values() if row.on for cell in row.cells.values()]


def _heading(field: OwnField) -> str:
    return f"{field.title} *" if field.required else field.title


class GridLine:
    """One household: its tick, its warning, its cells, what is said of it."""

    def __init__(self, grid: BatchGrid, line: BatchLine, about: str) -> None:
        self._fields = grid.fields
        self.case = line.case
        self.tick_box = QCheckBox(line.who)
        self.tick_box.setObjectName(f"batch_tick_{line.case}")
        self.tick_box.setAccessibleName(f"{line.who}，{about}")
        self.about = label(about, "small", wrap=True)
        self.below = label("", "finding", wrap=True)
        self.below.setObjectName(f"batch_said_{line.case}")
        self.below.setProperty("tone", Tone.OVERDUE.value)
        self.below.hide()
        self.said: tuple[Finding, ...] = ()
        self.cells: dict[str, QLineEdit] = {}
        for field in grid.fields:
            cell = QLineEdit()
            cell.setObjectName(f"batch_{field.name}_{line.case}")
            cell.setAccessibleName(f"{line.who}，{field.title}")
            cell.textEdited.connect(lambda _text: grid.edited.emit(self.case))
            cell.installEventFilter(grid)
            self.cells[field.name] = cell
        self.tick_box.clicked.connect(lambda checked: grid.ticked.emit(self.case, checked))
        self.fit()

    def fit(self) -> None:
        """A number needs no more room than it has characters, at any text size."""
        for field in self._fields:
            if field.number:
                cell = self.cells[field.name]
                cell.setFixedWidth(cell.fontMetrics().horizontalAdvance("国") * 3 + 22)

    @property
    def on(self) -> bool:
        """Whether it is taken along."""
        return self.tick_box.isChecked()

    def put(self, layout: QGridLayout, at: int) -> None:
        """Into the grid, two lines from that one."""
        for place, part in enumerate((self.tick_box, self.about, *self.cells.values())):
            layout.addWidget(part, at, place)
            part.show()
        layout.addWidget(self.below, at + 1, 1 + bool(self.cells), 1, -1)

    def tick(self, *, on: bool) -> None:
        """Taken along or not."""
        self.tick_box.setChecked(on)
        for cell in self.cells.values():
            cell.setEnabled(on)

    def typed(self) -> dict[str, str]:
        """What stands in the cells."""
        return {name: cell.text() for name, cell in self.cells.items()}

    def retype(self, typed: Mapping[str, str]) -> None:
        """Put back what stood in the cells."""
        for name, cell in self.cells.items():
            cell.setText(typed.get(name, ""))

    def given(self) -> Given:
        """The answers; what is blank or no number is None."""
        return {field.name: self._answer(field) for field in self._fields}

    def faults(self) -> tuple[Finding, ...]:
        """What cannot be read."""
        found: list[Finding] = []
        for field in self._fields:
            text = self.cells[field.name].text().strip()
            if not field.number:
                found += text_faults(field.name, text, field.most)
            elif text and read_number(text) is None:
                found.append(Finding(field=field.name, code="no_number", says=f"“{field.title}”请填写整数"))
        return tuple(found)

    def wrong_cells(self, findings: Sequence[Finding]) -> list[QLineEdit]:
        """The cells that these findings are about, where they block."""
        wrong = {finding.field for finding in findings if finding.blocks}
        return [cell for name, cell in self.cells.items() if name in wrong]

    def say(self, findings: Sequence[Finding]) -> None:
        """Beneath the row, and the cells that it is about marked."""
        if tuple(findings) == self.said:
            return
        self.said = tuple(findings)
        blocks = any(finding.blocks for finding in findings)
        self.below.setText("；".join(map(finding_line, findings)))
        self.below.setVisible(bool(findings))
        set_tone(self.below, Tone.OVERDUE if blocks else Tone.SOON)
        wrong = self.wrong_cells(findings)
        for name, cell in self.cells.items():
            restyle(cell, wrong="true" if cell in wrong else "false")
            cell.setAccessibleDescription("；".join(each.says for each in findings if each.field == name))

    def _answer(self, field: OwnField) -> Answer:
        text = self.cells[field.name].text().strip()
        return read_number(text) if field.number else text
