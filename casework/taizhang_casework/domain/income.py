"""人均收入 of a household, with its arithmetic in words: information for those who decide, never a verdict.

The income period is the 12 months before the month of the visit ([P]). What is compared with is the income line in force, which
the bureau sets: none is shipped.
"""

from collections.abc import Sequence
from datetime import date
from typing import NewType

import msgspec

from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.money import Fen, shared, yuan
from taizhang_casework.domain.steps import HomeVisit, Incomes

_MONTHS = 12
_LABELS = {
    "wage": "工资性收入",
    "business": "经营性收入",
    "property": "财产性收入",
    "transfer": "转移性收入",
}
NO_LINE = "尚未录入当日适用的收入线，不作比较"

IncomeLineId = NewType("IncomeLineId", str)


class IncomeLine(msgspec.Struct, frozen=True, kw_only=True):
    """监测收入线 of an area from a day on: the amount for a head and year, and the document that sets it.

    ``area_code`` is the statistical code of the district or of one town in it, ``area`` its name. ``removed`` is set when it had
    been entered wrongly; the journal keeps what it was.
    """

    id: IncomeLineId
    area_code: str
    area: str
    valid_from: date
    amount: Fen
    document: str
    removed: bool = False


class IncomePeriod(msgspec.Struct, frozen=True):
    """The months that incomes are asked for, first and last included."""

    first: Month
    last: Month

    @property
    def says(self) -> str:
        """The period as the form names it."""
        return f"{self.first.year}年{self.first.month}月至{self.last.year}年{self.last.month}月"


class IncomeReckoning(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of the incomes: ``says`` sentence by sentence; the amounts are None while something is missing.

    ``per_head`` is of the four incomes, ``after_expenses`` after what the household had to pay itself (自付).
    """

    says: tuple[str, ...]
    per_head: Fen | None = None
    after_expenses: Fen | None = None


def income_period(visited_on: date) -> IncomePeriod:
    """The 12 months before the month of the visit."""
    last = first = Month.of(visited_on).preceding
    for _ in range(_MONTHS - 1):
        first = first.preceding
    return IncomePeriod(first, last)


def line_in_force(lines: Sequence[IncomeLine], day: date, town_code: str) -> IncomeLine | None:
    """The newest line that holds in the town on that day, None where none does.

    A town that has a line of its own goes by that one, else by its district's.
    """
    held = (line for line in lines if not line.removed and line.valid_from <= day)
    here = (line for line in held if town_code.startswith(line.area_code))
    return max(here, key=lambda line: (len(line.area_code), line.valid_from), default=None)


def reckon_income(incomes: Incomes, heads: int, line: IncomeLine | None = None) -> IncomeReckoning:
    """人均收入 and 扣除自付后人均, each with how it came about, and how far they are from the line."""
    given = {name: getattr(incomes, name) for name in _LABELS}
    missing = [_LABELS[name] for name, amount in given.items() if amount is None]
    if len(missing) == len(_LABELS):
        return IncomeReckoning(says=())
    if missing:
        return IncomeReckoning(says=(f"{'、'.join(missing)}还没有填写，暂不计算人均收入（没有的填0）",))
    if heads <= 0:
        return IncomeReckoning(says=("还没有家庭成员，不能计算人均收入",))
    total = Fen(sum(given.values()))
    per_head = shared(total, heads)
    parts = " + ".join(f"{_LABELS[name]}{_in_sum(amount)}" for name, amount in given.items())
    says = [f"人均收入 = （{parts}）÷ {heads}人 = {yuan(total)} ÷ {heads} = {yuan(per_head)}元"]
    after = None
    if incomes.expenses is not None:
        rest = Fen(total - incomes.expenses)
        after = shared(rest, heads)
        says.append(
            f"扣除自付支出后人均 = （{_in_sum(total)} - {yuan(incomes.expenses)}）÷ {heads}人 = {yuan(after)}元"
        )
    says.append(_against(line, per_head, after))
    return IncomeReckoning(says=tuple(says), per_head=per_head, after_expenses=after)


def reckon_visit(visit: HomeVisit, line: IncomeLine | None = None) -> IncomeReckoning:
    """What a home visit found, for as many as stand in its 核查表: the same count on the screen, on paper and in the national record."""
    return reckon_income(visit.incomes, len(visit.members), line)


def _in_sum(amount: Fen) -> str:
    return yuan(amount) if amount >= 0 else f"（{yuan(amount)}）"


def _against(line: IncomeLine | None, per_head: Fen, after: Fen | None) -> str:
    if line is None:
        return NO_LINE
    compared = f"人均收入{_beside(per_head, line)}"
    if after is not None:
        compared += f"，扣除自付支出后{_beside(after, line)}"
    since = f"{line.area}，{line.valid_from.isoformat()}起"
    return f"收入线{yuan(line.amount)}元（{line.document}，{since}）：{compared}。仅供参考，不是认定结论"


def _beside(amount: Fen, line: IncomeLine) -> str:
    if amount == line.amount:
        return "与收入线相同"
    gap = Fen(abs(amount - line.amount))
    return f"{'高于' if amount > line.amount else '低于'}收入线{yuan(gap)}元"
