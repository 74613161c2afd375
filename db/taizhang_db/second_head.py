"""A second head of the journal, in the keyring of this PC: seen where every file of the folder was put back together.

Kept for vaults that this PC's keyring opens, under the account ``<vault>.head``. Everything that asks the keyring is done in
threads of their own, so that nobody ever waits for it; where it does not answer, nothing is compared and nothing is kept.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec.structs import replace

from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.sidecar import KeyringTerms, Sidecar
from taizhang_db.seen import Seen, parsed, record
from taizhang_db.trouble import Doubtful, KeyringForgot, KeyringTrouble, VaultTrouble

EVERY_SECONDS = 300.0
"""Between two writings to the keyring while the vault is in use."""
THREAD = "taizhang-second-head"

DoubtsAbout = Callable[[Seen], Sequence[Doubtful]]
"""What the open case file says to what was seen earlier; VaultTrouble where it cannot be read any more."""

Hold = Callable[[Seen], bool]
"""Has what was seen asked about at the next opening; False where it cannot."""


def account_of(vault: str) -> str:
    """Under which account the keyring keeps the head of a vault."""
    return f"{vault}.head"


class SecondHead:
    """The head that one PC's keyring keeps of one open vault. ``keys`` and ``seal`` are those of the vault as it was opened."""

    def __init__(self, keys: Sidecar, seal: HeadFile, keyring: SystemKeyring) -> None:
        self._account = account_of(keys.vault)
        self._slots = tuple(slot.terms.account for slot in keys.slots if isinstance(slot.terms, KeyringTerms))
        self._seal = seal
        self._keyring = keyring
        self._asking = threading.Lock()
        self._compared = False
        self._newest: Seen | None = None
        self._kept: Seen | None = None
        self._next = 0.0
        self._comparing: threading.Thread | None = None

    def begin(self, newest: Seen, doubts_about: DoubtsAbout, tell: Callable[[Doubtful], None], hold: Hold) -> None:
        """Compare what the keyring kept with the open case file, in a thread; ``tell`` is called there with each doubt.

        What ``hold`` keeps of it stays in the keyring too until somebody has decided; else it was told, and the newest takes its place.
        """
        self._newest = newest
        if self._slots:
            self._comparing = self._start(lambda: self._look(doubts_about, tell, hold))

    def ask(self, doubts_about: DoubtsAbout) -> tuple[Doubtful, ...]:
        """Compare and wait for it; nothing is kept. Empty where the keyring does not open the vault or cannot tell."""
        with self._asking, suppress(VaultTrouble):
            seen = self._fetched() if self._opens_here() else None
            return () if seen is None else tuple(doubts_about(seen))
        return ()

    def wait(self) -> None:
        """Until the keyring has told or was given up; for those who have time. A second call does nothing."""
        if self._comparing is not None:
            self._comparing.join()
            self._comparing = None

    def note(self, head: JournalHead) -> None:
        """Take down a commit; it goes to the keyring when the time for it has come."""
        if self._newest is not None:
            self._newest = replace(self._newest, head=head)
        if self._compared and time.monotonic() >= self._next:
            self.keep()

    def keep(self) -> None:
        """Let the keyring keep the newest head, in a thread: before the vault is locked or closed."""
        self._next = time.monotonic() + EVERY_SECONDS
        if self._compared and self._newest is not None and self._newest.after(self._kept) != self._kept:
            self._start(self._write)

    @staticmethod
    def _start(work: Callable[[], None]) -> threading.Thread:
        """Not a daemon: a program that is closing ends when the keyring has answered or was given up."""
        thread = threading.Thread(target=work, name=THREAD)
        thread.start()
        return thread

    def _look(self, doubts_about: DoubtsAbout, tell: Callable[[Doubtful], None], hold: Hold) -> None:
        with self._asking, suppress(VaultTrouble):
            if not self._opens_here():
                return
            seen = self._kept = self._fetched()
            doubts = () if seen is None else tuple(doubts_about(seen))
            self._compared = seen is None or not doubts or not hold(seen)
            for doubt in doubts:
                tell(doubt)
        self.keep()

    def _opens_here(self) -> bool:
        """Whether one of the vault's keyring slots is of this PC; KeyringTrouble where the keyring cannot be asked."""
        for account in self._slots:
            with suppress(KeyringForgot):
                self._keyring.fetch(account)
                return True
        return False

    def _fetched(self) -> Seen | None:
        try:
            return parsed(self._keyring.fetch(self._account), self._seal)
        except KeyringForgot:
            return None

    def _write(self) -> None:
        with self._asking, suppress(KeyringTrouble):
            newest = None if self._newest is None else self._newest.after(self._kept)
            if newest is not None and newest != self._kept:
                self._keyring.keep(self._account, record(newest, self._seal))
                self._kept = newest
