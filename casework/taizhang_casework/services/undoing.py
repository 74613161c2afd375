"""撤销: the newest change of the user in this session is taken back, as a change of its own in the journal."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from taizhang_casework.domain.attachment import Attachment, Removal
from taizhang_casework.domain.case import Case, CaseId, Discarding
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.income import IncomeLine
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.list_views import ListView
from taizhang_casework.domain.matching import MatchDecision
from taizhang_casework.domain.monitoring import MonitoredHousehold
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.rights import Right, refused
from taizhang_casework.domain.undoing import (
    ATTACHED_BY_MISTAKE,
    REGISTERED_BY_MISTAKE,
    PastChange,
    Thing,
    changed_since,
    next_to_undo,
    not_undoable,
    past_changes,
)
from taizhang_casework.services.discarding import hindrances
from taizhang_casework.services.matching import joined
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.verification import DECISIONS
from taizhang_casework.services.work import Work

_T = TypeVar("_T")


class Undoable(msgspec.Struct, frozen=True, kw_only=True):
    """What 撤销 would take back: ``what`` in words (``入户核实（王建国）``), and why it cannot be, empty where it can.

    ``change`` is the number of its newest row in the journal.
    """

    change: int
    what: str
    findings: tuple[Finding, ...] = ()


def session_begins(desk: Desk) -> int:
    """Where the journal stands when a user sits down: what came before is not taken back by 撤销."""
    return desk.journal.newest_number()


def look_back(work: Work, desk: Desk, since: int) -> Undoable | None:
    """The user's newest change after that number that is not taken back yet; None where there is none."""
    change = _next(work, desk, since)
    if change is None:
        return None
    return Undoable(change=change.last, what=_what(work, desk, change), findings=_findings(work, desk, change))


def undo(work: Work, since: int, change: int) -> Changes:
    """Take back the change that :func:`look_back` showed. NotAccepted where it cannot be, or is not the next any more."""
    with work.store.reading() as desk:
        found = _next(work, desk, since)
    if found is None or found.operation is None:
        raise NotAccepted((changed_since(work.user.name),) if found is None else not_undoable(found))
    with work.store.change(found.operation, work.user, undoes=True) as writable:
        found = _next(work, writable, since)
        if found is None or found.last != change:
            raise NotAccepted((changed_since(work.user.name if found is None else found.by),))
        findings = _findings(work, writable, found)
        if findings:
            raise NotAccepted(findings)
        for thing in reversed(found.things):
            _take_back(work, writable, found, thing)
    return writable.changes


def _next(work: Work, desk: Desk, since: int) -> PastChange | None:
    return next_to_undo(past_changes(desk.journal.by_user(work.user.name, after=since)))


def _findings(work: Work, desk: Desk, change: PastChange) -> tuple[Finding, ...]:
    """Everything that keeps the change from being taken back now."""
    stays = not_undoable(change)
    if stays:
        return stays
    return tuple(dict.fromkeys((*_rights(work, change), *_since(desk, change), *_registered(desk, change))))


def _rights(work: Work, change: PastChange) -> Iterator[Finding]:
    """Taking a decision back is deciding; the recycle bin is for those who may discard."""
    cases = [thing for thing in change.things if thing.kind is Kind.CASE]
    if any(_decides(thing) for thing in cases):
        yield from refused(work.user, Right.DECIDE)
    if any(thing.kind is Kind.INCOME_LINE for thing in change.things):
        yield from refused(work.user, Right.SET_INCOME_LINE)
    if change.registers or any(thing.kind is Kind.ATTACHMENT for thing in change.things) or any(map(_binned, cases)):
        yield from refused(work.user, Right.DISCARD)


def _since(desk: Desk, change: PastChange) -> Iterator[Finding]:
    """Who changed what since: the things themselves, and what rests on what they were.

    What was changed and changed back stands as it was left.
    """
    things = {Touched(thing.kind, thing.id) for thing in change.things}
    resting = {touched for thing in change.things for touched in _resting_on(desk, thing)}
    for touched in sorted(things | resting, key=lambda each: (each.kind.value, each.id)):
        newest = desk.journal.newest_of(touched)
        left = desk.journal.newest_of(touched, up_to=change.last)
        if newest is not None and (left is None or newest.after != left.after):
            yield changed_since("已封存" if newest.kind is Kind.FILING else newest.by)


def _resting_on(desk: Desk, thing: Thing) -> Iterator[Touched]:
    """What is written down because a thing is as it is: of a case, of the case of a letter, of the cases of a household."""
    match thing.kind:
        case Kind.CASE:
            known = desk.cases.get(CaseId(thing.id))
            yield from (Touched(Kind.CASE, each.id) for each in joined(desk, known))
            yield from _on_case(desk, known.id)
        case Kind.LETTER:
            case = _read(thing.after, Letter).case
            yield Touched(Kind.CASE, case)
            yield from _frozen_with(desk, case)
        case Kind.HOUSEHOLD:
            for each in desk.cases.of_household(HouseholdId(thing.id)):
                yield Touched(Kind.CASE, each.id)
                yield from _on_case(desk, each.id)
        case _:
            return


def _on_case(desk: Desk, case: CaseId) -> Iterator[Touched]:
    yield from (Touched(Kind.LETTER, letter.id) for letter in desk.letters.history(case))
    yield from _frozen_with(desk, case)


def _frozen_with(desk: Desk, case: CaseId) -> Iterator[Touched]:
    for frozen in desk.filings.holding(case):
        held = [each for each in desk.filings.of_month(frozen.month) if each.revision == frozen.revision]
        yield from (Touched(Kind.FILING, filing.id) for filing in held)


def _registered(desk: Desk, change: PastChange) -> Iterator[Finding]:
    for thing in change.things:
        if change.registers and thing.kind is Kind.CASE and thing.before is None:
            yield from hindrances(desk, desk.cases.get(CaseId(thing.id)))


def _decides(thing: Thing) -> bool:
    if thing.before is None:
        return False
    before, after = _read(thing.before, Case), _read(thing.after, Case)
    return any(entry.why or isinstance(entry.record, DECISIONS) for entry in after.entries[len(before.entries) :])


def _binned(thing: Thing) -> bool:
    before = None if thing.before is None else _read(thing.before, Case)
    return before is not None and before.discarded != _read(thing.after, Case).discarded


def _take_back(work: Work, desk: WritableDesk, change: PastChange, thing: Thing) -> None:
    """The thing as it was; what was not there goes where it can come back from, or stays as nothing asks for it any more."""
    if thing.before is not None:
        _RESTORED[thing.kind](desk, thing.before)
        return
    match thing.kind:
        case Kind.CASE if change.registers:
            gone = Discarding(at=work.clock.now(), by=work.user.name, why=REGISTERED_BY_MISTAKE)
            desk.cases.save(msgspec.structs.replace(desk.cases.get(CaseId(thing.id)), discarded=gone))
        case Kind.ATTACHMENT:
            removal = Removal(removed_at=work.clock.now(), removed_by=work.user.name, why=ATTACHED_BY_MISTAKE)
            desk.attachments.save(msgspec.structs.replace(_read(thing.after, Attachment), removal=removal))
        case Kind.LIST_VIEW:
            desk.list_views.save(msgspec.structs.replace(_read(thing.after, ListView), removed=True))
        case Kind.INCOME_LINE:
            desk.income_lines.save(msgspec.structs.replace(_read(thing.after, IncomeLine), removed=True))
        case _:
            return


_Restoring = Callable[[WritableDesk, str], None]
_RESTORED: dict[Kind, _Restoring] = {
    Kind.CASE: lambda desk, before: desk.cases.save(_read(before, Case)),
    Kind.HOUSEHOLD: lambda desk, before: desk.households.save(_read(before, Household)),
    Kind.MATCH: lambda desk, before: desk.matches.save(_read(before, MatchDecision)),
    Kind.LETTER: lambda desk, before: desk.letters.save(_read(before, Letter)),
    Kind.MONITORED_HOUSEHOLD: lambda desk, before: desk.monitored.save(_read(before, MonitoredHousehold)),
    Kind.ATTACHMENT: lambda desk, before: desk.attachments.save(_read(before, Attachment)),
    Kind.LIST_VIEW: lambda desk, before: desk.list_views.save(_read(before, ListView)),
    Kind.INCOME_LINE: lambda desk, before: desk.income_lines.save(_read(before, IncomeLine)),
}


def _what(work: Work, desk: Desk, change: PastChange) -> str:
    """What was done and for whom: of several households the first and how many."""
    cases = [thing for thing in change.things if thing.kind is Kind.CASE]
    first = change.rows[0] if not cases else next(row for row in change.rows if row.kind is Kind.CASE)
    pack = work.pack if not cases else work.pack_of(desk.cases.get(CaseId(cases[0].id)))
    what = _PLAIN.get(first.kind) or told(first, pack, work.divisions).what
    who = _who(work, desk, first.kind, first.id, change)
    if len(cases) > 1:
        who = f"{who}等{len(cases)}条"
    return f"{what}（{who}）" if who else what


_PLAIN = {
    Kind.FILING: "封存台账",
    Kind.PACKAGE: "数据包",
    Kind.LIST_IMPORT: "读入部门名单",
    Kind.RECEIVED_FILING: "接收镇街报送",
    Kind.PARTNER: "往来单位",
    Kind.USER: "用户变动",
    Kind.KEYS: "口令和密钥",
    Kind.VAULT: "数据文件",
    Kind.BACKUP: "备份",
    Kind.MATCH: "判断是不是同一户",
}
"""What the history of a case never tells."""


def _who(work: Work, desk: Desk, kind: Kind, thing: str, change: PastChange) -> str:
    after = next(each.after for each in change.things if (each.kind, each.id) == (kind, thing))
    match kind:
        case Kind.CASE:
            return desk.cases.get(CaseId(thing)).warning.name
        case Kind.LETTER:
            return _read(after, Letter).notice.addressee
        case Kind.ATTACHMENT:
            return desk.cases.get(_read(after, Attachment).case).warning.name
        case Kind.HOUSEHOLD:
            return _head(work, desk, HouseholdId(thing))
        case Kind.MONITORED_HOUSEHOLD:
            return _head(work, desk, _read(after, MonitoredHousehold).household)
        case Kind.LIST_VIEW:
            return _read(after, ListView).name
        case Kind.INCOME_LINE:
            return _read(after, IncomeLine).area
        case _:
            return ""


def _head(work: Work, desk: Desk, household: HouseholdId) -> str:
    head = desk.households.get(household).head_on(work.clock.today())
    return "" if head is None else head.name


def _read(text: str, kind: type[_T]) -> _T:
    return msgspec.json.decode(text, type=kind)
