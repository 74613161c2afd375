"""Days of a case that contradict each other, as its page tells them: nothing impossible is called in time."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from case_page import COMPARED, REVIEW, VISIT, matched, written
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.services.work import Work
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.case_sheet import CaseSheet

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy


def no_letter(notice: ResultNotice, path: Path) -> None:
    raise AssertionError(notice, path)


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser") -> CaseModel:
    return CaseModel(town_work, runner, frame, chooser, no_letter)


def sheet_of(model: CaseModel) -> CaseSheet:
    assert model.view.sheet is not None
    return model.view.sheet


def saved_though_told(model: CaseModel, given: Given) -> None:
    model.save(given)
    assert model.view.asking
    model.save(given)


def test_a_visit_before_the_warning_came_is_never_called_in_time(model: CaseModel, town_work: Work) -> None:
    model.open(matched(town_work))
    saved_though_told(model, {**VISIT, "visited_on": date(2021, 4, 12)})
    visit, recognition = sheet_of(model).clocks
    assert (visit.stands, visit.tone) == ("日期对不上", Tone.SOON)
    assert [each.field for each in visit.odd] == ["home_visit"]
    assert recognition.odd == visit.odd, "the 15 days count from a day that cannot be"
    assert [line.odd for line in sheet_of(model).rail] == [True, False, False, False, False]
    late = msgspec.structs.replace(visit, ended_on=date(2022, 4, 16))
    assert (late.stands, late.tone) == ("超期2天，日期对不上", Tone.OVERDUE)

    model.choose(CaseForm.HOME_VISIT)
    model.save(VISIT)
    visit, recognition = sheet_of(model).clocks
    assert (visit.stands, visit.tone, visit.odd, recognition.odd) == ("按期", Tone.DONE, (), ())
    assert not any(line.odd for line in sheet_of(model).rail)


def test_a_notice_before_the_step_that_it_follows_is_never_called_in_time(model: CaseModel, town_work: Work) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, data_comparison=COMPARED)
    model.open(case)
    notice: Given = {
        "posted_on": date(2022, 4, 13),
        "ended_on": date(2022, 4, 18),
        "place": "村务公开栏",
        "photo": None,
    }
    saved_though_told(model, notice)
    visit, recognition = sheet_of(model).clocks
    assert visit.stands == "按期"
    assert (recognition.stands, [each.field for each in recognition.odd]) == ("日期对不上", ["public_notice"])
    assert [line.odd for line in sheet_of(model).rail] == [False, False, False, True, False]
