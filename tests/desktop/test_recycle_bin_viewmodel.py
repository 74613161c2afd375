"""移到回收站, 撤销 and 恢复 decided over a real vault: what is said, what is asked first, and where one is afterwards."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.work import Work
from taizhang_desktop.tasks import Refused, Troubled
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.recycle_bin import RecycleBinModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

NUMBER = "11010519491231002X"


def warned(work: Work, *, name: str = "王建国", number: str = NUMBER) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=number,
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    return take_warning(work, draft).case


def write_letter(notice: ResultNotice, path: Path) -> None:
    path.write_text("\n".join(notice.paragraphs), encoding="utf-8")


def in_ledger(work: Work) -> list[CaseId]:
    with work.store.reading() as desk:
        return list(desk.cases.all_ids())


def press(notice: Notice, words: str) -> None:
    assert notice.action is not None
    assert notice.action.label == words
    notice.action.do()


@pytest.fixture
def drafts() -> CaseDrafts:
    return CaseDrafts()


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", drafts: CaseDrafts) -> CaseModel:
    return CaseModel(town_work, runner, frame, chooser, write_letter, drafts)


@pytest.fixture
def recycle_bin(town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> RecycleBinModel:
    return RecycleBinModel(town_work, runner, frame)


@pytest.fixture
def moved(model: CaseModel, town_work: Work) -> CaseId:
    """A case that was open on the screen when it was moved."""
    case = warned(town_work)
    model.open(case)
    model.choose(CaseForm.DISCARDING)
    model.save({"why": "登记重了"})
    return case


def test_a_moved_case_leaves_its_screen_and_the_notice_offers_to_undo_it(
    model: CaseModel, moved: CaseId, town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    assert in_ledger(town_work) == []
    assert runner.announced == [Changes(operation=Operation.DISCARD_CASE, touched=(Touched(Kind.CASE, moved),))]
    assert frame.notices[-1].says == "“王建国”这一条已移到回收站"
    assert frame.destinations == [Destination(Place.LEDGER)]
    assert (model.view.sheet, model.view.busy, model.view.gone) == (None, False, False)

    press(frame.notices[-1], "撤销")

    assert in_ledger(town_work) == [moved]
    assert runner.announced[-1].operation == Operation.RESTORE_CASE
    assert frame.notices[-1].says == "“王建国”这一条已恢复"
    assert frame.destinations[-1] == Destination(Place.CASE, moved)
    assert not runner.failures


def test_what_was_half_typed_waits_for_the_undoing(model: CaseModel, town_work: Work, frame: "FrameSpy") -> None:
    case = warned(town_work)
    own_household(town_work, case)
    model.open(case)
    model.keep({"conclusion": "住院"})
    model.choose(CaseForm.DISCARDING)
    model.keep({"why": "登记"})
    model.save({"why": "登记重了"})
    press(frame.notices[-1], "撤销")
    model.open(case)
    assert model.view.form is CaseForm.HOME_VISIT
    assert model.typed == {"conclusion": "住院"}


def test_without_a_reason_nothing_is_moved(model: CaseModel, town_work: Work) -> None:
    heard: list[tuple[Finding, ...]] = []
    model.found_fault.connect(heard.append)
    case = warned(town_work)
    model.open(case)
    model.choose(CaseForm.DISCARDING)
    model.save({"why": " "})
    assert [[finding.field for finding in findings] for findings in heard] == [["why"]]
    assert in_ledger(town_work) == [case]
    assert not model.view.busy


def test_a_line_that_must_stay_is_told_so_before_anything_is_typed(model: CaseModel, town_work: Work) -> None:
    case = warned(town_work)
    freeze(town_work, Month(2022, 4))
    model.open(case)
    assert CaseForm.DISCARDING in model.view.offers
    assert model.view.sheet is not None
    assert [finding.code for finding in model.view.sheet.stays] == ["frozen"]


def test_another_case_that_is_open_meanwhile_stays_open(model: CaseModel, town_work: Work, frame: "FrameSpy") -> None:
    case, other = warned(town_work), warned(town_work, name="陈大文", number="810000199408230021")
    model.open(other)
    model._discarded(case, Changes(operation=Operation.DISCARD_CASE))
    assert model.view.sheet is not None
    assert frame.destinations == []
    assert frame.notices[-1].says == "这一条已移到回收站"


def test_the_bin_says_who_what_when_and_why_with_the_number_masked(recycle_bin: RecycleBinModel, moved: CaseId) -> None:
    recycle_bin.refresh()
    (line,) = recycle_bin.state.lines
    cells = [column.text(line) for column in recycle_bin.columns]
    assert cells == [
        *("王建国", "110***********002X", "墨河社区居民委员会", "家庭成员突发疾病"),
        *("李明", "2022-04-20", "登记重了"),
    ]
    told = recycle_bin.told(moved)
    assert "自主申报（12317），2022-04-11反馈，家庭成员突发疾病" in told
    assert "李明于2022-04-20 09:00移走，原因：登记重了" in told
    assert NUMBER not in told
    assert recycle_bin.told("nobody") == ""


def test_a_restored_line_is_in_the_ledger_and_its_case_can_be_gone_to(
    recycle_bin: RecycleBinModel, moved: CaseId, town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    recycle_bin.refresh()
    recycle_bin.restore(moved)
    assert in_ledger(town_work) == [moved]
    press(frame.notices[-1], "办理本条")
    assert frame.destinations[-1] == Destination(Place.CASE, moved)
    recycle_bin.on_changes(runner.announced[-1])
    assert recycle_bin.state.lines == ()


def test_a_line_registered_again_is_asked_about_and_comes_back_only_when_that_was_seen(
    recycle_bin: RecycleBinModel, moved: CaseId, town_work: Work, frame: "FrameSpy"
) -> None:
    again = warned(town_work)
    recycle_bin.refresh()
    recycle_bin.restore(moved)
    assert in_ledger(town_work) == [again]
    asked = frame.notices[-1]
    assert asked.says == "“王建国”这一条还没有恢复，请先核对"
    assert asked.lines == ("台账里另有“王建国”2022-04-11的家庭成员突发疾病，恢复后是两条，请核对是不是重复",)
    press(asked, "仍要恢复")
    assert set(in_ledger(town_work)) == {again, moved}


def test_undoing_twice_is_refused_in_a_sentence(
    model: CaseModel, moved: CaseId, town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    undo = frame.notices[-1]
    press(undo, "撤销")
    press(undo, "撤销")
    (failure,) = runner.failures
    assert isinstance(failure, Refused)
    assert [finding.code for finding in failure.findings] == ["not_discarded"]
    assert in_ledger(town_work) == [moved]


def test_the_bin_follows_what_is_discarded_elsewhere_once_it_was_looked_at(
    recycle_bin: RecycleBinModel, town_work: Work
) -> None:
    first, second = warned(town_work), warned(town_work, name="陈大文", number="")
    recycle_bin.on_changes(discard(town_work, first, why="登记重了"))
    assert not recycle_bin.state.loaded
    recycle_bin.refresh()
    recycle_bin.on_changes(discard(town_work, second, why="登记重了"))
    assert [line.case for line in recycle_bin.state.lines] == [second, first]


def test_trouble_stands_in_the_place_of_the_list(recycle_bin: RecycleBinModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Callable[[], None]:
        raise OfficeTrouble("读不到台账", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(recycle_bin._work.store, "reading", broken)
    recycle_bin.refresh()
    assert recycle_bin.state.trouble == Troubled("读不到台账", "数据没有改动", "请检查磁盘")
    monkeypatch.undo()
    recycle_bin.refresh()
    assert recycle_bin.state.trouble is None
    assert recycle_bin.state.loaded
