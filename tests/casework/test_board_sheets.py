"""村级公示 and its result: what a village's board may show of a household, and what keeps a household off it."""

from datetime import date
from importlib.resources import files

import msgspec
import pytest
from noticed_case import (
    HEAD_NUMBER,
    PACK,
    TODAY,
    VILLAGE,
    case,
    facts,
    families,
    family,
    household,
    member,
    setting,
    steps_before,
)
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Discarding
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import BrokenPack, load_pack
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_result import Objection, blank_notice_result, notice_result
from taizhang_casework.domain.papers.noticed_household import (
    NoticedHousehold,
    NoticeEntry,
    NumberEnds,
    is_group,
    noticed_household,
)
from taizhang_casework.domain.papers.review_minutes import review_minutes
from taizhang_casework.domain.papers.village_notice import (
    NoticeTerms,
    VillageNotice,
    blank_village_notice,
    empty_village_notice,
    single_village_notice,
    village_notice,
)
from taizhang_casework.domain.papers.village_notice_check import notice_paper_faults
from taizhang_casework.domain.papers.visit_sheet import visit_sheet
from taizhang_casework.domain.people import Household, HouseholdId, Relation
from taizhang_casework.domain.steps import (
    DemocraticReview,
    MonitoredKind,
    NoticePosted,
    PublicNotice,
    Refusal,
    Reopening,
    Step,
)

TERMS = NoticeTerms(posted_on=date(2022, 4, 15), place="村务公开栏", contact="村委会 0532-88561234")
ENTRY = NoticeEntry(group="3组", kind=MonitoredKind.SUDDEN_HARDSHIP)
REFUSAL = Refusal(decided_on=date(2022, 4, 14), at=Step.DATA_COMPARISON, reason="assets")
SHIPPED = (files("taizhang_casework") / "packs" / "jimo-2022-1.toml").read_text("utf-8")


def codes(known: PaperFacts, entry: NoticeEntry = ENTRY) -> set[str]:
    return {finding.code for finding in notice_paper_faults([known], [entry], "")}


def test_a_board_has_room_for_head_group_people_kind_and_nothing_else() -> None:
    assert NoticedHousehold.__struct_fields__ == ("head_name", "group", "people", "kind", "ends")
    assert VillageNotice.__struct_fields__ == ("title", "signer", "paragraphs", "closing", "households", "dated")


def test_a_household_stands_there_with_its_head_group_number_of_people_and_kind() -> None:
    shown = noticed_household(facts(case(*steps_before()), family()), ENTRY)
    assert shown == NoticedHousehold(head_name="王建国", group="3组", people=4, kind="突发严重困难户")


def test_the_ends_of_the_number_are_shown_only_where_asked_and_never_more_than_two_and_three() -> None:
    known = facts(case(*steps_before()), family())
    assert noticed_household(known, ENTRY).ends is None
    assert str(noticed_household(known, ENTRY, number_ends=True).ends) == "11***02X"
    generous = msgspec.structs.replace(
        PACK,
        masks=tuple(
            msgspec.structs.replace(mask, head=8, tail=6) if mask.key == "id_number_on_notice" else mask
            for mask in PACK.masks
        ),
    )
    around = msgspec.structs.replace(known.circumstances, pack=generous)
    asked = msgspec.structs.replace(known, circumstances=around)
    assert str(noticed_household(asked, ENTRY, number_ends=True).ends) == "11***02X"
    nobody = facts(case(*steps_before()), household("王建国", number=""))
    assert noticed_household(nobody, ENTRY, number_ends=True).ends is None


@pytest.mark.parametrize(("first", "last"), [("110", "02X"), ("11", "002X")])
def test_more_of_a_number_has_no_place(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="more than the ends"):
        NumberEnds(first=first, last=last)


@pytest.mark.parametrize("name", ["李小满", "阿卜杜·热西提", "𠮷田"])
def test_a_head_who_is_not_of_age_stands_there_with_the_first_character_alone(name: str) -> None:
    """Children's names are never put on a board, and a household is not kept off it because its head is a child."""
    child = facts(case(*steps_before()), household(name, number="370282201506012630"))
    notice = village_notice([child], [ENTRY], TERMS)
    assert notice.households is not None
    assert [each.head_name for each in notice.households] == [f"{name[0]}某某"]
    assert name not in repr(notice)
    found = notice_paper_faults([child], [ENTRY], "")
    assert [(each.code, each.blocks) for each in found] == [("minor_head", False)]
    assert f"公示上只写“{name[0]}某某”" in found[0].says


def test_a_head_is_of_age_from_the_eighteenth_birthday_on() -> None:
    grown = facts(case(*steps_before()), household("李小满", number="370282200404152630"))
    young = facts(case(*steps_before()), household("李小满", number="370282200404162637"))
    assert noticed_household(grown, ENTRY).head_name == "李小满"
    assert noticed_household(young, ENTRY).head_name == "李某某"


def test_a_head_without_a_number_is_worth_a_look() -> None:
    unknown = facts(case(*steps_before()), household("李小满", number=""))
    assert codes(unknown) == {"age_unknown"}
    assert village_notice([unknown], [ENTRY], TERMS).households == (
        NoticedHousehold(head_name="李小满", group="3组", people=1, kind="突发严重困难户"),
    )


@pytest.mark.parametrize("text", ["", "3组", "第三村民小组", "东片（二）", "十一、十二组", "𠮷家沟组"])
def test_what_a_group_may_be_called(text: str) -> None:
    assert is_group(text)


@pytest.mark.parametrize(
    "text",
    ["13912345678", "3702", "3组 王大勇", "环秀街道顺河村3组东数第二排", "3组，因病致贫", "（3组）", "a-b"],
)
def test_what_is_no_group_is_refused(text: str) -> None:
    known = facts(case(*steps_before()), family())
    assert not is_group(text)
    assert codes(known, NoticeEntry(group=text)) == {"no_group_name"}
    with pytest.raises(ValueError, match="not the name of a group"):
        noticed_household(known, NoticeEntry(group=text))


def test_a_refused_household_is_kept_off_the_board() -> None:
    refused = facts(case(*steps_before(), REFUSAL), family())
    with pytest.raises(NotAccepted, match="王建国已经认定为不符合，不符合的农户不得出现在公示上"):
        village_notice([families(["李明"])[0], refused], [ENTRY, ENTRY], TERMS)
    with pytest.raises(NotAccepted):
        single_village_notice(refused)


def test_a_household_that_the_meeting_voted_down_is_kept_off_before_anybody_writes_down_that_it_was_refused() -> None:
    visit, review, compared = steps_before()
    assert isinstance(review, DemocraticReview)
    voted_down = msgspec.structs.replace(review, agree=3, against=21, abstain=0)
    known = facts(case(visit, voted_down, compared), family())
    assert codes(known) == {"review_not_passed"}
    with pytest.raises(NotAccepted, match="王建国的民主评议没有通过，不能公示"):
        village_notice([known], [ENTRY], TERMS)


def test_a_household_that_was_reopened_may_be_posted_again() -> None:
    back = Reopening(reopened_on=date(2022, 4, 15), back_to=Step.PUBLIC_NOTICE, why="补充了材料")
    known = facts(case(*steps_before(), REFUSAL, back), family())
    assert codes(known) == set()


def test_what_lies_in_the_recycle_bin_or_has_no_head_is_kept_off_too() -> None:
    gone = Discarding(at=case(*steps_before()).entries[0].recorded_at, by="李明", why="登记错了")
    discarded = msgspec.structs.replace(case(*steps_before()), discarded=gone)
    assert codes(facts(discarded, family())) == {"discarded"}
    assert codes(facts(case(*steps_before(), matched=False), None)) == {"no_head"}
    headless = Household(
        id=HouseholdId("h1"),
        village_code="370215001207",
        memberships=(member(1, "李秀英", Relation.SPOUSE, "370282195003052628"),),
    )
    assert codes(facts(case(*steps_before()), headless)) == {"no_head"}
    with pytest.raises(LookupError):
        noticed_household(facts(case(*steps_before()), headless), ENTRY)


def test_steps_that_are_not_done_yet_are_told_and_do_not_block() -> None:
    early = facts(case(steps_before()[0]), family())
    found = notice_paper_faults([early], [ENTRY], "")
    assert [(each.code, each.blocks) for each in found] == [("steps_before", False)]
    assert found[0].says == "王建国还没有民主评议、信息比对"


def test_a_notice_is_of_one_village() -> None:
    here, there = families(["王建国", "李明"])
    house = msgspec.structs.replace(household("李明", at=2), village_code="370215001210")
    elsewhere = facts(there.case, house)
    with pytest.raises(NotAccepted, match="一张公示只公示一个村的农户"):
        village_notice([here, elsewhere], [ENTRY, ENTRY], TERMS)


@pytest.mark.parametrize(
    "contact",
    [HEAD_NUMBER, "联系人 1391234 5678", "13900001111（王大勇）", "１３９１２３４５６７８", "11010519491231002x"],
)
def test_the_contact_is_no_number_of_the_household(contact: str) -> None:
    house = household("王建国", member(2, "王大勇", Relation.CHILD, "370282197608152617", phone="139 0000 1111"))
    warning = msgspec.structs.replace(case().warning, phone="139-1234-5678")
    known = facts(msgspec.structs.replace(case(*steps_before()), warning=warning), house)
    found = notice_paper_faults([known], [ENTRY], contact)
    assert [each.code for each in found if each.blocks] == ["personal_contact"]
    assert not notice_paper_faults([known], [ENTRY], "村委会 0532-88561234")
    found = notice_paper_faults([known], [ENTRY], "", contact)
    assert [(each.field, each.code) for each in found if each.blocks] == [("place", "personal_place")]
    with pytest.raises(NotAccepted, match="张贴地点里有公示农户本人的电话"):
        village_notice([known], [ENTRY], NoticeTerms(place=f"王建国家门口 {contact}"))


def test_two_lines_of_one_household_are_posted_once() -> None:
    first = facts(case(*steps_before()), family())
    again = facts(msgspec.structs.replace(case(*steps_before(), at=2), household=HouseholdId("h1")), family())
    notice = village_notice([first, again], [ENTRY, ENTRY], TERMS)
    assert notice.households is not None
    assert len(notice.households) == 1
    assert "共1户4人" in notice.paragraphs[0]


def test_the_notice_says_since_when_until_when_and_whom_to_ask() -> None:
    notice = village_notice(families(["王建国", "李䶮𬭎"]), [ENTRY, NoticeEntry()], TERMS)
    said = "".join((*notice.paragraphs, *notice.closing))
    assert "（即乡振发〔2022〕1号）规定的认定程序" in said
    assert "共2户2人" in said
    assert "公示期：2022年4月15日至2022年4月20日，共5天。" in said
    assert "联系方式：村委会 0532-88561234。" in said
    assert (notice.signer, notice.dated) == (VILLAGE, date(2022, 4, 15))
    assert [(each.group, each.kind) for each in notice.households or ()] == [("3组", "突发严重困难户"), ("", "")]


def test_days_that_nobody_wrote_down_stay_blank_and_what_the_case_tells_is_taken() -> None:
    fresh = single_village_notice(facts(case(*steps_before()), family()))
    assert fresh.dated is None
    assert "公示期：____年___月___日至____年___月___日" in fresh.closing[0]
    posted = NoticePosted(posted_on=date(2022, 4, 14), place="公开栏")
    hanging = single_village_notice(facts(case(*steps_before(), posted), family()))
    assert "公示期：2022年4月14日至2022年4月19日" in hanging.closing[0]


def test_a_blank_notice_names_nobody_and_an_empty_one_says_so() -> None:
    blank = blank_village_notice(setting())
    assert (blank.households, blank.signer, blank.dated) == (None, "", None)
    assert "共___户___人" in blank.paragraphs[0]
    empty = empty_village_notice(setting(), VILLAGE, TERMS, WorkCalendar())
    assert empty.households == ()
    assert "本次没有拟纳入防止返贫监测帮扶的农户" in empty.paragraphs[0]


def ended(**changes: str) -> PublicNotice:
    notice = PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏")
    return msgspec.structs.replace(notice, **changes)


def test_the_result_tells_what_was_objected_and_how_it_was_settled() -> None:
    first = facts(case(*steps_before(), ended(objections="名下有车", settled="经核实不属实")), family())
    second = facts(case(*steps_before(), ended(), at=2), household("李䶮𬭎", at=2))
    result = notice_result([first, second], opinion="同意上报。", dated=date(2022, 4, 21))
    assert (
        "我村于2022年4月15日至2022年4月20日在村务公开栏对拟纳入防止返贫监测帮扶的2户5人进行了公示"
        in result.paragraphs[0]
    )
    assert result.objections == (
        Objection(head_name="王建国", said="名下有车", settled="经核实不属实"),
        Objection(head_name="李䶮𬭎"),
    )
    assert (result.opinion, result.dated, result.personal) == ("同意上报。", date(2022, 4, 21), True)
    assert not blank_notice_result(setting()).personal


def test_sheets_of_past_steps_tell_of_the_household_as_it_was_on_their_day() -> None:
    """The head leaves on 30 April and his wife heads the household: the records of April stay those of his household."""
    first, wife, *others = family().memberships
    gone = date(2022, 4, 30)
    left = msgspec.structs.replace(first, until=gone)
    heads = msgspec.structs.replace(wife, relation=Relation.HEAD, since=gone)
    house = msgspec.structs.replace(
        family(), memberships=(left, msgspec.structs.replace(wife, until=gone), *others, heads)
    )
    known = facts(case(*steps_before(), ended()), house)
    later = msgspec.structs.replace(
        known, circumstances=msgspec.structs.replace(known.circumstances, today=date(2022, 5, 5))
    )
    assert later.head is not None
    assert (later.head.name, len(later.memberships)) == ("李秀英", 3)
    result = notice_result([later])
    assert [(each.head_name, each.people) for each in result.households or ()] == [("王建国", 4)]
    (reviewed,) = review_minutes(later).households
    assert (reviewed.head_name, reviewed.people) == ("王建国", 4)
    sheet = visit_sheet(later)
    assert sheet.head_name == "王建国"
    assert [each.relation for each in sheet.members][:2] == ["户主", "配偶"]


def test_whether_a_head_was_of_age_is_judged_by_the_day_of_the_notice() -> None:
    known = facts(case(*steps_before(), ended()), household("李小满", number="370282200404162637"))
    later = msgspec.structs.replace(
        known, circumstances=msgspec.structs.replace(known.circumstances, today=date(2022, 5, 5))
    )
    assert [each.head_name for each in notice_result([later]).households or ()] == ["李某某"]


def test_there_is_no_result_before_the_notice_came_down_nor_of_two_notices() -> None:
    hanging = NoticePosted(posted_on=TODAY, place="公开栏")
    with pytest.raises(NotAccepted, match="王建国的公示还没有登记结束"):
        notice_result([facts(case(*steps_before(), hanging), family())])
    one = facts(case(*steps_before(), ended()), family())
    other = facts(case(*steps_before(), ended(place="东头墙上"), at=2), household("李明", at=2))
    with pytest.raises(NotAccepted, match="不在同一张公示上"):
        notice_result([one, other])


def without_words(kind: PaperKind) -> RegulationPack:
    return msgspec.structs.replace(PACK, papers=tuple(each for each in PACK.papers if each.key != kind.value))


def test_a_pack_without_the_words_prints_no_notice_and_says_why() -> None:
    around = msgspec.structs.replace(
        facts(case(*steps_before()), family()).circumstances,
        pack=without_words(PaperKind.PUBLIC_NOTICE),
    )
    known = msgspec.structs.replace(facts(case(*steps_before()), family()), circumstances=around)
    with pytest.raises(NotAccepted, match="没有村级公示的文字，不能打印"):
        village_notice([known], [ENTRY], TERMS)


def test_a_pack_of_before_the_words_of_sheets_still_loads() -> None:
    start, end = SHIPPED.index("[[papers]]"), SHIPPED.index("[[list_columns]]")
    assert load_pack(SHIPPED[:start] + SHIPPED[end:], name="旧.toml").papers == ()


@pytest.mark.parametrize("placeholder", ["applicant", "phone", "head_name", "id_number", "detail"])
def test_no_pack_can_ask_for_a_persons_data_in_the_sentences_of_a_notice(placeholder: str) -> None:
    with pytest.raises(BrokenPack, match=f"没有占位符“{{{placeholder}}}”"):
        load_pack(SHIPPED.replace("拟将下列农户", f"拟将{{{placeholder}}}"), name="新.toml")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "notice_result"', 'key = "notice_resold"', "不是文字可以由规则包规定的表"),
        ('title = "村级公示结果"', 'title = "村级公示结果"\nmark = "{bureau}"', "没有占位符“{bureau}”"),
        ("联系方式：{contact}。", "联系方式：{contact", "大括号没有成对"),
    ],
)
def test_faulty_words_of_a_sheet_are_told(old: str, new: str, reason: str) -> None:
    at = SHIPPED.index("[[papers]]")
    text = SHIPPED[:at] + SHIPPED[at:].replace(old, new, 1)
    with pytest.raises(BrokenPack, match=reason):
        load_pack(text, name="新.toml")
