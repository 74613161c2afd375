"""What every activity of the office is given: the store, the clock, the rules in force, and who is working."""

from collections.abc import Callable
from dataclasses import dataclass

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.discarding_rules import work_needs_ledger
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Household
from taizhang_casework.services.clock import Clock
from taizhang_casework.services.ports import Desk, Store


def _everything_prints(_text: str) -> str:
    """Where no papers are drawn."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One user's working day at one office. ``packs`` holds every pack that a case may still be under; ``pack`` is in force.

    ``unprintable`` gives the characters of a text that no paper can show.
    """

    store: Store
    clock: Clock
    user: User
    pack: RegulationPack
    packs: dict[PackId, RegulationPack]
    calendar: WorkCalendar
    divisions: Divisions
    unprintable: Callable[[str], str] = _everything_prints

    def pack_of(self, case: Case) -> RegulationPack:
        """The pack that the case was opened under, and keeps."""
        return self.packs[case.pack]

    def in_hand(self, desk: Desk, case: CaseId) -> Case:
        """The case that something is to be written into. NotAccepted where it lies in the recycle bin, KeyError where there is none."""
        known = desk.cases.get(case)
        findings = work_needs_ledger(known)
        if findings:
            raise NotAccepted(findings)
        return known

    def circumstances(self, desk: Desk, case: Case) -> Circumstances:
        """What the rules may look at for this case today."""
        return self.circumstances_of(case, None if case.household is None else desk.households.get(case.household))

    def circumstances_of(self, case: Case, household: Household | None) -> Circumstances:
        """The same for a case whose household was read before."""
        return Circumstances(
            case=case,
            household=household,
            pack=self.pack_of(case),
            calendar=self.calendar,
            today=self.clock.today(),
        )
