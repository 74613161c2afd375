"""信息比对申请、结果、疑点说明, 绿色通道备案表, 回访记录 and 符合告知 as values made from a case."""

from datetime import date

import msgspec
import pytest
from noticed_case import (
    HEAD_NUMBER,
    OFFICE,
    PACK,
    case,
    comparison,
    facts,
    family,
    household,
    member,
    setting,
    steps_before,
)
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.clearing_income import IncomeFound
from taizhang_casework.domain.income import reckon_visit
from taizhang_casework.domain.letter import (
    Delivery,
    DeliveryWay,
    Letter,
    LetterId,
    LetterNumber,
    ResultNotice,
    ReturnVisit,
)
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.national_record import national_record
from taizhang_casework.domain.pack import PaperWording
from taizhang_casework.domain.papers.compared_person import compared_persons
from taizhang_casework.domain.papers.comparison_request import (
    blank_comparison_request,
    comparison_request,
    comparison_request_faults,
)
from taizhang_casework.domain.papers.comparison_result import (
    Outcome,
    blank_comparison_result,
    comparison_result,
    comparison_result_faults,
)
from taizhang_casework.domain.papers.doubt_explanation import (
    BLANK_DOUBTS,
    blank_doubt_explanation,
    doubt_explanation,
    doubt_explanation_faults,
)
from taizhang_casework.domain.papers.facts import PaperFacts, ScreenedCase
from taizhang_casework.domain.papers.green_filing import (
    OwedStep,
    blank_green_filing,
    green_filing,
    green_filing_faults,
)
from taizhang_casework.domain.papers.recognition_notice import recognition_notice, recognition_notice_faults
from taizhang_casework.domain.papers.return_visit_record import (
    blank_return_visit,
    return_visit_faults,
    return_visit_record,
)
from taizhang_casework.domain.papers.screening_register import TAKEN_IN, screening_register
from taizhang_casework.domain.papers.visit_sheet import visit_sheet
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Authoriser,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    Doubt,
    GreenChannel,
    HomeVisit,
    MemberCheck,
    MonitoredKind,
    PublicNotice,
    Record,
    Refusal,
    Signature,
    SkipGround,
    Step,
    SystemEntry,
)

VISIT, REVIEW, COMPARED = steps_before()
SKIPPED = ComparisonSkipped(
    skipped_on=date(2022, 4, 14),
    ground=SkipGround.SUBSISTENCE_ALLOWANCE,
    earlier_on=date(2022, 3, 1),
    earlier_document="3月1日比对记录",
)
REFUSAL = Refusal(decided_on=date(2022, 4, 14), at=Step.DATA_COMPARISON, reason="assets")
GREEN = GreenChannel(
    opened_on=date(2022, 4, 8),
    ground="夜间失火",
    recognised_by="村民代表22人",
    help_given="安置到周转房",
    kind="disaster",
    helped_on=date(2022, 4, 8),
)


def of(*records: Record) -> PaperFacts:
    return facts(case(*records), family())


def test_members_are_compared_first_then_those_from_elsewhere() -> None:
    daughter = Signature(name="王大兰", as_what=Authoriser.CHILD_ELSEWHERE)
    asked = AuthorisationsAsked(
        asked_on=date(2022, 4, 12),
        signatures=(daughter, Signature(name="王建国", signed_on=date(2022, 4, 12)), Signature(name="李秀英")),
    )
    people = compared_persons(of(VISIT, REVIEW, asked))
    assert [(each.name, each.signed, each.signed_on) for each in people] == [
        ("王建国", True, date(2022, 4, 12)),
        ("李秀英", False, None),
        ("王大勇", None, None),
        ("王小满", None, None),
        ("王大兰", False, None),
    ]
    assert people[0].id_number == HEAD_NUMBER
    assert people[4].id_number == ""
    assert [each.minor for each in people] == [False, False, False, True, False]


def test_whoever_is_named_as_having_authorised_has_signed_though_nobody_wrote_down_when() -> None:
    old = DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国",))
    first, second, *_ = compared_persons(of(VISIT, REVIEW, old))
    assert (first.signed, first.signed_on) == (True, None)
    assert second.signed is None


def test_the_request_names_items_persons_receiver_and_the_day_it_was_sent() -> None:
    request = comparison_request(of(*steps_before()), contact="0532-88561234")
    said = "".join((*request.paragraphs, *request.closing))
    assert "现申请对下列4人进行信息比对" in said
    assert "比对项目共13项：房产、车辆、大型农机具、" in said
    assert "联系方式：0532-88561234。" in said
    assert (request.addressee, request.dated, request.signer) == ("即墨区乡村振兴局", date(2022, 4, 13), OFFICE)
    assert request.personal


def test_a_request_that_was_not_sent_has_room_for_receiver_and_day() -> None:
    request = comparison_request(of(VISIT, REVIEW))
    assert (request.addressee, request.dated) == ("", None)
    blank = blank_comparison_request(setting())
    assert (blank.people, blank.personal) == (None, False)
    assert "对下列___人" in blank.paragraphs[0]


def test_who_has_not_signed_is_told_before_the_request_is_printed_and_blocks_nothing() -> None:
    found = comparison_request_faults(of(VISIT, REVIEW))
    assert [(each.code, each.blocks) for each in found] == [("not_signed", False)]
    assert found[0].says == "王建国、李秀英、王大勇、王小满还没有登记签署承诺授权书，未授权不得比对"
    assert comparison_request_faults(of(*steps_before())) == ()
    cited = {each.code: each.blocks for each in comparison_request_faults(of(VISIT, REVIEW, SKIPPED))}
    assert cited["skipped"] is False
    unmatched = facts(case(matched=False), None)
    assert "no_head" in {each.code for each in comparison_request_faults(unmatched) if each.blocks}


def test_the_result_holds_an_answer_of_each_person_in_each_item_and_open_ones_stay_open() -> None:
    result = comparison_result(of(*steps_before()))
    assert len(result.items) == 13
    by_name = {each.name: dict(zip(result.items, each.outcomes, strict=True)) for each in result.people}
    assert set(by_name["王建国"].values()) == {Outcome.CLEAR}
    assert {item for item, outcome in by_name["王大勇"].items() if outcome is Outcome.DOUBT} == {"车辆", "工商"}
    assert list(by_name["王小满"].values()) == [Outcome.CLEAR] * 6 + [Outcome.OPEN] * 7
    assert (result.sent_on, result.sent_to, result.compared_on) == (
        date(2022, 4, 13),
        "即墨区乡村振兴局",
        date(2022, 4, 14),
    )


def test_two_members_of_one_name_are_two_persons_and_nothing_is_guessed_between_them() -> None:
    child, grown = "370282201506012630", "370282197608152617"
    house = household(
        "王建国",
        member(1, "王小满", Relation.CHILD, grown),
        member(2, "王小满", Relation.GRANDCHILD, child),
    )
    signed = (
        Signature(name="王小满", signed_on=date(2022, 4, 12), guardian="王建国"),
        Signature(name="王小满", signed_on=date(2022, 4, 13)),
    )
    compared = msgspec.structs.replace(comparison(), signatures=signed)
    known = facts(case(VISIT, REVIEW, compared), house)
    assert [(each.id_number, each.signed_on, each.guardian) for each in compared_persons(known)[1:]] == [
        (grown, date(2022, 4, 13), ""),
        (child, date(2022, 4, 12), "王建国"),
    ]
    result = comparison_result(known)
    alike = [each for each in result.people if each.name == "王小满"]
    assert [each.id_number for each in alike] == [grown, child]
    assert {outcome for each in alike for outcome in each.outcomes} == {Outcome.OPEN}
    for faults in (comparison_result_faults, comparison_request_faults):
        told = [each for each in faults(known) if each.code == "same_name"]
        assert [each.blocks for each in told] == [False]
        assert "有两名成员都叫“王小满”" in told[0].says


def test_two_grown_up_members_of_one_name_are_given_no_signature_of_either() -> None:
    house = household(
        "王建国",
        member(1, "王小满", Relation.CHILD, "370282197608152617"),
        member(2, "王小满", Relation.CHILD, "370282195003052628"),
    )
    known = facts(case(VISIT, REVIEW, comparison()), house)
    assert [(each.signed, each.signed_on) for each in compared_persons(known)[1:3]] == [(None, None), (None, None)]


def test_an_item_and_a_person_that_no_list_has_stand_in_the_result_too() -> None:
    other = Doubt(person="王大兰", item="船舶", explanation="已报废")
    record = msgspec.structs.replace(comparison(), doubts=(*comparison().doubts, other))
    result = comparison_result(of(VISIT, REVIEW, record))
    assert result.items[-1] == "船舶"
    assert result.people[-1].name == "王大兰"
    assert result.people[-1].outcomes[-1] is Outcome.DOUBT
    assert {each.outcomes[-1] for each in result.people[:-1]} == {Outcome.OPEN}


def test_before_the_answer_every_box_is_open_and_blank_names_nobody() -> None:
    sent = ComparisonSent(sent_on=date(2022, 4, 13), sent_to="区局")
    result = comparison_result(of(VISIT, REVIEW, sent))
    assert {outcome for each in result.people for outcome in each.outcomes} == {Outcome.OPEN}
    assert (result.sent_on, result.compared_on) == (date(2022, 4, 13), None)
    blank = blank_comparison_result(setting())
    assert (blank.people, blank.personal) == ((), False)


def test_an_earlier_comparison_that_is_cited_has_no_result_of_its_own() -> None:
    assert [each.code for each in comparison_result_faults(of(VISIT, REVIEW, SKIPPED))] == ["skipped"]
    assert comparison_result_faults(of(*steps_before())) == ()


def test_each_doubt_is_explained_in_the_words_of_the_pack() -> None:
    sheet = doubt_explanation(of(*steps_before()))
    assert [(each.person, each.item) for each in sheet.doubts] == [("王大勇", "车辆"), ("王大勇", "工商")]
    assert doubt_explanation_faults(of(*steps_before())) == ()
    assert [each.code for each in doubt_explanation_faults(of(VISIT, REVIEW))] == ["no_doubts"]
    assert len(blank_doubt_explanation(setting()).doubts) == BLANK_DOUBTS


def test_the_green_channel_tells_every_step_done_or_until_when_it_is_owed() -> None:
    """Visited on 11 April: 15 days end on the 26th, and a notice of 5 days hangs at the latest from the 21st."""
    sheet = green_filing(of(GREEN, VISIT))
    assert sheet.steps == (
        OwedStep(label="入户核实", done_on=date(2022, 4, 11)),
        OwedStep(label="民主评议", until=date(2022, 4, 21)),
        OwedStep(label="信息比对", until=date(2022, 4, 21)),
        OwedStep(label="村级公示", until=date(2022, 4, 26)),
        OwedStep(label="录入系统"),
    )
    assert (sheet.ground, sheet.happened, sheet.recognised_by) == ("因灾", "夜间失火", "村民代表22人")
    assert (sheet.help_given, sheet.helped_on) == ("安置到周转房", date(2022, 4, 8))
    assert (sheet.head_name, sheet.head_id_number, sheet.people) == ("王建国", HEAD_NUMBER, 4)


def test_before_the_visit_its_own_clock_runs() -> None:
    """Received on Thursday 7 April: three working days end on the 12th."""
    steps = green_filing(of(GREEN)).steps
    assert [each.until for each in steps] == [
        date(2022, 4, 12),
        date(2022, 4, 17),
        date(2022, 4, 17),
        date(2022, 4, 22),
        None,
    ]


def test_the_income_a_head_is_the_same_on_the_sheet_in_the_national_record_and_beside_the_answer() -> None:
    """Of a household of four the visitors met three: what the head signs is what the screen showed."""
    assert isinstance(VISIT, HomeVisit)
    visit = msgspec.structs.replace(
        VISIT,
        members=tuple(MemberCheck(name=name) for name in ("王建国", "李秀英", "王大勇")),
        wage_income=Fen(12_000_00),
        business_income=Fen(0),
        property_income=Fen(0),
        transfer_income=Fen(0),
    )
    known = of(visit)
    assert reckon_visit(visit).per_head == Fen(4_000_00)
    assert visit_sheet(known).incomes.per_head == "4000"
    record = national_record(family(), known.state, PACK, village="顺河村", on=date(2022, 4, 15))
    (said,) = [each.value for each in record if "人均" in each.label]
    assert said == "4000"
    (told, *_) = IncomeFound(visit=visit, town_code="370215001", lines=()).says(date(2022, 4, 15))
    assert "÷ 3人" in told


def test_a_line_of_the_register_stands_as_the_pack_says_that_it_was_opened_under() -> None:
    """Under another pack a case may stand otherwise: the register folds none of them under that of the case that was opened."""
    lines = tuple(ScreenedCase(case(VISIT, at=at), meets) for at, meets in enumerate(Meets, 1))
    register = screening_register(msgspec.structs.replace(of(VISIT), screened=lines))
    assert [row.taken_in for row in register.rows] == [TAKEN_IN[meets] for meets in Meets]


def test_a_household_that_was_refused_owes_no_step_any_more() -> None:
    refused = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
    steps = green_filing(of(GREEN, VISIT, refused)).steps
    assert steps[0].done_on == date(2022, 4, 11)
    assert [each.until for each in steps] == [None] * 5


def test_without_a_green_channel_there_is_no_sheet_of_it_but_a_blank_one() -> None:
    assert [each.code for each in green_filing_faults(of(VISIT))] == ["no_green_channel"]
    with pytest.raises(LookupError):
        green_filing(of(VISIT))
    blank = blank_green_filing(setting())
    assert blank.grounds == ("因灾", "因意外事故", "其他原因")
    assert {(each.done_on, each.until) for each in blank.steps} == {(None, None)}
    assert not blank.personal


def letter_answering(refusal: Refusal) -> Letter:
    notice = ResultNotice(
        office_name=OFFICE,
        office_mark="环秀街道办事处防返贫告",
        number=LetterNumber(2022, 3),
        title="不符合认定标准告知书",
        addressee="王建国",
        paragraphs=("略。",),
        contact="0532",
        dated=date(2022, 4, 14),
    )
    return Letter(
        id=LetterId("l"),
        case=CaseId("c1"),
        answers=refusal,
        notice=notice,
        delivery=Delivery(delivered_on=date(2022, 4, 14), way=DeliveryWay.IN_PERSON, received_by="王建国"),
        return_visit=ReturnVisit(
            visited_on=date(2022, 4, 15), visitors=("张三", "李四"), explained="讲明了原因", attitude="理解"
        ),
    )


def test_the_return_visit_names_the_letter_the_visitors_what_was_explained_and_how_it_was_taken() -> None:
    known = facts(case(*steps_before(), REFUSAL), family(), letter=letter_answering(REFUSAL))
    record = return_visit_record(known)
    assert record.letter == "《不符合认定标准告知书》环秀街道办事处防返贫告〔2022〕3号"
    assert (record.delivered_on, record.visited_on, record.visitors) == (
        date(2022, 4, 14),
        date(2022, 4, 15),
        ("张三", "李四"),
    )
    assert (record.explained, record.attitude, record.channel) == ("讲明了原因", "理解", "自主申报")


def test_a_letter_that_was_superseded_is_not_cited() -> None:
    other = msgspec.structs.replace(REFUSAL, reason="income_above")
    known = facts(case(*steps_before(), REFUSAL), family(), letter=letter_answering(other))
    record = return_visit_record(known)
    assert (record.letter, record.visited_on, record.explained) == ("", None, "")


def test_a_household_that_was_not_refused_has_no_return_visit_but_a_blank_sheet() -> None:
    assert [each.code for each in return_visit_faults(of(*steps_before()))] == ["not_refused"]
    assert return_visit_faults(of(*steps_before(), REFUSAL)) == ()
    assert not blank_return_visit(setting()).personal


RECOGNISED = PaperWording(
    key="recognition_notice",
    title="符合认定标准告知书",
    paragraphs=("您家已于{recognised_on}认定为{kind}。",),
    closing=("咨询电话：{contact}。",),
    clause="[P] 样本",
    mark="{town}防返贫纳",
)


def recognised(*, worded: bool) -> PaperFacts:
    hung = PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="公开栏")
    entered = SystemEntry(entered_on=date(2022, 4, 21), household_number="1", kind=MonitoredKind.UNSTABLE)
    known = of(*steps_before(), hung, entered)
    if not worded:
        return known
    pack = msgspec.structs.replace(PACK, papers=(*PACK.papers, RECOGNISED))
    around = msgspec.structs.replace(known.circumstances, pack=pack)
    return msgspec.structs.replace(known, setting=setting(pack), circumstances=around)


def test_who_is_recognised_is_written_to_only_where_the_pack_has_the_words() -> None:
    """一（三）2 asks to write to the refused alone: the shipped pack has none."""
    assert [each.code for each in recognition_notice_faults(recognised(worded=False))] == ["no_wording"]
    assert recognition_notice_faults(recognised(worded=True)) == ()
    letter = recognition_notice(recognised(worded=True), contact="0532-1")
    assert letter.paragraphs == ("您家已于2022年4月21日认定为脱贫不稳定户。", "咨询电话：0532-1。")
    assert (letter.addressee, letter.mark, letter.signer) == ("王建国", "环秀街道防返贫纳", OFFICE)


def test_a_household_that_is_not_recognised_is_not_told_so() -> None:
    pack = msgspec.structs.replace(PACK, papers=(*PACK.papers, RECOGNISED))
    known = of(*steps_before())
    around = msgspec.structs.replace(known.circumstances, pack=pack)
    waiting = msgspec.structs.replace(known, setting=setting(pack), circumstances=around)
    assert [each.code for each in recognition_notice_faults(waiting)] == ["not_recognised"]
