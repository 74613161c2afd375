"""A case on its way to the village's board, as the papers of notice and comparison are made from it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import (
    Cleared,
    DataComparison,
    DemocraticReview,
    Doubt,
    Entry,
    HomeVisit,
    MemberCheck,
    Record,
    ReviewForm,
    Signature,
)
from taizhang_casework.domain.warning import Application, Channel, Warning, WarningId

PACK = shipped_pack(PackId("jimo-2022-1"))
OFFICE, TOWN, VILLAGE = "青岛市即墨区环秀街道办事处", "环秀街道", "顺河村村民委员会"
TODAY = date(2022, 4, 15)
HEAD_NUMBER = "11010519491231002X"
SINCE = date(2020, 1, 1)


def setting(pack: RegulationPack = PACK) -> PaperSetting:
    """The town."""
    return PaperSetting(office_name=OFFICE, town=TOWN, pack=pack)


def member(number: int, name: str, relation: Relation, id_number: str = "", phone: str = "") -> Membership:
    """Somebody who belongs to the household since 2020."""
    person = Person(id=PersonId(f"p{number}"), name=name, id_number=id_number, phone=phone)
    return Membership(person=person, relation=relation, since=SINCE)


def household(name: str = "王建国", *others: Membership, number: str = HEAD_NUMBER, at: int = 1) -> Household:
    """Its head and others."""
    members = (member(at * 100, name, Relation.HEAD, number), *others)
    return Household(id=HouseholdId(f"h{at}"), village_code="370215001207", memberships=members)


def family() -> Household:
    """A head, his wife, a son of age and a child."""
    return household(
        "王建国",
        member(1, "李秀英", Relation.SPOUSE, "370282195003052628"),
        member(2, "王大勇", Relation.CHILD, "370282197608152617"),
        member(3, "王小满", Relation.GRANDCHILD, "370282201506012630"),
    )


def steps_before() -> tuple[Record, ...]:
    """The three steps before 公示."""
    return (
        HomeVisit(
            visited_on=date(2022, 4, 11),
            visitors=("张三", "李四"),
            conclusion="因病支出大",
            members=(MemberCheck(name="王建国", health=("serious",)),),
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
        ),
        comparison(),
    )


def comparison() -> DataComparison:
    """Of the family and a daughter from elsewhere, with two doubts."""
    everything = tuple(item.key for item in PACK.comparison_items)
    return DataComparison(
        compared_on=date(2022, 4, 14),
        authorised=("王建国", "李秀英", "王大勇", "王小满"),
        signatures=(
            Signature(name="王建国", signed_on=date(2022, 4, 12)),
            Signature(name="李秀英", signed_on=date(2022, 4, 12)),
            Signature(name="王大勇", signed_on=date(2022, 4, 13)),
            Signature(name="王小满", signed_on=date(2022, 4, 13), guardian="王大勇"),
        ),
        cleared=(
            Cleared(person="王建国", items=everything),
            Cleared(person="李秀英", items=everything),
            Cleared(person="王小满", items=everything[:6]),
            Cleared(person="王大勇", items=tuple(key for key in everything if key not in {"vehicles", "business"})),
        ),
        doubts=(
            Doubt(
                person="王大勇", item="vehicles", explanation="二手面包车一辆，2014年购入，用于送货，现值不足五千元。"
            ),
            Doubt(person="王大勇", item="business", explanation="个体工商户已于2020年歇业，未及时注销，现已申请注销。"),
        ),
        sent_on=date(2022, 4, 13),
        sent_to="即墨区乡村振兴局",
    )


def case(*records: Record, at: int = 1, matched: bool = True) -> Case:
    """With these records, oldest first."""
    warning = Warning(
        id=WarningId(f"w{at}"),
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number=HEAD_NUMBER,
        town_code="370215001",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
        particulars=Application(applicant="王建国", applied_on=date(2022, 4, 6)),
    )
    return Case(
        id=CaseId(f"c{at}"),
        warning=warning,
        opened_on=date(2022, 4, 7),
        pack=PACK.id,
        household=HouseholdId(f"h{at}") if matched else None,
        entries=tuple(
            Entry(recorded_at=datetime(2022, 4, 15, 9, tzinfo=UTC), recorded_by="李明", record=record)
            for record in records
        ),
    )


def facts(known: Case, house: Household | None, **changes: object) -> PaperFacts:
    """What a paper may be made from on 15 April 2022; what is given replaces what it would be."""
    around = Circumstances(case=known, household=house, pack=PACK, calendar=WorkCalendar(), today=TODAY)
    made = PaperFacts(setting=setting(), circumstances=around, village=VILLAGE)
    return msgspec.structs.replace(made, **changes)


def families(names: Sequence[str]) -> list[PaperFacts]:
    """A case a name, each of another household."""
    return [facts(case(*steps_before(), at=at), household(name, at=at)) for at, name in enumerate(names, 1)]
