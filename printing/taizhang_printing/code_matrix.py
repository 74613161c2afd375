"""QR codes of letters and digits (ISO/IEC 18004, alphanumeric mode): the same modules that segno makes, thirty times as fast.

A ledger of 10,000 lines has some 700 pages, each with a code of its own. The matrix is one integer here (bit ``row * step + column``),
so that a mask is laid and judged by a few operations on it. What stays the same from code to code is taken from segno, once a size.
Only where the text ends with a full word segno differs: it puts a word of zeros behind, which 7.4.10 does not ask for.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter

import msgspec
import segno
from segno import consts

SIGNS = {sign: value for value, sign in enumerate(consts.ALPHANUMERIC_CHARS.decode("ascii"))}
PADDING = (0xEC, 0x11)
FIELD = 0x11D
"""The polynomial of the field that the check words are reckoned in (7.5.2)."""

GAP = 4
"""Light modules behind each row of the integer: as many as the pattern of 7.8.3.1 needs, so that no row is seen to go on in the next."""

FIXED = {consts.TYPE_FINDER_PATTERN_DARK, consts.TYPE_ALIGNMENT_PATTERN_DARK, consts.TYPE_TIMING_DARK}
DATA = {consts.TYPE_DATA_LIGHT, consts.TYPE_DATA_DARK}

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
"""Table 10."""


def code_rows(text: str) -> list[str]:
    """The code, row by row, dark modules as ``1``: level M, more where that costs no room. KeyError for a sign that is not of the mode."""
    form = _form(len(text))
    codewords = _codewords(text, form)
    bits = "".join(form.placing(f"{int.from_bytes(codewords):0{8 * len(codewords)}b}0"))
    bare = int(bits, 2) | form.fixed
    best = min(range(len(MASKS)), key=lambda number: _penalty(bare ^ form.masks[number], form))
    whole = (bare ^ form.masks[best]) & form.region | _whole(form.version, form.error, best) & ~form.region
    shown = f"{whole:0{form.size * form.step}b}"[::-1]
    return [shown[at : at + form.size] for at in range(0, form.size * form.step, form.step)]


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    """What all codes of one length share. ``placing`` takes the bits, then a zero, and gives those of the integer from the highest."""

    version: int
    error: str
    size: int
    step: int
    blocks: Sequence[tuple[int, int]]
    """Of each block: how many words in all, how many of them data."""
    placing: Callable[[str], tuple[str, ...]]
    fixed: int
    region: int
    masks: Sequence[int]
    neighbours: dict[int, int]
    """By direction (1: in the row, ``step``: in the column) the modules that have a next one."""


@cache
def _form(length: int) -> _Form:
    code = segno.make_qr("A" * length, error="m", boost_error=True, mask=0)
    version, error = int(code.version), str(code.error)
    kinds = [list(row) for row in code.matrix_iter(border=0, verbose=True)]
    size, step = len(kinds), len(kinds) + GAP
    kinds[8][size - 9] = consts.TYPE_DATA_LIGHT  # segno takes it for one that tells the mask (7.9.1)
    cells = [(i, j) for i in range(size) for j in range(size)]
    places = [i * step + j for i, j in _way(size) if kinds[i][j] in DATA]
    blocks = [
        (group.num_total, group.num_data)
        for group in consts.ECC[version][consts.ERROR_MAPPING[error]]  # type: ignore[index]  # a table without types
        for _ in range(group.num_blocks)
    ]
    bits = 8 * sum(total for total, _ in blocks)
    stream = dict(zip(places, range(bits), strict=False))
    return _Form(
        version=version,
        error=error,
        size=size,
        step=step,
        blocks=blocks,
        placing=itemgetter(*[stream.get(at, bits) for at in reversed(range(size * step))]),
        fixed=_bits(i * step + j for i, j in cells if kinds[i][j] in FIXED),
        region=_bits(places),
        masks=[_bits(i * step + j for i, j in cells if kinds[i][j] in DATA and mask(i, j)) for mask in MASKS],
        neighbours={
            1: _bits(i * step + j for i, j in cells if j + 1 < size),
            step: _bits(i * step + j for i, j in cells if i + 1 < size),
        },
    )


def _bits(places: Iterator[int] | Sequence[int]) -> int:
    number = 0
    for place in places:
        number |= 1 << place
    return number


def _way(size: int) -> Iterator[tuple[int, int]]:
    """The order in which bits are placed (7.7.3): columns of two from the right, up and down in turn, past the upright timing pattern."""
    up = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for i in reversed(range(size)) if up else range(size):
            yield i, right
            yield i, right - 1
        up = not up


@cache
def _whole(version: int, error: str, mask: int) -> int:
    """Some code of that size: what is not data in it is the same in all, finders and the words on level, size and mask."""
    code = segno.make_qr("A", version=version, error=error, boost_error=False, mask=mask)
    step = len(code.matrix) + GAP
    return _bits([i * step + j for i, row in enumerate(code.matrix) for j, dark in enumerate(row) if dark])


def _codewords(text: str, form: _Form) -> bytes:
    """Data words and check words, in the order in which they are placed (7.4.4, 7.4.10, 7.5, 7.6)."""
    values = [SIGNS[sign] for sign in text]
    pairs = [f"{45 * first + second:011b}" for first, second in zip(values[0::2], values[1::2], strict=False)]
    odd = f"{values[-1]:06b}" if len(values) % 2 else ""
    counted = 9 if form.version < 10 else 11 if form.version < 27 else 13  # noqa: PLR2004 - Table 3
    room = sum(data for _, data in form.blocks)
    bits = f"0010{len(text):0{counted}b}{''.join(pairs)}{odd}"
    bits += "0" * min(4, 8 * room - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = bytearray(int(bits, 2).to_bytes(len(bits) // 8))
    words += bytes(PADDING[at % 2] for at in range(room - len(words)))
    blocks, checks, start = [], [], 0
    for total, data in form.blocks:
        block = words[start : start + data]
        start += data
        blocks.append(block)
        checks.append(_check_words(block, total - data))
    longest = max(map(len, blocks))
    ordered = bytearray(block[at] for at in range(longest) for block in blocks if at < len(block))
    ordered += bytes(check[at] for at in range(len(checks[0])) for check in checks)
    return bytes(ordered)


def _check_words(block: bytearray, count: int) -> bytes:
    """The remainder of the Reed-Solomon code."""
    table, rest, top = _remainders(count), 0, 8 * (count - 1)
    kept = (1 << top) - 1
    for word in block:
        rest = ((rest & kept) << 8) ^ table[rest >> top ^ word]
    return rest.to_bytes(count)


@cache
def _remainders(count: int) -> list[int]:
    """What each word leaves when it is divided by the generator of so many check words (Annex A)."""
    generator, root = [1], 1
    for _ in range(count):
        shifted = [*generator, 0]
        for at, factor in enumerate(generator):
            shifted[at + 1] ^= _product(factor, root)
        generator, root = shifted, _product(root, 2)
    return [int.from_bytes(bytes(_product(word, factor) for factor in generator[1:])) for word in range(256)]


def _product(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= FIELD
        other >>= 1
    return product


def _penalty(matrix: int, form: _Form) -> int:
    """How hard a scanner finds it (7.8.3.1), as segno reckons: before the words on size and mask are in."""
    alike = {step: ~(matrix ^ matrix >> step) & valid for step, valid in form.neighbours.items()}
    in_row, in_column = alike[1], alike[form.step]
    score = 3 * (in_row & in_column & in_column >> 1 & in_row >> form.step).bit_count()
    for step, same in alike.items():
        pair = same & same >> step
        five = pair & pair >> 2 * step
        score += five.bit_count() + 2 * (five & ~(five << step)).bit_count()
        score += 40 * _like_finders(matrix, step).bit_count()
    percent = matrix.bit_count() / form.size**2 * 100
    return score + 10 * int(abs(percent - 50) / 5)


def _like_finders(matrix: int, step: int) -> int:
    """Where 1011101 begins with four light modules before or behind it; of two that overlap the first."""
    found = matrix & ~(matrix >> step) & matrix >> 2 * step & matrix >> 3 * step & matrix >> 4 * step
    found &= ~(matrix >> 5 * step) & matrix >> 6 * step
    if not found:
        return 0
    before = matrix << step | matrix << 2 * step
    before |= before << 2 * step
    behind = matrix >> 7 * step | matrix >> 8 * step
    behind |= behind >> 2 * step
    seen = found & ~before | found & ~behind
    return seen & ~(seen << 4 * step | seen << 6 * step)
