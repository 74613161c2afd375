"""The fixed dates of a month, as the pack has them for the kind of office, and which of them the office has met as far as is known."""

from datetime import date

import msgspec

from taizhang_casework.domain.clause import in_brackets
from taizhang_casework.domain.clocks import day_off, fixed_date_due
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeKind
from taizhang_casework.domain.pack import FixedDate
from taizhang_casework.domain.pack_keys import LEDGER_DATE, WARNINGS_DATE
from taizhang_casework.domain.packages import Direction, PackageKind
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

_OWN = {OfficeKind.TOWN: "镇", OfficeKind.BUREAU: "区"}


class MonthDate(msgspec.Struct, frozen=True, kw_only=True):
    """One date of the month. ``done`` is None where the program cannot know; ``own`` false where others owe it.

    ``explains`` is one Chinese sentence: who owes what by that day, on which clause, and on which day to be warned.
    """

    key: str
    day: date
    who: str
    duty: str
    done: bool | None
    own: bool
    explains: str


def month_dates(work: Work, desk: Desk, month: Month) -> tuple[MonthDate, ...]:
    """The dates of the month, the earliest first."""
    kind = desk.partners.own().card.office.kind
    found = []
    for rule in work.pack.fixed_dates:
        day = fixed_date_due(rule, month.year, month.month)
        own = _OWN[kind] in rule.who
        if day is not None and (own or (kind is OfficeKind.TOWN and rule.key == WARNINGS_DATE)):
            found.append(
                MonthDate(
                    key=rule.key,
                    day=day,
                    who=rule.who,
                    duty=rule.duty,
                    done=_done(desk, rule, month, kind),
                    own=own,
                    explains=_explained(work, rule, day),
                )
            )
    return tuple(sorted(found, key=lambda each: (each.day, each.key)))


def _done(desk: Desk, rule: FixedDate, month: Month, kind: OfficeKind) -> bool | None:
    """Whether a package says so; of what leaves no trace here nothing is claimed."""
    if kind is not OfficeKind.TOWN:
        return None
    if rule.key == LEDGER_DATE:
        return any(record.manifest.month == month for record in desk.packages.sent(PackageKind.FILING))
    if rule.key == WARNINGS_DATE:
        return any(
            record.direction is Direction.RECEIVED
            and record.manifest.kind is PackageKind.WARNINGS
            and Month.of(record.at.date()) == month
            for record in desk.packages.all()
        )
    return None


def _explained(work: Work, rule: FixedDate, day: date) -> str:
    today = work.clock.today()
    says = f"{rule.who}须在{day_words(day, today)}前{rule.duty}{in_brackets(rule.clause)}"
    if rule.day != day.day:
        says += f"；本月没有{rule.day}日，为当月最后一天"
    return "；".join(filter(None, (says, day_off(day, work.calendar, today))))
