"""A case to fill sheets in from: a household of any size with names of every kind, before or after its steps."""

from datetime import UTC, date, datetime

from stdnum.cn import ric
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting, ScreenedCase
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import (
    Authoriser,
    DataComparison,
    DemocraticReview,
    Doubt,
    Entry,
    HomeVisit,
    MemberCheck,
    MonitoredKind,
    PublicNotice,
    Record,
    ReviewForm,
    Signature,
    SystemEntry,
)
from taizhang_casework.domain.warning import Application, Channel, Warning, WarningId
from taizhang_casework.domain.yes_no import YesNo

PACK = shipped_pack(PackId("jimo-2022-1"))
OFFICE, TOWN, VILLAGE = "青岛市即墨区鳌山卫街道办事处", "鳌山卫街道", "西城汇村"
TODAY = date(2022, 4, 30)
LONG_NAME = "阿卜杜·" * 12 + "𡛕𠮷"
NAMES = (
    *("李䶮𬭎", "王𡛕", LONG_NAME, "𠮷", "㛃", "𫖯", "玥珺喆堃祎昇"),
    *("于志强", "王秀英", "欧阳建国", "张小满", "孙福生", "周桂芝", "吴德胜"),
)
"""Fourteen; the third has 50 characters."""
BORN = (1949, 1951, 1980, 2015)
DETAIL = "家庭成员突发重大疾病，2022年1—4月住院及门诊慢特病医疗费用个人负担部分累计超过2万元（自付23,456.70元）。"
REASON = "入户核实：户主患病长期治疗，" * 14 + "无人劳动"
"""60 and 200 characters."""


def number_of(at: int) -> str:
    """A number that checks; every fourth person is not of age."""
    first = f"370282{BORN[at % 4]}1231{at:03d}"
    return first + str(ric.calc_check_digit(f"{first}0"))


def household_of(size: int) -> Household:
    """A household of so many, the head first."""
    relations = (Relation.HEAD, Relation.SPOUSE, *(Relation.CHILD for _ in range(size)))
    return Household(
        id=HouseholdId("h1"),
        village_code="370215007201",
        memberships=tuple(
            Membership(
                person=Person(
                    id=PersonId(f"p{at}"), name=name, id_number=number_of(at), phone="" if at else "13812345678"
                ),
                relation=relation,
                since=date(2020, 1, 1),
            )
            for at, (name, relation) in enumerate(zip(NAMES[:size], relations, strict=False))
        ),
    )


def warning_of(channel: Channel = Channel.SELF_APPLICATION, applicant: str = NAMES[0]) -> Warning:
    """What came in: the applicant's own words, or a department's."""
    own = channel is Channel.SELF_APPLICATION
    return Warning(
        id=WarningId("w1"),
        channel=channel,
        source="12317" if own else "医保局",
        detail=DETAIL,
        name=NAMES[0],
        id_number=number_of(0),
        town_code="370215007",
        village_code="370215007201",
        received_on=date(2022, 4, 7),
        phone="13812345678",
        particulars=Application(applicant=applicant, applied_on=date(2022, 4, 6)) if own else None,
    )


def checked(name: str) -> MemberCheck:
    """A member's line, answered."""
    return MemberCheck(
        name=name,
        education="illiterate",
        schooling="none",
        health=("chronic", "disabled"),
        labour="weak",
        medical_insurance=YesNo.YES,
        serious_illness_insurance=YesNo.YES,
        pension_insurance=YesNo.NO,
        subsistence_allowance=YesNo.NO,
    )


def five_records(size: int) -> tuple[Record, ...]:
    """The five steps of a household of so many."""
    names = NAMES[:size]
    return (
        HomeVisit(
            visited_on=date(2022, 4, 11),
            visitors=("张三", "欧阳建国"),
            conclusion=REASON,
            risks=("illness", "no_labour"),
            members=tuple(checked(name) for name in names),
            house_grade="b",
            water="safe",
            wage_income=Fen(12_000_00),
            business_income=Fen(-300_00),
            property_income=Fen(0),
            transfer_income=Fen(2_400_50),
            own_expenses=Fen(23_456_70),
            schooling_secured=YesNo.YES,
            medical_secured=YesNo.NO,
        ),
        DemocraticReview(
            held_on=date(2022, 4, 12),
            form=ReviewForm.REPRESENTATIVES,
            expected=30,
            present=24,
            host="赵主任",
            recorder="钱会计",
            agree=22,
            against=1,
            abstain=1,
            opinions=REASON,
        ),
        DataComparison(
            compared_on=date(2022, 4, 14),
            authorised=names,
            sent_on=date(2022, 4, 13),
            sent_to="区乡村振兴局",
            signatures=(
                *(Signature(name=name, signed_on=date(2022, 4, 10), guardian="李某") for name in names),
                Signature(name="王大勇", as_what=Authoriser.CHILD_ELSEWHERE),
            ),
            doubts=(Doubt(person=NAMES[0], item="vehicles", explanation="报废车辆"),),
        ),
        PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏"),
        SystemEntry(entered_on=date(2022, 4, 21), household_number="3702150001", kind=MonitoredKind.SUDDEN_HARDSHIP),
    )


def case_of(warning: Warning, *records: Record, matched: bool = True) -> Case:
    """The case with these records, oldest first."""
    return Case(
        id=CaseId("c1"),
        warning=warning,
        opened_on=date(2022, 4, 7),
        pack=PACK.id,
        household=HouseholdId("h1") if matched else None,
        entries=tuple(
            Entry(recorded_at=datetime(2022, 4, 30, 9, tzinfo=UTC), recorded_by="李明", record=record)
            for record in records
        ),
    )


def setting_of(pack: RegulationPack = PACK) -> PaperSetting:
    """The town's."""
    return PaperSetting(office_name=OFFICE, town=TOWN, pack=pack)


def facts_of(size: int, *records: Record, warning: Warning | None = None, pack: RegulationPack = PACK) -> PaperFacts:
    """What is known of the case; of a household of nobody: that nobody matched it."""
    case = case_of(warning or warning_of(), *records, matched=bool(size))
    return PaperFacts(
        setting=setting_of(pack),
        circumstances=Circumstances(
            case=case,
            household=household_of(size) if size else None,
            pack=pack,
            calendar=WorkCalendar(),
            today=TODAY,
        ),
        village=VILLAGE,
        screened=(ScreenedCase(case, case_state(case, PACK.order).meets),) * size,
    )
