"""The copy-ready record: one key or one click takes the next field for the national system."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget
from taizhang_casework.domain.national_record import HOUSE, CopyField

from taizhang_desktop.guide.keys import COPY_NEXT, bind
from taizhang_desktop.kit.parts import Button, label, row
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.national_copy import NationalCopy
from taizhang_desktop.viewmodels.words import masked

_ROWS = 8
_HEADS = ("类别", "栏目", "内容")
_WIDTHS = (5, 9, 16)


class CopyPane(QWidget):
    """Rows of label and value; numbers are masked until somebody asks, which is journalled, and are copied only then."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Begin at the first field."""
        super().__init__()
        self._model = model
        self._sheet = sheet
        self._copying = NationalCopy(model.national_record(), QGuiApplication.clipboard().setText, self)
        self.copy = Button("复制下一项（F8）")
        self.copy.setObjectName("case_copy_next")
        self.again = Button("从头开始", "quiet")
        self.again.setObjectName("case_copy_again")
        self.says = label("", "small", wrap=True)
        self.says.setObjectName("case_copied")
        self.table = _table(self._copying.fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.small)
        whole.addLayout(row(self.copy, self.again, None))
        whole.addWidget(self.says)
        whole.addWidget(self.table)
        bind(COPY_NEXT, self, self._take)
        self.copy.clicked.connect(self._take)
        self.again.clicked.connect(self._copying.again)
        self.table.cellClicked.connect(lambda at, _: self._copying.go_to(at))
        self.table.cellActivated.connect(self._take_at)
        self._copying.changed.connect(self._show)
        model.changed.connect(self._show)
        self._show()

    def _take_at(self, at: int) -> None:
        self._copying.go_to(at)
        self._take()

    def _take(self) -> None:
        """Copy; a number only once it was asked for in full, which the journal keeps."""
        field = self._copying.next_field
        if field is None:
            return
        if field.personal and not self._model.view.unmasked:
            if self._model.may_not_unmask:
                self.says.setText(f"{field.label}没有复制：{self._model.may_not_unmask}")
                return
            self._model.unmask_and(self._copying.copy)
            return
        self._copying.copy()

    def _show(self) -> None:
        """Mark the next field, say which was copied."""
        copying, shown = self._copying, self._model.view.unmasked
        for at, field in enumerate(copying.fields):
            item = self.table.item(at, 2)
            if item is not None:
                item.setText(self._words(field, shown=shown))
        if copying.at is not None:
            self.table.selectRow(copying.at)
        self.copy.setEnabled(copying.at is not None)
        self.says.setText(_said(copying))

    def _words(self, field: CopyField, *, shown: bool) -> str:
        if not field.value:
            return "未填写"
        return field.value if shown or not field.personal else masked(self._sheet.pack, field.value)


def _said(copying: NationalCopy) -> str:
    copied = None if copying.copied is None else copying.fields[copying.copied]
    did = "" if copied is None else f"已复制：{_name(copied)}。"
    upcoming = copying.next_field
    if upcoming is None:
        return f"{did}已经是最后一项" if copied is not None else "没有可以复制的内容"
    return f"{did}下一项：{_name(upcoming)}"


def _name(field: CopyField) -> str:
    return field.label if field.group == HOUSE else f"{field.group}的{field.label}"


def _table(fields: tuple[CopyField, ...]) -> QTableWidget:
    table = QTableWidget(len(fields), len(_HEADS))
    table.setObjectName("case_national_record")
    table.setAccessibleName("国家系统录入内容")
    table.setHorizontalHeaderLabels(list(_HEADS))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setStretchLastSection(True)
    head.setSectionsClickable(False)
    metrics = table.fontMetrics()
    for at, width in enumerate(_WIDTHS):
        head.resizeSection(at, metrics.horizontalAdvance("国") * width)
    line = round(metrics.height() * 1.5)
    table.verticalHeader().setMinimumSectionSize(1)
    table.verticalHeader().setDefaultSectionSize(line)
    table.setFixedHeight(head.sizeHint().height() + line * min(len(fields), _ROWS) + 4)
    for at, field in enumerate(fields):
        first = not at or fields[at - 1].group != field.group
        for place, words in enumerate((field.group if first else "", field.label, "")):
            table.setItem(at, place, QTableWidgetItem(words))
    return table
