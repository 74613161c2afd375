"""不符合认定标准告知书: the written answer to a refused applicant (一（三）2) and its life."""

from datetime import date, datetime
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.steps import Refusal

LetterId = NewType("LetterId", str)


class DeliveryWay(Enum):
    """How the letter reached the household, as 送达回证 has it."""

    IN_PERSON = "in_person"
    LEFT_AT_HOME = "left_at_home"
    POST = "post"
    THROUGH_VILLAGE = "through_village"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """送达: by whom, to whom, how, when, with which witness."""

    delivered_on: date
    way: DeliveryWay
    received_by: str
    witness: str = ""
    delivered_by: tuple[str, ...] = ()


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """One printing of a letter: when, by which user, how many copies; ``why`` a letter was printed again, as far as said."""

    at: datetime
    by: str
    copies: int
    why: str = ""


class ReturnVisit(msgspec.Struct, frozen=True, kw_only=True):
    """回访: who went when, what was explained, how the household took it."""

    visited_on: date
    visitors: tuple[str, ...]
    explained: str
    attitude: str = ""


class LetterNumber(msgspec.Struct, frozen=True, order=True):
    """〔year〕n, counted from 1 in each office and year."""

    year: int
    serial: int

    def __str__(self) -> str:
        """As the letter bears it."""
        return f"〔{self.year}〕{self.serial}号"


class ResultNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What the letter says: frozen when it is numbered, printed from nothing else.

    ``paragraphs`` are the finished Chinese sentences of the body, made from the pack's wording.
    """

    office_name: str
    office_mark: str
    number: LetterNumber
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    contact: str
    dated: date


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter and what became of it: numbered → printed → delivered → return visit; only then is the applicant informed.

    It answers one refusal, the one that was written down at ``refused_at`` (None: any in the same words). After a reopening it is
    superseded: it stays readable, and a new one, which names the one that it ``replaces``, is due after another refusal.
    """

    id: LetterId
    case: CaseId
    answers: Refusal
    notice: ResultNotice
    prints: tuple[Print, ...] = ()
    delivery: Delivery | None = None
    return_visit: ReturnVisit | None = None
    replaces: LetterNumber | None = None
    refused_at: datetime | None = None

    @property
    def copies(self) -> int:
        """How many copies were ever printed."""
        return sum(each.copies for each in self.prints)

    def answering(self, state: CaseState) -> bool:
        """Whether this is the answer to the refusal in force: not to one in the same words that a reopening set aside."""
        if state.refusal is None or self.answers != state.refusal:
            return False
        return self.refused_at is None or self.refused_at == state.refused_at

    @property
    def informed(self) -> bool:
        """办理结果已告知本人."""
        return bool(self.prints) and self.delivery is not None and self.return_visit is not None
