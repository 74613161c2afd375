"""疑点说明 as a form: who, in which item, and how it is explained; signed by the household and by those who checked."""

from taizhang_casework.domain.papers.doubt_explanation import DoubtExplanation, ExplainedDoubt

from taizhang_printing.form_cells import (
    Cell,
    Ends,
    Form,
    Row,
    SealPlace,
    Table,
    day_words,
    label,
    or_rule,
    prose,
)

WIDTHS = 11, 30, 30
ROW = 20.0
PROMISE = "以上说明属实，如有隐瞒或者虚报，愿意承担相应责任。"


def doubt_explanation_form(explanation: DoubtExplanation) -> Form:
    """A row a 疑点; what was found of it is written in by those who checked."""
    head = Row(
        cells=(label("序号", WIDTHS[0]), label("姓名", WIDTHS[1]), label("疑点项目", WIDTHS[2]), label("情况说明"))
    )
    rows = tuple(_row(number, doubt) for number, doubt in enumerate(explanation.doubts, 1))
    blocks = (
        Ends(left=f"镇街：{or_rule(explanation.town, 8)}", right=f"村（社区）：{or_rule(explanation.village, 10)}"),
        Ends(
            left=f"户主姓名：{or_rule(explanation.head_name, 8)}",
            right=f"比对日期：{day_words(explanation.compared_on)}",
        ),
        Table(head=head, rows=rows),
        Row(
            cells=(label("说明人", 41), prose(PROMISE, foot=f"签字（或捺印）：　　　　　　　　{day_words(None)}")),
            height=22,
        ),
        Row(
            cells=(
                label("镇村核实意见", 41),
                prose("", foot=f"核实人（两人签字）：　　　　　　　　　　{day_words(None)}"),
            ),
            height=38,
            grow=1,
            keep=True,
        ),
        SealPlace(name=explanation.office_name, day=day_words(None)),
    )
    return Form(
        title="信息比对疑点说明",
        blocks=blocks,
        author=explanation.office_name,
        whose=explanation.head_name,
        personal=explanation.personal,
    )


def _row(number: int, doubt: ExplainedDoubt) -> Row:
    return Row(
        cells=(
            Cell(text=f"{number}", width=WIDTHS[0]),
            Cell(text=doubt.person, width=WIDTHS[1], field="姓名", name=True),
            Cell(text=doubt.item, width=WIDTHS[2], field="疑点项目"),
            prose(doubt.explanation, field="情况说明"),
        ),
        height=ROW,
    )
