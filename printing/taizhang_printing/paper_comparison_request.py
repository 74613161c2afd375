"""信息比对申请 as an official paper: the persons, their numbers, and who has authorised it."""

from taizhang_casework.domain.papers.compared_person import ComparedPerson
from taizhang_casework.domain.papers.comparison_request import BLANK_PERSONS, ComparisonRequest

from taizhang_printing.composing import Composer
from taizhang_printing.ledger_words import compact
from taizhang_printing.official_flow import Block, Column, addressee, heading, table
from taizhang_printing.official_page import paragraph
from taizhang_printing.official_paper import OfficialPaper

TABLE_SIZE = 14.0
COLUMNS = (
    Column("序号", 15),
    Column("姓名", 31, name=True),
    Column("身份证号", 51),
    Column("身份", 29),
    Column("授权书签署", 30),
)
UNSIGNED, SIGNED = "未签", "已签"
TO_WHOM = "____________________"


def comparison_request_paper(request: ComparisonRequest) -> OfficialPaper:
    """With the household that it is about, then its persons."""

    def blocks(composer: Composer) -> list[Block]:
        made = [*heading(composer, request.title)]
        made += addressee(composer, request.addressee or TO_WHOM, field="比对单位")
        for text in request.paragraphs:
            made += paragraph(composer, text, field="正文")
        if request.head_name:
            made += paragraph(
                composer, f"所在村（社区）：{request.village}　户主：{request.head_name}", field="户主姓名"
            )
        rows = [("", "", "", "", "")] * BLANK_PERSONS if request.people is None else [_cells(e) for e in request.people]
        numbered = [(f"{number}", *row[1:]) for number, row in enumerate(rows, 1)]
        made += table(composer, COLUMNS, numbered, size=TABLE_SIZE)
        for text in request.closing:
            made += paragraph(composer, text, field="正文")
        return made

    return OfficialPaper(
        title=request.title,
        author=request.signer,
        signer=request.signer,
        blocks=blocks,
        dated=request.dated,
        personal=request.personal,
    )


def _cells(person: ComparedPerson) -> tuple[str, ...]:
    as_what = f"{person.as_what}（未成年）" if person.minor else person.as_what
    return ("", person.name, person.id_number, as_what, _authorised(person))


def _authorised(person: ComparedPerson) -> str:
    """When it was signed and by which guardian; nothing where nobody wrote down whether it was."""
    if person.signed is None:
        return ""
    if not person.signed:
        return UNSIGNED
    day = compact(person.signed_on) or SIGNED
    return f"{day}\n{person.guardian}代签" if person.guardian else day
