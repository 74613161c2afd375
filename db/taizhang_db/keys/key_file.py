"""The key file as a whole: sealed by the master key, so that whoever cannot open the vault cannot change who may."""

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from taizhang_db.keys.master import KEY_BYTES, MasterKey, Purpose
from taizhang_db.keys.sidecar import Sidecar, Slot
from taizhang_db.keys.slots import rewrapped
from taizhang_db.trouble import KeyFileForeign

_NONCE_BYTES = 12


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """What outlives a change of the master key: the key (32 bytes) that signs the head of the journal outside the case file."""

    head_key: bytes

    def __repr__(self) -> str:
        """Show nothing."""
        return "Secrets()"


def new_secrets() -> Secrets:
    """Fresh ones, for a new vault."""
    return Secrets(head_key=secrets.token_bytes(KEY_BYTES))


def sealed(keys: Sidecar, master: MasterKey, inner: Secrets) -> Sidecar:
    """The key file sealed by the master key to everything in it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(master.derived(Purpose.KEY_FILE))
    return msgspec.structs.replace(
        keys, secrets=nonce + cipher.encrypt(nonce, msgspec.json.encode(inner), _all_but_the_seal(keys))
    )


def unsealed(keys: Sidecar, master: MasterKey) -> Secrets:
    """What is sealed inside; KeyFileForeign where anything in the file is not as the holder of the master key wrote it."""
    nonce, content = keys.secrets[:_NONCE_BYTES], keys.secrets[_NONCE_BYTES:]
    cipher = ChaCha20Poly1305(master.derived(Purpose.KEY_FILE))
    try:
        return msgspec.json.decode(cipher.decrypt(nonce, content, _all_but_the_seal(keys)), type=Secrets)
    except (InvalidTag, ValueError):
        raise KeyFileForeign from None


def changed(keys: Sidecar, master: MasterKey, slots: tuple[Slot, ...], *, generation: int) -> Sidecar:
    """A later generation of the key file, with other slots."""
    following = msgspec.structs.replace(keys, generation=generation, slots=slots)
    return sealed(following, master, unsealed(keys, master))


def with_master(keys: Sidecar, old: MasterKey, new: MasterKey, case_file: str) -> Sidecar:
    """The next generation under another master key and with another case file; every slot opens with what opened it before."""
    slots = tuple(rewrapped(slot, keys.vault, new) for slot in keys.slots)
    following = msgspec.structs.replace(keys, generation=keys.generation + 1, slots=slots, case_file=case_file)
    return sealed(following, new, unsealed(keys, old))


def _all_but_the_seal(keys: Sidecar) -> bytes:
    bare = msgspec.structs.replace(keys, secrets=b"", check="")
    return msgspec.json.encode(bare, order="deterministic")
