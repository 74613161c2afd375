"""The master key and what is derived from it: one key for each purpose, by HKDF-SHA256 (RFC 5869)."""

import secrets
from dataclasses import dataclass, field
from enum import Enum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class Purpose(Enum):
    """What a derived key is for; the value is HKDF's ``info``."""

    CASE_FILE = b"taizhang case file"
    KEY_FILE = b"taizhang key file"
    BACKUP = b"taizhang backup"


@dataclass(frozen=True)
class MasterKey:
    """32 random bytes from which every key of a vault comes, and the vault's voucher. It never shows itself.

    The voucher, 32 random bytes too, is known to every slot and outlives the master key: with it a slot knows a master key that
    somebody who can open the vault wrapped for it from one that anybody could wrap to its public half.
    """

    raw: bytes = field(repr=False)
    voucher: bytes = field(repr=False)

    def following(self) -> "MasterKey":
        """A fresh master key for the same vault."""
        return MasterKey(secrets.token_bytes(KEY_BYTES), self.voucher)

    def derived(self, purpose: Purpose) -> bytes:
        """The 32 bytes for one purpose."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.value).derive(self.raw)


def new_master_key() -> MasterKey:
    """A fresh one, for a new vault."""
    return MasterKey(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
