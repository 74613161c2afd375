"""What forms are put together from: how rows share a page, what stays together, and what comes again on the next page."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol

import pytest
from taizhang_casework.domain.papers.choice import Choice
from taizhang_printing.form_cells import (
    Block,
    Cell,
    Column,
    Form,
    Gap,
    Paragraph,
    Row,
    SealPlace,
    Signing,
    label,
    prose,
    table,
    ticks,
)
from taizhang_printing.form_paper import forms_bytes
from taizhang_printing.print_run import PrintRun

BOTTOM = 16
RUN = PrintRun(printed_by="张三", printed_at=datetime(2022, 4, 30, tzinfo=UTC))


class Sign(Protocol):
    text: str
    x: float
    y: float
    right: float
    size: float


class Leaf(Protocol):
    signs: list[Sign]
    rules: list[float]
    lines: dict[float, list[Sign]]
    text: str


Read = Callable[[bytes], list[Leaf]]


def form(*blocks: Block, sizes: tuple[float, ...] = (11, 10, 9)) -> bytes:
    return forms_bytes((Form(title="试印", blocks=blocks, author="镇街", sizes=sizes),), RUN)


def row(text: str, height: float = 10, **more: float) -> Row:
    return Row(cells=(label("栏", 20), Cell(text=text)), height=height, **more)  # type: ignore[arg-type]  # grow and most alone


def heights(leaf: Leaf) -> list[float]:
    return [top - bottom for top, bottom in pairwise(leaf.rules)]


def y_of(leaf: Leaf, words: str) -> float:
    return next(y for y, line in leaf.lines.items() if words in "".join(sign.text for sign in line))


def test_what_a_page_has_left_goes_to_the_rows_that_grow_by_their_shares(read: Read) -> None:
    (leaf,) = read(form(row("甲"), row("乙", grow=1), row("丙", grow=3)))
    first, second, third = heights(leaf)
    assert first == pytest.approx(10, abs=0.1)
    assert third - 10 == pytest.approx(3 * (second - 10), abs=0.2)
    assert leaf.rules[-1] == pytest.approx(BOTTOM, abs=0.1)


def test_a_row_takes_no_more_than_its_most_and_the_others_have_the_rest(read: Read) -> None:
    (leaf,) = read(form(row("甲", grow=1, most=5), row("乙", grow=1)))
    assert heights(leaf)[0] == pytest.approx(15, abs=0.1)
    assert leaf.rules[-1] == pytest.approx(BOTTOM, abs=0.1)


def test_where_all_have_their_most_the_rest_of_the_page_stays_empty(read: Read) -> None:
    (leaf,) = read(form(row("甲", grow=1, most=5), row("乙", grow=2, most=7)))
    assert heights(leaf) == [pytest.approx(15, abs=0.1), pytest.approx(17, abs=0.1)]


def test_rows_of_a_form_of_several_pages_do_not_grow(read: Read) -> None:
    leaves = read(form(*(row(f"{at}", grow=1) for at in range(30))))
    assert len(leaves) == 2
    assert heights(leaves[1]) == [pytest.approx(10, abs=0.1)] * len(heights(leaves[1]))


def test_smaller_type_comes_before_a_second_page(read: Read) -> None:
    words = "入户核实情况属实。" * 210
    (leaf,) = read(form(row("甲", 20), Row(cells=(label("乙", 20), prose(words)), height=20)))
    assert {sign.size for sign in leaf.signs if sign.text == "实"} <= {10.0, 9.0}
    assert leaf.text.count("入户核实情况属实。") == 210


def test_type_is_not_made_smaller_where_that_saves_no_page(read: Read) -> None:
    leaves = read(form(*(row("甲") for _ in range(30)), sizes=(11, 10)))
    assert {sign.size for leaf in leaves for sign in leaf.signs if sign.text == "甲"} == {11.0}


def test_a_side_and_its_rows_go_on_under_the_same_words(read: Read) -> None:
    rows = [Row(cells=(Cell(text=f"{at}"),), height=10, side="家庭成员") for at in range(30)]
    leaves = read(form(*rows))
    assert [leaf.text.count("家庭成员") for leaf in leaves] == [1, 1]


def test_what_is_kept_together_goes_to_the_next_page_together(read: Read) -> None:
    filling = [row("行") for _ in range(23)]
    leaves = read(form(*filling, Row(cells=(Cell(text="签字"),), height=10, keep=True), row("盖章", 40)))
    assert "签字" not in leaves[0].text
    assert "签字" in leaves[1].text
    assert "盖章" in leaves[1].text


def test_a_gap_is_no_room_at_the_top_of_a_further_page(read: Read) -> None:
    leaves = read(form(*(row("行") for _ in range(25)), Gap(height=30), row("末行")))
    assert leaves[1].rules[0] == pytest.approx(277, abs=0.1)


def test_a_table_without_rows_still_has_its_head(read: Read) -> None:
    (leaf,) = read(form(table((Column.of("姓名"), Column.of("日期")), []), row("下一行")))
    assert "姓名日期" in leaf.text


def test_a_last_line_of_a_paragraph_does_not_stand_alone(read: Read) -> None:
    for rows in range(20, 26):
        leaves = read(
            form(*(row("行") for _ in range(rows)), Paragraph(text="本人承诺以上情况属实。" * 9), sizes=(11,))
        )
        for leaf in leaves:
            lines = sum("承诺" in "".join(sign.text for sign in line) for line in leaf.lines.values())
            assert lines != 1


def test_a_choice_wraps_between_its_words_and_never_within(read: Read) -> None:
    choices = [Choice("因务工就业不稳"), Choice("因意外事故", chosen=True)] * 4
    (leaf,) = read(form(Row(cells=(ticks(choices, 60), Cell()), height=10)))
    lines = ["".join(sign.text for sign in line).strip() for line in leaf.lines.values()]
    starts = [line for line in lines if "因" in line]
    assert len(starts) > 1
    assert all(line[0] in "□☑" for line in starts)


def test_labels_are_broken_evenly(read: Read) -> None:
    (leaf,) = read(form(Row(cells=(label("返贫致贫风险", 18), Cell()), height=12)))
    assert y_of(leaf, "返贫致") > y_of(leaf, "贫风险")


def test_a_name_stands_centred_above_the_day_with_room_for_the_stamp(read: Read) -> None:
    (leaf,) = read(form(SealPlace(name="西城汇村村民委员会", day="2022年4月9日")))
    name, day = (
        sorted(leaf.lines[y_of(leaf, words)], key=lambda sign: sign.x) for words in ("西城汇村", "2022年4月9日")
    )
    middles = [(line[0].x + line[-1].right) / 2 for line in (name, day)]
    assert middles[0] == pytest.approx(middles[1], abs=0.2)
    assert middles[0] > 105


def test_a_place_to_sign_has_a_line_to_write_on(read: Read) -> None:
    (leaf,) = read(form(row("甲"), Signing(fields=("填表人：", "日期："))))
    y = y_of(leaf, "填表人：")
    strokes: list[tuple[float, float, float, float]] = leaf.strokes  # type: ignore[attr-defined]  # a leaf has them
    under = [s for s in strokes if abs(s[1] - s[3]) < 0.01 and 0 < y - s[1] < 1.5]
    assert len(under) == 2
    assert min(s[2] - s[0] for s in under) > 40
