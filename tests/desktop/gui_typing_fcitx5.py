"""Chinese typed through fcitx5, a real one on a D-Bus session of its own, with keys from the X server."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import chinese_typing
import pytest
from desk_window import desk_window
from input_methods import Typist, fcitx5
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with fcitx5(tmp_path_factory.mktemp("fcitx5")):
        yield


@pytest.fixture(scope="session")
def qapp_args(engine: None) -> list[str]:
    """The engine is there before the application, which looks for it once."""
    return []


@pytest.fixture
def window(qtbot: QtBot, look: Look, district: "District", worker: DeskWorker) -> Iterator[MainWindow]:
    with desk_window(qtbot, district.town(OfficeId("370215001")), worker) as shown:
        yield shown


@pytest.fixture
def typist(qtbot: QtBot) -> Typist:
    return Typist(qtbot)


def test_a_name_is_searched(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    chinese_typing.a_name_is_searched(window, typist, qtbot)


def test_fields_take_han_and_the_draft_keeps_them(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    chinese_typing.fields_take_han_and_the_draft_keeps_them(window, typist, qtbot)


def test_enter_that_confirms_hands_nothing_in(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    chinese_typing.enter_confirms_and_does_no_more(window, typist, qtbot)


def test_escape_that_drops_what_is_composed_stays_on_the_page(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    chinese_typing.escape_drops_and_does_no_more(window, typist, qtbot)
