"""Opening is a ritual: whatever is wrong with the files is said, and nothing is made in place of what is missing."""

import hashlib
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy.pool import QueuePool
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import Argon2Cost, Passphrase, create_vault, open_vault
from taizhang_db.keys.sidecar import PassphraseTerms, read_sidecar, written
from taizhang_db.trouble import (
    CaseFileDamaged,
    CaseFileMissing,
    EmptyPassphrase,
    FolderCannotBeMade,
    KeyAndCaseFileMissing,
    KeyFileDamaged,
    KeyFileMissing,
    MadeByNewerVersion,
    MadeByTrialVersion,
    NoVaultHere,
    VaultExists,
    VaultInUse,
    VaultLocked,
    WrongPassphrase,
)
from taizhang_db.vault import VaultClosedError

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with nothing in it yet."""
    place = tmp_path / "台账 数据#1?"
    create_vault(place, WORDS, cost=CHEAP)
    return place


def cases_db_gone(folder: Path) -> None:
    (folder / "cases.db").unlink()


def cases_db_empty(folder: Path) -> None:
    (folder / "cases.db").write_bytes(b"")


def cases_db_plain(folder: Path) -> None:
    (folder / "cases.db").unlink()
    plain = sqlite3.connect(folder / "cases.db")
    plain.execute("CREATE TABLE cases (id TEXT)")
    plain.close()


def first_page_flipped(folder: Path) -> None:
    content = bytearray((folder / "cases.db").read_bytes())
    content[2048] ^= 1
    (folder / "cases.db").write_bytes(content)


def cut_in_the_first_page(folder: Path) -> None:
    (folder / "cases.db").write_bytes((folder / "cases.db").read_bytes()[:1000])


def cases_db_of_another_vault(folder: Path) -> None:
    other = folder.parent / "other"
    create_vault(other, WORDS, cost=CHEAP)
    (other / "cases.db").replace(folder / "cases.db")


def write_key_files(folder: Path, content: bytes) -> None:
    for name in ("vault.json", "vault.json.copy"):
        (folder / name).write_bytes(content)


def vault_json_gone(folder: Path) -> None:
    for name in ("vault.json", "vault.json.copy"):
        (folder / name).unlink()


def vault_json_cut(folder: Path) -> None:
    write_key_files(folder, (folder / "vault.json").read_bytes()[:-40])


def vault_json_binary(folder: Path) -> None:
    write_key_files(folder, b"\xff\xfe\x00")


def vault_json_without_slots(folder: Path) -> None:
    write_key_files(folder, written(msgspec.structs.replace(read_sidecar(folder), slots=())))


def vault_json_that_points_outside(folder: Path) -> None:
    write_key_files(folder, written(msgspec.structs.replace(read_sidecar(folder), case_file="cases/../../other.db")))


def vault_json_of_a_later_format(folder: Path) -> None:
    fields = {"format": 3, "vault": 7, "ways": [], "check": ""}
    check = hashlib.sha256(msgspec.json.encode(fields)).hexdigest()
    write_key_files(folder, json.dumps({**fields, "check": check}).encode())


def vault_json_of_a_trial_version(folder: Path) -> None:
    write_key_files(folder, json.dumps({"format": 1, "vault": "0" * 32, "slots": []}).encode())


def both_files_gone(folder: Path) -> None:
    cases_db_gone(folder)
    vault_json_gone(folder)


def all_files_gone(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def folder_gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def a_file_in_its_place(folder: Path) -> None:
    folder_gone(folder)
    folder.write_text("no folder")


def argon_that_no_pc_can_pay(folder: Path) -> None:
    keys = read_sidecar(folder)
    terms = keys.slots[0].terms
    assert isinstance(terms, PassphraseTerms)
    dear = msgspec.structs.replace(terms, cost=msgspec.structs.replace(CHEAP, memory_kib=1 << 40))
    slots = (msgspec.structs.replace(keys.slots[0], terms=dear), *keys.slots[1:])
    write_key_files(folder, written(msgspec.structs.replace(keys, slots=slots)))


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        pytest.param(cases_db_gone, CaseFileMissing, id="a missing case file never becomes an empty one"),
        pytest.param(cases_db_empty, CaseFileDamaged, id="a case file of zero bytes is not taken for a new one"),
        pytest.param(cases_db_plain, CaseFileDamaged, id="a plain SQLite file is refused"),
        pytest.param(first_page_flipped, CaseFileDamaged, id="one flipped bit in the first page is seen"),
        pytest.param(cut_in_the_first_page, CaseFileDamaged, id="a file cut inside the first page is refused"),
        pytest.param(cases_db_of_another_vault, CaseFileDamaged, id="another vault's case file does not fit the keys"),
        pytest.param(vault_json_gone, KeyFileMissing, id="a missing key file is named"),
        pytest.param(vault_json_cut, KeyFileDamaged, id="a cut key file is damaged"),
        pytest.param(vault_json_binary, KeyFileDamaged, id="a key file that is no text is damaged"),
        pytest.param(vault_json_without_slots, KeyFileDamaged, id="a key file without slots is damaged"),
        pytest.param(
            vault_json_of_a_later_format, MadeByNewerVersion, id="a key file of a later format is not guessed at"
        ),
        pytest.param(
            vault_json_of_a_trial_version, MadeByTrialVersion, id="a key file of before the first release is named"
        ),
        pytest.param(vault_json_that_points_outside, KeyFileDamaged, id="a key file cannot point outside its folder"),
        pytest.param(argon_that_no_pc_can_pay, KeyFileDamaged, id="a key file cannot ask for all the memory there is"),
        pytest.param(both_files_gone, KeyAndCaseFileMissing, id="what is left of a vault tells of it"),
        pytest.param(all_files_gone, NoVaultHere, id="an empty folder holds no vault"),
        pytest.param(folder_gone, NoVaultHere, id="a missing folder holds no vault"),
        pytest.param(a_file_in_its_place, NoVaultHere, id="a file is no vault"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_made(
    folder: Path, happens: Callable[[Path], None], said: type[OfficeTrouble]
) -> None:
    happens(folder)
    before = sorted(path.name for path in folder.parent.rglob("*"))
    with pytest.raises(said) as trouble:
        open_vault(folder, WORDS)
    assert str(trouble.value).count("。") == 3
    after = sorted(path.name for path in folder.parent.rglob("*") if path.name != "vault.lock")
    assert after == [name for name in before if name != "vault.lock"]


FILES = ["cases.db", "vault.head", "vault.json", "vault.json.copy"]


def test_a_vault_is_four_files_and_a_lock_and_opens_again(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [*FILES, "vault.lock"]
    open_vault(folder, WORDS).close()
    open_vault(folder, WORDS).close()


@pytest.mark.parametrize("left", ["cases.db", "vault.json"])
def test_a_new_vault_is_never_made_over_what_is_there(folder: Path, left: str) -> None:
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()
    content = (folder / left).read_bytes()
    with pytest.raises(VaultExists):
        create_vault(folder, WORDS, cost=CHEAP)
    assert (folder / left).read_bytes() == content


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(EmptyPassphrase):
        create_vault(tmp_path / "new", Passphrase(" 　"), cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    for place in ("a file", "a file/new"):
        with pytest.raises(FolderCannotBeMade):
            create_vault(tmp_path / place, WORDS, cost=CHEAP)


@pytest.mark.skipif(
    sys.platform == "win32", reason="2026-11-23: folder modes are POSIX; Windows keeps rights elsewhere"
)
def test_only_the_owner_may_read_the_files(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "vault.json").stat().st_mode & 0o077 == 0


def test_a_second_program_is_told_who_has_the_vault_open(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), WORDS.text], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(VaultInUse, match=f"电脑“{socket.gethostname()}”上的另一个台账程序正在使用"):
            open_vault(folder, WORDS)
        holder.kill()
    open_vault(folder, WORDS).close()


HOLD = """
import sys
from pathlib import Path
from taizhang_db import Passphrase, open_vault
vault = open_vault(Path(sys.argv[1]), Passphrase(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
"""


def test_closing_twice_does_no_harm_and_leaves_no_wal(folder: Path) -> None:
    vault = open_vault(folder, WORDS)
    vault.close()
    vault.close()
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, "vault.ballast", "vault.lock"])


def test_a_locked_vault_keeps_others_out_and_opens_again(folder: Path) -> None:
    with open_vault(folder, WORDS) as vault:
        vault.lock_up()
        assert vault.locked
        with pytest.raises(VaultLocked):
            _ = vault.engine
        with pytest.raises(VaultInUse):
            open_vault(folder, WORDS)
        with pytest.raises(WrongPassphrase):
            vault.unlock(Passphrase("another"))
        assert vault.locked
        vault.unlock(WORDS)
        assert not vault.locked


def test_a_vault_that_is_unlocked_twice_leaves_no_connection_behind(folder: Path) -> None:
    vault = open_vault(folder, WORDS)
    before = vault.engine
    with before.connect():
        pass
    vault.unlock(WORDS)
    assert isinstance(before.pool, QueuePool)
    assert before.pool.checkedin() == 0
    vault.close()


def test_a_closed_vault_is_not_unlocked_without_its_lock(folder: Path) -> None:
    vault = open_vault(folder, WORDS)
    vault.close()
    with pytest.raises(VaultClosedError):
        vault.unlock(WORDS)
    open_vault(folder, WORDS).close()


def test_opening_an_up_to_date_vault_loads_neither_alembic_nor_keyring(folder: Path) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", OPEN_AND_TELL, str(folder), WORDS.text], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "sqlalchemy" in loaded
    assert not {"alembic", "keyring"} & set(loaded)


OPEN_AND_TELL = """
import sys
from pathlib import Path
from taizhang_db import Passphrase, open_vault
open_vault(Path(sys.argv[1]), Passphrase(sys.argv[2])).close()
print(*sys.modules)
"""
