"""The history of a case over a real vault: every deed in plain Chinese, old → new, numbers masked, page by page."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import Delivery, DeliveryWay
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import (
    ComparisonSent,
    DemocraticReview,
    HomeVisit,
    Refusal,
    ReviewForm,
    Signature,
    Step,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services import history as histories
from taizhang_casework.services.correspondence import draft_letter, note_delivered, note_printed
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.undoing import look_back, session_begins, undo
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.viewmodels.case_history import CaseHistoryModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce

NUMBER = "11010519491231002X"
VISIT = HomeVisit(
    visited_on=date(2022, 4, 19), visitors=("张三", "李四"), conclusion="收入下降", late_reason="无人在家"
)
REVIEW = DemocraticReview(
    held_on=date(2022, 4, 20),
    form=ReviewForm.REPRESENTATIVES,
    expected=30,
    present=24,
    host="赵主任",
    recorder="钱会计",
    agree=24,
    against=0,
    abstain=0,
)
REFUSED = Refusal(decided_on=date(2022, 4, 20), at=Step.DEMOCRATIC_REVIEW, reason="other", explanation="收入稳定")


@pytest.fixture
def case(town_work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail=f"突发疾病，证件{NUMBER}",
        name="王建国",
        id_number=NUMBER,
        village_code="370215001002",
        received_on=date(2022, 4, 8),
    )
    return take_warning(town_work, draft).case


@pytest.fixture
def model(town_work: Work, runner: "AtOnce") -> CaseHistoryModel:
    return CaseHistoryModel(town_work, runner)


def match(work: Work, case: CaseId) -> None:
    with work.store.reading() as desk:
        known = desk.cases.get(case)
    match_household(work, case, new_household(work, known, head_name="", head_id_number="", relation=Relation.HEAD))


def told(model: CaseHistoryModel) -> list[str]:
    return [row.what for row in model.state.rows]


def test_every_deed_is_told_newest_first_by_whom_and_when(
    model: CaseHistoryModel, town_work: Work, case: CaseId
) -> None:
    match(town_work, case)
    record(town_work, case, VISIT)
    record(town_work, case, msgspec.structs.replace(VISIT, conclusion="收入下降，住院", visitors=("张三", "王五")))
    disclose_numbers(town_work, case)
    record(town_work, case, REFUSED)

    model.look(case)

    assert told(model) == [
        *("认定为不符合", "查看完整号码", "更正入户核实", "入户核实"),
        *("确认是哪一户", "登记户信息", "登记预警信息"),
    ]
    corrected, first = model.state.rows[2], model.state.rows[-1]
    assert corrected.details == ("人员：张三、李四 → 张三、王五", "核实情况和结论：收入下降 → 收入下降，住院")
    assert (corrected.by, corrected.role) == ("李明", "管理员")
    assert "预警方式：自主申报" in first.details
    assert "村（社区）：墨河社区居民委员会" in first.details
    assert not any(NUMBER in detail for row in model.state.rows for detail in row.details)
    assert "身份证：110***********002X" in first.details
    assert not model.state.more


def test_the_life_of_the_letter_is_part_of_it(model: CaseHistoryModel, town_work: Work, case: CaseId) -> None:
    match(town_work, case)
    record(town_work, case, VISIT)
    record(town_work, case, REFUSED)
    draft_letter(town_work, case, contact="0532-88888888")
    with town_work.store.reading() as desk:
        letter = desk.letters.of_case(case)
    assert letter is not None
    note_printed(town_work, letter.id)
    note_delivered(
        town_work,
        letter.id,
        Delivery(
            delivered_on=date(2022, 4, 20),
            way=DeliveryWay.IN_PERSON,
            received_by="王建国",
            delivered_by=("张三", "李四"),
        ),
    )

    model.look(case)

    assert told(model)[:3] == ["登记送达（告知书〔2022〕1号）", "打印告知书〔2022〕1号", "出具告知书〔2022〕1号"]
    assert {"送达方式：当面", "送达人：张三、李四"} <= set(model.state.rows[0].details)


def test_older_changes_come_page_by_page_and_each_once(
    model: CaseHistoryModel, town_work: Work, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    match(town_work, case)
    for number in range(6):
        record(town_work, case, msgspec.structs.replace(VISIT, conclusion=f"第{number}次核实"))
    monkeypatch.setattr(histories.history, "__kwdefaults__", {"older_than": None, "most": 4})

    model.look(case)
    assert (len(model.state.rows), model.state.more) == (4, True)
    model.read_more()
    model.read_more()

    keys = [int(row.key) for row in model.state.rows]
    assert len(keys) == 9
    assert keys == sorted(set(keys), reverse=True)
    assert not model.state.more


def test_a_new_deed_comes_in_while_somebody_looks_and_nothing_is_read_before(
    model: CaseHistoryModel, town_work: Work, case: CaseId
) -> None:
    model.on_changes(disclose_numbers(town_work, case))
    assert not model.state.loaded
    model.look(case)

    model.on_changes(disclose_numbers(town_work, case))

    assert told(model)[:2] == ["查看完整号码", "查看完整号码"]


def test_the_beginning_of_a_step_is_told_as_what_it_is_and_can_be_taken_back(
    model: CaseHistoryModel, town_work: Work, case: CaseId
) -> None:
    match(town_work, case)
    record(town_work, case, VISIT)
    record(town_work, case, REVIEW)
    with town_work.store.reading() as desk:
        begins = session_begins(desk)
    signed = (Signature(name="王建国", signed_on=date(2022, 4, 19)),)
    record(town_work, case, ComparisonSent(sent_on=date(2022, 4, 20), sent_to="区民政局", signatures=signed))
    model.look(case)
    assert told(model)[0] == "送出信息比对"
    assert model.state.rows[0].details[:2] == ("送出比对日期：2022-04-20", "送往单位：区民政局")
    with town_work.store.reading() as desk:
        found = look_back(town_work, desk, begins)
    assert found is not None
    assert (found.what, found.findings) == ("送出信息比对（王建国）", ())
    undo(town_work, begins, found.change)
    with town_work.store.reading() as desk:
        assert case_state(desk.cases.get(case), ORDER).begun == {}
    model.look(case)
    assert told(model)[0] == "撤销：送出信息比对"
