"""The public card of an office as a small file, and its fingerprint to read over the telephone."""

import contextlib
import hashlib
import os
import re
from pathlib import Path

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from taizhang_casework.domain.offices import OfficeCard, OfficeKind

from taizhang_exchange.packages.names import file_name
from taizhang_exchange.packages.sealing import beside
from taizhang_exchange.packages.trouble import BadCard, CannotRead, FileExists, cannot_write

_GROUPS, _DIGITS = 6, 4
_MOST_BYTES = 16 * 2**10
_CODE = {OfficeKind.TOWN: re.compile("[0-9]{9}"), OfficeKind.BUREAU: re.compile("[0-9]{6}")}


class _CardFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file: the card, its format, and its fingerprint, so that an altered file knows itself."""

    taizhang_card: int
    card: OfficeCard
    fingerprint: str


def fingerprint(card: OfficeCard) -> str:
    """Six groups of four digits (79 bits of the SHA-256 of the whole card), e.g. ``0417 9925 3301 6288 5140 7306``.

    Two people compare it over the telephone; it differs when the name, the code or either key differs.
    """
    value = int.from_bytes(hashlib.sha256(msgspec.json.encode(card, order="deterministic")).digest(), "big")
    digits = f"{value % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
    return " ".join(digits[start : start + _DIGITS] for start in range(0, len(digits), _DIGITS))


def card_text(card: OfficeCard) -> str:
    """The content of a ``.tzcard`` file: JSON that a person can read."""
    content = msgspec.json.encode(_CardFile(taizhang_card=1, card=card, fingerprint=fingerprint(card)))
    return msgspec.json.format(content, indent=2).decode() + "\n"


def parse_card(text: str, name: str) -> OfficeCard:
    """The card in such a text; ``name`` names it to the user. BadCard where it is none, was altered, or its keys are no keys."""
    try:
        held = msgspec.json.decode(text, type=_CardFile)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BadCard(name, "读不出来") from error
    card = held.card
    if held.taizhang_card != 1:
        raise BadCard(name, "由更新版本的程序生成，请先升级")
    if held.fingerprint != fingerprint(card):
        raise BadCard(name, "内容被改动过")
    if not _CODE[card.office.kind].fullmatch(card.office.id) or not card.office.name.strip():
        raise BadCard(name, "单位代码或名称不对")
    try:
        pyrage.x25519.Recipient.from_str(card.age_recipient)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(card.signing_key))
    except (pyrage.RecipientError, ValueError) as error:
        raise BadCard(name, "公钥不对") from error
    return card


def card_file_name(card: OfficeCard) -> str:
    """A proposal, e.g. ``单位名片_环秀街道.tzcard``."""
    return file_name("单位名片", card.office.name) + ".tzcard"


def write_card(card: OfficeCard, path: Path, *, replace: bool = False) -> None:
    """Write the card to a new file, or in place of an older one, which stays until the new one is whole.

    Raises FileExists (where nothing is to be replaced), CannotWrite, DiskFull.
    """
    if replace:
        _replace(path, card_text(card))
        return
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError as error:
        raise FileExists(path) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with file:
            file.write(card_text(card))
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise cannot_write(path, error) from error


def _replace(path: Path, text: str) -> None:
    try:
        with beside(path) as (part, file):
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            file.close()
            part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def read_card(path: Path) -> OfficeCard:
    """The card in a file. Raises CannotRead, BadCard."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CannotRead(path, error) from error
    if len(raw) > _MOST_BYTES:
        raise BadCard(path.name, "文件太大")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCard(path.name, "读不出来") from error
    return parse_card(text, path.name)
