"""一户一档封面 as a form: what the file is, whose, and from when to when."""

from taizhang_casework.domain.papers.file_cover import FileCover

from taizhang_printing.form_cells import Block, Cell, Form, Gap, Row, SealPlace, day_words, label


def file_cover_form(cover: FileCover) -> Form:
    """The one page."""
    lines = (
        ("镇街", cover.town),
        ("村（社区）", cover.village),
        ("户主姓名", cover.head_name),
        ("预警方式", cover.channel),
        ("监测户编号", cover.household_number),
        ("建档日期", day_words(cover.begun_on)),
        ("办结日期", day_words(cover.closed_on)),
    )
    rows = tuple(
        Row(
            cells=(
                label(words, 45, size=15),
                Cell(text=text, size=15, name=words == "户主姓名"),
            ),
            height=17,
        )
        for words, text in lines
    )
    blocks: tuple[Block, ...] = (Gap(height=35, grow=1), *rows, Gap(height=20, grow=2))
    blocks = (*blocks, SealPlace(name=cover.office_name, day="", size=16, height=24))
    return Form(
        title="防返贫监测户档案",
        blocks=blocks,
        author=cover.office_name,
        whose=cover.head_name,
        personal=cover.personal,
        title_size=32,
        numbered=False,
    )
