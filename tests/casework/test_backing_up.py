"""The register of backups at a real desk: taken down, tidied by the schedule's rule, asked for when they grow old."""

from datetime import date, datetime, timedelta

import pytest
from taizhang_casework.domain.backups import BackupFace, BackupPlace, Counts, Loss, MadeBackup
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.duties import DutyKind
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.backing_up import state, take_down, take_over, tidy
from taizhang_casework.services.work import Work


class Shelf:
    """Files by name; one that is pinned cannot be taken away."""

    def __init__(self, *names: str) -> None:
        self.names = set(names)
        self.pinned: set[str] = set()

    def is_there(self, file: str) -> bool:
        return file in self.names

    def take_away(self, file: str) -> None:
        if file not in self.pinned:
            self.names.discard(file)


def made(at: datetime) -> MadeBackup:
    return MadeBackup(made_at=at, proved_at=at, file=f"{at:%m-%d %H}", size=10, head_seq=3, head_hash="00")


@pytest.fixture
def now(work: Work) -> datetime:
    return work.clock.now()


def test_a_proved_backup_stands_in_the_register_and_the_day_is_done(work: Work, now: datetime) -> None:
    assert state(work).due
    changes = take_down(work, made(now), BackupPlace.SCHEDULE)
    assert changes.touches(Kind.BACKUP)
    found = state(work)
    assert not found.due
    assert found.newest is not None
    assert found.newest.made == made(now)
    assert found.on_stick is None


def test_a_stick_of_today_does_not_do_for_the_schedule(work: Work, now: datetime) -> None:
    take_down(work, made(now), BackupPlace.STICK)
    found = state(work)
    assert found.due
    assert found.on_stick == found.newest is not None


def test_the_schedule_takes_its_own_files_away_and_notes_what_others_took(work: Work, now: datetime) -> None:
    times = [now - timedelta(days=day) for day in range(20, -1, -1)]
    for at in times:
        take_down(work, made(at), BackupPlace.SCHEDULE)
    take_down(work, made(times[5]), BackupPlace.STICK)
    shelf = Shelf(*(made(at).file for at in times if at != times[-2]))
    tidy(work, shelf)
    found = state(work)
    assert {record.made.file for record in found.records if record.place is BackupPlace.SCHEDULE} == shelf.names
    assert made(times[-1]).file in shelf.names
    assert len(shelf.names) < 20
    assert any(record.place is BackupPlace.STICK for record in found.records)
    assert not tidy(work, shelf).touched


def test_a_file_that_could_not_be_taken_away_stays_in_the_register_until_it_is(work: Work, now: datetime) -> None:
    times = [now - timedelta(days=day) for day in range(20, -1, -1)]
    for at in times:
        take_down(work, made(at), BackupPlace.SCHEDULE)
    shelf = Shelf(*(made(at).file for at in times))
    shelf.pinned = set(shelf.names)
    assert not tidy(work, shelf).touched
    assert {record.made.file for record in state(work).records} == shelf.pinned
    shelf.pinned = set()
    tidy(work, shelf)
    assert {record.made.file for record in state(work).records} == shelf.names != set()
    assert len(shelf.names) < len(times)


def test_the_reminder_is_a_duty_among_the_others(work: Work) -> None:
    def kinds() -> list[DutyKind]:
        with work.store.reading() as desk:
            return [duty.kind for duty in agenda(work, desk)]

    assert DutyKind.BACKUP not in kinds()
    take_down(work, made(work.clock.now() - timedelta(days=9)), BackupPlace.SCHEDULE)
    assert kinds()[0] is DutyKind.BACKUP
    reminder = state(work).reminder
    assert reminder is not None
    assert reminder.due == date(2022, 4, 28)
    take_down(work, made(work.clock.now()), BackupPlace.STICK)
    assert DutyKind.BACKUP not in kinds()


def test_restored_data_say_where_they_come_from_and_keep_the_register(work: Work, now: datetime) -> None:
    take_down(work, made(now), BackupPlace.SCHEDULE)
    register = state(work).records
    counts = Counts(cases=1, households=0, letters=0, filings=0, attachments=0)
    face = BackupFace(office="环秀街道", vault="ab", made_at=now, head_seq=1, head_hash="00", counts=counts)
    changes = take_over(work, face, Loss(changes=2, cases=1, same_history=True), register, replaces=True)
    assert changes.touches(Kind.VAULT)
    assert state(work).records == register
