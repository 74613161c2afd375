"""账账相符: the code on each page of a ledger and a letter, and what it says of paper, package and database at the bureau."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

import msgspec

from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.letter import Letter, ResultNotice
from taizhang_casework.domain.offices import OfficeCard, OfficeKeys
from taizhang_casework.domain.page_codes import (
    DIGITS,
    CodedPaper,
    PageCode,
    ledger_code,
    letter_code,
    letter_key,
    notice_digest,
    read_check_digits,
    read_code,
)
from taizhang_casework.services.ports import Desk, Store
from taizhang_casework.services.work import Work

COMPARE = "二维码只说明是哪一份，请把纸上的内容与系统里的逐条核对"
"""A code is no proof of the words beside it: it may be a picture of another page's."""

CodeOf = Callable[[int, int], str]
"""The text of a page's code, from its number (counted from 1) and how many pages there are."""


class PageSigner(Protocol):
    """Signs what a page's code says, and tells whose signature one is."""

    def sign(self, statement: str, keys: OfficeKeys) -> str:
        """The office's signature, in letters and digits."""
        ...

    def signed_by(self, statement: str, signature: str, card: OfficeCard) -> bool:
        """Whether the office of that card signed this."""
        ...


def ledger_codes(store: Store, signer: PageSigner, filing: Filing) -> CodeOf:
    """The codes of a filing of this office. What was frozen is digested once for all its pages."""
    keys, any_page = _own(store), ledger_code(filing, 1, 1)
    return lambda page, pages: _signed(msgspec.structs.replace(any_page, page=page, pages=pages), signer, keys)


def letter_codes(store: Store, signer: PageSigner, notice: ResultNotice) -> CodeOf:
    """The codes of a letter of this office."""
    keys = _own(store)
    any_page = letter_code(notice, keys.card.office.id, 1, 1)
    return lambda page, pages: _signed(msgspec.structs.replace(any_page, page=page, pages=pages), signer, keys)


def _own(store: Store) -> OfficeKeys:
    with store.reading() as desk:
        return desk.partners.own()


def _signed(code: PageCode, signer: PageSigner, keys: OfficeKeys) -> str:
    return f"{code.statement}/{signer.sign(code.statement, keys)}"


class Agreement(Enum):
    """How a page compares with what lies here."""

    AGREES = "agrees"
    REPLACED = "replaced"
    DIFFERS = "differs"
    NOT_HERE = "not_here"
    FORGED = "forged"
    UNKNOWN_OFFICE = "unknown_office"
    NO_CODE = "no_code"


class PageProof(msgspec.Struct, frozen=True, kw_only=True):
    """What a code proves: the sentence for the clerk, and the filing to show beside the paper where it agrees or was replaced."""

    agreement: Agreement
    says: str
    code: PageCode | None = None
    filing: Filing | None = None


def prove_page(work: Work, signer: PageSigner, typed: str) -> PageProof:
    """Compare the page whose code was scanned or typed with the database. Nothing is changed."""
    digits = read_check_digits(typed)
    if digits is not None:
        return prove_digits(work, digits)
    read = read_code(typed)
    if read is None:
        says = "这不是本系统纸质材料上的二维码，或者没有扫全：请对准页面上的二维码重新扫一次，或者照页脚抄12位校验码（只有0到9、a到f）"
        return PageProof(agreement=Agreement.NO_CODE, says=says)
    with work.store.reading() as desk:
        return _proof(work, desk, signer, read.code, read.signature)


def prove_digits(work: Work, digits: str) -> PageProof:
    """Find the ledger whose 校验码 was typed from a page's foot. It says which filing that is, and nothing of who made the page."""
    with work.store.reading() as desk:
        own = [each for month in sorted(desk.filings.months(), reverse=True) for each in desk.filings.of_month(month)]
        received = [each.filing for each in desk.bureau.received()]
    filings = (*own, *received)
    found = next((each for each in filings if each.digest.startswith(digits)), None)
    if found is None:
        says = f"这里没有校验码是{digits}的台账：可能抄错了字，也可能数据包还没有接收，或者纸上的内容和数据包不同"
        return PageProof(agreement=Agreement.NOT_HERE, says=says)
    name = _ledger_name(found.office.name, found.month, found.revision)
    newest = max(each.revision for each in filings if (each.office.id, each.month) == (found.office.id, found.month))
    only = "校验码没有签名，只说明纸上写的是哪一份；这一页是不是这个单位打印的，要扫二维码"
    if newest > found.revision:
        says = f"校验码是{name}的，但后来又有第{newest}版：请用最新一版的纸质台账。{only}"
        return PageProof(agreement=Agreement.REPLACED, says=says, filing=found)
    says = f"校验码与{name}（数据包、数据库）一致，共{len(found.lines)}条。{only}"
    return PageProof(agreement=Agreement.AGREES, says=says, filing=found)


def _proof(work: Work, desk: Desk, signer: PageSigner, code: PageCode, signature: str) -> PageProof:
    known = {card.office.id: card for card in (desk.partners.own().card, *desk.partners.all())}
    card = known.get(code.office)
    if card is None:
        says = f"二维码上的单位（{work.divisions.towns.get(code.office, code.office)}）还没有登记名片，不能核对"
        return PageProof(agreement=Agreement.UNKNOWN_OFFICE, says=says, code=code)
    if not signer.signed_by(code.statement, signature, card):
        says = f"二维码的签名不是{card.office.name}的，或者扫错了字：请重新扫一次；仍然这样，这一页就不能采信"
        return PageProof(agreement=Agreement.FORGED, says=says, code=code)
    if code.paper is CodedPaper.LEDGER:
        return _ledger_proof(desk, code, card)
    return _letter_proof(work, desk, code, card)


def _ledger_proof(desk: Desk, code: PageCode, card: OfficeCard) -> PageProof:
    month, revision = _month(code.number)
    name = _ledger_name(card.office.name, month, revision)
    of_month = _filings(desk, card, month)
    found = next((each for each in of_month if each.revision == revision), None)
    if found is None:
        says = f"这里没有{name}：数据包还没有接收，纸质材料先不能作为报送"
        return PageProof(agreement=Agreement.NOT_HERE, says=says, code=code)
    if found.digest[:DIGITS].upper() != code.digest:
        says = f"账账不符：纸上的{name}与数据包、数据库里的内容不同，请退回镇街核对"
        return PageProof(agreement=Agreement.DIFFERS, says=says, code=code)
    newest = max(each.revision for each in of_month)
    if newest > found.revision:
        says = f"{_of_page(code, name)}一致，但后来又有第{newest}版：请用最新一版的纸质台账"
        return PageProof(agreement=Agreement.REPLACED, says=says, code=code, filing=found)
    says = f"{_of_page(code, f'{name}（数据包、数据库）')}一致，共{len(found.lines)}条；{COMPARE}"
    return PageProof(agreement=Agreement.AGREES, says=says, code=code, filing=found)


def _ledger_name(office: str, month: Month, revision: int) -> str:
    return f"{office}{month.year}年{month.month}月台账第{revision}版"


def _of_page(code: PageCode, name: str) -> str:
    return f"第{code.page}页（共{code.pages}页）的二维码与{name}"


def _month(number: str) -> tuple[Month, int]:
    month, _, revision = number.partition(".")
    year, _, of_year = month.partition("-")
    return Month(int(year), int(of_year or 0)), int(revision)


def _filings(desk: Desk, card: OfficeCard, month: Month) -> Sequence[Filing]:
    if card.office.id == desk.partners.own().card.office.id:
        return desk.filings.of_month(month)
    return [each.filing for each in desk.bureau.received(month) if each.filing.office.id == card.office.id]


def _letter_proof(work: Work, desk: Desk, code: PageCode, card: OfficeCard) -> PageProof:
    year, _, serial = code.number.partition(".")
    name = f"{card.office.name}告知书〔{year}〕{serial}号"
    letters = desk.letters.all()
    letter = next((each for each in letters if letter_key(each.notice.number) == code.number), None)
    own = card.office.id == desk.partners.own().card.office.id
    if letter is None or not own:
        says = f"{name}的签名有效；原件在{card.office.name}，这里没有留存，不能逐字核对"
        return PageProof(agreement=Agreement.NOT_HERE, says=says, code=code)
    if notice_digest(letter.notice) != code.digest:
        says = f"账账不符：纸上的{name}与台账里的内容不同"
        return PageProof(agreement=Agreement.DIFFERS, says=says, code=code)
    if void := _void(work, desk, letter):
        says = f"{_of_page(code, name)}一致，但这份告知书已失效：{void}"
        return PageProof(agreement=Agreement.REPLACED, says=says, code=code)
    says = f"{_of_page(code, name)}一致；{COMPARE}"
    return PageProof(agreement=Agreement.AGREES, says=says, code=code)


def _void(work: Work, desk: Desk, letter: Letter) -> str:
    """Why the letter does not count any more; empty while it does."""
    newest = desk.letters.of_case(letter.case)
    if newest is not None and newest.id != letter.id:
        return f"后来又出具了{newest.notice.number}，请以新的为准"
    if letter.answering(work.circumstances(desk, desk.cases.get(letter.case)).state):
        return ""
    return "它答复的决定已不再有效，请到这一户查看现在的办理情况"
