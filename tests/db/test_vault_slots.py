"""Every way in opens the same vault, and none opens it when anything about it was touched."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import Argon2Cost, Passphrase, RecoveryCode, create_vault, open_vault
from taizhang_db.keys.recovery_code import ALPHABET, new_code, read_code
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.trouble import RecoveryCodeMistyped, WrongPassphrase, WrongRecoveryCode

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨abc 2022")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def code(folder: Path) -> RecoveryCode:
    return create_vault(folder, WORDS, cost=CHEAP)


def test_passphrase_and_recovery_code_open_the_same_vault(folder: Path, code: RecoveryCode) -> None:
    with open_vault(folder, WORDS) as by_words:
        first = by_words.id
    with open_vault(folder, code) as by_code:
        assert by_code.id == first


def test_the_input_method_makes_no_difference_to_the_passphrase(folder: Path, code: RecoveryCode) -> None:
    open_vault(folder, Passphrase("即墨ａｂｃ　２０２２")).close()


@pytest.mark.parametrize("typed", ["即墨abc 2023", "即墨ABC 2022", "即墨abc2022", "", " "])
def test_another_passphrase_does_not_open_it(folder: Path, code: RecoveryCode, typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_vault(folder, Passphrase(typed))


def test_a_recovery_code_is_seven_groups_of_four_and_never_the_same() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 7
        assert set("".join(groups)) <= set(ALPHABET)


@pytest.mark.parametrize(
    "retyped",
    [
        pytest.param(str.lower, id="in small letters"),
        pytest.param(lambda text: text.replace("-", ""), id="without dashes"),
        pytest.param(lambda text: f"  {text.replace('-', ' ')}\n", id="with spaces"),
        pytest.param(lambda text: text.replace("-", "—"), id="with Chinese dashes"),
        pytest.param(lambda text: text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}), id="in full width"),
        pytest.param(lambda text: text.replace("0", "O").replace("1", "l"), id="with O for 0 and l for 1"),
    ],
)
def test_a_recovery_code_is_read_as_people_type_it(
    folder: Path, code: RecoveryCode, retyped: Callable[[str], str]
) -> None:
    open_vault(folder, RecoveryCode(retyped(code.text))).close()


def test_a_typing_error_in_a_recovery_code_is_told_from_a_wrong_code(folder: Path, code: RecoveryCode) -> None:
    first = "7" if code.text[0] != "7" else "8"
    for typed in (first + code.text[1:], code.text[:-1], code.text + "7", "", "恢复码"):
        with pytest.raises(RecoveryCodeMistyped):
            open_vault(folder, RecoveryCode(typed))
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, RecoveryCode(new_code()))


def test_a_recovery_code_holds_130_random_bits() -> None:
    assert len(read_code(new_code())) * 5 == 130


def flip(text: str) -> str:
    content = bytearray(base64.b64decode(text))
    content[0] ^= 1
    return base64.b64encode(content).decode()


def other_salt(slot: dict[str, Any]) -> None:
    slot["terms"]["salt"] = flip(slot["terms"]["salt"])


def other_nonce(slot: dict[str, Any]) -> None:
    slot["nonce"] = flip(slot["nonce"])


def other_seal(slot: dict[str, Any]) -> None:
    slot["sealed"] = flip(slot["sealed"])


def short_nonce(slot: dict[str, Any]) -> None:
    slot["nonce"] = "AAAA"


def cheaper(slot: dict[str, Any]) -> None:
    cost = slot["terms"].get("cost")
    if cost is None:
        other_seal(slot)
    else:
        cost["passes"] += 1


@pytest.mark.parametrize("touch", [other_salt, other_nonce, other_seal, short_nonce, cheaper])
def test_a_slot_that_was_touched_opens_nothing(
    folder: Path, code: RecoveryCode, touch: Callable[[dict[str, Any]], None]
) -> None:
    content = json.loads((folder / "vault.json").read_text())
    for slot in content["slots"]:
        touch(slot)
    (folder / "vault.json").write_text(json.dumps(content))
    with pytest.raises(WrongPassphrase):
        open_vault(folder, WORDS)
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, code)


def test_a_slot_cannot_be_moved_to_another_vault(folder: Path, code: RecoveryCode, tmp_path: Path) -> None:
    other = tmp_path / "other"
    create_vault(other, Passphrase("another"), cost=CHEAP)
    ours, theirs = (json.loads((place / "vault.json").read_text()) for place in (folder, other))
    (other / "vault.json").write_text(json.dumps({**theirs, "slots": ours["slots"]}))
    with pytest.raises(WrongPassphrase):
        open_vault(other, WORDS)


def test_a_slot_cannot_pass_for_one_of_another_kind(folder: Path, code: RecoveryCode) -> None:
    content = json.loads((folder / "vault.json").read_text())
    recovery = content["slots"][1]
    recovery["terms"] = {"kind": "keyring", "salt": recovery["terms"]["salt"], "account": ""}
    (folder / "vault.json").write_text(json.dumps(content))
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, code)


def test_the_master_key_and_what_opens_it_stand_nowhere_in_the_open(folder: Path, code: RecoveryCode) -> None:
    master = open_sidecar(read_sidecar(folder), WORDS)
    assert len(master) == 32
    with open_vault(folder, code) as vault, vault.engine.connect() as connection:
        shown = " ".join(
            repr(thing) for thing in (vault, vars(vault), vault.engine.url, vault.engine.pool, connection, code, WORDS)
        )
        connection.exec_driver_sql("SELECT 1").close()
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    for secret in (master.hex(), base64.b64encode(master).decode(), WORDS.text, code.text):
        assert secret not in shown
        assert secret.encode() not in written
    assert master not in written


def test_no_trouble_of_the_keys_tells_what_was_typed(folder: Path, code: RecoveryCode) -> None:
    for unlock in (Passphrase("typed secret"), RecoveryCode("typed secret")):
        with pytest.raises(OfficeTrouble) as trouble:
            open_vault(folder, unlock)
        assert "typed secret" not in str(trouble.value) + repr(trouble.value.__cause__) + repr(
            trouble.value.__context__
        )
