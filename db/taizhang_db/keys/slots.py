"""Sealing the master key into slots and taking it out again.

A slot's key is HKDF-SHA256 (RFC 5869) of what opens it, with the slot's salt and, as ``info``, its terms; the seal is
ChaCha20-Poly1305 (RFC 8439) with format, vault and terms as associated data, so that no slot can be edited or moved to another vault.
"""

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from taizhang_db.keys.argon import Argon2Cost, stretch
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.recovery_code import read_code
from taizhang_db.keys.sidecar import (
    FORMAT,
    KeyringTerms,
    PassphraseTerms,
    RecoveryTerms,
    Sidecar,
    Slot,
    Terms,
)
from taizhang_db.keys.unlock import FromKeyring, Passphrase, RecoveryCode, Unlock
from taizhang_db.trouble import EmptyPassphrase, KeyringForgot, KeyringTrouble, WrongPassphrase, WrongRecoveryCode

KEY_BYTES = 32
_SALT_BYTES = 32
_NONCE_BYTES = 12


def new_master_key() -> bytes:
    """32 random bytes, the raw key of the case file."""
    return secrets.token_bytes(KEY_BYTES)


def seal_with_passphrase(master: bytes, vault: str, passphrase: Passphrase, cost: Argon2Cost) -> Slot:
    """A slot that the passphrase opens; EmptyPassphrase where there is none."""
    if not passphrase.text.strip():
        raise EmptyPassphrase
    terms = PassphraseTerms(salt=secrets.token_bytes(_SALT_BYTES), cost=cost)
    return _seal(master, vault, terms, stretch(passphrase.text, salt=terms.salt, cost=terms.cost))


def seal_with_recovery_code(master: bytes, vault: str, code: RecoveryCode) -> Slot:
    """A slot that the recovery code opens."""
    terms = RecoveryTerms(salt=secrets.token_bytes(_SALT_BYTES))
    return _seal(master, vault, terms, read_code(code.text).encode())


def seal_with_keyring(master: bytes, vault: str, keyring: SystemKeyring) -> Slot:
    """A slot that a fresh random secret opens, which the PC's keyring keeps from now on; KeyringTrouble where it cannot."""
    terms = KeyringTerms(salt=secrets.token_bytes(_SALT_BYTES), account=f"{vault}.{secrets.token_hex(8)}")
    secret = secrets.token_bytes(KEY_BYTES)
    keyring.keep(terms.account, secret)
    return _seal(master, vault, terms, secret)


def open_sidecar(sidecar: Sidecar, unlock: Unlock) -> bytes:
    """The master key. Raises WrongPassphrase, RecoveryCodeMistyped, WrongRecoveryCode or KeyringTrouble."""
    match unlock:
        case Passphrase(text):
            return _open_with_passphrase(sidecar, text)
        case RecoveryCode(text):
            return _open_with_code(sidecar, text)
        case FromKeyring(keyring):
            return _open_with_keyring(sidecar, keyring)


def _open_with_passphrase(sidecar: Sidecar, text: str) -> bytes:
    for slot in sidecar.slots:
        if isinstance(slot.terms, PassphraseTerms):
            master = _open(sidecar.vault, slot, stretch(text, salt=slot.terms.salt, cost=slot.terms.cost))
            if master is not None:
                return master
    raise WrongPassphrase


def _open_with_code(sidecar: Sidecar, text: str) -> bytes:
    code = read_code(text).encode()
    for slot in sidecar.slots:
        if isinstance(slot.terms, RecoveryTerms):
            master = _open(sidecar.vault, slot, code)
            if master is not None:
                return master
    raise WrongRecoveryCode


def _open_with_keyring(sidecar: Sidecar, keyring: SystemKeyring) -> bytes:
    """Try every keyring slot: those of other PCs are forgotten here."""
    trouble: KeyringTrouble = KeyringForgot()
    for slot in sidecar.slots:
        if isinstance(slot.terms, KeyringTerms):
            try:
                master = _open(sidecar.vault, slot, keyring.fetch(slot.terms.account))
            except KeyringForgot as forgot:
                trouble = forgot
                continue
            if master is not None:
                return master
    raise trouble


def _seal(master: bytes, vault: str, terms: Terms, secret: bytes) -> Slot:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(_slot_key(terms, secret)).encrypt(nonce, master, _bound_to(vault, terms))
    return Slot(terms=terms, nonce=nonce, sealed=sealed)


def _open(vault: str, slot: Slot, secret: bytes) -> bytes | None:
    """The master key, None where the secret or anything about the slot is not what it was sealed with."""
    try:
        master = ChaCha20Poly1305(_slot_key(slot.terms, secret)).decrypt(
            slot.nonce, slot.sealed, _bound_to(vault, slot.terms)
        )
    except (InvalidTag, ValueError):
        return None
    return master if len(master) == KEY_BYTES else None


def _slot_key(terms: Terms, secret: bytes) -> bytes:
    info = b"taizhang vault slot 1:" + msgspec.json.encode(terms, order="deterministic")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=terms.salt, info=info).derive(secret)


def _bound_to(vault: str, terms: Terms) -> bytes:
    return msgspec.json.encode((FORMAT, vault, terms), order="deterministic")
