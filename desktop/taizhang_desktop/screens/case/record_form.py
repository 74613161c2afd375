"""The base of the forms of a case: fields to answers and back, readable or not, and where to begin typing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from taizhang_casework.domain.answers import Answer, Given, Line
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.pack import Entry
from taizhang_casework.domain.yes_no import YesNo

from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField, Option, YesNoField
from taizhang_desktop.kit.field import ENTER_MOVES_ON, Field, Form
from taizhang_desktop.kit.money_field import MoneyField
from taizhang_desktop.kit.text_fields import DateField, IntegerField, NamesField, ParagraphField, TextField
from taizhang_desktop.screens.case.household_field import HouseholdField
from taizhang_desktop.screens.case.lines_field import LinesField
from taizhang_desktop.viewmodels.form_drafts import Typed


class RecordForm(Form):
    """A form whose fields answer by name. Choices answer by key, so that every field can be kept as text."""

    def add(self, *fields: Field) -> None:
        """Add a row; in a paragraph Enter goes on too, so that the number pad goes through the whole form."""
        for field in fields:
            field.editor.setObjectName(f"case_{field.name}")
            if isinstance(field.editor, QPlainTextEdit):
                field.editor.setProperty(ENTER_MOVES_ON, "yes")
        super().add(*fields)

    def given(self) -> Given:
        """The answers as they stand; a hidden field is blank."""
        return {field.name: _answer(field) for field in self.fields if not field.isHidden()}

    def fill(self, given: Given) -> None:
        """Show these answers; what is not among them is blank."""
        for field in self.fields:
            _set_answer(field, given.get(field.name))
        self.arrange()

    def typed(self) -> Typed:
        """What stands in the fields, letter for letter."""
        return {field.name: _typed(field) for field in self.fields}

    def retype(self, typed: Typed) -> None:
        """Put back what stood in the fields."""
        for field in self.fields:
            if field.name in typed:
                _retype(field, typed[field.name])
        self.arrange()

    def arrange(self) -> None:
        """Show and hide the fields that hang on others; called after filling."""

    def begin(self) -> None:
        """Focus the first field that is still empty, else the first."""
        shown = [field for field in self.fields if not field.isHidden()]
        first = next((field for field in shown if _typed(field) in {"", ()}), shown[0] if shown else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def options(entries: Sequence[Entry]) -> tuple[Option[str], ...]:
    """A dictionary of the pack as choices."""
    return tuple(Option(entry.key, entry.label) for entry in entries)


def _answer(field: Field) -> Answer:
    match field:
        case DateField() | IntegerField() | MoneyField() | TextField() | ParagraphField() | NamesField() | LinesField():
            return field.value()
        case YesNoField():
            return _yes_no(field)
        case ChoiceField():
            key = field.value()
            return key if isinstance(key, str) else None
        case HouseholdField():
            return field.value()
        case MultiChoiceField():
            return tuple(key for key in field.value() if isinstance(key, str))
        case _:
            raise TypeError(field.name)


def _set_answer(field: Field, answer: Answer) -> None:
    match field:
        case DateField():
            field.set_value(answer if isinstance(answer, date) else None)
        case IntegerField():
            field.set_value(answer if isinstance(answer, int) else None)
        case MoneyField():
            field.set_value(Fen(answer) if isinstance(answer, int) else None)
        case YesNoField():
            field.set_value(
                {YesNo.YES.value: True, YesNo.NO.value: False}.get(answer) if isinstance(answer, str) else None
            )
        case TextField() | ParagraphField():
            field.set_value(answer if isinstance(answer, str) else "")
        case ChoiceField():
            field.set_value(answer)
        case NamesField() | MultiChoiceField():
            field.set_value(_words(answer))
        case HouseholdField():
            field.retype(())
        case LinesField():
            given = answer if isinstance(answer, tuple) else ()
            field.set_value(tuple(each for each in given if isinstance(each, Line)))
        case _:
            raise TypeError(field.name)


def _yes_no(field: YesNoField) -> str | None:
    answered = field.value()
    if answered is None:
        return None
    return str((YesNo.YES if answered else YesNo.NO).value)


def _words(answer: Answer) -> tuple[str, ...]:
    return tuple(each for each in answer if isinstance(each, str)) if isinstance(answer, tuple) else ()


def _typed(field: Field) -> str | tuple[str, ...]:
    match field:
        case DateField() | IntegerField() | MoneyField() | TextField() | NamesField():
            return field.line.text()
        case ParagraphField():
            return field.text.toPlainText()
        case LinesField() | HouseholdField():
            return field.typed()
        case _:
            answer = _answer(field)
            return answer if isinstance(answer, str) else _words(answer)


def _retype(field: Field, typed: str | tuple[str, ...]) -> None:
    match field:
        case DateField() | IntegerField() | MoneyField() | TextField() if isinstance(typed, str):
            field.line.setText(typed)
        case NamesField() if isinstance(typed, str):
            field.retype(typed)
        case LinesField() | HouseholdField() if isinstance(typed, tuple):
            field.retype(typed)
        case ChoiceField() | YesNoField() if typed in {"", ()}:
            field.set_value(None)
        case _:
            _set_answer(field, typed)
