"""The month's ledger: looked over, then frozen once; printing and packing read only what was frozen (一（三）1)."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.ledger import Filing, FilingId, LedgerLine, Month
from taizhang_casework.domain.ledger_rules import (
    as_of,
    belongs_to,
    check_month,
    later_changes,
    ledger_line,
    letter_as_of,
    same_columns,
)
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.packages import PackageKind
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.steps import Step
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.printable import unprintable_lines
from taizhang_casework.services.work import Work


class MonthPreview(msgspec.Struct, frozen=True, kw_only=True):
    """A month as it would be frozen now, what is unfinished in it, and what was frozen before.

    ``unchanged`` says whether freezing now would file the same lines again.
    ``changed`` is what differs from what was frozen last, a finding a line (``field`` is the case's id); ``filed`` is whether
    that revision went to the bureau: then it is 报备后有改动.
    """

    month: Month
    lines: tuple[LedgerLine, ...]
    findings: tuple[Finding, ...]
    latest: Filing | None
    unchanged: bool
    filed: bool = False
    changed: tuple[Finding, ...] = ()


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """A filing that was just frozen."""

    filing: Filing
    changes: Changes


def preview(work: Work, desk: Desk, month: Month) -> MonthPreview:
    """The month's lines as the cases stood on its last day, or stand today, oldest warning first.

    What was done later belongs to a later ledger; what was corrected later, with a day in this month or before, belongs here.
    """
    on = min(month.last_day, max(work.clock.today(), month.first_day))
    standing = (as_of(case, on, work.pack_of(case).order) for case in desk.cases.of_month(month))
    cases = [case for case in standing if belongs_to(case, month)]
    letters = desk.letters.histories([case.id for case in cases])
    households = desk.households.many([case.household for case in cases if case.household is not None])
    lines = tuple(
        ledger_line(
            case,
            household=None if case.household is None else households[case.household],
            letter=_letter_on(on, case, letters.get(case.id, ()), work.pack_of(case).order),
            pack=work.pack_of(case),
            divisions=work.divisions,
            on=on,
        )
        for case in cases
    )
    latest = desk.filings.latest(month)
    filed = latest is not None and _went_out(desk, latest)
    return MonthPreview(
        month=month,
        lines=lines,
        findings=(
            *unprintable_lines(work, lines, work.pack),
            *check_month({line.case: line for line in lines}),
        ),
        latest=latest,
        unchanged=latest is not None and same_columns(latest.lines, lines),
        filed=filed,
        changed=() if latest is None else later_changes(latest, lines, work.packs[latest.pack], filed=filed),
    )


def _letter_on(day: date, case: Case, letters: Iterable[Letter], order: Sequence[Step]) -> Letter | None:
    """The letter that answers the refusal in force on that day, as it stood then."""
    state = case_state(case, order)
    found = next((letter for letter in letters if letter.answering(state)), None)
    return None if found is None else letter_as_of(found, day)


def _went_out(desk: Desk, filing: Filing) -> bool:
    """Whether a package was made of the month since the revision was frozen."""
    sent = desk.packages.sent(PackageKind.FILING)
    return any(record.manifest.month == filing.month and record.at >= filing.frozen_at for record in sent)


def freeze(work: Work, month: Month) -> Frozen:
    """Freeze the month: a new revision, never a change of an old one.

    NotAccepted before the month, where nothing changed, and for a user who may not.
    """
    require(work.user, Right.FREEZE)
    with work.store.change(Operation.FREEZE_FILING, work.user) as desk:
        now = preview(work, desk, month)
        if work.clock.today() < month.first_day:
            raise NotAccepted((Finding(field="month", code="future", says=f"{month.year}年{month.month}月还没有到"),))
        if now.latest is not None and now.unchanged:
            says = f"与已封存的第{now.latest.revision}版相比没有变化，无需再次封存"
            raise NotAccepted((Finding(field="month", code="unchanged", says=says),))
        filing = new_filing(work, desk, month, now.lines)
        desk.filings.add(filing)
    return Frozen(filing=filing, changes=desk.changes)


def new_filing(work: Work, desk: Desk, month: Month, lines: Sequence[LedgerLine]) -> Filing:
    """The next revision of a month with these lines, not yet kept."""
    latest = desk.filings.latest(month)
    return Filing(
        id=FilingId(work.clock.new_id()),
        office=desk.partners.own().card.office,
        month=month,
        revision=1 if latest is None else latest.revision + 1,
        frozen_at=work.clock.now(),
        frozen_by=work.user.name,
        pack=work.pack.id,
        lines=tuple(lines),
    )
