"""村级公示 as an official paper: for the village's board, under the village's seal."""

from taizhang_casework.domain.papers.noticed_household import NoticedHousehold
from taizhang_casework.domain.papers.village_notice import BLANK_ROWS, VillageNotice

from taizhang_printing.composing import Composer
from taizhang_printing.official_flow import Block, Column, heading, table
from taizhang_printing.official_page import SIZE, paragraph
from taizhang_printing.official_paper import OfficialPaper

SIGNER = "村（居）民委员会"
"""Where the village is not known: written in before it."""
PLAIN = (
    Column("序号", 16),
    Column("户主姓名", 50, name=True),
    Column("组别", 26),
    Column("人口", 20),
    Column("类别", 44),
)
WITH_ENDS = (
    Column("序号", 15),
    Column("户主姓名", 33, name=True),
    Column("证件号码", 32),
    Column("组别", 17),
    Column("人口", 15),
    Column("类别", 44),
)


def village_notice_paper(notice: VillageNotice) -> OfficialPaper:
    """With the table of households, over several pages if need be."""

    def blocks(composer: Composer) -> list[Block]:
        made = heading(composer, notice.title)
        for text in notice.paragraphs:
            made += paragraph(composer, text, field="正文")
        made += household_table(composer, notice.households)
        for text in notice.closing:
            made += paragraph(composer, text, field="正文")
        return made

    signer = notice.signer or f"　　　　　{SIGNER}"
    return OfficialPaper(title=notice.title, author=notice.signer, signer=signer, blocks=blocks, dated=notice.dated)


def household_table(composer: Composer, households: tuple[NoticedHousehold, ...] | None) -> list[Block]:
    """The households; None gives rows to write in; where there are none, there is no table."""
    ends = any(each.ends is not None for each in households or ())
    columns = WITH_ENDS if ends else PLAIN
    if households is None:
        rows = [(f"{number}", *("",) * (len(columns) - 1)) for number in range(1, BLANK_ROWS + 1)]
        return table(composer, columns, rows, size=SIZE)
    rows = [_cells(number, each, ends=ends) for number, each in enumerate(households, 1)]
    return table(composer, columns, rows, size=SIZE) if rows else []


def _cells(number: int, household: NoticedHousehold, *, ends: bool) -> tuple[str, ...]:
    people = "" if household.people is None else f"{household.people}"
    number_ends = (("" if household.ends is None else f"{household.ends}"),) if ends else ()
    return (f"{number}", household.head_name, *number_ends, household.group, people, household.kind)
