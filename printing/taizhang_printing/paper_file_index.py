"""一户一档目录 as a form: a line for each paper in the file."""

from taizhang_casework.domain.papers.file_index import FiledPaper, FileIndex

from taizhang_printing.form_cells import Column, Ends, Form, Gap, Signing, day_words, number_words, table

COLUMNS = (
    Column.of("序号", 12),
    Column.of("材料名称", left=True),
    Column.of("形成日期", 34, one_line=True),
    Column.of("份数", 13),
    Column.of("页码", 20),
    Column.of("备注", 24),
)


def file_index_form(paper: FileIndex) -> Form:
    """The list."""
    head = f"户主：{paper.head_name or '　　　　　　'}"
    village = paper.village or "　　　　　　村（社区）"
    lines = (*paper.papers, *(None for _ in range(paper.more)))
    return Form(
        title="一户一档材料目录",
        blocks=(
            Ends(left=head, right=village),
            table(
                COLUMNS,
                [_texts(number, each) for number, each in enumerate(lines, 1)],
                height=11,
                grows_to=13,
                head_height=10,
            ),
            Gap(height=3),
            Signing(fields=("立卷人：", "检查人：", f"日期：{day_words(None)}"), height=13),
        ),
        author=paper.office_name,
        whose=paper.head_name,
        personal=paper.personal,
        sizes=(12, 11, 10),
    )


def _texts(number: int, paper: FiledPaper | None) -> tuple[str, ...]:
    if paper is None:
        return (f"{number}", "", "", "", "", "")
    dated = "" if paper.dated is None else day_words(paper.dated)
    return (f"{number}", paper.name, dated, number_words(paper.copies), "", "")
