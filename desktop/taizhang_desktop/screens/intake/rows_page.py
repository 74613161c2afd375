"""批量登记: the grid with its keys: paste, fill down, empty, undo, the next fault."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from taizhang_casework.domain.screening_rows import COLUMNS

from taizhang_desktop.guide.keys import KEYS
from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, card, column, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone, colours_of
from taizhang_desktop.table.paged_model import TableRole
from taizhang_desktop.viewmodels.intake_rows import RowsGrid, RowsModel

_FAULTS_WIDTH = 24
_HELP = "Ctrl+V 粘贴　Ctrl+D 向下填充　Delete 清空　Ctrl+Z 撤销　F8 下一处错误"


class RowsPage(QWidget):
    """The grid. ``left`` when the user goes back; what stands in the grid stays."""

    left = Signal()

    def __init__(self, model: RowsModel) -> None:
        """Draw the grid."""
        super().__init__()
        self._model = model
        self.says = label("", "muted", wrap=True)
        self.says.setObjectName("rows_says")
        self.about = label("", "finding", wrap=True)
        self.about.setObjectName("rows_about")
        self.table = RowsTable(model.grid)
        self.table.setObjectName("rows_table")
        self.table.setAccessibleName("批量登记")
        self.template = Button("保存空白排查表", "quiet", Icon.SAVE)
        self.open = Button("导入填好的排查表", "quiet", Icon.EXCHANGE)
        self.give_back = Button("保存退回表", "quiet")
        self.remove = Button("删去所选行", "quiet")
        self.take = Button("全部登记", "primary", Icon.SAVE)
        self.back = Button("返回逐条登记", "quiet")
        for button, name in (
            (self.template, "template"),
            (self.open, "open"),
            (self.give_back, "give_back"),
            (self.remove, "remove"),
            (self.take, "take"),
            (self.back, "back"),
        ):
            button.setObjectName(f"rows_{name}")
        self.template.setToolTip("发给各村填写的Excel表：身份证号码按文本，村名可选")
        self.give_back.setToolTip("把这些行连同“错误原因”一栏另存为Excel表，退给村里改")
        lists = (self.template, self.open, self.give_back)
        for button in lists:
            button.setVisible(model.has_files)
        head = ends((label("批量登记干部排查", "heading"),), lists)
        inside = column(head, self.says, label(_HELP, "small", wrap=True), self.table, self.about, spacing=SPACE.small)
        whole = column(card(inside), row(self.back, self.remove, None, self.take), spacing=SPACE.small)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._connect()
        self._show()

    def begin(self) -> None:
        """Gone to."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.grid.index(0, 0))

    def _connect(self) -> None:
        self.template.clicked.connect(self._model.save_template)
        self.open.clicked.connect(self._model.open_list)
        self.give_back.clicked.connect(self._model.give_back)
        self.remove.clicked.connect(self.table.remove_rows)
        self.take.clicked.connect(self._model.take)
        self.back.clicked.connect(self.left)
        self._model.changed.connect(self._show)
        self.table.moved.connect(self._say_cell)
        self.table.pasted.connect(self._say)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def _show(self) -> None:
        self.says.setText(self._model.says)
        self.take.setEnabled(self._model.ready)
        self.give_back.setEnabled(self._model.wrong)
        self.remove.setEnabled(self._model.begun)
        self._say_cell()

    def _say_cell(self) -> None:
        """The sentence of the cell that is current stands beneath the grid."""
        index = self.table.currentIndex()
        text = ""
        if index.isValid() and index.column() < len(COLUMNS):
            found = self._model.grid.findings_at(index.row(), index.column())
            text = "；".join(finding.says for finding in found)
            if text:
                text = f"第{index.row() + 1}行“{COLUMNS[index.column()].title}”：{text}"
        self._say(text)

    def _say(self, text: str) -> None:
        self.about.setText(text)
        self.about.setProperty("tone", Tone.OVERDUE.value)
        self.about.setVisible(bool(text))


class RowsTable(QTableView):
    """The view of the grid. ``moved`` when another cell is current, ``pasted`` carries what could not be pasted."""

    moved = Signal()
    pasted = Signal(str)

    def __init__(self, grid: RowsGrid) -> None:
        """Cells, not rows, are chosen here; typing goes into the cell itself."""
        super().__init__()
        self._grid = grid
        self.setModel(grid)
        self.setItemDelegate(_MarkingDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.fit()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        grid.modelAboutToBeReset.connect(self._keep)
        grid.modelReset.connect(self._find_again)
        self._kept = (0, 0)

    def fit(self) -> None:
        """Widths in Chinese characters, heights of the font."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.6))
        one = self.fontMetrics().horizontalAdvance("国")
        for at, column_ in enumerate(COLUMNS):
            self.horizontalHeader().resizeSection(at, one * column_.width + 16)
        self.horizontalHeader().resizeSection(len(COLUMNS), one * _FAULTS_WIDTH)

    def remove_rows(self) -> None:
        """Take out the rows that are chosen."""
        self._grid.remove(sorted({row for row, _ in self._cells()}))

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        """Enter in a cell goes to the one beneath, as table programs do."""
        super().closeEditor(editor, hint)
        if hint is QStyledItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the grid's own here, not the window's, and ? begins a cell like any other sign."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        own = isinstance(event, QKeyEvent) and (
            event.matches(QKeySequence.StandardKey.Undo) or event.text() in KEYS.sequences
        )
        if asked and own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys that a table program has."""
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._grid.undo()
        elif control and event.key() == Qt.Key.Key_D:
            self._grid.fill_down(self._cells())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._grid.blank(self._cells())
        elif event.key() == Qt.Key.Key_F8:
            self._next_fault()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not control:
            self._down()
        else:
            super().keyPressEvent(event)

    def _cells(self) -> list[tuple[int, int]]:
        """The cells that are chosen, those of 错误原因 left out."""
        chosen = self.selectionModel().selectedIndexes()
        return [(index.row(), index.column()) for index in chosen if index.column() < len(COLUMNS)]

    def _paste(self) -> None:
        index = self.currentIndex()
        at = (index.row(), min(index.column(), len(COLUMNS) - 1)) if index.isValid() else (0, 0)
        said = self._grid.paste(*at, QGuiApplication.clipboard().text())
        if said:
            self.pasted.emit(said)

    def _copy(self) -> None:
        cells = self._cells()
        rows = sorted({row for row, _ in cells})
        columns = sorted({column_ for _, column_ in cells})
        lines = ("\t".join(str(self._grid.index(row, each).data()) for each in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _down(self) -> None:
        index = self.currentIndex()
        if index.row() + 1 < self._grid.rowCount():
            self.setCurrentIndex(self._grid.index(index.row() + 1, index.column()))

    def _next_fault(self) -> None:
        place = self._grid.first_fault(self.currentIndex().row())
        if place is not None:
            self.setCurrentIndex(self._grid.index(*place))

    def _keep(self) -> None:
        index = self.currentIndex()
        self._kept = (index.row(), index.column()) if index.isValid() else (0, 0)

    def _find_again(self) -> None:
        row, column_ = self._kept
        self.setCurrentIndex(self._grid.index(min(row, self._grid.rowCount() - 1), column_))


class _MarkingDelegate(QStyledItemDelegate):
    """A wrong cell has a ground of its own and a corner, so that colour alone carries nothing; the current one has a frame."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, text, corner."""
        tone = index.data(TableRole.TONE)
        marked = isinstance(tone, Tone) and index.column() < len(COLUMNS)
        pair = colours_of(option.palette).tone(tone) if isinstance(tone, Tone) else None  # type: ignore[attr-defined]  # PySide6's stub lacks the fields of QStyleOption
        rect = option.rect  # type: ignore[attr-defined]  # as above
        if marked and pair is not None:
            painter.fillRect(rect, QColor(pair.paper))
        super().paint(painter, option, index)
        if marked and pair is not None:
            side = max(5, rect.height() // 4)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(pair.ink))
            corner = rect.topRight()
            painter.drawPolygon([corner, corner - QPoint(side, 0), corner + QPoint(0, side)])
            painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]  # as above
            painter.save()
            painter.setPen(QPen(QColor(colours_of(option.palette).focus), 2))  # type: ignore[attr-defined]  # as above
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
            painter.restore()
