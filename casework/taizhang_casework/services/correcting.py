"""更正预警信息: a slip in what was taken in is mended with a reason; it can be undone, and what was filed shows 报备后有改动."""

from collections.abc import Collection

import msgspec

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.case import Case, CaseId, Correction
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.warning_correction import Corrected, check_correction, correction_from
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.printable import of_warning, with_unprintable
from taizhang_casework.services.verification import Recorded, Unsure
from taizhang_casework.services.work import Work


def correct_warning(work: Work, case: CaseId, given: Given, *, seen: Collection[Finding] = ()) -> Recorded | Unsure:
    """Mend what a case's warning says, as answered; NotAccepted with the blanks and every other finding at once.

    Every user may, as with the steps; a closed line is reopened first. What is only noted is shown once before it is written.
    """
    with work.store.change(Operation.CORRECT_WARNING, work.user) as desk:
        known = work.in_hand(desk, case)
        corrected, found = _considered(work, desk, known, given)
        if any(finding.blocks for finding in found):
            raise NotAccepted(found)
        if any(note not in seen for note in found):
            return Unsure(notes=found)
        mended = Correction(at=work.clock.now(), by=work.user.name, why=corrected.why)
        corrections = (*known.corrections, mended)
        desk.cases.save(msgspec.structs.replace(known, warning=corrected.warning, corrections=corrections))
    return Recorded(changes=desk.changes, findings=found)


def check_correcting(work: Work, case: CaseId, given: Given) -> tuple[Finding, ...]:
    """What :func:`correct_warning` would say; nothing is written."""
    with work.store.reading() as desk:
        return _considered(work, desk, work.in_hand(desk, case), given)[1]


def _considered(work: Work, desk: Desk, case: Case, given: Given) -> tuple[Corrected, tuple[Finding, ...]]:
    answers, pack = Answers(given, case.warning.received_on), work.pack_of(case)
    corrected = correction_from(answers, case)
    found = check_correction(
        corrected,
        case,
        case_state(case, pack.order),
        desk.letters.of_case(case.id),
        today=work.clock.today(),
        divisions=work.divisions,
        pack=pack,
    )
    said = answers.with_blanks(found, {"received_on": ("applied_on",)})
    return corrected, with_unprintable(work, said, of_warning(corrected.warning))
