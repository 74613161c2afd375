"""信息比对申请、结果、疑点说明, 绿色通道备案表, 回访记录 and 符合告知, read back from the finished PDF."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from noticed_case import OFFICE, PACK, case, facts, family, household, member, setting, steps_before
from taizhang_casework.domain.letter import LetterNumber
from taizhang_casework.domain.papers.comparison_request import blank_comparison_request, comparison_request
from taizhang_casework.domain.papers.comparison_result import blank_comparison_result, comparison_result
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.doubt_explanation import blank_doubt_explanation, doubt_explanation
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.papers.green_filing import blank_green_filing, green_filing
from taizhang_casework.domain.papers.recognition_notice import RecognitionNotice
from taizhang_casework.domain.papers.return_visit_record import (
    ReturnVisitRecord,
    blank_return_visit,
    return_visit_record,
)
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import Doubt, GreenChannel, Refusal, Step
from taizhang_printing.papers import PrintRun, paper_bytes
from taizhang_printing.trouble import UnprintableCharacters

RUN = PrintRun(printed_by="张三", printed_at=datetime(2022, 4, 15, 9, tzinfo=UTC))
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 297 - 37.0, 35.0
CHARACTER = 156 / 28
LONG_NAME = "阿卜杜热西提·阿卜杜克里木·买买提明·阿卜杜热合曼·艾则孜江·吐尔逊江·阿布都热依木江别克·沙塔尔"[:50].ljust(
    50, "江"
)
RARE = ("㛃", "李䶮", "王𬭎", "𫖯", "王𡛕", "𠮷")
WORDS = ("因病住院自付部分较多，子女务工收入不稳，住房经鉴定为危房，生活陷入严重困难，" * 8)[:200]
VISIT, REVIEW, COMPARED = steps_before()
REFUSAL = Refusal(decided_on=date(2022, 4, 14), at=Step.DATA_COMPARISON, reason="assets")

Leaf = Any
Read = Callable[[bytes], list[Leaf]]


def green(words: str = "夜间失火") -> GreenChannel:
    return GreenChannel(
        opened_on=date(2022, 4, 8),
        ground=words,
        recognised_by=words,
        help_given=words,
        kind="disaster",
        helped_on=date(2022, 4, 8),
    )


def known(name: str = "王建国") -> PaperFacts:
    return facts(case(*steps_before()), household(name, *family().memberships[1:]))


def sheets(name: str = "王建国", words: str = "情况属实") -> dict[str, PaperContent]:
    """Every sheet that is filled in, with this head and these words wherever somebody writes."""
    head = known(name)
    visited = return_visit_record(facts(case(*steps_before(), REFUSAL), head.circumstances.household))
    doubted = msgspec.structs.replace(COMPARED, doubts=(Doubt(person=name, item="vehicles", explanation=words),))
    return {
        "request": comparison_request(head),
        "result": comparison_result(head),
        "doubts": doubt_explanation(facts(case(VISIT, REVIEW, doubted), head.circumstances.household)),
        "green": green_filing(facts(case(green(words), VISIT), head.circumstances.household)),
        "return_visit": msgspec.structs.replace(visited, explained=words, attitude=words),
    }


BLANK: dict[str, PaperContent] = {
    "request": blank_comparison_request(setting()),
    "result": blank_comparison_result(setting()),
    "doubts": blank_doubt_explanation(setting()),
    "green": blank_green_filing(setting()),
    "return_visit": blank_return_visit(setting()),
}
KINDS = list(BLANK)


def text_of(leaves: list[Leaf]) -> str:
    return "".join(leaf.text for leaf in leaves)


@pytest.mark.parametrize("kind", KINDS)
def test_what_names_somebody_is_marked_internal_on_each_page_and_says_who_printed_it(read: Read, kind: str) -> None:
    for leaf in read(paper_bytes(sheets()[kind], RUN)):
        assert "内部资料" in leaf.text
        assert RUN.words in leaf.text.replace(" ", "　")


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_sheet_is_one_page_and_the_same_whoever_prints_it(read: Read, kind: str) -> None:
    other = PrintRun(printed_by="李四", printed_at=datetime(2023, 1, 1, tzinfo=UTC))
    made = paper_bytes(BLANK[kind], RUN)
    assert made == paper_bytes(BLANK[kind], other)
    (leaf,) = read(made)
    assert "内部资料" not in leaf.text
    assert "打印" not in leaf.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_family_of_four_takes_one_page(read: Read, kind: str) -> None:
    assert len(read(paper_bytes(sheets()[kind], RUN))) == 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"request", "result"}])
def test_200_characters_are_printed_whole_on_one_page(read: Read, kind: str) -> None:
    (leaf,) = read(paper_bytes(sheets(words=WORDS)[kind], RUN))
    told = "".join("".join(sign.text for sign in line) for line in leaf.lines.values())
    assert leaf.text.count(WORDS) + told.count(WORDS) >= 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*RARE, LONG_NAME])
def test_names_of_every_kind_are_printed_and_copy_out_as_themselves(
    read: Read, codes: Callable[[bytes], list[str]], kind: str, name: str
) -> None:
    made = paper_bytes(sheets(name)[kind], RUN)
    assert name in text_of(read(made))
    assert "0000" not in codes(made)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stands_outside_the_margins(read: Read, kind: str) -> None:
    for content in (sheets(LONG_NAME, WORDS)[kind], BLANK[kind]):
        for leaf in read(paper_bytes(content, RUN)):
            assert all(sign.x >= 15 and sign.right <= 195 and 5 <= sign.y <= 290 for sign in leaf.signs)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_cannot_be_shown_stops_the_sheet(kind: str) -> None:
    with pytest.raises(UnprintableCharacters, match="王\ue863"):
        paper_bytes(sheets("王\ue863")[kind], RUN)


def test_the_request_lists_persons_numbers_and_authorisations_under_the_offices_date(read: Read) -> None:
    (leaf,) = read(paper_bytes(sheets()["request"], RUN))
    rows = [[leaf.cell(row, column) for column in range(5)] for row in range(5)]
    assert rows == [
        ["序号", "姓名", "身份证号", "身份", "授权书签署"],
        ["1", "王建国", "11010519491231002X", "家庭成员", "2022.04.12"],
        ["2", "李秀英", "370282195003052628", "家庭成员", "2022.04.12"],
        ["3", "王大勇", "370282197608152617", "家庭成员", "2022.04.13"],
        ["4", "王小满", "370282201506012630", "家庭成员（未成年）", "2022.04.13王大勇代签"],
    ]
    lines = {y: line for y, line in leaf.lines.items() if BOTTOM - 5 < y < TOP}
    *_, name, day = lines
    assert "".join(sign.text for sign in lines[name]) == OFFICE
    assert "".join(sign.text for sign in lines[day]) == "2022年4月13日"
    middle = (lines[day][0].x + lines[day][-1].right) / 2
    assert (lines[name][0].x + lines[name][-1].right) / 2 == pytest.approx(middle, abs=0.1)
    assert lines[name][-1].right <= RIGHT + 0.01
    assert lines[day][-1].right <= RIGHT - 4 * CHARACTER + 0.05


def crowd(size: int) -> PaperFacts:
    others = (member(at, f"王{at}", Relation.CHILD, "370282197608152617") for at in range(2, size + 1))
    return facts(case(VISIT, REVIEW), household("王建国", *others))


@pytest.mark.parametrize("size", [1, 4, 5, 14, 30])
def test_every_person_stands_on_request_and_result_once(read: Read, size: int) -> None:
    house = crowd(size)
    leaves = read(paper_bytes(comparison_request(house), RUN))
    rows = [
        (leaf.cell(at, 0), leaf.cell(at, 1)) for leaf in leaves if leaf.strokes for at in range(1, len(leaf.rules) - 1)
    ]
    assert [number for number, _ in rows] == [f"{at}" for at in range(1, size + 1)]
    assert [name for _, name in rows] == [person.person.name for person in house.memberships]
    result = text_of(read(paper_bytes(comparison_result(house), RUN)))
    assert result.count("□有疑点") == 13 * size
    assert all(f"{person.person.name}{person.person.id_number}" in result for person in house.memberships)


@pytest.mark.parametrize("size", range(1, 13))
def test_no_page_of_a_result_bears_the_seal_alone(read: Read, size: int) -> None:
    last = read(paper_bytes(comparison_result(crowd(size)), RUN))[-1]
    assert "比对单位（盖章）" in last.text
    assert "□有疑点" in last.text


def test_each_item_of_the_result_has_a_box_ticked_as_it_was_answered(read: Read) -> None:
    (leaf,) = read(paper_bytes(sheets()["result"], RUN))
    rows = {leaf.cell(row, 1): [leaf.cell(row, column) for column in range(2, 6)] for row in range(1, 14)}
    assert list(rows) == [item.label for item in PACK.comparison_items]
    assert [each.split() for each in rows["车辆"]] == [
        ["☑无", "□有疑点"],
        ["☑无", "□有疑点"],
        ["□无", "☑有疑点"],
        ["☑无", "□有疑点"],
    ]
    assert rows["存款"][3].split() == ["□无", "□有疑点"]


def test_the_green_channel_prints_what_is_owed_and_until_when(read: Read) -> None:
    (leaf,) = read(paper_bytes(sheets()["green"], RUN))
    lines = ["".join(sign.text for sign in line) for line in leaf.lines.values()]
    assert any(line.startswith("民主评议2022年4月21日") for line in lines)
    assert any(line.startswith("村级公示2022年4月26日") for line in lines)
    assert any(line.startswith("入户核实已办理2022年4月11日") for line in lines)
    assert any(line.startswith("录入系统公示结束后及时办理") for line in lines)
    assert "☑因灾" in leaf.text
    assert "□因意外事故" in leaf.text


def test_the_green_channel_leaves_village_and_town_room_for_a_seal(read: Read) -> None:
    for content in (BLANK["green"], sheets(words=WORDS)["green"]):
        (leaf,) = read(paper_bytes(content, RUN))
        town, village, above = leaf.rules[-1], leaf.rules[-2], leaf.rules[-3]
        assert village - town >= 42
        assert above - village >= 42


def test_the_return_visit_has_room_for_way_attitude_and_two_signatures(read: Read) -> None:
    record = sheets()["return_visit"]
    assert isinstance(record, ReturnVisitRecord)
    (leaf,) = read(paper_bytes(record, RUN))
    for words in ("□入户", "□电话", "□理解，没有异议", "签字（或捺印）", "回访人员签字"):
        assert words in leaf.text


def test_the_letter_to_the_recognised_is_an_official_paper_with_room_for_its_number(read: Read) -> None:
    notice = RecognitionNotice(
        title="符合认定标准告知书",
        mark="环秀街道防返贫纳",
        addressee="李䶮𬭎",
        paragraphs=("您家已认定为脱贫不稳定户。",),
        signer=OFFICE,
        dated=date(2022, 4, 21),
        personal=True,
    )
    (leaf,) = read(paper_bytes(notice, RUN))
    lines = ["".join(sign.text for sign in line) for line in leaf.lines.values()]
    assert "符合认定标准告知书" in lines
    assert "李䶮𬭎：" in lines
    assert any(line.startswith("环秀街道防返贫纳〔") for line in lines)
    assert f"{LetterNumber(2022, 1)}" not in leaf.text
    assert "2022年4月21日" in lines
    assert "内部资料" not in leaf.text
    assert "打印" not in leaf.text


@pytest.mark.parametrize("kind", KINDS)
def test_equal_contents_give_equal_bytes(kind: str) -> None:
    assert paper_bytes(sheets()[kind], RUN) == paper_bytes(sheets()[kind], RUN)
