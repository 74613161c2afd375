"""Which sheets there are. 附件2 and 告知书 with its 送达回证 are frozen before they are printed and are not among them."""

from enum import Enum


class PaperKind(Enum):
    """A sheet that is printed blank, or filled in from a case as far as it is known. Order and words are [P]."""

    APPLICATION = "application"
    AUTHORISATION = "authorisation"
    VISIT_SHEET = "visit_sheet"
    REVIEW_MINUTES = "review_minutes"
    COMPARISON_REQUEST = "comparison_request"
    COMPARISON_RESULT = "comparison_result"
    DOUBT_EXPLANATION = "doubt_explanation"
    PUBLIC_NOTICE = "public_notice"
    NOTICE_RESULT = "notice_result"
    GREEN_CHANNEL = "green_channel"
    RETURN_VISIT = "return_visit"
    RECOGNITION_NOTICE = "recognition_notice"
    FILE_COVER = "file_cover"
    FILE_INDEX = "file_index"
    SCREENING_REGISTER = "screening_register"


PAPER_WORDS: dict[PaperKind, str] = {
    PaperKind.APPLICATION: "申请书",
    PaperKind.AUTHORISATION: "承诺授权书",
    PaperKind.VISIT_SHEET: "入户核查表",
    PaperKind.REVIEW_MINUTES: "民主评议记录和签到表",
    PaperKind.COMPARISON_REQUEST: "信息比对申请",
    PaperKind.COMPARISON_RESULT: "信息比对结果",
    PaperKind.DOUBT_EXPLANATION: "疑点说明",
    PaperKind.PUBLIC_NOTICE: "村级公示",
    PaperKind.NOTICE_RESULT: "公示结果",
    PaperKind.GREEN_CHANNEL: "绿色通道备案表",
    PaperKind.RETURN_VISIT: "回访记录",
    PaperKind.RECOGNITION_NOTICE: "符合认定标准告知书",
    PaperKind.FILE_COVER: "一户一档封面",
    PaperKind.FILE_INDEX: "一户一档目录",
    PaperKind.SCREENING_REGISTER: "集中排查登记表",
}
"""As a clerk calls them; the title on the sheet may be longer."""
