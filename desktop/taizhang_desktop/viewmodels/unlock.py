"""Opening the desk: by passphrase, or by the recovery code."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.tasks import Crashed, Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.key import Key, KeyKind


class Unlock(QObject):
    """View-model of the page that opens the desk.

    ``worked``: bool (a key is being tried); ``found_fault``: tuple of Finding; ``failed``: Failure; ``turned``: KeyKind.
    """

    worked = Signal(bool)
    found_fault = Signal(object)
    failed = Signal(object)
    turned = Signal(object)

    def __init__(
        self,
        office: str,
        open_desk: Callable[[Key], None],
        opened: Callable[[], None],
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        """``open_desk`` runs in the worker and raises OfficeTrouble where the key does not fit; ``opened`` goes on to the desk."""
        super().__init__(parent)
        self.office = office
        self.kind = KeyKind.PASSPHRASE
        self.remember = False
        self._open = open_desk
        self._opened = opened
        self._runner = runner
        self._busy = False

    def turn(self, kind: KeyKind) -> None:
        """Use the other kind of key."""
        self.kind = kind
        self.turned.emit(kind)

    def keep(self, remember: bool) -> None:  # noqa: FBT001 - a slot
        """Whether this PC is to remember the key that opens next."""
        self.remember = remember

    def unlock(self, text: str) -> None:
        """Try the key; while one is tried, another is not."""
        if self._busy:
            return
        if not text.strip():
            word = "口令" if self.kind is KeyKind.PASSPHRASE else "恢复码"
            self.found_fault.emit((Finding(field="key", code="blank", says=f"请输入{word}"),))
            return
        key = Key(self.kind, text, self.remember)
        self._work(busy=True)
        self.found_fault.emit(())
        self._runner.run(lambda: self._open(key), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._work(busy=False)
        self._runner.close()
        self._opened()

    def _failed(self, failure: Failure) -> bool:
        self._work(busy=False)
        match failure:
            case Refused(findings):
                self.found_fault.emit(findings)
            case Troubled(happened, safe, do):
                says = f"{happened}。{safe}。{do}。"
                self.found_fault.emit((Finding(field="key", code="not_opened", says=says),))
            case _:
                self.failed.emit(failure)
        return not isinstance(failure, Crashed)

    def _work(self, *, busy: bool) -> None:
        self._busy = busy
        self.worked.emit(busy)
