"""What the clerks of one demonstration town do in the month: every case is matched, verified, decided as far as it got."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import ADULT_YEARS
from taizhang_casework.domain.id_number import age_on, birthday
from taizhang_casework.domain.letter import Delivery, DeliveryWay, ReturnVisit
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import Verdict
from taizhang_casework.domain.people import Household, Relation
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    DemocraticReview,
    GreenChannel,
    MonitoredKind,
    PublicNotice,
    Record,
    Refusal,
    ReviewForm,
    SkipGround,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.yes_no import YesNo
from taizhang_casework.services.correspondence import draft_letter, note_delivered, note_printed, note_return_visit
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import decide, match_household, proposals
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work

from taizhang_desktop.bootstrap.travel import unissued_number
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.papers import OPINIONS, comparison, home_visit

VISITORS = (("孙晓梅", "周志强"), ("吴海燕", "郑文斌"))
CONTACT = "镇街便民服务中心乡村振兴窗口，电话0532-8800 0000（演示）"
REFUSAL = Refusal(
    decided_on=date(2022, 4, 14),
    at=Step.DEMOCRATIC_REVIEW,
    reason="other",
    explanation="家庭收入稳定，住院费用经医保报销后个人负担较小，基本生活没有困难",
)

HELP = GreenChannel(
    opened_on=date(2022, 4, 23),
    kind="disaster",
    ground="大棚受灾绝收，当月没有收入，看病和生活都靠借款",
    recognised_by="村民代表会议",
    help_given="镇街临时救助2000元，送去米面油",
    helped_on=date(2022, 4, 23),
)


@dataclass(frozen=True, kw_only=True)
class Villager:
    """A made-up person of the story, with a number of an area that issues none."""

    name: str
    born: date
    serial: int

    @property
    def id_number(self) -> str:
        """18 characters that check, and that nobody has."""
        return unissued_number(self.born, self.serial)


SELF_APPLICANT = Villager(name="李䶮", born=date(1965, 4, 12), serial=9001)
SCREENED = Villager(name="王𡛕", born=date(1971, 8, 23), serial=9002)
PETITIONER = Villager(name="孙玥珺", born=date(1958, 11, 2), serial=9003)
INJURED = Villager(name="周福生", born=date(1979, 1, 30), serial=9004)
FLOODED = Villager(name="阿卜杜·热西提", born=date(1986, 6, 9), serial=9005)


def take(work: Work, who: Villager, channel: Channel, source: str, detail: str, village_code: str) -> CaseId:
    """A warning that came by telephone, by the village, or by letter, received on the story's day."""
    draft = WarningDraft(
        channel=channel,
        source=source,
        detail=detail,
        name=who.name,
        id_number=who.id_number,
        village_code=village_code,
        received_on=work.clock.today(),
    )
    return take_warning(work, draft).case


def take_late_april(work: Work, clock: StoryClock, village_code: str) -> None:
    """What came in the month's last week and is still in hand when the ledger is frozen: one overdue, one due, one under way."""
    clock.go_to(date(2022, 4, 22))
    under_way = take(work, FLOODED, Channel.CADRE_SCREENING, "村委", "大棚受灾，收入骤减", village_code)
    clock.go_to(date(2022, 4, 25))
    take(work, PETITIONER, Channel.PETITION, "信访局", "反映因病致贫", village_code)
    clock.go_to(date(2022, 4, 26))
    take(work, INJURED, Channel.CADRE_SCREENING, "村委", "务工受伤，支出骤增", village_code)
    household = _new_household(work, under_way)
    match_household(work, under_way, household)
    record(work, under_way, HELP)
    clock.go_to(date(2022, 4, 28))
    record(
        work,
        under_way,
        home_visit(
            household,
            date(2022, 4, 27),
            visitors=VISITORS[1],
            conclusion="大棚受损属实",
            risk="natural_disaster",
        ),
    )


def _new_household(work: Work, case_id: CaseId) -> Household:
    """A household of the warned person's own; a child's has a grown-up head."""
    with work.store.reading() as desk:
        case = desk.cases.get(case_id)
    number, today = case.warning.id_number, work.clock.today()
    if not number or age_on(number, today) >= ADULT_YEARS:
        return new_household(work, case, head_name="", head_id_number="", relation=Relation.HEAD)
    born = birthday(number).replace(day=1) - timedelta(days=30 * 365)
    head = Villager(name=f"{case.warning.name[0]}建军", born=born, serial=int(number[14:17]))
    return new_household(work, case, head_name=head.name, head_id_number=head.id_number, relation=Relation.CHILD)


def match_all(work: Work) -> None:
    """Say of every open case which household it is about, and take up what the rules propose."""
    for case in _open(work):
        with work.store.reading() as desk:
            proposed = proposals(desk, desk.cases.get(case.id)) if case.household is None else ()
        if case.household is not None:
            continue
        if proposed:
            decide(work, proposed[0], Verdict.YES)
        else:
            match_household(work, case.id, _new_household(work, case.id))
    for case in _open(work):
        with work.store.reading() as desk:
            proposed = proposals(desk, desk.cases.get(case.id))
        for proposal in proposed:
            decide(work, proposal, Verdict.YES)


def verify_all(work: Work, clock: StoryClock, *, visited_on: date) -> None:
    """Walk every open case that was received: most to the end, every fifth is refused, every seventh is still on the board."""
    clock.go_to(date(2022, 4, 24))
    cases = [case for case in _open(work) if case.joined_to is None and case.warning.channel is Channel.DEPARTMENT]
    for case, turn in zip(cases, count(1), strict=False):
        for step in _records(work, turn, visited_on, case):
            record(work, case.id, step)


def _records(work: Work, turn: int, visited_on: date, case: Case) -> Iterator[Record]:
    first, day = visited_on, timedelta(days=1)
    visitors = VISITORS[turn % len(VISITORS)]
    household = _household_of(work, case.id)
    yield home_visit(household, first, visitors=visitors, conclusion="情况属实，支出较大", risk="illness", turn=turn)
    present, against = 24 + turn % 5, turn % 3
    yield DemocraticReview(
        held_on=first + day,
        form=ReviewForm.REPRESENTATIVES,
        expected=30,
        present=present,
        host="村党支部书记",
        recorder="村文书",
        agree=present - against,
        against=against,
        abstain=0,
        opinions=OPINIONS,
        sign_in_sheet=YesNo.NO,
    )
    if turn % 5 == 0:
        yield Refusal(
            decided_on=first + 2 * day, at=Step.DATA_COMPARISON, reason=REFUSAL.reason, explanation=REFUSAL.explanation
        )
        return
    if turn % 4 == 0:
        yield ComparisonSkipped(
            skipped_on=first + 2 * day,
            ground=SkipGround.SUBSISTENCE_ALLOWANCE,
            earlier_on=date(2021, 11, 18),
            earlier_document="2021年11月低保核对",
        )
    else:
        yield comparison(household, first + 3 * day, work.pack_of(case), doubted=turn % 6 == 0)
    yield PublicNotice(posted_on=first + 4 * day, ended_on=first + 9 * day, place="村务公开栏", photo=YesNo.NO)
    if turn % 7:
        kind = tuple(MonitoredKind)[turn % 3]
        yield SystemEntry(
            entered_on=first + 10 * day, household_number=f"3702150{turn:05d}", kind=kind, risks=("illness",)
        )


def refuse_and_answer(work: Work, clock: StoryClock, case: CaseId) -> None:
    """The self-applicant is visited and refused at the review, gets his letter, and is visited again."""
    clock.go_to(date(2022, 4, 14))
    record(
        work,
        case,
        home_visit(
            _household_of(work, case),
            date(2022, 4, 12),
            visitors=VISITORS[0],
            conclusion="有住院支出，报销后个人负担较小",
            risk="illness",
        ),
    )
    record(work, case, REFUSAL)
    letter = draft_letter(work, case, contact=CONTACT).letter
    note_printed(work, letter.id, copies=2)
    clock.go_to(date(2022, 4, 18))
    note_delivered(
        work,
        letter.id,
        Delivery(
            delivered_on=date(2022, 4, 15),
            way=DeliveryWay.IN_PERSON,
            received_by=letter.notice.addressee,
            witness="村文书",
            delivered_by=VISITORS[0],
        ),
    )
    note_return_visit(
        work,
        letter.id,
        ReturnVisit(
            visited_on=date(2022, 4, 18),
            visitors=VISITORS[0],
            explained="说明认定标准和不符合的原因",
            attitude="表示理解",
        ),
    )


def close_what_is_done(work: Work, clock: StoryClock) -> None:
    """办理一条销号一条: close every case whose loop is shut."""
    clock.go_to(date(2022, 4, 28))
    for case in _open(work):
        state = case_state(case, work.pack_of(case).order)
        if state.current is None:
            record(work, case.id, Closing(closed_on=work.clock.today()))


def _household_of(work: Work, case: CaseId) -> Household:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
        if household is None:
            raise LookupError(case)
        return desk.households.get(household)


def _open(work: Work) -> list[Case]:
    with work.store.reading() as desk:
        return list(desk.cases.open())
