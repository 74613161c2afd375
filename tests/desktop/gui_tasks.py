"""The worker's promises, with a real thread."""

import gc
import threading
import weakref
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.tasks import (
    Cancelled,
    Crashed,
    DeskChanged,
    Failure,
    JobEnded,
    JobFailed,
    JobMoved,
    JobStarted,
    News,
    Refused,
    Reporter,
    Ticket,
    Troubled,
)
from taizhang_desktop.worker import DeskWorker


@pytest.fixture
def news(worker: DeskWorker) -> list[News]:
    heard: list[News] = []
    worker.news.connect(heard.append)
    return heard


def idle(qtbot: QtBot, worker: DeskWorker) -> None:
    qtbot.waitUntil(lambda: not worker.busy)


def test_work_is_done_in_the_worker_and_taken_in_the_window(qtbot: QtBot, worker: DeskWorker) -> None:
    got: list[tuple[int, int]] = []
    worker.scope().run(threading.get_ident, lambda there: got.append((there, threading.get_ident())))
    idle(qtbot, worker)
    ((there, here),) = got
    assert here == threading.get_ident()
    assert there != here


def test_jobs_are_done_in_the_order_in_which_they_came(qtbot: QtBot, worker: DeskWorker) -> None:
    order: list[int] = []
    scope = worker.scope()
    for number in range(20):
        scope.run(lambda number=number: number, order.append)  # type: ignore[misc]  # the default binds the number
    idle(qtbot, worker)
    assert order == list(range(20))


def fail_with(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


FINDING = Finding(field="visited_on", code="blank", says="请填写日期")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        pytest.param(NotAccepted((FINDING,)), Refused, id="a refusal by the rules brings its findings"),
        pytest.param(OfficeTrouble("甲", safe="乙", do="丙"), Troubled, id="trouble brings its three sentences"),
        pytest.param(ValueError("李四 370282196504120032"), Crashed, id="a bug brings a report"),
    ],
)
def test_a_failure_that_nobody_deals_with_goes_to_the_window(
    qtbot: QtBot, worker: DeskWorker, news: list[News], error: Exception, kind: type
) -> None:
    worker.scope().run(fail_with(error), lambda _: None)
    idle(qtbot, worker)
    assert [type(each.failure) for each in news if isinstance(each, JobFailed)] == [kind]


def test_a_failure_that_was_dealt_with_goes_no_further(qtbot: QtBot, worker: DeskWorker, news: list[News]) -> None:
    taken: list[Failure] = []

    def take(failure: Failure) -> bool:
        taken.append(failure)
        return True

    worker.scope().run(fail_with(NotAccepted((FINDING,))), lambda _: None, take)
    idle(qtbot, worker)
    assert taken == [Refused((FINDING,))]
    assert not news


def test_the_report_of_a_bug_holds_no_value(qtbot: QtBot, worker: DeskWorker, news: list[News]) -> None:
    worker.scope().run(fail_with(ValueError("李四 370282196504120032")), lambda _: None)
    idle(qtbot, worker)
    (failed,) = (each for each in news if isinstance(each, JobFailed))
    assert isinstance(failed.failure, Crashed)
    assert failed.failure.crash.exception == "builtins.ValueError"
    assert "gui_tasks" in failed.failure.crash.place
    assert "370282" not in repr(failed)


def test_changes_are_announced_before_they_are_taken(qtbot: QtBot, worker: DeskWorker, news: list[News]) -> None:
    heard_first: list[int] = []
    changes = Changes(operation=Operation.CLOSING)
    worker.scope().run(lambda: changes, lambda _: heard_first.append(len(news)))
    idle(qtbot, worker)
    assert news == [DeskChanged(changes)]
    assert heard_first == [1]


def test_a_closed_scope_gets_nothing_though_the_work_is_done_and_its_failure_told(
    qtbot: QtBot, worker: DeskWorker, news: list[News]
) -> None:
    got: list[object] = []
    done: list[bool] = []
    scope = worker.scope()
    scope.run(lambda: done.append(True), got.append)
    scope.run(fail_with(OfficeTrouble("甲", safe="乙", do="丙")), got.append, lambda _: True)
    scope.close()
    idle(qtbot, worker)
    assert done == [True]
    assert not got
    assert news == [JobFailed(Troubled("甲", "乙", "丙"))]


def test_a_long_job_tells_how_far_it_is(qtbot: QtBot, worker: DeskWorker, news: list[News]) -> None:
    def count(report: Reporter) -> int:
        for done in range(1, 101):
            report(done, 100)
        return 100

    ticket = worker.scope().run_long("数数", count, lambda _: None)
    idle(qtbot, worker)
    assert news[0] == JobStarted(ticket.number, "数数")
    assert news[-2] == JobMoved(ticket.number, 100, 100)
    assert news[-1] == JobEnded(ticket.number)


def test_a_long_job_stops_at_its_next_report_when_it_is_cancelled(
    qtbot: QtBot, worker: DeskWorker, news: list[News]
) -> None:
    begun = threading.Event()
    go_on = threading.Event()
    got: list[object] = []
    failures: list[Failure] = []

    def wait(report: Reporter) -> None:
        begun.set()
        go_on.wait(10)
        report(1, 2)
        got.append("went on")

    def take(failure: Failure) -> bool:
        failures.append(failure)
        return False

    ticket = worker.scope().run_long("等待", wait, got.append, take)
    assert begun.wait(10)
    worker.cancel(ticket.number)
    go_on.set()
    idle(qtbot, worker)
    assert not got
    assert failures == [Cancelled()]
    assert news == [JobStarted(ticket.number, "等待"), JobEnded(ticket.number)]


def test_news_of_a_desk_go_to_its_own_window_and_to_no_other(
    qtbot: QtBot, worker: DeskWorker, news: list[News]
) -> None:
    lane, other = worker.lane(), worker.lane()
    own: list[News] = []
    others: list[News] = []
    lane.news.connect(own.append)
    other.news.connect(others.append)
    ticket = lane.scope().run_long("等待", lambda report: report(1, 1), lambda _: None)
    idle(qtbot, worker)
    assert own == [JobStarted(ticket.number, "等待"), JobMoved(ticket.number, 1, 1), JobEnded(ticket.number)]
    assert (others, news) == ([], [])


def test_a_held_desk_finishes_what_is_short_cancels_what_is_long_and_lets_the_rest_wait(
    qtbot: QtBot, worker: DeskWorker
) -> None:
    lane = worker.lane()
    scope = lane.scope()
    begun, go_on = threading.Event(), threading.Event()
    got: list[str] = []
    failures: list[Failure] = []

    def long(report: Reporter) -> None:
        begun.set()
        go_on.wait(10)
        report(1, 2)

    def fail(failure: Failure) -> bool:
        failures.append(failure)
        return True

    scope.run_long("打印", long, lambda _: got.append("printed"), fail)
    scope.run(lambda: "saved", got.append)
    assert begun.wait(10)
    lane.hold()
    scope.run(lambda: "later", got.append)
    worker.scope().run(lambda: "locked", got.append)
    go_on.set()
    idle(qtbot, worker)
    assert (got, failures) == (["saved", "locked"], [Cancelled()])
    lane.go_on()
    idle(qtbot, worker)
    assert got == ["saved", "locked", "later"]


def test_long_work_that_gives_way_lets_what_waits_go_first_at_each_report(qtbot: QtBot, worker: DeskWorker) -> None:
    got: list[str] = []
    scope = worker.scope()
    begun, handed_in = threading.Event(), threading.Event()

    def export(report: Reporter) -> str:
        begun.set()
        assert handed_in.wait(10)
        for row in range(3):
            report(row, 3)
            got.append(f"row {row}")
        return "exported"

    for gives_way in (True, False):
        begun.clear()
        handed_in.clear()
        got.clear()
        scope.run_long("导出", export, got.append, gives_way=gives_way)
        assert begun.wait(10)
        scope.run(partial(got.append, "saved"), lambda _: None)
        handed_in.set()
        idle(qtbot, worker)
        rows = ["row 0", "row 1", "row 2"]
        assert [each for each in got if each != "exported"] == (["saved", *rows] if gives_way else [*rows, "saved"])


def test_the_lock_and_the_close_come_between_two_slices_of_what_gives_way_and_end_it(qtbot: QtBot) -> None:
    worker = DeskWorker()
    lane = worker.lane()
    deeds: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def export(report: Reporter) -> None:
        begun.set()
        assert go_on.wait(10)
        deeds.append("slice")
        report(1, 2)
        deeds.append("another slice")

    lane.scope().run_long("导出", export, lambda _: deeds.append("exported"), gives_way=True)
    assert begun.wait(10)
    lane.hold()
    worker.scope().run(lambda: deeds.append("locked"), lambda _: None)
    worker.stop()
    go_on.set()
    worker.close(lambda: deeds.append("closed"))
    assert deeds[0] == "slice"
    assert deeds[1:] == ["locked", "closed"]


def test_a_worker_that_is_told_to_stop_is_not_waited_for_and_ends_its_long_job(qtbot: QtBot) -> None:
    worker = DeskWorker()
    running, ended = threading.Event(), threading.Event()

    def export(report: Reporter) -> None:
        running.set()
        try:
            while True:
                report(1, 2)
        finally:
            ended.set()

    worker.scope().run_long("导出", export, lambda _: None)
    assert running.wait(10)
    worker.stop()
    assert ended.wait(10)
    worker.close()


def test_closing_finishes_short_work_cancels_long_work_and_leaves_no_thread(qtbot: QtBot) -> None:
    worker = DeskWorker()
    deeds: list[str] = []
    inside: list[QThread] = []
    scope = worker.scope()
    waiting: list[Ticket] = []

    def save() -> None:
        waiting[0]._cancelled.wait(10)
        deeds.append("saved")

    handed_in = threading.Event()
    scope.run(lambda: save() if handed_in.wait(10) else None, lambda _: deeds.append("taken"))
    waiting.append(scope.run_long("导出", lambda _: deeds.append("exported"), lambda _: None))
    handed_in.set()

    def last() -> None:
        inside.append(QThread.currentThread())
        deeds.append("closed")

    worker.close(last)
    assert deeds == ["saved", "closed"]
    assert inside[0].isFinished()
    worker.close()
    assert scope.run(lambda: deeds.append("late"), lambda _: None).number > 0
    assert deeds == ["saved", "closed"]


class Held:
    """Something of the window that a job holds; ``ended`` is told in which thread it came to its end."""

    def __init__(self, ended: list[int]) -> None:
        self.itself: Held | None = None
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def use(_held: Held) -> None:
    """Do something with it."""


def use_long(held: Held, _report: Reporter) -> None:
    """Do something with it that may be cancelled."""
    use(held)


def misuse(held: Held) -> None:
    """Fail with it in the traceback."""
    raise ValueError(held)


@pytest.mark.parametrize("work", [use, misuse])
def test_what_a_job_held_ends_in_the_windows_thread(
    qtbot: QtBot, worker: DeskWorker, work: Callable[[Held], None]
) -> None:
    ended: list[int] = []
    for _ in range(50):
        worker.scope().run(partial(work, Held(ended)), lambda _: None, lambda _: True)
    idle(qtbot, worker)
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert set(ended) == {threading.get_ident()}


def test_what_a_cancelled_job_held_ends_in_the_windows_thread(qtbot: QtBot, worker: DeskWorker) -> None:
    ended: list[int] = []
    go_on = threading.Event()
    worker.scope().run(lambda: go_on.wait(10), lambda _: None)
    worker.scope().run_long("导出", partial(use_long, Held(ended)), lambda _: None).cancel()
    go_on.set()
    idle(qtbot, worker)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]


def test_what_jobs_held_that_the_close_waited_for_ends_in_the_windows_thread(qtbot: QtBot) -> None:
    worker = DeskWorker()
    ended: list[int] = []
    for _ in range(50):
        worker.scope().run(partial(use, Held(ended)), lambda _: None)
    worker.close(partial(use, Held(ended)))
    assert ended == [threading.get_ident()] * 51


def test_garbage_of_the_window_is_swept_in_its_own_thread_though_the_worker_allocates(
    qtbot: QtBot, worker: DeskWorker
) -> None:
    ended: list[int] = []
    begun = threading.Event()

    def allocate() -> int:
        assert begun.wait(10)
        return len([[] for _ in range(10 * gc.get_threshold()[0])])

    worker.scope().run(allocate, lambda _: None)
    held = Held(ended)
    held.itself = held
    del held
    begun.set()
    idle(qtbot, worker)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]
