"""A switch that failed is undone and stays undone; what is open or being worked in is never renamed away; one restore at a time."""

import errno
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import SqlStore, Vault, disk, lock
from taizhang_db.backup import switching
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import Restored, end_cut_off, put_in_place, restore_beside
from taizhang_db.backup.switching import SWITCHING, end_switch
from taizhang_db.backup.trouble import RestoreGoesOn, TakenOutGone
from taizhang_db.backup.workplace import workplace
from taizhang_db.trouble import DiskTrouble, VaultNotWritable

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
OFFICE = "台账 数据"


class Later:
    """A vault with a case that its backup has not."""

    def __init__(self, made: "MadeVault", file: Path) -> None:
        self.made = made
        self.file = file
        self.data = made.folder.parent

    def taken_out(self) -> Restored:
        return restore_beside(self.file, self.made.words, self.data)

    def begun(self) -> Restored:
        """A switch that was written down; nothing was renamed yet."""
        restored = self.taken_out()
        names = {"new": restored.vault.folder.name, "office": OFFICE, "replaced": "old"}
        (self.data / SWITCHING).write_bytes(msgspec.json.encode(names))
        (self.data / "replaced").mkdir()
        return restored


@pytest.fixture
def later(made: "MadeVault", tmp_path: Path, store_on: StoreOn, clerk: User, case_of: Callable[..., Case]) -> Later:
    found = Later(made, tmp_path / "台账备份.tzbak")
    with made.open() as vault:
        make_backup(BackupSource.of(vault), found.file, work=found.data / "备份", clock=lambda: AT)
        with store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("later"))
    return found


@pytest.fixture
def cases(later: Later, store_on: StoreOn) -> Callable[[], set[str]]:
    """What is in the vault that stands in the office's place."""

    def read() -> set[str]:
        with later.made.open() as vault, store_on(vault).reading() as desk:
            return {case.id for case in desk.cases.open()}

    return read


class Wrecker:
    """Lets a step of the switch fail as a disk or another program would let it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def rename(self, number: int) -> None:
        """The rename of that number is refused, as Windows refuses it where a file is open."""
        real, counted = Path.rename, list[Path]()

        def rename(path: Path, target: Path) -> Path:
            counted.append(path)
            if len(counted) == number:
                raise OSError(errno.EACCES, "busy")
            return real(path, target)

        self._patch.setattr(Path, "rename", rename)

    def sync(self, number: int) -> None:
        """The folder cannot be forced to the disk, from that time on; 0 is when the note is written."""
        counted: list[Path] = []

        def fail(folder: Path) -> None:
            counted.append(folder)
            if len(counted) >= number:
                raise OSError(errno.EIO, "dying disk")

        self._patch.setattr(disk if number == 0 else switching, "sync_folder", fail)


FAILURES: dict[str, tuple[Callable[[Wrecker], None], type[Exception]]] = {
    "the first rename is refused": (lambda wrecker: wrecker.rename(1), VaultNotWritable),
    "the second rename is refused": (lambda wrecker: wrecker.rename(2), VaultNotWritable),
    "the note is there and its folder cannot be forced to the disk": (lambda wrecker: wrecker.sync(0), DiskTrouble),
    "the disk fails after the first rename": (lambda wrecker: wrecker.sync(1), DiskTrouble),
    "the disk fails after the second rename": (lambda wrecker: wrecker.sync(2), DiskTrouble),
}


@pytest.mark.parametrize(("fail", "told"), FAILURES.values(), ids=FAILURES)
def test_a_switch_that_failed_is_never_carried_out_later(
    later: Later,
    cases: Callable[[], set[str]],
    monkeypatch: pytest.MonkeyPatch,
    fail: Callable[[Wrecker], None],
    told: type[Exception],
) -> None:
    restored = later.taken_out()
    with monkeypatch.context() as patch:
        fail(Wrecker(patch))
        with pytest.raises(told):
            put_in_place(restored, OFFICE, AT)
    assert not (later.data / SWITCHING).exists()
    end_cut_off(later.data)
    assert cases() == {"later"}
    assert list((later.data / "replaced").iterdir()) == []


def test_a_start_whose_rename_is_refused_gives_the_switch_up(
    later: Later, cases: Callable[[], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    later.begun().close()
    with monkeypatch.context() as patch:
        Wrecker(patch).rename(1)
        with pytest.raises(VaultNotWritable):
            end_cut_off(later.data)
    end_cut_off(later.data)
    assert cases() == {"later"}


def test_a_vault_that_is_open_is_not_renamed_away_by_a_note_that_was_left(
    later: Later, cases: Callable[[], set[str]]
) -> None:
    later.begun().close()
    with later.made.open():
        end_switch(later.data)
        assert later.made.folder.is_dir()
    end_cut_off(later.data)
    assert cases() == {"later"}


def test_taking_a_backup_out_carries_no_switch_out(later: Later) -> None:
    later.begun().close()
    later.taken_out().discard()
    assert (later.made.folder / "vault.json").exists()
    assert list((later.data / "replaced").iterdir()) == []


def test_what_is_taken_out_belongs_to_one_program_until_it_is_in_its_place(
    later: Later, cases: Callable[[], set[str]]
) -> None:
    restored = later.begun()
    restored.vault.close()
    end_cut_off(later.data)
    with pytest.raises(RestoreGoesOn, match="另一个程序正在恢复备份"):
        later.taken_out()
    assert put_in_place(restored, OFFICE, AT) is not None
    assert cases() == set()
    later.taken_out().discard()


def test_a_switch_without_what_is_to_come_is_told_and_not_called_done(
    later: Later, cases: Callable[[], set[str]]
) -> None:
    restored = later.taken_out()
    restored.vault.close()
    restored.vault.folder.rename(later.data.parent / "gone")
    with pytest.raises(TakenOutGone):
        put_in_place(restored, OFFICE, AT)
    assert cases() == {"later"}


def test_a_folder_swept_by_another_program_before_it_was_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = tempfile.mkdtemp

    def mkdtemp(*, dir: Path, prefix: str) -> str:  # noqa: A002 - as the library names it
        made.append(real(dir=dir, prefix=prefix))
        if len(made) == 1:
            lock.sweep(tmp_path, ".backup-")
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    with workplace(tmp_path, ".backup-") as place:
        assert [str(place)] == made[1:]
        lock.sweep(tmp_path, ".backup-")
        assert place.is_dir()
