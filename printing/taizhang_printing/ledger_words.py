"""What a filing says, in the words of 附件2: thirteen texts a line, and the totals under them."""

from collections import Counter
from datetime import date

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.ledger import Filing, Informed, LedgerLine
from taizhang_casework.domain.pack import RegulationPack

MEETS = {Meets.YES: "是", Meets.NO: "否", Meets.UNDECIDED: ""}
INFORMED = {Informed.YES: "是", Informed.NO: "否", Informed.NOT_ASKED: ""}
EMPTY_MONTH = "本月无预警信息"


def compact(day: date | None) -> str:
    """As a narrow column takes it, e.g. ``2022.04.12``; empty for None."""
    return "" if day is None else f"{day.year:04d}.{day.month:02d}.{day.day:02d}"


def in_words(day: date) -> str:
    """As a signature line takes it, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def cells(line: LedgerLine, pack: RegulationPack) -> tuple[str, ...]:
    """The thirteen cells of a line, in the notice's order; what is not decided or not asked stays blank."""
    return (
        line.town,
        line.village,
        line.head_name,
        line.head_id_number,
        pack.channel(line.channel).label,
        line.source,
        line.detail,
        compact(line.received_on),
        MEETS[line.meets],
        line.refusal_reason,
        INFORMED[line.applicant_informed],
        "、".join(line.verifiers),
        compact(line.closed_on),
    )


def month_words(filing: Filing) -> str:
    """The month, and which version of it this is where it is not the first."""
    again = f"（第{filing.revision}版）" if filing.revision > 1 else ""
    return f"{filing.month.year}年{filing.month.month}月{again}"


def totals(filing: Filing, pack: RegulationPack) -> str:
    """One sentence: 条, 户 and 人, per channel, by result, closed. Households are told apart by the head's number, else name."""
    lines = filing.lines
    people: dict[str, int | None] = {}
    for line in lines:
        house = line.head_id_number or f"{line.village} {line.head_name or line.case}"
        people[house] = line.people or people.get(house)
    unknown = sum(count is None for count in people.values())
    channels = Counter(line.channel for line in lines)
    meets = Counter(line.meets for line in lines)
    closed = sum(line.closed_on is not None for line in lines)
    by_channel = "，".join(f"{rule.label}{channels[rule.channel]}条" for rule in pack.channels)
    uncounted = f"（{unknown}户人数未登记，没有计入）" if unknown else ""
    return (
        f"合计：{len(lines)}条，{len(people)}户，{sum(count or 0 for count in people.values())}人{uncounted}。{by_channel}。"
        f"符合{meets[Meets.YES]}条，不符合{meets[Meets.NO]}条，尚未认定{meets[Meets.UNDECIDED]}条；"
        f"已办结{closed}条，未办结{len(lines) - closed}条。"
    )
