"""今日待办 over a real vault: what is owed, by when, why, and where it is done."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.duties import Duty, DutyGroup, DutyKind, Urgency
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import (
    DataComparison,
    DemocraticReview,
    HomeVisit,
    MonitoredKind,
    NoticePosted,
    PublicNotice,
    ReviewForm,
    SystemEntry,
)
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.navigation import Badge, Destination, Place
from taizhang_desktop.viewmodels.today import TodayModel, due_words, left_words

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy

VISIT = HomeVisit(visited_on=date(2022, 4, 12), visitors=("张三", "李四"), conclusion="属实")
REVIEW = DemocraticReview(
    held_on=date(2022, 4, 14),
    form=ReviewForm.REPRESENTATIVES,
    expected=30,
    present=24,
    host="赵主任",
    recorder="钱会计",
    agree=24,
    against=0,
    abstain=0,
)
COMPARED = DataComparison(compared_on=date(2022, 4, 15), authorised=("王建国", "李秀英"))
VILLAGE = "370215001002"
NUMBERS = ("11010519491231002X", "810000199408230021", "830000199201300022")


def take(work: Work, name: str, number: str, received_on: date) -> str:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=number,
        village_code=VILLAGE,
        received_on=received_on,
    )
    return take_warning(work, draft).case


def match(work: Work, case_id: str) -> None:
    with work.store.reading() as desk:
        case = next(case for case in desk.cases.open() if case.id == case_id)
    match_household(work, case.id, new_household(work, case, head_name="", head_id_number="", relation=Relation.HEAD))


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> TodayModel:
    return TodayModel(town_work, runner, frame)


def test_a_new_office_owes_only_the_ledger_of_the_month(model: TodayModel) -> None:
    model.refresh()

    (line,) = model.state.lines
    assert line.duty.kind is DutyKind.FILING
    assert (line.day, line.left, line.urgency) == ("4月30日", "还剩10天", Urgency.LATER)
    assert model.state.loaded


def test_what_is_overdue_stands_first_and_says_why_by_that_day(model: TodayModel, town_work: Work) -> None:
    take(town_work, "王建国", NUMBERS[0], date(2022, 4, 15))
    take(town_work, "李秀英", NUMBERS[1], date(2022, 4, 7))

    model.refresh()

    first, second, _filing = model.state.lines
    assert (first.duty.who, first.day, first.left) == ("李秀英", "4月12日", "逾期8天")
    assert (second.duty.who, second.left) == ("王建国", "今天到期")
    assert first.village == "墨河社区居民委员会"
    assert "9、10日周末" in first.because
    assert "二（二）" in first.because


def test_the_counts_and_the_badge_tell_how_much_presses(model: TodayModel, town_work: Work, frame: "FrameSpy") -> None:
    for name, number, received_on in zip(
        ("王建国", "李秀英", "张伟"), NUMBERS, (date(2022, 4, 7), date(2022, 4, 15), date(2022, 4, 19)), strict=True
    ):
        take(town_work, name, number, received_on)

    model.refresh()

    counts = [model.state.count(urgency) for urgency in (Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON)]
    assert counts == [1, 1, 1]
    assert frame.badges == [Badge(Place.TODAY, 2, Tone.OVERDUE)]


def test_a_duty_of_a_case_opens_the_case_and_the_ledger_opens_its_month(
    model: TodayModel, town_work: Work, frame: "FrameSpy"
) -> None:
    case = take(town_work, "王建国", NUMBERS[0], date(2022, 4, 15))
    model.refresh()
    of_case, of_month = model.state.lines

    model.open(of_case)
    model.open(of_month)

    assert frame.destinations == [Destination(Place.CASE, case), Destination(Place.FILING, "2022-04")]


def test_another_deed_moves_the_duty_on(model: TodayModel, town_work: Work) -> None:
    case = take(town_work, "王建国", NUMBERS[0], date(2022, 4, 15))
    model.refresh()
    assert model.state.lines[0].duty.kind is DutyKind.MATCH
    match(town_work, case)
    with town_work.store.reading() as desk:
        known = desk.cases.open()[0].id
    visit = HomeVisit(visited_on=date(2022, 4, 19), visitors=("张三", "李四"), conclusion="属实")

    model.on_changes(record(town_work, known, visit).changes)

    assert model.state.lines[0].duty.what == "民主评议"
    assert model.state.count(Urgency.OVERDUE, Urgency.TODAY) == 0


def test_what_touches_nothing_is_not_read_again(model: TodayModel, town_work: Work) -> None:
    model.refresh()
    take(town_work, "王建国", NUMBERS[0], date(2022, 4, 15))

    model.on_changes(Changes(operation=Operation.TAKE_PACKAGE))
    assert len(model.state.lines) == 1
    model.on_changes(Changes(operation=Operation.TAKE_WARNING, touched=(Touched(Kind.CASE, "c"),)))
    assert len(model.state.lines) == 2


def test_a_new_day_turns_today_into_overdue(model: TodayModel, town_work: Work, clock: StoryClock) -> None:
    take(town_work, "王建国", NUMBERS[0], date(2022, 4, 15))
    model.refresh()
    assert model.state.lines[0].urgency is Urgency.TODAY

    clock.go_to(date(2022, 4, 21))
    model.refresh()

    assert (model.state.lines[0].urgency, model.state.today) == (Urgency.OVERDUE, date(2022, 4, 21))


def test_trouble_stands_in_the_place_of_the_list(
    model: TodayModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到台账", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到台账", "数据没有改动", "请检查磁盘")
    assert runner.failures == []


@pytest.mark.parametrize(
    ("due", "estimated", "day", "left"),
    [
        pytest.param(date(2022, 4, 19), False, "4月19日", "逾期1天", id="yesterday is one day overdue"),
        pytest.param(date(2022, 4, 20), False, "4月20日", "今天到期", id="today is due"),
        pytest.param(date(2023, 1, 3), True, "预计2023年1月3日", "还剩258天", id="an unpublished year is an estimate"),
        pytest.param(None, False, "", "不限期", id="what has no day says so"),
    ],
)
def test_a_day_is_said_in_words(due: date | None, estimated: bool, day: str, left: str) -> None:
    duty = Duty(
        kind=DutyKind.STEP,
        case=None,
        who="王建国",
        village="",
        what="民主评议",
        due=due,
        because="",
        clause="",
        estimated=estimated,
    )

    today = date(2022, 4, 20)
    assert (due_words(duty, today), left_words(duty, today)) == (day, left)


def test_a_notice_that_hangs_waits_for_its_day_and_then_stands_under_today_and_overdue(
    model: TodayModel, town_work: Work, clock: StoryClock
) -> None:
    case = CaseId(take(town_work, "王建国", NUMBERS[0], date(2022, 4, 11)))
    match(town_work, case)
    for step in (VISIT, REVIEW, COMPARED, NoticePosted(posted_on=date(2022, 4, 18), place="村务公开栏")):
        record(town_work, case, step)
    seen = []
    because = ""
    for day in (20, 23, 24):
        clock.go_to(date(2022, 4, day))
        model.refresh()
        line = next(line for line in model.state.lines if line.duty.case == case)
        seen.append((line.group, line.left))
        because = line.because
    assert seen == [
        (DutyGroup.WAITING, "公示中，还剩3天"),
        (DutyGroup.TODAY, "今天期满"),
        (DutyGroup.OVERDUE, "期满1天"),
    ]
    assert because.startswith("4月18日张贴在村务公开栏，最早4月23日结束：")


def test_a_visit_owed_to_a_monitored_household_leads_to_its_page(
    model: TodayModel, town_work: Work, clock: StoryClock, frame: "FrameSpy"
) -> None:
    case = CaseId(take(town_work, "王建国", NUMBERS[0], date(2022, 4, 11)))
    match(town_work, case)
    notice = PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏")
    entry = SystemEntry(entered_on=date(2022, 4, 20), household_number="1", kind=MonitoredKind.SUDDEN_HARDSHIP)
    for step in (VISIT, REVIEW, COMPARED, notice, entry):
        record(town_work, case, step)
    clock.go_to(date(2022, 7, 22))
    model.refresh()
    line = next(line for line in model.state.lines if line.duty.kind is DutyKind.FOLLOW_UP)
    assert (line.duty.who, line.left, line.group) == ("王建国", "逾期2天", DutyGroup.OVERDUE)
    model.open(line)
    with town_work.store.reading() as desk:
        household = desk.cases.get(case).household
    assert frame.destinations == [Destination(Place.MONITORED, household or "")]
