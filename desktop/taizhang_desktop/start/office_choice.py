"""Choosing the office: which kind, then which one."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QListWidget, QListWidgetItem, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Office, OfficeKind

from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.first_start import FirstStart


class OfficeChoice(QWidget):
    """Two big buttons, and the list of towns with a line to find one."""

    def __init__(self, model: FirstStart) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self._model = model
        self._offices: tuple[Office, ...] = ()
        self.town = Button("镇街", "choice", Icon.HOUSE)
        self.bureau = Button("区乡村振兴局", "choice", Icon.DEPARTMENT)
        group = QButtonGroup(self)
        for button in (self.town, self.bureau):
            button.setCheckable(True)
            button.setMinimumHeight(56)
            group.addButton(button)
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入镇街名称查找")
        self.search.setAccessibleName("查找镇街")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("镇街")
        self.list.setMinimumHeight(200)
        self.fault = label("", "finding")
        set_tone(self.fault, Tone.OVERDUE)
        self.next = Button("下一步", "primary")
        kinds = row(self.town, self.bureau, spacing=12)
        kinds.setStretch(0, 1)
        kinds.setStretch(1, 1)
        self.setLayout(column(kinds, self.search, self.list, self.fault, None, row(None, self.next), spacing=12))
        self.setFocusProxy(self.town)
        for part in (self.search, self.list, self.fault):
            part.hide()
        self.town.clicked.connect(self._take_town)
        self.bureau.clicked.connect(self._take_bureau)
        self.search.textChanged.connect(self._list)
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemActivated.connect(model.take_office)
        self.next.clicked.connect(model.take_office)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beneath the list."""
        self.fault.setText("\n".join(finding.says for finding in findings))
        self.fault.setVisible(bool(findings))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Down goes from the line into the list, Enter takes what is chosen."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                self.list.setCurrentRow(max(self.list.currentRow(), 0))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._model.take_office()
                return True
        return super().eventFilter(watched, event)

    def _take_town(self) -> None:
        self.search.show()
        self.list.show()
        self._list(self.search.text())
        self.search.setFocus()

    def _take_bureau(self) -> None:
        self.search.hide()
        self.list.hide()
        self.show_findings(())
        self._model.choose(self._model.bureau)

    def _list(self, typed: str) -> None:
        self._offices = self._model.offices(OfficeKind.TOWN, typed)
        self.list.clear()
        height = round(self.fontMetrics().height() * 1.8)
        for office in self._offices:
            item = QListWidgetItem(office.name)
            item.setSizeHint(QSize(0, height))
            self.list.addItem(item)
        self._model.choose(None)
        if len(self._offices) == 1:
            self.list.setCurrentRow(0)

    def _choose(self, at: int) -> None:
        self.show_findings(())
        self._model.choose(self._offices[at] if 0 <= at < len(self._offices) else None)
