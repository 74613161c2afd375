"""The Chinese words for the office's values, as screens say them, and what of a personal number they show."""

import re
from datetime import date

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.ledger import Informed, LedgerLine, Month
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_keys import ID_NUMBER_MASK, PHONE_MASK

MASK = "*"
PHONE_LENGTH = 11

_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx](?:[0-9]{2}(?:B[0-9])?)?|[0-9]{15}|1[3-9][0-9]{9})(?![0-9])")
"""Id numbers of 18 and 15 characters, disability cards (the 18 and what follows), and mobile numbers."""

MEETS = {Meets.UNDECIDED: "", Meets.YES: "是", Meets.NO: "否"}
INFORMED = {Informed.NOT_ASKED: "", Informed.NO: "否", Informed.YES: "是"}


def masked(pack: RegulationPack, number: str, key: str = ID_NUMBER_MASK) -> str:
    """The number with its middle starred, by the pack's mask ``key``; a number too short for the mask is starred whole."""
    rule = next(rule for rule in pack.masks if rule.key == key)
    hidden = len(number) - rule.head - rule.tail
    if hidden <= 0:
        return MASK * len(number)
    return f"{number[: rule.head]}{MASK * hidden}{number[len(number) - rule.tail :]}"


def masked_text(pack: RegulationPack, text: str) -> str:
    """Free text with every id number and mobile number in it masked: departments and callers write them into the detail."""

    def hide(found: re.Match[str]) -> str:
        return masked(
            pack, found[0], PHONE_MASK if found[0].startswith("1") and len(found[0]) == PHONE_LENGTH else ID_NUMBER_MASK
        )

    return _NUMBERS.sub(hide, text)


def day(on: date | None) -> str:
    """A day as tables show it; blank stays blank."""
    return "" if on is None else on.isoformat()


def month_name(month: Month) -> str:
    """A month as a clerk says it, e.g. ``2022年4月``."""
    return f"{month.year}年{month.month}月"


def ledger_cells(line: LedgerLine, pack: RegulationPack, *, mask: bool = True) -> tuple[str, ...]:
    """The thirteen columns of 附件2 in order; the id number masked unless told otherwise."""
    number = line.head_id_number
    return (
        line.town,
        line.village,
        line.head_name,
        masked(pack, number) if mask else number,
        pack.channel(line.channel).label,
        line.source,
        masked_text(pack, line.detail) if mask else line.detail,
        day(line.received_on),
        MEETS[line.meets],
        masked_text(pack, line.refusal_reason) if mask else line.refusal_reason,
        INFORMED[line.applicant_informed],
        "、".join(line.verifiers),
        day(line.closed_on),
    )
