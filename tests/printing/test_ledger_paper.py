"""附件2 as it leaves the program, read back from the finished PDF: what was filed stands there, and the seal has its place."""

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.ledger import Filing, Informed, LedgerLine
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.warning import Channel
from taizhang_printing.ledger import Paper, ledger_paper, write_ledger
from taizhang_printing.print_run import PrintRun
from taizhang_printing.trouble import TextTooLong, UnprintableCharacters

AT = datetime(2022, 4, 29, 9, 5, tzinfo=UTC)
RUN = PrintRun(printed_by="张三", printed_at=AT)
SEAL = 45.0

LineOf = Callable[..., LedgerLine]
Draw = Callable[..., bytes]
Read = Callable[[bytes], list[Any]]


@pytest.fixture
def draw(pack: RegulationPack, filing_of: Callable[..., Filing]) -> Draw:
    def ledger(lines: list[LedgerLine], paper: Paper = Paper.A4, **changes: object) -> bytes:
        filing = msgspec.structs.replace(filing_of(tuple(lines)), **changes)
        return ledger_paper(filing, pack, RUN, paper=paper).content

    return ledger


def words(line: LedgerLine, pack: RegulationPack) -> list[str]:
    """The thirteen cells as 附件2 has them, written out here once more by hand."""
    closed = "" if line.closed_on is None else line.closed_on.strftime("%Y.%m.%d")
    return [
        line.town,
        line.village,
        line.head_name,
        line.head_id_number,
        pack.channel(line.channel).label,
        line.source,
        line.detail,
        line.received_on.strftime("%Y.%m.%d"),
        {Meets.YES: "是", Meets.NO: "否", Meets.UNDECIDED: ""}[line.meets],
        line.refusal_reason,
        {Informed.YES: "是", Informed.NO: "否", Informed.NOT_ASKED: ""}[line.applicant_informed],
        "、".join(line.verifiers),
        closed,
    ]


def rows_on(leaves: list[Any]) -> list[list[str]]:
    """The table's rows over all pages, without head, totals and what is drawn under them."""
    found = []
    for at, leaf in enumerate(leaves):
        last = at == len(leaves) - 1
        count = len(leaf.rules) - 2 - last
        found += [[leaf.cell(row, column) for column in range(13)] for row in range(1, count + 1)]
    while not "".join(found[-1]).replace("以下空白", ""):
        found.pop()
    return found


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("count", [1, 11, 40])
def test_the_paper_says_line_by_line_and_column_by_column_what_was_filed(
    draw: Draw, read: Read, line_of: LineOf, pack: RegulationPack, paper: Paper, count: int
) -> None:
    lines = [line_of(number) for number in range(count)]
    leaves = read(draw(lines, paper))
    assert rows_on(leaves) == [words(line, pack) for line in lines]
    for leaf in leaves:
        assert [leaf.cell(0, column) for column in range(13)] == list(pack.ledger_columns)


def test_the_heads_are_those_of_the_notice(pack: RegulationPack) -> None:
    assert pack.ledger_columns == (
        *("镇街", "村", "户主姓名", "身份证", "预警方式", "预警信息来源", "具体预警信息", "信息反馈日期"),
        *("是否符合认定标准", "不符合认定标准的主要原因", "办理结果是否已告知本人（仅自主申报户和信访户填写）"),
        *("核查人员", "办结日期"),
    )


@pytest.mark.parametrize(
    ("paper", "width", "height", "size"),
    [
        pytest.param(Paper.A4, 297, 210, 9.0, id="A4 landscape at 9 pt"),
        pytest.param(Paper.A3, 420, 297, 10.5, id="A3 landscape at 10.5 pt"),
    ],
)
def test_sheet_and_type_have_their_sizes(
    draw: Draw, read: Read, line_of: LineOf, paper: Paper, width: float, height: float, size: float
) -> None:
    (leaf,) = read(draw([line_of()], paper))
    assert (leaf.width, leaf.height) == pytest.approx((width, height), abs=0.01)
    inside = [sign for sign in leaf.signs if leaf.rules[2] < sign.y < leaf.rules[0]]
    assert {sign.size for sign in inside} == {size}
    assert min(sign.x for sign in leaf.signs) >= 10 - 0.01
    assert max(sign.right for sign in leaf.signs) <= width - 10 + 0.01


def test_every_page_bears_title_office_month_mark_and_its_number(draw: Draw, read: Read, line_of: LineOf) -> None:
    leaves = read(draw([line_of(number) for number in range(40)]))
    assert len(leaves) > 2
    for number, leaf in enumerate(leaves, 1):
        lines = ["".join(sign.text for sign in line) for line in leaf.lines.values()]
        assert "防止返贫监测预警信息办理情况汇总表" in lines
        assert "附件2内部资料" in lines
        assert "填报单位：青岛市即墨区鳌山卫街道办事处2022年4月" in lines
        assert f"第{number}页　共{len(leaves)}页" in leaf.text


def test_the_foot_says_who_printed_when_and_the_check_of_what_was_filed(
    draw: Draw, read: Read, line_of: LineOf, filing_of: Callable[..., Filing]
) -> None:
    (leaf,) = read(draw([line_of()]))
    assert "打印：张三　2022年4月29日09:05" in leaf.text
    assert f"校验码 {filing_of((line_of(),)).digest[:12]}" in leaf.text


@pytest.mark.parametrize("paper", Paper)
def test_the_page_of_the_seal_carries_rows_and_has_45_mm_of_empty_room(
    draw: Draw, read: Read, line_of: LineOf, paper: Paper
) -> None:
    """Whatever the number of lines: also when the last page is just full, and with one line more."""
    for count in range(1, 32):
        leaves = read(draw([line_of(number) for number in range(count)], paper))
        last = leaves[-1]
        assert len(last.rules) >= 4, count
        ((y, signed),) = [(y, s) for y, s in last.lines.items() if "填报单位（盖章）" in "".join(x.text for x in s)]
        end = max(sign.right for sign in signed if sign.x < last.width / 2)
        grid_end = last.rules[-1]
        assert last.clear(end, grid_end - 0.5 - SEAL, end + SEAL, grid_end - 0.5), count
        assert grid_end - 0.5 - SEAL < y < grid_end - 0.5
        assert grid_end - 0.5 - SEAL > 10
        for leaf in leaves[:-1]:
            assert "盖章" not in leaf.text


def test_a_page_is_filled_before_the_next_begins(draw: Draw, read: Read, line_of: LineOf) -> None:
    lines = [line_of(0, head_name="王秀英") for _ in range(60)]
    leaves = read(draw(lines))
    counts = [leaf.text.count("王秀英") for leaf in leaves]
    assert sum(counts) == 60
    assert len(set(counts[:-1])) == 1
    full = counts[0]
    just = read(draw(lines[:full]))
    assert [leaf.text.count("王秀英") for leaf in just] == [full - 1, 1]


def test_totals_count_lines_households_people_channels_results(draw: Draw, read: Read, line_of: LineOf) -> None:
    one_house = {"channel": Channel.DEPARTMENT, "head_id_number": "11010519491231002X", "people": 4}
    lines = [
        line_of(0, meets=Meets.YES, closed_on=None, **one_house),
        line_of(1, meets=Meets.NO, **one_house),
        line_of(2, channel=Channel.PETITION, meets=Meets.UNDECIDED, closed_on=None, head_id_number="", people=3),
    ]
    (leaf,) = read(draw(lines))
    assert (
        "合计：3条，2户，7人。干部排查0条，自主申报0条，部门预警2条，信访信息1条。"
        "符合1条，不符合1条，尚未认定1条；已办结1条，未办结2条。"
    ) in leaf.text


def test_totals_say_of_how_many_households_the_people_are_not_known(draw: Draw, read: Read, line_of: LineOf) -> None:
    (leaf,) = read(draw([line_of(0, people=4), line_of(1, people=None), line_of(2, people=None)]))
    assert "合计：3条，3户，4人（2户人数未登记，没有计入）。" in leaf.text


def test_who_signs_and_when_it_was_frozen(draw: Draw, read: Read, line_of: LineOf) -> None:
    (leaf,) = read(draw([line_of()]))
    for words_ in ("负责人（签字）：", "填表人（签字）：", "填表日期：2022年4月29日"):
        assert words_ in leaf.text


def test_a_month_without_warnings_has_a_proper_page(draw: Draw, read: Read, pack: RegulationPack) -> None:
    (leaf,) = read(draw([]))
    assert [leaf.cell(0, column) for column in range(13)] == list(pack.ledger_columns)
    between = "".join(sign.text for sign in leaf.signs if leaf.rules[2] < sign.y < leaf.rules[1])
    assert between == "本月无预警信息"
    assert "填报单位（盖章）：" in leaf.text


@pytest.mark.parametrize("paper", Paper)
def test_nobody_can_add_a_line_to_what_was_filed(draw: Draw, read: Read, line_of: LineOf, paper: Paper) -> None:
    """Below the last line no more room is left than one blank line takes, or the blank ones are struck through."""
    struck = set()
    for count in range(1, 32):
        last = read(draw([line_of(number) for number in range(count)], paper))[-1]
        slanting = [s for s in last.strokes if abs(s[0] - s[2]) > 0.1 and abs(s[1] - s[3]) > 0.1]
        struck.add(bool(slanting))
        assert ("以下空白" in last.text) == bool(slanting), count
        assert last.rules[-1] - 46 < 14 + 12, count
        for right, top, left, bottom in slanting:
            assert (left, right) == pytest.approx((last.uprights[0], last.uprights[-1]), abs=0.1)
            assert bottom == pytest.approx(last.rules[-2], abs=0.1)
            written = [s for s in last.signs if bottom < s.y < top and s.text not in "以下空白"]
            assert not written, count
    assert struck == {False, True}


def test_a_later_filing_of_the_month_says_so(draw: Draw, read: Read, line_of: LineOf) -> None:
    (leaf,) = read(draw([line_of()], revision=2))
    assert "2022年4月（第2版）" in leaf.text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"detail": "户" * 60}, id="a detail of 60 characters"),
        pytest.param({"refusal_reason": "因" * 200}, id="a reason of 200 characters"),
        pytest.param({"head_name": "阿卜杜·" * 12 + "热西"}, id="a name of 50 characters"),
        pytest.param({"detail": "第一行\n第二行"}, id="a detail of two lines"),
        pytest.param(
            {"verifiers": ("阿卜杜热合曼·买买提艾力", "李四", "王五")}, id="three verifiers, one with a long name"
        ),
        pytest.param({"detail": "户" * 400}, id="a detail that needs smaller type"),
    ],
)
def test_long_texts_stay_in_their_cells(
    draw: Draw, read: Read, line_of: LineOf, pack: RegulationPack, changes: dict[str, Any]
) -> None:
    line = line_of(2, **changes)
    (leaf,) = read(draw([line]))
    assert rows_on([leaf]) == [[cell.replace("\n", "") for cell in words(line, pack)]]


def test_what_fits_on_no_page_is_said_with_the_name(draw: Draw, line_of: LineOf) -> None:
    with pytest.raises(TextTooLong, match=r"“王秀英”这一条的文字太长.*没有生成文件"):
        draw([line_of(0, detail="户" * 3000)])


def test_verifiers_stay_whole(draw: Draw, read: Read, line_of: LineOf) -> None:
    (leaf,) = read(draw([line_of(0, verifiers=("张建国", "欧阳卫东"))]))
    inside = [
        s for s in leaf.signs if leaf.uprights[11] < s.x < leaf.uprights[12] and leaf.rules[2] < s.y < leaf.rules[1]
    ]
    lines: dict[float, str] = {}
    for sign in inside:
        lines[sign.y] = lines.get(sign.y, "") + sign.text
    assert list(lines.values()) == ["张建国、", "欧阳卫东"]


@pytest.mark.parametrize("paper", Paper)
def test_numbers_dates_channels_and_common_names_stand_on_one_line(
    draw: Draw, read: Read, line_of: LineOf, paper: Paper
) -> None:
    line = line_of(
        1, head_id_number="88888888888888888X", head_name="欧阳建国", town="鳌山卫街道", village="西城汇新村"
    )
    (leaf,) = read(draw([line], paper))
    for column in (0, 1, 2, 3, 4, 7, 8, 12):
        left, right = leaf.uprights[column], leaf.uprights[column + 1]
        inside = [s for s in leaf.signs if left < s.x < right and leaf.rules[2] < s.y < leaf.rules[1]]
        assert len({sign.y for sign in inside}) == 1, column
        assert inside[0].x - left >= 0.8 - 0.01
        assert right - inside[-1].right >= 0.8 - 0.01


def test_equal_arguments_give_equal_bytes_and_another_filing_others(draw: Draw, line_of: LineOf) -> None:
    lines = [line_of(number) for number in range(20)]
    assert draw(lines) == draw(lines)
    assert draw(lines) != draw(lines[:-1])


def test_rare_names_copy_out_of_the_pdf_as_they_are(
    draw: Draw, line_of: LineOf, codes: Callable[[bytes], list[str]], tmp_path: Path
) -> None:
    """By another program than the one that the other tests read with."""
    names = ["李䶮𬭎", "王𡛕", "𠮷", "玥珺喆", "热·提", "㛃", "𫖯"]
    paper = draw([line_of(0, head_name=name) for name in names])
    path = tmp_path / "ledger.pdf"
    path.write_bytes(paper)
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert [name for name in names if name not in said] == []
    assert "0000" not in codes(paper)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert len(fonts) == 4
    for font in fonts:
        assert re.search(r"[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes", font)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"head_name": "王\ue863"},
            "户主姓名“王\ue863”中有打印不出的字：U\\+E863",
            id="a private-use character of old GBK files",
        ),
        pytest.param(
            {"head_name": "李\U00030edd"},
            "户主姓名“李\U00030edd”中有打印不出的字：“\U00030edd”（U\\+30EDD）",
            id="extension G",
        ),
        pytest.param(
            {"detail": "患病\u200b住院"},
            "王秀英的具体预警信息“患病\u200b住院”中有打印不出的字：U\\+200B",
            id="an invisible one",
        ),
    ],
)
def test_what_no_face_can_show_stops_the_print_and_is_named(
    line_of: LineOf,
    pack: RegulationPack,
    filing_of: Callable[..., Filing],
    tmp_path: Path,
    changes: dict[str, str],
    said: str,
) -> None:
    filing = filing_of((line_of(1), line_of(0, **changes)))
    with pytest.raises(UnprintableCharacters, match=said) as caught:
        write_ledger(filing, pack, tmp_path / "a.pdf", RUN)
    assert str(caught.value).endswith("没有生成文件，台账内容没有改动。请对照户口簿把这个字改成规范汉字后再打印。")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_and_stops_the_work_by_raising(
    line_of: LineOf, pack: RegulationPack, filing_of: Callable[..., Filing], tmp_path: Path
) -> None:
    filing = filing_of(tuple(line_of(number) for number in range(250)))
    told = []
    path = tmp_path / "a.pdf"
    write_ledger(filing, pack, path, RUN, progress=lambda *at: told.append(at))
    assert told == [(0, 250), (100, 250), (200, 250), (250, 250)]
    before = path.read_bytes()

    def cancel(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_ledger(filing, pack, path, msgspec.structs.replace(RUN, printed_by="李四"), progress=cancel)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [before]


def test_the_date_of_the_file_is_when_it_was_printed_and_not_the_clock(draw: Draw, line_of: LineOf) -> None:
    paper = draw([line_of()])
    assert b"(D:20220429090500+00'00')" in paper
