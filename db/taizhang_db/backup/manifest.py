"""The last member of a backup: what the backup is, what is in it, and the proof that the holder of the key wrote it."""

import hmac

import msgspec
from taizhang_casework.domain.backups import BackupFace

from taizhang_db.backup.archive import Member
from taizhang_db.backup.trouble import BackupDamaged, BackupForged
from taizhang_db.keys.master import MasterKey, Purpose

FORMAT = 1
FORMAT_NAME, KEY_NAME, CASES_NAME, MANIFEST_NAME = "taizhang-backup", "vault.json", "cases.db", "manifest.json"
"""Names of members: the first tells the format, the last is the manifest."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``members`` are all but the first and the last, in order; ``lacking`` are addresses of attachments that the vault had lost."""

    format: int
    face: BackupFace
    members: tuple[Member, ...]
    lacking: tuple[str, ...] = ()


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    manifest: Manifest
    seal: str


def written(manifest: Manifest, master: MasterKey) -> bytes:
    """The member's bytes, sealed by HMAC-SHA256."""
    return _encoded(_Sealed(manifest, _seal(manifest, master)))


def parse(content: bytes, master: MasterKey) -> Manifest:
    """The manifest; BackupDamaged where it is none, BackupForged where another than the holder of the key wrote it."""
    try:
        found = msgspec.json.decode(content, type=_Sealed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BackupDamaged from None
    if not hmac.compare_digest(found.seal, _seal(found.manifest, master)):
        raise BackupForged
    if _encoded(found) != content:
        raise BackupDamaged
    return found.manifest


def _seal(manifest: Manifest, master: MasterKey) -> str:
    body = msgspec.json.encode(manifest, order="deterministic")
    return hmac.digest(master.derived(Purpose.BACKUP), body, "sha256").hex()


def _encoded(sealed: _Sealed) -> bytes:
    return msgspec.json.encode(sealed, order="deterministic")
