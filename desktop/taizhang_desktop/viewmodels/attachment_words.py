"""The Chinese words of attachments: what they are, how large, and what a copy is called."""

from pathlib import Path

from taizhang_casework.domain.attachment import Attachment, AttachmentKind, clean_name

KINDS = {
    AttachmentKind.PHOTO: "照片",
    AttachmentKind.SIGNED_SHEET: "签字表",
    AttachmentKind.PROOF_OF_DELIVERY: "送达回证",
    AttachmentKind.OTHER: "其他",
}
COPY_TIP = "没有加密的副本，另存会记入日志"
"""Beside the button that lets a copy out of the vault."""
_MEGABYTE = 1024 * 1024
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


def copy_name(known: Attachment) -> str:
    """The name proposed for a copy: as the clerk gave it, where every PC's file system takes it, with the ending of its kind."""
    name = known.name.translate(_NOT_IN_NAMES).strip(". ")
    return name if name.lower().endswith(known.media.suffixes) else f"{name}{known.media.suffixes[0]}"


def size_words(size: int) -> str:
    """Bytes as a clerk reads them."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1024))}KB"
    return f"{size / _MEGABYTE:.1f}MB"


def chosen_words(paths: tuple[Path, ...]) -> str:
    """The files that were chosen, as the question about them begins."""
    first = clean_name(paths[0].name) if paths else ""
    return f"“{first}”是：" if len(paths) == 1 else f"“{first}”等{len(paths)}个文件是："
