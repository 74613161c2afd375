"""What any of the sheets holds: one struct a sheet, told apart by its type."""

from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.authorisation import AuthorisationForm
from taizhang_casework.domain.papers.file_cover import FileCover
from taizhang_casework.domain.papers.file_index import FileIndex
from taizhang_casework.domain.papers.review_minutes import ReviewMinutes
from taizhang_casework.domain.papers.screening_register import ScreeningRegister
from taizhang_casework.domain.papers.visit_sheet import VisitSheet

PaperContent = (
    ApplicationForm | AuthorisationForm | VisitSheet | ReviewMinutes | FileCover | FileIndex | ScreeningRegister
)
"""Frozen: a PDF is drawn from it and from nothing else."""
