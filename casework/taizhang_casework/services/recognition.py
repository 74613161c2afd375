"""符合 → 监测对象: the entry into the national system takes a household up, a reopening before it withdraws it (二（一）)."""

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.monitoring import (
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    Recognised,
    RecognitionWithdrawn,
    monitoring_state,
)
from taizhang_casework.domain.steps import Record, Reopening, Step, SystemEntry
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work


def follow_recognition(work: Work, desk: WritableDesk, before: Case, content: Record) -> None:
    """Keep what a record written into a case means for its household as 监测对象; most mean nothing.

    ``before`` is the case without the record. Whichever of the lines that are verified together it is written into, it counts for
    the one that leads them. A correction of the entry is another recognition by the same case.
    """
    match content:
        case SystemEntry():
            record: Recognised | RecognitionWithdrawn = Recognised(
                recognised_on=content.entered_on,
                case=before.lead,
                kind=content.kind,
                risks=content.risks,
                household_number=content.household_number,
            )
        case Reopening() if Step.SYSTEM_ENTRY in case_state(before, work.pack_of(before).order).done:
            record = RecognitionWithdrawn(withdrawn_on=content.reopened_on, case=before.lead, why=content.why)
        case _:
            return
    _keep(work, desk, before, record)


def _keep(work: Work, desk: WritableDesk, case: Case, record: Recognised | RecognitionWithdrawn) -> None:
    if case.household is None:
        return
    entry = MonitoringEntry(recorded_at=work.clock.now(), recorded_by=work.user.name, record=record)
    known = desk.monitored.of_household(case.household)
    if isinstance(record, RecognitionWithdrawn):
        if known is not None and case.lead in monitoring_state(known).recognised_by:
            desk.monitored.save(msgspec.structs.replace(known, entries=(*known.entries, entry)))
        return
    if known is None:
        village = desk.households.get(case.household).village_code
        desk.monitored.save(
            MonitoredHousehold(
                id=MonitoredId(work.clock.new_id()),
                household=case.household,
                village_code=village,
                entries=(entry,),
            )
        )
        return
    desk.monitored.save(msgspec.structs.replace(known, entries=(*known.entries, entry)))
