"""回收站: what was taken out of the ledger, by whom, when and why, and 恢复."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from taizhang_casework.services.discarding import BinLine

from taizhang_desktop.kit.parts import Button, OnceButton, label, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.table.value_model import ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.recycle_bin import RecycleBinModel, bin_key


class RecycleBinPage(QWidget):
    """The list. Enter on a line goes to 恢复, so that no key held down restores one after another. ``left``: back to the ledger."""

    left = Signal()

    def __init__(self, model: RecycleBinModel) -> None:
        """Draw an empty list."""
        super().__init__()
        self._model = model
        self._awaited = False
        self.rows: ValueTableModel[BinLine] = ValueTableModel(model.columns, bin_key, self)
        self.table: ValueTable[BinLine] = ValueTable(self.rows)
        self.table.setObjectName("bin_table")
        self.table.setAccessibleName("回收站")
        self.stack = StateStack(self.table)
        self.back = Button("返回台账", "quiet")
        self.back.setObjectName("bin_back")
        self.restore = OnceButton("恢复", "primary")
        self.restore.setObjectName("bin_restore")
        self.counted = label("", "small")
        self.told = label("", wrap=True, select=True)
        self.told.setObjectName("bin_told")
        self.told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        whole.addLayout(row(label("回收站", "heading"), self.counted, None))
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.told)
        whole.addLayout(row(self.back, None, self.restore))
        self.back.clicked.connect(self.left)
        self.restore.clicked.connect(lambda: model.restore(self.table.current_key()))
        self.table.opened.connect(lambda _: self.restore.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.picked.connect(self._tell)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        model.changed.connect(self._show)

    def begin(self) -> None:
        """Gone to: read anew, then the first line has the focus."""
        self._awaited = True
        self.table.setCurrentIndex(QModelIndex())
        self._model.refresh()
        self._show()

    def _tell(self, case: str) -> None:
        self.restore.setEnabled(bool(case))
        self.told.setText(self._model.told(case))
        self.told.setVisible(bool(case))

    def _show(self) -> None:
        state = self._model.state
        self._awaited = self._awaited or self.restore.hasFocus()
        self.rows.show_rows(state.lines)
        self.restore.setVisible(bool(state.lines))
        self.counted.setText(f"共{len(state.lines)}条" if state.lines else "")
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        elif not state.loaded:
            self.stack.show_loading()
        elif not state.lines:
            hint = "登记错了的一条，打开后点“移到回收站…”，就会列在这里，随时可以恢复"
            self.stack.show_empty("回收站是空的", hint, icon=Icon.RECYCLE_BIN)
        else:
            self.stack.show_content()
        if state.lines and not self.table.current_key():
            self.table.selectRow(0)
        if state.loaded and self._awaited:
            self._awaited = False
            (self.table if state.lines else self.back).setFocus(Qt.FocusReason.OtherFocusReason)
