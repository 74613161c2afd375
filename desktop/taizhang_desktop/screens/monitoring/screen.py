"""监测对象: the list with the next visit of each household; Enter opens one in its place, Esc goes back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.services.monitoring import MonitoredLine

from taizhang_desktop.kit.parts import Button, Scrolled
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.screens.monitoring.pane import MonitoringPane
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.monitoring import MonitoringModel
from taizhang_desktop.viewmodels.monitoring_words import (
    kind_words,
    risk_words,
    standing_tone,
    standing_words,
    visit_tone,
    visit_words,
)
from taizhang_desktop.viewmodels.words import day


class MonitoringScreen(DeskScreen):
    """The list, or one household in its place."""

    def __init__(self, model: MonitoringModel) -> None:
        """Draw the view-model."""
        super().__init__("监测对象", model)
        self._model = model
        self._awaited = False
        self._typed_first: object = None
        self.rows: ValueTableModel[MonitoredLine] = ValueTableModel(_columns(model), lambda line: line.household, self)
        self.table: ValueTable[MonitoredLine] = ValueTable(self.rows)
        self.table.setObjectName("monitoring_table")
        self.table.setAccessibleName("监测对象")
        self.listing = StateStack(self.table)
        self.pane = MonitoringPane(model)
        self.scrolled = Scrolled(self.pane)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.listing)
        self.pages.addWidget(self.scrolled)
        self.body.addWidget(self.pages, 1)
        self.back = Button("返回名单", "quiet")
        self.back.setObjectName("monitoring_back")
        self.action_row.addWidget(self.back)
        self.back.clicked.connect(model.back)
        self.table.opened.connect(self._open)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(model.back)
        model.changed.connect(self._show)
        model.found_fault.connect(self._fault)
        self.first = self.table
        self._show()

    def activate(self, target: str = "") -> None:
        """Show the household of that id, or the list as it stands."""
        if target:
            self._open(target)
            return
        super().activate()

    def unsaved(self) -> str:
        """A form that was begun."""
        part = self.pane.part
        begun = part is not None and part.form.typed() != self._typed_first
        return "“监测对象”中填写的内容还没有保存。" if begun else ""

    def _open(self, household: str) -> None:
        self._awaited = True
        self._model.open(household)

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if self.pane.part is not None:
            self.pane.part.show_findings(findings)

    def _show(self) -> None:
        view = self._model.view
        overdue = self._model.overdue
        late = f"，{overdue}户走访已超期" if overdue else ""
        one = "" if view.sheet is None else f"{view.sheet.line.head_name}　{self._model.village(view.sheet.line)}"
        self.say(one or (f"共{len(view.lines)}户{late}" if view.loaded else ""))
        self.back.setVisible(view.sheet is not None)
        if view.trouble is not None:
            self.listing.show_trouble(view.trouble, self._model.refresh)
        elif not view.loaded:
            self.listing.show_loading()
        elif not view.lines:
            self.listing.show_empty("还没有监测对象", "案件“录入系统”以后，这一户就在这里")
        else:
            self.listing.show_content()
            self.rows.show_rows(view.lines)
        self._turn(one=view.sheet is not None)

    def _turn(self, *, one: bool) -> None:
        page = self.scrolled if one else self.listing
        turned = self.pages.currentWidget() is not page
        self.pages.setCurrentWidget(page)
        before = self.pane.part
        self.pane.show_sheet()
        part = self.pane.part
        if part is not before and part is not None:
            self._typed_first = part.form.typed()
        if one and (turned or self._awaited or part is not before):
            self._awaited = False
            self.scrolled.verticalScrollBar().setValue(0)
            self.pane.begin()
        elif turned:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns(model: MonitoringModel) -> tuple[Column[MonitoredLine, Unsorted], ...]:
    pack, today = model.pack, model.today
    return (
        Column(title="户主姓名", text=lambda line: line.head_name, width=6),
        Column(
            title="下次走访",
            text=lambda line: visit_words(line, today()),
            tone=lambda line: visit_tone(line, today()),
            width=11,
        ),
        Column(title="村（社区）", text=model.village, tip=model.village, width=9),
        Column(title="类型", text=lambda line: kind_words(line, pack), width=7),
        Column(
            title="风险", text=lambda line: risk_words(line, pack), tip=lambda line: risk_words(line, pack), width=6
        ),
        Column(title="认定日期", text=lambda line: day(line.state.recognised.recognised_on), width=6),
        Column(title="状态", text=standing_words, tone=standing_tone, width=7),
        Column(title="措施（项）", text=_measures, tone=_measure_tone, width=5, align=Align.RIGHT),
    )


def _measure_tone(line: MonitoredLine) -> Tone:
    return Tone.OVERDUE if line.overdue_measures else Tone.PLAIN


def _measures(line: MonitoredLine) -> str:
    count = len(line.state.measures)
    return f"{count}（超期{line.overdue_measures}）" if line.overdue_measures else str(count)
