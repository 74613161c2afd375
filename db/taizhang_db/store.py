"""The office's store: looks and changes, each one transaction on the vault."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.clock import Clock

from taizhang_db import journal
from taizhang_db.desk import SqlDesk, SqlWritableDesk
from taizhang_db.engine import for_writing, refuse_damage
from taizhang_db.journal import BrokenRow, JournalHead
from taizhang_db.key_cabinet import KeyCabinet
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.sidecar import Sidecar, put_back_unless_done, read_copy, read_sidecar, write_sidecar
from taizhang_db.looking import look, transaction
from taizhang_db.pen import RecordingPen
from taizhang_db.repositories.case_columns import Packs
from taizhang_db.trouble import KeyFileNotPutBack, VaultTrouble
from taizhang_db.vault import NOBODY, Vault


class SqlStore:
    """Implements ``Store`` on an open vault; the clock dates the journal, ``packs`` are all that a case may be under.

    Trouble of disk and file comes out as OfficeTrouble (DiskFull, DiskTrouble, CaseFileDamaged, VaultBusy, VaultNotWritable).
    """

    def __init__(self, vault: Vault, clock: Clock, packs: Packs) -> None:
        self._vault = vault
        self._clock = clock
        self._packs = packs

    @contextmanager
    def reading(self) -> Iterator[SqlDesk]:
        """A consistent look at the desk; saving through it raises DeskIsForReadingError."""
        with look(self._vault) as connection:
            yield SqlDesk(connection, self._packs)

    @contextmanager
    def change(self, operation: Operation, by: User, *, undoes: bool = False) -> Iterator[SqlWritableDesk]:
        """One transaction: committed when the block ends, wholly undone, journal and all, when it raises.

        A change of the keys is written to the key file just before the commit. Between the two the key file is one ahead of the
        case file, which opening takes as it is; a commit that fails puts the key file back.
        """
        pen, inside = RecordingPen(operation, undoes=undoes), self._vault.inside
        self._vault.make_room()
        with transaction(self._vault, for_writing(inside.engine)) as connection:
            cabinet = KeyCabinet(connection, pen, inside, self._vault.cost)
            yield SqlWritableDesk(connection, self._packs, pen, cabinet)
            keys = cabinet.outcome()
            written = operation.written(undoes=undoes)
            head = journal.append(connection, pen.written, operation=written, by=by, at=self._clock.now())
            refuse_damage(connection)
            if keys is None:
                connection.commit()
            else:
                self._commit_with(connection, keys)
        self._vault.note(head)

    def _commit_with(self, connection: Connection, keys: Sidecar) -> None:
        """Where the commit is refused, the key file is as it was; where that cannot be had, the vault is locked: KeyFileNotPutBack."""
        folder, inside = self._vault.folder, self._vault.inside
        try:
            with put_back_unless_done(folder, inside.keys):
                write_sidecar(folder, keys)
                connection.commit()
        except BaseException as error:
            if _differs(folder, inside.keys):
                self._vault.lock_up()
                raise KeyFileNotPutBack from error
            raise
        self._vault.take(replace(inside, keys=keys))

    def journal_head(self) -> JournalHead:
        """The newest row of the journal: the count of changes ever made, and the hash that stands for all of them."""
        with look(self._vault) as connection:
            return journal.journal_head(connection)

    def remember_on_this_pc(self, keyring: SystemKeyring, by: User) -> None:
        """Let this PC's keyring open the vault for whoever has it open now; KeyringTrouble where it cannot."""
        with self.change(Operation.REMEMBER_ON_THIS_PC, by) as desk:
            desk.keys.give_to_keyring(self._vault.holder or NOBODY, keyring)

    def verify_journal(self) -> BrokenRow | None:
        """The first row of the journal that does not fit, None where all do."""
        with look(self._vault) as connection:
            return journal.verify_journal(connection)


def _differs(folder: Path, keys: Sidecar) -> bool:
    """Whether the key file or its copy, which counts where it is newer, has other ways in; what cannot be read has none."""
    for read in (read_sidecar, read_copy):
        with suppress(VaultTrouble, OSError):
            if read(folder).slots != keys.slots:
                return True
    return False
