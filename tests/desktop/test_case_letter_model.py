"""The letter in 案件办理, decided over a real vault: prints counted, corrections, and a letter that another one supersedes."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answered_forms import sheet
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.letter import Letter, ResultNotice
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.work import Work
from taizhang_desktop.tasks import Refused
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import CaseForm

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

VISIT: Given = {
    "visited_on": date(2022, 4, 12),
    "visitors": ("孙晓梅", "周志强"),
    "conclusion": "情况属实",
    **sheet("王建国"),
}
HANDED: Given = {"way": "in_person", "received_by": "王建国", "delivered_by": ("孙晓梅", "周志强")}
REFUSED: Given = {"decided_on": date(2022, 4, 14), "at": "democratic_review", "reason": "not_so"}


def write_letter(notice: ResultNotice, path: Path) -> None:
    path.write_text("\n".join(notice.paragraphs), encoding="utf-8")


@pytest.fixture
def answered(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", tmp_path: Path) -> CaseModel:
    """The case shown: refused, its letter printed, delivered, and the household visited again."""
    warning = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="11010519491231002X",
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    case = take_warning(town_work, warning).case
    own_household(town_work, case)
    model = CaseModel(town_work, runner, frame, chooser, write_letter)
    model.open(case)
    model.save(VISIT)
    model.choose(CaseForm.REFUSAL)
    model.save(REFUSED)
    model.save({"contact": "0532-88000000"})
    chooser.will_choose(tmp_path / "letter.pdf")
    model.print_letter(2)
    model.save({**HANDED, "delivered_on": date(2022, 4, 20)})
    model.save({"visited_on": date(2022, 4, 20), "visitors": ("孙晓梅",), "explained": "说明标准和原因"})
    return model


def letter_of(model: CaseModel) -> Letter:
    assert model.view.sheet is not None
    assert model.view.sheet.letter is not None
    return model.view.sheet.letter


def test_every_print_is_kept_with_who_and_how_many(answered: CaseModel, chooser: "Chooser", tmp_path: Path) -> None:
    chooser.will_choose(tmp_path / "again.pdf")
    answered.print_letter(1)
    assert [(each.by, each.copies) for each in letter_of(answered).prints] == [("李明", 2), ("李明", 1)]


def test_copies_that_are_no_number_print_nothing(
    answered: CaseModel, chooser: "Chooser", runner: "AtOnce", tmp_path: Path
) -> None:
    chooser.will_choose(tmp_path / "again.pdf")
    answered.print_letter(None)
    assert not (tmp_path / "again.pdf").exists()
    (failure,) = runner.failures
    assert isinstance(failure, Refused)
    assert [each.code for each in failure.findings] == ["bad_copies"]
    assert len(letter_of(answered).prints) == 1


def test_a_delivery_is_corrected_after_closing_and_its_odd_day_asked_once(answered: CaseModel) -> None:
    answered.save({"closed_on": date(2022, 4, 20)})
    answered.choose(CaseForm.DELIVERY)
    assert answered.view.correcting
    assert not answered.view.locked
    corrected: Given = {**HANDED, "delivered_on": date(2022, 4, 19)}
    answered.save(corrected)
    assert answered.view.asking
    answered.save(corrected)
    kept = letter_of(answered).delivery
    assert kept is not None
    assert kept.delivered_on == date(2022, 4, 19)
    assert answered.view.form is CaseForm.CLOSING


def test_a_letter_is_superseded_by_the_one_after_a_reopening(answered: CaseModel) -> None:
    first = letter_of(answered).notice.number
    answered.choose(CaseForm.REOPENING)
    answered.save({"reopened_on": date(2022, 4, 20), "back_to": "home_visit", "why": "本人补充了材料"})
    answered.save(VISIT)
    answered.choose(CaseForm.REFUSAL)
    answered.save({**REFUSED, "explanation": "补充的材料已核对"})
    assert answered.view.form is CaseForm.CONTACT
    answered.save({"contact": "0532-88000000"})
    assert answered.view.sheet is not None
    assert [each.notice.number for each in answered.view.sheet.earlier_letters] == [first]
    assert letter_of(answered).replaces == first
    assert str(first) in letter_of(answered).notice.paragraphs[-1]


def test_an_odd_day_is_told_with_the_form_in_which_it_stands(answered: CaseModel) -> None:
    answered.choose(CaseForm.RETURN_VISIT)
    odd: Given = {"visited_on": date(2022, 4, 19), "visitors": ("孙晓梅",), "explained": "说明标准和原因"}
    answered.save(odd)
    assert answered.view.asking
    answered.save(odd)
    assert answered.view.sheet is not None
    (told,) = answered.view.sheet.odd_days
    assert told.field == "return_visit"
    assert answered.mending(told) is CaseForm.RETURN_VISIT
    assert answered.view.form is CaseForm.CLOSING
