"""What the sheets say: blank ones nothing of anybody, filled ones what is known of the case and no day that nobody wrote down."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from papered_case import DETAIL, NAMES, PACK, REASON, TODAY, VILLAGE, facts_of, five_records, setting_of, warning_of
from taizhang_casework.domain.attachment import Address, Attachment, AttachmentId, AttachmentKind, MediaType
from taizhang_casework.domain.papers.application import ApplicationForm, application
from taizhang_casework.domain.papers.authorisation import AuthorisationForm, authorisation, blank_authorisation
from taizhang_casework.domain.papers.choice import Choice, choices, yes_no
from taizhang_casework.domain.papers.file_cover import file_cover
from taizhang_casework.domain.papers.file_index import file_index
from taizhang_casework.domain.papers.review_minutes import ReviewMinutes, review_minutes
from taizhang_casework.domain.papers.screening_register import Quarter, blank_screening_register, screening_register
from taizhang_casework.domain.papers.visit_sheet import VisitSheet, visit_sheet
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Authoriser,
    ComparisonSkipped,
    GreenChannel,
    HomeVisit,
    Signature,
    SkipGround,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.yes_no import YesNo
from taizhang_casework.services.papers import MAKERS, PaperMaker

FORMS = (
    "application",
    "authorisation",
    "visit_sheet",
    "review_minutes",
    "file_cover",
    "file_index",
    "screening_register",
)
MADE = [pytest.param(maker, id=kind.value) for kind, maker in MAKERS.items() if kind.value in FORMS]


def leaves(value: object) -> Iterator[object]:
    """Every value inside that is no struct and no row of them."""
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from leaves(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def ticked(boxes: tuple[Choice, ...]) -> list[str]:
    return [box.label for box in boxes if box.chosen]


@pytest.mark.parametrize("maker", MADE)
def test_a_blank_sheet_says_nothing_of_anybody(maker: PaperMaker) -> None:
    paper = maker.blank(setting_of())
    assert paper.personal is False
    found = list(leaves(paper))
    assert not [each for each in found if isinstance(each, date)]
    assert not any(name in str(each) for each in found for name in (*NAMES, VILLAGE))


@pytest.mark.parametrize("maker", MADE)
@pytest.mark.parametrize("size", [0, 1, 14])
def test_no_day_is_printed_that_nobody_wrote_down(maker: PaperMaker, size: int) -> None:
    """Nothing was done yet: the day of the application and that on which it came in are all that is known."""
    paper = maker.filled(facts_of(size))
    assert paper.personal is True
    days = {each for each in leaves(paper) if isinstance(each, date)}
    assert days <= {date(2022, 4, 6), date(2022, 4, 7)}


@pytest.mark.parametrize("maker", MADE)
def test_a_sheet_of_a_finished_case_holds_the_days_of_its_records_and_never_todays(maker: PaperMaker) -> None:
    assert TODAY not in set(leaves(maker.filled(facts_of(3, *five_records(3)))))


def test_every_chosen_word_is_ticked_and_one_that_the_dictionary_lacks_is_kept() -> None:
    boxes = choices(PACK.water_states, ("unsafe", "井水"))
    assert boxes == (Choice("安全"), Choice("不安全", chosen=True), Choice("井水", chosen=True))


def test_what_nobody_answered_is_ticked_neither_way() -> None:
    assert ticked(yes_no(None)) == []
    assert ticked(yes_no(YesNo.NO)) == ["否"]


def applied(channel: Channel = Channel.SELF_APPLICATION, applicant: str = NAMES[0]) -> ApplicationForm:
    return application(facts_of(3, warning=warning_of(channel, applicant)))


def test_the_application_names_household_and_applicant_and_leaves_the_counts_to_him() -> None:
    form = applied()
    assert (form.applicant, form.relation, form.phone) == (NAMES[0], "户主", "13812345678")
    assert (form.head_name, form.people, form.village) == (NAMES[0], 3, VILLAGE)
    assert form.hardship == DETAIL
    assert ticked(form.risks) == []


def test_the_words_of_a_department_are_not_put_into_the_applicants_mouth() -> None:
    form = applied(Channel.DEPARTMENT)
    assert form.hardship == ""
    assert form.applied_on is None


def test_the_words_of_an_application_that_names_no_applicant_are_kept() -> None:
    bare = msgspec.structs.replace(warning_of(), particulars=None)
    form = application(facts_of(1, warning=bare))
    assert (form.applicant, form.hardship, form.applied_on) == (NAMES[0], DETAIL, None)


def test_another_members_application_bears_his_relation_and_nobodys_telephone() -> None:
    form = applied(applicant=NAMES[1])
    assert (form.applicant, form.relation, form.phone) == (NAMES[1], "配偶", "")
    assert form.head_name == NAMES[0]


def test_an_applicant_from_elsewhere_has_no_relation() -> None:
    assert applied(applicant="王大勇").relation == ""


def authorised(size: int, *asked: Signature) -> AuthorisationForm:
    records = (AuthorisationsAsked(asked_on=date(2022, 4, 9), signatures=asked),) if asked else ()
    return authorisation(facts_of(size, *five_records(size)[:2], *records))


def test_every_item_of_the_pack_and_both_offices_stand_in_the_authorisation() -> None:
    text = "".join(blank_authorisation(setting_of()).paragraphs)
    for words in (
        *(item.label.replace("、", "和") for item in PACK.comparison_items),
        "鳌山卫街道",
        "即墨区乡村振兴局",
    ):
        assert words in text
    assert "{" not in text


def test_adults_sign_before_minors_and_minors_are_marked() -> None:
    minor = [signer.minor for signer in authorised(14).signers]
    assert len(minor) == 14
    assert minor == sorted(minor)
    assert sum(minor) == 3


def test_those_who_were_asked_from_outside_the_household_follow() -> None:
    son = Signature(name="王大勇", as_what=Authoriser.CHILD_ELSEWHERE)
    own = Signature(name=NAMES[0], signed_on=date(2022, 4, 9))
    signers = authorised(2, own, son).signers
    assert [(each.name, each.as_what) for each in signers] == [
        (NAMES[0], "户主"),
        (NAMES[1], "配偶"),
        ("王大勇", "不在户的子女"),
    ]


@pytest.mark.parametrize(("size", "lines"), [(1, 6), (4, 6), (14, 16)])
def test_there_are_always_lines_left_for_those_who_owe_support(size: int, lines: int) -> None:
    form = authorised(size)
    assert form.more >= 2
    assert len(form.signers) + form.more == lines


def visited(size: int, *records: HomeVisit) -> VisitSheet:
    return visit_sheet(facts_of(size, *records))


def test_before_the_visit_the_household_is_named_and_nothing_is_answered() -> None:
    sheet = visited(3)
    assert [(each.name, each.relation) for each in sheet.members] == [
        (NAMES[0], "户主"),
        (NAMES[1], "配偶"),
        (NAMES[2], "子女"),
    ]
    assert {each.education + each.health + each.medical_insurance for each in sheet.members} == {""}
    answers = (sheet.house_grades, sheet.water, sheet.risks, *(boxes for _, boxes in sheet.secured))
    assert [ticked(boxes) for boxes in answers] == [[]] * 6
    assert (sheet.visited_on, sheet.conclusion, sheet.visitors) == (None, "", ())
    assert sheet.incomes == type(sheet.incomes)()
    assert sheet.more >= 2


def test_after_the_visit_the_sheet_holds_what_was_found_and_no_open_lines() -> None:
    (visit, *_) = five_records(3)
    assert isinstance(visit, HomeVisit)
    sheet = visited(3, visit)
    first = sheet.members[0]
    assert (first.relation, first.education, first.health) == ("户主", "文盲或半文盲", "长期慢性病、残疾")
    assert (first.medical_insurance, first.subsistence_allowance) == ("是", "否")
    assert ticked(sheet.house_grades) == ["B级"]
    assert ticked(sheet.risks) == ["因病", "缺劳动力"]
    assert [ticked(boxes) for _, boxes in sheet.secured] == [["有保障"], ["无保障"], []]
    assert sheet.conclusion == REASON
    assert (sheet.more, sheet.visitors) == (0, ("张三", "欧阳建国"))


def test_the_income_of_the_sheet_is_of_the_months_before_the_visit() -> None:
    incomes = visited(3, five_records(3)[0]).incomes  # type: ignore[arg-type]  # the first record is the visit
    assert incomes.period == "2021年4月至2022年3月"
    assert (incomes.wage, incomes.business, incomes.property) == ("12000", "-300", "0")
    assert incomes.per_head == "4700.17"


def test_who_was_met_beside_the_household_stands_on_the_sheet() -> None:
    (visit, *_) = five_records(3)
    assert isinstance(visit, HomeVisit)
    assert [each.name for each in visited(2, visit).members] == list(NAMES[:3])


def test_an_unmatched_warning_names_its_person_in_the_detail_and_no_head() -> None:
    sheet = visited(0)
    assert sheet.head_name == ""
    assert sheet.detail == f"{DETAIL}（{NAMES[0]}）"


def minutes(size: int, *, held: bool) -> ReviewMinutes:
    return review_minutes(facts_of(size, *(five_records(size)[:2] if held else ())))


def test_before_the_meeting_the_household_is_named_among_open_lines() -> None:
    paper = minutes(3, held=False)
    (household,) = paper.households
    assert (household.head_name, household.people, household.matter) == (NAMES[0], 3, DETAIL)
    assert (household.agree, household.against, household.abstain) == (None, None, None)
    assert paper.more > 0
    assert len(paper.quorums) == len(PACK.quorums)
    assert (paper.expected, paper.present, paper.host) == (None, None, "")


def test_after_the_meeting_the_votes_stand_there_and_no_open_line() -> None:
    paper = minutes(3, held=True)
    (household,) = paper.households
    assert (household.agree, household.against, household.abstain) == (22, 1, 1)
    assert paper.more == 0
    assert ticked(paper.forms) == ["村民代表会议"]
    assert (paper.expected, paper.present, paper.signatures) == (30, 24, 30)
    assert paper.quorums == ("村民代表会议须有应到人员的2/3以上到会，经到会人员1/2以上（不含本数）同意",)


def indexed(*records: object) -> list[tuple[str, date | None]]:
    return [(each.name, each.dated) for each in file_index(facts_of(2, *records)).papers]  # type: ignore[arg-type]  # records of every kind


def test_the_index_lists_what_was_recorded_with_its_days_in_the_order_of_the_work() -> None:
    assert indexed(*five_records(2)) == [
        ("申请书", date(2022, 4, 6)),
        ("入户核查表", date(2022, 4, 11)),
        ("民主评议记录和签到表", date(2022, 4, 12)),
        ("承诺授权书", date(2022, 4, 10)),
        ("信息比对申请", date(2022, 4, 13)),
        ("信息比对结果", date(2022, 4, 14)),
        ("疑点说明", None),
        ("村级公示", date(2022, 4, 15)),
        ("公示结果", date(2022, 4, 20)),
    ]


def test_the_index_of_a_case_without_records_lists_the_application_alone() -> None:
    assert indexed() == [("申请书", date(2022, 4, 6))]


def test_the_index_cites_an_earlier_comparison_instead_of_a_new_one() -> None:
    skipped = ComparisonSkipped(
        skipped_on=date(2022, 4, 13),
        ground=SkipGround.SUBSISTENCE_ALLOWANCE,
        earlier_on=date(2021, 11, 2),
        earlier_document="2021年比对记录",
    )
    names = indexed(*five_records(2)[:2], skipped)
    assert ("以前的信息比对材料（2021年比对记录）", date(2021, 11, 2)) in names
    assert not [name for name, _ in names if name.startswith(("承诺", "信息比对"))]


def test_the_index_counts_what_was_attached_by_kind_and_lists_the_green_channel_first() -> None:
    help_first = GreenChannel(
        opened_on=date(2022, 4, 8), ground="受灾", recognised_by="村民代表会议", help_given="救助"
    )
    facts = facts_of(2, help_first)
    photos = tuple(
        Attachment(
            id=AttachmentId(f"a{at}"),
            case=facts.case.id,
            kind=AttachmentKind.PHOTO,
            name="IMG.jpg",
            media=MediaType.JPEG,
            size=9,
            address=Address(f"{at:064x}"),
            added_by="李明",
            added_at=facts.case.entries[0].recorded_at,
        )
        for at in range(3)
    )
    paper = file_index(msgspec.structs.replace(facts, attachments=photos))
    assert [(each.name, each.copies) for each in paper.papers] == [
        ("申请书", None),
        ("绿色通道备案表", None),
        ("照片", 3),
    ]


def test_the_cover_bears_the_number_of_the_national_system_once_it_is_known() -> None:
    assert file_cover(facts_of(2)).household_number == ""
    cover = file_cover(facts_of(2, *five_records(2)))
    assert (cover.household_number, cover.begun_on, cover.closed_on) == ("3702150001", date(2022, 4, 7), None)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2022, 1, 1), "2022年第一季度"),
        (date(2022, 3, 31), "2022年第一季度"),
        (date(2022, 4, 1), "2022年第二季度"),
        (date(2022, 12, 31), "2022年第四季度"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, says: str) -> None:
    assert Quarter.of(day).says == says


def test_the_register_says_of_each_whether_he_was_taken_in_and_nothing_where_it_is_open() -> None:
    assert [row.taken_in for row in screening_register(facts_of(2)).rows] == ["", ""]
    assert [row.taken_in for row in screening_register(facts_of(2, *five_records(2))).rows] == ["是", "是"]


def test_the_register_names_the_nine_groups_of_the_notice() -> None:
    assert len(blank_screening_register(setting_of()).groups) == 9


@pytest.mark.parametrize(
    ("village", "place"),
    [
        ("顺河村村民委员会", "顺河村"),
        ("西北关村民委员会", "西北关村"),
        ("墨河社区居民委员会", "墨河社区"),
        ("柳树村", "柳树村"),
        ("", ""),
    ],
)
def test_an_address_bears_the_village_and_not_its_committee(village: str, place: str) -> None:
    assert application(msgspec.structs.replace(facts_of(1), village=village)).village == place
