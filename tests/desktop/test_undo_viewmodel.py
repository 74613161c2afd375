"""Ctrl+Z decided over a real vault: it says first, does it on the second press, and says why where it cannot."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.steps import HomeVisit
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.viewmodels.undoing import NOTHING, UndoModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy

VISIT = HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实")


@pytest.fixture
def case(town_work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    case = take_warning(town_work, draft).case
    own_household(town_work, case)
    return case


@pytest.fixture
def model(town_work: Work, case: CaseId, runner: "AtOnce", frame: "FrameSpy") -> UndoModel:
    return UndoModel(town_work, runner, frame)


def entries(work: Work, case: CaseId) -> int:
    with work.store.reading() as desk:
        return len(desk.cases.get(case).entries)


def test_the_first_press_says_what_and_the_second_does_it(
    model: UndoModel, town_work: Work, case: CaseId, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    record(town_work, case, VISIT)
    model.press()
    assert frame.notices[-1].says == "撤销：入户核实（王建国）"
    assert entries(town_work, case) == 1
    model.press()
    assert frame.notices[-1].says == "已撤销：入户核实（王建国）"
    assert entries(town_work, case) == 0
    assert (runner.announced[-1].operation, runner.announced[-1].undoes) == (Operation.HOME_VISIT, True)


def test_the_button_does_it_too(model: UndoModel, town_work: Work, case: CaseId, frame: "FrameSpy") -> None:
    record(town_work, case, VISIT)
    model.press()
    action = frame.notices[-1].action
    assert action is not None
    action.do()
    assert entries(town_work, case) == 0


def test_after_going_on_it_says_first_again(model: UndoModel, town_work: Work, case: CaseId, frame: "FrameSpy") -> None:
    record(town_work, case, VISIT)
    model.press()
    model.forget()
    model.press()
    assert frame.notices[-1].says == "撤销：入户核实（王建国）"
    assert entries(town_work, case) == 1


def test_what_was_before_the_desk_was_opened_is_left_alone(model: UndoModel, frame: "FrameSpy") -> None:
    model.press()
    assert frame.notices[-1].says == NOTHING


def test_what_changed_between_the_two_presses_is_told_and_left(
    model: UndoModel, town_work: Work, case: CaseId, frame: "FrameSpy"
) -> None:
    record(town_work, case, VISIT)
    model.press()
    record(town_work, case, VISIT)
    model.press()
    assert frame.notices[-1].says == "没有撤销"
    assert entries(town_work, case) == 2


def test_a_backup_beside_the_work_is_no_reason_to_ask_again(model: UndoModel, town_work: Work, case: CaseId) -> None:
    record(town_work, case, VISIT)
    model.press()
    model.on_changes(Changes(operation=Operation.TAKE_DOWN_BACKUP, touched=(Touched(Kind.BACKUP, "b"),)))
    model.press()
    assert entries(town_work, case) == 0
