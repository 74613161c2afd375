"""Values to print, and finished papers read back by PDFium: what stands where, in mm from the lower left corner."""

import ctypes
import re
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from pypdfium2 import raw
from taizhang_casework.domain.case import CaseId, Meets, PackId
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.warning import Channel

MM = 72 / 25.4
NAMES = ("王秀英", "李䶮𬭎", "王𡛕", "𠮷", "玥珺喆堃祎昇", "阿卜杜·热西提", "于志强")
DETAILS = (
    "新增农村低保对象",
    "家庭成员突发重大疾病，2022年1—4月住院及门诊慢特病医疗费用个人负担部分累计超过2万元（自付23,456.70元）",
    "新办理重度残疾人证（肢体一级）",
)
REASON = "家庭成员名下有商品房和小型轿车；子女均有稳定收入并履行赡养义务，“两不愁三保障”和饮水安全均有保障。"


class Sign(msgspec.Struct, frozen=True):
    """A character: the start of its baseline, where it ends, its type size in points."""

    text: str
    x: float
    y: float
    right: float
    size: float


class Leaf(msgspec.Struct, frozen=True, dict=True):
    """A page: its size, its characters in drawing order, its strokes as (x, y, x, y)."""

    width: float
    height: float
    signs: list[Sign]
    strokes: list[tuple[float, float, float, float]]

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def lines(self) -> dict[float, list[Sign]]:
        """Characters by baseline, from the top."""
        found: dict[float, list[Sign]] = {}
        for sign in self.signs:
            found.setdefault(round(sign.y, 2), []).append(sign)
        return dict(sorted(found.items(), reverse=True))

    @cached_property
    def uprights(self) -> list[float]:
        """The x of every vertical rule, from the left."""
        return _distinct(stroke[0] for stroke in self.strokes if abs(stroke[0] - stroke[2]) < 0.01)

    @cached_property
    def rules(self) -> list[float]:
        """The y of every horizontal rule that crosses the whole table, from the top."""
        left, right = self.uprights[0], self.uprights[-1]
        wide = (s[1] for s in self.strokes if abs(s[1] - s[3]) < 0.01 and abs(s[2] - s[0]) > right - left - 0.1)
        return _distinct(wide)[::-1]

    def cell(self, row: int, column: int) -> str:
        """What stands between the rules: row 0 is the head."""
        left, right = self.uprights[column], self.uprights[column + 1]
        top, bottom = self.rules[row], self.rules[row + 1]
        return "".join(s.text for s in self.signs if left < s.x and s.right < right + 0.01 and bottom < s.y < top)

    def clear(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether nothing is drawn inside."""
        signs = any(s.x < right and s.right > left and bottom < s.y < top for s in self.signs)
        strokes = any(
            max(s[0], s[2]) > left and min(s[0], s[2]) < right and max(s[1], s[3]) > bottom and min(s[1], s[3]) < top
            for s in self.strokes
        )
        return not signs and not strokes


def _distinct(numbers: object) -> list[float]:
    found: list[float] = []
    for number in sorted(numbers):  # type: ignore[call-overload]  # any iterable of numbers
        if not found or number - found[-1] > 0.05:
            found.append(number)
    return found


def _signs(page: pypdfium2.PdfPage) -> list[Sign]:
    text = page.get_textpage()
    signs, high = [], 0
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        unit = raw.FPDFText_GetUnicode(text, at)
        if unit in {0x0D, 0x0A} or raw.FPDFText_IsGenerated(text, at):
            continue
        if 0xD800 <= unit < 0xDC00:
            high = unit
            continue
        if 0xDC00 <= unit < 0xE000:
            unit = 0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        right = text.get_charbox(at, loose=True)[2]
        size = round(raw.FPDFText_GetFontSize(text, at), 2)
        signs.append(Sign(chr(unit), x.value / MM, y.value / MM, right / MM, size))
    return signs


def _strokes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    strokes = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        matrix = path.get_matrix()
        points: list[tuple[float, float]] = []
        begun = (0.0, 0.0)
        for at in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, at)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            across, up = matrix.on_point(x.value, y.value)
            point = (across / MM, up / MM)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                begun = point
            else:
                strokes.append((*points[-1], *point))
            if raw.FPDFPathSegment_GetClose(segment):
                strokes.append((*point, *begun))
            points.append(point)
    return strokes


@pytest.fixture
def read() -> Callable[[bytes], list[Leaf]]:
    """A finished paper, page by page."""

    def read_paper(paper: bytes) -> list[Leaf]:
        with pypdfium2.PdfDocument(paper) as document:
            return [
                Leaf(page.get_width() / MM, page.get_height() / MM, _signs(page), _strokes(page)) for page in document
            ]

    return read_paper


@pytest.fixture
def codes() -> Callable[[bytes], list[str]]:
    """Every glyph code that a paper shows, as four hex digits."""

    def shown(paper: bytes) -> list[str]:
        found = []
        for stream in re.findall(rb"/Filter [^>]*?>>\s+stream\n(.*?)endstream", paper, re.DOTALL):
            content = zlib.decompress(stream)
            for run in re.findall(rb"<([0-9A-F]+)> Tj", content):
                found += [run[at : at + 4].decode() for at in range(0, len(run), 4)]
        return found

    return shown


@pytest.fixture(scope="session")
def pack() -> RegulationPack:
    """The notice's."""
    return shipped_pack(PackId("jimo-2022-1"))


@pytest.fixture(scope="session")
def line_of() -> Callable[..., LedgerLine]:
    """The n-th line of a ledger; what is given replaces what it would say."""

    def make(number: int = 0, **changes: object) -> LedgerLine:
        refused = number % 3 == 2
        line = LedgerLine(
            case=CaseId(f"{number:032x}"),
            town=("环秀街道", "鳌山卫街道", "田横岛省级旅游度假区")[number % 3],
            village=("北安村", "西城汇村")[number % 2],
            head_name=NAMES[number % len(NAMES)],
            head_id_number=f"3702821949{number % 12 + 1:02d}31{number:04d}",
            channel=tuple(Channel)[number % 4],
            source=("村委", "手机APP", "民政局", "信访局")[number % 4],
            detail=DETAILS[number % len(DETAILS)],
            received_on=date(2022, 4, 1) + timedelta(days=number % 20),
            meets=(Meets.UNDECIDED, Meets.YES, Meets.NO)[number % 3],
            refusal_reason=REASON if refused else "",
            applicant_informed=(Informed.NOT_ASKED, Informed.NO, Informed.YES)[number % 3],
            verifiers=("张三", "欧阳建国"),
            closed_on=date(2022, 4, 28) if number % 3 else None,
        )
        return msgspec.structs.replace(line, **changes)

    return make


@pytest.fixture(scope="session")
def filing_of() -> Callable[..., Filing]:
    """A frozen month with these lines."""

    def make(lines: tuple[LedgerLine, ...], revision: int = 1) -> Filing:
        return Filing(
            id=FilingId("0" * 32),
            office=Office(id=OfficeId("370215007"), kind=OfficeKind.TOWN, name="青岛市即墨区鳌山卫街道办事处"),
            month=Month(2022, 4),
            revision=revision,
            frozen_at=datetime(2022, 4, 29, 1, 0, tzinfo=UTC),
            frozen_by="张三",
            pack=PackId("jimo-2022-1"),
            lines=lines,
        )

    return make


@pytest.fixture(scope="session")
def notice_of() -> Callable[..., ResultNotice]:
    """A letter with so many characters of text in each paragraph."""

    def make(*lengths: int, **changes: object) -> ResultNotice:
        words = "经入户核实、民主评议和信息比对，您家目前不符合认定标准，主要原因：家庭人均纯收入高于监测线。" * 40
        notice = ResultNotice(
            office_name="青岛市即墨区鳌山卫街道办事处",
            office_mark="鳌山卫街道办事处防返贫告",
            number=LetterNumber(2022, 1),
            title="不符合认定标准告知书",
            addressee="李䶮𬭎",
            paragraphs=tuple(words[:length] for length in lengths or (60, 90, 40)),
            contact="0532-88561234",
            dated=date(2022, 4, 9),
        )
        return msgspec.structs.replace(notice, **changes)

    return make
