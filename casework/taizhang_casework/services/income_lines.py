"""Entering and taking away income lines: what a household's income is shown beside, never what decides about it."""

import msgspec

from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.income import IncomeLine, IncomeLineId
from taizhang_casework.domain.income_entry import areas, consider_line
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def income_lines(desk: Desk) -> tuple[IncomeLine, ...]:
    """The lines that hold or held: by area, the newest first."""
    held = [line for line in desk.income_lines.all() if not line.removed]
    newest_first = sorted(held, key=lambda line: line.valid_from, reverse=True)
    return tuple(sorted(newest_first, key=lambda line: line.area_code))


def line_areas(work: Work) -> dict[str, str]:
    """Where a line can hold, the whole district first; code and name."""
    return areas(work.pack.district, work.divisions)


def check_line(work: Work, given: Given) -> tuple[Finding, ...]:
    """What is wrong with the answers of the form; nothing is written."""
    with work.store.reading() as desk:
        known = desk.income_lines.all()
    return consider_line(given, IncomeLineId(""), known=known, places=line_areas(work)).findings


def enter_line(work: Work, given: Given) -> Changes:
    """Keep the line that the answers make; NotAccepted with everything that is wrong, or where the user may not."""
    require(work.user, Right.SET_INCOME_LINE)
    with work.store.change(Operation.ENTER_INCOME_LINE, work.user) as desk:
        new = IncomeLineId(work.clock.new_id())
        considered = consider_line(given, new, known=desk.income_lines.all(), places=line_areas(work))
        if considered.record is None:
            raise NotAccepted(considered.findings)
        desk.income_lines.save(considered.record)
    return desk.changes


def remove_line(work: Work, line: IncomeLineId) -> Changes:
    """Take away a line that was entered wrongly; KeyError where there is none, NotAccepted where the user may not."""
    require(work.user, Right.SET_INCOME_LINE)
    with work.store.change(Operation.REMOVE_INCOME_LINE, work.user) as desk:
        desk.income_lines.save(msgspec.structs.replace(desk.income_lines.get(line), removed=True))
    return desk.changes
