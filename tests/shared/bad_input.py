"""What people type and paste that a form did not ask for, how it gets into the fields, and what must have become of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
from case_page import ROOM
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.findings import Finding
from taizhang_desktop.kit.field import Field, Form
from taizhang_desktop.kit.money_field import MoneyField
from taizhang_desktop.kit.names_text import show_names
from taizhang_desktop.kit.search_fields import SuggestField
from taizhang_desktop.kit.text_fields import DateField, IntegerField, NamesField, ParagraphField, TextField
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.start.secret_field import SecretField

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce

LONG = "病" * 10_000
TABLE = "王建国\t住院\n李秀英\t上学"
NEVER_KEPT = {"ten thousand characters": LONG, "control characters": "病\x00\x07重"}
"""No field for words takes these."""
TEXTS = {
    "nothing": "",
    "emoji and private characters": "😀病👨‍👩‍👧王\ue000\U000f0000",
    "rare characters and half a one": "𡛕䶮㐂\U00030000病\ud83d",
    "a pasted table": TABLE,
}
DAYS = {
    "no such day": "0230",
    "no such day of July": "7.32",
    "no such month": "20221301",
    "a word": "tomorrow",
    "a year of long ago": "0202-07-03",
    "a word in Chinese": "后天上午",
    "two days": "2022-04-12至13",
    "ten thousand digits": "1" * 10_000,
    "emoji": "😀",
}
NUMBERS = {
    "a word": "三十",
    "a fraction": "1.5",
    "below nothing": "-1",
    "ten thousand digits": "9" * 10_000,
    "emoji": "😀",
    "a pasted table": "3\t4\n5",
}
ODD = "😀病👨‍👩‍👧王\ue000\U000f0000𡛕䶮㐂\U00030000"
KINDS = {
    **NEVER_KEPT,
    "nothing": "",
    "a pasted table": TABLE,
    "half a character": TEXTS["rare characters and half a one"],
}
CHINESE = re.compile("[\u4e00-\u9fff]")
Editor = QLineEdit | QPlainTextEdit


def editor_of(each: Field) -> Editor | None:
    """Where the text of a field is typed; None where it is chosen."""
    match each:
        case TextField() | DateField() | IntegerField() | MoneyField() | NamesField():
            return each.line
        case ParagraphField():
            return each.text
        case SuggestField():
            return each.box.line
        case _:
            return None


def held(each: Field, editor: Editor) -> str:
    """What stands there; of names that are one, however they are parted when the field is left."""
    if isinstance(each, NamesField):
        return show_names(each.value())
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def put(editor: Editor, text: str) -> None:
    """Take away what stands there and paste, as a clerk does."""
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    if text:
        QGuiApplication.clipboard().setText(text)
        editor.paste()


def shown(form: Form) -> Iterator[tuple[Field, Editor]]:
    """The fields of a form that are in sight and typed into."""
    for each in form.fields:
        editor = editor_of(each)
        if editor is not None and each.isVisibleTo(form) and each.isEnabled():
            yield each, editor


def texts_of(form: Form) -> list[tuple[Field, Editor]]:
    """Those for words."""
    words = (TextField, ParagraphField, SuggestField, NamesField)
    return [(each, editor) for each, editor in shown(form) if isinstance(each, words)]


def one_line(each: Field) -> bool:
    """Whether a pasted table has no place there; names may come from a column."""
    return isinstance(each, TextField | SuggestField)


@dataclass
class Filled:
    """A form after something was put into fields of it: what they hold, and what they mean."""

    form: Form
    held: dict[str, str] = field(default_factory=dict)
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def still(self) -> None:
        """Nothing that was typed is lost."""
        now = {each.name: held(each, editor) for each, editor in shown(self.form) if each.name in self.held}
        assert now == self.held

    def said(self, says: Iterable[Finding], elsewhere: str = "") -> list[Finding]:
        """Each finding is a Chinese sentence and stands at its field, or where the form says the rest."""
        findings = list(says)
        names = {each.name: each for each in self.form.fields}
        assert findings, "refused without a sentence"
        for each in findings:
            assert CHINESE.search(each.says), each
            if each.field in names:
                assert each in names[each.field].findings, each
            else:
                assert each.says in elsewhere, each
        return findings

    def in_vault(self, stored: object) -> None:
        """Everything typed is there, char for char."""
        found = set(strings(stored))
        missing = {name: words for name, words in self.means.items() if not set(words) <= found}
        assert missing == {}


def fill(form: Form, text: str) -> Filled:
    """Paste into every field for words, those too that come into sight by it."""
    filled = Filled(form)
    while fresh := [(each, editor) for each, editor in texts_of(form) if each.name not in filled.held]:
        for each, editor in fresh:
            put(editor, text)
            filled.held[each.name] = held(each, editor)
            value = each.value()  # type: ignore[attr-defined]  # every field for words has one
            filled.means[each.name] = tuple(filter(None, value if isinstance(value, tuple) else (value,)))
    return filled


def must_say(kind: str, each: Field) -> bool:
    """Whether a field for words has to say something of what was put into it, whatever the rest of the form is."""
    return kind in NEVER_KEPT or (kind == "a pasted table" and one_line(each))


def strings(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    match value:
        case str():
            yield value
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from strings(getattr(value, name))
        case Enum():
            return
        case Mapping():
            for key, each in value.items():
                yield from strings(key)
                yield from strings(each)
        case Iterable():
            for each in value:
                yield from strings(each)


Heard = list[tuple[Finding, ...]]


@dataclass
class Bench:
    """One open form: the button that hands it in, what the vault has of it, and what is said beneath it."""

    form: Callable[[], Form]
    save: Callable[[], None]
    stored: Callable[[], object]
    rest: Callable[[], str]
    runner: "AtOnce"

    def hand_in(self) -> bool:
        """Hand it in, once more where it is only asked; whether it was written."""
        before = self.stored()
        for _ in range(2):
            self.save()
            if self.stored() != before:
                return True
            if any(finding.blocks for each in self.form().fields for finding in each.findings):
                return False
        return False

    def try_everything(self) -> None:
        """One kind after the other into the same form, what may be kept last; it ends where it was written."""
        for kind, text in (*KINDS.items(), ("odd characters", ODD)):
            form = self.form()
            filled = fill(form, text)
            written = self.hand_in()
            assert self.runner.failures == [], kind
            if written:
                secret = {each.name for each in form.fields if isinstance(each, SecretField)}
                assert kind not in NEVER_KEPT
                filled.means = {name: words for name, words in filled.means.items() if name not in secret}
                filled.in_vault(self.stored())
                return
            filled.still()
            said = [finding for each in form.fields for finding in each.findings]
            if said or not self.rest():
                filled.said(said, self.rest())
            wanted = {each.name for each, _ in texts_of(form) if must_say(kind, each)}
            assert wanted <= {each.field for each in said if each.blocks}, kind


@pytest.fixture
def show(qtbot: QtBot, look: Look) -> Iterator[Callable[[QWidget], None]]:
    """A screen in a window of a small screen's size, with the keyboard in it."""
    window = QWidget()

    def put_in(screen: QWidget) -> None:
        whole = QVBoxLayout(window)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(screen)
        window.resize(*ROOM)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    qtbot.addWidget(window)
    yield put_in
    window.close()


Show = Callable[[QWidget], None]


def press(screen: QWidget, name: str) -> None:
    buttons = cast("list[QPushButton]", screen.findChildren(QPushButton, name))
    QTest.mouseClick(next(each for each in buttons if each.isVisible()), Qt.MouseButton.LeftButton)


def words(screen: QWidget) -> str:
    return "\n".join(each.text() for each in cast("list[QLabel]", screen.findChildren(QLabel)) if each.isVisible())
