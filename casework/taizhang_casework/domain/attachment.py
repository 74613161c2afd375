"""附件: a photo, scan or PDF that belongs to a case (一（三）1 逐条建立工作台账; the papers of 一户一档)."""

import re
from datetime import datetime
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.case import CaseId

AttachmentId = NewType("AttachmentId", str)
Address = NewType("Address", str)
"""64 hex digits that stand for the content in this vault: equal content, equal address; nobody outside can work it out."""

MOST_BYTES = 50 * 1024 * 1024
"""The largest file that is accepted: 50 MB, as the PC's own file manager counts them."""

_UNSEEN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""Bytes of a file name that are no UTF-8, as Python carries them."""
_PDF_WITHIN = 1024


class AttachmentKind(Enum):
    """What the attachment shows."""

    PHOTO = "photo"
    SIGNED_SHEET = "signed_sheet"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    OTHER = "other"


class MediaType(Enum):
    """What a file is by its content; only what every office's PC can show is accepted."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of a file of this kind, the usual one first."""
        return _SUFFIXES[self]


_SUFFIXES = {
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.PDF: (".pdf",),
}


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies encrypted beside the database. ``size`` is of the plaintext in bytes; ``key`` opens this file alone."""

    address: Address
    size: int
    media: MediaType
    key: bytes

    def __repr__(self) -> str:
        """Say which file and not its key, so that no log or report can carry it."""
        return f"StoredFile({self.address})"


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Why an attachment lies in the recycle bin, since when, and who put it there."""

    removed_at: datetime
    removed_by: str
    why: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a case. ``name`` is as the clerk gave it; ``removal`` is set while it lies in the recycle bin."""

    id: AttachmentId
    case: CaseId
    kind: AttachmentKind
    name: str
    media: MediaType
    size: int
    address: Address
    added_by: str
    added_at: datetime
    removal: Removal | None = None


def media_type(head: bytes) -> MediaType | None:
    """What a file is by its first bytes (1024 are enough), None where it is nothing that is accepted. The name says nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    return MediaType.PDF if b"%PDF-" in head[:_PDF_WITHIN] else None


def what_instead(head: bytes) -> str:
    """For a file that is not accepted: what it seems to be and what to do about it, as the third Chinese sentence of a trouble."""
    if head[4:8] == b"ftyp" and head[8:11] in {b"hei", b"hev", b"mif", b"msf"}:
        return "这是手机的HEIC照片，多数办公电脑打不开，请在手机上改存为JPG后再添加"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "这像是文档、表格或压缩包，请打开后另存为PDF再添加"
    if head.startswith((b"II*\0", b"MM\0*", b"BM", b"GIF8")) or head[8:12] == b"WEBP":
        return "这是其他格式的图片，请用看图程序另存为JPG后再添加"
    return "请改存为JPG、PNG或PDF后再添加"


def clean_name(name: str) -> str:
    """A file name as it can be shown and kept: what is no character becomes �, what cannot be seen or turns the writing goes."""
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", name).translate(_UNSEEN).strip() or "未命名"
