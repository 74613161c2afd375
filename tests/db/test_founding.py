"""A vault is founded whole or not at all, and a program killed at any step leaves nothing that stands in the way of the next start."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from taizhang_db import Argon2Cost, Passphrase, Vault, create_vault, lock, open_vault
from taizhang_db.backup.restoring import end_cut_off
from taizhang_db.founding import PREFIX
from taizhang_db.trouble import DiskFull, FolderNotEmpty

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")
FOUND = """
import os, sys
from pathlib import Path
from taizhang_db import Argon2Cost, Passphrase, create_vault, founding, lock, vault

def die(*_args, **_more):
    os.kill(os.getpid(), 9)

moment = sys.argv[3]
owner, name = {
    "mkdtemp": (lock.tempfile, "mkdtemp"),
    "lock": (lock, "VaultLock"),
    "case file": (vault, "_make_case_file"),
    "head": (vault, "HeadFile"),
    "key file": (vault, "write_sidecar"),
    "opening": (vault.opening, "go_in"),
    "put": (founding, "_put"),
    "rename": (Path, "rename"),
}.get(moment, (None, ""))
synced = founding.sync_folder
if owner is not None:
    setattr(owner, name, die)
elif moment == "after the rename":
    founding.sync_folder = lambda folder: die() if not folder.name.startswith(".") else synced(folder)
create_vault(
    Path(sys.argv[1]),
    Passphrase(sys.argv[2]),
    cost=Argon2Cost(memory_kib=64, passes=1, lanes=1),
    furnish=die if moment == "furnish" else lambda opened: opened.engine.connect().close(),
)
"""
BEFORE = {
    "mkdtemp": "before anything",
    "lock": "in a new folder",
    "case file": "before the case file",
    "head": "after the case file",
    "key file": "before the key file",
    "opening": "after the key file",
    "furnish": "while it is furnished",
    "put": "when all is there",
    "rename": "just before the rename",
}


def killed_at(folder: Path, moment: str) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", FOUND, str(folder), WORDS.text, moment], check=False, capture_output=True
    )
    assert killed.returncode == -9, killed.stderr


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


kill = pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: kill -9 is POSIX")


@kill
@pytest.mark.parametrize("moment", BEFORE, ids=BEFORE.values())
def test_a_founding_killed_before_its_rename_was_not_begun_for_whoever_starts_again(
    tmp_path: Path, moment: str
) -> None:
    folder = tmp_path / "环秀街道"
    killed_at(folder, moment)
    assert not folder.exists()
    end_cut_off(tmp_path)
    assert names_in(tmp_path) == []
    create_vault(folder, WORDS, cost=CHEAP)
    open_vault(folder, WORDS).close()


@kill
def test_a_founding_killed_after_its_rename_is_a_whole_vault(tmp_path: Path) -> None:
    folder = tmp_path / "环秀街道"
    killed_at(folder, "after the rename")
    end_cut_off(tmp_path)
    assert names_in(tmp_path) == ["环秀街道"]
    open_vault(folder, WORDS).close()


@kill
def test_the_next_founding_takes_away_what_a_killed_one_left_and_leaves_a_running_one_alone(tmp_path: Path) -> None:
    killed_at(tmp_path / "one", "furnish")
    assert len(list(tmp_path.glob(f"{PREFIX}*"))) == 1

    def another(_: Vault) -> None:
        (mine,) = tmp_path.glob(f"{PREFIX}*")
        create_vault(tmp_path / "two", WORDS, cost=CHEAP)
        assert list(tmp_path.glob(f"{PREFIX}*")) == [mine]

    create_vault(tmp_path / "one", WORDS, cost=CHEAP, furnish=another)
    assert names_in(tmp_path) == ["one", "two"]
    for name in ("one", "two"):
        open_vault(tmp_path / name, WORDS).close()


def test_a_founding_whose_folder_was_swept_before_it_was_locked_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = tempfile.mkdtemp

    def mkdtemp(*, dir: Path, prefix: str) -> str:  # noqa: A002 - as the library names it
        made.append(real(dir=dir, prefix=prefix))
        if len(made) == 1:
            lock.sweep(tmp_path, PREFIX)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    create_vault(tmp_path / "环秀街道", WORDS, cost=CHEAP)
    assert len(made) == 2
    assert names_in(tmp_path) == ["环秀街道"]
    open_vault(tmp_path / "环秀街道", WORDS).close()


@pytest.mark.parametrize("empty", [True, False], ids=["in an empty folder", "in none"])
def test_a_furnishing_that_fails_leaves_no_vault(tmp_path: Path, empty: bool) -> None:
    folder = tmp_path / "环秀街道"
    if empty:
        folder.mkdir()

    def full(_: Vault) -> None:
        raise DiskFull

    with pytest.raises(DiskFull):
        create_vault(folder, WORDS, cost=CHEAP, furnish=full)
    assert names_in(tmp_path) == (["环秀街道"] if empty else [])
    create_vault(folder, WORDS, cost=CHEAP)
    open_vault(folder, WORDS).close()


def test_a_vault_is_never_founded_among_somebodys_files(tmp_path: Path) -> None:
    (tmp_path / "会议纪要.txt").write_text("somebody else's")
    with pytest.raises(FolderNotEmpty) as said:
        create_vault(tmp_path, WORDS, cost=CHEAP)
    assert str(said.value).count("。") == 3
    assert names_in(tmp_path) == ["会议纪要.txt"]


def test_what_furnishes_a_vault_finds_it_open(tmp_path: Path) -> None:
    seen: list[str] = []
    create_vault(tmp_path / "new", WORDS, cost=CHEAP, furnish=lambda vault: seen.append(vault.id))
    with open_vault(tmp_path / "new", WORDS) as vault:
        assert seen == [vault.id]
