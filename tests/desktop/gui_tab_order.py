"""Tab comes to everything on a page that can be pressed, chosen or typed in: the keyboard alone is enough."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from desk_window import desk_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, TOWN_NAVIGATION, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District

TOWN, BUREAU = OfficeId("370215001"), OfficeId("370215")
PLACES = [
    *(pytest.param(TOWN, item.place, id=f"town {item.label}") for item in TOWN_NAVIGATION),
    *(pytest.param(BUREAU, item.place, id=f"bureau {item.label}") for item in BUREAU_NAVIGATION),
]
MOST_STOPS = 300


def stops(window: MainWindow) -> list[QWidget]:
    """Where Tab goes from somewhere until it is there again."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    found: list[QWidget] = []
    for _ in range(MOST_STOPS):
        here = QApplication.focusWidget()
        assert here is not None
        if here in found:
            return found[found.index(here) :]
        found.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return found


def usable(page: QWidget) -> list[QWidget]:
    """What can be pressed, chosen or typed in now; of a group of which one holds, the one (arrows go to the others)."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)
    parts: list[QWidget] = []
    for kind in kinds:
        children: Iterable[QWidget] = page.findChildren(kind)
        parts += [each for each in children if each.isVisible() and each.isEnabled()]
    return [
        each
        for each in parts
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None and not _another_holds(each)
    ]


def _another_holds(part: QWidget) -> bool:
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is not None and group.exclusive() and group.checkedButton() not in {None, part}


def called(part: QWidget) -> str:
    words = part.text() if isinstance(part, QAbstractButton) else ""
    return part.objectName() or part.accessibleName() or words or type(part).__name__


@pytest.mark.parametrize(("office", "place"), PLACES)
def test_tab_comes_to_everything_on_the_page(
    office: OfficeId, place: Place, district: "District", qtbot: QtBot, worker: DeskWorker, look: Look
) -> None:
    if office == TOWN:
        district.town(TOWN)
        district.collect(TOWN)
    with desk_window(qtbot, district.office(office), worker) as window:
        window.go_to(place)
        qtbot.waitUntil(lambda: not worker.busy)
        found = stops(window)
        missed = [called(part) for part in usable(window) if part not in found]
    assert missed == []
