"""The strip of the month's fixed dates: those of a town, with what is done, and why by that day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.duties import DutyKind
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.month_dates import month_dates
from taizhang_casework.services.sending import send_filing
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.today import TodayModel
from taizhang_exchange.packages import PackageCourier

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy


def keys(work: Work, month: Month) -> list[tuple[str, date]]:
    with work.store.reading() as desk:
        return [(each.key, each.day) for each in month_dates(work, desk, month)]


def test_a_town_sees_its_own_dates_and_the_one_that_it_waits_for(town_work: Work) -> None:
    assert keys(town_work, Month(2022, 4)) == [
        ("warnings_to_towns", date(2022, 4, 7)),
        ("special_screening", date(2022, 4, 15)),
        ("first_training", date(2022, 4, 30)),
        ("ledger", date(2022, 4, 30)),
    ]
    assert ("training_report", date(2022, 9, 15)) in keys(town_work, Month(2022, 9))


def test_the_thirtieth_of_february_is_explained(town_work: Work) -> None:
    with town_work.store.reading() as desk:
        (ledger,) = [each for each in month_dates(town_work, desk, Month(2022, 2)) if each.key == "ledger"]
    assert ledger.day == date(2022, 2, 28)
    assert "本月没有30日，为当月最后一天" in ledger.explains
    assert "一（三）1" in ledger.explains


def test_a_day_off_moves_no_deadline_and_says_when_to_be_done(town_work: Work) -> None:
    with town_work.store.reading() as desk:
        (ledger,) = [each for each in month_dates(town_work, desk, Month(2022, 4)) if each.key == "ledger"]
    assert "30日不上班，期限不变，请在4月29日下班前办好" in ledger.explains


def test_the_row_of_the_months_ledger_warns_in_the_words_of_the_strip(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    model = TodayModel(town_work, runner, frame)

    model.refresh()

    (row,) = [line for line in model.state.lines if line.duty.kind is DutyKind.FILING]
    (card,) = [card for card in model.state.dates if card.date.key == "ledger"]
    warns = card.date.explains.rpartition("；")[2]
    assert warns == "30日不上班，期限不变，请在4月29日下班前办好"
    assert row.because.endswith(f"；{warns}")


@pytest.mark.parametrize(
    ("day", "filed", "stands"),
    [
        pytest.param(20, False, ("未办，还剩10天", Tone.PLAIN), id="there is time"),
        pytest.param(28, False, ("未办，还剩2天", Tone.SOON), id="it is near"),
        pytest.param(20, True, ("已办", Tone.DONE), id="it has gone to the bureau"),
    ],
)
def test_the_ledger_of_the_month_says_whether_it_was_filed(
    town_work: Work,
    runner: "AtOnce",
    frame: "FrameSpy",
    clock: StoryClock,
    tmp_path: Path,
    day: int,
    stands: tuple[str, Tone],
    *,
    filed: bool,
) -> None:
    clock.go_to(date(2022, 4, day))
    if filed:
        courier = PackageCourier()
        bureau = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")
        enrol(town_work.store, courier.new_keys(bureau).card, town_work.user)
        filing = freeze(town_work, Month(2022, 4)).filing
        send_filing(town_work, courier, filing.id, bureau.id, lambda _: tmp_path / "april.tzb")
    model = TodayModel(town_work, runner, frame)

    model.refresh()

    cards = {card.date.key: card for card in model.state.dates}
    assert (cards["ledger"].state, cards["ledger"].tone) == stands
    assert cards["warnings_to_towns"].state == "未收到"
    assert cards["special_screening"].state == "请核对", "of what leaves no trace here nothing is claimed"
