"""What any of the sheets holds: one struct a sheet, told apart by its type."""

from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.authorisation import AuthorisationForm
from taizhang_casework.domain.papers.comparison_request import ComparisonRequest
from taizhang_casework.domain.papers.comparison_result import ComparisonResult
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

PaperContent = (
    ApplicationForm
    | AuthorisationForm
    | VisitSheet
    | ReviewMinutes
    | ComparisonRequest
    | ComparisonResult
    | DoubtExplanation
    | VillageNotice
    | NoticeResult
    | GreenChannelFiling
    | ReturnVisitRecord
    | RecognitionNotice
    | FileCover
    | FileIndex
    | ScreeningRegister
)
"""Frozen: a PDF is drawn from it and from nothing else."""
