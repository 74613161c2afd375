"""The tar inside a package: exactly these members, in this order, and nothing else (format 1).

``manifest.json``, ``items.jsonl``, the folder ``attachments`` (empty in format 1), ``digests.sha256`` (as ``sha256sum -c`` reads it)
and ``signature`` (128 hex digits). Written as plain ustar, so that any ``tar`` lists it.
"""

import io
import tarfile
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

MANIFEST, ITEMS, ATTACHMENTS, DIGESTS, SIGNATURE = (
    "manifest.json",
    "items.jsonl",
    "attachments",
    "digests.sha256",
    "signature",
)
ORDER = (MANIFEST, ITEMS, ATTACHMENTS, DIGESTS, SIGNATURE)
_MOST = {MANIFEST: 64 * 2**10, DIGESTS: 4 * 2**10, SIGNATURE: 256}
_BLOCK = tarfile.BLOCKSIZE


class NoArchive(Exception):  # noqa: N818 - it becomes a DamagedPackage with its file's name
    """The bytes are not the archive of a package; the text is a short Chinese clause."""


class Members(NamedTuple):
    """The files of a package as bytes; the attachments folder is empty in format 1."""

    manifest: bytes
    items: bytes
    digests: bytes
    signature: bytes


def archive(members: Members, made_at: datetime) -> Iterator[bytes]:
    """The tar of these members, piece by piece; every time in it is ``made_at``."""
    contents = {
        MANIFEST: members.manifest,
        ITEMS: members.items,
        ATTACHMENTS: None,
        DIGESTS: members.digests,
        SIGNATURE: members.signature,
    }
    for name, content in contents.items():
        info = tarfile.TarInfo(name)
        info.mtime = int(made_at.timestamp())
        if content is None:
            info.type, info.mode = tarfile.DIRTYPE, 0o755
            yield info.tobuf(tarfile.USTAR_FORMAT)
            continue
        info.size = len(content)
        yield info.tobuf(tarfile.USTAR_FORMAT)
        yield content
        yield b"\0" * (-len(content) % _BLOCK)
    yield b"\0" * (2 * _BLOCK)


def members(plain: bytes) -> Members:
    """The members of a package's tar; NoArchive where names, order, kinds or sizes are not exactly those of format 1."""
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as tar:
            found = dict(_checked(tar))
    except (tarfile.TarError, ValueError, OSError, EOFError, IndexError, OverflowError) as error:
        raise NoArchive("内部结构读不出来") from error
    if tuple(found) != ORDER:
        raise NoArchive("内部缺少文件")
    return Members(found[MANIFEST], found[ITEMS], found[DIGESTS], found[SIGNATURE])


def _checked(tar: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """Each member that is what stands at its place; nothing is ever written to disk."""
    for place, member in enumerate(tar):
        if place >= len(ORDER) or member.name != ORDER[place] or member.pax_headers or member.issparse():
            raise NoArchive("内部有不该有的文件")
        if member.type != (tarfile.DIRTYPE if member.name == ATTACHMENTS else tarfile.REGTYPE):
            raise NoArchive("内部有不该有的文件")
        if member.isdir():
            yield member.name, b""
            continue
        if not 0 <= member.size <= _MOST.get(member.name, member.size):
            raise NoArchive("内部文件的大小不对")
        content = tar.extractfile(member)
        read = content.read() if content else b""
        if len(read) != member.size:
            raise NoArchive("内部文件不全")
        yield member.name, read
