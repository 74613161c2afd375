"""Money: whole fen as an int, so that sums are exact; read from and written as yuan."""

import re
import unicodedata
from typing import NewType

import msgspec

from taizhang_casework.domain.typed_text import SEVERAL_CELLS, several_cells

Fen = NewType("Fen", int)
"""An amount in whole fen (100 fen are 1 yuan)."""

MOST = Fen(100_000_000_00)
"""One hundred million yuan: no household's year has more, so that a larger amount is a slip."""

_FEN = 100
_MYRIAD = 10_000
_TYPED = re.compile(r"(-?)(\d+)(?:\.(\d*))?(万?)元?")
_DECIMALS, _MYRIAD_DECIMALS = 2, 6


class NotMoney(msgspec.Struct, frozen=True):
    """What was typed is no amount; ``says`` is the Chinese sentence."""

    says: str


def read_yuan(text: str, *, negative: bool = False) -> Fen | NotMoney | None:
    """The amount; None for blank. 12000、12,000.50、1.2万 are read; nothing is rounded. ``negative`` allows a loss."""
    if several_cells(text):
        return NotMoney(SEVERAL_CELLS)
    typed = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "").removeprefix("¥")
    if not typed:
        return None
    match = _TYPED.fullmatch(typed)
    if match is None:
        return NotMoney("请按 12000 或 12000.50 的样子填写金额（元）")
    sign, whole, decimals, myriad = match[1], match[2], match[3] or "", match[4]
    places = _MYRIAD_DECIMALS if myriad else _DECIMALS
    if len(decimals.rstrip("0")) > places:
        return NotMoney("金额最多到分（两位小数）")
    if len(whole.lstrip("0")) > len(str(MOST)):
        return NotMoney("金额过大，请核对")
    scale = _MYRIAD * _FEN if myriad else _FEN
    amount = int(whole) * scale + int(decimals[:places].ljust(places, "0")) * scale // 10**places
    if amount > MOST:
        return NotMoney("金额过大，请核对")
    if sign and amount and not negative:
        return NotMoney("金额不能是负数")
    return Fen(-amount if sign else amount)


def yuan(amount: Fen) -> str:
    """The amount in yuan without a unit, as it is typed: ``12000``, ``0.50``, ``-3.05``."""
    whole, rest = divmod(abs(amount), _FEN)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"


def shared(amount: Fen, heads: int) -> Fen:
    """The amount for one of so many heads, rounded half up to the fen; ValueError where there is nobody."""
    if heads <= 0:
        raise ValueError(heads)
    rounded = (2 * abs(amount) + heads) // (2 * heads)
    return Fen(-rounded if amount < 0 else rounded)
