"""撤销 of a saved form over a real vault: the saving is taken back, the typing is not."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from answered_forms import sheet
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.undoing import look_back, undo
from taizhang_casework.services.work import Work
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed
from taizhang_desktop.viewmodels.batch_work import BatchModel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.navigation import together

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

VISIT: Given = {
    "visited_on": date(2022, 4, 12),
    "visitors": ("孙晓梅", "周志强"),
    "conclusion": "情况属实",
    **sheet("王建国"),
}
TYPED = {"visited_on": "2022-04-12", "visitors": "孙晓梅、周志强", "conclusion": "情况属实"}
REFUSED: Given = {"decided_on": date(2022, 4, 14), "at": "democratic_review", "reason": "not_so"}


def matched(work: Work, name: str) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


@pytest.fixture
def case(town_work: Work) -> CaseId:
    return matched(town_work, "王建国")


@pytest.fixture
def shelf() -> DraftShelf:
    return DraftShelf()


@pytest.fixture
def model(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", shelf: DraftShelf, case: CaseId
) -> CaseModel:
    made = CaseModel(town_work, runner, frame, chooser, lambda _notice, _path: None, CaseDrafts(shelf))
    made.open(case)
    return made


def taken_back(work: Work, shelf: DraftShelf, model: CaseModel | BatchModel) -> Changes:
    """Ctrl+Z twice, and what the window tells the shelf and then the page."""
    with work.store.reading() as desk:
        found = look_back(work, desk, 0)
    assert found is not None
    changes = undo(work, 0, found.change)
    shelf.on_changes(changes)
    model.on_changes(changes)
    return changes


def saved(model: CaseModel, given: Given) -> None:
    model.save(given)
    if model.view.asking:
        model.save(given)


def test_the_form_of_a_step_stands_there_as_it_was_typed(model: CaseModel, town_work: Work, shelf: DraftShelf) -> None:
    model.keep(TYPED)
    saved(model, VISIT)
    assert model.view.form is CaseForm.DEMOCRATIC_REVIEW
    taken_back(town_work, shelf, model)
    assert (model.view.form, model.typed) == (CaseForm.HOME_VISIT, TYPED)
    assert model.view.sheet is not None
    assert model.drafts.stale(model.view.sheet, CaseForm.HOME_VISIT) == (), (
        "nothing changed since: it can be saved at once"
    )
    saved(model, VISIT)
    assert model.view.form is CaseForm.DEMOCRATIC_REVIEW


def test_a_correction_comes_back_over_what_it_corrected(model: CaseModel, town_work: Work, shelf: DraftShelf) -> None:
    saved(model, VISIT)
    model.choose(CaseForm.HOME_VISIT)
    corrected = {**TYPED, "conclusion": "情况部分属实"}
    model.keep(corrected)
    saved(model, {**VISIT, "conclusion": "情况部分属实"})
    taken_back(town_work, shelf, model)
    assert (model.view.form, model.typed) == (CaseForm.HOME_VISIT, corrected)
    assert model.view.answers["conclusion"] == "情况属实"


def test_a_refusal_keeps_its_explanation(model: CaseModel, town_work: Work, shelf: DraftShelf) -> None:
    saved(model, VISIT)
    model.choose(CaseForm.REFUSAL)
    model.keep({"explanation": "儿子务工收入稳定"})
    saved(model, REFUSED)
    taken_back(town_work, shelf, model)
    assert (model.view.form, model.typed) == (CaseForm.REFUSAL, {"explanation": "儿子务工收入稳定"})


def test_what_is_half_typed_in_the_next_form_stays_too(model: CaseModel, town_work: Work, shelf: DraftShelf) -> None:
    model.keep(TYPED)
    saved(model, VISIT)
    model.keep({"host": "赵"})
    taken_back(town_work, shelf, model)
    assert (model.view.form, model.typed) == (CaseForm.HOME_VISIT, TYPED)
    saved(model, VISIT)
    assert (model.view.form, model.typed) == (CaseForm.DEMOCRATIC_REVIEW, {"host": "赵"})


def test_a_form_in_which_nobody_typed_comes_back_as_it_is(model: CaseModel, town_work: Work, shelf: DraftShelf) -> None:
    saved(model, VISIT)
    taken_back(town_work, shelf, model)
    assert (model.view.form, model.typed) == (CaseForm.HOME_VISIT, None)


def test_what_was_written_for_several_households_stands_in_the_form_for_all_again(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", shelf: DraftShelf, case: CaseId
) -> None:
    other = matched(town_work, "李秀英")
    batch = BatchModel(town_work, runner, frame, chooser, lambda _notices, _path: None, shelf)
    batch.open(together((case, other)).target)
    batch.choose_deed(BatchDeed.HOME_VISIT)
    shared: Given = {"visited_on": date(2022, 4, 12), "visitors": ("孙晓梅", "周志强")}
    batch.keep({"visited_on": "0412", "visitors": "孙晓梅、周志强"})
    batch.keep_own(case, {"conclusion": "情况属实"})
    own: dict[CaseId, Given] = {each: {"conclusion": "情况属实"} for each in (case, other)}
    batch.save(shared, own)
    if batch.view.asking:
        batch.save(shared, own)
    assert shelf.keys == ()
    before = batch.view.emptied
    taken_back(town_work, shelf, batch)
    assert (batch.view.deed, batch.typed) == (
        BatchDeed.HOME_VISIT,
        {"visited_on": "0412", "visitors": "孙晓梅、周志强"},
    )
    assert batch.typed_of(case) == {"conclusion": "情况属实"}
    assert batch.view.emptied > before, "the fields are drawn anew"


def test_what_was_given_up_by_mistake_comes_back(model: CaseModel, frame: "FrameSpy") -> None:
    model.choose(CaseForm.REFUSAL)
    model.keep({"explanation": "收入"})
    model.give_up()
    assert model.half_typed == ()
    told = frame.notices[-1]
    assert told.says == "已放弃“不符合认定标准”里填写的内容（王建国）"
    assert told.action is not None
    told.action.do()
    assert model.view.form is CaseForm.REFUSAL
    assert model.typed == {"explanation": "收入"}
