"""一起办理, the small lines and the lines to search with, filled with what nobody asked for: a sentence, nothing lost, nothing breaks."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from bad_input import KINDS, NEVER_KEPT, ODD, Filled, Show, fill, must_say, press, put, texts_of, words
from case_page import matched
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.steps import DataComparison, DemocraticReview, HomeVisit, Refusal, ReviewForm, Step
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.choice_fields import ChoiceField
from taizhang_desktop.kit.text_fields import DateField, IntegerField
from taizhang_desktop.screens.batch.screen import BatchScreen
from taizhang_desktop.screens.case.attachments import ReasonBar
from taizhang_desktop.screens.intake.households import HouseholdsScreen
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed
from taizhang_desktop.viewmodels.batch_work import BatchModel
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel
from taizhang_desktop.viewmodels.intake_queue import QueueModel
from taizhang_desktop.viewmodels.navigation import together

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

DONE = (
    HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实"),
    DemocraticReview(
        held_on=date(2022, 4, 13),
        form=ReviewForm.REPRESENTATIVES,
        expected=30,
        present=24,
        host="赵主任",
        recorder="钱会计",
        agree=24,
        against=0,
        abstain=0,
    ),
    DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国", "李秀英")),
)
BEFORE = {
    BatchDeed.HOME_VISIT: 0,
    BatchDeed.DEMOCRATIC_REVIEW: 1,
    BatchDeed.NOTICE_POSTED: 3,
    BatchDeed.PUBLIC_NOTICE: 3,
    BatchDeed.LETTERS: 1,
}


def ready_for(work: Work, deed: BatchDeed) -> list[CaseId]:
    cases = [matched(work, name, "") for name in ("王建国", "李秀英")]
    for case in cases:
        for each in DONE[: BEFORE[deed]]:
            record(work, case, each)
        if deed is BatchDeed.LETTERS:
            record(work, case, Refusal(decided_on=date(2022, 4, 14), at=Step.HOME_VISIT, reason="not_so"))
    return cases


def answer_the_rest(screen: BatchScreen) -> None:
    assert screen.form is not None
    for field in screen.form.fields:
        if isinstance(field, DateField):
            field.set_value(date(2022, 4, 22))
        elif isinstance(field, IntegerField):
            field.set_value(2)
        elif isinstance(field, ChoiceField) and field.values:
            field.set_value(field.values[0])


def cells(screen: BatchScreen) -> list[QLineEdit]:
    assert screen.grid is not None
    return [cell for row in screen.grid.rows.values() for cell in row.cells.values()]


def all_is_said(screen: BatchScreen, filled: Filled, kind: str) -> None:
    filled.still()
    wrong = [each.name for each, _ in texts_of(filled.form) if must_say(kind, each) and not each.findings]
    assert wrong == [], kind
    if kind in NEVER_KEPT and cells(screen):
        assert any(said in words(screen) for said in ("最多", "控制字符", "整数"))


@pytest.mark.parametrize("deed", BatchDeed, ids=lambda deed: deed.value)
def test_several_households_in_one_go(
    deed: BatchDeed,
    show: Show,
    town_work: Work,
    clock: StoryClock,
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
) -> None:
    clock.go_to(date(2022, 4, 25))
    cases = ready_for(town_work, deed)
    screen = BatchScreen(BatchModel(town_work, runner, frame, chooser, lambda _n, _p: None))
    show(screen)
    screen.activate(together(cases).target)
    screen._choose(deed)
    answer_the_rest(screen)

    def stored() -> object:
        with town_work.store.reading() as desk:
            return tuple((desk.cases.get(case), tuple(desk.letters.history(case))) for case in cases)

    start = stored()
    for kind, text in (*KINDS.items(), ("odd characters", ODD)):
        assert screen.form is not None
        filled = fill(screen.form, text)
        for cell in cells(screen):
            put(cell, text)
        typed = [cell.text() for cell in cells(screen)]
        press(screen, "batch_save")
        if stored() == start and screen._model.view.asking:
            press(screen, "batch_save")
        assert runner.failures == [], kind
        if stored() != start:
            assert kind not in NEVER_KEPT
            filled.in_vault(stored())
            break
        assert [cell.text() for cell in cells(screen)] == typed
        all_is_said(screen, filled, kind)
    screen.shut()


def test_the_reason_for_removing_an_attachment(show: Show) -> None:
    bar = ReasonBar()
    given: list[str] = []
    bar.given.connect(given.append)
    show(bar)
    bar.ask()
    for text in (*NEVER_KEPT.values(), KINDS["a pasted table"]):
        put(bar.field.line, text)
        QTest.mouseClick(bar.yes, Qt.MouseButton.LeftButton)
        assert bar.field.findings
        assert bar.field.line.text() == text
    assert given == []
    put(bar.field.line, ODD)
    QTest.mouseClick(bar.yes, Qt.MouseButton.LeftButton)
    assert given == [ODD]


def test_the_line_that_finds_households(show: Show, town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> None:
    matched(town_work)
    screen = HouseholdsScreen(HouseholdsModel(town_work, runner, frame), QueueModel(town_work, runner, frame))
    show(screen)
    screen.activate()
    for text in (*KINDS.values(), ODD, "\"'*()%_", "\x00"):
        put(screen.line, text)
        QTest.keyClick(screen.line, Qt.Key.Key_Return)
        assert screen.line.text() == text.replace("\ud83d", "?")
        assert runner.failures == []
    put(screen.line, "wjg")
    QTest.keyClick(screen.line, Qt.Key.Key_Return)
    assert screen.found.model().rowCount() == 1
    screen.shut()
