"""数据交换 between real vaults: cards, fingerprints, packages in, receipts out, and everything that may be wrong with a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.founding import enrol
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.exchange import ExchangeModel
from taizhang_exchange.packages import PackageCourier, fingerprint, write_card

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, District, FrameSpy

HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")
Desk = Callable[[OfficeId], ExchangeModel]


@pytest.fixture
def desk(district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy") -> Desk:
    """数据交换 of an office, read."""

    def open_it(code: OfficeId) -> ExchangeModel:
        office = district.office(code)
        model = ExchangeModel(office.work, district.road(office), chooser, runner, frame)
        model.refresh()
        return model

    return open_it


@pytest.fixture
def bureau(desk: Desk, district: "District") -> ExchangeModel:
    return desk(district.bureau.office.id)


def names(model: ExchangeModel) -> list[str]:
    return [line.name for line in model.state.partners]


def card_file(district: "District", code: OfficeId) -> Path:
    path = district.stick / f"{code}.tzcard"
    write_card(district.card(code), path)
    return path


def test_the_own_card_can_be_given_away_and_says_its_fingerprint(
    bureau: ExchangeModel, district: "District", chooser: "Chooser", frame: "FrameSpy"
) -> None:
    own = district.bureau
    assert bureau.state.own is not None
    assert bureau.state.own.office == own.office
    assert bureau.state.own_fingerprint == fingerprint(district.card(own.office.id))
    target = district.stick / "名片.tzcard"
    chooser.will_choose(target)

    bureau.export_card()

    assert chooser.proposed == ["单位名片_即墨区乡村振兴局.tzcard"]
    assert target.is_file()
    assert frame.notices[-1].says == f"本单位名片已保存到“{target}”，请交给对方并电话核对指纹"


def test_a_card_is_believed_only_after_its_fingerprint_was_confirmed(
    bureau: ExchangeModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    chooser.will_choose(card_file(district, HUANXIU))
    bureau.import_card()

    assert bureau.state.candidate is not None
    assert (bureau.state.candidate.card.office.name, bureau.state.candidate.known_before) == ("环秀街道", False)
    assert bureau.state.candidate.fingerprint == fingerprint(district.card(HUANXIU))
    assert bureau.state.partners == ()
    bureau.confirm()
    bureau.on_changes(runner.announced[-1])
    assert bureau.state.candidate is None
    assert [(line.name, line.fingerprint) for line in bureau.state.partners] == [
        ("环秀街道", fingerprint(district.card(HUANXIU)))
    ]
    assert frame.notices[-1].says == "已登记环秀街道，可以互相收发数据包"


def test_a_card_that_was_dismissed_is_not_enrolled(
    bureau: ExchangeModel, district: "District", chooser: "Chooser"
) -> None:
    chooser.will_choose(card_file(district, HUANXIU))
    bureau.import_card()
    bureau.dismiss()
    bureau.confirm()
    bureau.refresh()

    assert (bureau.state.candidate, bureau.state.partners) == (None, ())


def test_a_new_card_of_a_known_office_says_that_it_replaces_the_old(
    bureau: ExchangeModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    district.town(HUANXIU)
    bureau.refresh()
    fresh = PackageCourier().new_keys(district.office(HUANXIU).office).card
    path = district.stick / "新.tzcard"
    write_card(fresh, path)
    chooser.will_choose(path)
    bureau.import_card()

    assert bureau.state.candidate is not None
    assert bureau.state.candidate.known_before
    bureau.confirm()
    bureau.on_changes(runner.announced[-1])
    assert [line.fingerprint for line in bureau.state.partners] == [fingerprint(fresh)]


def test_the_same_card_again_and_the_own_card_need_nothing(
    bureau: ExchangeModel, district: "District", chooser: "Chooser", frame: "FrameSpy"
) -> None:
    district.town(HUANXIU)
    bureau.refresh()
    for code in (HUANXIU, district.bureau.office.id):
        chooser.will_choose(card_file(district, code))
        bureau.import_card()

    assert bureau.state.candidate is None
    assert [notice.says for notice in frame.notices] == [
        "环秀街道的这张名片已经登记过，不需要再登记",
        "这是本单位自己的名片，不需要导入",
    ]


def altered(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("环秀街道", "潮海街道"), encoding="utf-8")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param(altered, "内容被改动过", id="a card that somebody altered"),
        pytest.param(emptied, "读不出来", id="a card without content"),
    ],
)
def test_a_card_that_does_not_hold_is_one_sentence_and_changes_nothing(
    spoil: Callable[[Path], None],
    why: str,
    bureau: ExchangeModel,
    district: "District",
    chooser: "Chooser",
    runner: "AtOnce",
) -> None:
    path = card_file(district, HUANXIU)
    spoil(path)
    chooser.will_choose(path)
    before = bureau.state

    bureau.import_card()

    assert bureau.state == before
    assert runner.failures == [
        Troubled(
            f"“370215001.tzcard”不是有效的单位名片（{why}）",
            "没有登记任何单位",
            "请让对方重新导出名片文件（.tzcard），不要手工修改",
        )
    ]


def test_a_town_takes_warnings_on_the_day_they_came_and_answers_with_a_receipt(
    desk: Desk, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 2)
    chooser.will_choose(district.warnings_for(HUANXIU))
    town = desk(HUANXIU)
    assert town.state.asks_day
    town.received_on = date(2022, 4, 5)
    town.take()
    town.on_changes(runner.announced[-1])

    assert runner.titles == ["接收数据包"]
    notice = frame.notices[-1]
    assert (notice.tone, notice.says, notice.lines) == (
        Tone.DONE,
        "已接收即墨区乡村振兴局的预警信息（第1号，共2条）",
        (),
    )
    with district.office(HUANXIU).store.reading() as read:
        assert [case.warning.received_on for case in read.cases.open()] == [date(2022, 4, 5)] * 2
    assert town.received_on is None
    (line,) = town.state.packages
    assert (line.partner, line.state, line.can_answer) == ("即墨区乡村振兴局", "未生成回执", True)
    assert notice.action is not None
    chooser.will_choose(district.stick)
    notice.action.do()
    town.on_changes(runner.announced[-1])
    assert [(each.record.manifest.kind.value, each.state, each.can_answer) for each in town.state.packages] == [
        ("receipt", "", False),
        ("warnings", "已生成回执", True),
    ]
    assert (district.stick / "回执_环秀街道致即墨区乡村振兴局_2022-04_第1号.tzb").is_file()


def test_the_receipt_comes_home(
    bureau: ExchangeModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    town = district.town(HUANXIU)
    district.collect(HUANXIU, 2)
    taken = district.road(town).take(district.warnings_for(HUANXIU), None)
    bureau.refresh()
    assert [line.state for line in bureau.state.packages] == ["等待回执"]
    chooser.will_choose(Path(district.road(town).receipt(taken.record, district.stick).path))
    bureau.take()
    bureau.on_changes(runner.announced[-1])

    assert frame.notices[-1].says == "已接收环秀街道的回执（第1号）"
    assert frame.notices[-1].action is None
    assert [(line.state, line.tone) for line in bureau.state.packages] == [
        ("", Tone.PLAIN),
        ("对方已接收2条", Tone.DONE),
    ]
    assert not bureau.state.asks_day


def test_a_number_left_out_is_said_and_stops_nothing(
    desk: Desk, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 1, name="一.xlsx")
    district.warnings_for(HUANXIU)
    district.collect(HUANXIU, 3, name="二.xlsx")
    chooser.will_choose(district.warnings_for(HUANXIU))
    town = desk(HUANXIU)
    town.take()

    notice = frame.notices[-1]
    assert (notice.tone, notice.lines) == (Tone.SOON, ("中间缺少第1号数据包，请向对方索要",))


def for_somebody_else(district: "District") -> Path:
    district.town(CHAOHAI)
    district.collect(CHAOHAI, 1)
    return district.warnings_for(CHAOHAI)


def truncated(district: "District") -> Path:
    district.collect(HUANXIU, 1)
    package = district.warnings_for(HUANXIU)
    package.write_bytes(package.read_bytes()[:-20])
    return package


def of_a_stranger(district: "District") -> Path:
    district.collect(HUANXIU, 1)
    package = district.warnings_for(HUANXIU)
    bureau = PackageCourier().new_keys(district.bureau.office).card
    enrol(district.office(HUANXIU).store, bureau, district.office(HUANXIU).work.user)
    return package


def a_workbook(district: "District") -> Path:
    return district.write_list("名单.xlsx", [])


def gone(district: "District") -> Path:
    return district.stick / "没有.tzb"


@pytest.mark.parametrize(
    ("file", "happened"),
    [
        pytest.param(for_somebody_else, "不是发给本单位的", id="a package for another town"),
        pytest.param(truncated, "不完整或已损坏", id="a package that was cut off"),
        pytest.param(of_a_stranger, "签名不是即墨区乡村振兴局的", id="a package whose sender's card is another"),
        pytest.param(a_workbook, "不是数据包", id="a workbook"),
        pytest.param(gone, "找不到文件", id="a stick that was pulled out"),
    ],
)
def test_a_file_that_is_no_package_for_here_is_one_trouble_and_changes_nothing(
    file: Callable[["District"], Path],
    happened: str,
    desk: Desk,
    district: "District",
    chooser: "Chooser",
    runner: "AtOnce",
    frame: "FrameSpy",
) -> None:
    district.town(HUANXIU)
    chooser.will_choose(file(district))
    town = desk(HUANXIU)
    before = town.state
    town.take()
    town.refresh()

    (trouble,) = runner.failures
    assert isinstance(trouble, Troubled)
    assert happened in trouble.happened
    assert "没有改变" in trouble.safe
    assert (town.state, frame.notices, runner.announced) == (before, [], [])


def test_a_package_taken_twice_is_refused_the_second_time(
    desk: Desk, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 1)
    package = district.warnings_for(HUANXIU)
    town = desk(HUANXIU)
    for _ in range(2):
        chooser.will_choose(package)
        town.take()
    town.refresh()

    (trouble,) = runner.failures
    assert isinstance(trouble, Troubled)
    assert trouble.happened == "这个数据包已经接收过"
    assert len(town.state.packages) == 1


def test_a_receipt_is_made_only_for_what_came_and_is_no_receipt(
    bureau: ExchangeModel, district: "District", chooser: "Chooser"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 1)
    district.warnings_for(HUANXIU)
    bureau.refresh()
    (sent,) = bureau.state.packages

    bureau.answer(sent)

    assert not sent.can_answer
    assert chooser.asked == []


def test_what_touches_neither_partners_nor_packages_is_not_read_again(
    bureau: ExchangeModel, district: "District"
) -> None:
    district.town(HUANXIU)

    bureau.on_changes(Changes(operation=Operation.TAKE_LIST, touched=(Touched(Kind.LIST_IMPORT, "1"),)))
    assert names(bureau) == []
    bureau.on_changes(Changes(operation=Operation.ENROL, touched=(Touched(Kind.PARTNER, "1"),)))
    assert names(bureau) == ["环秀街道"]


def test_trouble_stands_in_the_place_of_the_register(
    bureau: ExchangeModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到登记", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(bureau._work.store, "reading", broken)
    bureau.refresh()

    assert bureau.state.trouble == Troubled("读不到登记", "数据没有改动", "请检查磁盘")
    assert runner.failures == []
