"""页码二维码: what stands in the small code on each page of a paper, so that paper, package and database can be compared (账账相符).

Only letters, digits and the signs of the alphanumeric mode (ISO/IEC 18004, 7.4.4), so that the code stays small::

    TZ1/L/370215001/2022-04.1/3/4/67FF3EB4C70D0011/SIGNATURE
"""

import hashlib
import re
from enum import Enum

import msgspec

from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.text_folding import compact

FORMAT = "TZ1"
DIGITS = 16
"""Of the SHA-256 of what was frozen: 64 bits, which the signature holds together with the rest."""

CHECK_DIGITS = 12
"""Of the same, printed at the foot of each page of a ledger as 校验码, for who has no scanner."""

_CHECK = re.compile(rf"(?:校验码[:：]?)?(?P<digits>[0-9a-f]{{{CHECK_DIGITS}}})", re.ASCII)
_CODE = re.compile(
    rf"{FORMAT}/(?P<paper>[LN])/(?P<office>[0-9A-Z]+)/(?P<number>[0-9]{{4}}(?:-[0-9]{{2}})?\.[0-9]+)"
    rf"/(?P<page>[0-9]{{1,5}})/(?P<pages>[0-9]{{1,5}})/(?P<digest>[0-9A-F]{{{DIGITS}}})/(?P<signature>[A-Z2-7]+)",
    re.ASCII,
)


class CodedPaper(Enum):
    """Which paper a code stands on."""

    LEDGER = "L"
    RESULT_NOTICE = "N"


class PageCode(msgspec.Struct, frozen=True, kw_only=True):
    """One page: whose paper, its number, which page of how many, and the first digits of what was frozen.

    ``number`` is ``2022-04.1`` for the first filing of a month, ``2022.12`` for letter 〔2022〕12号.
    """

    paper: CodedPaper
    office: OfficeId
    number: str
    page: int
    pages: int
    digest: str

    @property
    def statement(self) -> str:
        """What is signed, and stands in the code before its signature."""
        parts = (FORMAT, self.paper.value, self.office, self.number, self.page, self.pages, self.digest)
        return "/".join(map(str, parts))


class ReadCode(msgspec.Struct, frozen=True):
    """What was scanned or typed: the page that it names, and who is said to have signed that (base32)."""

    code: PageCode
    signature: str


def ledger_code(filing: Filing, page: int, pages: int) -> PageCode:
    """Of a page of a ledger."""
    return PageCode(
        paper=CodedPaper.LEDGER,
        office=filing.office.id,
        number=f"{filing.month}.{filing.revision}",
        page=page,
        pages=pages,
        digest=filing.digest[:DIGITS].upper(),
    )


def letter_code(notice: ResultNotice, office: OfficeId, page: int, pages: int) -> PageCode:
    """Of a page of a 告知书 or its 送达回证."""
    return PageCode(
        paper=CodedPaper.RESULT_NOTICE,
        office=office,
        number=letter_key(notice.number),
        page=page,
        pages=pages,
        digest=notice_digest(notice),
    )


def letter_key(number: LetterNumber) -> str:
    """A letter's number as a code has it."""
    return f"{number.year}.{number.serial}"


def notice_digest(notice: ResultNotice) -> str:
    """The first digits of the SHA-256 of the canonical JSON of a letter's words."""
    return hashlib.sha256(msgspec.json.encode(notice, order="deterministic")).hexdigest()[:DIGITS].upper()


def read_code(text: str) -> ReadCode | None:
    """What a scanner typed, in full width or small letters too; None where it is no code of ours, or not all of it."""
    found = _CODE.fullmatch(compact(text).upper())
    if found is None:
        return None
    code = PageCode(
        paper=CodedPaper(found["paper"]),
        office=OfficeId(found["office"]),
        number=found["number"],
        page=int(found["page"]),
        pages=int(found["pages"]),
        digest=found["digest"],
    )
    return ReadCode(code, found["signature"])


def read_check_digits(text: str) -> str | None:
    """The 校验码 as it was copied from a page's foot, in small letters; None where it is none, or not all of it."""
    found = _CHECK.fullmatch(compact(text).lower())
    return None if found is None else found["digits"]
