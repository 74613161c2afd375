"""Restoring, which is not a change of one vault but of the folder that vaults are in: again and again from one backup."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from fault_changes import BACKUPS, Done
from fault_office import FaultClock, faults_in, found, opened, rules, take_one
from taizhang_db import Passphrase, SqlStore
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import end_cut_off, put_in_place, restore_beside

OFFICE = "台账"
BACKUP = "restored-from.tzbak"
NOT_IN_PLACE = "what was restored is not in its place"


def found_with_backup(data: Path) -> None:
    """A data folder with an office, and with a backup of it that is some changes behind."""
    found(data / OFFICE)
    with opened(data / OFFICE) as office:
        work = data / BACKUPS
        work.mkdir()
        make_backup(BackupSource.of(office.vault), work / BACKUP, work=work, clock=FaultClock().now)
        for number in range(3):
            take_one(office.work, f"备份以后，第{number}件")


def restored(data: Path, words: Passphrase) -> Iterator[Done]:
    """Restore the backup for ever; each time that it is in its place."""
    for _ in count():
        taken_out = restore_beside(data / BACKUPS / BACKUP, words, data)
        head = SqlStore(taken_out.vault, FaultClock(), rules().packs).journal_head()
        put_in_place(taken_out, OFFICE, FaultClock().now())
        yield Done(seq=head.seq, hash=head.hash)


def faults_after(data: Path, events: list[Done]) -> tuple[str, ...]:
    """What is wrong after the program is started again: one of the two vaults has to be there whole, the restored one if that was said."""
    end_cut_off(data)
    with opened(data / OFFICE) as office:
        seq = office.store.journal_head().seq
        faults = faults_in(office.vault)
    if events and seq != events[-1].seq:
        faults += (NOT_IN_PLACE,)
    left = sorted(path.name for path in data.iterdir() if path.name not in {OFFICE, BACKUPS, "replaced"})
    return faults + tuple(f"left {name}" for name in left)
