"""Argon2id (RFC 9106) from a passphrase."""

import unicodedata

import msgspec
from argon2.low_level import Type, hash_secret_raw

_MAX_MEMORY_KIB = 1024 * 1024
_MAX_TIME = 64
_MAX_LANES = 16
_LEAST_SALT = 16


class Argon2Cost(msgspec.Struct, frozen=True, kw_only=True):
    """How dear one guess is: memory in KiB, passes over it, lanes. The default is 64 MiB, some 0.15 s on an office PC."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """Whether a PC can pay it; a key file that asks for more was tampered with."""
        return (
            1 <= self.lanes <= _MAX_LANES
            and 8 * self.lanes <= self.memory_kib <= _MAX_MEMORY_KIB
            and 1 <= self.passes <= _MAX_TIME
        )


def stretch(passphrase: str, *, salt: bytes, cost: Argon2Cost) -> bytes:
    """32 bytes from a passphrase. Full and half width are one (NFKC), so that the input method makes no difference."""
    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def plausible_salt(salt: bytes) -> bool:
    """Whether the salt is as long as we make it."""
    return len(salt) >= _LEAST_SALT
