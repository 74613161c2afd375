"""How a case becomes a line of 附件2, and what to say about a month before it is frozen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.case import Case, Meets
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.ledger import Filing, Informed, LedgerLine, Month
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState, case_state, closed_on, step_of
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_keys import OTHER_REASON
from taizhang_casework.domain.people import Household, Person
from taizhang_casework.domain.steps import Entry, Reopening, Step
from taizhang_casework.domain.warning import Warning


def belongs_to(case: Case, month: Month) -> bool:
    """Whether a month's ledger has the case: received by the month's end, and not closed before the month began (一（三）1).

    What lies in the recycle bin stands in no ledger.
    """
    if case.discarded is not None:
        return False
    closed = closed_on(case)
    return case.warning.received_on <= month.last_day and (closed is None or closed >= month.first_day)


def as_of(case: Case, day: date, order: Sequence[Step]) -> Case:
    """The case as it stood at the end of a day: without what was done afterwards, with what was corrected afterwards.

    What a correction replaced does not come back where the correction has a later day; what a later reopening set aside does.
    """
    kept = (each for each in _not_replaced(case.entries, order) if each.record.day <= day)
    return msgspec.structs.replace(case, entries=tuple(kept))


def _not_replaced(entries: Sequence[Entry], order: Sequence[Step]) -> Iterable[Entry]:
    """The entries without those that a later one of the same step corrected."""
    in_force: dict[Step, int] = {}
    replaced: set[int] = set()
    for at, record in enumerate(entry.record for entry in entries):
        step = step_of(record)
        if isinstance(record, Reopening):
            first = order.index(record.back_to)
            in_force = {each: place for each, place in in_force.items() if order.index(each) < first}
        elif step is not None:
            replaced.update({in_force[step]} if step in in_force else ())
            in_force[step] = at
    return (entry for at, entry in enumerate(entries) if at not in replaced)


def letter_as_of(letter: Letter, day: date) -> Letter:
    """The letter as it stood at the end of a day."""
    delivery, visit = letter.delivery, letter.return_visit
    return msgspec.structs.replace(
        letter,
        delivery=delivery if delivery is not None and delivery.delivered_on <= day else None,
        return_visit=visit if visit is not None and visit.visited_on <= day else None,
    )


def ledger_line(
    case: Case,
    *,
    household: Household | None,
    letter: Letter | None,
    pack: RegulationPack,
    divisions: Divisions,
    on: date,
) -> LedgerLine:
    """The thirteen columns of one case on a day; what is not known yet stays blank.

    A line is of a household: its head is printed. Where the warning names another member, or nobody has matched it yet, the
    detail names the person.
    """
    state = case_state(case, pack.order)
    head = None if household is None else household.head_on(on)
    warning = case.warning
    return LedgerLine(
        case=case.id,
        town=divisions.town_name(warning.town_code),
        village=divisions.village_name(household.village_code if household is not None else warning.village_code),
        head_name="" if head is None else head.name,
        head_id_number="" if head is None else head.id_number,
        channel=warning.channel,
        source=warning.source,
        detail=detail_words(warning, head),
        received_on=warning.received_on,
        meets=state.meets,
        refusal_reason=refusal_words(state, pack),
        applicant_informed=_informed(state, letter, answered=pack.channel(warning.channel).answered),
        verifiers=() if state.home_visit is None else state.home_visit.visitors,
        closed_on=state.closed_on,
        people=None if household is None else len(household.members_on(on)) or None,
    )


def detail_words(warning: Warning, head: Person | None) -> str:
    """具体预警信息, which names the person where that is not the head, or where nobody knows the household yet."""
    named_other = bool(warning.name) and (head is None or not _names(warning, head))
    return f"{warning.detail}（{warning.name}）" if named_other else warning.detail


def _names(warning: Warning, person: Person) -> bool:
    """Whether the warning is about that person: by the number where both have one, so that a name that was mended is no other."""
    if warning.id_number and person.id_number:
        return warning.id_number == person.id_number
    return warning.name == person.name


def refusal_words(state: CaseState, pack: RegulationPack) -> str:
    """不符合认定标准的主要原因 in the pack's words and the clerk's, blank where nothing was refused."""
    return "" if state.refusal is None else reason_words(pack, state.refusal.reason, state.refusal.explanation)


def reason_words(pack: RegulationPack, reason: str, explanation: str) -> str:
    """A reason by its key and the clerk's own words as one sentence; blank where there is neither."""
    label = next((entry.label for entry in pack.refusal_reasons if entry.key == reason), "")
    own = explanation.strip().rstrip("。")
    if reason == OTHER_REASON or not label:
        return own
    return f"{label}：{own}" if own else label


def _informed(state: CaseState, letter: Letter | None, *, answered: bool) -> Informed:
    if not answered or state.meets is not Meets.NO:
        return Informed.NOT_ASKED
    return Informed.YES if letter is not None and letter.answering(state) and letter.informed else Informed.NO


def check_month(lines: Mapping[str, LedgerLine]) -> tuple[Finding, ...]:
    """What the month's ledger still shows unfinished, a finding a line and fault (``field`` is the case's id).

    None of it blocks: the ledger is due on its day as things stand, and a blank is better than a false date.
    """
    found: list[Finding] = []
    for case, line in lines.items():
        name = line.head_name or "（户主未确认）"
        if not line.head_name:
            found.append(_note(case, "unmatched", f"{line.village}一条{line.detail}尚未确认是哪一户"))
        if not line.verifiers:
            found.append(_note(case, "not_visited", f"{name}尚未入户核实，核查人员为空"))
        elif line.meets is Meets.UNDECIDED:
            found.append(_note(case, "undecided", f"{name}正在办理，是否符合认定标准为空"))
        if line.applicant_informed is Informed.NO:
            found.append(_note(case, "not_informed", f"{name}不符合认定标准，但尚未告知本人"))
        elif line.meets is not Meets.UNDECIDED and line.closed_on is None:
            found.append(_note(case, "not_closed", f"{name}已有结果，尚未办结"))
    return tuple(found)


def later_changes(
    filing: Filing, lines: Sequence[LedgerLine], pack: RegulationPack, *, filed: bool
) -> tuple[Finding, ...]:
    """报备后有改动: how the month differs from what was frozen, a finding a line; what stands in the columns is not repeated.

    Of how many people a household was is often learnt at the visit, after the filing: it stands in no column and is no change.
    """
    when = "报备后" if filed else "封存后"
    then, now = ({line.case: line for line in each} for each in (filing.lines, lines))
    found = [_changed(case, f"{when}新增一条：{_whose(line)}") for case, line in now.items() if case not in then]
    found += [_changed(case, f"{when}少了一条：{_whose(line)}") for case, line in then.items() if case not in now]
    for case in [each for each in now if each in then and now[each] != then[each]]:
        if columns := _columns_changed(then[case], now[case], pack):
            found.append(_changed(case, f"{_whose(now[case])}{when}有改动：{'、'.join(columns)}"))
    return tuple(found)


def same_columns(then: Sequence[LedgerLine], now: Sequence[LedgerLine]) -> bool:
    """Whether a month says in its columns what was frozen, line by line."""
    return then == now or _columns(then) == _columns(now)


def _columns(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    return [msgspec.structs.replace(line, people=None) for line in lines]


def _columns_changed(then: LedgerLine, now: LedgerLine, pack: RegulationPack) -> list[str]:
    _case, *fields, _people = LedgerLine.__struct_fields__
    labels = zip(fields, pack.ledger_columns, strict=True)
    return [label.partition("（")[0] for field, label in labels if getattr(then, field) != getattr(now, field)]


def _whose(line: LedgerLine) -> str:
    return line.head_name or f"{line.village}{line.detail}"


def _changed(case: str, says: str) -> Finding:
    return note(case, "changed_later", says, "一（三）1")


def _note(case: str, code: str, says: str) -> Finding:
    return note(case, code, says, "一（三）1")
