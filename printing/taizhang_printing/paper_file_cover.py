"""一户一档封面 as a form: what the file is, whose, and from when to when."""

from taizhang_casework.domain.papers.file_cover import FileCover

from taizhang_printing.drawing import Align
from taizhang_printing.form_cells import Cell, Form, Gap, Paragraph, Row, day_words, label

SIZE = 15


def file_cover_form(cover: FileCover) -> Form:
    """The one page."""
    lines = (
        ("镇街", cover.town),
        ("村（社区）", cover.village),
        ("户主姓名", cover.head_name),
        ("预警方式", cover.channel),
        ("监测对象编号", cover.household_number),
        ("建档日期", day_words(cover.begun_on)),
        ("办结日期", day_words(cover.closed_on)),
    )
    rows = (
        Row(cells=(label(words, 45, size=SIZE), Cell(text=text, size=SIZE, name=words == "户主姓名")), height=17)
        for words, text in lines
    )
    return Form(
        title="防止返贫监测预警\n一户一档",
        blocks=(
            Gap(height=25),
            *rows,
            Gap(height=20, grow=1),
            Paragraph(text=cover.office_name, size=18, indent=0, align=Align.CENTRE, field="单位名称"),
            Gap(height=12),
        ),
        author=cover.office_name,
        whose=cover.head_name,
        personal=cover.personal,
        title_size=30,
        drop=24,
        numbered=False,
    )
