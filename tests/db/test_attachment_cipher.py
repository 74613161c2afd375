"""The form of an attachment's file: whatever somebody does to it is seen, and a part is never taken for the whole."""

import io
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_db.attachments.cipher import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    WrongContentError,
    new_key,
    seal,
    sealed_size,
    unseal,
)

SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES
SIZES = [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17]


def plaintext(size: int, of: int = 0) -> bytes:
    return bytes((each * 7 + of + each // 251) % 256 for each in range(size))


def chunked(content: bytes) -> Iterator[bytes]:
    file = io.BytesIO(content)
    return iter(lambda: file.read(CHUNK_BYTES), b"")


def sealed(content: bytes, key: bytes) -> bytes:
    to = io.BytesIO()
    seal(chunked(content), key, to)
    return to.getvalue()


def opened(content: bytes, key: bytes, size: int) -> bytes:
    return b"".join(unseal(io.BytesIO(content), key, size))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_back_and_takes_the_room_that_was_said(size: int) -> None:
    key, content = new_key(), plaintext(size)
    made = sealed(content, key)
    assert len(made) == sealed_size(size)
    assert opened(made, key, size) == content


def test_the_same_content_never_looks_the_same_twice() -> None:
    key = new_key()
    assert sealed(b"one", key) != sealed(b"one", key)


def test_nothing_of_the_plaintext_stands_in_the_file() -> None:
    content = "金丝雀之名 37028219991231111X".encode() * 5000
    assert "金丝雀之名".encode() not in sealed(content, new_key())


def every_region(size: int) -> list[int]:
    """A place in each part of the file: header, each chunk's first, middle and last byte, each byte of its tag."""
    places = list(range(HEADER_BYTES))
    for start in range(HEADER_BYTES, sealed_size(size), SEALED_CHUNK):
        end = min(start + SEALED_CHUNK, sealed_size(size))
        places += [start, (start + end - TAG_BYTES) // 2, *range(end - TAG_BYTES, end)]
    return places


@pytest.mark.parametrize("size", SIZES)
def test_a_flipped_bit_anywhere_is_seen(size: int) -> None:
    key, content = new_key(), plaintext(size)
    made = bytearray(sealed(content, key))
    for place in every_region(size):
        made[place] ^= 1 << place % 8
        with pytest.raises(WrongContentError):
            opened(bytes(made), key, size)
        made[place] ^= 1 << place % 8
    assert opened(bytes(made), key, size) == content


def edges(size: int) -> list[int]:
    """Every length at which a chunk, a header or a tag ends, and one byte to either side."""
    ends = [0, HEADER_BYTES, *range(HEADER_BYTES + SEALED_CHUNK, sealed_size(size), SEALED_CHUNK), sealed_size(size)]
    near = {end + off for end in ends for off in (-TAG_BYTES, -1, 0, 1)}
    return sorted(each for each in near if 0 <= each < sealed_size(size))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_that_was_cut_is_seen_at_every_edge(size: int) -> None:
    key = new_key()
    made = sealed(plaintext(size), key)
    for length in edges(size):
        with pytest.raises(WrongContentError):
            opened(made[:length], key, size)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_that_was_cut_is_seen_even_where_the_size_is_made_to_fit(size: int) -> None:
    key = new_key()
    made = sealed(plaintext(size), key)
    for chunks in range(1, size // CHUNK_BYTES + 1):
        if chunks * CHUNK_BYTES < size:
            with pytest.raises(WrongContentError):
                opened(made[: HEADER_BYTES + chunks * SEALED_CHUNK], key, chunks * CHUNK_BYTES)


def swap_chunks(made: bytes) -> bytes:
    head, first, second, rest = _parts(made)
    return head + second + first + rest


def double_a_chunk(made: bytes) -> bytes:
    head, first, second, rest = _parts(made)
    return head + first + first + second + rest


def drop_a_chunk(made: bytes) -> bytes:
    head, first, _, rest = _parts(made)
    return head + first + rest


def add_a_byte(made: bytes) -> bytes:
    return made + b"\0"


def add_a_chunk_of_its_own(made: bytes) -> bytes:
    return made + made[HEADER_BYTES : HEADER_BYTES + SEALED_CHUNK]


def add_the_whole_again(made: bytes) -> bytes:
    return made + made


def make_it_a_newer_form(made: bytes) -> bytes:
    return made[:8] + b"\x02" + made[9:]


def _parts(made: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    first, second = HEADER_BYTES + SEALED_CHUNK, HEADER_BYTES + 2 * SEALED_CHUNK
    return made[:HEADER_BYTES], made[HEADER_BYTES:first], made[first:second], made[second:]


@pytest.mark.parametrize(
    "harm",
    [
        swap_chunks,
        double_a_chunk,
        drop_a_chunk,
        add_a_byte,
        add_a_chunk_of_its_own,
        add_the_whole_again,
        make_it_a_newer_form,
    ],
    ids=lambda harm: harm.__name__.replace("_", " "),
)
@pytest.mark.parametrize("size", [3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17])
def test_chunks_that_were_moved_doubled_dropped_or_added_are_seen(harm: Callable[[bytes], bytes], size: int) -> None:
    key, content = new_key(), plaintext(size)
    made = sealed(content, key)
    with pytest.raises(WrongContentError):
        opened(harm(made), key, size)


def test_a_chunk_of_another_file_is_seen_even_under_the_same_key() -> None:
    key, size = new_key(), 2 * CHUNK_BYTES
    one, other = sealed(plaintext(size), key), sealed(plaintext(size, of=1), key)
    with pytest.raises(WrongContentError):
        opened(one[: HEADER_BYTES + SEALED_CHUNK] + other[HEADER_BYTES + SEALED_CHUNK :], key, size)


def test_a_whole_file_under_another_key_is_seen() -> None:
    with pytest.raises(WrongContentError):
        opened(sealed(b"one", new_key()), new_key(), 3)


@pytest.mark.parametrize("size", [2, 4, CHUNK_BYTES])
def test_a_file_of_another_size_than_its_row_says_is_not_the_whole(size: int) -> None:
    key = new_key()
    with pytest.raises(WrongContentError):
        opened(sealed(b"abc", key), key, size)


def test_a_stream_that_is_cut_never_ends_as_if_it_were_whole() -> None:
    key, size = new_key(), 3 * CHUNK_BYTES
    cut = io.BytesIO(sealed(plaintext(size), key)[:-1])
    reading = unseal(cut, key, size)
    assert [len(next(reading)) for _ in range(2)] == [CHUNK_BYTES, CHUNK_BYTES]
    with pytest.raises(WrongContentError):
        next(reading)


@given(content=st.binary(min_size=1, max_size=300), place=st.integers(0), bit=st.integers(0, 7), cut=st.integers(0))
def test_any_content_comes_back_and_any_harm_is_seen(content: bytes, place: int, bit: int, cut: int) -> None:
    key = new_key()
    made = sealed(content, key)
    assert opened(made, key, len(content)) == content
    flipped = bytearray(made)
    flipped[place % len(made)] ^= 1 << bit
    for harmed in (bytes(flipped), made[: cut % len(made)]):
        with pytest.raises(WrongContentError):
            opened(harmed, key, len(content))
