"""集中排查登记表 as a form, landscape: a line for each person whom the village looked at."""

from taizhang_casework.domain.papers.screening_register import ScreenedRow, ScreeningRegister

from taizhang_printing.form_cells import Column, Ends, Form, Gap, Paragraph, Signing, day_words, table

COLUMNS = (
    Column.of("序号", 11),
    Column.of("姓名", 24, name=True),
    Column.of("身份证号码", 39, one_line=True),
    Column.of("联系电话", 27, one_line=True),
    Column.of("特殊群体\n类别", 25),
    Column.of("排查情况（收入、住房、就学、就医、饮水等）", left=True),
    Column.of("排查人员", 24),
    Column.of("排查日期", 25, one_line=True),
    Column.of("是否\n纳入", 13),
)


def screening_register_form(paper: ScreeningRegister) -> Form:
    """As many pages as there are lines for."""
    lines = (*paper.rows, *(None for _ in range(paper.more)))
    quarter = paper.quarter or "　　　　年第　　季度"
    return Form(
        title="防止返贫监测集中排查登记表",
        blocks=(
            Ends(left=f"{paper.town}{paper.village or '　　　　　　村（社区）'}", right=quarter),
            table(
                COLUMNS,
                [_texts(number, each) for number, each in enumerate(lines, 1)],
                height=9.5,
                head_height=11,
                size=10,
            ),
            Gap(height=1.5),
            Paragraph(text=f"注：特殊群体包括{'、'.join(paper.groups)}。", size=9, indent=0, pitch=1.4, keep=True),
            Signing(
                fields=("村（社区）负责人（签字）：", "填表人（签字）：", f"填表日期：{day_words(None)}"), height=12
            ),
        ),
        author=paper.office_name,
        personal=paper.personal,
        landscape=True,
        sizes=(11,),
    )


def _texts(number: int, row: ScreenedRow | None) -> tuple[str, ...]:
    if row is None:
        return (f"{number}", *("" for _ in COLUMNS[1:]))
    return (
        f"{number}",
        row.name,
        row.id_number,
        row.phone,
        "",
        row.detail,
        row.screened_by,
        day_words(row.reported_on),
        row.taken_in,
    )
