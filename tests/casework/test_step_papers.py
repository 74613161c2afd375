"""What the papers of each step ask beyond its day: answered or said to be open, never filled in, never blocking by itself."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from answered_forms import ANSWERED, ITEMS, member, outcomes, sheet
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.closing_check import closing_check
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.national_record import RELATION_WORDS, national_record
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household, Membership, Person, PersonId, Relation
from taizhang_casework.domain.record_answers import RecordKind, consider
from taizhang_casework.domain.steps import (
    Authoriser,
    Cleared,
    Closing,
    DataComparison,
    Doubt,
    Entry,
    HomeVisit,
    Record,
    Signature,
)
from taizhang_casework.domain.yes_no import YesNo

Now = Callable[..., Circumstances]
Records = tuple[Record, ...]
PACK = shipped_packs()[0]
CHILD = "110105201503070013"


@pytest.fixture
def family(household: Household) -> Household:
    """The head and a child of seven."""
    child = Person(id=PersonId("p2"), name="王小明", id_number=CHILD)
    born = Membership(person=child, relation=Relation.CHILD, since=date(2020, 1, 1))
    return msgspec.structs.replace(household, memberships=(*household.memberships, born))


@pytest.fixture
def now(case_with: Callable[..., Case], family: Household) -> Now:
    def make(*records: Record, attached: frozenset[AttachmentKind] | None = None) -> Circumstances:
        return Circumstances(
            case=case_with(*records),
            household=family,
            pack=PACK,
            calendar=WorkCalendar(),
            today=date(2022, 4, 30),
            attached=attached,
        )

    return make


def said(considered: Considered[Record]) -> list[tuple[str, str]]:
    return [(finding.field, finding.code) for finding in considered.findings]


VISIT: Given = {**ANSWERED[RecordKind.HOME_VISIT], **sheet("王建国", "王小明")}


def test_a_sheet_left_open_is_noted_part_by_part_and_blocks_nothing(now: Now) -> None:
    given: Given = {"visited_on": date(2022, 4, 11), "visitors": ("张三", "李四"), "conclusion": "情况属实"}
    considered = consider(RecordKind.HOME_VISIT, given, now())
    assert said(considered) == [
        ("members", "not_recorded"),
        ("house_grade", "not_recorded"),
        ("wage_income", "not_recorded"),
        ("schooling_secured", "not_recorded"),
        ("head_signed", "not_recorded"),
    ]
    assert not considered.blocked
    record = considered.record
    assert isinstance(record, HomeVisit)
    assert (record.head_signed, record.own_expenses, record.members) == (None, None, ())


def test_an_answered_sheet_is_kept_as_it_was_answered(now: Now) -> None:
    considered = consider(RecordKind.HOME_VISIT, VISIT, now())
    assert considered.findings == ()
    assert isinstance(considered.record, HomeVisit)
    assert considered.record.members == (member("王建国"), member("王小明", Relation.OTHER))
    assert considered.record.transfer_income == 2_400_50
    assert considered.record.head_signed is YesNo.YES


def test_a_member_who_was_forgotten_and_a_line_with_blanks_are_named(now: Now) -> None:
    half = msgspec.structs.replace(member("王建国"), labour="", pension_insurance=None)
    considered = consider(RecordKind.HOME_VISIT, {**VISIT, "members": (half,)}, now())
    assert [finding.says for finding in considered.findings] == ["核查表还没有填：王建国的劳动技能、养老保险；王小明"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        pytest.param({"wage_income": -1}, "wage_income", "negative", id="a negative wage"),
        pytest.param({"house_grade": "z"}, "house_grade", "unknown_word", id="a grade that the pack does not know"),
        pytest.param({"water": "许多"}, "water", "unknown_word", id="water in other words"),
        pytest.param({"risks": ("bad_luck",)}, "risks", "unknown_word", id="a risk that the pack does not know"),
    ],
)
def test_what_no_paper_can_print_is_refused(change: Given, field: str, code: str, now: Now) -> None:
    considered = consider(RecordKind.HOME_VISIT, {**VISIT, **change}, now())
    assert said(considered) == [(field, code)]
    assert considered.blocked


def test_a_business_may_end_with_a_loss(now: Now) -> None:
    assert consider(RecordKind.HOME_VISIT, {**VISIT, "business_income": -5}, now()).findings == ()


def test_answers_that_do_not_fit_together_are_said_and_left_to_the_clerk(now: Now) -> None:
    child = msgspec.structs.replace(member("王小明"), schooling="dropped_out", health=("healthy", "disabled"))
    given = {**VISIT, "members": (member("王建国"), child), "house_grade": "d"}
    considered = consider(RecordKind.HOME_VISIT, given, now())
    assert said(considered) == [
        ("members", "healthy_and_ill"),
        ("housing_secured", "house_not_safe"),
        ("schooling_secured", "out_of_school"),
    ]
    assert not considered.blocked


def test_which_answers_do_not_fit_together_is_said_by_the_pack(now: Now) -> None:
    shipped = now().pack
    states = tuple(msgspec.structs.replace(each, alone=each.key == "chronic") for each in shipped.health_states)
    grades = tuple(msgspec.structs.replace(each, secured=each.key == "d") for each in shipped.house_grades)
    years = tuple(msgspec.structs.replace(each, secured=each.key != "none") for each in shipped.schooling_states)
    elsewhere = msgspec.structs.replace(shipped, health_states=states, house_grades=grades, schooling_states=years)
    child = msgspec.structs.replace(member("王小明"), schooling="none", health=("healthy", "chronic"))
    given = {**VISIT, "members": (member("王建国"), child), "house_grade": "d"}
    considered = consider(RecordKind.HOME_VISIT, given, msgspec.structs.replace(now(), pack=elsewhere))
    assert [finding.says for finding in considered.findings] == [
        "王小明既选了长期慢性病又选了其他健康状况，请核对",
        "王建国非在校、王小明非在校，与“义务教育有保障”不一致，请核对",
    ]


def test_a_sign_in_sheet_that_is_said_to_be_there_must_lie_with_the_case(now: Now, five_records: Records) -> None:
    given = {**ANSWERED[RecordKind.DEMOCRATIC_REVIEW], "sign_in_sheet": "yes"}
    nothing = consider(RecordKind.DEMOCRATIC_REVIEW, given, now(five_records[0], attached=frozenset()))
    assert said(nothing) == [("sign_in_sheet", "sheet_not_attached")]
    assert not nothing.blocked
    there = now(five_records[0], attached=frozenset({AttachmentKind.SIGNED_SHEET}))
    assert consider(RecordKind.DEMOCRATIC_REVIEW, given, there).findings == ()


def test_a_photo_that_is_said_to_be_there_must_lie_with_the_case(now: Now, five_records: Records) -> None:
    given = {**ANSWERED[RecordKind.PUBLIC_NOTICE], "photo": "yes"}
    nothing = consider(RecordKind.PUBLIC_NOTICE, given, now(*five_records[:3], attached=frozenset()))
    assert said(nothing) == [("photo", "photo_not_attached")]
    there = now(*five_records[:3], attached=frozenset({AttachmentKind.PHOTO}))
    assert consider(RecordKind.PUBLIC_NOTICE, given, there).findings == ()


def test_a_meeting_without_opinions_and_a_notice_without_a_word_about_its_photo_are_noted(
    now: Now, five_records: Records
) -> None:
    review = {**ANSWERED[RecordKind.DEMOCRATIC_REVIEW], "opinions": " ", "sign_in_sheet": None}
    assert said(consider(RecordKind.DEMOCRATIC_REVIEW, review, now(five_records[0]))) == [
        ("opinions", "not_recorded"),
        ("sign_in_sheet", "not_recorded"),
    ]
    notice = {**ANSWERED[RecordKind.PUBLIC_NOTICE], "photo": None}
    assert said(consider(RecordKind.PUBLIC_NOTICE, notice, now(*five_records[:3]))) == [("photo", "not_recorded")]


SIGNED = Signature(name="王建国", signed_on=date(2022, 4, 11))
BY_GUARDIAN = Signature(name="王小明", signed_on=date(2022, 4, 11), guardian="王建国")
ALL_CLEAR = (Cleared(person="王建国", items=ITEMS), Cleared(person="王小明", items=ITEMS))


def compared(now: Now, before: Records, **change: object) -> Considered[Record]:
    given: dict[str, object] = {
        "compared_on": date(2022, 4, 14),
        "signatures": (SIGNED, BY_GUARDIAN),
        "outcomes": ALL_CLEAR,
        **change,
    }
    return consider(RecordKind.DATA_COMPARISON, given, now(*before[:2]))  # type: ignore[arg-type]  # the changes are answers


def test_a_comparison_answered_for_everybody_is_written_down(now: Now, five_records: Records) -> None:
    considered = compared(now, five_records)
    assert considered.findings == ()
    assert isinstance(considered.record, DataComparison)
    assert considered.record.authorised == ("王建国", "王小明")


def test_an_item_that_nobody_answered_is_no_clear_item(now: Now, five_records: Records) -> None:
    half = (Cleared(person="王建国", items=ITEMS[2:]), Cleared(person="王小明", items=ITEMS))
    considered = compared(now, five_records, outcomes=half)
    assert considered.blocked
    assert [finding.says for finding in considered.findings] == [
        "比对结果还没有填：王建国2项；其余都没有疑点的，点“其余均无疑点”"
    ]


def test_a_doubt_is_an_answer_once_it_is_explained(now: Now, five_records: Records) -> None:
    doubt = Doubt(person="王建国", item="vehicles", explanation="三轮车，用于务农")
    rest = Cleared(person="王建国", items=tuple(item for item in ITEMS if item != "vehicles"))
    assert compared(now, five_records, outcomes=(doubt, rest, ALL_CLEAR[1])).findings == ()
    unexplained = msgspec.structs.replace(doubt, explanation="")
    considered = compared(now, five_records, outcomes=(unexplained, rest, ALL_CLEAR[1]))
    assert [finding.says for finding in considered.findings] == ["王建国的车辆疑点尚未说明"]
    assert considered.blocked


def test_one_item_cannot_be_both_clear_and_doubtful(now: Now, five_records: Records) -> None:
    doubt = Doubt(person="王建国", item="vehicles", explanation="已过户")
    assert said(compared(now, five_records, outcomes=(doubt, *ALL_CLEAR))) == [("outcomes", "both")]


def test_who_has_not_signed_yet_is_named_and_nobody_is_compared_without_any_authorisation(
    now: Now, five_records: Records
) -> None:
    unsigned = Signature(name="王建国")
    child = msgspec.structs.replace(BY_GUARDIAN, signed_on=None)
    assert said(compared(now, five_records, signatures=(unsigned, child)))[0] == ("signatures", "no_authorisation")
    assert said(compared(now, five_records, signatures=(SIGNED, child))) == [("signatures", "minor_not_authorised")]
    assert said(compared(now, five_records, signatures=(unsigned, BY_GUARDIAN))) == [
        ("signatures", "not_all_authorised")
    ]


def test_a_minor_is_signed_for_by_a_guardian(now: Now, five_records: Records) -> None:
    alone = msgspec.structs.replace(BY_GUARDIAN, guardian="")
    considered = compared(now, five_records, signatures=(SIGNED, alone))
    assert said(considered) == [("signatures", "no_guardian")]
    assert not considered.blocked


def test_children_elsewhere_and_their_spouses_are_compared_too(now: Now, five_records: Records) -> None:
    son = Signature(name="王大勇", as_what=Authoriser.CHILD_ELSEWHERE)
    people = (SIGNED, BY_GUARDIAN, son)
    clear = (*ALL_CLEAR, Cleared(person="王大勇", items=ITEMS))
    assert said(compared(now, five_records, signatures=people, outcomes=clear)) == [
        ("signatures", "other_not_authorised")
    ]
    assert said(compared(now, five_records, signatures=people)) == [
        ("signatures", "other_not_authorised"),
        ("outcomes", "not_answered"),
    ]


def test_a_signature_after_the_comparison_and_a_name_written_twice_are_said(now: Now, five_records: Records) -> None:
    late = msgspec.structs.replace(SIGNED, signed_on=date(2022, 4, 15))
    assert said(compared(now, five_records, signatures=(late, BY_GUARDIAN))) == [("signatures", "signed_after")]
    assert said(compared(now, five_records, signatures=(SIGNED, SIGNED, BY_GUARDIAN))) == [("signatures", "twice")]


def test_an_outcome_of_somebody_who_is_not_listed_is_refused(now: Now, five_records: Records) -> None:
    stranger = (*ALL_CLEAR, Cleared(person="别人", items=ITEMS))
    assert said(compared(now, five_records, outcomes=stranger)) == [("outcomes", "not_listed")]


def test_help_by_the_green_channel_has_a_ground_of_the_notice_and_a_day(now: Now) -> None:
    given = ANSWERED[RecordKind.GREEN_CHANNEL]
    assert consider(RecordKind.GREEN_CHANNEL, given, now()).findings == ()
    assert said(
        consider(RecordKind.GREEN_CHANNEL, {**given, "kind": "rain", "helped_on": date(2022, 5, 3)}, now())
    ) == [
        ("kind", "unknown_word"),
        ("helped_on", "future"),
    ]
    early = consider(RecordKind.GREEN_CHANNEL, {**given, "helped_on": date(2022, 4, 6)}, now())
    assert said(early) == [("helped_on", "before_received")]
    assert not early.blocked


def test_a_record_of_before_the_sheet_was_asked_is_read_and_says_that_nothing_was_recorded(
    now: Now, five_records: Records
) -> None:
    old = (
        b'{"recorded_at":"2022-04-30T09:00:00Z","recorded_by":"L","record":{"type":"home_visit",'
        b'"visited_on":"2022-04-11","visitors":["Z","L"],"conclusion":"x","risks":["illness"],"late_reason":""}}'
    )
    visit = msgspec.json.decode(old, type=Entry).record
    assert isinstance(visit, HomeVisit)
    assert (visit.members, visit.incomes.wage, visit.water, visit.head_signed) == ((), None, "", None)
    closed = now(visit, *five_records[1:])
    assert closing_check(closed, None) == (), "what nobody was asked keeps no case open"


def test_the_copy_ready_record_has_the_packs_order_and_the_head_first(
    case_with: Callable[..., Case], family: Household, five_records: Records
) -> None:
    visit = consider(
        RecordKind.HOME_VISIT,
        VISIT,
        Circumstances(case=case_with(), household=family, pack=PACK, calendar=WorkCalendar(), today=date(2022, 4, 30)),
    ).record
    assert visit is not None
    state = case_state(case_with(visit, *five_records[1:4]), ORDER)
    fields = national_record(family, state, PACK, village="石门村", on=date(2022, 4, 30))
    house = {field.label: field.value for field in fields if field.group == "户"}
    assert list(house) == [field.label for field in PACK.national_fields if not field.each_member]
    assert house == {
        "户主姓名": "王建国",
        "户主证件号码": "11010519491231002X",
        "联系电话": "",
        "行政村": "石门村",
        "家庭人口数": "2",
        "识别时间": "2022-04-20",
        "返贫致贫风险": "因病",
        "住房等级": "B级",
        "饮水安全": "安全",
        "工资性收入": "12000",
        "生产经营性收入": "3000",
        "财产性收入": "0",
        "转移性收入": "2400.50",
        "自付支出": "9000",
        "人均收入": "8700.25",
    }
    groups = list(dict.fromkeys(field.group for field in fields))
    assert groups == ["户", "王建国", "王小明"]
    child = {field.label: field.value for field in fields if field.group == "王小明"}
    assert (child["性别"], child["健康状况"], child["享受低保"]) == ("男", "长期慢性病", "否")
    assert {field.label for field in fields if field.personal} == {"户主证件号码", "联系电话", "证件号码"}


def test_what_was_not_recorded_stays_blank_in_the_copy_ready_record(
    case_with: Callable[..., Case], household: Household, five_records: Records
) -> None:
    state = case_state(case_with(*five_records[:4]), ORDER)
    fields = national_record(household, state, PACK, village="石门村", on=date(2022, 4, 30))
    blank = {field.label for field in fields if not field.value}
    assert {"住房等级", "工资性收入", "人均收入", "文化程度", "享受低保"} <= blank


def test_every_relation_has_its_word() -> None:
    assert set(RELATION_WORDS) == set(Relation)


def test_a_closed_case_takes_nothing_more(now: Now, five_records: Records) -> None:
    closed = now(*five_records, Closing(closed_on=date(2022, 4, 22)))
    assert [
        code for _, code in said(consider(RecordKind.GREEN_CHANNEL, ANSWERED[RecordKind.GREEN_CHANNEL], closed))
    ] == ["closed"]


def test_outcomes_of_the_shared_form_are_complete() -> None:
    assert outcomes(date(2022, 4, 11), "甲")["outcomes"] == (Cleared(person="甲", items=ITEMS),)
