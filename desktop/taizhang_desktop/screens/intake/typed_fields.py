"""The fields of 登记预警信息 letter for letter, readable or not, and back."""

from collections.abc import Iterable
from enum import Enum

from taizhang_desktop.kit.choice_fields import ChoiceField
from taizhang_desktop.kit.field import Field
from taizhang_desktop.kit.search_fields import FindField, SuggestField
from taizhang_desktop.kit.text_fields import DateField, ParagraphField, TextField
from taizhang_desktop.viewmodels.intake_drafts import TypedForm


def typed_in(fields: Iterable[Field]) -> dict[str, str]:
    """What stands in the fields; of a choice its key, blank where nothing is chosen."""
    return {field.name: _typed(field) for field in fields}


def retype(fields: Iterable[Field], typed: TypedForm) -> None:
    """Put back what stood in the fields; a choice that is not offered any more stays open."""
    for field in fields:
        if field.name in typed:
            _retype(field, typed[field.name])


def _typed(field: Field) -> str:
    match field:
        case TextField() | DateField():
            return field.line.text()
        case ParagraphField():
            return field.text.toPlainText()
        case SuggestField() | FindField():
            return field.box.currentText()
        case ChoiceField():
            return _key(field.value())
        case _:
            raise TypeError(field.name)


def _retype(field: Field, typed: str) -> None:
    match field:
        case TextField() | DateField():
            field.line.setText(typed)
        case ParagraphField():
            field.set_value(typed)
        case SuggestField() | FindField():
            field.box.setEditText(typed)
        case ChoiceField():
            field.set_value(next((value for value in field.values if _key(value) == typed), None))
        case _:
            raise TypeError(field.name)


def _key(value: object) -> str:
    """Blank is for nothing chosen alone: there is a choice whose own key is blank."""
    if value is None:
        return ""
    return f"={value.value if isinstance(value, Enum) else value}"
