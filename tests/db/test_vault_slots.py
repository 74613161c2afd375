"""Every way in opens the same vault, and none opens it when anything about it was touched."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserId
from taizhang_db import Argon2Cost, Holder, Passphrase, RecoveryCode, create_vault, open_vault, schema
from taizhang_db.engine import engine_for_new
from taizhang_db.head import START, HeadFile
from taizhang_db.keys.key_file import new_secrets, sealed, unsealed
from taizhang_db.keys.master import Purpose, new_master_key
from taizhang_db.keys.recovery_code import ALPHABET, new_code, read_code
from taizhang_db.keys.sidecar import KeyringTerms, PassphraseTerms, Sidecar, Slot, parse, read_sidecar, write_sidecar
from taizhang_db.keys.slots import open_sidecar, rewrapped
from taizhang_db.trouble import (
    KeyFileDamaged,
    KeyFileForeign,
    RecoveryCodeMistyped,
    WrongPassphrase,
    WrongRecoveryCode,
)
from taizhang_db.vault import NOBODY

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


def flipped(content: bytes) -> bytes:
    return bytes([content[0] ^ 1]) + content[1:]


def other_salt(slot: Slot) -> Slot:
    return replace(slot, terms=replace(slot.terms, salt=flipped(slot.terms.salt)))


def other_public(slot: Slot) -> Slot:
    return replace(slot, public=flipped(slot.public))


def other_private(slot: Slot) -> Slot:
    return replace(slot, private=flipped(slot.private))


def other_master(slot: Slot) -> Slot:
    return replace(slot, master=flipped(slot.master))


def short_private(slot: Slot) -> Slot:
    return replace(slot, private=b"AAAA")


def short_master(slot: Slot) -> Slot:
    return replace(slot, master=b"AAAA")


def short_public(slot: Slot) -> Slot:
    return replace(slot, public=b"AAAA")


def cheaper(slot: Slot) -> Slot:
    terms = slot.terms
    if not isinstance(terms, PassphraseTerms):
        return other_master(slot)
    return replace(slot, terms=replace(terms, cost=replace(terms.cost, passes=terms.cost.passes + 1)))


def somebody_else(slot: Slot) -> Slot:
    terms = slot.terms
    if not isinstance(terms, PassphraseTerms):
        return other_master(slot)
    return replace(slot, terms=replace(terms, holder=Holder(UserId("boss"), "局长")))


@pytest.mark.parametrize(
    "touch",
    [
        other_salt,
        other_public,
        other_private,
        other_master,
        short_private,
        short_master,
        short_public,
        cheaper,
        somebody_else,
    ],
)
def test_a_slot_that_was_touched_opens_nothing(folder: Path, code: RecoveryCode, touch: Callable[[Slot], Slot]) -> None:
    keys = read_sidecar(folder)
    write_sidecar(folder, replace(keys, slots=tuple(touch(slot) for slot in keys.slots)))
    with pytest.raises(WrongPassphrase):
        open_vault(folder, WORDS)
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, code)


def test_a_slot_cannot_be_moved_to_another_vault(folder: Path, code: RecoveryCode, tmp_path: Path) -> None:
    other = tmp_path / "other"
    create_vault(other, Passphrase("another"), cost=CHEAP)
    write_sidecar(other, replace(read_sidecar(other), slots=read_sidecar(folder).slots))
    with pytest.raises(WrongPassphrase):
        open_vault(other, WORDS)


def test_a_slot_cannot_pass_for_one_of_another_kind(folder: Path, code: RecoveryCode) -> None:
    keys = read_sidecar(folder)
    words, recovery = keys.slots
    terms = KeyringTerms(holder=NOBODY, salt=recovery.terms.salt, account="")
    write_sidecar(folder, replace(keys, slots=(words, replace(recovery, terms=terms))))
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, code)


def without_a_slot(keys: Sidecar) -> Sidecar:
    return replace(keys, slots=keys.slots[:1])


def slots_in_another_order(keys: Sidecar) -> Sidecar:
    return replace(keys, slots=keys.slots[::-1])


def another_generation(keys: Sidecar) -> Sidecar:
    return replace(keys, generation=keys.generation + 1)


def another_seal(keys: Sidecar) -> Sidecar:
    return replace(keys, secrets=flipped(keys.secrets))


def no_seal(keys: Sidecar) -> Sidecar:
    return replace(keys, secrets=b"")


@pytest.mark.parametrize("touch", [without_a_slot, slots_in_another_order, another_generation, another_seal, no_seal])
def test_who_cannot_open_the_vault_cannot_change_who_may(
    folder: Path, code: RecoveryCode, touch: Callable[[Sidecar], Sidecar]
) -> None:
    write_sidecar(folder, touch(read_sidecar(folder)))
    for name in ("vault.json", "vault.json.copy"):
        parse((folder / name).read_bytes())
    with pytest.raises(KeyFileForeign):
        open_vault(folder, WORDS)


def test_nobody_can_put_a_vault_of_his_own_under_somebody_elses_passphrase(folder: Path, code: RecoveryCode) -> None:
    """He has the folder and no secret: a case file under a key of his, wrapped to the public halves, would be filled by the office."""
    keys, his = read_sidecar(folder), new_master_key()
    (folder / "cases.db").unlink()
    engine = engine_for_new(folder / "cases.db", his.derived(Purpose.CASE_FILE))
    schema.lay_tables(engine)
    engine.dispose()
    inner = new_secrets()
    slots = tuple(rewrapped(slot, keys.vault, his) for slot in keys.slots)
    write_sidecar(folder, sealed(replace(keys, slots=slots), his, inner))
    HeadFile(folder, keys.vault, inner.head_key).begin(START)
    with pytest.raises(WrongPassphrase):
        open_vault(folder, WORDS)
    with pytest.raises(WrongRecoveryCode):
        open_vault(folder, code)


def test_any_flipped_bit_in_the_key_file_is_told_before_anybody_is_called_wrong(
    folder: Path, code: RecoveryCode
) -> None:
    content = (folder / "vault.json").read_bytes()
    for bit in range(8 * len(content)):
        touched = bytearray(content)
        touched[bit // 8] ^= 1 << bit % 8
        with pytest.raises(KeyFileDamaged):
            parse(bytes(touched))


@pytest.mark.parametrize("left", ["vault.json", "vault.json.copy"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"{")], ids=["missing", "cut"])
def test_one_of_the_two_key_files_is_enough_and_the_other_is_made_good(
    folder: Path, code: RecoveryCode, left: str, damage: Callable[[Path], object]
) -> None:
    (lost,) = {"vault.json", "vault.json.copy"} - {left}
    content = (folder / lost).read_bytes()
    damage(folder / lost)
    open_vault(folder, WORDS).close()
    assert (folder / lost).read_bytes() == content


def test_a_passphrase_opens_for_the_one_whose_it_is(folder: Path, code: RecoveryCode) -> None:
    open_vault(folder, replace_holder(NOBODY.id)).close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, replace_holder(UserId("somebody else")))


def replace_holder(user: UserId) -> Passphrase:
    return Passphrase(WORDS.text, user)


def test_the_master_key_and_what_opens_it_stand_nowhere_in_the_open(folder: Path, code: RecoveryCode) -> None:
    opened = open_sidecar(read_sidecar(folder), WORDS)
    master, inner = opened.master.raw, unsealed(read_sidecar(folder), opened.master).head_key
    assert (len(master), len(inner)) == (32, 32)
    with open_vault(folder, code) as vault, vault.engine.connect() as connection:
        things = (
            vault,
            vars(vault),
            opened,
            vault.engine.url,
            vault.engine.pool,
            connection,
            code,
            WORDS,
            vars(vault.inside),
        )
        shown = " ".join(repr(thing) for thing in things)
        connection.exec_driver_sql("SELECT 1").close()
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    keys = (master, inner, opened.master.derived(Purpose.CASE_FILE))
    for secret in (*(f(key) for key in keys for f in (bytes.hex, b64, repr)), WORDS.text, code.text):
        assert secret not in shown
        assert secret.encode() not in written
    assert not any(key in written for key in keys)


def b64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_no_trouble_of_the_keys_tells_what_was_typed(folder: Path, code: RecoveryCode) -> None:
    for unlock in (Passphrase("typed secret"), RecoveryCode("typed secret")):
        with pytest.raises(OfficeTrouble) as trouble:
            open_vault(folder, unlock)
        assert "typed secret" not in str(trouble.value) + repr(trouble.value.__cause__) + repr(
            trouble.value.__context__
        )
