"""Who made a package: Ed25519 (RFC 8032) over the list of SHA-256 digests of its members."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from taizhang_exchange.packages.archive import ATTACHMENTS, ITEMS, MANIFEST

_CONTEXT = b"taizhang package format 1\n"
"""Before the signed bytes, so that no signature of this key on anything else can be taken for one on a package."""


def digest_list(manifest: bytes, items: bytes) -> bytes:
    """The content of ``digests.sha256``: one line per file, as ``sha256sum -c`` reads it.

    The attachments folder stands in it as a remark, so that its being empty is signed too.
    """
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in ((MANIFEST, manifest), (ITEMS, items))
    ]
    return "\n".join([*lines, f"# {ATTACHMENTS}: 0", ""]).encode()


def sign(digests: bytes, seed: str) -> bytes:
    """The content of ``signature``: 128 hex digits and a line end. ``seed`` is an Ed25519 seed as hex."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    return key.sign(_CONTEXT + digests).hex().encode() + b"\n"


def signed_by(digests: bytes, signature: bytes, signing_key: str) -> bool:
    """Whether the owner of the public key (32 bytes as hex) signed this list."""
    try:
        raw = bytes.fromhex(signature.decode("ascii").removesuffix("\n"))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing_key)).verify(raw, _CONTEXT + digests)
    except (InvalidSignature, ValueError):
        return False
    return True
