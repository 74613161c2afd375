"""汇总台账 over a bureau's real vault: what came from the towns, frozen, and only then printed."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Refused, Reporter, Troubled
from taizhang_desktop.viewmodels.consolidated import ConsolidatedModel
from taizhang_desktop.viewmodels.filing import PaperSize

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, District, FrameSpy

APRIL = Month(2022, 4)
HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")


class Printer:
    """Keeps what it was to draw."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Filing, Path, PaperSize]] = []

    def __call__(self, filing: Filing, path: Path, paper: PaperSize, progress: Reporter) -> None:
        progress(1, 1)
        self.drawn.append((filing, path, paper))


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def model(
    district: "District", printer: Printer, chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> ConsolidatedModel:
    return ConsolidatedModel(district.bureau.work, printer, chooser, runner, frame)


def arrive(district: "District", town: OfficeId, count: int) -> Changes:
    """The town's April comes to the bureau."""
    district.town(town)
    district.collect(town, count)
    district.road(district.office(town)).take(district.warnings_for(town), None)
    return district.road(district.bureau).take(district.file_month(town)[1], None).changes


def test_a_month_without_filings_can_be_neither_frozen_nor_printed(
    model: ConsolidatedModel, chooser: "Chooser", runner: "AtOnce"
) -> None:
    model.refresh()
    model.print_ledger(PaperSize.A4)

    assert (model.state.lines, model.state.can_freeze, model.state.loaded) == ((), False, True)
    assert (model.state.counted, model.state.standing) == ("", "本月还没有镇街报送")
    assert chooser.asked == []
    model.freeze()
    (refused,) = runner.failures
    assert isinstance(refused, Refused)
    assert refused.findings[0].says == "本月还没有镇街报送台账"


def test_the_lines_of_all_towns_stand_town_after_town(model: ConsolidatedModel, district: "District") -> None:
    arrive(district, CHAOHAI, 2)
    model.on_changes(arrive(district, HUANXIU, 3))

    assert [line.town for line in model.state.lines] == ["环秀街道"] * 3 + ["潮海街道"] * 2
    assert (model.state.counted, model.state.standing) == ("2个镇街，共5行", "尚未封存")
    assert model.state.can_freeze


def test_what_was_frozen_is_what_is_printed(
    model: ConsolidatedModel,
    district: "District",
    printer: Printer,
    chooser: "Chooser",
    runner: "AtOnce",
    frame: "FrameSpy",
) -> None:
    arrive(district, HUANXIU, 2)
    model.refresh()
    model.freeze()
    model.on_changes(runner.announced[-1])

    assert frame.notices[-1].says == "2022年4月汇总台账已封存为第1版"
    assert (model.state.standing, model.state.can_freeze) == ("已封存第1版，此后没有变化", False)
    chooser.will_choose(Path("out.pdf"))
    model.print_ledger(PaperSize.A3)
    assert chooser.proposed == ["汇总台账_2022-04_第1版_A3.pdf"]
    assert runner.titles == ["生成汇总台账PDF"]
    assert printer.drawn == [(model.state.latest, Path("out.pdf"), PaperSize.A3)]
    assert frame.notices[-1].says == "汇总台账已保存到“out.pdf”"


def test_a_month_just_frozen_is_at_no_moment_shown_as_not_frozen(
    model: ConsolidatedModel, district: "District", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    arrive(district, HUANXIU, 2)
    model.refresh()
    seen: list[tuple[str, bool, bool]] = []
    model.changed.connect(lambda: seen.append((model.state.standing, model.state.can_freeze, model.state.busy)))

    def press_again() -> None:
        if len(seen) == 1:
            model.freeze()

    model.changed.connect(press_again)

    model.freeze()

    assert seen == [("尚未封存", False, True), ("已封存第1版，此后没有变化", False, False)]
    assert runner.failures == []
    assert [notice.says for notice in frame.notices] == ["2022年4月汇总台账已封存为第1版"]


def test_a_freezing_that_fails_can_be_tried_again(
    model: ConsolidatedModel, district: "District", monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    arrive(district, HUANXIU, 2)
    model.refresh()

    def full(operation: str, by: object) -> None:
        raise OfficeTrouble("磁盘已满", safe="数据没有改动", do="请清理磁盘")

    with monkeypatch.context() as patched:
        patched.setattr(model._work.store, "change", full)
        model.freeze()

    assert runner.failures == [Troubled("磁盘已满", "数据没有改动", "请清理磁盘")]
    assert model.state.can_freeze
    assert model.state.trouble is None


def test_a_filing_after_the_freezing_is_said_and_the_paper_stays_what_was_frozen(
    model: ConsolidatedModel, district: "District", printer: Printer, chooser: "Chooser", runner: "AtOnce"
) -> None:
    arrive(district, HUANXIU, 2)
    model.refresh()
    model.freeze()
    model.on_changes(runner.announced[-1])
    model.on_changes(arrive(district, CHAOHAI, 1))

    assert (model.state.counted, model.state.standing) == ("2个镇街，共3行", "第1版封存后有新的报送")
    assert model.state.can_freeze
    chooser.will_choose(Path("out.pdf"))
    model.print_ledger(PaperSize.A4)
    assert len(printer.drawn[0][0].lines) == 2
    model.freeze()
    model.on_changes(runner.announced[-1])
    assert model.state.latest is not None
    assert (model.state.latest.revision, len(model.state.latest.lines)) == (2, 3)


def test_a_paper_that_cannot_be_written_is_trouble_for_the_window(
    district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    def full(filing: Filing, path: Path, paper: PaperSize, progress: Reporter) -> None:
        raise OfficeTrouble("U盘已满", safe="台账没有改变", do="请换一个U盘")

    model = ConsolidatedModel(district.bureau.work, full, chooser, runner, frame)
    arrive(district, HUANXIU, 1)
    model.refresh()
    model.freeze()
    model.refresh()
    chooser.will_choose(Path("out.pdf"))
    model.print_ledger(PaperSize.A4)

    assert runner.failures == [Troubled("U盘已满", "台账没有改变", "请换一个U盘")]
    assert [notice.tone for notice in frame.notices] == [Tone.DONE]


def test_another_month_is_another_ledger(model: ConsolidatedModel, district: "District") -> None:
    arrive(district, HUANXIU, 1)
    model.refresh()

    model.show_month(APRIL.following)
    assert (model.state.month, model.state.lines) == (APRIL.following, ())
    model.show_month(APRIL)
    assert len(model.state.lines) == 1


def test_what_touches_no_filing_is_not_read_again(model: ConsolidatedModel, district: "District") -> None:
    model.refresh()
    arrive(district, HUANXIU, 1)

    model.on_changes(Changes(operation=Operation.ENROL, touched=(Touched(Kind.PARTNER, "1"),)))
    assert model.state.lines == ()


def test_trouble_stands_in_the_place_of_the_lines(
    model: ConsolidatedModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到台账", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到台账", "数据没有改动", "请检查磁盘")
    assert runner.failures == []
