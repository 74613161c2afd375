"""移到回收站 and 恢复: which line may be taken out of the ledger, and what to say before one comes back."""

from collections.abc import Iterable, Sequence

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.ledger import FrozenIn
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import closed_on
from taizhang_casework.domain.steps import Closing


def not_discardable(case: Case, letter: Letter | None, frozen: Sequence[FrozenIn]) -> tuple[Finding, ...]:
    """Why a line must stay in the ledger, a sentence each; empty for one that was only registered by mistake.

    What the bureau sent, what was filed and what has a number is counted elsewhere too: 办理一条销号一条 (一（三）1).
    """
    found: list[Finding] = []
    if case.discarded is not None:
        found.append(_stays("already_discarded", "这一条已经在回收站里"))
    if case.package:
        says = "这一条是区里的数据包发来的，两边的条数要对得上：请按程序办结，或标为重复"
        found.append(_stays("came_in_package", says, "一（三）1"))
    if frozen:
        first = frozen[0]
        says = f"已封存的台账里有这一条（{first.month.year}年{first.month.month}月第{first.revision}版）：请按程序办结"
        found.append(_stays("frozen", says, "一（三）1"))
    if letter is not None:
        says = f"这一条已出具告知书{letter.notice.number}，文号不能作废：请按程序办结"
        found.append(_stays("has_letter", says, "一（三）2"))
    if closed_on(case) is not None:
        found.append(_stays("closed", "这一条已办结销号，要留在台账里"))
    return tuple(found)


def _stays(code: str, says: str, clause: str = "") -> Finding:
    return Finding(field="", code=code, says=says, clause=clause)


def work_needs_ledger(case: Case) -> tuple[Finding, ...]:
    """Nothing is written into a line that lies in the recycle bin."""
    if case.discarded is None:
        return ()
    return (Finding(field="", code="discarded", says="这一条在回收站里，恢复以后才能办理"),)


def on_restoring(case: Case, ledger: Iterable[Case], together: Iterable[Case]) -> tuple[Finding, ...]:
    """What to look at before a line comes back; none of it blocks.

    ``ledger`` holds lines that may be about the same person or household, ``together`` those that share the verification. Said
    is only what came since the day on which the line was discarded: beside older lines it stood before just the same.
    """
    discarded = case.discarded
    if discarded is None:
        return ()
    again = [other for other in ledger if other.opened_on >= discarded.at.date() and _same_people(case, other)]
    found = [
        note("", "registered_again", f"台账里另有{_line(other)}，恢复后是两条，请核对是不是重复") for other in again
    ]
    found += [
        note("", "went_on", f"一起核实的另一条（{_line(other)}）在此期间又有办理记录，恢复后这一条没有这些记录")
        for other in together
        if any(e.recorded_at > discarded.at and not isinstance(e.record, Closing) for e in other.entries)
    ]
    return tuple(found)


def _same_people(case: Case, other: Case) -> bool:
    """The same id number, the same household, or the same name in the same village (无证件, or a number typed wrongly)."""
    left, right = case.warning, other.warning
    return case.id != other.id and (
        (bool(left.id_number) and left.id_number == right.id_number)
        or (case.household is not None and case.household == other.household)
        or (left.name, left.village_code) == (right.name, right.village_code)
    )


def _line(case: Case) -> str:
    warning = case.warning
    return f"“{warning.name}”{warning.received_on.isoformat()}的{warning.detail}"
