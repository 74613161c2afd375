"""监测对象: the list with the next visit of each household; Enter opens one in its place, Esc goes back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.services.monitoring import MonitoredLine

from taizhang_desktop.kit.parts import Button, Scrolled, column
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.draft_banner import DraftBanner
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
        self.rows: ValueTableModel[MonitoredLine] = ValueTableModel(_columns(model), lambda line: line.household, self)
        self.table: ValueTable[MonitoredLine] = ValueTable(self.rows)
        self.table.setObjectName("monitoring_table")
        self.table.setAccessibleName("监测对象")
        self.listing = StateStack(self.table)
        self.pane = MonitoringPane(model)
        self.stale = DraftBanner()
        inside = QWidget()
        inside.setLayout(column(self.stale, self.pane, spacing=SPACE.medium))
        self.scrolled = Scrolled(inside)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.listing)
        self.pages.addWidget(self.scrolled)
        self.body.addWidget(self.pages, 1)
        self.back = Button("返回名单", "quiet")
        self.back.setObjectName("monitoring_back")
        self.action_row.addWidget(self.back)
        self.back.clicked.connect(model.back)
        self.table.opened.connect(self._open)
        self.stale.checked.connect(self._check_draft)
        self.stale.dropped.connect(self._drop_useless)
        model.draft_settled.connect(self._show_draft)
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
        """Whose forms are half-typed and not kept."""
        names = self._model.drafts.names
        return f"监测对象：{'、'.join(names)}的表格尚未保存" if names else ""

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.drafts.shelf.flush()
        super().hideEvent(event)

    def _open(self, household: str) -> None:
        self._awaited = True
        self._model.open(household)

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if self.pane.part is not None:
            self.pane.part.show_findings(findings)

    def _check_draft(self) -> None:
        sheet, form = self._model.view.sheet, self._model.form
        if sheet is not None and form is not None:
            self._model.drafts.check(sheet, form)
            self._show_draft()
            self.pane.begin()

    def _drop_useless(self) -> None:
        if self._model.view.sheet is not None:
            self._model.drafts.drop_useless(self._model.view.sheet)
            self._show_draft()

    def _show_draft(self) -> None:
        sheet, drafts = self._model.view.sheet, self._model.drafts
        if sheet is not None:
            self.stale.tell(drafts.stale(sheet, self._model.form), drafts.useless(sheet))
        if self.pane.part is not None:
            self.pane.part.show_draft()

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
        self._show_draft()
        part = self.pane.part
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
