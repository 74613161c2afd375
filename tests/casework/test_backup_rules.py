"""When a backup is due, which may go, and when the office is reminded: dates as values."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.backups import (
    BackupFace,
    BackupId,
    BackupPlace,
    BackupRecord,
    Counts,
    MadeBackup,
    backup_duty,
    backup_file_name,
    compared,
    is_due,
    newest,
    to_discard,
)
from taizhang_casework.domain.duties import DutyKind

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()


def record(
    at: datetime,
    place: BackupPlace = BackupPlace.SCHEDULE,
    *,
    gone: bool = False,
    name: str = "",
    lacking: int = 0,
) -> BackupRecord:
    made = MadeBackup(made_at=at, proved_at=at, file=f"{at}", size=1, head_seq=1, head_hash="00", lacking=lacking)
    return BackupRecord(id=BackupId(name or f"{place.value} {at}"), place=place, made=made, gone=gone)


def days_back(*days: float) -> list[BackupRecord]:
    """A record for each of these days before noon, in the order given."""
    return [record(NOON - timedelta(days=each)) for each in days]


def kept(records: list[BackupRecord], now: datetime = NOON) -> list[int]:
    """Days before noon of those that stay."""
    gone = {each.id for each in to_discard(records, now)}
    return [(TODAY - each.made.made_at.date()).days for each in records if each.id not in gone]


def test_of_a_year_of_days_the_last_seven_days_four_weeks_and_twelve_months_stay() -> None:
    assert kept(days_back(*range(400, -1, -1))) == [
        *((TODAY - date(2025, month, 31 if month == 12 else 0)).days for month in (12,)),
        *((TODAY - day).days for day in (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))),
        *((TODAY - day).days for day in (date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31))),
        *((TODAY - day).days for day in (date(2026, 9, 30), date(2026, 10, 31))),
        *((TODAY - day).days for day in (date(2026, 11, 8), date(2026, 11, 15))),
        *range(6, -1, -1),
    ]


def test_of_several_backups_of_one_day_the_newest_counts() -> None:
    assert to_discard(days_back(0.3, 0.2, 0.1), NOON) == tuple(days_back(0.3, 0.2))


def test_days_without_a_backup_do_not_count_so_a_pc_that_stood_still_loses_nothing() -> None:
    assert kept(days_back(300, 290, 280, 270, 260, 250, 0)) == [300, 290, 280, 270, 260, 250, 0]


@pytest.mark.parametrize("back", [1, 30, 4000], ids=["a day", "a month", "to the year of the PC's making"])
def test_a_clock_set_back_lets_nothing_go(back: int) -> None:
    records = days_back(*range(60, -1, -1))
    set_back = NOON - timedelta(days=back)
    assert to_discard([*records, record(set_back)], set_back) == ()


def test_the_one_made_last_stays_though_the_clock_that_dated_it_was_wrong() -> None:
    wrong = record(NOON - timedelta(days=4000))
    assert wrong not in to_discard([*days_back(*range(60, -1, -1)), wrong], NOON)


def test_the_newest_whole_backup_stays_however_many_later_ones_lack_attachments() -> None:
    whole = record(NOON - timedelta(days=100, hours=1))
    later = [record(NOON - timedelta(days=day), lacking=2) for day in range(100, -1, -1)]
    assert whole not in to_discard([whole, *later], NOON)
    assert whole in to_discard([whole, record(NOON - timedelta(days=100)), *later], NOON)


def test_a_backup_that_lacks_attachments_does_not_put_the_reminder_off() -> None:
    whole = record(NOON - timedelta(days=8))
    duty = backup_duty([whole, record(NOON, lacking=2)], TODAY, TODAY)
    assert duty is not None
    assert "缺2个附件" in duty.because
    assert duty.what == "找回缺的附件或重新添加原件，再备份一次"
    assert backup_duty([whole, record(NOON, lacking=2), record(NOON)], TODAY, TODAY) is None
    never = backup_duty([record(NOON, lacking=2)], TODAY - timedelta(days=9), TODAY)
    assert never is not None
    assert never.because.startswith("启用9天以来还没有完整的备份")


def test_what_lies_on_sticks_is_nobodys_to_take_away_and_does_not_count() -> None:
    sticks = [record(NOON - timedelta(days=day), BackupPlace.STICK) for day in range(60, -1, -1)]
    assert to_discard([*sticks, *days_back(500)], NOON) == ()


@given(
    st.lists(st.integers(0, 3000), max_size=60).map(lambda hours: [NOON - timedelta(hours=each) for each in hours]),
    st.integers(-100, 100),
)
def test_whatever_the_clock_did_the_one_made_last_stays_and_never_more_than_23_stay(
    times: list[datetime], shift: int
) -> None:
    now = NOON + timedelta(days=shift)
    records = [record(at, name=str(number)) for number, at in enumerate(times)]
    gone = to_discard(records, now)
    assert not records or records[-1] not in gone
    assert any(at > now for at in times) or len(records) - len(gone) <= 7 + 4 + 12 + 1


def due(times: Iterable[datetime]) -> bool:
    return is_due([record(at) for at in times], TODAY)


def test_a_day_is_due_until_it_has_its_backup() -> None:
    assert due([])
    assert due([NOON - timedelta(days=1)])
    assert not due([NOON])
    assert is_due([record(NOON, BackupPlace.STICK)], TODAY), "a stick is not where the schedule keeps its own"
    assert is_due([record(NOON, gone=True)], TODAY), "the file was taken away"


def test_the_reminder_comes_when_the_newest_backup_is_older_than_seven_days() -> None:
    assert backup_duty(days_back(30, 7), TODAY, TODAY) is None
    reminder = backup_duty(days_back(30, 8), TODAY, TODAY)
    assert reminder is not None
    assert (reminder.kind, reminder.due) == (DutyKind.BACKUP, TODAY - timedelta(days=1))
    assert "8天前" in reminder.because


def test_a_backup_on_a_stick_is_a_backup() -> None:
    assert backup_duty([*days_back(30), record(NOON, BackupPlace.STICK)], TODAY, TODAY) is None


def test_an_office_that_never_backed_up_is_reminded_after_its_first_week() -> None:
    assert backup_duty([], TODAY - timedelta(days=7), TODAY) is None
    reminder = backup_duty([], TODAY - timedelta(days=8), TODAY)
    assert reminder is not None
    assert "还没有备份过" in reminder.because


def test_a_file_that_is_gone_is_no_backup() -> None:
    assert newest([record(NOON, gone=True)]) is None
    assert newest([*days_back(3), record(NOON, gone=True)]) == days_back(3)[0]


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("环秀街道", "台账备份_环秀街道_2026-11-24_1200.tzbak"),
        ('A/B\\C:"x"?', "台账备份_ABCx_2026-11-24_1200.tzbak"),
        ("...", "台账备份_台账_2026-11-24_1200.tzbak"),
    ],
)
def test_the_file_says_whose_and_when_in_a_name_that_every_stick_takes(office: str, name: str) -> None:
    assert backup_file_name(office, NOON) == name


def face(changes: int, cases: int) -> BackupFace:
    counts = Counts(cases=cases, households=0, letters=0, filings=0, attachments=0)
    return BackupFace(office="", vault="", made_at=NOON, head_seq=changes, head_hash="", counts=counts)


def test_what_would_be_missing_is_what_the_present_has_more() -> None:
    loss = compared(face(10, 3), face(17, 5), same_history=True)
    assert (loss.changes, loss.cases, loss.same_history) == (7, 2, True)
    other = compared(face(10, 3), face(17, 5), same_history=False)
    assert (other.changes, other.cases, other.same_history) == (17, 5, False)
