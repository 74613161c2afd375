"""Fields that are typed: a line, a paragraph, a day, a number, names. Lengths are code points, never UTF-16 units."""

import unicodedata
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QPlainTextEdit
from taizhang_casework.domain.day_text import Unreadable, read_day
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.typed_text import unsound

from taizhang_desktop.kit.field import Field
from taizhang_desktop.kit.names_text import read_names, show_names
from taizhang_desktop.kit.parts import IconButton
from taizhang_desktop.look.icons import Icon

WEEKDAYS = "一二三四五六日"
_DIGITS = 9


def too_long(name: str, text: str, most: int) -> tuple[Finding, ...]:
    """The fault of a text longer than ``most`` code points. It is said and not cut: nothing typed or pasted is lost."""
    over = len(text) - most
    if over <= 0:
        return ()
    return (Finding(field=name, code="too_long", says=f"最多{most}个字，多了{over}个字"),)


def text_faults(name: str, text: str, most: int, *, lines: bool = False) -> tuple[Finding, ...]:
    """Everything for which a text is not taken over: too long, half or unseen characters, and where ``lines`` are not, several of them."""
    return (*too_long(name, text, most), *unsound(name, text, lines=lines))


class TextField(Field):
    """One line of text."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        most: int = 100,
        hint: str = "",
        placeholder: str = "",
        required: bool = False,
        secret: bool = False,
    ) -> None:
        """``most`` is in code points; ``secret`` shows dots."""
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.most = most
        super().__init__(name, title, self.line, hint=hint, required=required)
        self.line.textEdited.connect(self._touched)

    def value(self) -> str:
        """The text without blanks at its ends (where it is secret, without the line end that a paste brings and nobody can type)."""
        text = self.line.text()
        return text.strip("\r\n") if self.line.echoMode() is QLineEdit.EchoMode.Password else text.strip()

    def set_value(self, text: str) -> None:
        """Show the text."""
        self.line.setText(text)
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """Too long, or not fit to be kept."""
        return text_faults(self.name, self.value(), self.most)


class ParagraphField(Field):
    """Several lines of text. Enter makes a new line, Tab leaves."""

    def __init__(
        self, name: str, title: str, *, most: int = 500, lines: int = 3, hint: str = "", required: bool = False
    ) -> None:
        """``most`` is in code points, ``lines`` the height."""
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.most = most
        self._lines = lines
        super().__init__(name, title, self.text, hint=hint, required=required)
        self._fit()
        self._quiet = False
        self.text.textChanged.connect(self._changed)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.text.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show the text."""
        self._quiet = True
        self.text.setPlainText(text)
        self._quiet = False
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """Too long, or not fit to be kept."""
        return text_faults(self.name, self.value(), self.most, lines=True)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The height follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _changed(self) -> None:
        if not self._quiet:
            self._touched()

    def _fit(self) -> None:
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 18)


class DateField(Field):
    """A day as yyyy-MM-dd; blank stays blank. 0703, 7.3, 20220703 are read too and shown in full, year included, when the field is left."""

    def __init__(
        self,
        name: str,
        title: str,
        today: Callable[[], date],
        *,
        hint: str = "",
        required: bool = False,
        ahead: bool = False,
    ) -> None:
        """``today`` gives the office's day: a day without a year is the nearest one up to it, or from it on where it lies ``ahead``."""
        self._ahead = ahead
        self.line = QLineEdit()
        self.line.setPlaceholderText("年-月-日")
        self.pick = IconButton(Icon.CALENDAR, "打开日历")
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._today = today
        self._calendar: QCalendarWidget | None = None
        super().__init__(name, title, self.line, hint=hint, required=required)
        inner = QHBoxLayout(self.line)
        inner.setContentsMargins(0, 0, 3, 0)
        inner.addStretch(1)
        inner.addWidget(self.pick)
        self.line.setTextMargins(0, 0, 30, 0)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self.pick.clicked.connect(self._open_calendar)

    def value(self) -> date | None:
        """The day; None when blank (or unreadable: see :meth:`faults`)."""
        read = read_day(self.line.text(), self._today(), ahead=self._ahead)
        return None if isinstance(read, Unreadable) else read

    def set_value(self, day: date | None) -> None:
        """Show the day; None blanks it."""
        self.line.setText("" if day is None else day.isoformat())
        self.show_findings(())
        self._weekday()

    def faults(self) -> tuple[Finding, ...]:
        """No day."""
        read = read_day(self.line.text(), self._today(), ahead=self._ahead)
        return (Finding(field=self.name, code="no_day", says=read.says),) if isinstance(read, Unreadable) else ()

    def _typed(self) -> None:
        self.show_findings(())
        self.edited.emit()

    def _left(self) -> None:
        day = self.value()
        if day is not None:
            self.line.setText(day.isoformat())
        if self.faults():
            self.show_findings(self.faults())
        self._weekday()

    def _weekday(self) -> None:
        day = self.value()
        self.line.setToolTip("" if day is None else f"星期{WEEKDAYS[day.weekday()]}")

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self.value() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(self._picked)
        calendar.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        self._calendar = calendar
        calendar.destroyed.connect(self._calendar_gone)
        calendar.show()
        calendar.setFocus()

    def _picked(self, picked: QDate) -> None:
        if self._calendar is None:
            return
        self._calendar.close()
        self.set_value(date(picked.year(), picked.month(), picked.day()))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _calendar_gone(self) -> None:
        self._calendar = None


class IntegerField(Field):
    """A whole number of 0 or more; blank stays blank. Full-width digits are read."""

    def __init__(self, name: str, title: str, *, unit: str = "", hint: str = "", required: bool = False) -> None:
        """``unit`` stands after the title."""
        self.line = QLineEdit()
        self.line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        super().__init__(name, f"{title}（{unit}）" if unit else title, self.line, hint=hint, required=required)
        self.line.textEdited.connect(self._touched)

    def value(self) -> int | None:
        """The number; None when blank or unreadable."""
        return read_number(self.line.text())

    def set_value(self, number: int | None) -> None:
        """Show the number; None blanks it."""
        self.line.setText("" if number is None else str(number))
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """No whole number."""
        typed = self.line.text()
        if not typed.strip() or read_number(typed) is not None:
            return ()
        return (Finding(field=self.name, code="no_number", says="请填写整数"),)


class NamesField(Field):
    """Several names in one line, e.g. 核查人员; beneath it stands how they were understood."""

    def __init__(
        self, name: str, title: str, *, most: int = 50, hint: str = "用顿号、逗号或空格分开", required: bool = False
    ) -> None:
        """``most`` code points a name."""
        self.line = QLineEdit()
        self.most = most
        self._first_hint = hint
        super().__init__(name, title, self.line, hint=hint, required=required)
        self.line.textEdited.connect(self._understood)
        self.line.editingFinished.connect(self._left)

    def value(self) -> tuple[str, ...]:
        """The names in order, each once."""
        return read_names(self.line.text())

    def set_value(self, names: tuple[str, ...]) -> None:
        """Show the names."""
        self.line.setText(show_names(names))
        self.show_findings(())
        self._count()

    def retype(self, text: str) -> None:
        """Put back what stood there letter for letter."""
        self.line.setText(text)
        self._count()

    def faults(self) -> tuple[Finding, ...]:
        """A name too long, or not fit to be kept; a column of names may be pasted."""
        found = (fault for name in self.value() for fault in text_faults(self.name, name, self.most))
        return tuple(dict.fromkeys(found))

    def _understood(self) -> None:
        self._count()
        self._touched()

    def _left(self) -> None:
        self.line.setText(show_names(self.value()))
        self._count()

    def _count(self) -> None:
        names = self.value()
        self.show_hint(f"共{len(names)}人：{show_names(names)}" if names else self._first_hint)


def read_number(text: str) -> int | None:
    """A whole number of 0 or more as it is typed, full-width digits too; None when blank, no number, or longer than any count is."""
    typed = unicodedata.normalize("NFKC", text).strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS else None
