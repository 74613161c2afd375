"""What the office knows before the clerk types it: nobody types the same thing twice, and no day is ever proposed."""

from datetime import date

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.letter_rules import chinese_date
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.steps import (
    DataComparison,
    DemocraticReview,
    Entry,
    HomeVisit,
    NoticePosted,
    PublicNotice,
    Record,
)
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

RECENT = 100
"""So many of the newest cases are looked through."""


class EarlierComparison(msgspec.Struct, frozen=True, kw_only=True):
    """A 信息比对 of the same household in another line, as 二（三） lets it be cited."""

    compared_on: date
    document: str


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What was written last. ``visitors`` by this user (else by anybody), ``review`` and ``place`` in the same village.

    ``contact`` is the newest letter's. ``visit`` is the household's newest home visit in another line, ``compared`` its newest
    comparison there. Whatever is not known is None or empty.
    """

    visitors: tuple[str, ...] = ()
    review: DemocraticReview | None = None
    place: str = ""
    contact: str = ""
    visit: HomeVisit | None = None
    compared: EarlierComparison | None = None


def known_for(work: Work, desk: Desk, case: Case) -> Known:
    """What can be proposed in the forms of a case, from the newest cases and letters."""
    recent = desk.cases.many([row.id for row in desk.cases.page(CaseQuery(), 0, RECENT)])
    entries = [(each, entry) for each in recent for entry in each.entries]
    entries.sort(key=lambda pair: pair[1].recorded_at, reverse=True)
    visits = [entry for _, entry in entries if isinstance(entry.record, HomeVisit)]
    here: list[Record] = [
        entry.record for each, entry in entries if each.warning.village_code == case.warning.village_code
    ]
    letter = desk.letters.newest()
    earlier = _earlier(work, desk, case)
    return Known(
        visitors=_visitors(visits, work.user.name),
        review=next((record for record in here if isinstance(record, DemocraticReview)), None),
        place=next((record.place for record in here if isinstance(record, PublicNotice | NoticePosted)), ""),
        contact="" if letter is None else letter.notice.contact,
        visit=next((record for record in earlier if isinstance(record, HomeVisit)), None),
        compared=next((_cited(record) for record in earlier if isinstance(record, DataComparison)), None),
    )


def _earlier(work: Work, desk: Desk, case: Case) -> list[Record]:
    """What is in force of the household in lines that were not verified with this one, newest day first."""
    if case.household is None:
        return []
    others = [each for each in desk.cases.of_household(case.household) if each.lead != case.lead]
    records = {record for each in others for record in case_state(each, work.pack_of(each).order).done.values()}
    return sorted(records, key=lambda record: record.day, reverse=True)


def _cited(record: DataComparison) -> EarlierComparison:
    outcome = f"疑点{len(record.doubts)}项，已说明" if record.doubts else "无疑点"
    document = f"{chinese_date(record.compared_on)}信息比对记录（{outcome}）"
    return EarlierComparison(compared_on=record.compared_on, document=document)


def _visitors(visits: list[Entry], user: str) -> tuple[str, ...]:
    own = [entry for entry in visits if entry.recorded_by == user]
    newest = next(iter(own or visits), None)
    return newest.record.visitors if newest is not None and isinstance(newest.record, HomeVisit) else ()
