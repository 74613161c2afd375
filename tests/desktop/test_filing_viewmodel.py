"""月度报送 over a real vault and real packages: what is frozen is what is drawn and packed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Filing, FilingId, Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.sending import Sent, send_filing
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.filing import FilingModel, FilingTools, PaperSize
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_exchange.packages import PackageCourier

if TYPE_CHECKING:
    from taizhang_desktop.tasks import Reporter

    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

APRIL, MARCH = Month(2022, 4), Month(2022, 3)
BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")


def take(work: Work, name: str, day: date) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="突发疾病",
        name=name,
        id_number="",
        village_code="370215001002",
        received_on=day,
    )
    return take_warning(work, draft).case


class Tools:
    """Draws a filing as its digest, and packs it with the real courier."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.trouble: OfficeTrouble | None = None
        self.drawn: list[tuple[Filing, PaperSize]] = []
        self.opened: list[Path] = []

    def print_ledger(self, filing: Filing, path: Path, paper: PaperSize, progress: "Reporter") -> None:
        if self.trouble is not None:
            raise self.trouble
        progress(1, 1)
        path.write_text(filing.digest)
        self.drawn.append((filing, paper))

    def pack_filing(self, filing: FilingId, folder: Path) -> Sent:
        return send_filing(self.work, PackageCourier(), filing, BUREAU.id, lambda _manifest: folder / "汇总表.tzb")


@pytest.fixture
def tools(town_work: Work) -> Tools:
    return Tools(town_work)


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", tools: Tools, chooser: "Chooser") -> FilingModel:
    given = FilingTools(
        print_ledger=tools.print_ledger, pack_filing=tools.pack_filing, choose=chooser, open_file=tools.opened.append
    )
    return FilingModel(town_work, runner, frame, given)


def test_the_month_stands_as_its_cases_do_and_says_what_is_unfinished(model: FilingModel, town_work: Work) -> None:
    case = take(town_work, "王建国", date(2022, 4, 7))

    model.refresh()

    state = model.state
    assert (state.month, len(state.lines), state.closed, state.due) == (APRIL, 1, 0, date(2022, 4, 30))
    assert {finding.field for finding in state.findings} == {case}
    assert state.says == "本月台账尚未封存"
    assert state.can_freeze
    assert not state.can_file


def test_freezing_shows_the_revision_and_lets_it_be_printed(
    model: FilingModel, town_work: Work, frame: "FrameSpy", runner: "AtOnce"
) -> None:
    take(town_work, "王建国", date(2022, 4, 7))
    model.refresh()

    model.freeze()
    model.on_changes(runner.announced[-1])

    state = model.state
    assert state.shown is not None
    assert (state.shown.revision, state.says) == (1, "已封存第1版，此后没有变化")
    assert (state.can_freeze, state.can_file) == (False, True)
    assert state.shown.digest[:8] in frame.notices[-1].says


def test_a_month_just_frozen_is_at_no_moment_shown_as_not_frozen(model: FilingModel, town_work: Work) -> None:
    take(town_work, "王建国", date(2022, 4, 7))
    model.refresh()
    seen: list[tuple[str, bool]] = []

    def look() -> None:
        if not model.state.busy:
            seen.append((model.state.says, model.state.can_freeze))

    model.changed.connect(look)

    model.freeze()

    assert seen
    assert set(seen) == {("已封存第1版，此后没有变化", False)}


def test_a_later_warning_asks_for_another_revision_and_the_first_stays_as_it_was(
    model: FilingModel, town_work: Work, runner: "AtOnce"
) -> None:
    take(town_work, "王建国", date(2022, 4, 7))
    model.refresh()
    model.freeze()
    first = model.state.shown
    take(town_work, "李秀英", date(2022, 4, 19))
    model.refresh()
    assert model.state.says == "第1版封存后有变化（1条），需要重新封存"
    assert len(model.state.lines) == 1

    model.show_revision(None)
    assert (len(model.state.lines), model.state.can_file) == (2, False)
    model.freeze()
    model.on_changes(runner.announced[-1])

    assert [filing.revision for filing in model.state.revisions] == [2, 1]
    model.show_revision(first)
    assert len(model.state.lines) == 1
    assert model.state.findings == ()


def test_what_is_drawn_is_the_revision_shown(
    model: FilingModel, town_work: Work, tools: Tools, chooser: "Chooser", tmp_path: Path, frame: "FrameSpy"
) -> None:
    take(town_work, "王建国", date(2022, 4, 7))
    model.refresh()
    model.freeze()
    shown = model.state.shown
    take(town_work, "李秀英", date(2022, 4, 19))
    model.refresh()
    assert shown is not None
    chooser.will_choose(tmp_path / "台账.pdf")

    model.print_ledger(PaperSize.A3)

    assert (tmp_path / "台账.pdf").read_text() == shown.digest
    assert tools.drawn == [(shown, PaperSize.A3)]
    assert chooser.proposed == ["附件2_环秀街道_2022-04_第1版_A3.pdf"]
    action = frame.notices[-1].action
    assert action is not None
    action.do()
    assert tools.opened == [tmp_path / "台账.pdf"]
    assert not model.state.busy


def test_whoever_chooses_no_file_gets_none(model: FilingModel, tools: Tools, chooser: "Chooser") -> None:
    model.refresh()
    model.freeze()

    model.print_ledger(PaperSize.A4)
    model.pack_filing()

    assert chooser.asked == ["保存台账（A4）", "选择存放数据包的文件夹（如U盘）"]
    assert tools.drawn == []
    assert not model.state.busy


def test_nothing_is_printed_or_packed_before_it_is_frozen(model: FilingModel, chooser: "Chooser") -> None:
    model.refresh()

    model.print_ledger(PaperSize.A4)
    model.pack_filing()

    assert chooser.asked == []


def test_the_package_goes_to_the_bureau_and_stands_in_the_register(
    model: FilingModel, town_work: Work, chooser: "Chooser", tmp_path: Path, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    enrol(town_work.store, PackageCourier().new_keys(BUREAU).card, town_work.user)
    model.refresh()
    model.freeze()
    chooser.will_choose(tmp_path)

    model.pack_filing()
    model.on_changes(runner.announced[-1])

    assert (tmp_path / "汇总表.tzb").stat().st_size > 0
    assert "数据包第1号已生成：汇总表.tzb" in frame.notices[-1].says
    (record,) = model.state.sent
    assert record.manifest.month == APRIL
    assert runner.titles == ["生成数据包"]


def test_a_bureau_that_is_not_enrolled_is_said_by_the_window(
    model: FilingModel, chooser: "Chooser", tmp_path: Path, runner: "AtOnce"
) -> None:
    model.refresh()
    model.freeze()
    chooser.will_choose(tmp_path)

    model.pack_filing()

    (failure,) = runner.failures
    assert isinstance(failure, Troubled)
    assert "名片" in failure.happened
    assert not model.state.busy


def test_a_failed_print_leaves_the_screen_as_it_was(
    model: FilingModel, tools: Tools, chooser: "Chooser", tmp_path: Path, runner: "AtOnce"
) -> None:
    model.refresh()
    model.freeze()
    tools.trouble = OfficeTrouble("磁盘已满", safe="台账没有改动", do="请换一个磁盘")
    chooser.will_choose(tmp_path / "台账.pdf")

    model.print_ledger(PaperSize.A4)

    assert runner.failures == [Troubled("磁盘已满", "台账没有改动", "请换一个磁盘")]
    assert (model.state.busy, model.state.can_file, model.state.trouble) == (False, True, None)


def test_another_month_is_shown_and_can_be_named_by_its_text(model: FilingModel, town_work: Work) -> None:
    take(town_work, "王建国", date(2022, 3, 20))
    take(town_work, "李秀英", date(2022, 4, 7))
    model.refresh()
    assert (len(model.state.lines), model.state.has_next) == (2, False)

    model.choose_text("2022-03")

    assert (model.state.month, len(model.state.lines), model.state.has_next) == (MARCH, 1, True)
    model.choose_text("")
    assert model.state.month == MARCH


def test_an_empty_month_is_frozen_too(model: FilingModel) -> None:
    model.refresh()

    model.freeze()

    assert model.state.shown is not None
    assert model.state.shown.lines == ()


def test_february_is_due_on_its_last_day(model: FilingModel) -> None:
    model.choose_month(Month(2022, 2))

    assert model.state.due == date(2022, 2, 28)


def test_a_line_or_a_finding_opens_its_case(model: FilingModel, town_work: Work, frame: "FrameSpy") -> None:
    case = take(town_work, "王建国", date(2022, 4, 7))
    model.refresh()

    model.open_case(model.state.findings[0].field)

    assert frame.destinations == [Destination(Place.CASE, case)]


def test_changes_elsewhere_are_read_only_once_the_screen_was_looked_at(
    model: FilingModel, town_work: Work, clock: StoryClock
) -> None:
    clock.go_to(date(2022, 4, 21))
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="反映困难",
        name="李秀英",
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 21),
    )
    changes = take_warning(town_work, draft).changes

    model.on_changes(changes)
    assert model.state.preview is None
    model.refresh()
    assert len(model.state.lines) == 1


def test_trouble_stands_in_the_place_of_the_month(
    model: FilingModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到台账", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到台账", "数据没有改动", "请检查磁盘")
    assert runner.failures == []
