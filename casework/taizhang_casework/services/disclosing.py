"""Showing what is masked by default: allowed, and taken down before anything is shown."""

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.disclosure import Disclosure
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.work import Work


def disclose_numbers(work: Work, case: CaseId) -> Changes:
    """Take down in the journal that the user looked at the id numbers of the case in full."""
    require(work.user, Right.UNMASK)
    with work.store.change("disclose_numbers", work.user) as desk:
        known = desk.cases.get(case)
        desk.disclose(
            Disclosure(id=work.clock.new_id(), case=known.id, shown_to=work.user.name, shown_at=work.clock.now())
        )
    return desk.changes
