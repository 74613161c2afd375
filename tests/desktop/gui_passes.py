"""What keeps the window's thread free: work in passes of the event loop, a locked desk that is not styled anew, layouts measured once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.passes import Passes
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.shell.top_level import TopLevel


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def put(page: QWidget, part: QWidget) -> None:
    room = page.layout()
    assert room is not None
    room.addWidget(part)


def test_each_piece_has_a_pass_of_its_own(qtbot: QtBot, page: QWidget) -> None:
    done: list[str] = []
    between = QTimer(page)
    between.timeout.connect(lambda: done.append("-"))
    between.start(0)
    passes = Passes(page)
    passes.do(lambda: done.append("a"), lambda: done.append("b"))
    assert passes.running
    assert not done
    qtbot.waitUntil(lambda: not passes.running)
    between.stop()
    assert [each for each in done if each != "-"] == ["a", "b"]
    assert "-" in done[done.index("a") : done.index("b")]


def test_the_next_pieces_drop_those_before(qtbot: QtBot, page: QWidget) -> None:
    done: list[str] = []
    passes = Passes(page)
    passes.do(lambda: done.append("a"))
    passes.do(lambda: done.append("b"))
    qtbot.waitUntil(lambda: bool(done))
    passes.stop()
    assert done == ["b"]


def test_what_is_typed_while_a_form_is_being_made_goes_into_the_form(qtbot: QtBot, page: QWidget) -> None:
    form = QLineEdit()
    passes = Passes(page, hands_wait=True)
    passes.do(lambda: put(page, form), form.show, form.setFocus)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_7)
    assert form.text() == "7"
    assert not passes.running
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_8)
    assert form.text() == "78"


class Restyled(QObject):
    """Counts how often a widget got another style."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() == QEvent.Type.StyleChange
        return super().eventFilter(watched, event)


def test_a_page_taken_away_and_shown_again_is_not_styled_anew(qtbot: QtBot, look: Look) -> None:
    top = TopLevel()
    qtbot.addWidget(top)
    look.dress(top)
    desk, words = QWidget(), QLabel("台账")
    QVBoxLayout(desk).addWidget(words)
    top.show_page(desk)
    with qtbot.waitExposed(top):
        top.show()
    restyled = Restyled(words)
    assert top.take_away() is desk
    top.show_page(QWidget())
    assert not desk.isVisible()
    assert top.indexOf(desk) < 0, "a screen reader finds the pages only"
    top.show_page(desk)
    assert words.isVisible()
    assert restyled.times == 0


def test_a_row_that_was_measured_is_measured_again_when_something_in_it_changes(qtbot: QtBot, page: QWidget) -> None:
    flow, button, other = FlowRow(), QPushButton("短"), QPushButton("另一个")
    flow.add(button)
    flow.add(other)
    row = QWidget()
    row.setLayout(ends((flow,), (QPushButton("保存"),)))
    put(page, row)
    row.show()
    narrow = row.sizeHint().width()
    button.setText("一个比刚才长得多的词")
    qtbot.waitUntil(lambda: row.sizeHint().width() > narrow)
    wide = row.sizeHint().width()
    other.hide()
    qtbot.waitUntil(lambda: row.sizeHint().width() < wide)
    alone = flow.heightForWidth(60)
    other.show()
    qtbot.waitUntil(lambda: flow.heightForWidth(60) > alone)
