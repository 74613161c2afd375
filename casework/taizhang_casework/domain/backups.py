"""Backups as values: when one is due, which may go, and when the office is reminded (三（一） 保障数据信息安全)."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.duties import Duty, DutyKind

BackupId = NewType("BackupId", str)
"""32 hex digits."""

SUFFIX = ".tzbak"
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 12
REMIND_DAYS = 7
"""Calendar days after which the newest proved backup is too old."""


class BackupPlace(Enum):
    """How a backup came to be made, which says where it lies."""

    SCHEDULE = "schedule"
    STICK = "stick"


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything a case file holds."""

    cases: int
    households: int
    letters: int
    filings: int
    attachments: int


class MadeBackup(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was just made and proved by a trial restore.

    ``file`` is its full path, ``size`` in bytes; ``head_seq`` counts the changes that it holds and ``head_hash`` stands for all
    of them; ``lacking`` is how many attachments were missing or damaged in the vault itself and so are in no backup of that day.
    """

    made_at: datetime
    proved_at: datetime
    file: str
    size: int
    head_seq: int
    head_hash: str
    lacking: int = 0


class BackupRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the register of proved backups. ``gone``: its file was taken away, by the schedule or by hand."""

    id: BackupId
    place: BackupPlace
    made: MadeBackup
    gone: bool = False


class BackupFace(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup file is: whose, of when, how far its journal had come, and how much is in it."""

    office: str
    vault: str
    made_at: datetime
    head_seq: int
    head_hash: str
    counts: Counts
    lacking: int = 0


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """What would be missing if a backup took the place of the present data.

    ``changes`` and ``cases`` are how many more there are now (0 where the backup has as many). ``same_history``: the present data
    went on from what the backup holds; where not, the two are different books and everything present is missing from the backup.
    """

    changes: int
    cases: int
    same_history: bool


def backup_file_name(office: str, at: datetime) -> str:
    """``台账备份_<单位>_<YYYY-MM-DD_HHMM>.tzbak``; what no file system takes in a name is left out of the office's."""
    name = "".join(each for each in office if each not in '\\/:*?"<>|' and each.isprintable()).strip(" .") or "台账"
    return f"台账备份_{name}_{at:%Y-%m-%d_%H%M}{SUFFIX}"


def compared(backup: BackupFace, present: BackupFace, *, same_history: bool, registering: int = 0) -> Loss:
    """What the present data have and the backup has not; ``registering`` of the changes only take down backups, and are no loss."""
    if not same_history:
        return Loss(changes=present.head_seq, cases=present.counts.cases, same_history=False)
    return Loss(
        changes=max(0, present.head_seq - backup.head_seq - registering),
        cases=max(0, present.counts.cases - backup.counts.cases),
        same_history=True,
    )


def standing(records: Sequence[BackupRecord]) -> tuple[BackupRecord, ...]:
    """The backups whose files have not been taken away, in the order of their making."""
    return tuple(record for record in records if not record.gone)


def newest(records: Sequence[BackupRecord], place: BackupPlace | None = None) -> BackupRecord | None:
    """The one made last, whatever the clock said; of one place, or of all."""
    found = [record for record in standing(records) if place in {None, record.place}]
    return found[-1] if found else None


def newest_whole(records: Sequence[BackupRecord]) -> BackupRecord | None:
    """The one made last that lacks no attachment."""
    return newest([record for record in records if not record.made.lacking])


def is_due(records: Sequence[BackupRecord], today: date) -> bool:
    """Whether the day has no backup by the schedule yet."""
    return not any(
        record.place is BackupPlace.SCHEDULE and record.made.made_at.date() == today for record in standing(records)
    )


def to_discard(records: Sequence[BackupRecord], now: datetime) -> tuple[BackupRecord, ...]:
    """The backups by the schedule that are not kept any more, in the order of their making.

    Kept are the newest of each of the last 7 days, 4 weeks and 12 months that have one, and always the one made last and the last
    one that lacks no attachment. Days without a backup do not count, so a PC that stood still loses nothing. Where a backup is of a
    later time than now, the clock was set back, or had run ahead: nothing goes until it has passed that time.
    """
    ours = [record for record in standing(records) if record.place is BackupPlace.SCHEDULE]
    if not ours or any(record.made.made_at > now for record in ours):
        return ()
    by_time = sorted(ours, key=lambda record: record.made.made_at, reverse=True)
    whole = newest_whole(ours)
    kept = {ours[-1].id} if whole is None else {ours[-1].id, whole.id}
    kept |= _newest_of_each(by_time, KEPT_DAYS, lambda day: day)
    kept |= _newest_of_each(by_time, KEPT_WEEKS, lambda day: day.isocalendar()[:2])
    kept |= _newest_of_each(by_time, KEPT_MONTHS, lambda day: (day.year, day.month))
    return tuple(record for record in ours if record.id not in kept)


def _newest_of_each(by_time: Sequence[BackupRecord], most: int, span: Callable[[date], Hashable]) -> set[BackupId]:
    """The newest of each of the last ``most`` spans; the records come newest first."""
    found: dict[Hashable, BackupId] = {}
    for record in by_time:
        found.setdefault(span(record.made.made_at.date()), record.id)
    return set(list(found.values())[:most])


def backup_duty(records: Sequence[BackupRecord], since: date, today: date) -> Duty | None:
    """The reminder when the newest proved backup is older than 7 days, or when 7 days after ``since``, the first day, there is none.

    One that lacks attachments does not count; a later one is said to lack them.
    """
    last, latest = newest_whole(records), newest(records)
    start = since if last is None else last.made.made_at.date()
    if (today - start).days <= REMIND_DAYS:
        return None
    days = (today - start).days
    lacking = "" if latest is None or latest == last else f"，最近一次备份缺{latest.made.lacking}个附件"
    kind = "完整的备份" if lacking else "经过验证的备份"
    why = (
        f"最近一次{kind}是{days}天前" if last is not None else f"启用{days}天以来还没有{kind if lacking else '备份过'}"
    )
    return Duty(
        kind=DutyKind.BACKUP,
        case=None,
        who="数据备份",
        village="",
        what="找回缺的附件或重新添加原件，再备份一次" if lacking else "插上U盘备份一次",
        due=start + timedelta(days=REMIND_DAYS),
        because=f"{why}{lacking}，电脑或硬盘损坏时，之后办理的会全部丢失；备份不应超过{REMIND_DAYS}天",
        clause="三（一）",
    )
