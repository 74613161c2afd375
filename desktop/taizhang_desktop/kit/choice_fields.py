"""Fields that are chosen: one of several, several of several, yes or no. Nothing is chosen until the user chooses."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from taizhang_desktop.kit.field import ENTER_MOVES_ON, Field
from taizhang_desktop.kit.giving_way import Evenly
from taizhang_desktop.look.tokens import SPACE

V = TypeVar("V")
_SHORT = 6
"""Characters of the choice that always have room; the whole of a longer one is the tip of its box."""


class Option(msgspec.Struct, Generic[V], frozen=True):
    """A value and the words that stand for it."""

    value: V
    label: str


class ChoiceField(Field, Generic[V]):
    """One of several in a box; ``None`` until something is chosen."""

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option[V]],
        *,
        hint: str = "",
        required: bool = False,
        none: str = "请选择",
    ) -> None:
        """``none`` are the words for nothing chosen."""
        self.box = QComboBox()
        self.box.setProperty(ENTER_MOVES_ON, "yes")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_SHORT)
        self.box.currentTextChanged.connect(self.box.setToolTip)
        self._none = none
        self._options: tuple[Option[V], ...] = ()
        super().__init__(name, title, self.box, hint=hint, required=required)
        self.set_options(options)
        self.box.activated.connect(self._touched)
        self._wheel = _NoWheel(self.box)

    def set_options(self, options: Sequence[Option[V]]) -> None:
        """Offer others; what was chosen stays if it is among them."""
        kept = self.value()
        self._options = tuple(options)
        self.box.clear()
        self.box.addItems([self._none, *(option.label for option in self._options)])
        self.set_value(kept)

    @property
    def values(self) -> tuple[V, ...]:
        """What is offered, in its order."""
        return tuple(option.value for option in self._options)

    def value(self) -> V | None:
        """What is chosen."""
        at = self.box.currentIndex() - 1
        return self._options[at].value if 0 <= at < len(self._options) else None

    def set_value(self, value: V | None) -> None:
        """Choose it; None, or what is not offered, chooses nothing."""
        at = next((number for number, option in enumerate(self._options) if option.value == value), -1)
        self.box.setCurrentIndex(at + 1 if value is not None else 0)
        self.show_findings(())


class MultiChoiceField(Field, Generic[V]):
    """Any number of several, as check boxes in columns."""

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option[V]],
        *,
        columns: int = 4,
        hint: str = "",
        required: bool = False,
    ) -> None:
        """``columns`` of boxes, fewer where the text is large."""
        room = QWidget()
        grid = Evenly(SPACE.small, SPACE.tight, columns)
        room.setLayout(grid)
        self._options = tuple(options)
        self.boxes = tuple(QCheckBox(option.label) for option in self._options)
        for box in self.boxes:
            box.setProperty(ENTER_MOVES_ON, "yes")
            grid.addWidget(box)
        super().__init__(name, title, room, hint=hint, required=required)
        if self.boxes:
            room.setFocusProxy(self.boxes[0])
        for box in self.boxes:
            box.clicked.connect(self._touched)

    def value(self) -> tuple[V, ...]:
        """What is ticked, in the order offered."""
        return tuple(option.value for option, box in zip(self._options, self.boxes, strict=True) if box.isChecked())

    def set_value(self, values: Sequence[V]) -> None:
        """Tick these and no others."""
        for option, box in zip(self._options, self.boxes, strict=True):
            box.setChecked(option.value in values)
        self.show_findings(())


class YesNoField(Field):
    """是 or 否; None until one is chosen. 1 and 2 choose too, as in the grids."""

    def __init__(
        self, name: str, title: str, *, yes: str = "是", no: str = "否", hint: str = "", required: bool = False
    ) -> None:
        """The words for both."""
        room = QWidget()
        across = QHBoxLayout(room)
        across.setContentsMargins(0, 0, 0, 0)
        self.yes = _Radio(yes, self._choose)
        self.no = _Radio(no, self._choose)
        self._group = QButtonGroup(room)
        for button in (self.yes, self.no):
            button.setProperty(ENTER_MOVES_ON, "yes")
            self._group.addButton(button)
            across.addWidget(button)
        across.addStretch(1)
        super().__init__(name, title, room, hint=hint, required=required)
        room.setFocusProxy(self.yes)
        self._group.buttonClicked.connect(self._touched)

    def value(self) -> bool | None:
        """What is chosen."""
        if self.yes.isChecked():
            return True
        return False if self.no.isChecked() else None

    def set_value(self, value: bool | None) -> None:  # noqa: FBT001 - the value of the field
        """Choose; None chooses neither."""
        self._group.setExclusive(False)
        self.yes.setChecked(value is True)
        self.no.setChecked(value is False)
        self._group.setExclusive(True)
        self.show_findings(())

    def _choose(self, digit: str) -> None:
        chosen = self.yes if digit == "1" else self.no
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        chosen.click()


class _Radio(QRadioButton):
    def __init__(self, text: str, choose: Callable[[str], None]) -> None:
        super().__init__(text)
        self._choose = choose

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit chooses."""
        if event.text() in {"1", "2"} and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(event.text())
            return
        super().keyPressEvent(event)


class _NoWheel(QObject):
    """Turning the wheel over a box while the page scrolls must not change an answer."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow the wheel."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
