"""Everything that the case screen shows of one case, read in one look at the desk."""

from datetime import date

import msgspec
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import Deadline, deadline
from taizhang_casework.domain.closing_check import closing_check
from taizhang_casework.domain.correction_rules import decided
from taizhang_casework.domain.date_check import contradictions
from taizhang_casework.domain.discarding_rules import not_discardable
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.income import IncomeLine, line_in_force
from taizhang_casework.domain.ledger import LedgerLine
from taizhang_casework.domain.ledger_rules import ledger_line
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState, StepMark, case_state
from taizhang_casework.domain.matching import Proposal, ProposalKind
from taizhang_casework.domain.pack import ClockKey, RegulationPack
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person
from taizhang_casework.domain.steps import Step
from taizhang_casework.services.matching import joined, not_movable, proposals
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.prefill import Known, known_for
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.words import masked_text


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it is put to the user: what is asked, why it is proposed, and what there is to compare."""

    proposal: Proposal
    asks: str
    because: str
    compare: str


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of the case. ``ended_on`` is the day on which what it waits for was done, None while it runs.

    ``odd`` is what the order of days says against its first or its last day: then nothing is claimed of its being kept.
    """

    title: str
    limit: Deadline
    ended_on: date | None
    odd: tuple[Finding, ...] = ()

    @property
    def late_by(self) -> int:
        """Days over the limit once it is done; 0 where it was kept or still runs."""
        return 0 if self.ended_on is None else max(0, (self.ended_on - self.limit.due).days)

    @property
    def stands(self) -> str:
        """How it was kept, once it is done."""
        if self.late_by:
            return f"超期{self.late_by}天" + ("，日期对不上" if self.odd else "")
        return "日期对不上" if self.odd else "按期"

    @property
    def tone(self) -> Tone:
        """The colour of that; its words say the same."""
        return Tone.OVERDUE if self.late_by else Tone.SOON if self.odd else Tone.DONE


class RailLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the rail.

    ``day`` is the day of its record, ``since`` that of its beginning while it is under way, ``owed`` that 绿色通道 put it off,
    ``odd`` that its day contradicts another.
    """

    step: Step
    label: str
    mark: StepMark
    owed: bool
    day: date | None
    since: date | None = None
    odd: bool = False


class CaseSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One case as it stands today. ``line`` is its line of 附件2, ``missing`` what closing would still ask for.

    ``earlier_letters`` are those that the newest superseded; ``proof_attached`` is whether a scan of 送达回证 is among the
    attachments. ``odd_days`` are days that contradict each other.
    ``monitored`` is whether the household is or was 监测对象. ``stays`` is why it cannot be moved to the recycle bin, empty where it can;
    ``bound`` the same of its going to another household.
    """

    case: Case
    state: CaseState
    pack: RegulationPack
    household: Household | None
    members: tuple[Person, ...]
    line: LedgerLine
    letter: Letter | None
    earlier_letters: tuple[Letter, ...]
    proof_attached: bool
    monitored: bool
    questions: tuple[Question, ...]
    together: tuple[Case, ...]
    missing: tuple[Finding, ...]
    stays: tuple[Finding, ...]
    bound: tuple[Finding, ...]
    odd_days: tuple[Finding, ...]
    clocks: tuple[ClockLine, ...]
    known: Known
    income_lines: tuple[IncomeLine, ...]
    today: date

    @property
    def who(self) -> str:
        """The name by which the user knows the case: the head's, else the warned person's."""
        return self.line.head_name or self.case.warning.name

    def line_on(self, visited_on: date | None) -> IncomeLine | None:
        """The income line of that day, today's while no day is written: which one it is stands in the sentence that names it."""
        return line_in_force(self.income_lines, visited_on or self.today, self.case.warning.town_code)

    @property
    def decided(self) -> bool:
        """Whether it, or a line that is verified with it, is closed or refused: then a step is corrected with its reason."""
        return decided(self.state) or any(decided(case_state(each, self.pack.order)) for each in self.together)

    @property
    def answered(self) -> bool:
        """Whether a refused household is told in writing (自主申报, 信访)."""
        return self.pack.channel(self.case.warning.channel).answered

    @property
    def owed(self) -> str:
        """What 绿色通道 put off and is still owed (二（三）: 后补程序), with the help that was given; empty where nothing is."""
        green = self.state.green
        if green is None or not self.state.owed:
            return ""
        steps = "、".join(self.pack.step(step).label for step in self.state.owed)
        helped = "" if green.helped_on is None else f"{green.helped_on.isoformat()}已先行帮扶，"
        return f"绿色通道：{helped}还欠{len(self.state.owed)}项程序：{steps}"

    @property
    def rail(self) -> tuple[RailLine, ...]:
        """The steps in the pack's order."""
        state, odd = self.state, {finding.field for finding in self.odd_days}
        return tuple(
            RailLine(
                step=step,
                label=self.pack.step(step).label,
                mark=state.mark(step),
                owed=step in state.owed,
                day=state.done[step].day if step in state.done else None,
                since=state.begun[step].day if step in state.begun and step is state.current else None,
                odd=step in state.done and step.value in odd,
            )
            for step in state.order
        )


def read_sheet(work: Work, desk: Desk, case: CaseId) -> CaseSheet | None:
    """The case as it stands, None where the ledger has none of that id."""
    found = desk.cases.many((case,))
    if not found or found[0].discarded is not None:
        return None
    known = found[0]
    now = work.circumstances(desk, known)
    letters = tuple(desk.letters.history(case))
    letter = letters[0] if letters else None
    household = now.household
    odd = contradictions(now, letter)
    return CaseSheet(
        case=known,
        state=now.state,
        pack=now.pack,
        household=household,
        members=() if household is None else household.members_on(now.today),
        line=ledger_line(
            known, household=household, letter=letter, pack=now.pack, divisions=work.divisions, on=now.today
        ),
        letter=letter,
        earlier_letters=letters[1:],
        proof_attached=any(
            each.kind is AttachmentKind.PROOF_OF_DELIVERY and each.removal is None
            for each in desk.attachments.of_case(case)
        ),
        monitored=known.household is not None and desk.monitored.of_household(known.household) is not None,
        questions=tuple(_question(work, desk, proposal) for proposal in proposals(desk, known)),
        together=joined(desk, known)[1:],
        missing=closing_check(now, letter),
        stays=not_discardable(known, letter, desk.filings.holding(case)),
        bound=not_movable(work, desk, known),
        odd_days=odd,
        clocks=_clocks(now, odd),
        known=known_for(work, desk, known),
        income_lines=tuple(desk.income_lines.all()),
        today=now.today,
    )


def _clocks(now: Circumstances, odd: tuple[Finding, ...]) -> tuple[ClockLine, ...]:
    """The clocks of 入户核实, from the visit on of 认定 (二（二）), and of a notice that hangs; none for a household not recognised."""
    state = now.state
    visit = state.home_visit
    if visit is None:
        if state.refusal is not None or state.closed_on is not None:
            return ()
        return (_clock(now, ClockKey.HOME_VISIT, now.case.warning.received_on, None),)
    first = tuple(each for each in odd if each.field == Step.HOME_VISIT.value)
    done = _clock(now, ClockKey.HOME_VISIT, now.case.warning.received_on, visit.visited_on, first)
    if state.refusal is not None:
        return (done,)
    notice = state.public_notice
    ended = None if notice is None else notice.ended_on
    last = tuple(each for each in odd if each.field == Step.PUBLIC_NOTICE.value)
    recognised = _clock(now, ClockKey.RECOGNITION, visit.visited_on, ended, (*first, *last))
    if state.hanging is None:
        return (done, recognised)
    return (done, recognised, _clock(now, ClockKey.PUBLIC_NOTICE, state.hanging.posted_on, None))


def _clock(
    now: Circumstances, key: ClockKey, start: date, ended_on: date | None, odd: tuple[Finding, ...] = ()
) -> ClockLine:
    rule = now.pack.clock(key)
    return ClockLine(title=rule.label, limit=deadline(rule, start, now.calendar), ended_on=ended_on, odd=odd)


def _question(work: Work, desk: Desk, proposal: Proposal) -> Question:
    if proposal.kind is ProposalKind.PERSON_IN_HOUSEHOLD:
        household = desk.households.get(HouseholdId(proposal.right))
        head = household.head_on(work.clock.today())
        people = "、".join(map(_member, household.memberships))
        asks = f"是不是“{head.name}”这一户？" if head is not None else "是不是这一户？"
        compare = f"{work.divisions.village_name(household.village_code)}：{people}"
        return Question(proposal=proposal, asks=asks, because=proposal.because, compare=compare)
    other = desk.cases.get(CaseId(proposal.right)).warning
    channel = work.pack.channel(other.channel).label
    asks = "是不是同一件事？" if proposal.kind is ProposalKind.SAME_FACT else "要不要合并核实？"
    compare = f"{other.received_on.isoformat()} {channel}（{other.source}）：{other.name}，{masked_text(work.pack, other.detail)}"
    return Question(proposal=proposal, asks=asks, because=proposal.because, compare=compare)


def _member(member: Membership) -> str:
    return f"{member.person.name}（{RELATIONS[member.relation]}）"
