"""Whose paper a page is: Ed25519 (RFC 8032) over what its code says, in base32 (RFC 4648) without padding: 103 characters."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from taizhang_casework.domain.offices import OfficeCard, OfficeKeys

_CONTEXT = b"taizhang page code 1\n"
"""Before the signed bytes, so that no signature of this key on anything else can be taken for one on a page."""


class PageSigner:
    """Implements ``PageSigner`` of ``taizhang_casework.services.page_proof``."""

    def sign(self, statement: str, keys: OfficeKeys) -> str:
        """The office's signature. The same statement gives the same."""
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(keys.signing_seed))
        return base64.b32encode(key.sign(_CONTEXT + statement.encode("ascii"))).decode("ascii").rstrip("=")

    def signed_by(self, statement: str, signature: str, card: OfficeCard) -> bool:
        """Whether the office of that card signed this."""
        try:
            raw = base64.b32decode(signature + "=" * (-len(signature) % 8))
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(card.signing_key))
            key.verify(raw, _CONTEXT + statement.encode("ascii"))
        except (InvalidSignature, ValueError, binascii.Error):
            return False
        return True
