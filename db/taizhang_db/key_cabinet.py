"""Who may open the vault, changed inside a transaction: the key file is written just before the commit."""

import hashlib
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.users import UserAccount, UserId

from taizhang_db.codec import encode
from taizhang_db.keys.argon import Argon2Cost
from taizhang_db.keys.key_file import changed
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.recovery_code import new_code
from taizhang_db.keys.sidecar import Holder, KeyringTerms, PassphraseTerms, RecoveryTerms, Sidecar, Slot
from taizhang_db.keys.slots import open_sidecar, seal_with_keyring, seal_with_passphrase, seal_with_recovery_code
from taizhang_db.keys.unlock import Passphrase, RecoveryCode
from taizhang_db.pen import Pen
from taizhang_db.tables import journal, key_state
from taizhang_db.trouble import WrongPassphrase

if TYPE_CHECKING:
    from taizhang_db.opening import Inside


class _WayIn(msgspec.Struct, frozen=True):
    """A slot as the journal tells it: no salt, no secret. ``mark`` tells one from its successor: 16 hex digits of its public key's hash."""

    kind: str
    user: UserId | None
    name: str
    mark: str


class KeyCabinet:
    """Implements ``Keys`` over the key file as it stood when the transaction began. ``cost`` is for new passphrases."""

    def __init__(self, connection: Connection, pen: Pen, inside: "Inside", cost: Argon2Cost) -> None:
        self._connection = connection
        self._pen = pen
        self._before = inside.keys
        self._master = inside.master
        self._cost = cost
        self._slots = inside.keys.slots
        self.opened_by_code = inside.holder is None
        self._renewed = False

    def give_passphrase(self, account: UserAccount, passphrase: str) -> None:
        """Let the passphrase open the vault for the user, and every earlier one of hers no more; EmptyPassphrase where it is blank."""
        holder = Holder(account.id, account.name)
        slot = seal_with_passphrase(self._master, self._before.vault, holder, Passphrase(passphrase), self._cost)
        self._slots = (*(each for each in self._slots if not _is_passphrase_of(each, account.id)), slot)

    def give_to_keyring(self, holder: Holder, keyring: SystemKeyring) -> None:
        """Let this PC's keyring open the vault for the user; the secrets of other PCs stay. KeyringTrouble where it cannot."""
        self._slots = (*self._slots, seal_with_keyring(self._master, self._before.vault, holder, keyring))

    def take_away(self, user: UserId) -> None:
        """Let nothing of the user's open the vault any more."""
        self._slots = tuple(each for each in self._slots if _holder_of(each) != user)

    def new_recovery_code(self) -> str:
        """A fresh recovery code; the old one opens nothing any more."""
        code = RecoveryCode(new_code())
        slot = seal_with_recovery_code(self._master, self._before.vault, code)
        self._slots = (*(each for each in self._slots if not isinstance(each.terms, RecoveryTerms)), slot)
        return code.text

    def is_passphrase_of(self, user: UserId, passphrase: str) -> bool:
        """Whether the passphrase opens the vault for this user."""
        try:
            open_sidecar(msgspec.structs.replace(self._before, slots=self._slots), Passphrase(passphrase, user))
        except WrongPassphrase:
            return False
        return True

    def renew(self) -> None:
        """Write the key file anew though nobody's way in changes: it becomes later than any that the case file knows of.

        Of an older key file the ways in that are none any more do not come back into force.
        """
        self._renewed = True
        if self._before.generation < generation(self._connection):
            self._slots = tuple(each for each in self._slots if is_in_force(self._connection, self._before.vault, each))

    def outcome(self) -> Sidecar | None:
        """The key file to be written with the commit, taken down in the journal; None where nothing changed.

        One that was renewed with the same ways in is a row too, without a ``before``.
        """
        if self._slots == self._before.slots and not self._renewed:
            return None
        latest = max(generation(self._connection), self._before.generation)
        following = changed(self._before, self._master, self._slots, generation=latest + 1)
        before, after = encode(_ways(self._before.slots)), encode(_ways(self._slots))
        self._pen.note(Kind.KEYS, self._before.vault, before=None if before == after else before, after=after)
        self._connection.execute(update(key_state), {"generation": following.generation})
        return following


def generation(connection: Connection) -> int:
    """The generation of the newest key file that the case file knows of."""
    known: int = connection.exec_driver_sql("SELECT generation FROM key_state").scalar_one()
    return known


def is_in_force(connection: Connection, vault: str, slot: Slot) -> bool:
    """Whether the journal has the slot among the ways in; True where no way in was ever changed."""
    rows = select(journal.c.after).where(journal.c.kind == Kind.KEYS, journal.c.id == vault)
    newest = connection.scalar(rows.order_by(journal.c.seq.desc()).limit(1))
    return newest is None or _mark(slot) in {way.mark for way in msgspec.json.decode(newest, type=list[_WayIn])}


def _mark(slot: Slot) -> str:
    return hashlib.sha256(slot.public).hexdigest()[:16]


def _holder_of(slot: Slot) -> UserId | None:
    return None if isinstance(slot.terms, RecoveryTerms) else slot.terms.holder.id


def _is_passphrase_of(slot: Slot, user: UserId) -> bool:
    return isinstance(slot.terms, PassphraseTerms) and slot.terms.holder.id == user


def _ways(slots: tuple[Slot, ...]) -> list[_WayIn]:
    found = []
    for slot in slots:
        mark = _mark(slot)
        match slot.terms:
            case PassphraseTerms(holder=holder):
                found.append(_WayIn("passphrase", holder.id, holder.name, mark))
            case KeyringTerms(holder=holder):
                found.append(_WayIn("keyring", holder.id, holder.name, mark))
            case RecoveryTerms():
                found.append(_WayIn("recovery", None, "", mark))
    return found
