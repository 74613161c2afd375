"""预警台账: the big table with its search and filters; in its place the form 登记预警信息, or 回收站."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QStackedWidget, QWidget
from taizhang_casework.domain.case_query import CaseOrder, CaseRow

from taizhang_desktop.guide.keys import FIND, NEW, bind
from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.parts import Button, column, label, permit, row
from taizhang_desktop.kit.passes import Passes
from taizhang_desktop.kit.search_line import SearchLine
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.intake import IntakePage
from taizhang_desktop.screens.intake.form_part import IntakeFields
from taizhang_desktop.screens.ledger_columns import ColumnsPane
from taizhang_desktop.screens.ledger_filters import LedgerFilters
from taizhang_desktop.screens.recycle_bin import RecycleBinPage
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.cell_delegate import CellDelegate
from taizhang_desktop.table.columns import ColumnPlace
from taizhang_desktop.table.ledger_table import LedgerTable
from taizhang_desktop.viewmodels.ledger import LedgerModel

TYPING_PAUSE = 200
"""Milliseconds without a key before a search is asked."""
AFTER_PAINT_MS = 20
"""Between the pieces of the form, which is made while the table is looked at."""


class LedgerScreen(DeskScreen):
    """预警台账. Enter or a double click opens a case; Ctrl+F goes to the search, Ctrl+N to the form, Ctrl+A selects all rows."""

    def __init__(self, model: LedgerModel) -> None:
        """Draw the table of the view-model."""
        super().__init__("预警台账", model)
        self._model = model
        self.take = Button("登记预警信息", "primary", Icon.ADD)
        self.take.setObjectName("ledger_take")
        self.take.setToolTip("Ctrl+N")
        self.bin = Button("回收站", "quiet", Icon.RECYCLE_BIN)
        self.bin.setObjectName("ledger_bin")
        self.export = Button("导出表格", "quiet", Icon.SAVE)
        self.export.setObjectName("ledger_export")
        self.to_columns = Button("列…", "quiet")
        self.to_columns.setObjectName("ledger_columns")
        self.to_columns.setToolTip("选择显示的列和次序")
        self.blank = Button("空白表格", "quiet", Icon.PRINTER)
        self.blank.setObjectName("ledger_blank")
        self.blank.setToolTip("入户核查表、申请书等，打印出来手填")
        for button in (self.to_columns, self.blank, self.export, self.bin, self.take):
            self.action_row.addWidget(button)
        self.search = SearchLine(model.mask)
        self.open_only = QCheckBox("只看未办结")
        self.table: LedgerTable[CaseRow, CaseOrder] = LedgerTable(model.table)
        self.filters = LedgerFilters(model, lambda: self.table.places)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.arrange(model.places)
        self.columns = ColumnsPane(model.columns)
        self.columns.hide()
        self.bar = ActionBar(offers_batch=model.offers_batch)
        self._prepare()
        self.stack = StateStack(self.table)
        self.stack.show_loading()
        self.take.setEnabled(False)
        self.listing = QWidget()
        self.listing.setLayout(
            column(
                row(self.search, self.open_only),
                self.filters,
                row(self.stack, self.columns, spacing=SPACE.medium),
                self.bar,
                spacing=SPACE.small,
            )
        )
        self._passes = Passes(self, pause=AFTER_PAINT_MS)
        self._fields: IntakeFields | None = None
        self._intake: IntakePage | None = None
        self._recycle_bin: RecycleBinPage | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self.listing)
        self.body.addWidget(self.pages, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._connect()

    @property
    def intake(self) -> IntakePage:
        """The form: made in pieces once the table is there, or now, where somebody asks for it earlier."""
        made = self._make_intake()
        if self.pages.indexOf(made) < 0:
            self.pages.addWidget(made)
        return made

    def _make_fields(self) -> None:
        if self._intake is None and self._fields is None:
            self._fields = IntakeFields(self._model.intake)

    def _make_intake(self) -> IntakePage:
        if self._intake is None:
            self._intake = IntakePage(self._model.intake, self._fields)
            self._fields = None
            self._intake.left.connect(self.show_table)
            self._intake.taken.connect(self._taken)
            self._intake.pages.currentChanged.connect(self.turned)
        return self._intake

    @property
    def recycle_bin(self) -> RecycleBinPage:
        """回收站, made when it is first asked for."""
        if self._recycle_bin is None:
            self._recycle_bin = RecycleBinPage(self._model.recycle_bin)
            self.pages.addWidget(self._recycle_bin)
            self._recycle_bin.left.connect(self.show_table)
        return self._recycle_bin

    def activate(self, target: str = "") -> None:
        """Show the table, or the form as it was left; ``new`` opens the form."""
        if self._model.state.count is None:
            self._model.refresh()
        if target == "new":
            self.show_intake()
        elif not isinstance(self.pages.currentWidget(), IntakePage):
            self.show_table()

    def unsaved(self) -> str:
        """A form that was begun."""
        return "“登记预警信息”中填写的内容还没有登记。" if self._intake is not None and self._intake.unsaved() else ""

    def shut(self) -> None:
        """Make nothing more."""
        self._passes.stop()
        for made in (self._fields, self._intake):
            if made is not None and made.parent() is None:
                made.deleteLater()
        super().shut()

    def help_topic(self) -> Topic | None:
        """Of the page that stands in the table's place."""
        page = self.pages.currentWidget()
        if isinstance(page, IntakePage):
            return Topic.INTAKE_ROWS if page.many_shown else Topic.INTAKE
        return Topic.RECYCLE_BIN if isinstance(page, RecycleBinPage) else None

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
        for button in (self.to_columns, self.export, self.bin, self.take):
            button.setVisible(page is self.listing and (button is not self.export or self._model.offers_export))
        self.turned.emit()

    def _prepare(self) -> None:
        self.search.setObjectName("ledger_search")
        self.search.setPlaceholderText("查找姓名、拼音首字母、证件号码（3位起）或村名（Ctrl+F）")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        self.open_only.setObjectName("ledger_open_only")
        self.table.setObjectName("ledger_table")
        self.table.setAccessibleName("预警台账")

    def _connect(self) -> None:
        self.take.clicked.connect(self.show_intake)
        self.bin.clicked.connect(self.show_bin)
        self.blank.clicked.connect(self._model.go_blank)
        self.search.textEdited.connect(self._typed)
        self.search.textChanged.connect(self._cleared)
        self.search.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._search)
        self.open_only.clicked.connect(lambda: self._model.only_open(wanted=self.open_only.isChecked()))
        self.table.opened.connect(self._model.open)
        self.table.chosen.connect(self._model.choose_rows)
        self.table.too_many.connect(self._model.cannot_copy)
        self.table.arranged.connect(self._arranged)
        self.columns.arranged.connect(self._arrange)
        self.columns.left.connect(self._leave_columns)
        self.to_columns.clicked.connect(self._show_columns)
        self.export.clicked.connect(lambda: self._model.export(self.table.places))
        self.bar.all.clicked.connect(self.table.selectAll)
        self.bar.none.clicked.connect(self._select_one)
        self.bar.batch.clicked.connect(lambda: self._model.batch(self.table.chosen_ranges()))
        self._model.view_shown.connect(self._view_shown)
        self._model.changed.connect(self._show)
        bind(FIND, self, self._find)
        bind(NEW, self, self.show_intake)

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

    def _view_shown(self) -> None:
        """A view asks by itself: the search is emptied, and its columns are shown."""
        state = self._model.state
        self._pause.stop()
        self.search.forget()
        self.open_only.setChecked(state.query.open_only)
        if state.view.columns:
            wanted = state.view.columns
            kept = {place.key: place for place in self.table.places}
            first = [ColumnPlace(key, True, kept[key].width) for key in wanted if key in kept]  # noqa: FBT003 - shown
            rest = [ColumnPlace(key, False, place.width) for key, place in kept.items() if key not in wanted]  # noqa: FBT003
            self._arrange((*first, *rest))

    def _show_columns(self) -> None:
        self.columns.show_places(self.table.places)
        self.columns.setVisible(not self.columns.isVisible())
        if self.columns.isVisible():
            self.columns.begin()

    def _leave_columns(self) -> None:
        self.columns.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, places: tuple[ColumnPlace, ...]) -> None:
        self.table.arrange(places)
        self._model.keep_places(self.table.places)

    def _arranged(self, places: tuple[ColumnPlace, ...]) -> None:
        """By the head of the table."""
        self.columns.show_places(places)
        self._model.keep_places(places)

    def _select_one(self) -> None:
        row = self.table.currentIndex().row()
        self.table.selectRow(row) if row >= 0 else self.table.clearSelection()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, case: str) -> None:
        self.show_table()
        self.table.go_to(case)

    def _show(self) -> None:
        state = self._model.state
        self.say(state.says)
        self.filters.show_state()
        self.bar.show_count(state.chosen, state.count or 0)
        why = self._model.may_not_export or ("" if state.count else "没有可以导出的行")
        permit(self.export, self._model.may_not_export, can=bool(state.count) and not state.busy, tip=why)
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        elif state.count == 0 and state.narrowed:
            clear = Button("清除条件")
            clear.setObjectName("ledger_forget")
            clear.clicked.connect(self._model.forget_filters)
            self.stack.show_empty(
                "没有符合条件的预警信息", "可以减少几个字，或清除条件后再找；身份证号码至少输入3位", clear, Icon.SEARCH
            )
        elif state.count == 0:
            self.stack.show_empty("台账中还没有预警信息", "接收区乡村振兴局的数据包，或点“登记预警信息”逐条登记")
        elif state.count is None:
            self.stack.show_loading()
        else:
            self.stack.show_content()
            if self._intake is None and not self._passes.running:
                self._passes.do(self._make_fields, self._make_intake, lambda: self.intake, lambda: self.intake.rows)
            if not self.take.isEnabled() and self.table.isVisible() and not self.search.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.take.setEnabled(state.count is not None or state.trouble is not None)


class ActionBar(QFrame):
    """What can be done with the selected rows; shown while more than one is."""

    def __init__(self, *, offers_batch: bool) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setObjectName("ledger_bar")
        self.says = label("")
        self.all = Button("全选（Ctrl+A）", "quiet")
        self.all.setObjectName("ledger_choose_all")
        self.none = Button("取消选择", "quiet")
        self.none.setObjectName("ledger_choose_none")
        self.batch = Button("批量办理…")
        self.batch.setObjectName("ledger_batch")
        self.batch.setVisible(offers_batch)
        inside = row(self.says, self.all, self.none, None, self.batch)
        inside.setContentsMargins(12, 6, 12, 6)
        self.setLayout(inside)
        self.hide()

    def show_count(self, chosen: int, of: int) -> None:
        """Say how many are selected."""
        self.says.setText(f"已选{chosen}条，共{of}条")
        self.all.setVisible(chosen < of)
        self.setVisible(chosen > 1)
