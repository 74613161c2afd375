"""Backups of the office's data: taken down once proved, kept by the schedule's rule, and asked for when they grow old."""

from collections.abc import Sequence

import msgspec

from taizhang_casework.domain.backups import (
    BackupFace,
    BackupId,
    BackupPlace,
    BackupRecord,
    Loss,
    MadeBackup,
    backup_duty,
    is_due,
    newest,
    standing,
    to_discard,
)
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.duties import Duty
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.backup_ports import BackupFiles
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


class BackupState(msgspec.Struct, frozen=True, kw_only=True):
    """The register, and what follows from it today."""

    records: tuple[BackupRecord, ...]
    newest: BackupRecord | None
    on_stick: BackupRecord | None
    due: bool
    reminder: Duty | None


def state(work: Work) -> BackupState:
    """How the office stands with its backups today."""
    with work.store.reading() as desk:
        records = tuple(desk.backups.all())
        reminder = reminder_of(work, desk)
    return BackupState(
        records=standing(records),
        newest=newest(records),
        on_stick=newest(records, BackupPlace.STICK),
        due=is_due(records, work.clock.today()),
        reminder=reminder,
    )


def reminder_of(work: Work, desk: Desk) -> Duty | None:
    """The duty to back up, where the newest proved backup is older than 7 days."""
    since = desk.backups.first_day()
    return None if since is None else backup_duty(desk.backups.all(), since, work.clock.today())


def take_down(work: Work, made: MadeBackup, place: BackupPlace) -> Changes:
    """Take a proved backup into the register."""
    with work.store.change(Operation.TAKE_DOWN_BACKUP, work.user) as desk:
        desk.backups.save(BackupRecord(id=BackupId(work.clock.new_id()), place=place, made=made))
    return desk.changes


def tidy(work: Work, files: BackupFiles) -> Changes:
    """Take away the backups that the schedule keeps no longer, and note those whose files somebody else took away."""
    with work.store.reading() as desk:
        records = standing(desk.backups.all())
    ours = [record for record in records if record.place is BackupPlace.SCHEDULE]
    there = [record for record in ours if files.is_there(record.made.file)]
    for record in to_discard(there, work.clock.now()):
        files.take_away(record.made.file)
    gone = [record for record in ours if not files.is_there(record.made.file)]
    if not gone:
        return Changes(operation=Operation.TIDY_BACKUPS)
    with work.store.change(Operation.TIDY_BACKUPS, work.user) as writing:
        for record in gone:
            writing.backups.save(msgspec.structs.replace(record, gone=True))
    return writing.changes


def take_over(
    work: Work, face: BackupFace, loss: Loss | None, register: Sequence[BackupRecord], *, replaces: bool
) -> Changes:
    """Take down in restored data where they come from and what they lack, and go on with the present ``register`` of backups.

    ``replaces`` says whether they come in the place of other data: NotAccepted then for a user who may not.
    """
    if replaces:
        require(work.user, Right.RESTORE)
    with work.store.change(Operation.RESTORE_BACKUP, work.user) as desk:
        desk.take_down_restore(face, loss)
        for record in register:
            desk.backups.save(record)
    return desk.changes
