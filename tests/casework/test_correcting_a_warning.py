"""更正预警信息 on a real encrypted file: with a reason, in the history, undone, and told of a month that was filed."""

from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Application, Channel, Screening
from taizhang_casework.services.correcting import correct_warning
from taizhang_casework.services.correspondence import draft_letter
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.households import correct_member
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.undoing import look_back, session_begins, undo
from taizhang_casework.services.verification import Recorded, Unsure, record
from taizhang_casework.services.work import Work

MENDED: Given = {
    "channel": "self_application",
    "source": "12317",
    "detail": "",
    "name": "王晓明",
    "received_on": date(2022, 4, 6),
    "applicant": "王晓明",
    "applied_on": date(2022, 4, 5),
    "why": "登记时日期和姓名写错了",
}
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实")
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")


@pytest.fixture
def case(work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王小明",
        id_number="11010519491231002X",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
        particulars=Application(applicant="王小明", applied_on=date(2022, 4, 5)),
    )
    opened = take_warning(work, draft).case
    own_household(work, opened)
    return opened


def codes(work: Work, case: CaseId, given: Given) -> set[tuple[str, str]]:
    with pytest.raises(NotAccepted) as refused:
        correct_warning(work, case, given)
    return {(finding.field, finding.code) for finding in refused.value.findings}


def test_a_slip_is_mended_with_its_reason_and_the_history_tells_both(work: Work, case: CaseId) -> None:
    since = None
    with work.store.reading() as desk:
        since, before = session_begins(desk), desk.cases.get(case)
    assert isinstance(correct_warning(work, case, MENDED), Recorded)
    with work.store.reading() as desk:
        after = desk.cases.get(case)
        (row, *_) = desk.journal.by_user(work.user.name, after=since)
    warning = after.warning
    assert (warning.name, warning.received_on, warning.detail) == ("王晓明", date(2022, 4, 6), "家庭成员突发疾病")
    assert warning.id_number == "11010519491231002X"
    line = told(row, work.pack, work.divisions)
    assert line.what == "更正预警信息"
    assert "反馈日期：2022-04-07 → 2022-04-06" in line.details
    assert "原因：登记时日期和姓名写错了" in line.details

    with work.store.reading() as desk:
        found = look_back(work, desk, since)
    assert found is not None
    undo(work, since, found.change)
    with work.store.reading() as desk:
        assert desk.cases.get(case) == before


def test_a_month_that_was_frozen_says_what_was_corrected(work: Work, case: CaseId) -> None:
    april = Month(2022, 4)
    freeze(work, april)
    correct_warning(work, case, MENDED)
    with work.store.reading() as desk:
        shown = preview(work, desk, april)
    assert not shown.unchanged
    assert any("信息反馈日期" in finding.says for finding in shown.changed)


def test_everything_wrong_is_said_at_once(work: Work, case: CaseId) -> None:
    given = {**MENDED, "why": " ", "name": "", "received_on": None, "id_number": "123"}
    assert codes(work, case, given) >= {
        ("why", "blank"),
        ("name", "blank"),
        ("received_on", "blank"),
        ("id_number", "bad_id"),
    }


def test_a_channel_takes_its_own_particulars_and_department_is_never_typed(work: Work, case: CaseId) -> None:
    correct_warning(work, case, {**MENDED, "channel": "cadre_screening", "source": "村委", "found_by": "赵会计"})
    with work.store.reading() as desk:
        assert desk.cases.get(case).warning.particulars == Screening(found_by="赵会计")
    assert ("channel", "not_typed") in codes(work, case, {**MENDED, "channel": "department"})


def test_nothing_is_corrected_where_nothing_changes_or_the_line_is_closed(work: Work, case: CaseId) -> None:
    same = {**MENDED, "name": "王小明", "applicant": "王小明", "received_on": date(2022, 4, 7)}
    assert codes(work, case, same) == {("", "unchanged")}
    record(work, case, VISIT)
    correct_warning(work, case, {**MENDED, "channel": "cadre_screening", "source": "村委", "found_by": "赵会计"})
    record(work, case, REFUSAL)
    record(work, case, Closing(closed_on=date(2022, 4, 20)))
    assert ("", "closed") in codes(work, case, MENDED)


def test_what_a_letter_tells_is_not_corrected_behind_it(work: Work, case: CaseId) -> None:
    record(work, case, VISIT)
    record(work, case, REFUSAL)
    draft_letter(work, case, contact="0532-88000000")
    assert codes(work, case, MENDED) == {("", "in_letter")}
    assert isinstance(correct_warning(work, case, {**MENDED, "received_on": date(2022, 4, 7)}), Recorded)


def test_of_a_line_of_the_bureau_it_is_said_that_its_data_differ(work: Work, case: CaseId) -> None:
    with work.store.change(Operation.TAKE_PACKAGE, work.user) as desk:
        desk.cases.save(msgspec.structs.replace(desk.cases.get(case), package="d" * 64))
    asked = correct_warning(work, case, MENDED)
    assert isinstance(asked, Unsure)
    assert [note.code for note in asked.notes] == ["package_differs"]
    assert isinstance(correct_warning(work, case, MENDED, seen=asked.notes), Recorded)


def test_a_head_whose_name_was_mended_is_not_printed_as_another_person(work: Work, case: CaseId) -> None:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
        assert household is not None
        head = desk.households.get(household).head_on(date(2022, 4, 30))
    assert head is not None
    correct_member(work, household, msgspec.structs.replace(head, name="王晓明"), Relation.HEAD)
    with work.store.reading() as desk:
        (line,) = preview(work, desk, Month(2022, 4)).lines
    assert (line.head_name, line.detail) == ("王晓明", "家庭成员突发疾病")
