"""``vault.json``: who may open the vault. It holds the master key only wrapped, and nothing of the cases.

The file is written twice, ``vault.json`` and ``vault.json.copy``: it is small, and without it nobody opens the vault again.
``check`` (SHA-256 of everything else) tells a damaged file before anybody is told that a passphrase is wrong; who may write
the file is proved by ``secrets``, which only the master key can seal.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from taizhang_casework.domain.users import UserId

from taizhang_db.disk import disk_trouble, write_whole
from taizhang_db.keys.argon import Argon2Cost, plausible_salt
from taizhang_db.trouble import KeyFileDamaged, MadeByNewerVersion, MadeByTrialVersion

FILE_NAME = "vault.json"
COPY_NAME = "vault.json.copy"
FORMAT = 2
"""Every later format keeps ``format`` and ``check`` as they are here, so that this program can tell it from damage."""
_TRIAL_FORMAT = 1
"""That of the trial versions: slots without a key pair, and no ``check``."""


class Holder(msgspec.Struct, frozen=True):
    """Whose way in it is: the user's id and name, as they were when the slot was made."""

    id: UserId
    name: str


class PassphraseTerms(msgspec.Struct, frozen=True, kw_only=True, tag="passphrase", tag_field="kind"):
    """Whose passphrase, and how it becomes a key."""

    holder: Holder
    salt: bytes
    cost: Argon2Cost


class RecoveryTerms(msgspec.Struct, frozen=True, kw_only=True, tag="recovery", tag_field="kind"):
    """How a recovery code becomes a key; it is random, so it needs no stretching."""

    salt: bytes


class KeyringTerms(msgspec.Struct, frozen=True, kw_only=True, tag="keyring", tag_field="kind"):
    """For whom, and under which account the keyring of which PC keeps the secret."""

    holder: Holder
    salt: bytes
    account: str


Terms = PassphraseTerms | RecoveryTerms | KeyringTerms


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way in: its terms in the clear, a key pair whose private half only its secret opens, and the master key for that pair.

    ``private`` holds the vault's voucher too; ``master`` ends with the HMAC that the voucher makes.

    The master key can be wrapped anew for every slot without knowing anybody's passphrase: to the public half.
    """

    terms: Terms
    public: bytes
    private: bytes
    master: bytes


class Sidecar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole key file.

    ``vault`` is a random identifier of 32 hex digits; ``generation`` counts the writings from 1; ``case_file`` names the case
    file in use; ``secrets`` is sealed by the master key and to everything else in the file.
    """

    format: int
    vault: str
    generation: int
    case_file: str
    slots: tuple[Slot, ...]
    secrets: bytes = b""
    check: str = ""


class _AnyFormat(msgspec.Struct):
    format: int


def read_sidecar(folder: Path) -> Sidecar:
    """The key file. Raises FileNotFoundError, KeyFileDamaged, MadeByNewerVersion, MadeByTrialVersion, or trouble of the disk."""
    return _read(folder / FILE_NAME)


def read_copy(folder: Path) -> Sidecar:
    """The copy of the key file; raises as :func:`read_sidecar`."""
    return _read(folder / COPY_NAME)


def write_sidecar(folder: Path, keys: Sidecar) -> None:
    """Replace the copy and then the key file, each whole or not at all: where either fails, the key file stands as it was."""
    for name in (COPY_NAME, FILE_NAME):
        write_whole(folder / name, written(keys))


@contextmanager
def put_back_unless_done(folder: Path, keys: Sidecar) -> Iterator[None]:
    """Let the block change the key file; where it raises, the file and its copy are again what ``keys`` says.

    What is put back was written before the block: a disk that has filled up meanwhile does not hinder two renames. Raises DiskFull,
    VaultNotWritable or DiskTrouble before the block where it cannot be written. Whether it was put back is for the caller to see.
    """
    aside = {folder / name: folder / f"{name}.before" for name in (COPY_NAME, FILE_NAME)}
    try:
        for path in aside.values():
            write_whole(path, written(keys))
        try:
            yield
        except BaseException:
            for path, before in aside.items():
                with suppress(OSError):
                    before.replace(path)
            raise
    finally:
        with suppress(OSError):
            for path in aside.values():
                path.unlink(missing_ok=True)


def written(keys: Sidecar) -> bytes:
    """The file's bytes: JSON, indented, the check put in."""
    checked = msgspec.structs.replace(keys, check=_check(keys))
    return msgspec.json.format(msgspec.json.encode(checked), indent=2) + b"\n"


def parse(content: bytes) -> Sidecar:
    """Take the bytes of a key file; KeyFileDamaged where they are not exactly as we write them, MadeByNewer/TrialVersion."""
    try:
        found = msgspec.json.decode(content, type=_AnyFormat).format
        if found != FORMAT and _as_its_program_wrote_it(content):
            raise MadeByNewerVersion if found > FORMAT else MadeByTrialVersion
        keys = msgspec.json.decode(content, type=Sidecar)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise KeyFileDamaged from None
    if not keys.slots or not all(_plausible(slot.terms) for slot in keys.slots) or not _inside(keys.case_file):
        raise KeyFileDamaged
    if keys.format != FORMAT or written(keys) != content:
        raise KeyFileDamaged
    return keys


def _read(path: Path) -> Sidecar:
    with disk_trouble():
        content = path.read_bytes()
    return parse(content)


def _check(keys: Sidecar) -> str:
    bare = msgspec.structs.replace(keys, check="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def _as_its_program_wrote_it(content: bytes) -> bool:
    """Whether a file of another format is whole, so that one flipped bit in ``format`` is damage; trial files had no check."""
    fields = msgspec.json.decode(content, type=dict[str, object])
    if fields["format"] == _TRIAL_FORMAT:
        return "check" not in fields
    return hashlib.sha256(msgspec.json.encode({**fields, "check": ""})).hexdigest() == fields.get("check")


def _inside(case_file: str) -> bool:
    """Whether the name is one of ours: a key file cannot point outside its folder."""
    return case_file.startswith("cases") and case_file.endswith(".db") and Path(case_file).name == case_file


def _plausible(terms: Terms) -> bool:
    if not plausible_salt(terms.salt):
        return False
    return not isinstance(terms, PassphraseTerms) or terms.cost.bearable
