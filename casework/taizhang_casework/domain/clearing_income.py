"""人均收入 as the newest 入户核实 found it, for the form of 风险消除: what is looked at beside the answer, never the answer [P]."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.income import IncomeLine, line_in_force, reckon_visit
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.steps import HomeVisit, Step

NO_INCOMES = "收入没有填全，没有人均收入可以对照"
LOOK_ANEW = "这是那次入户时的收入；消除风险要看现在的，请按这次核查的情况选"


class IncomeFound(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest visit of a household wrote down, and the income lines that its town may go by."""

    visit: HomeVisit
    town_code: str
    lines: tuple[IncomeLine, ...]

    def says(self, on: date) -> tuple[str, ...]:
        """The arithmetic of that visit beside the line in force on a day, a sentence each."""
        visit = self.visit
        line = line_in_force(self.lines, on, self.town_code)
        found = reckon_visit(visit, line)
        when = f"{day_words(visit.visited_on, on)}入户核实"
        if found.per_head is None:
            return (f"{when}：{NO_INCOMES}",)
        return (f"{when}：{found.says[0]}", *found.says[1:], LOOK_ANEW)


def income_found(
    cases: Iterable[Case], lines: Sequence[IncomeLine], order_of: Callable[[Case], Sequence[Step]]
) -> IncomeFound | None:
    """Of the newest visit among the cases of a household that stand in the ledger; None where it was never visited."""
    newest: tuple[HomeVisit, str] | None = None
    for case in cases:
        visit = None if case.discarded is not None else case_state(case, order_of(case)).home_visit
        if visit is not None and (newest is None or visit.visited_on > newest[0].visited_on):
            newest = visit, case.warning.town_code
    return None if newest is None else IncomeFound(visit=newest[0], town_code=newest[1], lines=tuple(lines))
