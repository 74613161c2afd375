"""一起办理: which deed, the answers that hold for all, and a row for each household."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QVBoxLayout, QWidget
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.guide.keys import SAVE, bind
from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.batch.forms import FORMS, SharedForm
from taizhang_desktop.screens.batch.grid import BatchGrid, OwnField
from taizhang_desktop.screens.batch.unable import UnablePart
from taizhang_desktop.screens.draft_banner import DraftBanner
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.viewmodels.batch_sheet import DEED_WORDS, BatchDeed, BatchLine, BatchSheet
from taizhang_desktop.viewmodels.batch_view import OWN_FIELDS, BatchView
from taizhang_desktop.viewmodels.batch_work import BatchModel
from taizhang_desktop.viewmodels.case import AGAIN
from taizhang_desktop.viewmodels.notices import finding_line

_OWN = {
    "conclusion": OwnField(name="conclusion", title="核实情况和结论", required=True),
    "agree": OwnField(name="agree", title="同意", required=True, number=True),
    "against": OwnField(name="against", title="不同意", required=True, number=True),
    "abstain": OwnField(name="abstain", title="弃权", required=True, number=True),
    "opinions": OwnField(name="opinions", title="评议意见"),
}


class BatchScreen(DeskScreen):
    """Enter goes through the shared answers and then from household to household; Ctrl+S writes all at once, Esc goes back."""

    def __init__(self, model: BatchModel) -> None:
        """Draw nothing until households are gone to."""
        super().__init__("一起办理", model)
        self._model = model
        self._drawn: object = None
        self._awaited = False
        self.form: SharedForm | None = None
        self.grid: BatchGrid | None = None
        self.back = Button("返回", "quiet")
        self.back.setObjectName("batch_back")
        self.back.setToolTip("Esc")
        self.papers = Button("材料", icon=Icon.PRINTER)
        self.papers.setObjectName("batch_papers")
        self.papers.setToolTip("预览、打印、保存这些户的材料")
        self.action_row.addWidget(self.papers)
        self.action_row.addWidget(self.back)
        self.deeds = {deed: Button("", "pill") for deed in BatchDeed}
        self.unable = UnablePart()
        self.count = label("", "heading")
        self.all = Button("全选", "quiet")
        self.all.setObjectName("batch_all")
        self.none = Button("全不选", "quiet")
        self.none.setObjectName("batch_none")
        self.hint = label("", "small")
        self.rest = label("", "finding", wrap=True)
        self.rest.setObjectName("batch_findings")
        set_tone(self.rest, Tone.OVERDUE)
        self.notes = label("", "finding", wrap=True)
        self.notes.setObjectName("batch_notes")
        set_tone(self.notes, Tone.SOON)
        self.stale = DraftBanner()
        self.draft = label("", "small")
        self.draft.setObjectName("batch_draft")
        self.give_up = Button("放弃填写", "quiet")
        self.give_up.setObjectName("batch_give_up")
        self.save = Button("", "primary", Icon.SAVE)
        self.save.setObjectName("batch_save")
        self.save.setToolTip("Ctrl+S；告知书保存为一个PDF，再打开打印")
        self._form_room, self._grid_room = QVBoxLayout(), QVBoxLayout()
        self.stack = StateStack(self._content())
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._show()

    def activate(self, target: str = "") -> None:
        """Show the households of that target, or those shown before."""
        self._awaited = True
        if target:
            self._model.open(target)
        else:
            self._model.refresh()
        self._begin()

    def unsaved(self) -> str:
        """For which deeds something is half-typed and not kept."""
        names = self._model.half_typed
        return f"“一起办理”中{'、'.join(names)}填写的内容还没有保存。" if names else ""

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.drafts.shelf.flush()
        super().hideEvent(event)

    def _content(self) -> QWidget:
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        pills = FlowRow()
        group = QButtonGroup(self)
        for deed, button in self.deeds.items():
            button.setObjectName(f"batch_deed_{deed.value}")
            button.setCheckable(True)
            group.addButton(button)
            pills.add(button)
        whole.addWidget(pills)
        whole.addWidget(self.stale)
        whole.addWidget(self.unable)
        whole.addWidget(card(self._form_room))
        households = column(row(self.count, self.hint, None, self.all, self.none), self._grid_room)
        whole.addWidget(card(households))
        whole.addStretch(1)
        self.scrolled = Scrolled(inside)
        content = QWidget()
        around = column(
            self.scrolled, self.rest, self.notes, row(self.give_up, None, self.draft, self.save), spacing=SPACE.small
        )
        content.setLayout(around)
        return content

    def _connect(self) -> None:
        model = self._model
        for deed, button in self.deeds.items():
            button.clicked.connect(lambda _=False, deed=deed: self._choose(deed))
        self.back.clicked.connect(model.go_back)
        self.papers.clicked.connect(model.go_papers)
        self.unable.leave.clicked.connect(self._leave_out)
        self.all.clicked.connect(lambda: model.tick_all(wanted=True))
        self.none.clicked.connect(lambda: model.tick_all(wanted=False))
        self.give_up.clicked.connect(self._give_up)
        self.save.clicked.connect(self.submit)
        model.changed.connect(self._show)
        model.found_fault.connect(self._fault)
        model.draft_settled.connect(self._show_draft)
        self.stale.checked.connect(model.check_draft)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        bind(SAVE, self, self.submit, context)
        QShortcut(QKeySequence("Esc"), self, context=context).activated.connect(model.go_back)

    def submit(self) -> None:
        """Write all, or have everything said that is wrong."""
        form, grid = self.form, self.grid
        if form is None or grid is None or not self.save.isVisible():
            return
        grid.finish()
        chosen = {line.case for line in self._model.view.chosen}
        lines = {case: each for case, each in grid.rows.items() if case in chosen}
        own = {case: each.given() for case, each in lines.items()}
        self._model.save(form.given(), own, form.faults(), {case: each.faults() for case, each in lines.items()})

    def _choose(self, deed: BatchDeed) -> None:
        self._awaited = True
        self._model.choose_deed(deed)
        self._begin()

    def _leave_out(self) -> None:
        self._awaited = True
        self._model.leave_out()
        self._begin()

    def _give_up(self) -> None:
        self._awaited = True
        self._model.give_up()
        self._begin()

    def _after_form(self) -> None:
        """Enter in the last shared answer: on to the first household, or, where nobody answers for itself, write all."""
        if self.grid is None or not self.grid.begin():
            self.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _fault(self) -> None:
        """Everything at once: beside the shared answers what holds for all, beneath its row what is said of one."""
        view, form, grid = self._model.view, self.form, self.grid
        if form is None or grid is None:
            return
        common = view.of_all
        for field in form.fields:
            if any(finding.field == field.name for finding in common):
                field.show()
        left = form.show_findings(common)
        if any(finding.blocks for finding in common if finding not in left):
            return
        if any(each.blocks for found in view.of_each.values() for each in found):
            grid.begin()
        elif view.unable:
            self.unable.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        view = self._model.view
        if view.trouble is not None:
            self.stack.show_trouble(view.trouble, self._model.refresh)
        elif view.loading:
            self.stack.show_loading()
        elif view.sheet is None:
            go = Button("到预警台账", "primary", Icon.LEDGER)
            go.setObjectName("batch_go_ledger")
            go.clicked.connect(self._model.go_back)
            says = "还没有选择要一起办理的户"
            self.stack.show_empty(says, "在预警台账中选中几条，点“批量办理”；或在案件办理中点“同村一起办理”", go)
        else:
            self._show_sheet(view, view.sheet)
            self.stack.show_content()
        self._awaited = self._awaited or view.busy
        self._begin()

    def _show_sheet(self, view: BatchView, sheet: BatchSheet) -> None:
        where = "、".join(sheet.villages[:3]) + ("等" if len(sheet.villages) > 3 else "")  # noqa: PLR2004 - a line takes so many
        beyond = "；一次最多200户，其余请分次办理" if sheet.beyond else ""
        self.say(f"{where}{beyond}")
        for deed, button in self.deeds.items():
            able = sum(line.case in view.ticked for line in sheet.able(deed))
            button.setText(f"{DEED_WORDS[deed]}（{able}户）")
            button.setChecked(deed is view.deed)
        self._draw(view, sheet)
        self.unable.show_lines(view.deed, view.unable)
        form, grid = self.form, self.grid
        if form is not None and grid is not None:
            form.arrange()
            self._show_rows(grid)
        self._show_foot(view)

    def _show_draft(self) -> None:
        self.draft.setText(self._model.drafts.says(self._model.view.deed))
        self.stale.tell(self._model.stale)

    def _show_foot(self, view: BatchView) -> None:
        self._show_draft()
        count = len(view.chosen)
        self.count.setText(f"选了{count}户，共{len(view.lines)}户可以办" if view.lines else "没有可以办的户")
        self.hint.setText("回车到下一格，Ctrl+D和上一户一样" if OWN_FIELDS[view.deed] else "")
        self.all.setVisible(count < len(view.lines))
        self.none.setVisible(count > 0)
        blocks = any(each.blocks for each in view.said)
        shared = set() if self.form is None else {field.name for field in self.form.fields}
        common = [finding for finding in view.of_all if finding.field not in shared]
        wrong = [view.rest, _of_all([finding for finding in common if finding.blocks])]
        wrong.append("有一户没有办妥，就一户也不写入；改好红字再保存" if blocks else "")
        notes = [_of_all([finding for finding in common if not finding.blocks]), AGAIN if view.asking else ""]
        for part, lines in ((self.rest, wrong), (self.notes, notes)):
            part.setText("\n".join(filter(None, lines)))
            part.setVisible(any(lines))
        self.save.setText(_save_words(view, count))
        self.save.setVisible(bool(view.lines))
        self.save.setEnabled(not view.busy)
        self.give_up.setVisible(
            self._model.typed is not None or any(self._model.typed_of(line.case) for line in view.lines)
        )
        if not view.said and self.form is not None:
            self.form.clear_findings()

    def _draw(self, view: BatchView, sheet: BatchSheet) -> None:
        """The form and the rows, anew only where others are to be shown: nobody's typing is disturbed."""
        key = (view.deed, view.emptied, sheet.pack.id, tuple((line.case, line.who, line.letter) for line in view.lines))
        if key == self._drawn:
            return
        focused = QApplication.focusWidget()
        self._awaited = self._awaited or (focused is not None and self.scrolled.isAncestorOf(focused))
        self._drawn = key
        for old in (self.form, self.grid):
            if old is not None:
                old.hide()
                old.deleteLater()
        self.form = form = FORMS[view.deed](self._model, sheet)
        self.grid = grid = BatchGrid([_OWN[name] for name in OWN_FIELDS[view.deed]])
        self._form_room.addWidget(form)
        self._grid_room.addWidget(grid)
        for drawn in (form, grid):
            drawn.show()
        form.fill(self._model.first_answers)
        typed = self._model.typed
        if typed is not None:
            form.retype(typed)
        form.edited.connect(lambda: self._model.keep(form.typed()))
        grid.grown.connect(lambda cases: self._grown(grid, cases))
        several = len(sheet.villages) > 1
        grid.show_lines([(line, _about(line, several=several)) for line in view.lines])
        form.ended.connect(self._after_form)
        for part in (form, grid):
            part.submitted.connect(self.submit)
            part.edited.connect(self.give_up.show)
        grid.edited.connect(lambda case: self._model.keep_own(CaseId(case), grid.rows[CaseId(case)].typed()))
        grid.ticked.connect(lambda case, wanted: self._model.tick(CaseId(case), wanted=wanted))
        grid.passed.connect(lambda: self.save.setFocus(Qt.FocusReason.TabFocusReason))
        self.scrolled.verticalScrollBar().setValue(0)

    def _grown(self, grid: BatchGrid, cases: tuple[CaseId, ...]) -> None:
        for case in cases:
            grid.rows[case].retype(self._model.typed_of(case))
        self._show_rows(grid)

    def _show_rows(self, grid: BatchGrid) -> None:
        view = self._model.view
        grid.tick(frozenset(line.case for line in view.chosen))
        grid.say(view.of_each)

    def _begin(self) -> None:
        """Focus the form once it is there and somebody waits for it."""
        view = self._model.view
        if not self._awaited or view.sheet is None or view.busy or self.form is None or not self.isVisible():
            return
        self._awaited = False
        if view.said:
            return
        if view.unable:
            self.unable.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.begin()


def _of_all(findings: Sequence[Finding]) -> str:
    """What holds for every household in one sentence: what begins alike (核查表还没有填：…) is begun once."""
    parts: dict[str, list[str]] = {}
    for begun, colon, rest in (finding_line(finding).partition("：") for finding in findings):
        parts.setdefault(f"{begun}{colon}", []).append(rest)
    says = "；".join(f"{begun}{'、'.join(rest)}" for begun, rest in parts.items())
    return f"各户：{says}" if says else ""


def _about(line: BatchLine, *, several: bool) -> str:
    """What tells households of one name apart: the village where there are several, and how the warning came."""
    letter = f"告知书{line.letter.notice.number}已出具，待打印" if line.letter is not None else ""
    return " · ".join(filter(None, (line.village if several else "", line.came, letter)))


def _save_words(view: BatchView, count: int) -> str:
    if view.asking:
        return f"情况属实，写入{count}户"
    if view.deed is not BatchDeed.LETTERS:
        return f"写入{count}户"
    return f"打印{count}户的告知书" if len(view.waiting) == count else f"出具并打印{count}户的告知书"
