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
    """32 random bytes from which every key of a vault comes. It never shows itself."""

    raw: bytes = field(repr=False)

    def derived(self, purpose: Purpose) -> bytes:
        """The 32 bytes for one purpose."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.value).derive(self.raw)


def new_master_key() -> MasterKey:
    """A fresh one."""
    return MasterKey(secrets.token_bytes(KEY_BYTES))
