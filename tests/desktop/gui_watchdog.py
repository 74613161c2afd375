"""The watchdog of the journeys and the bench: it tells what held the window's thread, and where the program was then."""

import threading
import time
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
import watchdog
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_desktop.kit.parts import Button
from watchdog import Watchdog

BUSY = 0.12


def work() -> None:
    """Keep the thread at work for a while, by its own time."""
    end = time.thread_time() + BUSY
    while time.thread_time() < end:
        parse_id_number("11010519491231002X")


@pytest.fixture
def dog(qtbot: QtBot) -> Iterator[Watchdog]:
    made = Watchdog()
    yield made
    made.close()


def test_a_long_click_is_told_with_its_widget_its_deed_and_where_the_program_was(qtbot: QtBot, dog: Watchdog) -> None:
    button = Button("登记")
    qtbot.addWidget(button)
    button.clicked.connect(work)
    with dog.deed("press it"):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    longest = dog.longest[0]
    assert (longest.during, longest.what) == ("press it", "mouseClick on Button")
    assert longest.thread_ms >= BUSY * 1_000
    assert "domain/id_number.py" in " ".join(longest.at)


def test_what_the_loop_does_by_itself_is_told_as_a_pass(qtbot: QtBot, dog: Watchdog) -> None:
    done: list[int] = []
    with dog.deed("a timer"):
        QTimer.singleShot(0, work)
        QTimer.singleShot(0, partial(done.extend, [1]))
        qtbot.waitUntil(lambda: bool(done))
        qtbot.wait(1)
    longest = dog.longest_of("a timer")
    assert longest is not None
    assert longest.what == "a pass of the loop"
    assert longest.thread_ms >= BUSY * 1_000


def test_of_a_deed_only_the_longest_are_kept_and_afterwards_nothing_is_watched(qtbot: QtBot, dog: Watchdog) -> None:
    button = Button("登记")
    qtbot.addWidget(button)
    for _ in range(9):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(dog.longest) == 3
    counted = dog.slots
    dog.close()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dog.slots == counted


class Known:
    """What a function of the window knew; ``ended`` is told in which thread it came to its end."""

    def __init__(self, ended: list[int]) -> None:
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def test_what_the_program_knew_while_it_was_looked_at_ends_in_the_windows_thread(
    qtbot: QtBot, dog: Watchdog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    looks, over = threading.Event(), threading.Event()

    def look_slowly(_frame: object) -> str:
        looks.set()
        assert over.wait(10)
        return "here"

    def work_with(_known: Known) -> None:
        while not looks.is_set():
            pass

    def clicked() -> None:
        work_with(Known(ended))
        over.set()

    monkeypatch.setattr(watchdog, "_where", look_slowly)
    button = Button("登记")
    qtbot.addWidget(button)
    button.clicked.connect(clicked)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dog.close()
    assert ended == [threading.get_ident()]
