"""Room set aside: made where there is plenty, given up where little is left. On a disk that is really full: ``test_faults``."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import SqlStore, Vault
from taizhang_db.ballast import BALLAST_BYTES, NEARLY_FULL_BYTES, PLENTY_BYTES, Ballast
from taizhang_db.trouble import DiskNearlyFull

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]


class Disk:
    """How much is free, as the system tells it."""

    def __init__(self) -> None:
        self.free = 1 << 40

    def usage(self, _: Path) -> "Disk":
        return self


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    told = Disk()
    monkeypatch.setattr(shutil, "disk_usage", told.usage)
    return told


def test_opening_sets_room_aside_that_is_really_taken(made: "MadeVault") -> None:
    with made.open():
        assert (made.folder / "vault.ballast").stat().st_size == BALLAST_BYTES


@pytest.mark.parametrize(("free", "made"), [(PLENTY_BYTES, True), (PLENTY_BYTES - 1, False)])
def test_it_is_made_only_where_there_is_plenty(tmp_path: Path, disk: Disk, free: int, *, made: bool) -> None:
    disk.free = free
    Ballast(tmp_path).take_in()
    assert (tmp_path / "vault.ballast").exists() is made


def test_one_that_was_cut_off_while_it_was_made_is_made_whole(tmp_path: Path) -> None:
    (tmp_path / "vault.ballast").write_bytes(b"half")
    Ballast(tmp_path).take_in()
    assert (tmp_path / "vault.ballast").stat().st_size == BALLAST_BYTES


def test_where_the_system_allocates_nothing_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.posix_fallocate", raising=False)
    Ballast(tmp_path).take_in()
    content = (tmp_path / "vault.ballast").read_bytes()
    assert len(content) == BALLAST_BYTES
    assert content.count(0) < BALLAST_BYTES // 100


def test_the_change_that_finds_the_disk_nearly_full_gives_it_up_and_says_so_once(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case], disk: Disk
) -> None:
    news: list[object] = []
    with made.open() as vault:
        vault.news.listen(news.append)
        disk.free = NEARLY_FULL_BYTES
        for case in ("a", "b", "c", "d"):
            with store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of(case))
            assert (made.folder / "vault.ballast").exists() is (case == "a")
            disk.free = NEARLY_FULL_BYTES - 1
    assert [type(each) for each in news] == [DiskNearlyFull]
    with made.open():
        assert not (made.folder / "vault.ballast").exists()
    disk.free = PLENTY_BYTES
    with made.open():
        assert (made.folder / "vault.ballast").exists()


def test_it_is_given_up_before_opening_so_that_a_full_disk_can_be_opened(made: "MadeVault", disk: Disk) -> None:
    made.open().close()
    disk.free = 0
    with made.open():
        assert not (made.folder / "vault.ballast").exists()
