"""汇总台账: all towns' lines of a month, frozen and printed as the bureau's own 附件2."""

from PySide6.QtCore import Qt
from taizhang_casework.domain.ledger import LedgerLine

from taizhang_desktop.kit.month_box import MonthBox
from taizhang_desktop.kit.parts import Button, chip, permit, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.value_model import ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.consolidated import ConsolidatedModel
from taizhang_desktop.viewmodels.filing import PaperSize
from taizhang_desktop.viewmodels.ledger_lines import ledger_columns, ledger_line_key


class ConsolidatedScreen(DeskScreen):
    """汇总台账."""

    def __init__(self, model: ConsolidatedModel) -> None:
        """Draw the view-model."""
        super().__init__("汇总台账", model)
        self._model = model
        self._going_on = False
        self.month = MonthBox(model.state.month)
        self.freeze = Button("封存汇总台账", "primary", Icon.LOCK)
        self.freeze.setObjectName("consolidated_freeze")
        self.print_a4 = Button("打印A4", icon=Icon.PRINTER)
        self.print_a4.setObjectName("consolidated_print_a4")
        self.print_a3 = Button("打印A3", icon=Icon.PRINTER)
        self.print_a3.setObjectName("consolidated_print_a3")
        self.rows: ValueTableModel[LedgerLine] = ValueTableModel(ledger_columns(model.pack), ledger_line_key, self)
        self.table: ValueTable[LedgerLine] = ValueTable(self.rows)
        self.table.setObjectName("consolidated_table")
        self.table.setAccessibleName("各镇街台账汇总")
        for widget in (self.month, self.freeze):
            self.action_row.addWidget(widget)
        for button in (self.freeze, self.print_a4, self.print_a3):
            button.setEnabled(False)
        self.standing = chip("")
        self.standing.setObjectName("consolidated_standing")
        self.body.addLayout(row(self.standing, None, self.print_a4, self.print_a3))
        self.stack = StateStack(self.table)
        self.body.addWidget(self.stack, 1)
        self.month.moved.connect(model.show_month)
        self.freeze.clicked.connect(self._freeze)
        self.print_a4.clicked.connect(lambda: model.print_ledger(PaperSize.A4))
        self.print_a3.clicked.connect(lambda: model.print_ledger(PaperSize.A3))
        self.first = self.table
        model.changed.connect(self._show)

    def _show(self) -> None:
        state = self._model.state
        permit(self.freeze, self._model.may_not_freeze, can=state.can_freeze)
        frozen = state.latest is not None
        for button in (self.print_a4, self.print_a3):
            permit(button, self._model.may_not_export, can=frozen, tip="" if frozen else "先封存汇总台账，再打印")
        if self._going_on and not state.busy:
            self._going_on = False
            (self.print_a4 if self.print_a4.isEnabled() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        self.month.show_month(state.month)
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.say(state.counted)
        self.standing.setText(state.standing)
        set_tone(self.standing, Tone.DONE if state.unchanged else Tone.SOON if state.lines else Tone.PLAIN)
        self.rows.show_rows(state.lines)
        if state.lines:
            self.stack.show_content()
        else:
            self.stack.show_empty("本月还没有镇街报送台账", "在“镇街报送”中接收镇街的数据包后，台账会汇总在这里")

    def _freeze(self) -> None:
        """Freeze, and when it is done go on to printing."""
        self._going_on = True
        self._model.freeze()
