"""打印登记 as values: what counts as an earlier printing, what must not be made, and how a line of the register reads."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import FilingId, Month
from taizhang_casework.domain.letter import LetterId, LetterNumber
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.print_register import (
    LedgerPaper,
    LetterPaper,
    MakingId,
    PrintedPaper,
    PrintId,
    PrintRecord,
    PrintWay,
    SheetPaper,
    check_making,
    earlier_makings,
)
from taizhang_casework.domain.print_words import journalled_print, journalled_seal, print_told
from taizhang_casework.domain.rights import Right
from taizhang_casework.domain.seals import SealId
from taizhang_casework.services.printing_out import Impression, PrintOrder, rights_of

LEDGER = LedgerPaper(filing=FilingId("f1"), month=Month(2022, 4), revision=2)
LETTER = LetterPaper(letter=LetterId("l1"), case=CaseId("c1"), number=LetterNumber(2022, 7))
SHEET = SheetPaper(kind=PaperKind.VISIT_SHEET, case=CaseId("c1"))
REGISTER = SheetPaper(kind=PaperKind.SCREENING_REGISTER, case=CaseId("c1"))
BLANK = SheetPaper(kind=PaperKind.VISIT_SHEET)
AT = datetime(2022, 4, 30, 9, tzinfo=UTC)
RECORD = PrintRecord(
    id=PrintId("p1"),
    making=MakingId("m1"),
    paper=LEDGER,
    at=AT,
    by="李明",
    way=PrintWay.PRINTED,
    copies=2,
    digest="0123456789abcdef" * 4,
    printer="HP",
)
change = msgspec.structs.replace


@pytest.mark.parametrize(
    ("records", "paper", "earlier"),
    [
        pytest.param((), LEDGER, 0, id="the first time"),
        pytest.param((RECORD,), LEDGER, 1, id="again"),
        pytest.param((change(RECORD, way=PrintWay.SAVED),), LEDGER, 1, id="a saved file may have been printed"),
        pytest.param((change(RECORD, failed="缺纸"),), LEDGER, 0, id="what did not come out"),
        pytest.param((RECORD,), change(LEDGER, revision=3), 0, id="another revision is another paper"),
        pytest.param((RECORD, change(RECORD, id=PrintId("p2"))), LEDGER, 1, id="one making counts once"),
        pytest.param((change(RECORD, paper=BLANK),), BLANK, 0, id="a blank sheet is never printed again"),
    ],
)
def test_what_went_out_before_makes_a_reprint(
    records: Sequence[PrintRecord], paper: PrintedPaper, earlier: int
) -> None:
    assert earlier_makings(records, paper) == earlier


@pytest.mark.parametrize(
    ("way", "copies", "paper", "sealed", "codes"),
    [
        pytest.param(PrintWay.PRINTED, 1, LEDGER, True, [], id="a ledger with the seal"),
        pytest.param(PrintWay.PRINTED, 99, SHEET, False, [], id="as many as a meeting needs"),
        pytest.param(PrintWay.PRINTED, 100, SHEET, False, ["bad_copies"], id="a slip of the finger"),
        pytest.param(PrintWay.PRINTED, 0, SHEET, False, ["bad_copies"], id="none"),
        pytest.param(PrintWay.SAVED, 2, SHEET, False, ["bad_copies"], id="a file has no copies"),
        pytest.param(PrintWay.PRINTED, 1, BLANK, True, ["not_sealable"], id="a blank sheet with the seal"),
        pytest.param(PrintWay.SIGNED, 1, BLANK, False, ["not_sealable"], id="a blank sheet signed"),
        pytest.param(PrintWay.PRINTED, 1, SHEET, True, ["not_sealable"], id="a sheet is stamped by hand"),
    ],
)
def test_what_must_not_be_made_is_said_before_it_is_drawn(
    way: PrintWay, copies: int, paper: PrintedPaper, sealed: bool, codes: list[str]
) -> None:
    assert [found.code for found in check_making(way, copies, (paper,), sealed=sealed)] == codes


@pytest.mark.parametrize(
    ("order", "rights"),
    [
        (PrintOrder(papers=(LEDGER,), way=PrintWay.PRINTED), (Right.EXPORT,)),
        (PrintOrder(papers=(LEDGER,), way=PrintWay.SIGNED), (Right.EXPORT, Right.USE_SEAL)),
        (PrintOrder(papers=(LETTER,), way=PrintWay.PRINTED), ()),
        (PrintOrder(papers=(LETTER,), way=PrintWay.PRINTED, sealed=True), (Right.USE_SEAL,)),
        (PrintOrder(papers=(SHEET,), way=PrintWay.PRINTED), (Right.UNMASK,)),
        (PrintOrder(papers=(REGISTER,), way=PrintWay.PRINTED), (Right.EXPORT,)),
        (PrintOrder(papers=(BLANK,), way=PrintWay.PRINTED), ()),
    ],
    ids=["ledger", "signed ledger", "letter", "sealed letter", "sheet", "sheet of many", "blank sheet"],
)
def test_each_paper_asks_for_the_rights_over_what_it_bears(order: PrintOrder, rights: tuple[Right, ...]) -> None:
    assert rights_of(order) == rights


@pytest.mark.parametrize(
    ("record", "what", "details"),
    [
        pytest.param(
            RECORD,
            "打印2022年4月台账（第2版）",
            ["打印机：HP", "份数：2", "文件校验码：0123456789ABCDEF"],
            id="a ledger printed",
        ),
        pytest.param(
            change(RECORD, paper=LETTER, way=PrintWay.SIGNED, printer="", seal=SealId("s"), why="原件破损"),
            "签名后另存为文件告知书〔2022〕7号",
            ["加盖电子印章", "原因：原件破损", "文件校验码：0123456789ABCDEF"],
            id="a letter signed with the seal",
        ),
        pytest.param(
            change(RECORD, paper=BLANK, failed="缺纸"), "没有打印成：空白入户核查表", ["原因：缺纸"], id="failed"
        ),
    ],
)
def test_a_line_of_the_register_is_plain_chinese(record: PrintRecord, what: str, details: list[str]) -> None:
    assert print_told(record) == (what, details)
    assert journalled_print(msgspec.to_builtins(record)) == (what, details)


def test_a_paper_that_this_program_does_not_know_is_told_without_its_name() -> None:
    later = {**msgspec.to_builtins(RECORD), "paper": {"type": "hologram"}}
    assert journalled_print(later) == ("打印或另存材料", [])


def test_the_seal_s_changes_are_told_with_their_reason() -> None:
    loaded = {"digest": "ab" * 32, "why": "启用新章"}
    assert journalled_seal(None, loaded) == ("载入电子印章", ["原因：启用新章", f"图片校验码：{'AB' * 8}"])
    assert journalled_seal(loaded, {**loaded, "ended_why": "印章作废"}) == ("停用电子印章", ["原因：印章作废"])


def test_no_report_can_carry_the_picture_that_the_drawing_is_given() -> None:
    assert "PNG" not in repr(Impression(printed_by="李明", printed_at=AT, earlier=0, seal=b"\x89PNG"))
