"""The printed recovery code: 130 random bits as seven groups of four characters that cannot be taken for one another."""

import hashlib
import secrets
import unicodedata

from taizhang_db.trouble import RecoveryCodeMistyped

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: without I, L, O and U."""
_RANDOM = 26
_CHECK = 2
_GROUP = 4
_READ_AS = str.maketrans("OIL", "011")


def new_code() -> str:
    """A fresh code, e.g. ``7Q2M-…`` (seven groups); 26 random characters of 5 bits and 2 that check them."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    whole = body + _check(body)
    return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def read_code(typed: str) -> str:
    """The 26 significant characters of a code as typed: case, spaces, dashes and full width do not matter, O is 0, I and L are 1.

    Raises RecoveryCodeMistyped where the length or the check is wrong.
    """
    folded = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    characters = "".join(character for character in folded if character.isalnum())
    body, check = characters[:_RANDOM], characters[_RANDOM:]
    if len(body) != _RANDOM or not set(body) <= set(ALPHABET) or check != _check(body):
        raise RecoveryCodeMistyped
    return body


def _check(body: str) -> str:
    """The first ten bits of SHA-256: one typing error in a thousand goes unseen, and then the key does not fit."""
    bits = int.from_bytes(hashlib.sha256(body.encode()).digest()[:2], "big") >> 6
    return ALPHABET[bits >> 5] + ALPHABET[bits & 31]
