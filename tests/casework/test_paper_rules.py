"""How cases become ledger lines and letters, which day is due, and what is proposed about persons and households."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.divisions import Divisions, shipped_divisions
from taizhang_casework.domain.duties import DutyKind, Urgency
from taizhang_casework.domain.duty_rules import duty_of, filing_day, filing_duty
from taizhang_casework.domain.ledger import Informed, Month
from taizhang_casework.domain.ledger_rules import belongs_to, check_month, ledger_line
from taizhang_casework.domain.letter import Delivery, DeliveryWay, Letter, LetterId, LetterNumber, Print, ReturnVisit
from taizhang_casework.domain.letter_rules import result_notice
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import MatchDecision, ProposalKind, Verdict
from taizhang_casework.domain.matching_rules import propose_duplicates, propose_household, undecided
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import Closing, ComparisonSkipped, Record, Refusal, SkipGround, Step
from taizhang_casework.domain.warning import Application, Channel, Particulars, PetitionFile

Maker = Callable[..., Case]
Records = tuple[Record, ...]
APRIL = Month(2022, 4)
REFUSAL = Refusal(
    decided_on=date(2022, 4, 13), at=Step.DATA_COMPARISON, reason="income_above", explanation="儿子务工收入稳定。"
)

STAYS = "30日不上班，期限不变"


@pytest.fixture
def pack() -> RegulationPack:
    return shipped_packs()[0]


@pytest.fixture
def divisions(pack: RegulationPack) -> Divisions:
    return shipped_divisions(pack)


@pytest.fixture
def answered(case_with: Maker, five_records: Records, pack: RegulationPack, household: Household) -> Letter:
    skip = ComparisonSkipped(
        skipped_on=date(2022, 4, 13),
        ground=SkipGround.SUBSISTENCE_ALLOWANCE,
        earlier_on=date(2022, 1, 13),
        earlier_document="民政局比对结果",
    )
    case = case_with(skip, *five_records[:2], REFUSAL)
    notice = result_notice(
        case,
        case_state(case, (Step.DATA_COMPARISON, *(step for step in Step if step is not Step.DATA_COMPARISON))),
        addressee=household.memberships[0].person,
        office_name="环秀街道办事处",
        number=LetterNumber(2022, 7),
        contact="0532-0000",
        dated=date(2022, 4, 14),
        pack=pack,
    )
    return Letter(
        id=LetterId("l1"),
        case=case.id,
        answers=REFUSAL,
        notice=notice,
        prints=(Print(at=datetime(2022, 4, 14, 9, tzinfo=UTC), by="李明", copies=2),),
        delivery=Delivery(delivered_on=date(2022, 4, 15), way=DeliveryWay.IN_PERSON, received_by="王建国"),
        return_visit=ReturnVisit(visited_on=date(2022, 4, 16), visitors=("张三",), explained="原因"),
    )


@pytest.mark.parametrize(
    ("month", "inside"),
    [(Month(2022, 3), False), (APRIL, True), (Month(2022, 5), True), (Month(2022, 6), False)],
    ids=str,
)
def test_a_case_is_in_each_ledger_from_its_receipt_to_the_month_of_its_closing(
    month: Month,
    inside: bool,
    case_with: Maker,
    five_records: Records,
) -> None:
    case = case_with(*five_records, Closing(closed_on=date(2022, 5, 6)))
    assert belongs_to(case, month) is inside


def test_an_open_case_stays_in_every_later_ledger(case_with: Maker) -> None:
    assert belongs_to(case_with(), Month(2023, 1))


def test_the_line_has_the_head_the_verifiers_and_the_decision(
    case_with: Maker, five_records: Records, household: Household, pack: RegulationPack, divisions: Divisions
) -> None:
    case = case_with(*five_records, Closing(closed_on=date(2022, 4, 29)))
    line = ledger_line(case, household=household, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day)
    assert (line.town, line.village) == ("环秀街道", "顺河村村民委员会")
    assert (line.head_name, line.head_id_number) == ("王建国", "11010519491231002X")
    assert line.verifiers == ("张三", "李四")
    assert (line.meets, line.applicant_informed, line.closed_on) == (Meets.YES, Informed.NOT_ASKED, date(2022, 4, 29))


def test_an_unmatched_line_leaves_the_head_blank_and_names_the_person_in_the_detail(
    case_with: Maker, pack: RegulationPack, divisions: Divisions
) -> None:
    case = msgspec.structs.replace(case_with(), household=None)
    line = ledger_line(case, household=None, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day)
    assert (line.head_name, line.head_id_number) == ("", "")
    assert line.detail == "家庭成员突发疾病（王建国）"


def test_a_warning_of_another_member_names_that_member_in_the_detail(
    case_with: Maker, household: Household, pack: RegulationPack, divisions: Divisions
) -> None:
    case = case_with()
    about_wife = msgspec.structs.replace(
        case, warning=msgspec.structs.replace(case.warning, name="赵桂兰", id_number="")
    )
    line = ledger_line(about_wife, household=household, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day)
    assert line.detail == "家庭成员突发疾病（赵桂兰）"


@pytest.mark.parametrize("asked", [Channel.SELF_APPLICATION, Channel.PETITION], ids=lambda channel: channel.value)
def test_only_a_delivered_letter_and_a_return_visit_inform_the_applicant(
    asked: Channel, case_with: Maker, household: Household, pack: RegulationPack, divisions: Divisions, answered: Letter
) -> None:
    case = case_with(REFUSAL)
    case = msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, channel=asked))

    def informed(letter: Letter | None) -> Informed:
        return ledger_line(
            case, household=household, letter=letter, pack=pack, divisions=divisions, on=APRIL.last_day
        ).applicant_informed

    assert informed(None) is Informed.NO
    assert informed(msgspec.structs.replace(answered, return_visit=None)) is Informed.NO
    assert informed(answered) is Informed.YES


@pytest.mark.parametrize("channel", [Channel.DEPARTMENT, Channel.CADRE_SCREENING], ids=lambda channel: channel.value)
def test_the_other_channels_leave_the_column_blank(
    channel: Channel, case_with: Maker, household: Household, pack: RegulationPack, divisions: Divisions
) -> None:
    case = case_with(REFUSAL)
    case = msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, channel=channel))
    line = ledger_line(case, household=household, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day)
    assert line.applicant_informed is Informed.NOT_ASKED


def test_the_month_is_looked_over_all_at_once_and_blocks_nothing(
    case_with: Maker, household: Household, pack: RegulationPack, divisions: Divisions
) -> None:
    refused = ledger_line(
        case_with(REFUSAL), household=household, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day
    )
    fresh = ledger_line(case_with(), household=None, letter=None, pack=pack, divisions=divisions, on=APRIL.last_day)
    findings = check_month({"a": refused, "b": fresh})
    assert {(each.field, each.code) for each in findings} == {
        ("a", "not_visited"),
        ("a", "not_informed"),
        ("b", "unmatched"),
        ("b", "not_visited"),
    }
    assert not any(each.blocks for each in findings)


@pytest.mark.parametrize(
    ("particulars", "begins"),
    [
        (
            Application(applicant="王建国", applied_on=date(2022, 4, 6)),
            "您家于2022年4月6日提出申请；2022年4月7日，我们收到您家通过“自主申报”（12317）反映的情况：",
        ),
        (PetitionFile(reference="信2022-15"), "2022年4月7日，我们收到您家通过“自主申报”（12317）反映的情况："),
        (None, "2022年4月7日，我们收到您家通过“自主申报”（12317）反映的情况："),
    ],
    ids=["an application with its day", "a petition", "a line of before it was asked"],
)
def test_the_letter_names_the_day_of_the_application_where_there_was_one(
    particulars: Particulars | None, begins: str, case_with: Maker, pack: RegulationPack, household: Household
) -> None:
    case = case_with(REFUSAL)
    case = msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, particulars=particulars))
    notice = result_notice(
        case,
        case_state(case, ORDER),
        addressee=household.memberships[0].person,
        office_name="环秀街道办事处",
        number=LetterNumber(2022, 7),
        contact="0532-0000",
        dated=date(2022, 4, 14),
        pack=pack,
    )
    assert notice.paragraphs[0].startswith(begins)


def test_the_letter_says_reason_and_number_in_plain_words(answered: Letter) -> None:
    said = "".join(answered.notice.paragraphs)
    assert "家庭人均收入高于监测标准" in said
    assert "儿子务工收入稳定" in said
    assert "进行了信息比对（引用以前的比对结果）、入户核实、民主评议。" in said, "what was done, in the pack's order"
    assert "。。" not in said
    assert "{" not in said
    assert str(answered.notice.number) == "〔2022〕7号"


@pytest.mark.parametrize(
    ("month", "day"),
    [(Month(2022, 4), date(2022, 4, 30)), (Month(2022, 2), date(2022, 2, 28)), (Month(2024, 2), date(2024, 2, 29))],
    ids=str,
)
def test_the_ledger_is_due_on_the_30th_or_the_last_day_of_february(
    month: Month, day: date, pack: RegulationPack
) -> None:
    assert filing_day(month, pack) == day
    assert filing_duty(month, pack, WorkCalendar(), month.first_day).kind is DutyKind.FILING


@pytest.mark.parametrize(
    ("month", "today", "warned"),
    [
        pytest.param(Month(2022, 4), date(2022, 4, 20), f"；{STAYS}，请在4月29日下班前办好", id="while it is ahead"),
        pytest.param(
            Month(2022, 4), date(2022, 4, 29), f"；{STAYS}，请在4月29日下班前办好", id="on the last working day"
        ),
        pytest.param(Month(2022, 4), date(2022, 4, 30), f"；{STAYS}", id="on the day off itself: no day that is over"),
        pytest.param(Month(2022, 4), date(2022, 5, 2), "", id="not once it is over"),
        pytest.param(Month(2022, 3), date(2022, 3, 20), "", id="not where somebody works on it"),
    ],
)
def test_the_ledger_due_on_a_day_off_says_on_which_day_to_be_done(
    month: Month, today: date, pack: RegulationPack, warned: str
) -> None:
    because = filing_duty(month, pack, WorkCalendar(), today).because
    assert because.endswith(f"{filing_duty(month, pack, WorkCalendar(), today).clause}）{warned}")


def around(case: Case, household: Household | None, pack: RegulationPack) -> Circumstances:
    return Circumstances(case=case, household=household, pack=pack, calendar=WorkCalendar(), today=date(2022, 4, 20))


def test_the_first_duty_is_to_match_and_visit_within_three_working_days(case_with: Maker, pack: RegulationPack) -> None:
    duty = duty_of(around(msgspec.structs.replace(case_with(), household=None), None, pack), None)
    assert duty is not None
    assert (duty.kind, duty.due) == (DutyKind.MATCH, date(2022, 4, 12))
    assert duty.urgency(date(2022, 4, 13)) is Urgency.OVERDUE
    assert "二（二）" in duty.because


def test_after_the_visit_the_notice_must_be_posted_in_time_for_its_days(
    case_with: Maker, five_records: Records, household: Household, pack: RegulationPack
) -> None:
    duty = duty_of(around(case_with(five_records[0]), household, pack), None)
    assert duty is not None
    assert (duty.kind, duty.what, duty.due) == (DutyKind.STEP, "民主评议", date(2022, 4, 21))


def test_a_refused_self_applicant_is_a_duty_until_answered(
    case_with: Maker, five_records: Records, household: Household, pack: RegulationPack, answered: Letter
) -> None:
    now = around(case_with(five_records[0], REFUSAL), household, pack)
    owed, done = duty_of(now, None), duty_of(now, answered)
    assert owed is not None
    assert owed.kind is DutyKind.ANSWER
    assert done is not None
    assert (done.kind, done.what) == (DutyKind.CLOSE, "办结销号")


def test_a_closed_case_owes_nothing(
    case_with: Maker, five_records: Records, household: Household, pack: RegulationPack
) -> None:
    assert (
        duty_of(around(case_with(*five_records, Closing(closed_on=date(2022, 4, 21))), household, pack), None) is None
    )


def test_a_member_is_proposed_by_number_and_a_namesake_only_without_one(case_with: Maker, household: Household) -> None:
    case = msgspec.structs.replace(case_with(), household=None)
    assert [p.kind for p in propose_household(case, [household])] == [ProposalKind.PERSON_IN_HOUSEHOLD]
    other_number = msgspec.structs.replace(
        case, warning=msgspec.structs.replace(case.warning, id_number="370282196504120032")
    )
    assert propose_household(other_number, [household]) == ()
    unnumbered = Household(
        id=HouseholdId("h2"),
        village_code=household.village_code,
        memberships=(
            Membership(person=Person(id=PersonId("p2"), name="王建国"), relation=Relation.HEAD, since=date(2020, 1, 1)),
        ),
    )
    assert "核对" in propose_household(other_number, [unnumbered])[0].because


def test_person_item_and_year_make_one_fact_and_a_household_in_a_month_one_visit(case_with: Maker) -> None:
    first = case_with()
    item = msgspec.structs.replace(first.warning, item="medical_costs")
    first = msgspec.structs.replace(first, warning=item)
    again = msgspec.structs.replace(first, id=CaseId("c2"))
    assert [p.kind for p in propose_duplicates(again, [first, again])] == [ProposalKind.SAME_FACT]
    next_year = msgspec.structs.replace(again, warning=msgspec.structs.replace(item, received_on=date(2023, 4, 7)))
    assert propose_duplicates(next_year, [first]) == ()
    other_item = msgspec.structs.replace(again, warning=msgspec.structs.replace(item, item="subsistence"))
    assert [p.kind for p in propose_duplicates(other_item, [first])] == [ProposalKind.SAME_HOUSEHOLD]


def test_a_decided_proposal_is_not_made_again_whichever_way_round(case_with: Maker) -> None:
    first = msgspec.structs.replace(case_with(), warning=msgspec.structs.replace(case_with().warning, item="x"))
    again = msgspec.structs.replace(first, id=CaseId("c2"))
    proposals = propose_duplicates(again, [first])
    decision = MatchDecision(
        kind=ProposalKind.SAME_FACT,
        left="c1",
        right="c2",
        verdict=Verdict.NO,
        decided_by="李明",
        decided_at=datetime(2022, 4, 8, 9, tzinfo=UTC),
    )
    assert undecided(proposals, []) == proposals
    assert undecided(proposals, [decision]) == ()
