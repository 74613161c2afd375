"""The sheets of the loop as PDF: each from its own content and from nothing else."""

from pathlib import Path

from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.authorisation import AuthorisationForm
from taizhang_casework.domain.papers.comparison_request import ComparisonRequest
from taizhang_casework.domain.papers.comparison_result import ComparisonResult
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.doubt_explanation import DoubtExplanation
from taizhang_casework.domain.papers.file_cover import FileCover
from taizhang_casework.domain.papers.file_index import FileIndex
from taizhang_casework.domain.papers.green_filing import GreenChannelFiling
from taizhang_casework.domain.papers.notice_result import NoticeResult
from taizhang_casework.domain.papers.recognition_notice import RecognitionNotice
from taizhang_casework.domain.papers.return_visit_record import ReturnVisitRecord
from taizhang_casework.domain.papers.review_minutes import ReviewMinutes
from taizhang_casework.domain.papers.screening_register import ScreeningRegister
from taizhang_casework.domain.papers.village_notice import VillageNotice
from taizhang_casework.domain.papers.visit_sheet import VisitSheet

from taizhang_printing.files import write_whole
from taizhang_printing.form_cells import Form
from taizhang_printing.form_paper import forms_bytes
from taizhang_printing.official_paper import OfficialPaper, official_bytes
from taizhang_printing.paper_application import application_form
from taizhang_printing.paper_authorisation import authorisation_form
from taizhang_printing.paper_comparison_request import comparison_request_paper
from taizhang_printing.paper_comparison_result import comparison_result_form
from taizhang_printing.paper_doubt_explanation import doubt_explanation_form
from taizhang_printing.paper_file_cover import file_cover_form
from taizhang_printing.paper_file_index import file_index_form
from taizhang_printing.paper_green_filing import green_filing_form
from taizhang_printing.paper_notice_result import notice_result_paper
from taizhang_printing.paper_recognition_notice import recognition_notice_paper
from taizhang_printing.paper_return_visit import return_visit_form
from taizhang_printing.paper_review_minutes import review_minutes_forms
from taizhang_printing.paper_screening_register import screening_register_form
from taizhang_printing.paper_village_notice import village_notice_paper
from taizhang_printing.paper_visit_sheet import visit_sheet_form
from taizhang_printing.print_run import PrintRun

__all__ = ["PrintRun", "paper_bytes", "write_paper"]


def write_paper(content: PaperContent, path: Path, run: PrintRun) -> None:
    """Write the sheet to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept."""
    write_whole(path, paper_bytes(content, run))


def paper_bytes(content: PaperContent, run: PrintRun) -> bytes:
    """The sheet as a PDF in memory. Equal arguments give equal bytes."""
    drawn = _drawn(content)
    return official_bytes(drawn, run) if isinstance(drawn, OfficialPaper) else forms_bytes(drawn, run)


def _drawn(content: PaperContent) -> tuple[Form, ...] | OfficialPaper:  # noqa: C901, PLR0911, PLR0912 - one line a sheet
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
        case VillageNotice():
            return village_notice_paper(content)
        case NoticeResult():
            return notice_result_paper(content)
        case RecognitionNotice():
            return recognition_notice_paper(content)
        case ComparisonRequest():
            return comparison_request_paper(content)
        case ComparisonResult():
            return (comparison_result_form(content),)
        case DoubtExplanation():
            return (doubt_explanation_form(content),)
        case GreenChannelFiling():
            return (green_filing_form(content),)
        case ReturnVisitRecord():
            return (return_visit_form(content),)
        case FileIndex():
            return (file_index_form(content),)
        case ScreeningRegister():
            return (screening_register_form(content),)
