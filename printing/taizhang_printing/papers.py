"""The sheets of the loop as PDF: each from its own content and from nothing else."""

from pathlib import Path

from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.authorisation import AuthorisationForm
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.file_cover import FileCover
from taizhang_casework.domain.papers.file_index import FileIndex
from taizhang_casework.domain.papers.review_minutes import ReviewMinutes
from taizhang_casework.domain.papers.screening_register import ScreeningRegister
from taizhang_casework.domain.papers.visit_sheet import VisitSheet

from taizhang_printing.files import write_whole
from taizhang_printing.form_cells import Form
from taizhang_printing.form_paper import Printing, forms_bytes
from taizhang_printing.paper_application import application_form
from taizhang_printing.paper_authorisation import authorisation_form
from taizhang_printing.paper_file_cover import file_cover_form
from taizhang_printing.paper_file_index import file_index_form
from taizhang_printing.paper_review_minutes import review_minutes_forms
from taizhang_printing.paper_screening_register import screening_register_form
from taizhang_printing.paper_visit_sheet import visit_sheet_form
from taizhang_printing.print_run import PrintRun

__all__ = ["PrintRun", "Printing", "paper_bytes", "write_paper"]


def write_paper(content: PaperContent, path: Path, run: PrintRun) -> None:
    """Write the sheet to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept."""
    write_whole(path, paper_bytes(content, run))


def paper_bytes(content: PaperContent, run: PrintRun) -> bytes:
    """The sheet as a PDF in memory. Equal arguments give equal bytes."""
    return forms_bytes(_forms(content), run)


def _forms(content: PaperContent) -> tuple[Form, ...]:
    match content:
        case ApplicationForm():
            return (application_form(content),)
        case AuthorisationForm():
            return (authorisation_form(content),)
        case VisitSheet():
            return (visit_sheet_form(content),)
        case ReviewMinutes():
            return review_minutes_forms(content)
        case FileCover():
            return (file_cover_form(content),)
        case FileIndex():
            return (file_index_form(content),)
        case ScreeningRegister():
            return (screening_register_form(content),)
