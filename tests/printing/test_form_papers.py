"""The sheets as forms, read back from the finished PDF: nothing lost, nothing cut, nothing torn over pages, room to write."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from papered_case import DETAIL, LONG_NAME, NAMES, REASON, VILLAGE, facts_of, five_records, number_of, setting_of
from taizhang_casework.domain.papers.application import application
from taizhang_casework.domain.papers.authorisation import authorisation
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.review_minutes import review_minutes
from taizhang_casework.domain.papers.screening_register import screening_register
from taizhang_casework.domain.papers.visit_sheet import visit_sheet
from taizhang_casework.services.papers import MAKERS
from taizhang_printing.papers import PrintRun, paper_bytes, write_paper
from taizhang_printing.trouble import UnprintableCharacters


class Sign(Protocol):
    text: str
    x: float
    y: float
    right: float


class Leaf(Protocol):
    width: float
    height: float
    signs: list[Sign]
    strokes: list[tuple[float, float, float, float]]
    uprights: list[float]
    rules: list[float]
    lines: dict[float, list[Sign]]

    def cell(self, row: int, column: int) -> str: ...


Read = Callable[[bytes], list[Leaf]]

RUN = PrintRun(printed_by="张三", printed_at=datetime(2022, 4, 30, 8, 30, tzinfo=UTC))
FORMS = (
    PaperKind.APPLICATION,
    PaperKind.AUTHORISATION,
    PaperKind.VISIT_SHEET,
    PaperKind.REVIEW_MINUTES,
    PaperKind.FILE_COVER,
    PaperKind.FILE_INDEX,
    PaperKind.SCREENING_REGISTER,
)
HAND = 8.0
"""Millimetres that a line needs which somebody writes on."""


def kinds(*left_out: PaperKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "kind", [pytest.param(each, id=each.value) for each in FORMS if each not in left_out]
    )


def filled(kind: PaperKind, size: int, *, done: bool = True) -> PaperContent:
    return MAKERS[kind].filled(facts_of(size, *(five_records(size) if done else ())))


def blank(kind: PaperKind) -> PaperContent:
    return MAKERS[kind].blank(setting_of())


@cache
def pdf(content: PaperContent) -> bytes:
    return paper_bytes(content, RUN)


def every(kind: PaperKind) -> list[PaperContent]:
    """Blank, of a household that nobody matched, of one and of fourteen, before and after the steps."""
    known = ((0, False), (1, True), (14, False), (14, True))
    return [blank(kind), *(filled(kind, size, done=done) for size, done in known)]


def said(leaf: Leaf) -> str:
    return "".join(sign.text for sign in leaf.signs)


def check_margins(leaf: Leaf) -> None:
    left, right = (15, 282) if leaf.width > leaf.height else (25, 192)
    assert min(sign.x for sign in leaf.signs) >= left - 0.1
    assert max(sign.right for sign in leaf.signs) <= right + 1.5, "a full stop may hang over by its blank half"
    assert min(sign.y for sign in leaf.signs) >= 8.9
    assert max(sign.y for sign in leaf.signs) <= leaf.height - 14
    assert all(left - 0.1 <= x <= right + 0.1 for s in leaf.strokes for x in (s[0], s[2]))
    assert all(y >= 15.9 for s in leaf.strokes for y in (s[1], s[3]))


@kinds()
def test_everything_lies_within_the_margins_whatever_the_household(read: Read, kind: PaperKind) -> None:
    for content in every(kind):
        for leaf in read(pdf(content)):
            check_margins(leaf)


@kinds(PaperKind.AUTHORISATION, PaperKind.REVIEW_MINUTES, PaperKind.SCREENING_REGISTER)
def test_a_head_of_fifty_characters_stands_whole_wherever_a_sheet_names_him(read: Read, kind: PaperKind) -> None:
    leaves = read(pdf(msgspec.structs.replace(filled(kind, 1), head_name=LONG_NAME)))
    assert any(LONG_NAME in said(leaf) for leaf in leaves)
    for leaf in leaves:
        check_margins(leaf)


def test_a_village_of_forty_characters_stands_clear_of_the_day(read: Read) -> None:
    sheet = msgspec.structs.replace(visit_sheet(facts_of(1, *five_records(1))), village="经济技术开发" * 6 + "中心社区")
    (leaf,) = read(pdf(sheet))
    check_margins(leaf)
    line = next(line for line in leaf.lines.values() if "核查日期" in "".join(sign.text for sign in line))
    ordered = sorted(line, key=lambda sign: sign.x)
    assert all(before.right <= after.x + 0.3 for before, after in pairwise(ordered))
    assert f"{sheet.town}{sheet.village}" in said(leaf).replace("核查日期：2022年4月11日", "")


@kinds()
def test_nothing_is_printed_that_stands_for_nothing(
    read: Read, codes: Callable[[bytes], list[str]], kind: PaperKind
) -> None:
    for content in every(kind):
        paper = pdf(content)
        text = "".join(said(leaf) for leaf in read(paper))
        assert "None" not in text
        assert "0000" not in codes(paper), "a glyph that is missing"


@kinds()
def test_equal_contents_give_equal_bytes(kind: PaperKind) -> None:
    paper = filled(kind, 14)
    assert paper_bytes(paper, RUN) == pdf(paper)
    assert pdf(paper) != pdf(blank(kind))


@kinds()
def test_a_blank_sheet_is_the_same_whoever_prints_it_and_bears_no_mark(read: Read, kind: PaperKind) -> None:
    other = PrintRun(printed_by="李四", printed_at=datetime(2023, 1, 1, tzinfo=UTC))
    assert paper_bytes(blank(kind), RUN) == paper_bytes(blank(kind), other)
    assert not [leaf for leaf in read(pdf(blank(kind))) if "内部资料" in said(leaf) or "打印：" in said(leaf)]


@kinds()
def test_what_bears_personal_data_says_so_on_each_page_and_who_printed_it(read: Read, kind: PaperKind) -> None:
    for leaf in read(pdf(filled(kind, 14))):
        assert "内部资料" in said(leaf)
        assert "打印：张三　2022年4月30日08:30" in said(leaf)


def test_a_sheet_printed_again_says_so(read: Read) -> None:
    (leaf,) = read(paper_bytes(filled(PaperKind.FILE_INDEX, 1), msgspec.structs.replace(RUN, earlier=1)))
    assert "补打（第2次打印）" in said(leaf)


@kinds(PaperKind.FILE_COVER)
def test_every_page_says_which_of_how_many_it_is(read: Read, kind: PaperKind) -> None:
    for size in (1, 14):
        leaves = read(pdf(filled(kind, size)))
        if kind is PaperKind.REVIEW_MINUTES:
            assert ["第1页　共1页" in said(leaf) for leaf in leaves] == [True, True]
        else:
            expected = [f"第{at}页　共{len(leaves)}页" for at in range(1, len(leaves) + 1)]
            assert [words in said(leaf) for words, leaf in zip(expected, leaves, strict=True)] == [True] * len(leaves)


@kinds(PaperKind.SCREENING_REGISTER, PaperKind.REVIEW_MINUTES)
@pytest.mark.parametrize("size", [1, 5])
def test_a_household_of_usual_size_takes_one_page(read: Read, kind: PaperKind, size: int) -> None:
    assert len(read(pdf(filled(kind, size, done=False)))) == 1
    assert len(read(pdf(blank(kind)))) == 1


def test_minutes_and_sign_in_sheet_take_a_page_each(read: Read) -> None:
    first, second = read(pdf(filled(PaperKind.REVIEW_MINUTES, 4)))
    assert "民主评议会议记录" in said(first)
    assert "民主评议会议签到表" in said(second)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_are_printed_and_copy_out_as_themselves(read: Read, name: str) -> None:
    for content in (visit_sheet(facts_of(14)), authorisation(facts_of(14))):
        assert name in "".join(said(leaf) for leaf in read(pdf(content)))


@kinds(PaperKind.SCREENING_REGISTER, PaperKind.FILE_INDEX, PaperKind.FILE_COVER)
def test_long_texts_are_printed_whole(read: Read, kind: PaperKind) -> None:
    held = {
        PaperKind.APPLICATION: (DETAIL, VILLAGE, number_of(0)),
        PaperKind.AUTHORISATION: (LONG_NAME, number_of(2), "王大勇"),
        PaperKind.VISIT_SHEET: (DETAIL, REASON, LONG_NAME, number_of(13), "2021年4月至2022年3月"),
        PaperKind.REVIEW_MINUTES: (DETAIL, REASON, "赵主任", "应到30人，实到24人"),
    }
    text = "".join(said(leaf) for leaf in read(pdf(filled(kind, 14))))
    assert [words for words in held[kind] if words not in text] == []


@pytest.mark.parametrize("length", [1_000, 3_000, 10_000])
def test_a_text_longer_than_a_page_goes_on_over_the_page_and_loses_nothing(read: Read, length: int) -> None:
    words = "".join(chr(0x4E00 + at % 3_000) for at in range(length))
    sheet = msgspec.structs.replace(visit_sheet(facts_of(2, *five_records(2))), conclusion=words)
    leaves = read(pdf(sheet))
    kept = "".join(sign.text for leaf in leaves for sign in leaf.signs if "\u4e00" <= sign.text <= "\u9fff")
    found = 0
    for start in range(0, length, 20):
        found += words[start : start + 20] in kept
    assert found >= length / 20 - len(leaves), "only a break of the page may part twenty characters"
    assert all(min(sign.y for sign in leaf.signs) >= 8.9 for leaf in leaves)


@pytest.mark.parametrize("size", [13, 14])
def test_a_table_goes_on_under_its_head_and_no_row_is_torn(read: Read, size: int) -> None:
    paper = screening_register(facts_of(size * 5, *five_records(1)))
    leaves = read(pdf(paper))
    assert len(leaves) > 3
    numbers = []
    for leaf in leaves[:-1]:
        assert "身份证号码" in said(leaf)
        assert leaf.cell(0, 0) == "序号"
        numbers += [leaf.cell(row, 0) for row in range(1, len(leaf.rules) - 1)]
    assert numbers == [f"{at}" for at in range(1, len(numbers) + 1)]


def test_every_member_of_fourteen_stands_on_the_sheet_once(read: Read) -> None:
    text = "".join(said(leaf) for leaf in read(pdf(visit_sheet(facts_of(14)))))
    assert [text.count(number_of(at)) for at in range(1, 14)] == [1] * 13


def open_cells(leaf: Leaf) -> list[float]:
    """The heights of the cells in which nothing stands."""
    found = []
    upright = [(s[0], min(s[1], s[3]), max(s[1], s[3])) for s in leaf.strokes if abs(s[0] - s[2]) < 0.01]
    for left in leaf.uprights[:-1]:
        x = left + 1
        level = {round(s[1], 2) for s in leaf.strokes if abs(s[1] - s[3]) < 0.01 and s[0] < x < s[2]}
        for top, bottom in pairwise(sorted(level, reverse=True)):
            here = [at for at, low, high in upright if low < (top + bottom) / 2 < high]
            right = min((at for at in here if at > x), default=x)
            signs = [sign for sign in leaf.signs if left < sign.x < right and bottom < sign.y < top]
            if not signs and any(abs(at - left) < 0.1 for at in here):
                found.append(top - bottom)
    return found


@kinds(PaperKind.FILE_COVER)
def test_lines_to_write_on_are_high_enough_for_a_hand(read: Read, kind: PaperKind) -> None:
    for leaf in read(pdf(blank(kind))):
        heights = open_cells(leaf)
        assert len(heights) > 3
        assert min(heights) >= HAND


def test_a_blank_sheet_has_room_for_every_date_and_no_date(read: Read) -> None:
    for kind in FORMS:
        text = "".join(said(leaf) for leaf in read(pdf(blank(kind))))
        assert "2022年" not in text.replace("〔2022〕", "").replace("2022年度", "")
    assert "年　　月　　日" in "".join(said(leaf) for leaf in read(pdf(blank(PaperKind.VISIT_SHEET))))


def test_dates_bear_no_leading_zeros(read: Read) -> None:
    text = "".join(said(leaf) for leaf in read(pdf(filled(PaperKind.FILE_INDEX, 2))))
    assert "2022年4月6日" in text
    assert "04月" not in text


def test_boxes_are_ticked_as_they_were_answered(read: Read) -> None:
    text = "".join(said(leaf) for leaf in read(pdf(filled(PaperKind.VISIT_SHEET, 2))))
    for words in ("☑B级", "□C级", "☑因病", "□因残", "☑缺劳动力", "☑安全", "□不安全"):
        assert words in text
    assert "☑" not in "".join(said(leaf) for leaf in read(pdf(blank(PaperKind.VISIT_SHEET))))


def test_no_choice_is_torn_from_its_box(read: Read) -> None:
    for content in (blank(PaperKind.VISIT_SHEET), application(facts_of(2))):
        for leaf in read(pdf(content)):
            for line in leaf.lines.values():
                assert line[-1].text not in {"□", "☑"}


@pytest.mark.parametrize("sign", ["\ue863", "😀"])
def test_a_name_that_cannot_be_shown_stops_the_sheet_and_is_named(sign: str, tmp_path: Path) -> None:
    sheet = visit_sheet(facts_of(2))
    wrong = msgspec.structs.replace(sheet.members[1], name=f"王{sign}")
    paper = msgspec.structs.replace(sheet, members=(sheet.members[0], wrong))
    with pytest.raises(UnprintableCharacters, match=f"{NAMES[0]}的姓名“王") as caught:
        write_paper(paper, tmp_path / "a.pdf", RUN)
    assert caught.value.characters == sign
    assert list(tmp_path.iterdir()) == []


def test_a_detail_that_cannot_be_shown_is_named_by_its_field() -> None:
    paper = msgspec.structs.replace(review_minutes(facts_of(2)), opinions="同意\ue863")
    with pytest.raises(UnprintableCharacters, match="评议意见“同意"):
        pdf(paper)


def test_a_training_is_marked_across_the_sheet(read: Read) -> None:
    marked = msgspec.structs.replace(RUN, mark="演练")
    (leaf,) = read(paper_bytes(blank(PaperKind.APPLICATION), marked))
    assert said(leaf).count("演") == 4


def test_a_sheet_is_kept_whole_and_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "申请书.pdf"
    write_paper(blank(PaperKind.APPLICATION), path, RUN)
    assert path.read_bytes() == pdf(blank(PaperKind.APPLICATION))
    with pypdfium2.PdfDocument(path) as document:
        assert document.get_metadata_value("Title") == "防止返贫监测帮扶申请书"
