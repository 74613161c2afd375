"""Fields that find while one types: a text with proposals, and one of many (villages) by a part of its name."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QWidget
from shiboken6 import isValid
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.choice_fields import Option
from taizhang_desktop.kit.field import Field
from taizhang_desktop.kit.text_fields import text_faults

V = TypeVar("V")


class _SearchBox(QComboBox):
    """An editable box that proposes what contains the text, and leaves the text alone."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.proposals = completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.line.textEdited.connect(self._dress_proposals)
        self._left_for: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stay away where the list of proposals brings the keyboard back late: the user is in another field by then."""
        super().focusInEvent(event)
        left_for, self._left_for = self._left_for, None
        late = event.reason() is Qt.FocusReason.ActiveWindowFocusReason
        if late and left_for is not None and isValid(left_for) and left_for.isVisible():
            QTimer.singleShot(0, left_for, lambda: left_for.setFocus() if self.hasFocus() else None)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self or now.window() is not self.window():
            return
        if before is self or self._left_for is not None:
            self._left_for = now

    def _dress_proposals(self) -> None:
        """The list is a window of its own with nothing above it: it wears what the window wears."""
        proposals, sheet = self.proposals.popup(), self.window().styleSheet()
        if proposals.styleSheet() != sheet:
            proposals.setStyleSheet(sheet)


class SuggestField(Field):
    """A line of text for which something is proposed; anything else may be typed."""

    def __init__(
        self, name: str, title: str, *, most: int = 50, hint: str = "", placeholder: str = "", required: bool = False
    ) -> None:
        """``most`` is in code points."""
        self.box = _SearchBox(placeholder)
        self.most = most
        super().__init__(name, title, self.box, hint=hint, required=required)
        self.box.line.textEdited.connect(self._touched)
        self.box.activated.connect(self._touched)
        self.box.line.setAccessibleName(title)

    def set_suggestions(self, words: Sequence[str]) -> None:
        """Propose these; what was typed stays."""
        kept = self.box.currentText()
        self.box.clear()
        self.box.addItems(list(words))
        self.box.setCurrentIndex(-1)
        self.box.setEditText(kept)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.box.currentText().strip()

    def set_value(self, text: str) -> None:
        """Show the text."""
        self.box.setEditText(text)
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """Too long, or not fit to be kept."""
        return text_faults(self.name, self.value(), self.most)


class FindField(Field, Generic[V]):
    """One of many, found by a part of its words. A part that only one of them has is enough; it is shown in full then."""

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option[V]],
        *,
        hint: str = "",
        placeholder: str = "",
        required: bool = False,
    ) -> None:
        """``options`` in the order in which they are offered."""
        self.box = _SearchBox(placeholder)
        self._options = tuple(options)
        super().__init__(name, title, self.box, hint=hint, required=required)
        self.box.addItems([option.label for option in self._options])
        self.box.setCurrentIndex(-1)
        self.box.line.textEdited.connect(self._touched_while_typing)
        self.box.line.editingFinished.connect(self._left)
        self.box.activated.connect(self._touched)
        self.box.line.setAccessibleName(title)

    def value(self) -> V | None:
        """What was found; None where the text names none or several."""
        found = self._found()
        return found[0].value if len(found) == 1 else None

    def set_value(self, value: V | None) -> None:
        """Choose it; None blanks the field."""
        at = next((at for at, option in enumerate(self._options) if option.value == value), -1)
        self.box.setCurrentIndex(at if value is not None else -1)
        self.box.setEditText(self._options[at].label if value is not None and at >= 0 else "")
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """What is typed names none, or several."""
        typed, found = self._typed(), self._found()
        if not typed or len(found) == 1:
            return ()
        says = f"有{len(found)}个含“{typed}”，请选择其中一个" if found else f"没有“{typed}”，请从列表中选择"
        return (Finding(field=self.name, code="not_found", says=says),)

    def _typed(self) -> str:
        return self.box.currentText().strip()

    def _found(self) -> tuple[Option[V], ...]:
        typed = self._typed()
        if not typed:
            return ()
        exact = tuple(option for option in self._options if option.label == typed)
        return exact or tuple(option for option in self._options if typed in option.label)

    def _touched_while_typing(self) -> None:
        """A part is no fault yet."""
        self.show_findings(())
        self.edited.emit()

    def _left(self) -> None:
        found = self._found()
        if len(found) == 1:
            self.box.setEditText(found[0].label)
        self.show_findings(self.faults())
