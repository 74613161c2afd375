"""Forms answered in full, so that the rules have nothing to note: tests change what they are about."""

from datetime import date

from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Cleared, MemberCheck, Signature
from taizhang_casework.domain.yes_no import YesNo

ITEMS = tuple(item.key for item in shipped_pack(PackId("jimo-2022-1")).comparison_items)


def member(name: str, relation: Relation = Relation.HEAD) -> MemberCheck:
    """A member whose line of the 核查表 is answered."""
    return MemberCheck(
        name=name,
        relation=relation,
        education="junior",
        schooling="none",
        health=("chronic",),
        labour="weak",
        medical_insurance=YesNo.YES,
        serious_illness_insurance=YesNo.YES,
        pension_insurance=YesNo.YES,
        subsistence_allowance=YesNo.NO,
    )


def sheet(*names: str) -> Given:
    """The 核查表 of a household of these members, the head first."""
    relations = (Relation.HEAD, *(Relation.OTHER for _ in names[1:]))
    return {
        "members": tuple(member(name, relation) for name, relation in zip(names, relations, strict=True)),
        "house_grade": "b",
        "water": "safe",
        "wage_income": 12_000_00,
        "business_income": 3_000_00,
        "property_income": 0,
        "transfer_income": 2_400_50,
        "own_expenses": 9_000_00,
        "schooling_secured": "yes",
        "medical_secured": "yes",
        "housing_secured": "yes",
        "head_signed": "yes",
    }


def outcomes(signed_on: date, *names: str) -> Given:
    """Everybody has signed, and nothing came back."""
    return {
        "signatures": tuple(Signature(name=name, signed_on=signed_on) for name in names),
        "outcomes": tuple(Cleared(person=name, items=ITEMS) for name in names),
    }


MEETING: Given = {"opinions": "家庭困难，没有不同意见", "sign_in_sheet": "no"}
"""What the record of a meeting asks beside its counts."""

ANSWERED: dict[RecordKind, Given] = {
    RecordKind.HOME_VISIT: {
        "visited_on": date(2022, 4, 11),
        "visitors": ("张三", " 李四 ", ""),
        "conclusion": " 因病支出大 ",
        "risks": ("illness",),
        **sheet("王建国"),
    },
    RecordKind.DEMOCRATIC_REVIEW: {
        "held_on": date(2022, 4, 12),
        "form": "representatives",
        "expected": 30,
        "present": 24,
        "host": "赵主任",
        "recorder": "钱会计",
        "agree": 22,
        "against": 2,
        "abstain": 0,
        **MEETING,
    },
    RecordKind.DATA_COMPARISON: {"compared_on": date(2022, 4, 14), **outcomes(date(2022, 4, 11), "王建国")},
    RecordKind.COMPARISON_SKIPPED: {
        "skipped_on": date(2022, 4, 14),
        "ground": "subsistence_allowance",
        "earlier_on": date(2021, 11, 18),
        "earlier_document": "2021年11月低保核对",
    },
    RecordKind.PUBLIC_NOTICE: {
        "posted_on": date(2022, 4, 15),
        "ended_on": date(2022, 4, 20),
        "place": "村务公开栏",
        "photo": "no",
    },
    RecordKind.SYSTEM_ENTRY: {
        "entered_on": date(2022, 4, 21),
        "household_number": "3702150001",
        "kind": "sudden_hardship",
        "risks": ("illness",),
    },
    RecordKind.GREEN_CHANNEL: {
        "opened_on": date(2022, 4, 8),
        "kind": "disaster",
        "ground": "房屋过火，无处居住",
        "recognised_by": "村民代表会议",
        "help_given": "临时救助2000元",
        "helped_on": date(2022, 4, 8),
    },
    RecordKind.REFUSAL: {"decided_on": date(2022, 4, 12), "at": "home_visit", "reason": "not_so", "explanation": ""},
    RecordKind.REOPENING: {"reopened_on": date(2022, 4, 25), "back_to": "home_visit", "why": "情况有变化"},
    RecordKind.CLOSING: {"closed_on": date(2022, 4, 22)},
    RecordKind.NOTICE_POSTED: {"posted_on": date(2022, 4, 15), "place": "村务公开栏", "photo": "no"},
    RecordKind.AUTHORISATIONS_ASKED: {
        "asked_on": date(2022, 4, 11),
        "signatures": (Signature(name="王建国"),),
    },
    RecordKind.COMPARISON_SENT: {
        "sent_on": date(2022, 4, 13),
        "sent_to": "区民政局",
        "signatures": (Signature(name="王建国", signed_on=date(2022, 4, 11)),),
    },
}
"""Every form for the household of the tests, which has one member."""
