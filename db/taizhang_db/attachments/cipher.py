"""The form of an attachment's file: chunks of 64 KiB under ChaCha20-Poly1305 (RFC 8439), chained as STREAM does it.

``header`` (16 bytes): magic 8, version 1, then 7 random bytes. Each chunk is up to 65,536 bytes of plaintext and a tag of 16; its
nonce is the 7 random bytes, the number of the chunk (4 bytes, from 0) and 1 for the last chunk, else 0; the header is its associated
data. So a chunk that was changed, moved, doubled or taken out is seen, and so is an end that was cut off or added. A key serves one
content alone.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
KEY_BYTES = 32
_MAGIC = b"TZATTACH"
_VERSION = 1
_RANDOM_BYTES = 7
_FIXED = _MAGIC + bytes([_VERSION])
HEADER_BYTES = len(_FIXED) + _RANDOM_BYTES


class WrongContentError(Exception):
    """What lies in the file is not what was encrypted with this key."""


def sealed_size(size: int) -> int:
    """The bytes that a plaintext of ``size`` bytes (1 or more) takes on the disk."""
    return HEADER_BYTES + size + TAG_BYTES * -(-size // CHUNK_BYTES)


def new_key() -> bytes:
    """A key for one content."""
    return secrets.token_bytes(KEY_BYTES)


def seal(chunks: Iterable[bytes], key: bytes, to: BinaryIO) -> None:
    """Encrypt a plaintext that comes in chunks of 64 KiB, the last one shorter but not empty."""
    cipher, head = ChaCha20Poly1305(key), _FIXED + secrets.token_bytes(_RANDOM_BYTES)
    to.write(head)
    to.writelines(
        cipher.encrypt(_nonce(head, number, last=last), chunk, head) for number, chunk, last in _with_end(chunks)
    )


def unseal(sealed: BinaryIO, key: bytes, size: int) -> Iterator[bytes]:
    """The plaintext chunk by chunk, each verified. WrongContentError as soon as one does not fit, or where all are not ``size`` bytes.

    What was given out before is right, but is the whole only when the iteration ends by itself.
    """
    cipher, head = ChaCha20Poly1305(key), sealed.read(HEADER_BYTES)
    if len(head) != HEADER_BYTES or not head.startswith(_FIXED):
        raise WrongContentError
    left = size
    for number, chunk, last in _with_end(iter(lambda: sealed.read(CHUNK_BYTES + TAG_BYTES), b"")):
        try:
            plain = cipher.decrypt(_nonce(head, number, last=last), chunk, head)
        except (InvalidTag, ValueError) as error:
            raise WrongContentError from error
        left -= len(plain)
        yield plain
    if left:
        raise WrongContentError


def _with_end(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Each chunk with its number and whether it is the last."""
    number, held = 0, b""
    for chunk in chunks:
        if held:
            yield number, held, False
            number += 1
        held = chunk
    if held:
        yield number, held, True


def _nonce(head: bytes, number: int, *, last: bool) -> bytes:
    return head[len(_FIXED) :] + number.to_bytes(4, "big") + bytes([last])
