"""The case page for tests by mouse, keyboard and input method: a screen over a real vault, its parts, and cases to open."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from answered_forms import MEETING, outcomes, sheet
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import Recorded, answer
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.tasks import Runner
from taizhang_desktop.viewmodels.attachments import AttachmentsModel
from taizhang_desktop.viewmodels.case import CaseModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

TypeChinese = Callable[[QObject, str], None]
Attached = Callable[[Runner], AttachmentsModel]
W = TypeVar("W", bound=QWidget)
ROOM = (1366 - 190, 768 - 60)
"""What the frame of the window leaves a screen at 1366×768."""
ROOM_BESIDE_ICONS = 1366 - 138
"""Px of width that it leaves where the text is so large that the navigation has no room for its words."""

VISIT: Given = {
    "visited_on": date(2022, 4, 12),
    "visitors": ("孙晓梅", "周志强"),
    "conclusion": "情况属实",
    **sheet("王建国"),
}
REVIEW: Given = {
    "held_on": date(2022, 4, 13),
    "form": "representatives",
    "expected": 30,
    "present": 24,
    "host": "赵主任",
    "recorder": "钱会计",
    "agree": 24,
    "against": 0,
    "abstain": 0,
    **MEETING,
}
COMPARED: Given = {"compared_on": date(2022, 4, 14), **outcomes(date(2022, 4, 13), "王建国")}


def warned(work: Work, name: str = "王建国", number: str = "11010519491231002X") -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=number,
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    return take_warning(work, draft).case


def matched(work: Work, name: str = "王建国", number: str = "11010519491231002X") -> CaseId:
    case = warned(work, name, number)
    own_household(work, case)
    return case


def written(work: Work, case: CaseId, **forms: Given) -> None:
    for kind, given in forms.items():
        assert isinstance(answer(work, case, RecordKind(kind), given), Recorded)


def case_of(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def write(notice: ResultNotice, path: Path) -> None:
    path.write_text(str(notice.number), encoding="utf-8")


@pytest.fixture
def screen(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
    attached: Attached,
) -> Iterator[CaseScreen]:
    window = QWidget()
    made = CaseScreen(CaseModel(town_work, runner, frame, chooser, write), attached(runner))
    whole = QVBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(made)
    qtbot.addWidget(window)
    window.resize(*ROOM)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.shut()
    window.close()


def visible(screen: QWidget, kind: type[W]) -> list[W]:
    """All parts of that kind that can be seen."""
    return [each for each in cast("list[W]", screen.findChildren(kind)) if each.isVisible()]


def part(screen: QWidget, kind: type[W], name: str) -> W:
    """The newest visible part of that name."""
    found = [each for each in visible(screen, kind) if each.objectName() == name]
    assert found, name
    return found[-1]


def line(screen: QWidget, name: str) -> QLineEdit:
    return part(screen, QLineEdit, f"case_{name}")


def says(screen: QWidget) -> list[str]:
    """All words that can be read."""
    return [label.text() for label in visible(screen, QLabel)]


def title(screen: QWidget) -> str:
    return part(screen, QLabel, "case_form_title").text()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def cell(table: QTableWidget, row: int, column: int) -> str:
    return str(table.model().index(row, column).data() or "")


def click(screen: QWidget, name: str) -> None:
    QTest.mouseClick(part(screen, QPushButton, name), Qt.MouseButton.LeftButton)


def enter(text: str = "") -> None:
    """Type into the field that has the focus, and go on with Enter."""
    if text:
        QTest.keyClicks(focused(), text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
