"""收入线: what was entered, and beside it the form that enters another."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.income import IncomeLine
from taizhang_casework.domain.money import yuan

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.money_field import MoneyField
from taizhang_desktop.kit.parts import Button, column, label, permit, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import DateField, TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.screens.users.card import Card, cards
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.income_lines import TITLE, IncomeLinesModel
from taizhang_desktop.viewmodels.notices import finding_line
from taizhang_desktop.viewmodels.words import day

_COLUMNS: tuple[Column[IncomeLine, Unsorted], ...] = (
    Column(title="适用地区", text=lambda line: line.area, width=6),
    Column(title="从哪天起", text=lambda line: day(line.valid_from), width=6),
    Column(title="每人每年（元）", text=lambda line: yuan(line.amount), width=7, align=Align.RIGHT),
    Column(title="依据的文件", text=lambda line: line.document, width=10),
)
_ABOUT = (
    "收入线每年由上级公布，照文件录入。入户核实时用入户当天适用的那一条比较，写出高多少、低多少，只供参考，不是认定结论。"
    "本镇街有自己的收入线的，先用自己的，没有的用全区的。"
)


class IncomeLinesScreen(DeskScreen):
    """The lines at the left, the form at the right; for those who may not enter one, the lines alone."""

    def __init__(self, model: IncomeLinesModel) -> None:
        """Draw the view-model."""
        super().__init__("收入线", model)
        self._model = model
        self._emptied = model.state.emptied
        self.back = Button("返回案件", "quiet")
        self.back.setObjectName("income_back")
        self.back.clicked.connect(model.go_back)
        self.action_row.addWidget(self.back)
        self.remove = Button("删除")
        self.remove.setObjectName("income_remove")
        self.rows: ValueTableModel[IncomeLine] = ValueTableModel(_COLUMNS, lambda line: line.id, self)
        self.table: ValueTable[IncomeLine] = ValueTable(self.rows)
        self.table.setObjectName("income_table")
        self.table.setAccessibleName("收入线")
        self.stack = StateStack(self.table)
        self.stack.show_loading()
        self.entry = EntryCard(model)
        left = QWidget()
        left.setLayout(column(self.stack, row(self.remove, None), spacing=SPACE.medium))
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(left, 6)
        across.addWidget(cards(self.entry), 5)
        self.body.addLayout(across, 1)
        self.first = self.table if model.may_not_set else self.entry.form.fields[0]
        self.remove.clicked.connect(lambda: model.remove(self.table.current_key()))
        self.table.picked.connect(lambda _: self._show())
        model.changed.connect(self._show)
        model.found_fault.connect(self.entry.show_findings)
        model.draft_settled.connect(self.entry.show_draft)
        save = QShortcut(QKeySequence("Ctrl+S"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.entry.submit)
        self._show()

    def activate(self, target: str = "") -> None:
        """``target`` is the case that led here."""
        self._model.come_from(target)
        self.entry.take_up()
        super().activate(target)
        if not self._model.may_not_set:
            self.entry.form.begin()

    def unsaved(self) -> str:
        """A line that is half-typed and not kept."""
        return "收入线：填写一半的内容尚未保存" if self._model.half_typed else ""

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.leave()
        super().hideEvent(event)

    def _show(self) -> None:
        state = self._model.state
        self.back.setVisible(state.case is not None)
        chosen = bool(self.table.current_key())
        permit(self.remove, self._model.may_not_set, can=chosen, tip="" if chosen else "请先选中一条")
        self.remove.setVisible(bool(state.lines))
        self.entry.show_state()
        if state.emptied != self._emptied:
            self._emptied = state.emptied
            self.entry.empty()
            self.entry.form.begin()
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        elif state.lines:
            self.rows.show_rows(state.lines)
            self.stack.show_content()
        elif state.loaded:
            self.rows.show_rows(())
            self.stack.show_empty("还没有录入收入线", "入户核实时人均收入照样算出来，只是不和收入线比较")


class EntryCard(Card):
    """录入收入线: where, from when, how much, by which document."""

    def __init__(self, model: IncomeLinesModel) -> None:
        """Empty, or as it was left."""
        super().__init__(TITLE, _ABOUT)
        self._model = model
        self.form = RecordForm()
        places = [Option(code, name) for code, name in model.areas]
        self.form.add(
            ChoiceField("area_code", "适用地区", places, required=True),
            DateField("valid_from", "从哪一天起执行", model.today, hint="年份写全，如 2022-01-01", required=True),
        )
        self.form.add(MoneyField("amount", "收入线，每人每年", required=True))
        self.form.add(TextField("document", "依据的文件（文号）", hint="如 即政发〔2022〕3号", required=True))
        self.rest = label("", "finding", wrap=True)
        self.rest.setObjectName("income_findings")
        set_tone(self.rest, Tone.OVERDUE)
        self.save = Button("录入", "primary", Icon.SAVE)
        self.save.setObjectName("income_save")
        self.leave = Button("放弃填写", "quiet")
        self.leave.setObjectName("income_leave")
        self.draft = label("", "small")
        self.why = label(model.may_not_set, "muted", wrap=True)
        self.put(self.form, self.rest, self.why, row(self.leave, None, self.draft, self.save))
        permit(self.save, model.may_not_set, tip="Ctrl+S")
        self.form.setEnabled(not model.may_not_set)
        self.why.setVisible(bool(model.may_not_set))
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(model.give_up)
        self.empty()

    def take_up(self) -> None:
        """Go on with what was half-typed earlier."""
        if self._model.typed is not None and not any(self.form.typed().values()):
            self.form.retype(self._model.typed)
            self._told(())

    def empty(self) -> None:
        """As if nothing had been typed."""
        self.form.fill({})
        self.form.clear_findings()
        self._told(())

    def submit(self) -> None:
        """Enter the line, or have everything said that is wrong."""
        self._model.save(self.form.given(), self.form.faults())

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beside the fields, and what belongs to none beneath the form."""
        self._told(self.form.show_findings(findings))

    def show_draft(self) -> None:
        """Say whether what is half-typed is kept."""
        self.draft.setText(self._model.draft_says)
        self.leave.setVisible(self._model.typed is not None)

    def show_state(self) -> None:
        """While it is being saved nothing is typed."""
        self.form.setEnabled(not self._model.may_not_set and not self._model.state.busy)

    def _keep(self) -> None:
        self._model.keep(self.form.typed())
        self.show_draft()

    def _told(self, rest: tuple[Finding, ...]) -> None:
        self.rest.setText("\n".join(finding_line(finding) for finding in rest))
        self.rest.setVisible(bool(rest))
        self.show_draft()
