"""Traces of a person outside the vault: every way in which a name or number could stand in a file, and where to look."""

import base64
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

NAME = "鹳鸰昶"
ID_NUMBER = "370282196707214536"
PHONE = "13964275183"
DETAIL = "鹳雀楼塌方致家中断粮"
CANARY = (NAME, ID_NUMBER, PHONE, DETAIL)
"""A made-up person whom no other text in the world names."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LARGEST = 64 << 20


class Trace(msgspec.Struct, frozen=True, order=True):
    """Where one of the words was found, and written how."""

    file: str
    word: str
    written: str


def in_bytes(content: bytes, where: str) -> Iterator[Trace]:
    """Every word that stands in the bytes: plain, escaped as JSON, in base64 or hex, and in what can be unpacked of them."""
    for word in CANARY:
        for written, needles in _ways(word):
            if any(needle in content for needle in needles):
                yield Trace(where, word, written)
    if content.startswith(b"%PDF"):
        for stream in _STREAM.findall(content):
            try:
                yield from in_bytes(zlib.decompress(stream), f"{where}!stream")
            except zlib.error:
                continue


def _ways(word: str) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    for encoding in _ENCODINGS:
        plain = word.encode(encoding)
        yield encoding, (plain,)
        yield f"{encoding} in hex", (plain.hex().encode(), plain.hex().upper().encode())
        yield f"{encoding} in base64", tuple(_in_base64(plain, shift) for shift in range(3))
    if not word.isascii():
        yield "escaped", (word.encode("unicode_escape"),)
        yield "escaped in a PDF", ("".join(f"\\{byte:03o}" for byte in word.encode("utf-16-be")).encode(),)


def _in_base64(plain: bytes, shift: int) -> bytes:
    """What of the base64 of a longer text depends on these bytes alone, where they stand at that place in a group of three."""
    whole = base64.b64encode(bytes(shift) + plain + bytes(3))
    return whole[(shift * 8 + 5) // 6 : (shift + len(plain)) * 8 // 6]


def in_file(path: Path) -> Iterator[Trace]:
    """The same for a file, its name, and what is in it where it is a zip, as workbooks are."""
    yield from in_bytes(str(path).encode(errors="surrogateescape"), f"name of {path}")
    try:
        content = path.read_bytes()
    except OSError:
        return
    yield from in_bytes(content, str(path))
    if content.startswith(b"PK") and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for each in packed.infolist():
                if each.file_size < _LARGEST:
                    yield from in_bytes(packed.read(each), f"{path}!{each.filename}")


def below(folders: Iterable[Path], asked: Path) -> list[Trace]:
    """Every trace in the files below the folders, but for the folder of files that the user asked for."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and asked not in path.parents]
    return sorted(trace for path in files for trace in in_file(path))


def open_here(asked: Path) -> list[Trace]:
    """Every trace in the regular files that this process has mapped or open, those without a name any more included (Linux)."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    mapped = {Path(line.split(maxsplit=5)[5]) for line in maps if line.count("/") and len(line.split(maxsplit=5)) > 5}
    ours = {path for path in mapped if not _of_the_system(path)}
    found = [trace for path in sorted(ours) if asked not in path.parents for trace in in_file(path)]
    for handle in Path("/proc/self/fd").iterdir():
        target = str(handle.readlink()) if handle.is_symlink() else ""
        if target.startswith("/") and target.endswith(" (deleted)"):
            found += in_bytes(handle.read_bytes()[:_LARGEST], f"open without a name: {target}")
    return found


def _of_the_system(path: Path) -> bool:
    """Libraries and fonts, which are the same on every PC; they are not read again at each look."""
    return path.suffix in {".so", ".ttf", ".otf", ".ttc", ".qm"} or ".so." in path.name or path.is_relative_to("/usr")
