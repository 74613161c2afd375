"""账账相符: what the code of a page says, and what the office says that scans it."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId, Meets, PackId
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.page_codes import ledger_code, letter_code, read_code
from taizhang_casework.domain.warning import Channel

TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
LINE = LedgerLine(
    case=CaseId("c"),
    town="环秀街道",
    village="顺河村",
    head_name="王建国",
    head_id_number="",
    channel=Channel.DEPARTMENT,
    source="民政局",
    detail="新增低保",
    received_on=date(2022, 4, 7),
    meets=Meets.UNDECIDED,
    refusal_reason="",
    applicant_informed=Informed.NOT_ASKED,
    verifiers=(),
    closed_on=None,
)
FILING = Filing(
    id=FilingId("f"),
    office=TOWN,
    month=Month(2022, 4),
    revision=1,
    frozen_at=datetime(2022, 4, 29, tzinfo=UTC),
    frozen_by="张三",
    pack=PackId("jimo-2022-1"),
    lines=(LINE,),
)
NOTICE = ResultNotice(
    office_name="环秀街道办事处",
    office_mark="环秀监测",
    number=LetterNumber(2022, 12),
    title="告知书",
    addressee="王建国",
    paragraphs=("不符合。",),
    contact="",
    dated=date(2022, 4, 20),
)
SIGNED = "A" * 103


def test_a_code_says_whose_paper_which_page_and_what_was_frozen() -> None:
    assert ledger_code(FILING, 3, 4).statement == f"TZ1/L/370215001/2022-04.1/3/4/{FILING.digest[:16].upper()}"
    assert letter_code(NOTICE, TOWN.id, 1, 2).statement.startswith("TZ1/N/370215001/2022.12/1/2/")


def test_a_code_has_only_signs_that_keep_it_small() -> None:
    assert set(ledger_code(FILING, 3, 4).statement) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize("code", [ledger_code(FILING, 3, 4), letter_code(NOTICE, TOWN.id, 12, 12)])
def test_what_was_written_is_read(code: object) -> None:
    read = read_code(f"{code.statement}/{SIGNED}")  # type: ignore[attr-defined]  # both are codes
    assert read is not None
    assert (read.code, read.signature) == (code, SIGNED)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("tz1/l/370215001/2022-04.1/3/4/0000000000000000/abc", id="small letters"),
        pytest.param("ＴＺ１／Ｌ／370215001/2022-04.1/3/4/0000000000000000/ABC", id="an input method in full width"),
        pytest.param(" TZ1/L/370215001/2022-04.1/3/4/0000000000000000/ABC\r\n", id="the scanner's line end"),
    ],
)
def test_how_a_scanner_types_does_not_matter(typed: str) -> None:
    read = read_code(typed)
    assert read is not None
    assert (read.code.office, read.code.page, read.signature) == ("370215001", 3, "ABC")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("TZ1/L/370215001/2022-04.1/3/4/0000000000000000", id="no signature"),
        pytest.param("TZ2/L/370215001/2022-04.1/3/4/0000000000000000/ABC", id="another format"),
        pytest.param("TZ1/X/370215001/2022-04.1/3/4/0000000000000000/ABC", id="another paper"),
        pytest.param("TZ1/L/370215001/2022-04.1/3/4/00000000/ABC", id="a short digest"),
        pytest.param("https://example.cn", id="somebody else's code"),
        pytest.param("😀" * 10_000, id="a page of pictures"),
        pytest.param("\ud800", id="half a character"),
    ],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_another_content_is_another_code() -> None:
    changed = msgspec.structs.replace(FILING, lines=(msgspec.structs.replace(LINE, detail="新增低保户"),))
    assert ledger_code(changed, 1, 1) != ledger_code(FILING, 1, 1)
    other = msgspec.structs.replace(NOTICE, paragraphs=("不符合认定标准。",))
    assert letter_code(other, TOWN.id, 1, 1) != letter_code(NOTICE, TOWN.id, 1, 1)


def test_filings_frozen_before_people_were_counted_keep_their_digest() -> None:
    assert b"people" not in msgspec.json.encode(FILING)
