"""What the vault tells by itself, in whatever thread, is told to the window in the window's thread; a doubt is journalled."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot
from taizhang_db.journal import rows_after
from taizhang_db.trouble import DiskNearlyFull, KeyFileMended, OlderData, VaultTrouble
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.vault_news import VaultNewsBox
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District, FrameSpy


class Listening:
    """A frame that notes in which thread it is told."""

    def __init__(self, frame: "FrameSpy") -> None:
        self._frame = frame
        self.destinations, self.badges = frame.destinations, frame.badges
        self.threads: list[int] = []
        self.go, self.badge = frame.go, frame.badge

    @property
    def notices(self) -> list[Notice]:
        return self._frame.notices

    def tell(self, notice: Notice) -> None:
        self.threads.append(threading.get_ident())
        self._frame.tell(notice)


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.bureau


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[DeskWorker]:
    running = DeskWorker()
    yield running
    running.close()


def tell_from_a_thread(office: OpenOffice, news: VaultTrouble) -> None:
    thread = threading.Thread(target=office.vault.news.tell, args=[news])
    thread.start()
    thread.join()


def test_a_disk_that_fills_up_is_told_once_in_the_windows_own_thread(
    qtbot: QtBot, office: OpenOffice, worker: DeskWorker, frame: "FrameSpy"
) -> None:
    listening = Listening(frame)
    VaultNewsBox(office, worker, listening, parent=worker)
    for _ in range(2):
        tell_from_a_thread(office, DiskNearlyFull())
    qtbot.waitUntil(lambda: len(frame.notices) == 1)
    (notice,) = frame.notices
    assert (notice.tone, notice.says) == (Tone.SOON, "硬盘空间快满了。")
    assert "现在请：请尽快清理硬盘空间。" in notice.lines
    assert listening.threads == [threading.get_ident()]


def test_what_came_up_before_the_window_was_there_waits_for_it(
    qtbot: QtBot, office: OpenOffice, worker: DeskWorker, frame: "FrameSpy"
) -> None:
    tell_from_a_thread(office, KeyFileMended("vault.json"))
    VaultNewsBox(office, worker, frame, parent=worker)
    qtbot.waitUntil(lambda: len(frame.notices) == 1)
    assert frame.notices[0].says == "密钥文件 vault.json 缺失或损坏，已用另一份修复。"


def test_a_desk_that_came_back_hears_again_what_another_one_heard_meanwhile(
    qtbot: QtBot, office: OpenOffice, worker: DeskWorker, frame: "FrameSpy"
) -> None:
    first = VaultNewsBox(office, worker, frame, parent=worker)
    VaultNewsBox(office, worker, Listening(frame), parent=worker)
    first.listen()
    heard: list[object] = []
    first._came.connect(heard.append)
    tell_from_a_thread(office, DiskNearlyFull())
    qtbot.waitUntil(lambda: len(frame.notices) == 1)
    assert len(heard) == 1


def test_what_comes_after_a_window_was_closed_waits_for_the_next_one(
    qtbot: QtBot, office: OpenOffice, worker: DeskWorker, frame: "FrameSpy"
) -> None:
    first = VaultNewsBox(office, worker, Listening(frame), parent=worker)
    with qtbot.waitSignal(first.destroyed):
        first.end()
    tell_from_a_thread(office, DiskNearlyFull())
    assert frame.notices == []
    VaultNewsBox(office, worker, frame, parent=worker)
    qtbot.waitUntil(lambda: len(frame.notices) == 1)


def test_a_doubt_found_by_the_keyring_is_told_as_at_opening_and_the_journal_keeps_it(
    qtbot: QtBot, office: OpenOffice, worker: DeskWorker, frame: "FrameSpy"
) -> None:
    VaultNewsBox(office, worker, frame, parent=worker)
    tell_from_a_thread(office, OlderData(3))
    qtbot.waitUntil(lambda: len(frame.notices) == 1)
    assert (frame.notices[0].tone, frame.notices[0].says) == (
        Tone.OVERDUE,
        "数据文件比上次使用时旧，缺少最近的3处更改。",
    )
    qtbot.waitUntil(lambda: not worker.busy)
    with office.vault.engine.connect() as connection:
        newest = list(rows_after(connection))[-1]
    assert (newest.operation, newest.user_name, newest.after) == ("doubt_found", "孙晓梅", '["OlderData"]')
    assert office.store.verify_journal() is None
