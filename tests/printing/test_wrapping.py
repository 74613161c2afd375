"""Lines of Chinese text are broken as the standard for punctuation asks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_printing.wrapping import NEVER_FIRST, NEVER_LAST, break_evenly, break_lines, breakable


def broken(text: str, width: float, *, indent: float = 0, only_after: str = "") -> list[str]:
    advances = [0.5 if sign.isascii() else 1.0 for sign in text]
    return [text[start:end] for start, end in break_lines(text, advances, width, indent=indent, only_after=only_after)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("新增农村低保", 6, ["新增农村低保"], id="what fits stays on one line"),
        pytest.param("新增农村低保对象", 4, ["新增农村", "低保对象"], id="a full line ends where it is full"),
        pytest.param("户主住院，费用高", 4, ["户主住", "院，费用", "高"], id="a comma takes its character along"),
        pytest.param("重残（一级）证", 3, ["重残", "（一", "级）证"], id="an opening bracket does not end a line"),
        pytest.param("累计超过2.35万元", 5.5, ["累计超过", "2.35万元"], id="a number stays whole"),
        pytest.param("使用手机APP申报", 5, ["使用手机", "APP申报"], id="a Latin word stays whole"),
        pytest.param(
            "电话0532-88561234联系", 7, ["电话", "0532-88561234", "联系"], id="a telephone number stays whole"
        ),
        pytest.param("个人负担百分之五％以上", 8, ["个人负担百分之", "五％以上"], id="a unit stays with its number"),
        pytest.param("收入减少——因病", 5, ["收入减少", "——因病"], id="a dash of two is not torn"),
        pytest.param("房屋、车辆……等", 5, ["房屋、车辆", "……等"], id="an ellipsis is not torn"),
        pytest.param("他说：“可以。”", 4, ["他说：", "“可", "以。”"], id="stacked marks keep together"),
        pytest.param("37028219491231002X", 4, ["37028219", "49123100", "2X"], id="a word wider than the line is cut"),
        pytest.param("张三 李四", 2.5, ["张三", "李四"], id="a blank at the break is dropped"),
        pytest.param("阿卜杜·热西提", 3, ["阿卜", "杜·热", "西提"], id="the dot of a name does not begin a line"),
        pytest.param("镇/街", 1.5, ["镇/", "街"], id="where nothing is allowed, full is full"),
        pytest.param("第一行\n第二行", 9, ["第一行", "第二行"], id="a line feed ends a line"),
        pytest.param("", 9, [""], id="nothing is one empty line"),
    ],
)
def test_lines_end_where_the_rules_let_them(text: str, width: float, lines: list[str]) -> None:
    assert broken(text, width) == lines


def test_the_first_line_of_each_paragraph_is_shorter_by_its_indent() -> None:
    assert broken("一二三四五六\n七八九十", 4, indent=2) == ["一二", "三四五六", "七八", "九十"]


def test_names_in_a_row_stay_whole() -> None:
    assert broken("张三、欧阳建国、李四", 5, only_after="、") == ["张三、", "欧阳建国、", "李四"]


def test_a_name_that_is_too_wide_alone_is_broken_by_the_common_rules() -> None:
    assert broken("张三、阿卜杜·热西提", 4, only_after="、") == ["张三、", "阿卜杜·", "热西提"]


def test_a_head_is_evened_out_so_that_no_character_stands_alone() -> None:
    text = "信息反馈日期"
    assert [text[start:end] for start, end in break_evenly(text, [1.0] * 6, 5)] == ["信息反", "馈日期"]


@given(
    text=st.text(alphabet="户主因病住院，。（）“”、：；——……2万元APP·/3.5%", max_size=60),
    width=st.floats(min_value=2, max_value=12),
)
def test_nothing_is_lost_lines_fit_and_marks_stand_where_they_may(text: str, width: float) -> None:
    lines = broken(text, width)
    assert "".join(lines) == text
    for line in lines:
        assert len(line) <= 1 or sum(0.5 if sign.isascii() else 1.0 for sign in line) <= width
    for before, after in pairwise(lines):
        head, tail = after[:1], before[-1:]
        if head in NEVER_FIRST or tail in NEVER_LAST:
            unbreakable = [at for at in range(1, len(before)) if breakable(before[at - 1], before[at])]
            assert unbreakable == []
