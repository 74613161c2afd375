"""承诺授权书: who has signed and on which day, before anybody is compared; a row each."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from taizhang_casework.domain.answers import Line
from taizhang_casework.domain.day_text import Unreadable, read_day
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.papers.authorisers import AUTHORISER_WORDS
from taizhang_casework.domain.steps import Authoriser, Signature

from taizhang_desktop.kit.field import ENTER_MOVES_ON, OWN_ENTER
from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, IconButton, label
from taizhang_desktop.kit.text_fields import text_faults
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.case.lines_field import LinesField, LinesRoom

_PARTS = 4
_LONGEST_NAME = 50
_HEADS = ("姓名", "身份", "签字日期", "监护人（未成年人填写）")


class SignaturesField(LinesField):
    """``people_changed``: other names stand in the list. Members of the household stand there from the beginning, unsigned."""

    people_changed = Signal()

    def __init__(
        self, name: str, title: str, today: Callable[[], date], *, minors: Collection[str] = (), hint: str = ""
    ) -> None:
        """``today`` is the office's day, by which a day without a year is read; for ``minors`` (names) a guardian signs."""
        self._today = today
        self._minors = frozenset(minors)
        self.lines: list[SignatureRow] = []
        room = LinesRoom()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.small)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tight)
        for at, (head, stretch) in enumerate(zip(_HEADS, (3, 3, 3, 3), strict=True)):
            self._grid.addWidget(label(head, "small", wrap=True), 0, at)
            self._grid.setColumnStretch(at, stretch)
        inside.addLayout(self._grid)
        self.same_day = Button("没填的都是第一行那天签的", "quiet")
        self.same_day.setObjectName("case_same_day")
        self.more = Button("添加不在户的子女、赡养人", "quiet", Icon.ADD)
        self.more.setObjectName("case_add_signature")
        for button in (self.same_day, self.more):
            button.setProperty(ENTER_MOVES_ON, "yes")
        inside.addLayout(ends((self.same_day, self.more), ()))
        super().__init__(name, title, room, hint=hint)
        self.title_label.hide()
        self.same_day.clicked.connect(self._sign_all)
        self.more.clicked.connect(self._add_by_hand)

    @property
    def people(self) -> tuple[str, ...]:
        """The names in the list, each once."""
        return tuple(dict.fromkeys(name for line in self.lines if (name := line.name.text().strip())))

    def value(self) -> tuple[Line, ...]:
        """Everybody in the list, signed or not; added rows that are blank are left out."""
        return tuple(line.value(self._today()) for line in self.lines if any(line.typed()[::2]))

    def set_value(self, lines: tuple[Line, ...]) -> None:
        """Show these and no others."""
        signatures = [line for line in lines if isinstance(line, Signature)]
        self._show([_words(each) for each in signatures])
        self.show_findings(())

    def typed(self) -> tuple[str, ...]:
        """Name, as what, day and guardian of each row, one after the other."""
        return tuple(part for line in self.lines for part in line.typed())

    def retype(self, typed: tuple[str, ...]) -> None:
        """Put back what stood in the rows."""
        self._show([typed[at : at + _PARTS] for at in range(0, len(typed) - len(typed) % _PARTS, _PARTS)])

    def faults(self) -> tuple[Finding, ...]:
        """A day that is none, a name that is too long."""
        found: list[Finding] = []
        for line in self.lines:
            read = read_day(line.signed_on.text(), self._today())
            if isinstance(read, Unreadable):
                found.append(Finding(field=self.name, code="no_day", says=f"{line.name.text()}：{read.says}"))
            found += [
                fault
                for words in (line.name, line.guardian)
                for fault in text_faults(self.name, words.text().strip(), _LONGEST_NAME)
            ]
        return tuple(found)

    def begin(self) -> None:
        """The first row without a day."""
        first = next((line for line in self.lines if not line.signed_on.text()), None)
        if first is not None:
            first.signed_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, rows: Sequence[Sequence[str]]) -> None:
        for line in self.lines:
            line.discard()
        self.lines = []
        for parts in rows:
            line = self._add()
            line.retype(parts)
            line.guardian.setPlaceholderText("由监护人代签" if parts[0] in self._minors else "")
        self.people_changed.emit()
        self._chain()

    def _add(self) -> "SignatureRow":
        line = SignatureRow(len(self.lines) + 1)
        self.lines.append(line)
        at = self._grid.rowCount()
        for place, part in enumerate(line.parts):
            self._grid.addWidget(part, at, place)
            part.show()
        for words in (line.name, line.signed_on, line.guardian):
            words.textEdited.connect(self._touched)
        line.name.textEdited.connect(self.people_changed)
        line.as_what.activated.connect(self._touched)
        line.signed_on.editingFinished.connect(lambda: self._spell_out(line))
        line.gone.clicked.connect(lambda: self._remove(line))
        line.entered.connect(lambda: self._next(line))
        return line

    def _chain(self) -> None:
        """Tab and the focus of the field go through the rows in order, and on to the buttons beneath them.

        Rows come late, at the very end of the window's order: they are put behind a button of the field first, and it behind them.
        """
        rows = [part for line in self.lines for part in line.parts]
        for before, after in pairwise([self.same_day, *rows, *([self.same_day] if rows else []), self.more]):
            QWidget.setTabOrder(before, after)
        self.editor.setFocusProxy(self.lines[0].signed_on if self.lines else self.more)

    def _add_by_hand(self) -> None:
        line = self._add()
        line.retype(("", Authoriser.CHILD_ELSEWHERE.value, "", ""))
        self._chain()
        line.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    def _remove(self, line: "SignatureRow") -> None:
        self.lines.remove(line)
        line.discard()
        self._chain()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.people_changed.emit()
        self._touched()

    def _next(self, line: "SignatureRow") -> None:
        """Enter goes down the days, row after row; after the last one the form goes on."""
        at = self.lines.index(line)
        if at + 1 < len(self.lines):
            after = self.lines[at + 1]
            (after.name if after.is_added and not after.name.text() else after.signed_on).setFocus(
                Qt.FocusReason.TabFocusReason
            )
        else:
            self.passed.emit()

    def _sign_all(self) -> None:
        days = (read_day(line.signed_on.text(), self._today()) for line in self.lines)
        first = next((day.isoformat() for day in days if isinstance(day, date)), "")
        for line in self.lines:
            if not line.signed_on.text().strip():
                line.signed_on.setText(first)
        self._touched()

    def _spell_out(self, line: "SignatureRow") -> None:
        read = read_day(line.signed_on.text(), self._today())
        if isinstance(read, date):
            line.signed_on.setText(read.isoformat())
        elif read is not None:
            self.show_findings(self.faults())


class SignatureRow(QObject):
    """One person's authorisation. ``entered``: Enter was pressed in its day or beyond."""

    entered = Signal()

    def __init__(self, number: int) -> None:
        """``number`` counts from 1, for accessible names."""
        super().__init__()
        self.name, self.signed_on, self.guardian = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.textChanged.connect(self.name.setToolTip)
        self.as_what = QComboBox()
        self.as_what.addItems(list(AUTHORISER_WORDS.values()))
        self.as_what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.as_what.setMinimumContentsLength(4)
        self.as_what.setToolTip(self.as_what.currentText())
        self.as_what.currentTextChanged.connect(self.as_what.setToolTip)
        self.signed_on.setPlaceholderText("未签")
        self.gone = IconButton(Icon.CLOSE, f"删去授权人员{number}")
        self.parts: tuple[QWidget, ...] = (self.name, self.as_what, self.signed_on, self.guardian, self.gone)
        for part, said in zip(self.parts, ("姓名", "身份", "签字日期", "监护人"), strict=False):
            part.setAccessibleName(f"授权人员{number}：{said}")
        self.signed_on.setObjectName(f"case_signed_on_{number}")
        self.is_added = False
        for words in (self.name, self.signed_on, self.guardian):
            words.setProperty(OWN_ENTER, "yes")
        self.name.returnPressed.connect(lambda: self.signed_on.setFocus(Qt.FocusReason.TabFocusReason))
        self.signed_on.returnPressed.connect(self.entered)
        self.guardian.returnPressed.connect(self.entered)

    def value(self, today: date) -> Signature:
        """The signature; no day where none can be read."""
        name, as_what, signed_on, guardian = self.typed()
        read = read_day(signed_on, today)
        return Signature(
            name=name.strip(),
            as_what=Authoriser(as_what),
            signed_on=read if isinstance(read, date) else None,
            guardian=guardian.strip(),
        )

    def typed(self) -> tuple[str, str, str, str]:
        """As it stands."""
        as_what = tuple(AUTHORISER_WORDS)[max(0, self.as_what.currentIndex())]
        return (self.name.text(), as_what.value, self.signed_on.text(), self.guardian.text())

    def retype(self, parts: Sequence[str]) -> None:
        """Put back what stood there; members of the household are not renamed or removed here."""
        name, as_what, signed_on, guardian = parts
        kind = next((each for each in Authoriser if each.value == as_what), Authoriser.SUPPORTER)
        self.is_added = kind is not Authoriser.MEMBER
        self.name.setText(name)
        self.as_what.setCurrentIndex(tuple(AUTHORISER_WORDS).index(kind))
        self.signed_on.setText(signed_on)
        self.guardian.setText(guardian)
        self.name.setReadOnly(not self.is_added)
        self.as_what.setEnabled(self.is_added)
        self.gone.setEnabled(self.is_added)

    def discard(self) -> None:
        """Take the row away."""
        for part in self.parts:
            part.hide()
            part.deleteLater()


def _words(signature: Signature) -> tuple[str, str, str, str]:
    day = "" if signature.signed_on is None else signature.signed_on.isoformat()
    return (signature.name, signature.as_what.value, day, signature.guardian)
