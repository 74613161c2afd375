"""The view of a table whose rows are all here: keyboard, tones, set widths, as in the big table."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from taizhang_desktop.kit.giving_way import follow_text
from taizhang_desktop.table.cell_delegate import dress
from taizhang_desktop.table.value_model import ValueTableModel

R = TypeVar("R")
_TITLE = 8
"""Characters of a title that widen its column; the whole of a longer one is its tip."""

ROOMY = 1.75
CLOSE = 1.5
"""Heights of a row in lines of text: as in the big table, and where all towns of a district are to be seen at one glance."""


class ValueTable(QTableView, Generic[R]):
    """Shows a :class:`ValueTableModel`. Enter or a double click opens a row, Ctrl+C copies it as shown.

    ``opened`` and ``picked`` (the current row, empty for none) carry the row's key.
    """

    opened = Signal(str)
    picked = Signal(str)

    def __init__(self, model: ValueTableModel[R], parent: QWidget | None = None, *, height: float = ROOMY) -> None:
        """Set up the view for the model; ``height`` of a row is in lines of text."""
        super().__init__(parent)
        self._model = model
        self._height = height
        self._kept = ""
        self.setModel(model)
        dress(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        follow_text(head, self.fit)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.key_at(index.row())))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current_key(self) -> str:
        """The key of the current row; empty for none."""
        return self._model.key_at(self.currentIndex().row())

    def go_to(self, key: str) -> bool:
        """Select a row and bring it into sight; False where it is not shown."""
        row = self._model.row_of(key)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def fit(self) -> None:
        """Set the height of the rows, and the widths of the columns, which are in Chinese characters; the last takes what is left."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * self._height))
        one = self.fontMetrics().horizontalAdvance("国")
        head = self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            title = min(head.sectionSizeHint(at), one * _TITLE + 20)
            head.resizeSection(at, max(one * column.width + 20, title))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows and columns follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Ctrl+C copies what is shown, Home and End go to the first and last row."""
        last = self._model.rowCount() - 1
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_key():
            self.opened.emit(self.current_key())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.current_key():
            self._copy()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        row = self.currentIndex().row()
        cells = (str(self._model.index(row, at).data()) for at in range(self._model.columnCount()))
        QGuiApplication.clipboard().setText("\t".join(cells))

    def _current_changed(self) -> None:
        self.picked.emit(self.current_key())

    def _keep(self) -> None:
        self._kept = self.current_key()

    def _find_again(self) -> None:
        if not (self._kept and self.go_to(self._kept)):
            self.picked.emit("")
