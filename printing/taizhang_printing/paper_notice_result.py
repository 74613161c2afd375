"""公示结果 as an official paper: the village's report to the town, under the village's seal."""

from collections.abc import Iterator

import msgspec
from taizhang_casework.domain.papers.notice_result import NoticeResult, Objection

from taizhang_printing.composing import Composer
from taizhang_printing.official_flow import Block, Column, Ruled, addressee, heading, table
from taizhang_printing.official_page import SIZE, paragraph
from taizhang_printing.official_paper import OfficialPaper
from taizhang_printing.paper_village_notice import SIGNER

COLUMNS = (Column("序号", 16), Column("户主姓名", 70, name=True), Column("人口", 30), Column("有无异议", 40))
NO_OBJECTION = "公示期间没有收到异议。"
NOT_SETTLED = "（待填写）"
BLANK_ROWS, OBJECTION_ROWS, OPINION_ROWS = 4, 3, 2


def notice_result_paper(result: NoticeResult) -> OfficialPaper:
    """The households, what was objected about each and how it was settled, the committee's words."""

    def blocks(composer: Composer) -> list[Block]:
        made = [*heading(composer, result.title), *addressee(composer, result.addressee, field="单位名称")]
        for text in result.paragraphs:
            made += paragraph(composer, text, field="正文")
        made += _households(composer, result)
        made += _section(composer, "一、异议及处理情况", tuple(_objections(result)), OBJECTION_ROWS)
        made += _section(
            composer, "二、村（居）民委员会意见", (result.opinion,) if result.opinion else (), OPINION_ROWS
        )
        for text in result.closing:
            made += paragraph(composer, text, field="正文")
        return made

    signer = result.signer or f"　　　　　{SIGNER}"
    return OfficialPaper(
        title=result.title,
        author=result.signer,
        signer=signer,
        blocks=blocks,
        dated=result.dated,
        personal=result.personal,
    )


def _households(composer: Composer, result: NoticeResult) -> list[Block]:
    """Who was posted, and whether anybody objected; rows to write in on a blank sheet."""
    rows = [("", "", "")] * BLANK_ROWS
    if result.households is not None:
        rows = [
            (each.head_name, "" if each.people is None else f"{each.people}", "有" if objection.said else "无")
            for each, objection in zip(result.households, result.objections, strict=True)
        ]
    return table(composer, COLUMNS, [(f"{number}", *row) for number, row in enumerate(rows, 1)], size=SIZE)


def _section(composer: Composer, head: str, texts: tuple[str, ...], rows: int) -> list[Block]:
    made: list[Block] = [msgspec.structs.replace(line, keep=True) for line in paragraph(composer, head, field="正文")]
    for text in texts:
        made += paragraph(composer, text, field="异议及处理情况")
    return made if texts else [*made, *(Ruled(),) * rows]


def _objections(result: NoticeResult) -> Iterator[str]:
    """A sentence a household that somebody objected to; one for all where nobody did; nothing on a blank sheet."""
    if result.households is None:
        return
    objected = [each for each in result.objections if each.said]
    if not objected:
        yield NO_OBJECTION
    yield from (_sentence(each) for each in objected)
    if objected and len(objected) < len(result.households):
        yield "其他农户公示期间没有收到异议。"


def _sentence(objection: Objection) -> str:
    settled = objection.settled or NOT_SETTLED
    return f"{objection.head_name}户：{_stopped(objection.said)}处理情况：{_stopped(settled)}"


def _stopped(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "）")) else f"{text}。"
