"""申请书 as a form: one page that the applicant signs, or somebody fills in for him."""

from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.choice import Choice

from taizhang_printing.drawing import Align
from taizhang_printing.form_cells import (
    Block,
    Cell,
    Form,
    Gap,
    Paragraph,
    Row,
    Signing,
    day_words,
    label,
    number_words,
    prose,
    ticks,
)

LABEL = 27.0
TWO = 10.5
"""The height of a row that is written on by hand."""
FORMER_POOR = (Choice("是"), Choice("否"))


def application_form(paper: ApplicationForm) -> Form:
    """The one page."""
    return Form(
        title=paper.title,
        blocks=(*_persons(paper), *_household(paper), *_signing(paper)),
        author=paper.office_name,
        whose=paper.head_name or paper.applicant,
        personal=paper.personal,
        sizes=(12, 11, 10),
    )


def _persons(paper: ApplicationForm) -> tuple[Block, ...]:
    address = f"{paper.town}{paper.village}" if paper.village else ""
    return (
        Gap(height=3),
        Row(
            cells=(
                label("申请人", LABEL),
                Cell(text=paper.applicant, name=True),
                label("与户主关系", LABEL),
                Cell(text=paper.relation, width=26),
                label("联系电话", 24),
                Cell(text=paper.phone, width=34, one_line=True),
            ),
            height=TWO,
        ),
        Row(
            cells=(
                label("户主姓名", LABEL),
                Cell(text=paper.head_name, name=True),
                label("户主身份证", LABEL),
                Cell(text=paper.head_id_number, width=84, one_line=True),
            ),
            height=TWO,
        ),
        Row(cells=(label("家庭住址", LABEL), Cell(text=address, align=Align.LEFT)), height=TWO),
    )


def _household(paper: ApplicationForm) -> tuple[Block, ...]:
    half = len(paper.counted) // 2
    counts = [
        Row(
            cells=tuple(cell for words in part for cell in (label(words, 30), Cell(text="人", align=Align.RIGHT))),
            height=TWO,
            side="家庭情况",
        )
        for part in (paper.counted[:half], paper.counted[half:])
    ]
    return (
        Row(
            cells=(
                label("是否脱贫户", 30),
                ticks(FORMER_POOR, align=Align.CENTRE),
                label("家庭人口", 30),
                Cell(text=f"{number_words(paper.people)}人", align=Align.RIGHT, field="家庭人口"),
                label("家庭年收入", 30),
                Cell(text="元", align=Align.RIGHT),
            ),
            height=TWO,
            side="家庭情况",
        ),
        *counts,
        Row(cells=(label("主要风险\n（可多选）", LABEL), ticks(paper.risks)), height=16),
        Row(
            cells=(label("家庭困难\n和申请理由", LABEL), prose(paper.hardship, field="申请理由", more=True)),
            height=42,
            grow=1,
        ),
    )


def _signing(paper: ApplicationForm) -> tuple[Block, ...]:
    return (
        Gap(height=3),
        *(Paragraph(text=text, keep=True) for text in paper.statement),
        Gap(height=2),
        Signing(fields=("申请人（签字或捺印）：", f"申请日期：{day_words(paper.applied_on)}"), height=13),
        Signing(fields=("代填人（没有的不填）：", "代填人与申请人关系："), height=13),
        Signing(fields=("收件人（签字）：", f"收件日期：{day_words(None)}"), height=13),
    )
