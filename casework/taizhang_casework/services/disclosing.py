"""Showing what is masked by default, and letting it out: allowed, and taken down before anything is shown."""

from taizhang_casework.domain.attachment import AttachmentId
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.disclosure import Disclosed, Disclosure, LedgerDisclosure, ListDisclosure
from taizhang_casework.domain.ledger import FilingId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work


def disclose_numbers(work: Work, case: CaseId) -> Changes:
    """Take down in the journal that the user looked at the id numbers of the case in full; NotAccepted where she may not."""
    require(work.user, Right.UNMASK)
    with work.store.change(Operation.DISCLOSE_NUMBERS, work.user) as desk:
        _note(work, desk, desk.cases.get(case).id, Disclosed.NUMBERS)
    return desk.changes


def disclose_preview(work: Work, attachment: AttachmentId) -> Changes:
    """Take down that the user looks at the attachment; NotAccepted where she may not."""
    require(work.user, Right.UNMASK)
    with work.store.change(Operation.DISCLOSE_PREVIEW, work.user) as desk:
        _note(work, desk, desk.attachments.get(attachment).case, Disclosed.PREVIEW, attachment)
    return desk.changes


def disclose_copy(work: Work, attachment: AttachmentId) -> Changes:
    """Take down that the user lets a readable copy of the attachment out of the vault; NotAccepted where she may not."""
    require(work.user, Right.EXPORT)
    with work.store.change(Operation.DISCLOSE_COPY, work.user) as desk:
        _note(work, desk, desk.attachments.get(attachment).case, Disclosed.COPY, attachment)
    return desk.changes


def disclose_list(work: Work, rows: int, columns: tuple[str, ...]) -> Changes:
    """Take down that the user lets rows of the ledger out as a file; NotAccepted where she may not."""
    require(work.user, Right.EXPORT)
    with work.store.change(Operation.DISCLOSE_LIST, work.user) as desk:
        desk.disclose(
            ListDisclosure(
                id=work.clock.new_id(),
                rows=rows,
                columns=columns,
                shown_to=work.user.name,
                shown_at=work.clock.now(),
            )
        )
    return desk.changes


def _note(
    work: Work, desk: WritableDesk, case: CaseId, what: Disclosed, attachment: AttachmentId | None = None
) -> None:
    desk.disclose(
        Disclosure(
            id=work.clock.new_id(),
            case=case,
            shown_to=work.user.name,
            shown_at=work.clock.now(),
            what=what,
            attachment=attachment,
        )
    )


def disclose_household(work: Work, household: HouseholdId) -> Changes:
    """Take down in the journal that the user looked at the numbers of everybody of the household in full."""
    require(work.user, Right.UNMASK)
    with work.store.change(Operation.DISCLOSE_HOUSEHOLD, work.user) as desk:
        known = desk.households.get(household)
        desk.disclose(
            Disclosure(id=work.clock.new_id(), household=known.id, shown_to=work.user.name, shown_at=work.clock.now())
        )
    return desk.changes


def disclose_ledger(work: Work, filing: FilingId, page: int) -> Changes:
    """Take down that the user looks at a page of a frozen ledger, which bears full numbers; NotAccepted where she may not."""
    require(work.user, Right.UNMASK)
    with work.store.change(Operation.DISCLOSE_LEDGER, work.user) as desk:
        desk.disclose(
            LedgerDisclosure(
                id=work.clock.new_id(),
                filing=filing,
                page=page,
                shown_to=work.user.name,
                shown_at=work.clock.now(),
            )
        )
    return desk.changes
