"""绿色通道备案表: the help that came first, who recognised the need, and every step that is still owed (二（三）)."""

from datetime import date

import msgspec

from taizhang_casework.domain.clocks import Deadline, deadline, forecast
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.pack import ClockKey, RegulationPack, words_of
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.steps import Step


class OwedStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step: done on a day, or owed, and until when. ``until`` None with no ``done_on``: the notice sets no day.

    ``estimated`` (预计): the day rests on a year whose working days are not published.
    """

    label: str
    done_on: date | None = None
    until: date | None = None
    estimated: bool = False


class GreenChannelFiling(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. ``grounds`` are the boxes to tick, ``ground`` the label of the one that is; empty leaves all open."""

    office_name: str
    grounds: tuple[str, ...]
    steps: tuple[OwedStep, ...]
    town: str = ""
    village: str = ""
    head_name: str = ""
    head_id_number: str = ""
    people: int | None = None
    ground: str = ""
    happened: str = ""
    opened_on: date | None = None
    recognised_by: str = ""
    help_given: str = ""
    helped_on: date | None = None
    personal: bool = False


def blank_green_filing(setting: PaperSetting) -> GreenChannelFiling:
    """With the pack's grounds and steps."""
    return GreenChannelFiling(
        office_name=setting.office_name,
        town=setting.town,
        grounds=_grounds(setting.pack),
        steps=tuple(OwedStep(label=rule.label) for rule in setting.pack.steps),
    )


def green_filing(facts: PaperFacts) -> GreenChannelFiling:
    """Of a case whose 绿色通道 was opened; LookupError where :func:`green_filing_faults` blocks."""
    green, head = facts.state.green, facts.head
    if green is None:
        raise LookupError(facts.case.id)
    return GreenChannelFiling(
        office_name=facts.setting.office_name,
        town=facts.setting.town,
        village=facts.place,
        head_name="" if head is None else head.name,
        head_id_number="" if head is None else head.id_number,
        people=len(facts.memberships) or None,
        grounds=_grounds(facts.pack),
        ground=words_of(facts.pack.green_grounds, green.kind),
        happened=green.ground.strip(),
        opened_on=green.opened_on,
        recognised_by=green.recognised_by.strip(),
        help_given=green.help_given.strip(),
        helped_on=green.helped_on,
        steps=_owed(facts),
        personal=True,
    )


def green_filing_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Whether 绿色通道 was never opened."""
    if facts.state.green is not None:
        return ()
    says = "本户没有登记绿色通道，不需要备案表；要手写的，请打印空白表"
    return (Finding(field="", code="no_green_channel", says=says, clause="二（三）"),)


def _grounds(pack: RegulationPack) -> tuple[str, ...]:
    return tuple(entry.label for entry in pack.green_grounds)


def _owed(facts: PaperFacts) -> tuple[OwedStep, ...]:
    state, until = facts.state, _limits(facts)
    return tuple(_step(facts.pack.step(step).label, step, state, until) for step in state.order)


def _step(label: str, step: Step, state: CaseState, until: dict[Step, tuple[date, bool]]) -> OwedStep:
    record = state.done.get(step)
    if record is not None:
        return OwedStep(label=label, done_on=record.day)
    day, estimated = until.get(step, (None, False))
    return OwedStep(label=label, until=day, estimated=estimated)


def _limits(facts: PaperFacts) -> dict[Step, tuple[date, bool]]:
    """The last day for each step: the visit under its own clock; the end of 公示 under the 15 days; what else comes before, by posting.

    Only a step that is owed has one: a refused household owes none. A step behind the notice has no day in the notice, and so none here.
    """
    now, pack = facts.circumstances, facts.pack
    visit: Deadline = deadline(pack.clock(ClockKey.HOME_VISIT), facts.case.warning.received_on, now.calendar)
    visited = facts.state.home_visit
    ahead = forecast(
        pack, facts.case.warning.received_on, now.calendar, visited_on=None if visited is None else visited.visited_on
    )
    limits = {Step.HOME_VISIT: (visit.due, visit.estimated), Step.PUBLIC_NOTICE: (ahead.limit.due, ahead.estimated)}
    between = {step for step in facts.state.before(Step.PUBLIC_NOTICE) if step not in limits}
    limits |= dict.fromkeys(between, (ahead.post_by, ahead.estimated))
    return {step: limit for step, limit in limits.items() if step in facts.state.owed}
