"""设置新口令: after the recovery code has opened the desk, and for one's own passphrase on the page of the users."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.passphrase import check_again, check_passphrase

from taizhang_desktop.tasks import Crashed, Failure, Refused, Runner


class NewPassphrase(QObject):
    """View-model of the page after the recovery code. ``worked``: bool; ``found_fault``: tuple of Finding; ``failed``: Failure."""

    worked = Signal(bool)
    found_fault = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        user: str,
        office: str,
        save: Callable[[str], None],
        saved: Callable[[], None],
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        """``save`` runs in the worker; ``saved`` goes on to the desk."""
        super().__init__(parent)
        self.user = user
        self._office = office
        self._save = save
        self._saved = saved
        self._runner = runner
        self._busy = False

    def check(self, passphrase: str, again: str) -> tuple[Finding, ...]:
        """Everything at once about the new passphrase."""
        return (*check_passphrase(passphrase, (self.user, self._office)), *check_again(passphrase, again))

    def save(self, passphrase: str, again: str) -> None:
        """Set it, or say what is wrong."""
        found = self.check(passphrase, again)
        self.found_fault.emit(found)
        if not found and not self._busy:
            self._work(busy=True)
            self._runner.run(lambda: self._save(passphrase), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._work(busy=False)
        self._runner.close()
        self._saved()

    def _failed(self, failure: Failure) -> bool:
        self._work(busy=False)
        if isinstance(failure, Refused):
            self.found_fault.emit(failure.findings)
        else:
            self.failed.emit(failure)
        return not isinstance(failure, Crashed)

    def _work(self, *, busy: bool) -> None:
        self._busy = busy
        self.worked.emit(busy)
