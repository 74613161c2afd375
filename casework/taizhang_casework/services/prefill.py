"""What the office knows before the clerk types it: nobody types the same thing twice, and no day is ever proposed."""

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.steps import DemocraticReview, Entry, HomeVisit, PublicNotice, Record
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

RECENT = 100
"""So many of the newest cases are looked through."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What was written last. ``visitors`` by this user (else by anybody), ``review`` and ``place`` in the same village.

    ``contact`` is the newest letter's; whatever is not known is None or empty.
    """

    visitors: tuple[str, ...] = ()
    review: DemocraticReview | None = None
    place: str = ""
    contact: str = ""


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
    return Known(
        visitors=_visitors(visits, work.user.name),
        review=next((record for record in here if isinstance(record, DemocraticReview)), None),
        place=next((record.place for record in here if isinstance(record, PublicNotice)), ""),
        contact="" if letter is None else letter.notice.contact,
    )


def _visitors(visits: list[Entry], user: str) -> tuple[str, ...]:
    own = [entry for entry in visits if entry.recorded_by == user]
    newest = next(iter(own or visits), None)
    return newest.record.visitors if newest is not None and isinstance(newest.record, HomeVisit) else ()
