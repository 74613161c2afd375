"""What any of the sheets holds: one struct a sheet, told apart by its type."""

from taizhang_casework.domain.papers.comparison_request import ComparisonRequest
from taizhang_casework.domain.papers.comparison_result import ComparisonResult
from taizhang_casework.domain.papers.doubt_explanation import DoubtExplanation
from taizhang_casework.domain.papers.file_cover import FileCover
from taizhang_casework.domain.papers.green_filing import GreenChannelFiling
from taizhang_casework.domain.papers.notice_result import NoticeResult
from taizhang_casework.domain.papers.recognition_notice import RecognitionNotice
from taizhang_casework.domain.papers.return_visit_record import ReturnVisitRecord
from taizhang_casework.domain.papers.village_notice import VillageNotice

PaperContent = (
    FileCover
    | VillageNotice
    | NoticeResult
    | RecognitionNotice
    | ComparisonRequest
    | ComparisonResult
    | DoubtExplanation
    | GreenChannelFiling
    | ReturnVisitRecord
)
"""Frozen: a PDF is drawn from it and from nothing else. Each sheet joins the union with ``|``."""
