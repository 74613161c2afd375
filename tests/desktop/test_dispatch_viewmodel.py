"""下发镇街 over a bureau's real vault: what waits for whom, real packages on the stick, and what came back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.sending import Sent
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.dispatch import DispatchModel, TownLine
from taizhang_desktop.viewmodels.navigation import Destination, Place

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, District, FrameSpy

HUANXIU, CHAOHAI, TIANHENG = OfficeId("370215001"), OfficeId("370215002"), OfficeId("370215100")


@pytest.fixture
def model(district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy") -> DispatchModel:
    bureau = district.bureau
    return DispatchModel(bureau.work, district.road(bureau).pack_warnings, chooser, runner, frame)


def line(model: DispatchModel, town: OfficeId) -> TownLine:
    return next(each for each in model.state.towns if each.town == town)


def test_all_towns_stand_in_the_order_of_the_division_table(model: DispatchModel, district: "District") -> None:
    model.refresh()

    assert [each.town for each in model.state.towns] == list(district.rules.divisions.towns)
    assert {each.state for each in model.state.towns} == {"本月无预警信息"}
    assert model.state.due == date(2022, 4, 7)
    assert model.state.ready == ()


def test_a_town_whose_card_is_not_known_is_told_apart_and_gets_no_package(
    model: DispatchModel, district: "District"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 2)
    district.collect(CHAOHAI, 3)
    model.refresh()

    known, unknown = line(model, HUANXIU), line(model, CHAOHAI)
    assert (known.waiting, known.state, known.tone) == (2, "待下发", Tone.SOON)
    assert (unknown.waiting, unknown.state, unknown.tone) == (3, "待下发，尚未登记名片", Tone.OVERDUE)
    assert model.state.ready == (known,)


def test_one_package_for_each_town_is_made_and_the_town_can_open_it(
    model: DispatchModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    for town, count in ((HUANXIU, 2), (TIANHENG, 1)):
        district.town(town)
        district.collect(town, count)
    model.refresh()
    chooser.will_choose(district.stick)
    model.send_all()
    model.on_changes(runner.announced[-1])

    names = ("预警信息_环秀街道_2022-04_第1号.tzb", "预警信息_田横镇_2022-04_第1号.tzb")
    assert frame.notices[-1].says == f"在“{district.stick}”生成2个数据包"
    assert frame.notices[-1].lines == (f"{names[0]}：2条", f"{names[1]}：1条")
    assert (line(model, HUANXIU).waiting, line(model, HUANXIU).sent, line(model, HUANXIU).state) == (
        0,
        2,
        "已生成，等待回执",
    )
    assert model.state.ready == ()
    taken = district.road(district.town(TIANHENG)).take(district.stick / names[1], None)
    assert taken.record.items == 1


def test_one_town_alone(
    model: DispatchModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    for town in (HUANXIU, TIANHENG):
        district.town(town)
        district.collect(town)
    model.refresh()
    chooser.will_choose(district.stick)
    model.send(TIANHENG)
    model.on_changes(runner.announced[-1])

    assert [each.name for each in model.state.ready] == ["环秀街道"]
    assert [path.name for path in district.stick.glob("*.tzb")] == ["预警信息_田横镇_2022-04_第1号.tzb"]


def test_a_town_without_a_card_is_not_packed_and_the_way_to_the_cards_is_shown(
    model: DispatchModel, district: "District", chooser: "Chooser", frame: "FrameSpy"
) -> None:
    district.collect(CHAOHAI)
    model.refresh()
    model.send(CHAOHAI)

    assert chooser.asked == []
    (notice,) = frame.notices
    assert notice.says == "还没有登记潮海街道的名片，不能生成数据包"
    assert notice.action is not None
    notice.action.do()
    assert frame.destinations == [Destination(Place.EXCHANGE)]


def test_a_second_press_before_the_register_was_read_again_makes_no_second_package(
    model: DispatchModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU)
    model.refresh()
    for _ in range(3):
        chooser.will_choose(district.stick)
    model.send_all()

    assert line(model, HUANXIU).state == "已生成，等待回执", "the register comes with the notice"
    model.send_all()
    assert len(chooser.asked) == 1
    model.send(HUANXIU)
    assert sorted(path.name[-7:] for path in district.stick.glob("*.tzb")) == ["第1号.tzb", "第2号.tzb"]
    assert runner.failures == []
    assert len(frame.notices) == 2


def test_while_packages_are_made_no_other_folder_is_asked_for(
    district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    pressed: list[DispatchModel] = []
    pack = district.road(district.bureau).pack_warnings

    def press_again(town: OfficeId, month: Month, folder: Path, *, again: bool) -> Sent:
        pressed[0].send_all()
        pressed[0].send(town)
        return pack(town, month, folder, again=again)

    model = DispatchModel(district.bureau.work, press_again, chooser, runner, frame)
    pressed.append(model)
    district.town(HUANXIU)
    district.collect(HUANXIU)
    model.refresh()
    chooser.will_choose(district.stick)
    model.send_all()

    assert len(chooser.asked) == 1
    assert [path.name[-7:] for path in district.stick.glob("*.tzb")] == ["第1号.tzb"]
    model.send(HUANXIU)
    assert len(chooser.asked) == 2, "afterwards it is asked again"


def test_what_waits_after_the_seventh_is_late(model: DispatchModel, district: "District") -> None:
    district.collect(HUANXIU)
    district.clock.go_to(date(2022, 4, 7))
    model.refresh()
    assert (model.state.waiting, model.state.late) == (2, False)

    district.clock.go_to(date(2022, 4, 8))
    model.refresh()
    assert model.state.late


def test_a_receipt_turns_the_line_green(
    model: DispatchModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    town, bureau = district.town(HUANXIU), district.bureau
    district.collect(HUANXIU)
    package = district.warnings_for(HUANXIU)
    taken = district.road(town).take(package, None)
    receipt = district.road(town).receipt(taken.record, district.stick)
    model.refresh()
    assert line(model, HUANXIU).tone is Tone.INFO

    model.on_changes(district.road(bureau).take(Path(receipt.path), None).changes)

    assert (line(model, HUANXIU).state, line(model, HUANXIU).tone) == ("已收到回执", Tone.DONE)


def test_a_town_that_cannot_be_packed_stops_no_other(
    district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    bureau = district.bureau
    pack = district.road(bureau).pack_warnings

    def pull_out(town: OfficeId, month: Month, folder: Path, *, again: bool) -> Sent:
        return pack(town, month, folder / "pulled out" if town == HUANXIU else folder, again=again)

    model = DispatchModel(
        bureau.work,
        pull_out,
        chooser,
        runner,
        frame,
    )
    for town in (HUANXIU, TIANHENG):
        district.town(town)
        district.collect(town)
    model.refresh()
    chooser.will_choose(district.stick)
    model.send_all()
    model.on_changes(runner.announced[-1])

    notice = frame.notices[-1]
    assert (notice.tone, notice.says) == (Tone.OVERDUE, f"在“{district.stick}”生成1个数据包，1个没有生成")
    assert notice.lines[0].startswith("环秀街道：无法在")
    assert notice.lines[1] == "预警信息_田横镇_2022-04_第1号.tzb：2条"
    assert [each.name for each in model.state.ready] == ["环秀街道"]


def test_packages_made_before_the_user_cancelled_stay_and_are_shown(
    model: DispatchModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    for town in (HUANXIU, TIANHENG):
        district.town(town)
        district.collect(town)
    model.refresh()
    runner.cancel_at = 1
    chooser.will_choose(district.stick)
    model.send_all()
    model.on_changes(runner.announced[-1])

    assert frame.notices[-1].says == f"已取消，在“{district.stick}”生成1个数据包，还有1个没有生成"
    assert [each.name for each in model.state.ready] == ["田横镇"]


def test_no_question_is_asked_where_nothing_can_be_sent(model: DispatchModel, chooser: "Chooser") -> None:
    model.refresh()
    model.send_all()
    model.send(HUANXIU)

    assert chooser.asked == []


def test_the_next_month_begins_anew_though_the_window_stayed_open(model: DispatchModel, district: "District") -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU)
    district.warnings_for(HUANXIU)
    model.refresh()
    assert line(model, HUANXIU).sent == 2

    district.clock.go_to(date(2022, 5, 5))
    model.refresh()

    assert (model.state.month, model.state.due) == (Month(2022, 5), date(2022, 5, 7))
    assert (line(model, HUANXIU).sent, line(model, HUANXIU).state) == (0, "本月无预警信息")


def test_what_touches_neither_lists_nor_partners_nor_packages_is_not_read_again(
    model: DispatchModel, district: "District"
) -> None:
    model.refresh()
    district.collect(HUANXIU)

    model.on_changes(Changes(operation=Operation.FREEZE_FILING, touched=(Touched(Kind.FILING, "1"),)))
    assert line(model, HUANXIU).waiting == 0
    model.on_changes(Changes(operation=Operation.TAKE_LIST, touched=(Touched(Kind.LIST_IMPORT, "1"),)))
    assert line(model, HUANXIU).waiting == 2


def test_trouble_stands_in_the_place_of_the_towns(
    model: DispatchModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到名单", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到名单", "数据没有改动", "请检查磁盘")
    assert runner.failures == []


def test_a_lost_package_is_made_once_more_under_a_new_number_and_counts_no_warning_twice(
    model: DispatchModel, district: "District", chooser: "Chooser"
) -> None:
    district.collect(HUANXIU, 2)
    first = district.warnings_for(HUANXIU)
    first.unlink()
    chooser.will_choose(district.stick)
    model.refresh()
    assert line(model, HUANXIU).waiting == 0
    model.send(HUANXIU)
    model.refresh()
    assert line(model, HUANXIU).sent == 2
    (again,) = district.stick.glob("预警信息_环秀街道*")
    town = district.town(HUANXIU)
    taken = district.road(town).take(again, None)
    assert (taken.record.manifest.number, taken.record.items) == (2, 2)
