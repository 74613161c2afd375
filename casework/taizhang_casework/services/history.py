"""The history of a case in plain Chinese, page by page, from the journal."""

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind, Touched
from taizhang_casework.domain.history import HistoryPage
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.print_register import LetterPaper, PrintRecord, PrintWay
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

PAGE = 50


def history(work: Work, desk: Desk, case: CaseId, *, older_than: int | None = None, most: int = PAGE) -> HistoryPage:
    """The newest changes of the case, its letters, papers, attachments and household; KeyError where there is no such case.

    ``older_than`` is the number of the last line that is known already.
    """
    known = desk.cases.get(case)
    things = [
        Touched(Kind.CASE, case),
        *(Touched(Kind.ATTACHMENT, attachment.id) for attachment in desk.attachments.of_case(case)),
        *(Touched(Kind.PRINT, record.id) for record in desk.prints.of_case(case) if not _told_by_letter(record)),
    ]
    if known.household is not None:
        things.append(Touched(Kind.HOUSEHOLD, known.household))
    rows = desk.journal.of_things(things, case, older_than=older_than, most=most + 1)
    pack = work.pack_of(known)
    return HistoryPage(lines=tuple(told(row, pack, work.divisions) for row in rows[:most]), more=len(rows) > most)


def _told_by_letter(record: PrintRecord) -> bool:
    """The letter's own row says that it was printed; of its register what goes beyond that is told."""
    beyond = record.seal is not None or record.failed
    return isinstance(record.paper, LetterPaper) and record.way is PrintWay.PRINTED and not beyond
