"""One household as 监测对象: how it stands, its measures and visits, the way to 风险消除, and everything written down."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget
from taizhang_casework.domain.monitoring import MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.services.monitoring import MonitoredSheet

from taizhang_desktop.kit.parts import Button, card, chip, column, label, permit, row
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.facts import discard
from taizhang_desktop.screens.monitoring.form_part import MonitoringFormPart
from taizhang_desktop.viewmodels.monitoring import MonitoringModel
from taizhang_desktop.viewmodels.monitoring_words import (
    entry_words,
    kind_words,
    measure_words,
    risk_words,
    standing_tone,
    standing_words,
    visit_tone,
    visit_words,
)
from taizhang_desktop.viewmodels.notices import finding_line
from taizhang_desktop.viewmodels.words import day


class MonitoringPane(QWidget):
    """Drawn anew when the household changed; the form that is open stays as it is."""

    def __init__(self, model: MonitoringModel) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self._model = model
        self._shown: object = None
        self._drawn: tuple[QWidget, ...] = ()
        self.part: MonitoringFormPart | None = None
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(SPACE.medium)

    def show_sheet(self) -> None:
        """Show the household and the form that is open."""
        view = self._model.view
        if view.sheet is None:
            return
        key = (view.sheet, view.form, view.number)
        if key != self._shown:
            self._shown = key
            self._draw(view.sheet)
        if self.part is not None:
            self.part.show_state()

    def begin(self) -> None:
        """Into the form, else onto the first button."""
        if self.part is not None:
            self.part.form.begin()
            return
        first = self.findChild(Button, "monitoring_visit")
        if first is not None:
            first.setFocus()

    def _draw(self, sheet: MonitoredSheet) -> None:
        discard(*self._drawn)
        form = self._model.view.form
        self.part = None if form is None else MonitoringFormPart(self._model, form)
        middle = [_card(self.part)] if self.part is not None else self._parts(sheet)
        rest = QWidget()
        rest.setLayout(column(None))
        self._drawn = (_card(self._head(sheet)), *middle, rest)
        for drawn in self._drawn:
            self._room.addWidget(drawn)
            drawn.show()
        self._room.setStretchFactor(rest, 1)

    def _head(self, sheet: MonitoredSheet) -> QWidget:
        line, pack = sheet.line, self._model.pack
        due = visit_words(line, sheet.today)
        chips = [chip(standing_words(line), standing_tone(line))]
        if due:
            chips.append(chip(f"下次走访 {due}", visit_tone(line, sheet.today)))
        to_case = Button("打开案件", "quiet")
        to_case.setObjectName("monitoring_case")
        to_case.clicked.connect(self._model.open_case)
        known = line.state.recognised
        facts = (
            f"{kind_words(line, pack)}，风险：{risk_words(line, pack) or '未填写'}；{day(known.recognised_on)}认定，"
            f"国家系统户编号{known.household_number}；{line.people}人"
        )
        return _block(row(*chips, None, to_case), label(facts, wrap=True, select=True))

    def _parts(self, sheet: MonitoredSheet) -> list[QWidget]:
        parts = [self._odd_days(sheet)] if sheet.odd_days else []
        return [
            _card(part)
            for part in (
                *parts,
                self._measures(sheet),
                self._visits(sheet),
                self._clearing(sheet),
                self._history(sheet),
            )
        ]

    def _odd_days(self, sheet: MonitoredSheet) -> QWidget:
        lines = (row(chip("核对", Tone.SOON), label(finding_line(each), wrap=True), None) for each in sheet.odd_days)
        return _block(label("日期对不上的", "heading"), *lines)

    def _measures(self, sheet: MonitoredSheet) -> QWidget:
        add = self._opening("登记帮扶措施", "monitoring_measure", MonitoringForm.MEASURE)
        add.setEnabled(sheet.line.standing is not MonitoringStanding.WITHDRAWN)
        lines = [
            self._line(measure_words(each, sheet.today), "更新", MonitoringForm.MEASURE, each.number)
            for each in sheet.state.measures
        ]
        return _block(row(label("帮扶措施", "heading"), None, add), *(lines or [label("还没有登记", "muted")]))

    def _visits(self, sheet: MonitoredSheet) -> QWidget:
        add = self._opening("登记走访", "monitoring_visit", MonitoringForm.FOLLOW_UP_VISIT, "primary")
        add.setEnabled(sheet.line.standing is not MonitoringStanding.WITHDRAWN)
        lines = [
            self._line(
                f"{day(each.visited_on)}　{'、'.join(each.visitors)}：{each.found}",
                "更正",
                MonitoringForm.FOLLOW_UP_VISIT,
                each.number,
            )
            for each in reversed(sheet.state.visits)
        ]
        return _block(row(label("走访", "heading"), None, add), *(lines or [label("还没有登记", "muted")]))

    def _clearing(self, sheet: MonitoredSheet) -> QWidget:
        pack, state, step = self._model.pack, sheet.state, sheet.line.next_step
        head = row(label("风险消除", "heading"), None)
        if self._model.can_roll_back:
            back = self._opening("回退…", "monitoring_rollback", MonitoringForm.ROLLBACK, "danger")
            permit(back, self._model.may_not_decide)
            head.addWidget(back)
        if step is not None:
            go = Button(f"办理{pack.clearing_step(step).label}")
            go.setObjectName("monitoring_clearing")
            permit(go, self._model.may_not_clear())
            go.clicked.connect(self._model.choose_clearing)
            head.addWidget(go)
        marks = [
            chip(f"{rule.label} {day(state.clearing[rule.step])}", Tone.DONE)
            if rule.step in state.clearing
            else chip(rule.label, Tone.INFO if rule.step is step else Tone.PLAIN)
            for rule in pack.clearing_steps
        ]
        says = f"稳定满{pack.monitoring.stable_months}个月、收入高于监测标准、三保障和饮水安全都巩固的，才能消除风险。"
        return _block(head, row(*marks, None), label(says, "muted", wrap=True))

    def _history(self, sheet: MonitoredSheet) -> QWidget:
        lines = (label(entry_words(each, self._model.pack), wrap=True) for each in reversed(sheet.monitored.entries))
        return _block(label("登记过的", "heading"), *lines)

    def _opening(self, words: str, name: str, form: MonitoringForm, kind: str = "") -> Button:
        made = Button(words, kind)
        made.setObjectName(name)
        made.clicked.connect(self._choosing(form, 0))
        return made

    def _line(self, words: str, press: str, form: MonitoringForm, number: int) -> QWidget:
        button = Button(press, "quiet")
        button.setObjectName(f"monitoring_{form.value}_{number}")
        button.setAccessibleName(f"{press}：{words}")
        button.clicked.connect(self._choosing(form, number))
        drawn = QWidget()
        across = row()
        across.addWidget(label(words, wrap=True), 1)
        across.addWidget(button)
        drawn.setLayout(across)
        return drawn

    def _choosing(self, form: MonitoringForm, number: int) -> Callable[[], None]:
        return lambda: self._model.choose(form, number)


def _block(*parts: object) -> QWidget:
    drawn = QWidget()
    drawn.setLayout(column(*parts, spacing=SPACE.small))  # type: ignore[arg-type]  # widgets and layouts, as column takes them
    return drawn


def _card(part: QWidget) -> QWidget:
    return card(column(part))
