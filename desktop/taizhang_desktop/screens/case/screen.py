"""案件办理: the facts and the rail with its clocks, and beside them the form that the case needs next."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.steps import Step

from taizhang_desktop.guide.keys import HISTORY, SAVE, STEPS, bind
from taizhang_desktop.guide.topics import Topic, topic_of_form
from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label, permit, set_tone
from taizhang_desktop.kit.passes import Passes
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.step_rail import RailStep, StepRail
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.attachments import AttachmentsPane
from taizhang_desktop.screens.case.clocks_row import ClocksRow, OddDaysRow
from taizhang_desktop.screens.case.discarding import DiscardingPanel, StayingPanel
from taizhang_desktop.screens.case.facts import FactsPane, discard
from taizhang_desktop.screens.case.history import HistoryPane
from taizhang_desktop.screens.case.letter import LetterPanel
from taizhang_desktop.screens.case.moving import MovingPanel
from taizhang_desktop.screens.case.panels import ClosingPanel, FormPanel, MatchingPanel, Panel, QuestionsPart
from taizhang_desktop.screens.draft_banner import DraftBanner
from taizhang_desktop.screens.papers.pane import PapersPane
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.viewmodels.attachments import AttachmentsModel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import LETTER_FORMS, CaseForm
from taizhang_desktop.viewmodels.case_history import CaseHistoryModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet, RailLine
from taizhang_desktop.viewmodels.case_view import CaseView
from taizhang_desktop.viewmodels.papers import OfCases, PapersModel

_OFFERS = (
    (CaseForm.GREEN_CHANNEL, "绿色通道…", ""),
    (CaseForm.REFUSAL, "不符合认定标准…", "danger"),
    (CaseForm.REOPENING, "重新打开…", ""),
    (CaseForm.CLOSING, "办结…", ""),
)


class CaseScreen(Screen):
    """One case. Enter goes through its form, a last Enter or Ctrl+S saves it; then the next form is there."""

    def __init__(
        self,
        model: CaseModel,
        attachments: AttachmentsModel,
        history: CaseHistoryModel | None = None,
        papers: PapersModel | None = None,
    ) -> None:
        """Draw nothing until a case is gone to; ``attachments``, ``history`` and ``papers`` are those of the case that is shown."""
        super().__init__("案件办理")
        self._model = model
        self._attached = attachments
        self._history = history
        self._papers = papers
        self._panel: Panel | None = None
        self._coming: Panel | None = None
        self._passes = Passes(self, hands_wait=True)
        self._drawn: tuple[QWidget, ...] = ()
        self._shown: object = None
        self._awaited = False
        self.setAccessibleName("案件办理")
        self.offers = {form: Button(words, kind) for form, words, kind in _OFFERS}
        for form, button in self.offers.items():
            button.setObjectName(f"case_offer_{form.value}")
            button.clicked.connect(lambda _=False, form=form: self._offer(form))
            self.action_row.addWidget(button)
        self.facts = FactsPane()
        for form, button in self.facts.offers.items():
            self.offers[form] = button
            button.clicked.connect(lambda _=False, form=form: self._offer(form))
        self.to_attachments = _quick_button("附件", "case_attachments", "")
        self.action_row.insertWidget(0, self.to_attachments)
        self.to_monitored = Button("监测帮扶")
        self.to_monitored.setObjectName("case_monitored")
        self.to_monitored.clicked.connect(model.go_monitored)
        self.action_row.insertWidget(0, self.to_monitored)
        self._attachments: AttachmentsPane | None = None
        self.to_history = _quick_button("历史", "case_history", "Ctrl+H")
        self.action_row.insertWidget(1, self.to_history)
        self._history_pane: HistoryPane | None = None
        self.to_papers = _quick_button("材料", "case_papers", "预览、打印、保存这一户的材料", Icon.PRINTER)
        self.action_row.insertWidget(0, self.to_papers)
        self._papers_pane: PapersPane | None = None
        self.rail = StepRail()
        self.rail.setObjectName("case_rail")
        self.clocks = ClocksRow()
        self.odd_days = OddDaysRow(model)
        self.owed = label("", "finding", wrap=True)
        self.owed.setObjectName("case_owed")
        set_tone(self.owed, Tone.SOON)
        self.stale = DraftBanner()
        self.room = QVBoxLayout()
        self.room.setSpacing(SPACE.large)
        self.room.addWidget(self.stale)
        self.stack = StateStack(self._content())
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._show()

    @property
    def attachments(self) -> AttachmentsPane:
        """The pane of the attachments, made when it is first asked for."""
        if self._attachments is None:
            self._attachments = AttachmentsPane(self._attached)
            self._attachments.left.connect(self._show_form)
            self.side.addWidget(self._attachments)
        return self._attachments

    @property
    def history(self) -> HistoryPane | None:
        """The pane of the history, made when it is first asked for; None where there is no history."""
        if self._history_pane is None and self._history is not None:
            self._history_pane = HistoryPane(self._history)
            self._history_pane.left.connect(self._show_form)
            self.side.addWidget(self._history_pane)
        return self._history_pane

    @property
    def papers(self) -> PapersPane | None:
        """The pane of the papers, made when it is first asked for; None where there is none."""
        if self._papers_pane is None and self._papers is not None:
            self._papers_pane = PapersPane(self._papers)
            self._papers_pane.left.connect(self._show_form)
            self.side.addWidget(self._papers_pane)
        return self._papers_pane

    def activate(self, target: str = "") -> None:
        """Show the case of that id, or the one shown before; the focus goes into its form."""
        self._awaited = True
        if target:
            self._turn_to(self.form_side)
            self._model.open(CaseId(target))
        else:
            self._model.refresh()
        self._attached.refresh()
        self._begin()

    def on_changes(self, changes: Changes) -> None:
        """Somebody touched it from another screen."""
        self._model.on_changes(changes)
        self._attached.on_changes(changes)
        if self._history is not None:
            self._history.on_changes(changes)
        if self._papers is not None:
            self._papers.on_changes(changes)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.leave()
        super().hideEvent(event)

    def read_again(self) -> None:
        """Read the case anew; the form stays."""
        self._model.refresh()

    def help_topic(self) -> Topic | None:
        """Of what the form asks, or of the papers."""
        if self._papers_pane is not None and self.side.currentWidget() is self._papers_pane:
            return Topic.PAPERS
        return None if self._model.view.sheet is None else topic_of_form(self._model.view.form)

    def unsaved(self) -> str:
        """Whose forms are half-typed and not kept."""
        names = self._model.half_typed
        return f"案件办理：{'、'.join(names)}的表格尚未保存" if names else ""

    def shut(self) -> None:
        """Close the view-models."""
        self._drop_coming()
        self._model.close()
        self._attached.close()
        if self._history is not None:
            self._history.close()
        if self._papers is not None:
            self._papers.close()

    def _content(self) -> QWidget:
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.addLayout(self.room)
        self.scrolled = Scrolled(inside)
        self.pins = QVBoxLayout()
        self.form_side = card(column(self.scrolled, self.pins, spacing=SPACE.medium))
        beside = QHBoxLayout()
        beside.setSpacing(SPACE.medium)
        beside.addWidget(self.facts, 3)
        self.side = QStackedWidget()
        self.side.addWidget(self.form_side)
        beside.addWidget(self.side, 7)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        self.progress = card(column(self.rail, self.clocks, self.odd_days, self.owed))
        whole.addWidget(self.progress)
        whole.addLayout(beside, 1)
        return content

    def _connect(self) -> None:
        model = self._model
        self.rail.chosen.connect(self._choose_step)
        self.to_attachments.clicked.connect(self._show_attachments)
        self._attached.changed.connect(self._follow_attachments)
        self.to_history.clicked.connect(self._show_history)
        self.to_papers.clicked.connect(self._show_papers)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        bind(HISTORY, self, self._show_history, within)
        bind(SAVE, self, self._save, within)
        for at, keys in enumerate(STEPS.sequences):
            shortcut = QShortcut(QKeySequence(keys), self)  # also while the keyboard is in the navigation
            shortcut.activated.connect(lambda at=at: self._jump_to(at))
        permit(self.facts.unmask, model.may_not_unmask, tip="查看完整号码会记入日志")
        self.facts.unmask.clicked.connect(model.unmask)
        self.facts.household.clicked.connect(model.go_household)
        model.changed.connect(self._show)
        model.found_fault.connect(self._fault)
        model.draft_settled.connect(self._show_draft)
        self.stale.checked.connect(self._check_draft)
        self.stale.dropped.connect(self._drop_useless)

    def _show_attachments(self) -> None:
        self._turn_to(self.attachments)
        self.attachments.begin()

    def _show_history(self) -> None:
        sheet, pane = self._model.view.sheet, self.history
        if self._history is not None and pane is not None and sheet is not None:
            self._turn_to(pane)
            self._history.look(sheet.case.id)
            pane.begin()

    def _show_papers(self) -> None:
        sheet, pane = self._model.view.sheet, self.papers
        if self._papers is not None and pane is not None and sheet is not None:
            self._turn_to(pane)
            self._papers.open(OfCases((sheet.case.id,)))
            pane.begin()
            self.turned.emit()

    def _show_form(self) -> None:
        """Back to the form, half-typed as it was left."""
        self._turn_to(self.form_side)
        self._awaited = True
        self._begin()

    def _turn_to(self, side: QWidget) -> None:
        for looked_at in (self._attached, self._history, self._papers):
            if looked_at is not None:
                looked_at.look_no_more()
        self.side.setCurrentWidget(side)
        self._follow_attachments()

    def _follow_attachments(self) -> None:
        """The count on the button; a preview and the papers get all the room there is."""
        attached = self._attached.view
        self.to_attachments.setText(f"附件（{attached.count}）" if attached.count else "附件")
        papers = self._papers_pane is not None and self.side.currentWidget() is self._papers_pane
        if self._papers_pane is not None:
            self._papers_pane.take_room(wanted=papers)
        for beside in (self.progress, self.facts):
            beside.setVisible(attached.preview is None and not papers)
        beside_form = self._model.view.sheet is not None and self.side.currentWidget() is self.form_side
        self.to_attachments.setVisible(beside_form)
        self.to_history.setVisible(beside_form and self._history is not None)
        self.to_papers.setVisible(beside_form and self._papers is not None)

    def _choose_step(self, step: Step) -> None:
        self._turn_to(self.form_side)
        self._model.choose_step(step)

    def _jump_to(self, at: int) -> None:
        """The step of that number, by its key: on into its form, where it has one."""
        if at < len(self.rail.steps):
            self._awaited = True
            self._choose_step(self.rail.steps[at].step)
            self._begin()

    def _offer(self, form: CaseForm) -> None:
        self._turn_to(self.form_side)
        self._awaited = True
        self._model.choose(form)
        self._begin()

    def _save(self) -> None:
        if self._panel is not None and self._panel.part is not None and self._panel.part.save.isVisible():
            self._panel.part.submit()

    def _show_draft(self) -> None:
        sheet, drafts = self._model.view.sheet, self._model.drafts
        if sheet is not None:
            self.stale.tell(drafts.stale(sheet, self._model.view.form), drafts.useless(sheet))
        if self._panel is not None and self._panel.part is not None:
            self._panel.part.show_draft()

    def _check_draft(self) -> None:
        sheet = self._model.view.sheet
        if sheet is not None:
            self._model.drafts.check(sheet, self._model.view.form)
            self._show_draft()
            self._awaited = True
            self._begin()

    def _drop_useless(self) -> None:
        sheet = self._model.view.sheet
        if sheet is not None:
            self._model.drafts.drop_useless(sheet)
            self._show_draft()

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if self._panel is not None and self._panel.part is not None:
            self._panel.part.show_findings(findings)

    def _show(self) -> None:
        view = self._model.view
        for form, button in self.offers.items():
            button.setVisible(form in view.offers)
            permit(button, self._model.may_not_save(form))
        sheet = view.sheet
        self._follow_attachments()
        self.to_monitored.setVisible(sheet is not None and sheet.monitored)
        if sheet is None:
            self.say("")
            self._drop_coming()
            self._show_state(view)
            return
        self._attached.open(sheet.case.id)
        self.say(f"{sheet.who}　{sheet.line.village}")
        self.facts.household.setVisible(sheet.household is not None)
        self.facts.show_facts(view.facts, unmasked=view.unmasked)
        self.rail.show_steps(_rail(sheet), _step_shown(view, sheet))
        self.clocks.show_clocks(sheet)
        self.odd_days.show_days(sheet, view.form)
        self.owed.setText(sheet.owed)
        self.owed.setVisible(bool(sheet.owed))
        self._show_panel(view, sheet)

    def _show_state(self, view: CaseView) -> None:
        if view.trouble is not None:
            self.stack.show_trouble(view.trouble, self._model.refresh)
        elif view.loading:
            self.stack.show_loading()
        else:
            go = Button("到今日待办", "primary", Icon.TODAY)
            go.setObjectName("case_go_today")
            go.clicked.connect(self._model.go_today)
            says = "没有找到这一条" if view.gone else "还没有打开案件"
            self.stack.show_empty(says, "请在今日待办或预警台账中选择一条，按回车或双击打开", go)

    def _show_panel(self, view: CaseView, sheet: CaseSheet) -> None:
        """The panel that is there, or another in its place: made, put in and shown in passes of the event loop of their own."""
        key = _panel_key(view, sheet)
        if key != self._shown or not (self._passes.running or self._panel is not None):
            self._take_panel_away()
            self._drop_coming()
            self._shown = key
            self._passes.do(self._make_panel, self._put_panel, self._style_panel, self._panel_stands)
        elif not self._passes.running:
            self._panel_stands()

    def _take_panel_away(self) -> None:
        """What had the focus is gone: nothing that stands beside it may get what is typed before the next panel stands."""
        focused = QApplication.focusWidget()
        if focused is not None and any(drawn.isAncestorOf(focused) for drawn in self._drawn):
            self._awaited = True
            self.form_side.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form_side.setUpdatesEnabled(False)
        discard(*self._drawn)
        self._drawn, self._panel = (), None

    def _drop_coming(self) -> None:
        self._passes.stop()
        if self._coming is not None:
            self._coming.deleteLater()
            self._coming = None

    def _make_panel(self) -> None:
        sheet = self._model.view.sheet
        if sheet is not None:
            self._coming = _panel(self._model, sheet)

    def _put_panel(self) -> None:
        panel, sheet = self._coming, self._model.view.sheet
        self._coming = None
        if panel is None or sheet is None:
            return
        asked = sheet.questions and not isinstance(panel, MatchingPanel)
        self._drawn = (QuestionsPart(self._model, sheet.questions), panel) if asked else (panel,)
        for drawn in self._drawn:
            self.room.addWidget(drawn)
        if panel.pinned is not None:
            self.pins.addWidget(panel.pinned)
            self._drawn = (*self._drawn, panel.pinned)
        self._panel = panel
        if isinstance(panel, LetterPanel):
            panel.attach_wanted.connect(self._show_attachments)
        self.scrolled.verticalScrollBar().setValue(0)
        self.turned.emit()

    def _style_panel(self) -> None:
        for drawn in self._drawn:
            drawn.show()

    def _panel_stands(self) -> None:
        if self._panel is None:
            return
        self._panel.show_state()
        self._show_draft()
        self.form_side.setUpdatesEnabled(True)
        self.stack.show_content()
        self._awaited = self._awaited or self._model.view.busy
        self._begin()

    def _begin(self) -> None:
        """Focus the form once it is there and somebody waits for it."""
        view = self._model.view
        here = self.isVisible() and self.side.currentWidget() is self.form_side
        if self._awaited and view.sheet is not None and not view.busy and self._panel is not None and here:
            self._awaited = False
            self._panel.begin()


def _quick_button(words: str, name: str, tip: str, icon: Icon | None = None) -> Button:
    made = Button(words, icon=icon)
    made.setObjectName(name)
    made.setToolTip(tip)
    return made


def _panel(model: CaseModel, sheet: CaseSheet) -> Panel:
    form = model.view.form
    if form is CaseForm.MEMBER:
        return MatchingPanel(model, sheet)
    if form in LETTER_FORMS:
        return LetterPanel(model, sheet)
    if form is CaseForm.CLOSING:
        return ClosingPanel(model, sheet)
    if form is CaseForm.DISCARDING:
        return StayingPanel(model, sheet.stays, "不能移走") if sheet.stays else DiscardingPanel(model, sheet)
    if form is CaseForm.MOVING:
        return StayingPanel(model, sheet.bound, "不能改归") if sheet.bound else MovingPanel(model, sheet)
    return FormPanel(model, sheet)


def _panel_key(view: CaseView, sheet: CaseSheet) -> object:
    """What the panel is drawn from: while this is the same, it stays as it is and nobody's typing is disturbed."""
    return (
        sheet.case.id,
        view.form,
        view.answers,
        view.locked,
        view.emptied,
        sheet.income_lines,
        sheet.questions,
        sheet.letter,
        sheet.letter is not None and (view.unmasked, sheet.proof_attached),
        sheet.missing,
        sheet.odd_days,
        sheet.stays,
        sheet.bound,
    )


def _step_shown(view: CaseView, sheet: CaseSheet) -> Step:
    """The step that the form belongs to: its own, the one at which the household was refused, or where the case stands."""
    state = sheet.state
    refused_at = None if state.refusal is None else state.refusal.at
    return view.form.step or refused_at or state.current or state.order[-1]


def _rail_note(line: RailLine, today: date) -> str:
    if line.day is not None:
        return day_words(line.day, today)
    return "" if line.since is None else f"{day_words(line.since, today)}已开始"


def _rail(sheet: CaseSheet) -> tuple[RailStep, ...]:
    return tuple(
        RailStep(
            step=line.step,
            label=line.label,
            mark=line.mark,
            owed=line.owed,
            odd=line.odd,
            note=_rail_note(line, sheet.today),
            key=key,
        )
        for line, key in zip(sheet.rail, STEPS.sequences, strict=True)
    )
