"""疑点: whose, in which item, and how it is explained; a row each. None is 无疑点."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from taizhang_casework.domain.steps import Doubt

from taizhang_desktop.kit.field import ENTER_MOVES_ON, Field
from taizhang_desktop.kit.parts import Button, IconButton
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE

_PARTS = 3


class DoubtsField(Field):
    """Rows of doubts and a button that adds one."""

    def __init__(self, name: str, title: str, people: Sequence[str], items: Sequence[str], *, hint: str = "") -> None:
        """``people`` of the household and ``items`` of the comparison are proposed; both can be typed."""
        self._people = tuple(people)
        self._items = tuple(items)
        self.rows: list[DoubtRow] = []
        room = QWidget()
        self._room = QVBoxLayout(room)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(SPACE.small)
        self.more = Button("添加疑点", "quiet", Icon.ADD)
        self.more.setObjectName("case_add_doubt")
        self.more.setProperty(ENTER_MOVES_ON, "yes")
        self._room.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(name, title, room, hint=hint)
        room.setFocusProxy(self.more)
        self.more.clicked.connect(self._add_by_hand)

    def value(self) -> tuple[Doubt, ...]:
        """The doubts; rows that are wholly blank are left out."""
        return tuple(row.value() for row in self.rows if any(row.typed()))

    def set_value(self, doubts: tuple[Doubt, ...]) -> None:
        """Show these and no others."""
        self.retype(tuple(part for doubt in doubts for part in (doubt.person, doubt.item, doubt.explanation)))
        self.show_findings(())

    def typed(self) -> tuple[str, ...]:
        """Person, item and explanation of each row, one after the other."""
        return tuple(part for row in self.rows for part in row.typed())

    def retype(self, typed: tuple[str, ...]) -> None:
        """Put back what stood in the rows."""
        for row in tuple(self.rows):
            self._remove(row)
        for at in range(0, len(typed) - len(typed) % _PARTS, _PARTS):
            self._add().retype(typed[at : at + _PARTS])

    def _add_by_hand(self) -> None:
        self._add().person.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    def _add(self) -> "DoubtRow":
        row = DoubtRow(self._people, self._items, len(self.rows) + 1)
        self.rows.append(row)
        self._room.insertWidget(self._room.count() - 1, row)
        row.show()
        row.gone.clicked.connect(lambda: self._remove_by_hand(row))
        for box in (row.person, row.item):
            box.editTextChanged.connect(self._touched)
        row.explanation.textEdited.connect(self._touched)
        row.explanation.returnPressed.connect(lambda: self.more.setFocus(Qt.FocusReason.TabFocusReason))
        QWidget.setTabOrder(row.gone, self.more)
        return row

    def _remove_by_hand(self, row: "DoubtRow") -> None:
        self._remove(row)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    def _remove(self, row: "DoubtRow") -> None:
        self.rows.remove(row)
        self._room.removeWidget(row)
        row.hide()
        row.deleteLater()


class DoubtRow(QWidget):
    """One doubt. Enter goes to the next part."""

    def __init__(self, people: Sequence[str], items: Sequence[str], number: int) -> None:
        """``number`` counts from 1, for accessible names."""
        super().__init__()
        lines = QLineEdit(), QLineEdit(), QLineEdit()
        self.person = _box(lines[0], people, "姓名", f"疑点{number}：姓名")
        self.item = _box(lines[1], items, "比对项目", f"疑点{number}：比对项目")
        self.explanation = lines[2]
        self.explanation.setPlaceholderText("说明情况")
        self.explanation.setAccessibleName(f"疑点{number}：说明")
        self.gone = IconButton(Icon.CLOSE, f"删去疑点{number}")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.small)
        across.addWidget(self.person, 2)
        across.addWidget(self.item, 2)
        across.addWidget(self.explanation, 4)
        across.addWidget(self.gone)
        lines[0].returnPressed.connect(lambda: self.item.setFocus(Qt.FocusReason.TabFocusReason))
        lines[1].returnPressed.connect(lambda: self.explanation.setFocus(Qt.FocusReason.TabFocusReason))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter ends here: the lines have gone on by themselves, and the form need not."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            event.accept()
            return
        super().keyPressEvent(event)

    def value(self) -> Doubt:
        """The doubt."""
        person, item, explanation = self.typed()
        return Doubt(person=person.strip(), item=item.strip(), explanation=explanation.strip())

    def typed(self) -> tuple[str, str, str]:
        """As it stands."""
        return (self.person.currentText(), self.item.currentText(), self.explanation.text())

    def retype(self, parts: Sequence[str]) -> None:
        """Put back what stood there."""
        self.person.setEditText(parts[0])
        self.item.setEditText(parts[1])
        self.explanation.setText(parts[2])


def _box(line: QLineEdit, proposed: Sequence[str], placeholder: str, name: str) -> QComboBox:
    box = QComboBox()
    box.setLineEdit(line)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(proposed))
    box.setCurrentIndex(-1)
    box.setMinimumContentsLength(len(placeholder) + 1)
    box.setEditText("")
    line.setPlaceholderText(placeholder)
    box.setAccessibleName(name)
    return box
