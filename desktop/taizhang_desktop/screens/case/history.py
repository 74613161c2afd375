"""历史: who changed what of the case and when, the newest first; beneath, the parts of the chosen change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.case_history import CaseHistoryModel, HistoryRow

_COLUMNS: tuple[Column[HistoryRow, Unsorted], ...] = (
    Column(title="时间", text=lambda line: line.at, width=9),
    Column(title="办理人", text=lambda line: line.by, width=5),
    Column(title="事项", text=lambda line: line.what, width=13),
    Column(title="内容", text=lambda line: line.summary, width=12),
)
_NEAR_THE_END = 5


class HistoryPane(QWidget):
    """Read page by page: what is older comes when the end is near. Escape leaves."""

    left = Signal()

    def __init__(self, model: CaseHistoryModel) -> None:
        """Draw nothing until somebody looks."""
        super().__init__()
        self._model = model
        self.back = Button("返回表格", "quiet")
        self.back.setObjectName("case_history_back")
        self.count = label("", "small")
        self.rows: ValueTableModel[HistoryRow] = ValueTableModel(_COLUMNS, lambda line: line.key, self)
        self.table: ValueTable[HistoryRow] = ValueTable(self.rows)
        self.table.setObjectName("case_history_table")
        self.table.setAccessibleName("历史")
        self.what = label("", "heading", wrap=True)
        self.details = label("", wrap=True, select=True)
        self.details.setObjectName("case_history_details")
        read = QWidget()
        read.setLayout(column(self.what, self.details, None, spacing=SPACE.small))
        content = QWidget()
        both = column(self.table, Scrolled(read), spacing=SPACE.small)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        content.setLayout(both)
        self.stack = StateStack(content)
        whole = column(card(column(row(label("历史", "heading"), self.count, None, self.back), self.stack)))
        self.setLayout(whole)
        self.back.clicked.connect(self.left)
        self.table.picked.connect(self._pick)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        model.changed.connect(self._show)

    def begin(self) -> None:
        """Take the focus."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        state = self._model.state
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.read_again)
            return
        self.stack.show_content()
        self.rows.show_rows(state.rows)
        self.count.setText(f"最近{len(state.rows)}项，往下翻还有" if state.more else f"共{len(state.rows)}项")
        if not self.table.current_key() and state.rows:
            self.table.selectRow(0)

    def _pick(self, key: str) -> None:
        at = self.rows.row_of(key)
        chosen = None if at is None else self.rows.row_at(at)
        self.what.setText("" if chosen is None else f"{chosen.what}　{chosen.at}　{chosen.by}（{chosen.role}）")
        self.details.setText("" if chosen is None else "\n".join(chosen.details))
        if at is not None and at >= self.rows.rowCount() - _NEAR_THE_END:
            self._model.read_more()

    def _scrolled(self, value: int) -> None:
        if value >= self.table.verticalScrollBar().maximum() - _NEAR_THE_END:
            self._model.read_more()
