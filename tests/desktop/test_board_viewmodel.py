"""镇街报送 over a bureau's real vault: filings come in real packages from the towns' own vaults."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.bureau import BoardLine, FilingState
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.board import BoardModel, board_tone, board_words

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, District

APRIL = Month(2022, 4)
HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")


@pytest.fixture
def model(district: "District", runner: "AtOnce") -> BoardModel:
    return BoardModel(district.bureau.work, runner)


def line(model: BoardModel, town: OfficeId) -> BoardLine:
    return next(each for each in model.state.lines if each.town == town)


def file_april(district: "District", town: OfficeId) -> Changes:
    _, package = district.file_month(town)
    return district.road(district.bureau).take(package, None).changes


def give_cases(district: "District", town: OfficeId, count: int, received_on: date | None = None) -> None:
    district.town(town)
    district.collect(town, count, name=f"{town}_{count}_{district.clock.now():%H%M%S}.xlsx")
    district.road(district.office(town)).take(district.warnings_for(town), received_on)


def test_before_the_thirtieth_a_missing_town_is_due_and_not_late(model: BoardModel, district: "District") -> None:
    model.refresh()

    assert [each.town for each in model.state.lines] == list(district.rules.divisions.towns)
    assert {(board_words(each), board_tone(each)) for each in model.state.lines} == {("未报", Tone.SOON)}
    assert (model.state.filed, len(model.state.missing), model.state.due) == (0, 17, date(2022, 4, 30))


def test_after_the_thirtieth_a_missing_town_is_late(model: BoardModel, district: "District") -> None:
    district.clock.go_to(date(2022, 5, 1))
    model.show_month(APRIL)

    assert {(board_words(each), board_tone(each)) for each in model.state.lines} == {("未报（逾期）", Tone.OVERDUE)}


def test_a_filing_that_came_is_counted_and_nobody_is_ranked(model: BoardModel, district: "District") -> None:
    give_cases(district, CHAOHAI, 3)
    model.refresh()
    district.clock.go_to(date(2022, 4, 29))

    model.on_changes(file_april(district, CHAOHAI))

    filed = line(model, CHAOHAI)
    assert (board_words(filed), board_tone(filed)) == ("已报", Tone.DONE)
    assert (filed.sent, filed.lines, filed.closed, filed.revision) == (3, 3, 0, 1)
    assert model.state.lines[1] is filed
    assert (model.state.filed, len(model.state.missing)) == (1, 16)


def test_a_filing_after_the_thirtieth_says_so(model: BoardModel, district: "District") -> None:
    give_cases(district, HUANXIU, 1)
    district.clock.go_to(date(2022, 5, 2))
    file_april(district, HUANXIU)
    model.show_month(APRIL)

    assert (board_words(line(model, HUANXIU)), board_tone(line(model, HUANXIU))) == ("已报（逾期）", Tone.SOON)


def test_a_second_revision_is_an_amendment(model: BoardModel, district: "District") -> None:
    give_cases(district, HUANXIU, 1)
    file_april(district, HUANXIU)
    give_cases(district, HUANXIU, 2)
    file_april(district, HUANXIU)
    model.refresh()

    amended = line(model, HUANXIU)
    assert (amended.state, board_words(amended), amended.revision, amended.lines) == (
        FilingState.AMENDED,
        "报后有改",
        2,
        2,
    )


def test_a_town_that_filed_in_time_and_amended_later_is_not_late(model: BoardModel, district: "District") -> None:
    give_cases(district, HUANXIU, 1)
    district.clock.go_to(date(2022, 4, 29))
    file_april(district, HUANXIU)
    district.clock.go_to(date(2022, 5, 3))
    give_cases(district, HUANXIU, 2, received_on=date(2022, 4, 30))
    file_april(district, HUANXIU)
    model.show_month(APRIL)

    amended = line(model, HUANXIU)
    assert (board_words(amended), amended.late) == ("报后有改", False)


def test_another_month_forgets_the_one_before_at_once(model: BoardModel, district: "District") -> None:
    give_cases(district, HUANXIU, 1)
    file_april(district, HUANXIU)
    model.refresh()
    shown: list[tuple[Month, int, bool]] = []
    model.changed.connect(lambda: shown.append((model.state.month, model.state.filed, model.state.loaded)))

    model.show_month(APRIL.following)

    assert shown == [(APRIL.following, 0, False), (APRIL.following, 0, True)]
    model.show_month(APRIL)
    assert model.state.filed == 1


def test_what_touches_no_filing_partner_or_package_is_not_read_again(model: BoardModel, district: "District") -> None:
    model.refresh()
    district.town(HUANXIU)

    model.on_changes(Changes(operation=Operation.FREEZE_FILING, touched=(Touched(Kind.CASE, "1"),)))
    assert not line(model, HUANXIU).enrolled
    model.on_changes(Changes(operation=Operation.ENROL, touched=(Touched(Kind.PARTNER, "1"),)))
    assert line(model, HUANXIU).enrolled


def test_trouble_stands_in_the_place_of_the_board(
    model: BoardModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到报送", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到报送", "数据没有改动", "请检查磁盘")
    assert runner.failures == []
