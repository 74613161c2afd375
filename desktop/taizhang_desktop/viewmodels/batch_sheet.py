"""The households that may be worked together: what each can take, and why not, read in one look at the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

import msgspec
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import recognition_limit, visit_limit
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import NoticePosted, Step
from taizhang_casework.services.batch import MOST_TOGETHER
from taizhang_casework.services.correspondence import draft_faults
from taizhang_casework.services.matching import joined
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.prefill import Known, known_for
from taizhang_casework.services.work import Work

_SOME_CONTACT = "·"
"""The contact is asked for later: here it must not count as missing."""


class BatchDeed(Enum):
    """What is done for several households in one go."""

    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    PUBLIC_NOTICE = "public_notice"
    NOTICE_POSTED = "notice_posted"
    LETTERS = "letters"

    @property
    def record(self) -> RecordKind | None:
        """The record that it writes; None for the letters."""
        return None if self is BatchDeed.LETTERS else RecordKind(self.value)

    @property
    def step(self) -> Step | None:
        """The step that it does or begins; None for the letters."""
        if self is BatchDeed.LETTERS:
            return None
        return Step.PUBLIC_NOTICE if self is BatchDeed.NOTICE_POSTED else Step(self.value)


DEED_WORDS = {
    BatchDeed.HOME_VISIT: "入户核实",
    BatchDeed.DEMOCRATIC_REVIEW: "民主评议",
    BatchDeed.PUBLIC_NOTICE: "村级公示",
    BatchDeed.NOTICE_POSTED: "登记张贴",
    BatchDeed.LETTERS: "告知书",
}
"""What the deeds are called."""


class BatchLine(msgspec.Struct, frozen=True, kw_only=True):
    """One household. ``why_not`` says by deed why it cannot take it (empty: it can).

    ``letter`` is drafted and waits to be printed. ``hanging`` is its notice that was posted and not taken down yet. ``visit_due`` is
    the last day for 入户核实, ``recognised_by`` the end of the 15 days of 认定 once it was visited (二（二）).
    """

    case: CaseId
    who: str
    village: str
    channel: str
    received_on: date
    why_not: Mapping[BatchDeed, str]
    letter: Letter | None
    visit_due: date
    recognised_by: date | None
    hanging: NoticePosted | None = None

    @property
    def came(self) -> str:
        """How and when its warning came."""
        return f"{self.channel} {self.received_on.isoformat()}"

    def can(self, deed: BatchDeed) -> bool:
        """Whether it can take the deed now."""
        return not self.why_not[deed]


class BatchSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The households in the order asked for. ``known`` is what can be proposed, from the first; ``beyond``: there were more."""

    lines: tuple[BatchLine, ...]
    known: Known
    pack: RegulationPack
    beyond: bool = False

    def able(self, deed: BatchDeed) -> tuple[BatchLine, ...]:
        """Those that can take the deed."""
        return tuple(line for line in self.lines if line.can(deed))

    @property
    def villages(self) -> tuple[str, ...]:
        """Where they live, each village once."""
        return tuple(dict.fromkeys(line.village for line in self.lines))


def read_batch(work: Work, desk: Desk, cases: Sequence[CaseId]) -> BatchSheet | None:
    """The households of these cases, at most :data:`MOST_TOGETHER`; None where none of them is in the ledger."""
    wanted = tuple(dict.fromkeys(cases))
    found = [case for case in desk.cases.many(wanted[:MOST_TOGETHER]) if case.discarded is None]
    if not found:
        return None
    written_with: dict[CaseId, str] = {}
    lines: list[BatchLine] = []
    for case in found:
        now = work.circumstances(desk, case)
        line = _line(work, desk, now, written_with.get(case.id, ""))
        lines.append(line)
        if case.id not in written_with:
            written_with |= {other.id: line.who for other in joined(desk, case) if other.id != case.id}
    return BatchSheet(
        lines=tuple(lines),
        known=known_for(work, desk, found[0]),
        pack=work.circumstances(desk, found[0]).pack,
        beyond=len(wanted) > MOST_TOGETHER,
    )


def _line(work: Work, desk: Desk, now: Circumstances, written_with: str) -> BatchLine:
    case, pack = now.case, now.pack
    head = None if now.household is None else now.household.head_on(now.today)
    visit = now.state.home_visit
    latest = desk.letters.of_case(case.id)
    letter = latest if latest is not None and latest.answering(now.state) else None
    why_not = {deed: _why_not(now, deed.step, written_with) for deed in BatchDeed if deed.step is not None}
    hanging = now.state.hanging
    if hanging is not None and not why_not[BatchDeed.NOTICE_POSTED]:
        why_not[BatchDeed.NOTICE_POSTED] = f"已登记{day_words(hanging.posted_on, now.today)}张贴，要更正请到案件办理"
    why_not[BatchDeed.LETTERS] = _no_letter(work, desk, case, letter)
    return BatchLine(
        case=case.id,
        who=case.warning.name if head is None else head.name,
        village=work.divisions.village_name(case.warning.village_code),
        channel=pack.channel(case.warning.channel).label,
        received_on=case.warning.received_on,
        why_not=why_not,
        letter=letter if letter is not None and not letter.prints else None,
        visit_due=visit_limit(pack, case.warning.received_on, now.calendar).due,
        recognised_by=None if visit is None else recognition_limit(pack, visit.visited_on, now.calendar).due,
        hanging=hanging,
    )


def _why_not(now: Circumstances, step: Step, written_with: str) -> str:
    """Why a household cannot take a step together with others; a step that was done is corrected in its own case."""
    state, label = now.state, now.pack.step(step).label
    if state.closed_on is not None:
        return "已办结"
    if now.household is None:
        return "还没有确认是哪一户"
    if state.refusal is not None:
        return "已认定为不符合"
    if step in state.done:
        return f"“{label}”已经办理，要更正请到案件办理"
    if step is not state.current and state.current is not None:
        return f"应先完成“{now.pack.step(state.current).label}”"
    if written_with:
        return f"与“{written_with}”那一条一起核实，办那一条就都有"
    return ""


def _no_letter(work: Work, desk: Desk, case: Case, letter: Letter | None) -> str:
    """Why no letter is to be drafted or printed together with others."""
    if letter is not None:
        return f"告知书{letter.notice.number}已经打印，再次打印请到案件办理" if letter.prints else ""
    faults = draft_faults(work, desk, case, contact=_SOME_CONTACT)
    return faults[0].says if faults else ""
