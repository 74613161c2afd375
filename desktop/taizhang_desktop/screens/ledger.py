"""预警台账: the big table with its search and filters; in its place the form 登记预警信息, or 回收站."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget
from taizhang_casework.domain.case_query import CaseOrder, CaseRow

from taizhang_desktop.kit.parts import Button, column, row
from taizhang_desktop.kit.search_line import SearchLine
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.intake import IntakePage
from taizhang_desktop.screens.recycle_bin import RecycleBinPage
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.cell_delegate import CellDelegate
from taizhang_desktop.table.ledger_table import LedgerTable
from taizhang_desktop.viewmodels.ledger import LedgerModel

TYPING_PAUSE = 200
"""Milliseconds without a key before a search is asked."""


class LedgerScreen(DeskScreen):
    """预警台账. Enter or a double click opens a case; Ctrl+F goes to the search, Ctrl+N to the form."""

    def __init__(self, model: LedgerModel) -> None:
        """Draw the table of the view-model."""
        super().__init__("预警台账", model)
        self._model = model
        self.take = Button("登记预警信息", "primary", Icon.ADD)
        self.take.setObjectName("ledger_take")
        self.take.setToolTip("Ctrl+N")
        self.bin = Button("回收站", "quiet", Icon.RECYCLE_BIN)
        self.bin.setObjectName("ledger_bin")
        self.action_row.addWidget(self.bin)
        self.action_row.addWidget(self.take)
        self.search = SearchLine(model.mask)
        self.channel = QComboBox()
        self.open_only = QCheckBox("只看未办结")
        self.table: LedgerTable[CaseRow, CaseOrder] = LedgerTable(model.table)
        self.table.setItemDelegate(CellDelegate(self.table))
        self._prepare()
        self.stack = StateStack(self.table)
        self.listing = QWidget()
        self.listing.setLayout(column(row(self.search, self.channel, self.open_only), self.stack, spacing=SPACE.medium))
        self.intake = IntakePage(model.intake)
        self.recycle_bin = RecycleBinPage(model.recycle_bin)
        self.pages = QStackedWidget()
        for page in (self.listing, self.intake, self.recycle_bin):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._connect()

    def activate(self, target: str = "") -> None:
        """Show the table, or the form as it was left; ``new`` opens the form."""
        if self._model.state.count is None:
            self._model.refresh()
        if target == "new":
            self.show_intake()
        elif self.pages.currentWidget() is not self.intake:
            self.show_table()

    def unsaved(self) -> str:
        """A form that was begun."""
        return "“登记预警信息”中填写的内容还没有登记。" if self.intake.unsaved() else ""

    def show_intake(self) -> None:
        """Open the form as it was left."""
        self._turn_to(self.intake)
        self.intake.begin()

    def show_bin(self) -> None:
        """Open 回收站."""
        self._turn_to(self.recycle_bin)
        self.recycle_bin.begin()

    def show_table(self) -> None:
        """Go back to the table."""
        self._turn_to(self.listing)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        for button in (self.bin, self.take):
            button.setVisible(page is self.listing)

    def _prepare(self) -> None:
        self.search.setObjectName("ledger_search")
        self.search.setPlaceholderText("查找姓名、拼音首字母、证件号码（3位起）或村名（Ctrl+F）")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        self.channel.setObjectName("ledger_channel")
        self.channel.setAccessibleName("预警方式")
        self.channel.addItem("全部预警方式")
        for _, words in self._model.channels:
            self.channel.addItem(words)
        self.open_only.setObjectName("ledger_open_only")
        self.table.setObjectName("ledger_table")
        self.table.setAccessibleName("预警台账")

    def _connect(self) -> None:
        self.take.clicked.connect(self.show_intake)
        self.bin.clicked.connect(self.show_bin)
        self.recycle_bin.left.connect(self.show_table)
        self.intake.left.connect(self.show_table)
        self.intake.taken.connect(self._taken)
        self.search.textEdited.connect(self._typed)
        self.search.textChanged.connect(self._cleared)
        self.search.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._search)
        self.channel.activated.connect(self._channel_chosen)
        self.open_only.clicked.connect(lambda: self._model.only_open(wanted=self.open_only.isChecked()))
        self.table.opened.connect(self._model.open)
        self._model.changed.connect(self._show)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.show_intake)

    def _find(self) -> None:
        if self.pages.currentWidget() is self.listing:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _typed(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self._model.search(self.search.words())

    def _cleared(self, text: str) -> None:
        """The button in the box clears it without an edit of the user's."""
        if not text:
            self._search()

    def _channel_chosen(self, at: int) -> None:
        self._model.only_channel(None if at == 0 else self._model.channels[at - 1][0])

    def _forget(self) -> None:
        self._model.forget_filters()
        self.search.clear()
        self.channel.setCurrentIndex(0)
        self.open_only.setChecked(False)

    def _taken(self, case: str) -> None:
        self.show_table()
        self.table.go_to(case)

    def _show(self) -> None:
        state = self._model.state
        self.say(state.says)
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        elif state.count == 0 and state.narrowed:
            clear = Button("清除条件")
            clear.setObjectName("ledger_forget")
            clear.clicked.connect(self._forget)
            self.stack.show_empty(
                "没有符合条件的预警信息", "可以减少几个字，或清除条件后再找；身份证号码至少输入3位", clear, Icon.SEARCH
            )
        elif state.count == 0:
            self.stack.show_empty("台账中还没有预警信息", "接收区乡村振兴局的数据包，或点“登记预警信息”逐条登记")
        else:
            self.stack.show_content()
