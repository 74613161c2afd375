"""符合认定标准告知书 as an official paper, where a pack has the words for one."""

from taizhang_casework.domain.papers.recognition_notice import RecognitionNotice

from taizhang_printing.composing import Composer
from taizhang_printing.official_flow import Block, addressee, heading
from taizhang_printing.official_page import paragraph
from taizhang_printing.official_paper import OfficialPaper

BLANK_NUMBER = "〔　　　　〕　　号"


def recognition_notice_paper(notice: RecognitionNotice) -> OfficialPaper:
    """Its number is written in by hand. It goes to the household, and bears neither 内部资料 nor who printed it, as 告知书 does not."""

    def blocks(composer: Composer) -> list[Block]:
        number = "" if notice.mark is None else f"{notice.mark}{BLANK_NUMBER}"
        made = heading(composer, notice.title, number)
        made += addressee(composer, notice.addressee, field="户主姓名")
        for text in notice.paragraphs:
            made += paragraph(composer, text, field="正文")
        return made

    return OfficialPaper(
        title=notice.title,
        author=notice.signer,
        signer=notice.signer,
        blocks=blocks,
        dated=notice.dated,
    )
