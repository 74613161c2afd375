"""一起办理 by mouse and keyboard, over a real vault: visits, a meeting, a notice, letters; done wrong, and once more right."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case_page import ROOM, case_of, click, enter, focused, matched, part, says, visible, warned
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.steps import (
    DataComparison,
    DemocraticReview,
    HomeVisit,
    PublicNotice,
    Record,
    Refusal,
    ReviewForm,
    Step,
)
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.batch.screen import BatchScreen
from taizhang_desktop.viewmodels.batch_work import BatchModel
from taizhang_desktop.viewmodels.navigation import Destination, Place, beside, together

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

TypeChinese = Callable[[QObject, str], None]
NAMES = ("王建国", "李秀英", "张志强")
VISIT = HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实")
REVIEW = DemocraticReview(
    held_on=date(2022, 4, 13),
    form=ReviewForm.REPRESENTATIVES,
    expected=30,
    present=24,
    host="赵主任",
    recorder="钱会计",
    agree=24,
    against=0,
    abstain=0,
)
COMPARED = DataComparison(compared_on=date(2022, 4, 13), authorised=NAMES)
REFUSED = Refusal(decided_on=date(2022, 4, 14), at=Step.DEMOCRATIC_REVIEW, reason="not_so")


def write(notices: Sequence[ResultNotice], path: Path) -> None:
    path.write_text("\n".join(str(notice.number) for notice in notices), encoding="utf-8")


@pytest.fixture
def three(town_work: Work) -> list[CaseId]:
    return [matched(town_work, name, "") for name in NAMES]


@pytest.fixture
def batch(
    qtbot: QtBot, look: Look, town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser"
) -> Iterator[BatchScreen]:
    window = QWidget()
    made = BatchScreen(BatchModel(town_work, runner, frame, chooser, write))
    whole = QVBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(made)
    qtbot.addWidget(window)
    window.resize(*ROOM)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.shut()
    window.close()


def go(batch: BatchScreen, destination: Destination) -> None:
    assert destination.place is Place.BATCH
    batch.activate(destination.target)


def cell(batch: BatchScreen, field: str, case: CaseId) -> QLineEdit:
    return part(batch, QLineEdit, f"batch_{field}_{case}")


def records(work: Work, cases: list[CaseId]) -> list[object]:
    return [entry.record for case in cases for entry in case_of(work, case).entries]


def so_far(work: Work, cases: list[CaseId], *done: Record) -> None:
    for case in cases:
        for content in done:
            record(work, case, content)


def save(batch: BatchScreen) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_three_visits_by_keyboard_alone_are_one_operation(
    batch: BatchScreen, town_work: Work, three: list[CaseId], type_chinese: TypeChinese, frame: "FrameSpy"
) -> None:
    go(batch, together(three))
    enter("0412")
    type_chinese(focused(), "孙晓梅、周志强")
    enter()
    assert focused() is cell(batch, "conclusion", three[0])
    type_chinese(focused(), "情况属实")
    enter()
    QTest.keyClick(focused(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    type_chinese(focused(), "因病支出较大")
    enter()
    assert focused().objectName() == "batch_save"
    enter()
    assert records(town_work, three) == []
    assert any("核查表还没有填" in words for words in says(batch))
    assert part(batch, QPushButton, "batch_save").text() == "情况属实，写入3户"
    enter()
    visits = [each for each in records(town_work, three) if isinstance(each, HomeVisit)]
    assert [visit.conclusion for visit in visits] == ["情况属实", "情况属实", "因病支出较大"]
    assert {visit.visited_on for visit in visits} == {date(2022, 4, 12)}
    assert frame.notices[-1].says == "入户核实已写入3户"
    assert not batch.unsaved()
    assert part(batch, QPushButton, "batch_deed_democratic_review").isChecked()


def test_who_cannot_take_it_is_named_with_the_reason_and_left_out_by_one_key(
    batch: BatchScreen, town_work: Work, three: list[CaseId]
) -> None:
    nobody = warned(town_work, "赵玉兰", "")
    go(batch, together([*three, nobody]))
    assert any("赵玉兰：还没有确认是哪一户" in words for words in says(batch))
    save(batch)
    assert any("先点“不办这1户”" in words for words in says(batch))
    assert focused().objectName() == "batch_leave_out"
    enter()
    assert not any("赵玉兰" in words for words in says(batch))
    assert focused().objectName() == "case_visited_on"


def test_everything_wrong_is_told_at_once_shared_answers_once_and_each_household_in_its_row(
    batch: BatchScreen, town_work: Work, three: list[CaseId], type_chinese: TypeChinese
) -> None:
    go(batch, together(three))
    cell(batch, "conclusion", three[1]).setFocus()
    type_chinese(focused(), "情况属实")
    save(batch)
    told = says(batch)
    assert told.count("请填写入户核实日期") == 1
    assert told.count("请填写核实结论") == 2
    assert focused().objectName() == "case_visited_on"
    assert [cell(batch, "conclusion", case).property("wrong") == "true" for case in three] == [True, False, True]
    assert records(town_work, three) == []


def test_votes_that_do_not_add_up_are_told_of_their_household_alone(
    batch: BatchScreen, town_work: Work, three: list[CaseId], type_chinese: TypeChinese
) -> None:
    so_far(town_work, three, VISIT)
    go(batch, together(three))
    enter("0413")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    enter("30")
    enter("24")
    type_chinese(focused(), "赵主任")
    enter()
    type_chinese(focused(), "钱会计")
    enter()
    enter()
    for votes in (("24", "0", "0"), ("24", "1", "0"), ("20", "3", "1")):
        for count in votes:
            enter(count)
        type_chinese(focused(), "没有不同意见")
        enter()
    enter()
    row = [words for words in says(batch) if "实到" in words and "之和" in words]
    assert len(row) == 1
    assert not any(isinstance(each, DemocraticReview) for each in records(town_work, three))


def test_one_notice_holds_for_all_and_its_end_follows_its_beginning(
    batch: BatchScreen, town_work: Work, three: list[CaseId], type_chinese: TypeChinese
) -> None:
    so_far(town_work, three, VISIT, REVIEW, COMPARED)
    go(batch, together(three))
    enter("0414")
    assert part(batch, QLineEdit, "case_ended_on").text() == "2022-04-19"
    enter()
    type_chinese(focused(), "村委公开栏")
    enter()
    enter()
    assert focused().objectName() == "batch_save"
    enter()
    assert part(batch, QPushButton, "batch_save").text() == "情况属实，写入3户"
    enter()
    notices = [each for each in records(town_work, three) if isinstance(each, PublicNotice)]
    assert {(each.posted_on, each.ended_on, each.place) for each in notices} == {
        (date(2022, 4, 14), date(2022, 4, 19), "村委公开栏")
    }
    assert len(notices) == 3


def test_letters_are_numbered_drawn_into_one_file_and_every_print_is_kept(
    batch: BatchScreen,
    town_work: Work,
    three: list[CaseId],
    type_chinese: TypeChinese,
    chooser: "Chooser",
    tmp_path: Path,
) -> None:
    so_far(town_work, three, VISIT, REFUSED)
    go(batch, together(three))
    type_chinese(focused(), "社会事务办0532-88000000")
    enter()
    enter()
    enter()
    assert chooser.proposed == ["告知书〔2022〕1号等3份.pdf"]
    assert part(batch, QPushButton, "batch_save").text() == "打印3户的告知书"
    assert "case_contact" not in [each.objectName() for each in visible(batch, QLineEdit)]
    chooser.will_choose(tmp_path / "letters.pdf")
    save(batch)
    assert (tmp_path / "letters.pdf").read_text(encoding="utf-8").split() == [
        "〔2022〕1号",
        "〔2022〕2号",
        "〔2022〕3号",
    ]
    with town_work.store.reading() as desk:
        letters = [desk.letters.of_case(case) for case in three]
    assert [[each.copies for each in letter.prints] for letter in letters if letter is not None] == [[2], [2], [2]]
    assert not batch.unsaved()


def test_from_a_case_only_that_one_is_ticked_and_others_are_taken_along_by_the_space_key(
    batch: BatchScreen, three: list[CaseId]
) -> None:
    go(batch, beside(three[1]))
    ticks = {box.text(): box for box in visible(batch, QCheckBox)}
    assert [name for name, box in ticks.items() if box.isChecked()] == ["李秀英"]
    ticks["张志强"].setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert part(batch, QPushButton, "batch_save").text() == "写入2户"
    assert cell(batch, "conclusion", three[2]).isEnabled()
    assert not cell(batch, "conclusion", three[0]).isEnabled()


@pytest.mark.parametrize("text", ["国" * 10_000, "情况属实\N{THUMBS UP SIGN}\U00020bb7", "\ue000私用"])
def test_what_is_pasted_into_a_row_is_kept_and_judged(
    batch: BatchScreen, town_work: Work, three: list[CaseId], text: str
) -> None:
    go(batch, together(three))
    first = cell(batch, "conclusion", three[0])
    first.setText(text)
    first.textEdited.emit(text)
    save(batch)
    assert first.text() == text
    assert any("最多500个字" in words for words in says(batch)) == (len(text) > 500)
    assert records(town_work, three) == []


@pytest.mark.parametrize("number", ["十", "-1", "9" * 5000, "2.5"])
def test_votes_that_are_no_number_are_told_and_nothing_is_written(
    batch: BatchScreen, town_work: Work, three: list[CaseId], number: str
) -> None:
    so_far(town_work, three, VISIT)
    go(batch, together(three))
    agree = cell(batch, "agree", three[2])
    agree.setText(number)
    agree.textEdited.emit(number)
    save(batch)
    assert sum("“同意”请填写整数" in words for words in says(batch)) == 1
    assert len(records(town_work, three)) == 3


def test_what_is_typed_waits_for_the_way_back(
    batch: BatchScreen, three: list[CaseId], type_chinese: TypeChinese, frame: "FrameSpy"
) -> None:
    go(batch, together(three))
    enter("0412")
    cell(batch, "conclusion", three[0]).setFocus()
    type_chinese(focused(), "情况属实")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert frame.destinations[-1] == Destination(Place.LEDGER)
    assert batch.unsaved() == "“一起办理”中入户核实填写的内容还没有保存。"
    go(batch, together(three[:2]))
    assert part(batch, QLineEdit, "case_visited_on").text() == "0412"
    assert cell(batch, "conclusion", three[0]).text() == "情况属实"
    click(batch, "batch_give_up")
    assert not batch.unsaved()
    assert cell(batch, "conclusion", three[0]).text() == ""


@pytest.mark.parametrize("size", TextSize)
def test_nothing_is_wider_than_its_room_at_any_text_size(
    batch: BatchScreen, look: Look, town_work: Work, three: list[CaseId], size: TextSize
) -> None:
    so_far(town_work, three, VISIT)
    look.choose(text_size=size)
    go(batch, together(three))
    assert batch.minimumSizeHint().width() <= ROOM[0]


@pytest.mark.parametrize("field", ["case_visited_on", "case_visitors", "batch_conclusion"])
def test_ctrl_enter_saves_from_wherever_one_types(batch: BatchScreen, three: list[CaseId], field: str) -> None:
    go(batch, together(three))
    name = f"{field}_{three[0]}" if field.startswith("batch") else field
    part(batch, QLineEdit, name).setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "请填写入户核实日期" in says(batch)


def test_many_households_come_row_by_row_and_saving_waits_for_the_last(
    batch: BatchScreen, town_work: Work, qtbot: QtBot
) -> None:
    many = [matched(town_work, f"王{chr(0x4E00 + at)}", "") for at in range(30)]
    go(batch, together(many))
    assert batch.grid is not None
    assert 0 < len(batch.grid.rows) < len(many)
    enter("0412")
    save(batch)
    assert 0 < says(batch).count("请填写核实结论") < len(many), "a screenful first: the window is free in between"
    qtbot.waitUntil(lambda: says(batch).count("请填写核实结论") == len(many))
    click(batch, "batch_give_up")
    qtbot.waitUntil(lambda: batch.grid is not None and len(batch.grid.rows) == len(many))
    assert list(batch.grid.rows) == many
    assert "请填写核实结论" not in says(batch)
