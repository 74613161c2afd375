"""The shipped pack says what the notice says (即乡振发〔2022〕1号)."""

import csv
import io
from collections.abc import Callable
from datetime import date
from importlib.resources import files

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.case import Case, PackId
from taizhang_casework.domain.clause import in_brackets, well_formed
from taizhang_casework.domain.clocks import fixed_date_due
from taizhang_casework.domain.letter import LetterNumber
from taizhang_casework.domain.letter_rules import result_notice
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.pack import ClockKey, ClockUnit
from taizhang_casework.domain.pack_checks import LETTER_PLACEHOLDERS
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import HomeVisit, Refusal, ReviewForm, Step
from taizhang_casework.domain.warning import ANSWERED_CHANNELS, Application, Channel

PACK = shipped_pack(PackId("jimo-2022-1"))


def test_it_names_the_notice() -> None:
    assert (PACK.title, PACK.document) == ("关于健全完善防止返贫监测预警机制的通知", "即乡振发〔2022〕1号")
    assert PACK.issued_on == PACK.valid_from == date(2022, 4, 7)


def test_the_five_steps_stand_in_the_notices_order() -> None:
    assert [rule.step for rule in PACK.steps] == list(Step)
    assert "—".join(rule.label for rule in PACK.steps) == "入户核实—民主评议—信息比对—村级公示—录入系统"
    assert {rule.clause for rule in PACK.steps} == {"二（一）"}


def test_how_long_a_household_is_watched_says_once_that_the_notice_does_not() -> None:
    assert in_brackets(PACK.monitoring.clause) == "（按各地通行做法，通知未规定）"


@pytest.mark.parametrize(
    ("key", "length", "unit", "clause"),
    [
        (ClockKey.HOME_VISIT, 3, ClockUnit.WORKING_DAYS, "二（二）"),
        (ClockKey.RECOGNITION, 15, ClockUnit.CALENDAR_DAYS, "二（二）[D] 按自然日计算"),
        (ClockKey.PUBLIC_NOTICE, 5, ClockUnit.CALENDAR_DAYS, "[P][D] 各地通行做法"),
    ],
)
def test_the_three_clocks(key: ClockKey, length: int, unit: ClockUnit, clause: str) -> None:
    rule = PACK.clock(key)
    assert (rule.length, rule.unit, rule.clause) == (length, unit, clause)


def test_the_ledger_is_annex_two_to_the_letter() -> None:
    assert PACK.ledger_title == "防止返贫监测预警信息办理情况汇总表"
    assert "、".join(PACK.ledger_columns) == (
        "镇街、村、户主姓名、身份证、预警方式、预警信息来源、具体预警信息、信息反馈日期、是否符合认定标准、不符合认定标准的主要原因、"
        "办理结果是否已告知本人（仅自主申报户和信访户填写）、核查人员、办结日期"
    )


def test_the_four_channels_and_who_is_answered() -> None:
    assert {rule.channel: rule.label for rule in PACK.channels} == {
        Channel.CADRE_SCREENING: "干部排查",
        Channel.SELF_APPLICATION: "自主申报",
        Channel.DEPARTMENT: "部门预警",
        Channel.PETITION: "信访信息",
    }
    assert {rule.channel for rule in PACK.channels if rule.answered} == ANSWERED_CHANNELS


@pytest.mark.parametrize(
    ("channel", "sources"),
    [
        (Channel.CADRE_SCREENING, {"村委"}),
        (Channel.SELF_APPLICATION, {"手机APP", "12317"}),
        (Channel.DEPARTMENT, {"民政局", "残联"}),
        (Channel.PETITION, {"信访局"}),
    ],
)
def test_the_sources_of_annex_two_are_offered(channel: Channel, sources: set[str]) -> None:
    assert sources <= set(PACK.channel(channel).sources)


def test_everybody_who_signed_is_there_and_the_water_bureau_owes_no_list() -> None:
    assert {department.name: department.supplies_list for department in PACK.departments} == {
        "教体局": True,
        "民政局": True,
        "住房和城乡建设局": True,
        "水利局": False,
        "卫生健康局": True,
        "医疗保障局": True,
        "残疾人联合会": True,
    }


@pytest.mark.parametrize(
    ("department", "items"),
    [
        ("education", ["out_of_school", "dropout", "education_aid"]),
        (
            "civil_affairs",
            [
                "subsistence_allowance",
                "dispersed_extreme_poverty",
                "marginal_subsistence",
                "temporary_aid",
                "orphan",
                "de_facto_orphan",
                "children_in_distress",
            ],
        ),
        ("housing", ["house_grade_c", "house_grade_d", "house_renovation"]),
        ("water", []),
        ("health", ["serious_disease"]),
        ("medical_insurance", ["high_medical_cost"]),
        ("disabled_federation", ["severe_disability_new", "severe_disability_changed"]),
    ],
)
def test_every_item_of_annex_one_is_an_item_of_its_department(department: str, items: list[str]) -> None:
    assert [item.key for item in PACK.department(department).items] == items


@pytest.mark.parametrize(
    ("written", "department"),
    [
        ("教育和体育局", "education"),
        ("残联", "disabled_federation"),
        ("医保局", "medical_insurance"),
        ("卫健局", "health"),
        ("住建局", "housing"),
        ("民政局", "civil_affairs"),
        ("水利局", "water"),
    ],
)
def test_departments_are_known_by_the_names_that_people_use(written: str, department: str) -> None:
    known = PACK.department(department)
    assert written in {known.name, known.short, *known.aliases}


@pytest.mark.parametrize(
    ("key", "year", "month", "due"),
    [
        ("department_warnings", 2022, 5, date(2022, 5, 4)),
        ("monthly_review", 2022, 5, date(2022, 5, 4)),
        ("warnings_to_towns", 2022, 5, date(2022, 5, 7)),
        ("new_households_to_departments", 2022, 5, date(2022, 5, 7)),
        ("ledger", 2022, 5, date(2022, 5, 30)),
        ("ledger", 2023, 2, date(2023, 2, 28)),
        ("training_report", 2025, 9, date(2025, 9, 15)),
        ("first_training", 2022, 4, date(2022, 4, 30)),
        ("special_screening", 2022, 4, date(2022, 4, 15)),
        ("screening", 2025, 12, date(2025, 12, 31)),
        ("quarterly_bulletin_2", 2025, 6, date(2025, 6, 30)),
        ("quarterly_meeting_4", 2025, 12, date(2025, 12, 31)),
        ("spot_check", 2025, 2, date(2025, 2, 28)),
    ],
)
def test_what_is_owed_by_which_day(key: str, year: int, month: int, due: date) -> None:
    assert fixed_date_due(PACK.fixed_date(key), year, month) == due


def test_an_unknown_fixed_date_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        PACK.fixed_date("holiday")


def test_the_nine_special_groups_are_those_of_the_notice() -> None:
    assert "、".join(group.label for group in PACK.special_groups) == (
        "低保家庭、分散供养特困人员、低保边缘家庭、大病重病患者、重度残疾人、一户多残家庭、困难失能老年人、鳏寡孤独、困境未成年人"
    )


def test_the_representatives_quorum_is_that_of_the_law_and_alone_blocks() -> None:
    rule = PACK.quorum(ReviewForm.REPRESENTATIVES)
    assert (rule.present, rule.agree, rule.blocks) == ((2, 3), (1, 2), True)
    assert [rule.form for rule in PACK.quorums if rule.blocks] == [ReviewForm.REPRESENTATIVES]


def test_thirteen_things_are_compared_and_ten_risks_named() -> None:
    assert (len(PACK.comparison_items), len(PACK.risks)) == (13, 10)


def test_the_letter_says_all_that_a_letter_must_and_nothing_of_appeal_or_court() -> None:
    letter = PACK.letter("refusal")
    body = "".join((*letter.paragraphs, letter.review_note))
    for placeholder in ("received_on", "channel", "detail", "checked", "reason", "town", "contact", "document"):
        assert f"{{{placeholder}}}" in body
    assert "复核" in body
    assert not any(word in body for word in ("复议", "诉讼", "法院"))
    assert "{town}" in letter.mark


def test_every_clause_is_a_clause() -> None:
    sections = (PACK.steps, PACK.clocks, PACK.channels, PACK.departments, PACK.fixed_dates, PACK.letters, PACK.masks)
    assert all(well_formed(rule.clause) for section in sections for rule in section)


def test_every_town_of_the_table_has_its_aliases_and_no_other_has() -> None:
    text = (files("taizhang_casework") / "packs" / PACK.district.divisions).read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 197
    assert {row["town_name"] for row in rows} == set(PACK.district.town_aliases)
    assert all(row["village_code"].startswith(row["town_code"]) for row in rows)
    assert all(row["town_code"].startswith(PACK.district.code) for row in rows)


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("龙泉镇", "龙泉街道"),
        ("段泊岚", "段泊岚镇"),
        ("田横岛度假区", "田横岛省级旅游度假区"),
        ("蓝村镇", "蓝村街道"),
        ("环秀街道办事处", "环秀街道"),
    ],
)
def test_towns_are_known_by_the_names_that_people_use(written: str, town: str) -> None:
    assert written in PACK.district.town_aliases[town]


def test_every_placeholder_that_a_pack_may_use_is_one_that_the_letter_fills(
    case_with: Callable[..., Case], household: Household
) -> None:
    wording = msgspec.structs.replace(
        PACK.letter("refusal"),
        paragraphs=tuple(f"{name}={{{name}}}" for name in sorted(LETTER_PLACEHOLDERS)),
    )
    case = case_with(
        HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实"),
        Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="income_above", explanation="说明"),
    )
    applied = Application(applicant="王建国", applied_on=date(2022, 4, 6))
    case = msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, particulars=applied))
    head = household.head_on(date(2022, 4, 12))
    assert head is not None
    notice = result_notice(
        case,
        case_state(case, ORDER),
        addressee=head,
        office_name="环秀街道",
        number=LetterNumber(2022, 1),
        contact="0532-88000000",
        dated=date(2022, 4, 12),
        pack=msgspec.structs.replace(PACK, letters=(wording,)),
    )
    filled = dict(text.split("=", 1) for text in notice.paragraphs[:-1])
    assert set(filled) == LETTER_PLACEHOLDERS
    assert all(filled.values())
    assert notice.office_mark == "环秀街道防返贫告"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("一（一）", "每月4日前调度上月进度情况"),
        ("一（二）1", "每月4日前将上月新增的预警信息提供给区乡村振兴局统一汇总"),
        ("一（二）2", "每月7日前将汇总后的预警信息反馈镇街"),
        ("一（三）1", "每月30日前将台账加盖政府公章后报区乡村振兴局备案"),
        ("一（三）2", "要主动回访，书面告知其审核结果及原因"),
        ("二（一）", "入户核实—民主评议—信息比对—村级公示—录入系统"),
        ("二（二）", "由5个工作日调整为3个工作日。监测帮扶对象认定时间原则上不超过15天（自入户核实到公示结束）"),
        ("二（三）", "可通过“绿色通道”先行开展帮扶，后履行认定程序"),
        ("三（一）", "保护个人隐私"),
        ("三（二）", "每年9月15日前"),
        ("三（三）", "每年第4季度集中开展一次集中排查工作"),
        ("附件1", "个人负担部分累计超过2万元"),
        ("附件2", "、".join(PACK.ledger_columns)),
    ],
)
def test_what_a_rule_rests_on_can_be_read_in_the_notices_own_words(place: str, words: str) -> None:
    assert words in PACK.clause_text(place)
