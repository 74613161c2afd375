"""信息比对结果 as a form: an item a row, a person a column, so that it reads like the departments' answers."""

import math
from collections.abc import Iterator

from taizhang_casework.domain.papers.choice import Choice
from taizhang_casework.domain.papers.comparison_result import ComparisonResult, Outcome, PersonOutcome

from taizhang_printing.drawing import Align
from taizhang_printing.form_cells import (
    Block,
    Cell,
    Ends,
    Form,
    Gap,
    Paragraph,
    Row,
    SealPlace,
    Signing,
    Table,
    boxes,
    day_words,
    label,
    or_rule,
)

ACROSS = 4
"""So many persons stand side by side; more begin a table of their own."""
CARRIED = 2
"""Rows that go with the seal where it needs a page of its own."""
NOBODY = PersonOutcome(name="", outcomes=())
WIDTHS = 11, 28
ROW, SEVERAL = 8.5, 7.4
"""Heights of a row; two tables of thirteen lower ones fit on a page."""
NOTE = "注：有疑点不等于不符合，由本人说明、镇村核实后再作认定；逐项在疑点说明中写明。"


def comparison_result_form(result: ComparisonResult) -> Form:
    """Every item of every person, with a box for each answer where nothing came back yet."""
    groups = _groups(result.people or (NOBODY,) * ACROSS)
    blocks: list[Block] = [
        Ends(left=f"镇街：{or_rule(result.town, 8)}", right=f"村（社区）：{or_rule(result.village, 10)}"),
        Ends(
            left=f"户主姓名：{or_rule(result.head_name, 8)}",
            right=f"送出比对：{day_words(result.sent_on)}　送往：{or_rule(result.sent_to, 8)}",
        ),
    ]
    for at, group in enumerate(groups):
        if at:
            blocks.append(Gap(height=5))
        blocks.append(_table(result.items, group, ROW if len(groups) == 1 else SEVERAL))
    blocks += [
        Paragraph(text=NOTE, indent=0, size=9, keep=True),
        Signing(fields=("比对经办人：", "审核人："), keep=True),
        SealPlace(name="比对单位（盖章）", day=day_words(result.compared_on)),
    ]
    return Form(
        title="信息比对结果",
        blocks=tuple(blocks),
        author=result.office_name,
        whose=result.head_name,
        personal=result.personal,
    )


def _groups(people: tuple[PersonOutcome, ...]) -> list[tuple[PersonOutcome, ...]]:
    """As few tables as hold everybody, and about as many persons in each."""
    share = math.ceil(len(people) / math.ceil(len(people) / ACROSS))
    return [people[at : at + share] for at in range(0, len(people), share)]


def _table(items: tuple[str, ...], people: tuple[PersonOutcome, ...], height: float) -> Table:
    """Its last rows stay with what comes next: no page bears a seal alone."""
    head = Row(
        cells=(
            label("序号", WIDTHS[0]),
            label("比对项目", WIDTHS[1]),
            *(_person(each) for each in people),
        ),
        height=16,
    )
    return Table(head=head, rows=tuple(_rows(items, people, height)))


def _rows(items: tuple[str, ...], people: tuple[PersonOutcome, ...], height: float) -> Iterator[Row]:
    last = len(items) - CARRIED
    for at, item in enumerate(items):
        answers = (each.outcomes[at] if each.outcomes else Outcome.OPEN for each in people)
        cells = (
            Cell(text=f"{at + 1}", width=WIDTHS[0]),
            Cell(text=item, width=WIDTHS[1], field="比对项目"),
            *(Cell(text=_answer(answer), one_line=True) for answer in answers),
        )
        yield Row(cells=cells, height=height, grow=1, keep=at >= last)


def _person(person: PersonOutcome) -> Cell:
    """The head of a column: name and number, or the room for both."""
    if not person.name:
        return Cell(text="姓名：\n\n证件号码：", size=9, align=Align.LEFT)
    text = f"{person.name}\n{person.id_number}" if person.id_number else person.name
    return Cell(text=text, field="姓名", name=True, size=9)


def _answer(outcome: Outcome) -> str:
    return boxes((Choice("无", outcome is Outcome.CLEAR), Choice("有疑点", outcome is Outcome.DOUBT)))
