"""Beneath the steps of a case: its clocks as chips, and the days that contradict each other, each a click from where it stands."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.deadline_chip import DeadlineChip, DeadlineView
from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import chip, label, row, set_tone
from taizhang_desktop.kit.step_rail import FLAT_FROM
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.facts import discard
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.case_sheet import CaseSheet, ClockLine
from taizhang_desktop.viewmodels.notices import finding_line

_MOST_DAYS = 3
"""So many contradictions leave the form its room, one at large text; the rest stands in 办结销号."""


class ClocksRow(FlowRow):
    """The clocks of the case as chips, each with the count of its days on demand."""

    def __init__(self) -> None:
        """Begin without clocks."""
        super().__init__(SPACE.large)
        self._drawn: tuple[QWidget, ...] = ()
        self._shown: object = None

    def show_clocks(self, sheet: CaseSheet) -> None:
        """Show the clocks that run or ran."""
        if (sheet.clocks, sheet.today) == self._shown:
            return
        self._shown = (sheet.clocks, sheet.today)
        discard(*self._drawn)
        self._drawn = tuple(_clock(line, sheet) for line in sheet.clocks)
        for drawn in self._drawn:
            self.add(drawn)
            drawn.show()
        self.setVisible(bool(sheet.clocks))


class OddDaysRow(FlowRow):
    """Days of the case that contradict each other, a button each that leads to where it stands; gone where 办结销号 lists them."""

    def __init__(self, model: CaseModel) -> None:
        """Begin without any."""
        super().__init__(SPACE.small)
        self._model = model
        self._found: tuple[Finding, ...] = ()
        self._drawn: tuple[QWidget, ...] = ()
        self._shown: object = None
        self.setObjectName("case_odd_days")
        self.hide()

    def show_days(self, sheet: CaseSheet, form: CaseForm) -> None:
        """Show what is to be looked at; many of them stand in 办结销号."""
        self._found = () if form is CaseForm.CLOSING else sheet.odd_days
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The larger the text, the fewer."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def _draw(self) -> None:
        found = self._found
        most = 1 if self.fontMetrics().lineSpacing() >= FLAT_FROM else _MOST_DAYS
        if (found, most) != self._shown:
            self._shown = (found, most)
            discard(*self._drawn)
            shown = found if len(found) <= most else found[: max(1, most - 1)]
            drawn = [self._button(at, finding) for at, finding in enumerate(shown)]
            if len(shown) < len(found):
                drawn.append(self._rest(len(found) - len(shown)))
            self._drawn = tuple(drawn)
            for each in self._drawn:
                self.add(each)
                each.show()
        self.setVisible(bool(found))

    def _button(self, at: int, finding: Finding) -> QWidget:
        made = QPushButton(finding.says)
        made.setObjectName(f"case_odd_day_of_case_{at}")
        made.setToolTip(finding_line(finding))
        made.clicked.connect(lambda: self._model.choose(self._model.mending(finding) or CaseForm.CLOSING))
        return _as_chip(made)

    def _rest(self, more: int) -> QWidget:
        made = QPushButton(f"另有{more}处日期对不上")
        made.setObjectName("case_odd_days_rest")
        made.clicked.connect(lambda: self._model.choose(CaseForm.CLOSING))
        return _as_chip(made)


def _as_chip(button: QPushButton) -> QPushButton:
    button.setProperty("kind", "chip")
    button.setAutoDefault(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    set_tone(button, Tone.SOON)
    return button


def _clock(line: ClockLine, sheet: CaseSheet) -> QWidget:
    words = label(f"{line.title}期限", "small")
    drawn = QWidget()
    if line.ended_on is None:
        limit = DeadlineChip()
        limit.setObjectName(f"case_clock_{line.limit.rule.key.value}")
        view = DeadlineView(due=line.limit.due, explanation=_count(line, sheet.today), provisional=line.limit.estimated)
        drawn.setLayout(row(words, limit))
        limit.show_deadline(view, sheet.today)
    else:
        done = f"{day_words(line.ended_on, sheet.today)}完成，{line.stands}"
        ended = chip(f"{line.limit.due.isoformat()}  {done}", line.tone)
        ended.setObjectName(f"case_clock_{line.limit.rule.key.value}_done")
        ended.setToolTip("\n".join((*map(finding_line, line.odd), *_count(line, sheet.today))))
        drawn.setLayout(row(words, ended))
    return drawn


def _count(line: ClockLine, today: date) -> tuple[str, ...]:
    return tuple(line.limit.says_on(today).split(" → "))
