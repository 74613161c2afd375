"""Copying the national system's fields one by one: which is next, and what may be seen of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.national_record import CopyField


class NationalCopy(QObject):
    """``changed``: another field is next. The first that is recorded comes first; fields that are not recorded are passed over."""

    changed = Signal()

    def __init__(
        self, fields: tuple[CopyField, ...], put: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        """``put`` takes a value into the clipboard."""
        super().__init__(parent)
        self.fields = fields
        self._put = put
        self.at = self._from(0)
        self.copied: int | None = None

    @property
    def next_field(self) -> CopyField | None:
        """The field that is copied next; None after the last one."""
        return None if self.at is None else self.fields[self.at]

    def go_to(self, at: int) -> None:
        """Copy this one next."""
        self.at = at if 0 <= at < len(self.fields) and self.fields[at].value else self.at
        self.changed.emit()

    def copy(self) -> None:
        """Take the next field's value, and make the one after it the next."""
        if self.at is None:
            return
        self._put(self.fields[self.at].value)
        self.copied = self.at
        self.at = self._from(self.at + 1)
        self.changed.emit()

    def again(self) -> None:
        """Begin from the first field."""
        self.at, self.copied = self._from(0), None
        self.changed.emit()

    def _from(self, start: int) -> int | None:
        return next((at for at in range(start, len(self.fields)) if self.fields[at].value), None)
