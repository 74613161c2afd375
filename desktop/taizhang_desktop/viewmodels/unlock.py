"""Opening the desk: who, by passphrase or by the recovery code; and going on where the data may not be the newest."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.users import UserId

from taizhang_desktop.tasks import Crashed, Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.key import Key, KeyKind


class KnownUser(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose passphrase opens the desk."""

    id: UserId
    name: str


class Doubted(msgspec.Struct, frozen=True, kw_only=True):
    """The key is right, but the data may not be the newest: the three sentences without full stops."""

    happened: str
    safe: str
    do: str


@dataclass(frozen=True, kw_only=True)
class UnlockDeeds:
    """What the page needs done; the first two run in the worker and may raise OfficeTrouble or NotAccepted.

    ``open`` opens with a key, ``users`` says whose keys there are, ``opened`` goes on to the desk, ``turned_back`` closes again what
    opened for nobody: the PC was locked while the key was tried.
    """

    open: Callable[[Key], Doubted | None]
    users: Callable[[], tuple[KnownUser, ...]]
    opened: Callable[[Key], None]
    turned_back: Callable[[], None]


class Unlock(QObject):
    """View-model of the page that opens the desk.

    ``worked``: bool (a key is being tried); ``found_fault``: tuple of Finding; ``failed``: Failure; ``turned``: KeyKind; ``knew``: tuple of
    KnownUser; ``lost``: Troubled (no key that anybody types could open the desk); ``doubted``: Doubted, or None when the doubt is put
    aside.
    """

    worked = Signal(bool)
    found_fault = Signal(object)
    failed = Signal(object)
    turned = Signal(object)
    knew = Signal(object)
    lost = Signal(object)
    doubted = Signal(object)

    def __init__(
        self, office: str, deeds: UnlockDeeds, runner: Runner, *, last: str = "", parent: QObject | None = None
    ) -> None:
        """``last`` is the id of the user who opened this desk last on this PC."""
        super().__init__(parent)
        self.office = office
        self.kind = KeyKind.PASSPHRASE
        self.remember = False
        self.users: tuple[KnownUser, ...] = ()
        self.user: UserId | None = None
        self._last = last
        self._deeds = deeds
        self._runner = runner
        self._busy = False
        self._left = False
        self._doubtful: Key | None = None

    def look(self) -> None:
        """Find out whose keys there are."""
        self._runner.run(self._deeds.users, self._know, self._not_known)

    def choose(self, user: UserId | None) -> None:
        """Who sits there; None: not chosen yet."""
        self.user = user

    def turn(self, kind: KeyKind) -> None:
        """Use the other kind of key."""
        self.kind = kind
        self.turned.emit(kind)

    def keep(self, remember: bool) -> None:  # noqa: FBT001 - a slot
        """Whether this PC is to remember the key that opens next."""
        self.remember = remember

    def check(self, text: str) -> tuple[Finding, ...]:
        """Everything at once that is missing."""
        word = "口令" if self.kind is KeyKind.PASSPHRASE else "恢复码"
        nobody = Finding(field="user", code="blank", says="请选择用户")
        nothing = Finding(field="key", code="blank", says=f"请输入{word}")
        return (
            *((nobody,) if len(self.users) > 1 and self.user is None else ()),
            *((nothing,) if not text.strip() else ()),
        )

    def unlock(self, text: str) -> None:
        """Try the key; while one is tried, another is not."""
        if self._busy:
            return
        found = self.check(text)
        self.found_fault.emit(found)
        if not found:
            remember = self.remember and self.kind is KeyKind.PASSPHRASE
            self._try(Key(self.kind, text, remember, self.user))

    def go_on(self) -> None:
        """Go on with data that may not be the newest: those with the right may, and the journal keeps it."""
        if self._doubtful is not None and not self._busy:
            self._try(msgspec.structs.replace(self._doubtful, although_doubtful=True))

    def leave(self) -> None:
        """Nobody sits there any more: a key that is being tried opens for nobody."""
        self._left = self._busy
        self.put_aside()

    def put_aside(self) -> None:
        """Do not go on: back to the key."""
        self._doubtful = None
        self.found_fault.emit(())
        self.doubted.emit(None)

    def _try(self, key: Key) -> None:
        self._work(busy=True)
        self._runner.run(lambda: self._deeds.open(key), lambda doubt: self._done(key, doubt), self._failed)

    def _know(self, users: tuple[KnownUser, ...]) -> None:
        self.users = users
        if len(users) == 1:
            self.user = users[0].id
        elif self.user is None:
            self.user = next((user.id for user in users if user.id == self._last), None)
        self.knew.emit(users)

    def _not_known(self, failure: Failure) -> bool:
        if isinstance(failure, Troubled):
            self.lost.emit(failure)
        return isinstance(failure, Troubled)

    def _done(self, key: Key, doubt: Doubted | None) -> None:
        self._work(busy=False)
        if self._left:
            self._left = False
            self._deeds.turned_back()
            return
        if doubt is not None:
            self._doubtful = key
            self.doubted.emit(doubt)
            return
        self._doubtful = None
        self._runner.close()
        self._deeds.opened(key)

    def _failed(self, failure: Failure) -> bool:
        self._work(busy=False)
        self._left = False
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
