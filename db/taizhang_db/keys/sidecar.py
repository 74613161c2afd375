"""``vault.json``: who may open the vault. It holds the master key only wrapped, and nothing of the cases."""

from pathlib import Path

import msgspec

from taizhang_db.disk import disk_trouble, write_whole
from taizhang_db.keys.argon import Argon2Cost, plausible_salt
from taizhang_db.trouble import KeyFileDamaged, MadeByNewerVersion

FILE_NAME = "vault.json"
FORMAT = 1


class PassphraseTerms(msgspec.Struct, frozen=True, kw_only=True, tag="passphrase", tag_field="kind"):
    """How a passphrase becomes a key."""

    salt: bytes
    cost: Argon2Cost


class RecoveryTerms(msgspec.Struct, frozen=True, kw_only=True, tag="recovery", tag_field="kind"):
    """How a recovery code becomes a key; it is random, so it needs no stretching."""

    salt: bytes


class KeyringTerms(msgspec.Struct, frozen=True, kw_only=True, tag="keyring", tag_field="kind"):
    """Under which account the keyring of which PC keeps the secret."""

    salt: bytes
    account: str


Terms = PassphraseTerms | RecoveryTerms | KeyringTerms


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One way in: its terms in the clear, and the master key sealed (ChaCha20-Poly1305) under them and to them."""

    terms: Terms
    nonce: bytes
    sealed: bytes


class Sidecar(msgspec.Struct, frozen=True, kw_only=True):
    """The whole key file. ``vault`` is a random identifier of 32 hex digits; every slot is sealed to it."""

    format: int
    vault: str
    slots: tuple[Slot, ...]


class _AnyFormat(msgspec.Struct):
    format: int


def read_sidecar(folder: Path) -> Sidecar:
    """Read the key file. Raises FileNotFoundError, KeyFileDamaged, MadeByNewerVersion, or trouble of the disk."""
    with disk_trouble():
        content = (folder / FILE_NAME).read_bytes()
    try:
        if msgspec.json.decode(content, type=_AnyFormat).format > FORMAT:
            raise MadeByNewerVersion
        sidecar = msgspec.json.decode(content, type=Sidecar)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise KeyFileDamaged from None
    if sidecar.format != FORMAT or not sidecar.slots or not all(_plausible(slot.terms) for slot in sidecar.slots):
        raise KeyFileDamaged
    return sidecar


def write_sidecar(folder: Path, sidecar: Sidecar) -> None:
    """Replace the key file, whole or not at all."""
    content = msgspec.json.format(msgspec.json.encode(sidecar), indent=2)
    write_whole(folder / FILE_NAME, content + b"\n")


def _plausible(terms: Terms) -> bool:
    if not plausible_salt(terms.salt):
        return False
    return not isinstance(terms, PassphraseTerms) or terms.cost.bearable
