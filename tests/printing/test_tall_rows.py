"""Rows of an official table that take most of a page: no page bears the head alone, and nothing runs off the paper."""

from itertools import chain

import pytest
from taizhang_printing.composing import Composer, Faces
from taizhang_printing.fonts import FontFace
from taizhang_printing.official_flow import Column, Row, SetCell, flow, height, table
from taizhang_printing.official_page import CELL, LEFT, LINES, PITCH, RIGHT
from taizhang_printing.trouble import TextTooLong

COLUMNS = (Column("户主姓名", 20), Column("说明", 20, left=True))


def row(lines: int, head: Row | None = None) -> Row:
    """Of so many lines of the page."""
    cell = SetCell((), (lines - 0.5) * PITCH / 0.4)
    made = Row(cells=(cell,), edges=(LEFT, RIGHT), left=(True,), face=FontFace.FANGSONG, head=head)
    assert made.height == lines
    return made


@pytest.mark.parametrize("tall", [1, 2, 3])
@pytest.mark.parametrize("lines", range(1, LINES))
def test_no_page_bears_the_head_of_a_table_alone_and_none_runs_off_the_paper(lines: int, tall: int) -> None:
    head = row(1)
    body = [row(lines, head) for _ in range(tall)]
    pages = flow([head, *body])
    assert [each for each in chain(*pages) if each in body] == body
    for page in pages:
        assert page[0] == head
        assert len(page) > 1
        assert sum(map(height, page)) <= LINES


def test_a_row_that_no_page_has_room_for_is_told_in_words() -> None:
    with pytest.raises(TextTooLong, match="“王建国”这一条的文字太长，一页放不下") as caught:
        table(Composer(Faces()), COLUMNS, [("王建国", "字" * 3000)], size=CELL)
    assert "请把表格里这一条的文字改短后再打印" in str(caught.value.do)
