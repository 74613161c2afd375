"""村级公示 and 公示结果 on paper, measured on the finished PDF against GB/T 9704-2012."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from noticed_case import VILLAGE, case, facts, families, family, household, setting, steps_before
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.papers.notice_result import blank_notice_result, notice_result
from taizhang_casework.domain.papers.noticed_household import NoticeEntry
from taizhang_casework.domain.papers.village_notice import (
    BLANK_ROWS,
    NoticeTerms,
    VillageNotice,
    blank_village_notice,
    empty_village_notice,
    village_notice,
)
from taizhang_casework.domain.steps import MonitoredKind, PublicNotice
from taizhang_printing.papers import PrintRun, paper_bytes
from taizhang_printing.trouble import UnprintableCharacters

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 297 - 37.0, 35.0
PITCH = 28.95 / MM
CHARACTER = 156 / 28
EM = 16 / MM
SEAL = 42.0
ONE_PAGE = 9
"""So many households of short names leave a notice on one page, by the smaller pitch of 7.3.5.5."""
LONG_NAME = "阿卜杜热西提·阿卜杜克里木·买买提明·阿卜杜热合曼·艾则孜江·吐尔逊江·阿布都热依木江别克·沙塔尔江"
RARE = ("㛃", "李䶮", "王𬭎", "𫖯", "王𡛕", "𠮷")
PRINTING = PrintRun(printed_by="张三", printed_at=datetime(2022, 4, 15, 9, tzinfo=UTC))
TERMS = NoticeTerms(posted_on=date(2022, 4, 15), place="村务公开栏", contact="村委会 0532-88561234")

Leaf = Any
Read = Callable[[bytes], list[Any]]


def notice_of(*names: str, terms: NoticeTerms = TERMS) -> VillageNotice:
    kinds = list(MonitoredKind)
    entries = [NoticeEntry(group=f"{at}组", kind=kinds[at % 3]) for at in range(1, len(names) + 1)]
    return village_notice(families(names), entries, terms)


def paper(*names: str, terms: NoticeTerms = TERMS) -> bytes:
    return paper_bytes(notice_of(*names, terms=terms), PRINTING)


def said(line: list[Any]) -> str:
    return "".join(sign.text for sign in line)


def body(leaf: Leaf) -> dict[float, list[Any]]:
    return {y: line for y, line in leaf.lines.items() if BOTTOM - 5 < y < TOP}


def names_on(leaf: Leaf) -> list[str]:
    return [leaf.cell(row, 1) for row in range(1, len(leaf.rules) - 1)]


def outer(leaf: Leaf) -> tuple[float, float]:
    return leaf.uprights[0], leaf.uprights[-1]


@pytest.mark.parametrize("households", [1, 5, 8, 9, 22, 40])
def test_everything_stands_in_the_block_of_156_by_225_mm(read: Read, households: int) -> None:
    for leaf in read(paper(*["王建国"] * households)):
        assert (leaf.width, leaf.height) == pytest.approx((210, 297), abs=0.01)
        for y, line in body(leaf).items():
            assert min(sign.x for sign in line) >= LEFT - 0.01
            assert max(sign.right for sign in line) <= RIGHT + 0.01
            assert BOTTOM <= y <= TOP
        for stroke in leaf.strokes:
            assert LEFT - 0.01 <= min(stroke[0], stroke[2]) <= max(stroke[0], stroke[2]) <= RIGHT + 0.01
            assert BOTTOM - 0.1 <= min(stroke[1], stroke[3]) <= max(stroke[1], stroke[3]) <= TOP + 0.01


def test_the_title_is_song_of_two_and_centred_the_text_fangsong_of_three(read: Read) -> None:
    (leaf,) = read(paper("王建国"))
    title, *texts = body(leaf).values()
    assert said(title) == "关于拟纳入防止返贫监测对象的公示"
    assert {sign.size for sign in title} == {22.0}
    assert title[0].x - LEFT == pytest.approx(RIGHT - title[-1].right, abs=0.1)
    assert {sign.size for line in texts for sign in line} == {16.0}


def test_22_lines_of_28_95_pt_make_a_page_with_its_table(read: Read) -> None:
    first, second, third = read(paper(*["王建国"] * 40))
    for leaf in (first, second):
        steps = {round((above - below) / PITCH, 2) for above, below in pairwise(leaf.rules[1:])}
        assert steps == {1.0}
    rows = {round((TOP - y) / PITCH, 2) for y in second.rules[1:]}
    assert rows == {float(row) for row in range(1, 23)}
    assert [int(leaf.cell(1, 0)) for leaf in (first, second, third)] == [1, 15, 36]


def test_each_household_has_a_row_with_what_a_board_may_show(read: Read) -> None:
    (leaf,) = read(paper("王建国", "李明"))
    rows = [[leaf.cell(row, column) for column in range(5)] for row in range(3)]
    assert rows == [
        ["序号", "户主姓名", "组别", "人口", "类别"],
        ["1", "王建国", "1组", "1", "边缘易致贫户"],
        ["2", "李明", "2组", "1", "突发严重困难户"],
    ]
    assert outer(leaf) == pytest.approx((LEFT, RIGHT), abs=0.01)


def test_the_ends_of_numbers_have_a_column_of_their_own_where_asked(read: Read) -> None:
    (leaf,) = read(paper("王建国", "李明", terms=msgspec.structs.replace(TERMS, number_ends=True)))
    rows = [[leaf.cell(row, column) for column in range(6)] for row in range(2)]
    assert rows == [
        ["序号", "户主姓名", "证件号码", "组别", "人口", "类别"],
        ["1", "王建国", "11***02X", "1组", "1", "边缘易致贫户"],
    ]


@pytest.mark.parametrize("households", range(1, 45))
def test_name_and_date_have_their_places_under_text_and_room_for_the_seal(read: Read, households: int) -> None:
    """Date four characters from the right, name centred above it; 42 mm over both touch no line and no rule above (7.3.5.1)."""
    leaf = read(paper(*["王建国"] * households))[-1]
    lines = body(leaf)
    *texts, name, dated = lines
    assert said(lines[name]) == VILLAGE
    assert said(lines[dated]) == "2022年4月15日"
    assert lines[dated][-1].right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.05)
    middle = (lines[dated][0].x + lines[dated][-1].right) / 2
    assert (lines[name][0].x + lines[name][-1].right) / 2 == pytest.approx(middle, abs=0.1)
    pitch = name - dated
    assert 24.4 / MM < pitch <= PITCH + 0.02
    assert len(texts) >= 2
    seal = (name + dated) / 2 + 0.38 * EM
    gap = texts[-1] - 0.12 * EM - (seal + SEAL / 2)
    assert 0 < gap < pitch
    assert seal - SEAL / 2 > BOTTOM - 7
    assert all(max(stroke[1], stroke[3]) > seal + SEAL / 2 for stroke in leaf.strokes)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(read: Read) -> None:
    leaves = read(paper(*["王建国"] * 40))
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


def test_one_page_holds_nine_households_and_one_more_takes_a_second(read: Read) -> None:
    assert len(read(paper(*["王建国"] * ONE_PAGE))) == 1
    first, second = read(paper(*["王建国"] * (ONE_PAGE + 1)))
    assert names_on(first) == ["王建国"] * 10
    assert said(next(iter(body(second).values()))) != VILLAGE


@pytest.mark.parametrize("households", [9, 15, 16, 35, 36, 37, 40, 60])
def test_no_household_is_lost_or_told_twice_where_a_table_goes_on(read: Read, households: int) -> None:
    names = [f"王{sign}" for sign in "甲乙丙丁戊己庚辛壬癸" * 6][:households]
    leaves = read(paper(*names))
    tables = [leaf for leaf in leaves if leaf.strokes]
    assert [name for leaf in tables for name in names_on(leaf)] == names
    assert {leaf.cell(0, 1) for leaf in tables} == {"户主姓名"}
    assert all(len(leaf.rules) > 2 for leaf in tables)


def test_a_name_of_50_characters_stays_whole_in_its_cell(read: Read) -> None:
    assert len(LONG_NAME) == 50
    (leaf,) = read(paper("王建国", LONG_NAME, "李明"))
    assert names_on(leaf) == ["王建国", LONG_NAME, "李明"]


def test_rare_names_are_set_and_come_out_of_the_paper_as_they_are(
    read: Read, codes: Callable[[bytes], list[str]]
) -> None:
    made = paper(*RARE)
    (leaf,) = read(made)
    assert names_on(leaf) == list(RARE)
    assert "0000" not in codes(made)


def test_a_name_that_no_paper_shows_stops_the_notice_with_its_field(read: Read) -> None:
    with pytest.raises(UnprintableCharacters, match="户主姓名“王\ue863"):
        paper("王\ue863")


def test_a_blank_notice_is_one_page_with_rows_to_write_in(read: Read) -> None:
    (leaf,) = read(paper_bytes(blank_village_notice(setting()), PRINTING))
    assert len(leaf.rules) == BLANK_ROWS + 2
    assert names_on(leaf) == [""] * BLANK_ROWS
    assert "村（居）民委员会" in leaf.text


def test_a_notice_of_nobody_has_no_table(read: Read) -> None:
    (leaf,) = read(paper_bytes(empty_village_notice(setting(), VILLAGE, TERMS, WorkCalendar()), PRINTING))
    assert leaf.strokes == []
    assert "本次没有拟纳入防止返贫监测帮扶的农户" in leaf.text


def test_a_notice_is_public_and_says_neither_who_printed_it_nor_when(read: Read) -> None:
    later = PrintRun(printed_by="王某", printed_at=datetime(2023, 1, 1, tzinfo=UTC))
    notice = notice_of("王建国")
    assert paper_bytes(notice, later) == paper_bytes(notice, PRINTING)
    (leaf,) = read(paper_bytes(notice, PRINTING))
    assert "内部资料" not in leaf.text
    assert "打印" not in leaf.text


def test_a_mark_stands_across_every_page_of_a_notice(read: Read) -> None:
    marked = msgspec.structs.replace(PRINTING, mark="演练")
    for leaf in read(paper_bytes(notice_of(*["王建国"] * 40), marked)):
        assert leaf.text.count("演") == 4


def result_paper(objections: str, settled: str, opinion: str = "", households: int = 2) -> bytes:
    ended = PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏")
    first = facts(
        case(*steps_before(), msgspec.structs.replace(ended, objections=objections, settled=settled)), family()
    )
    others = [facts(case(*steps_before(), ended, at=at), household("李明", at=at)) for at in range(2, households + 1)]
    return paper_bytes(notice_result([first, *others], opinion=opinion), PRINTING)


def test_a_result_names_who_was_posted_what_was_objected_and_what_the_village_says(read: Read) -> None:
    (leaf,) = read(result_paper("名下有车", "经核实不属实，已说明。", "同意上报"))
    rows = [[leaf.cell(row, column) for column in range(4)] for row in range(3)]
    assert rows == [
        ["序号", "户主姓名", "人口", "有无异议"],
        ["1", "王建国", "4", "有"],
        ["2", "李明", "1", "无"],
    ]
    lines = [said(line) for line in leaf.lines.values()]
    assert "王建国户：名下有车。处理情况：经核实不属实，已说明。" in lines
    assert lines.index("二、村（居）民委员会意见") < lines.index("同意上报")
    assert lines.index("同意上报") < lines.index(VILLAGE)


def test_of_two_heads_of_one_name_only_the_one_that_was_objected_to_is_told_so(read: Read) -> None:
    ended = PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏")
    objected = msgspec.structs.replace(ended, objections="名下有车", settled="不属实")
    known = [
        facts(case(*steps_before(), notice, at=at), household("王建国", at=at))
        for at, notice in enumerate((ended, objected), 1)
    ]
    (leaf,) = read(paper_bytes(notice_result(known), PRINTING))
    assert [leaf.cell(row, 3) for row in (1, 2)] == ["无", "有"]


def test_a_result_without_objections_says_so_and_leaves_room_for_the_village(read: Read) -> None:
    (leaf,) = read(result_paper("", ""))
    assert "公示期间没有收到异议。" in leaf.text
    wide = [s for s in leaf.strokes if abs(s[1] - s[3]) < 0.01 and abs(s[2] - s[0]) == pytest.approx(156, abs=0.1)]
    assert len(wide) == 4 + 2


@pytest.mark.parametrize("length", [200, 400, 900])
@pytest.mark.parametrize("households", [1, 3, 12])
def test_long_objections_go_on_over_pages_whole_and_keep_seal_and_head_with_text(
    read: Read, length: int, households: int
) -> None:
    words = ("村民反映该户儿子名下有一辆面包车，" * 60)[:length]
    leaves = read(result_paper(words, words[::-1], households=households))
    told = "".join(said(line) for leaf in leaves for line in body(leaf).values())
    assert words in told
    assert words[::-1] in told
    for leaf in leaves:
        assert said(list(body(leaf).values())[-1]) not in {"一、异议及处理情况", "二、村（居）民委员会意见"}
    assert VILLAGE in leaves[-1].text
    assert len(body(leaves[-1])) >= 3 or leaves[-1].strokes


def test_a_result_is_filed_and_marked_internal_with_who_printed_it(read: Read) -> None:
    for leaf in read(result_paper("名下有车", "已核实", households=30)):
        assert "内部资料" in leaf.text
        assert "打印：张三 2022年4月15日09:00" in leaf.text.replace("　", " ")
    (blank,) = read(paper_bytes(blank_notice_result(setting()), PRINTING))
    assert "内部资料" not in blank.text
    assert "打印" not in blank.text


def test_equal_notices_give_equal_bytes() -> None:
    assert paper("王建国", "李明") == paper("王建国", "李明")
    assert paper("王建国", "李明") != paper("李明", "王建国")
