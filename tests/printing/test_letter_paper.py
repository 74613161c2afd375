"""The letter to a refused applicant, measured on the finished PDF against GB/T 9704-2012."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_printing.letter import PLAIN, LetterRun, letters_paper, write_letter
from taizhang_printing.printable import PrintableText
from taizhang_printing.trouble import UnprintableCharacters

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 297 - 37.0, 35.0
PITCH = 28.95 / MM
CHARACTER = 156 / 28
EM = 16 / MM
SEAL = 42.0

NoticeOf = Callable[..., ResultNotice]
Read = Callable[[bytes], list[Any]]
Leaf = Any


def drawn(notices: Sequence[ResultNotice], run: LetterRun = PLAIN) -> bytes:
    return letters_paper(notices, run).content


def letter(notice: ResultNotice) -> bytes:
    return drawn((notice,))


def said(line: list[Any]) -> str:
    return "".join(sign.text for sign in line)


def body(leaf: Leaf) -> dict[float, list[Any]]:
    """The lines of a page without its number."""
    return {y: line for y, line in leaf.lines.items() if y > BOTTOM - 5}


def test_the_text_stands_in_its_block_of_156_by_225_mm(read: Read, notice_of: NoticeOf) -> None:
    for leaf in read(letter(notice_of(60, 400, 90, 300)))[:-1]:
        assert (leaf.width, leaf.height) == pytest.approx((210, 297), abs=0.01)
        for y, line in body(leaf).items():
            assert min(sign.x for sign in line) >= LEFT - 0.01
            assert max(sign.right for sign in line) <= RIGHT + 0.01
            assert BOTTOM <= y <= TOP


def test_title_number_addressee_and_text_stand_in_their_order_and_type(read: Read, notice_of: NoticeOf) -> None:
    leaf = read(letter(notice_of()))[0]
    lines = list(leaf.lines.values())
    assert [said(line) for line in lines[:3]] == [
        "不符合认定标准告知书",
        "鳌山卫街道办事处防返贫告〔2022〕1号",
        "李䶮𬭎：",
    ]
    assert {sign.size for sign in lines[0]} == {22.0}
    assert {sign.size for line in lines[1:-1] for sign in line} == {16.0}
    for line in lines[:2]:
        assert line[0].x - LEFT == pytest.approx(RIGHT - line[-1].right, abs=0.1)
    assert lines[2][0].x == pytest.approx(LEFT, abs=0.01)


def test_a_full_line_has_28_characters_and_ends_at_the_margin(read: Read, notice_of: NoticeOf) -> None:
    leaf = read(letter(notice_of(paragraphs=("国" * 150,))))[0]
    lines = [line for line in leaf.lines.values() if set(said(line)) == {"国"}]
    assert [len(line) for line in lines] == [26, 28, 28, 28, 28, 12]
    for line in lines[:-1]:
        assert line[-1].x + EM == pytest.approx(RIGHT, abs=0.05)
    assert lines[0][0].x == pytest.approx(LEFT + 2 * CHARACTER, abs=0.01)
    assert lines[1][1].x - lines[1][0].x == pytest.approx(CHARACTER, abs=0.05)
    assert lines[-1][-1].x == pytest.approx(LEFT + 11 * CHARACTER, abs=0.05)


def test_lines_broken_early_are_justified(read: Read, notice_of: NoticeOf) -> None:
    text = "经入户核实，您家收入高于监测线（2022年），" * 8
    leaf = read(letter(notice_of(paragraphs=(text,))))[0]
    lines = [line for line in leaf.lines.values() if line[0].size == 16.0][2:-4]
    assert len(lines) > 4
    for line in lines:
        assert line[-1].right == pytest.approx(RIGHT, abs=0.3), said(line)


def test_22_lines_of_28_95_pt_make_a_page(read: Read, notice_of: NoticeOf) -> None:
    first = read(letter(notice_of(600, 600)))[0]
    baselines = list(body(first))
    steps = {round((above - below) / PITCH, 2) for above, below in pairwise(baselines[2:])}
    assert steps == {1.0}
    assert (baselines[2] - baselines[-1]) / PITCH == pytest.approx(22 - 1 - 4, abs=0.01)


@pytest.mark.parametrize("length", range(20, 900, 20))
def test_the_seal_has_its_place_on_a_page_with_text(read: Read, notice_of: NoticeOf, length: int) -> None:
    """Date four characters from the right, name centred above it; a seal of 42 mm over both touches no line of the text."""
    notice = notice_of(length)
    *_, leaf, receipt = read(letter(notice))
    assert said(next(iter(receipt.lines.values()))) == "送达回证"
    lines = body(leaf)
    *texts, name, date = lines
    assert said(lines[name]) == notice.office_name
    assert said(lines[date]) == "2022年4月9日"
    middle = (lines[date][0].x + lines[date][-1].right) / 2
    assert (lines[name][0].x + lines[name][-1].right) / 2 == pytest.approx(middle, abs=0.1)
    assert max(sign.right for sign in lines[name]) <= RIGHT + 0.01
    pitch = name - date
    assert 24.4 / MM < pitch <= PITCH + 0.02
    assert len(texts) >= 2
    seal = (name + date) / 2 + 0.38 * EM
    gap = texts[-1] - 0.12 * EM - (seal + SEAL / 2)
    assert 0 < gap < pitch
    assert seal - SEAL / 2 > BOTTOM - 7


def test_the_date_ends_four_characters_from_the_right(read: Read, notice_of: NoticeOf) -> None:
    leaf = read(letter(notice_of(office_name="鳌山卫街道办事处")))[0]
    date = list(body(leaf).values())[-1]
    assert date[-1].right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.05)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(read: Read, notice_of: NoticeOf) -> None:
    leaves = read(letter(notice_of(700, 700)))[:-1]
    assert len(leaves) == 3
    for number, leaf in enumerate(leaves, 1):
        y, line = list(leaf.lines.items())[-1]
        assert said(line) == f"— {number} —"
        assert {sign.size for sign in line} == {14.0}
        assert y + 0.38 * 14 / MM == pytest.approx(BOTTOM - 7, abs=0.01)
        if number % 2:
            assert line[-1].right == pytest.approx(RIGHT - EM, abs=0.1)
        else:
            assert line[0].x == pytest.approx(LEFT + EM, abs=0.1)


def test_the_receipt_has_every_field_of_the_form(read: Read, notice_of: NoticeOf) -> None:
    leaf = read(letter(notice_of()))[-1]
    labels = [leaf.cell(row, 0) for row in range(10)]
    assert labels == [
        *("文书名称及文号", "受送达人", "送达单位", "送达地点", "送达方式", "送达时间"),
        *("收件人签字（或捺印）", "送达人（两人签字）", "见证人签字", "备注"),
    ]
    assert leaf.cell(0, 1) == "《不符合认定标准告知书》鳌山卫街道办事处防返贫告〔2022〕1号"
    assert leaf.cell(1, 1) == "李䶮𬭎"
    assert leaf.cell(4, 1).split() == ["□当面送达", "□留置送达", "□邮寄送达", "□村委转交"]
    assert leaf.rules[-1] > 20


def test_names_of_any_kind_are_set_and_long_ones_stay_inside(read: Read, notice_of: NoticeOf) -> None:
    name = "阿卜杜·" * 12 + "𡛕𠮷"
    leaves = read(letter(notice_of(addressee=name, number=LetterNumber(2022, 1234))))
    assert name in leaves[0].text
    assert leaves[-1].cell(1, 1) == name
    assert max(sign.right for leaf in leaves for sign in leaf.signs) <= RIGHT + EM - CHARACTER + 0.01


def test_equal_notices_give_equal_bytes_and_no_glyph_is_missing(
    notice_of: NoticeOf, codes: Callable[[bytes], list[str]]
) -> None:
    assert letter(notice_of()) == letter(notice_of())
    assert letter(notice_of()) != letter(notice_of(61))
    assert "0000" not in codes(letter(notice_of()))


def test_a_name_that_cannot_be_shown_stops_the_letter(notice_of: NoticeOf, tmp_path: Path) -> None:
    with pytest.raises(UnprintableCharacters, match="受送达人“王\ue863"):
        write_letter(notice_of(addressee="王\ue863"), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sign", ["😀", "\ue863", "\u200d"])
def test_what_no_paper_shows_is_known_before_a_letter_is_frozen(sign: str, notice_of: NoticeOf, tmp_path: Path) -> None:
    assert PrintableText().unprintable(f"王{sign}\n{sign}\t") == sign
    with pytest.raises(UnprintableCharacters):
        write_letter(notice_of(addressee=f"王{sign}"), tmp_path / "a.pdf")


@pytest.mark.parametrize("sign", ["𡛕", "㐂", "䶮", "é", "☆"])
def test_what_is_said_to_be_printable_is_printed(sign: str, notice_of: NoticeOf, tmp_path: Path) -> None:
    assert PrintableText().unprintable(f"王{sign}") == ""
    write_letter(notice_of(addressee=f"王{sign}"), tmp_path / "a.pdf")


def test_letters_printed_together_each_begin_on_a_page_of_their_own(read: Read, notice_of: NoticeOf) -> None:
    long, short = notice_of(600, 600), msgspec.structs.replace(notice_of(), number=LetterNumber(2022, 2))
    together = read(drawn((long, short)))
    alone = [*read(letter(long)), *read(letter(short))]
    assert len(together) == len(alone)
    for leaf, single in zip(together, alone, strict=True):
        assert [said(line) for line in leaf.lines.values()] == [said(line) for line in single.lines.values()]


def test_equal_letters_printed_together_give_equal_bytes(notice_of: NoticeOf) -> None:
    two = (notice_of(600), msgspec.structs.replace(notice_of(), number=LetterNumber(2022, 2)))
    assert drawn(two) == drawn(two)
    assert drawn(two) != drawn(two[::-1])


def test_no_letters_make_no_file() -> None:
    with pytest.raises(ValueError, match=r"\(\)"):
        drawn(())


def test_a_mark_stands_across_every_page_and_changes_nothing_else(read: Read, notice_of: NoticeOf) -> None:
    plain, marked = read(letter(notice_of())), read(drawn((notice_of(),), LetterRun(mark="演练")))
    assert len(plain) == len(marked)
    for without, having in zip(plain, marked, strict=True):
        signs = "".join(said(line) for line in having.lines.values())
        assert signs.count("演") == signs.count("练") == 4
        texts = {said(line) for line in without.lines.values()}
        kept = {said(line).replace("演", "").replace("练", "") for line in having.lines.values()}
        assert texts <= kept
