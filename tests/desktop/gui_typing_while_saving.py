"""What is typed while a form of a case is being saved was not saved: it stays half-typed, and the page says so."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from case_page import VISIT, case_of, matched, part
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from taizhang_casework.domain.steps import Step
from taizhang_casework.services.work import Work
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case_form import CaseForm

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tests.desktop.conftest import AtOnce, FrameSpy


def test_words_typed_into_a_case_form_while_it_is_saved_stay_in_it_and_are_saved_next(
    screen: CaseScreen,
    town_work: Work,
    runner: "AtOnce",
    frame: "FrameSpy",
    type_chinese: "Callable[[QObject, str], None]",
) -> None:
    case, model = matched(town_work), screen._model
    model.open(case)

    def conclusion() -> QPlainTextEdit:
        return part(screen, QPlainTextEdit, "case_conclusion")

    def step_shown() -> Step | None:
        return model.view.form.step

    def types() -> None:
        conclusion().setFocus()
        type_chinese(conclusion(), "又补一句")

    runner.meanwhile = types
    model.save(VISIT)
    QApplication.processEvents()
    assert len(case_of(town_work, case).entries) == 1
    assert step_shown() is Step.HOME_VISIT
    assert "又补一句" in conclusion().toPlainText()
    assert "又填写的内容" in frame.notices[-1].says
    assert model.view.sheet is not None
    assert not model.drafts.stale(model.view.sheet, CaseForm.HOME_VISIT)

    model.save({**VISIT, "conclusion": "情况属实，又补一句"})
    assert model.typed is None
    assert step_shown() is Step.DEMOCRATIC_REVIEW
    assert frame.notices[-1].says.endswith("已保存")
