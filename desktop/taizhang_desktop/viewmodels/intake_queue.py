"""待确认: lines that nobody has matched to a household and proposals that nobody has decided, the two sides beside one another."""

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import Proposal, ProposalKind, Verdict
from taizhang_casework.domain.people import Household
from taizhang_casework.services.matching import decide
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.queue import Beside, Waiting, beside, waiting
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Runner
from taizhang_desktop.viewmodels.intake_find import member_words, present_members
from taizhang_desktop.viewmodels.navigation import Badge, Destination, Place
from taizhang_desktop.viewmodels.shell import Frame, said
from taizhang_desktop.viewmodels.words import day, masked, masked_text

ASKS = {
    ProposalKind.PERSON_IN_HOUSEHOLD: "是不是这一户？",
    ProposalKind.SAME_FACT: "是不是同一件事？",
    ProposalKind.SAME_HOUSEHOLD: "要不要一起核实？",
}
"""What a person is asked about each kind of proposal."""
_UNMATCHED = "还没有确认是哪一户"


class QueueLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the queue. ``id`` names the case and, where one is asked about, the proposal."""

    id: str
    case: CaseId
    name: str
    village: str
    channel: str
    received_on: str
    asks: str
    proposal: Proposal | None


class SideBySide(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared: a label, what this line says, what the other side says; ``differs`` where both say something else."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.left and self.right) and self.left != self.right


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. ``facts`` belong to the line that is ``shown``; ``heads`` are the titles of both sides."""

    lines: tuple[QueueLine, ...] | None = None
    shown: QueueLine | None = None
    heads: tuple[str, str] = ("", "")
    facts: tuple[SideBySide, ...] = ()
    because: str = ""
    busy: bool = False


class QueueModel(QObject):
    """待确认. ``changed``: ``view`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, parent: QObject | None = None) -> None:
        """Begin without lines."""
        super().__init__(parent)
        self._work = work
        self._runner = runner
        self._frame = frame
        self.view = QueueView()

    def refresh(self) -> None:
        """Read the queue anew."""
        self._runner.run(lambda: waiting(self._work), self._listed)

    def on_changes(self, changes: Changes) -> None:
        """Lines, households and decisions change the queue."""
        if self.view.lines is not None and any(
            changes.touches(kind) for kind in (Kind.CASE, Kind.HOUSEHOLD, Kind.MATCH)
        ):
            self.refresh()

    def show(self, key: str) -> None:
        """Put the two sides of a line beside one another."""
        line = next((each for each in self.view.lines or () if each.id == key), None)
        if line is None:
            self._change(shown=None, facts=(), because="", heads=("", ""))
            return
        self._runner.run(lambda: self._beside(line), lambda side: self._compared(line, side))

    def decide(self, verdict: Verdict) -> None:
        """Keep what the user says about the proposal that is shown; it is not asked again."""
        line = self.view.shown
        if line is None or line.proposal is None or self.view.busy:
            return
        proposal = line.proposal
        self._do(lambda: decide(self._work, proposal, verdict), "已记下您的决定，不会再问")

    def own_household(self) -> None:
        """本人为户主，建立新户."""
        line = self.view.shown
        if line is not None and line.asks in {_UNMATCHED, ASKS[ProposalKind.PERSON_IN_HOUSEHOLD]}:
            self._do(lambda: own_household(self._work, line.case), "已建立新户")

    def open_case(self) -> None:
        """Go to the line, where another head can be named."""
        if self.view.shown is not None:
            self._frame.go(Destination(Place.CASE, self.view.shown.case))

    def _do(self, deed: Callable[[], Changes], words: str) -> None:
        self._change(busy=True)

        def done(_: Changes) -> None:
            self._change(busy=False)
            self._frame.tell(said(words))

        def failed(_: object) -> bool:
            self._change(busy=False)
            return False

        self._runner.run(deed, done, failed)

    def _listed(self, queue: tuple[Waiting, ...]) -> None:
        lines = tuple(line for each in queue for line in self._lines(each))
        shown = self.view.shown
        self._change(lines=lines)
        self._frame.badge(Badge(Place.HOUSEHOLDS, len(lines), Tone.SOON if lines else Tone.PLAIN))
        if shown is not None:
            self.show(shown.id)

    def _lines(self, each: Waiting) -> list[QueueLine]:
        return [self._line(each.case, proposal) for proposal in each.proposals] or [self._line(each.case, None)]

    def _line(self, case: Case, proposal: Proposal | None) -> QueueLine:
        warning = case.warning
        return QueueLine(
            id=case.id if proposal is None else f"{proposal.kind.value} {proposal.left} {proposal.right}",
            case=case.id,
            name=warning.name,
            village=self._work.divisions.village_name(warning.village_code),
            channel=self._work.pack.channel(warning.channel).label,
            received_on=day(warning.received_on),
            asks=_UNMATCHED if proposal is None else ASKS[proposal.kind],
            proposal=proposal,
        )

    def _beside(self, line: QueueLine) -> Beside | Case:
        """Runs in the worker's thread."""
        with self._work.store.reading() as desk:
            return desk.cases.get(line.case) if line.proposal is None else beside(desk, line.proposal)

    def _compared(self, line: QueueLine, side: Beside | Case) -> None:
        left = side if isinstance(side, Case) else side.case
        other: Case | Household | None = None
        if isinstance(side, Beside):
            other = side.other if side.other is not None else side.household
        today = self._work.clock.today()
        if isinstance(other, Household):
            heads, facts = ("这条预警信息", "台账中的户"), self._with_household(left, other, today)
        elif other is not None:
            heads, facts = ("这一条（后登记）", "已有的一条"), self._with_case(left, other)
        else:
            heads, facts = ("这条预警信息", ""), self._with_case(left, None)
        because = "" if line.proposal is None else line.proposal.because
        self._change(shown=line, heads=heads, facts=facts, because=because)

    def _with_household(self, case: Case, household: Household, today: date) -> tuple[SideBySide, ...]:
        warning, work = case.warning, self._work
        same = next(
            (
                m.person
                for m in household.memberships
                if m.person.name == warning.name or (m.person.id_number and m.person.id_number == warning.id_number)
            ),
            None,
        )
        village = work.divisions.village_name
        return (
            SideBySide(label="姓名", left=warning.name, right="" if same is None else same.name),
            SideBySide(
                label="身份证",
                left=self._number(warning.id_number),
                right="" if same is None else self._number(same.id_number),
            ),
            SideBySide(
                label="电话", left=self._phone(warning.phone), right="" if same is None else self._phone(same.phone)
            ),
            SideBySide(label="村", left=village(warning.village_code), right=village(household.village_code)),
            SideBySide(
                label="现在的成员",
                left="",
                right="、".join(member_words(work, m) for m in present_members(household, today)),
            ),
            *self._fact(case, None),
        )

    def _with_case(self, case: Case, other: Case | None) -> tuple[SideBySide, ...]:
        warning, then = case.warning, None if other is None else other.warning
        village = self._work.divisions.village_name
        return (
            SideBySide(label="姓名", left=warning.name, right="" if then is None else then.name),
            SideBySide(
                label="身份证",
                left=self._number(warning.id_number),
                right="" if then is None else self._number(then.id_number),
            ),
            SideBySide(
                label="村",
                left=village(warning.village_code),
                right="" if then is None else village(then.village_code),
            ),
            *self._fact(case, other),
        )

    def _fact(self, case: Case, other: Case | None) -> tuple[SideBySide, ...]:
        def of(each: Case | None) -> tuple[str, str, str, str, str]:
            if each is None:
                return ("", "", "", "", "")
            warning, state = each.warning, case_state(each, self._work.pack_of(each).order)
            label = self._work.pack.channel(warning.channel).label
            where = warning.provenance
            step = "" if state.current is None else self._work.pack_of(each).step(state.current).label
            return (
                f"{label}（{warning.source}）",
                masked_text(self._work.pack, warning.detail),
                day(warning.received_on),
                "" if where is None else f"{where.file}，{where.sheet}，第{where.row}行",
                f"{day(state.closed_on)}办结" if state.closed_on is not None else step or "待办结",
            )

        labels = ("预警方式", "具体信息", "反馈日期", "名单出处", "办到")
        return tuple(
            SideBySide(label=label, left=left, right=right)
            for label, left, right in zip(labels, of(case), of(other), strict=True)
            if left or right
        )

    def _number(self, number: str) -> str:
        return masked(self._work.pack, number) if number else "无证件"

    def _phone(self, phone: str) -> str:
        return masked(self._work.pack, phone, "phone") if phone else ""

    def _change(self, **parts: object) -> None:
        view = msgspec.structs.replace(self.view, **parts)
        if view != self.view:
            self.view = view
            self.changed.emit()
