"""Sealing the master key into slots and taking it out again.

A slot has a key pair. Its private half is sealed (ChaCha20-Poly1305, RFC 8439) under HKDF-SHA256 (RFC 5869) of what opens the
slot; the master key is wrapped to its public half (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). Both are bound to
format, vault, terms and public key, so that no slot can be edited, moved to another vault or pass for somebody else's. Anybody
can wrap to a public half; the wrapped key therefore bears an HMAC-SHA256 by the vault's voucher, which lies beside the private half.
"""

import hmac
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from taizhang_db.keys.argon import Argon2Cost, stretch
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.master import KEY_BYTES, MasterKey
from taizhang_db.keys.recovery_code import read_code
from taizhang_db.keys.sidecar import (
    FORMAT,
    Holder,
    KeyringTerms,
    PassphraseTerms,
    RecoveryTerms,
    Sidecar,
    Slot,
    Terms,
)
from taizhang_db.keys.unlock import FromKeyring, Passphrase, RecoveryCode, Unlock
from taizhang_db.trouble import EmptyPassphrase, KeyringForgot, KeyringTrouble, WrongPassphrase, WrongRecoveryCode

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_SALT_BYTES = 32
_NONCE_BYTES = 12
_MAC_BYTES = 32


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What an opened slot gives, and which one it was; ``holder`` is None for the recovery code, which is the office's."""

    master: MasterKey
    holder: Holder | None
    slot: Slot


def seal_with_passphrase(
    master: MasterKey, vault: str, holder: Holder, passphrase: Passphrase, cost: Argon2Cost
) -> Slot:
    """A slot that the holder's passphrase opens; EmptyPassphrase where there is none."""
    if not passphrase.text.strip():
        raise EmptyPassphrase
    terms = PassphraseTerms(holder=holder, salt=secrets.token_bytes(_SALT_BYTES), cost=cost)
    return _new_slot(master, vault, terms, stretch(passphrase.text, salt=terms.salt, cost=terms.cost))


def seal_with_recovery_code(master: MasterKey, vault: str, code: RecoveryCode) -> Slot:
    """A slot that the recovery code opens."""
    terms = RecoveryTerms(salt=secrets.token_bytes(_SALT_BYTES))
    return _new_slot(master, vault, terms, read_code(code.text).encode())


def seal_with_keyring(master: MasterKey, vault: str, holder: Holder, keyring: SystemKeyring) -> Slot:
    """A slot that a fresh random secret opens, which the PC's keyring keeps from now on; KeyringTrouble where it cannot."""
    account = f"{vault}.{secrets.token_hex(8)}"
    terms = KeyringTerms(holder=holder, salt=secrets.token_bytes(_SALT_BYTES), account=account)
    secret = secrets.token_bytes(KEY_BYTES)
    keyring.keep(terms.account, secret)
    return _new_slot(master, vault, terms, secret)


def rewrapped(slot: Slot, vault: str, master: MasterKey) -> Slot:
    """The slot with another master key: what opens it stays the same and need not be known."""
    bound = _bound_to(vault, slot.terms, slot.public)
    wrapped = _SUITE.encrypt(master.raw, X25519PublicKey.from_public_bytes(slot.public), bound)
    return msgspec.structs.replace(slot, master=wrapped + _vouched(master.voucher, bound, wrapped))


def open_sidecar(keys: Sidecar, unlock: Unlock) -> Opened:
    """The master key and whose slot gave it. Raises WrongPassphrase, RecoveryCodeMistyped, WrongRecoveryCode or KeyringTrouble."""
    match unlock:
        case Passphrase():
            return _open_with_passphrase(keys, unlock)
        case RecoveryCode(text):
            return _open_with_code(keys, text)
        case FromKeyring(keyring):
            return _open_with_keyring(keys, keyring)


def _open_with_passphrase(keys: Sidecar, typed: Passphrase) -> Opened:
    for slot in keys.slots:
        terms = slot.terms
        if isinstance(terms, PassphraseTerms) and typed.holder in {None, terms.holder.id}:
            master = _open(keys.vault, slot, stretch(typed.text, salt=terms.salt, cost=terms.cost))
            if master is not None:
                return Opened(master=master, holder=terms.holder, slot=slot)
    raise WrongPassphrase


def _open_with_code(keys: Sidecar, text: str) -> Opened:
    code = read_code(text).encode()
    for slot in keys.slots:
        if isinstance(slot.terms, RecoveryTerms):
            master = _open(keys.vault, slot, code)
            if master is not None:
                return Opened(master=master, holder=None, slot=slot)
    raise WrongRecoveryCode


def _open_with_keyring(keys: Sidecar, keyring: SystemKeyring) -> Opened:
    """Try every keyring slot: those of other PCs are forgotten here."""
    trouble: KeyringTrouble = KeyringForgot()
    for slot in keys.slots:
        terms = slot.terms
        if isinstance(terms, KeyringTerms):
            try:
                master = _open(keys.vault, slot, keyring.fetch(terms.account))
            except KeyringForgot as forgot:
                trouble = forgot
                continue
            if master is not None:
                return Opened(master=master, holder=terms.holder, slot=slot)
    raise trouble


def _new_slot(master: MasterKey, vault: str, terms: Terms, secret: bytes) -> Slot:
    pair = X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    bound = _bound_to(vault, terms, public)
    inner = pair.private_bytes_raw() + master.voucher
    private = nonce + ChaCha20Poly1305(_slot_key(terms, secret)).encrypt(nonce, inner, bound)
    return rewrapped(Slot(terms=terms, public=public, private=private, master=b""), vault, master)


def _open(vault: str, slot: Slot, secret: bytes) -> MasterKey | None:
    """The master key, None where the secret or anything about the slot is not what it was sealed with."""
    bound = _bound_to(vault, slot.terms, slot.public)
    nonce, sealed = slot.private[:_NONCE_BYTES], slot.private[_NONCE_BYTES:]
    wrapped, vouched = slot.master[:-_MAC_BYTES], slot.master[-_MAC_BYTES:]
    try:
        inner = ChaCha20Poly1305(_slot_key(slot.terms, secret)).decrypt(nonce, sealed, bound)
        private, voucher = inner[:KEY_BYTES], inner[KEY_BYTES:]
        if not hmac.compare_digest(vouched, _vouched(voucher, bound, wrapped)):
            return None
        raw = _SUITE.decrypt(wrapped, X25519PrivateKey.from_private_bytes(private), bound)
    except (InvalidTag, ValueError):
        return None
    return MasterKey(raw, voucher) if len(raw) == KEY_BYTES else None


def _vouched(voucher: bytes, bound: bytes, wrapped: bytes) -> bytes:
    return hmac.digest(voucher, bound + wrapped, "sha256")


def _slot_key(terms: Terms, secret: bytes) -> bytes:
    info = b"taizhang vault slot 2:" + msgspec.json.encode(terms, order="deterministic")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=terms.salt, info=info).derive(secret)


def _bound_to(vault: str, terms: Terms, public: bytes) -> bytes:
    return msgspec.json.encode((FORMAT, vault, terms, public), order="deterministic")
