"""Signs that no paper can show are told where they are typed and before the month is sealed, and never keep anybody from going on."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import HomeVisit
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import NewHousehold
from taizhang_casework.services.correcting import correct_warning
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.intake import TakenIn, WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.printable import unprintable_lines
from taizhang_casework.services.verification import Recorded, Unsure, answer, record
from taizhang_casework.services.work import Work
from taizhang_printing.printable import PrintableText

OWN, NOBODY_HAS = "\ue000", "\U00030edd"
APRIL = Month(2022, 4)
DRAFT = WarningDraft(
    channel=Channel.CADRE_SCREENING,
    source="村委",
    detail="家庭成员突发疾病",
    name="王建国",
    id_number="",
    village_code="370215001207",
    received_on=date(2022, 4, 7),
)
VISIT: Given = {"visited_on": date(2022, 4, 11), "visitors": ("孙晓梅", f"周{NOBODY_HAS}"), "conclusion": "属实"}


@pytest.fixture
def printing(work: Work) -> Work:
    return replace(work, unprintable=PrintableText().unprintable)


def taken(work: Work, **other: object) -> TakenIn:
    return take_warning(work, msgspec.structs.replace(DRAFT, **other))


def matched(work: Work) -> CaseId:
    case = taken(work).case
    own_household(work, case)
    return case


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, bool]]:
    return [(each.field, each.says, each.blocks) for each in findings if each.code == "unprintable"]


def test_at_intake_each_field_of_the_ledger_is_named_with_its_sign(printing: Work) -> None:
    head = NewHousehold(relation=Relation.SPOUSE, head_name=f"李{OWN}")
    found = taken(printing, name=f"王{OWN}", source=f"村{OWN}委", detail=f"患{NOBODY_HAS}病", house=head).findings
    tail = "，附件2印不出来，请改成规范汉字"
    assert told(found) == [
        ("name", f"姓名中有打印不出的字：U+E000{tail}", False),
        ("source", f"预警信息来源中有打印不出的字：U+E000{tail}", False),
        ("detail", f"具体预警信息中有打印不出的字：“{NOBODY_HAS}”（U+30EDD）{tail}", False),
        ("head_name", f"户主姓名中有打印不出的字：U+E000{tail}", False),
    ]
    assert "private_use" not in {each.code for each in found}, "one sentence a field"


def test_what_prints_is_not_spoken_of(printing: Work) -> None:
    assert told(taken(printing, name="王𡛕", detail="患病\n住院").findings) == []


def test_who_visited_is_told_once_before_it_is_written(printing: Work) -> None:
    case = matched(printing)
    asked = answer(printing, case, RecordKind.HOME_VISIT, VISIT)
    assert isinstance(asked, Unsure)
    ((field, says, blocks),) = told(asked.notes)
    assert (field, blocks) == ("visitors", False)
    assert says.startswith("核查人员中有打印不出的字：“\U00030edd”（U+30EDD）")
    assert isinstance(answer(printing, case, RecordKind.HOME_VISIT, VISIT, seen=asked.notes), Recorded)


def test_the_words_of_a_refusal_and_of_a_correction_are_told_too(printing: Work) -> None:
    case = matched(printing)
    record(printing, case, HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="属实"))
    refusal: Given = {
        "decided_on": date(2022, 4, 13),
        "at": "home_visit",
        "reason": "not_so",
        "explanation": f"有房{OWN}",
    }
    asked = answer(printing, case, RecordKind.REFUSAL, refusal)
    assert isinstance(asked, Unsure)
    assert [field for field, _, _ in told(asked.notes)] == ["explanation"]
    mended: Given = {
        "channel": "cadre_screening",
        "source": f"村{OWN}委",
        "name": "王建国",
        "received_on": date(2022, 4, 7),
        "found_by": "赵会计",
        "why": "打错了",
    }
    unsure = correct_warning(printing, case, mended)
    assert isinstance(unsure, Unsure)
    assert [field for field, _, _ in told(unsure.notes)] == ["source"]


def test_the_month_says_before_it_is_sealed_which_line_and_column_cannot_be_printed(printing: Work) -> None:
    case = matched(printing)
    taken(printing, name="李秀英")
    asked = answer(printing, case, RecordKind.HOME_VISIT, VISIT)
    assert isinstance(asked, Unsure)
    answer(printing, case, RecordKind.HOME_VISIT, VISIT, seen=asked.notes)
    with printing.store.reading() as desk:
        month = preview(printing, desk, APRIL)
    assert told(month.findings) == [
        (
            case,
            "王建国一条有打印不出的字：核查人员“\U00030edd”（U+30EDD）。请先更正，再封存，否则这个月的台账印不出来",
            False,
        )
    ]
    assert month.findings[0].code == "unprintable", "before what is only unfinished"
    assert len(freeze(printing, APRIL).filing.lines) == len(month.lines)


def test_half_a_character_that_came_in_is_named_by_its_code(printing: Work) -> None:
    matched(printing)
    with printing.store.reading() as desk:
        (line,) = preview(printing, desk, APRIL).lines
    (said,) = unprintable_lines(printing, [msgspec.structs.replace(line, detail="病\ud83d")], printing.pack)
    assert "具体预警信息U+D83D" in said.says
