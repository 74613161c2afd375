"""月度报送: the month's thirteen columns, what is unfinished in them, and the way from freezing to paper and package."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Filing, LedgerLine
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.packages import PackageRecord

from taizhang_desktop.kit.giving_way import ends, follow_text
from taizhang_desktop.kit.month_box import MonthBox
from taizhang_desktop.kit.parts import Button, chip, label, permit, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.filing import HEAD, FilingModel, FilingState, PaperSize
from taizhang_desktop.viewmodels.ledger_lines import ledger_columns, ledger_line_key
from taizhang_desktop.viewmodels.notices import finding_line
from taizhang_desktop.viewmodels.words import masked_text

_NOW = "当前台账（未封存）"
_FINDING_ROWS = 3
_LARGE_LINE = 56
"""Px of a row from which on the screen has room for few."""


class FilingScreen(DeskScreen):
    """月度报送. Enter on a line or finding opens its case."""

    def __init__(self, model: FilingModel) -> None:
        """Draw the view-model."""
        super().__init__("月度报送", model)
        self._model = model
        self._going_on = False
        self.month = MonthBox(model.state.month)
        self.freeze = Button("封存本月台账", "primary", Icon.LOCK)
        self.standing = chip("")
        self.version = QComboBox()
        self.print_a4 = Button("打印A4", icon=Icon.PRINTER)
        self.print_a3 = Button("打印A3", icon=Icon.PRINTER)
        self.look = Button("预览", icon=Icon.EYE)
        self.pack = Button("导出数据包", icon=Icon.SENDING)
        self.rows: ValueTableModel[LedgerLine] = ValueTableModel(ledger_columns(model.pack), ledger_line_key, self)
        self.table: ValueTable[LedgerLine] = ValueTable(self.rows)
        self.faults: ValueTableModel[Finding] = ValueTableModel(_finding_columns(model.pack), _finding_key, self)
        self.findings: ValueTable[Finding] = ValueTable(self.faults)
        self.sent = label("", "small")
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show()

    def activate(self, target: str = "") -> None:
        """Read the month anew; ``target`` is another, e.g. ``2022-04``."""
        self._model.choose_text(target)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_parts(self) -> None:
        for name, words, part in (
            ("month", "月份", self.month),
            ("freeze", "封存本月台账", self.freeze),
            ("version", "版本", self.version),
            ("print_a4", "打印台账A4", self.print_a4),
            ("print_a3", "打印台账A3", self.print_a3),
            ("look", "预览、打印台账", self.look),
            ("pack", "导出数据包", self.pack),
            ("table", "附件2汇总表", self.table),
            ("findings", "未完成事项", self.findings),
            ("standing", "封存状态", self.standing),
        ):
            part.setObjectName(f"filing_{name}")
            part.setAccessibleName(words)

    def _lay_out(self) -> None:
        self.action_row.addWidget(self.month)
        self.action_row.addWidget(self.freeze)
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.body.addLayout(ends((self.standing, self.version), (self.look, self.print_a4, self.print_a3, self.pack)))
        self.stack = StateStack(self.table)
        self.body.addWidget(self.stack, 1)
        follow_text(self.findings, self._fit_findings)
        self.body.addWidget(self.findings)
        self.body.addWidget(self.sent)

    def _fit_findings(self) -> None:
        """Some of them beneath the table; at large text one, or the table would be gone."""
        line = self.findings.verticalHeader().defaultSectionSize()
        rows = _FINDING_ROWS if line <= _LARGE_LINE else 1
        self.findings.setFixedHeight(line * (rows + 1) + 6)

    def _connect(self) -> None:
        model = self._model
        self.month.moved.connect(model.choose_month)
        self.freeze.clicked.connect(self._freeze)
        self.version.activated.connect(self._version_chosen)
        self.print_a4.clicked.connect(lambda: model.print_ledger(PaperSize.A4))
        self.print_a3.clicked.connect(lambda: model.print_ledger(PaperSize.A3))
        self.look.clicked.connect(model.go_papers)
        self.pack.clicked.connect(model.pack_filing)
        self.table.opened.connect(model.open_case)
        self.findings.picked.connect(lambda key: self.table.go_to(_case_of(key)))
        self.findings.opened.connect(lambda key: model.open_case(_case_of(key)))
        model.changed.connect(self._show)

    def _show(self) -> None:
        state = self._model.state
        self.month.show_month(state.month)
        self.month.after.setEnabled(state.has_next)
        permit(self.freeze, self._model.may_not_freeze, can=state.can_freeze)
        first = "" if state.can_file else "先封存本月台账，再打印和导出"
        for button in (self.look, self.print_a4, self.print_a3, self.pack):
            permit(button, self._model.may_not_export, can=state.can_file, tip=first)
        if self._going_on and not state.busy:
            self._going_on = False
            (self.print_a4 if self.print_a4.isEnabled() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_standing(state)
        self._show_versions(state)
        self.rows.show_rows(state.lines)
        self.faults.show_rows(state.findings)
        self.findings.setVisible(bool(state.findings))
        self.sent.setText(_sent_words(state.sent))
        self.sent.setVisible(bool(state.sent))
        self._show_stack(state)

    def _show_standing(self, state: FilingState) -> None:
        self.standing.setText(state.says)
        self.standing.setVisible(bool(state.says))
        done = state.preview is not None and state.preview.unchanged
        set_tone(self.standing, Tone.DONE if done else Tone.SOON)
        due = f"{day_words(state.due, state.today)}前报送"
        self.say(due if state.preview is None else f"共{len(state.lines)}条，办结{state.closed}条；{due}")

    def _show_versions(self, state: FilingState) -> None:
        self.version.clear()
        unchanged = state.preview is not None and state.preview.unchanged
        if not unchanged:
            self.version.addItem(_NOW, None)
        for filing in state.revisions:
            self.version.addItem(_version_words(filing, state.today), filing)
        at = next((at for at in range(self.version.count()) if _same(self.version.itemData(at), state.shown)), 0)
        self.version.setCurrentIndex(at)

    def _show_stack(self, state: FilingState) -> None:
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        elif state.preview is None:
            self.stack.show_loading()
        elif not state.lines:
            self.stack.show_empty("本月没有预警信息", "没有预警信息的月份也可以封存并报送空表")
        else:
            self.stack.show_content()

    def _freeze(self) -> None:
        """Freeze, and when it is done go on to printing."""
        self._going_on = True
        self._model.freeze()

    def _version_chosen(self, at: int) -> None:
        self._model.show_revision(self.version.itemData(at))


def _same(one: Filing | None, other: Filing | None) -> bool:
    """By their ids: a frozen filing never changes, and has some thousand lines."""
    return one is other or (one is not None and other is not None and one.id == other.id)


def _version_words(filing: Filing, today: date) -> str:
    at = filing.frozen_at.date()
    return f"第{filing.revision}版　{day_words(at, today)}　{filing.digest[:HEAD]}"


def _sent_words(sent: tuple[PackageRecord, ...]) -> str:
    if not sent:
        return ""
    last = sent[-1]
    receipt = "尚未收到回执" if last.receipt is None else f"已收到回执：{last.receipt.says}"
    return f"最近一次导出：第{last.manifest.number}号数据包，{last.at:%Y-%m-%d %H:%M}，{receipt}"


def _finding_key(finding: Finding) -> str:
    return f"{finding.field} {finding.code}"


def _case_of(key: str) -> str:
    return key.partition(" ")[0]


def _finding_columns(pack: RegulationPack) -> tuple[Column[Finding, Unsorted], ...]:
    def says(finding: Finding) -> str:
        return masked_text(pack, finding_line(finding))

    return (Column(title="改动和未完成事项（不影响封存，回车查看）", text=says, width=40),)
