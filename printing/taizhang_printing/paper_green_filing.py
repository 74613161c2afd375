"""绿色通道备案表 as a form: why help came first, what it was, which steps are owed and until when, village and town."""

from collections.abc import Iterator

from taizhang_casework.domain.papers.choice import Choice
from taizhang_casework.domain.papers.green_filing import GreenChannelFiling, OwedStep

from taizhang_printing.form_cells import (
    Block,
    Cell,
    Ends,
    Form,
    Row,
    day_words,
    label,
    number_words,
    or_rule,
    prose,
    ticks,
)

LABEL, STEP = 30, 42
SEAL = 43
"""A stamp of 42 mm has its place."""
WITHOUT_DAY = "公示结束后及时办理"
OWED = "补办程序"


def green_filing_form(filing: GreenChannelFiling) -> Form:
    """One page."""
    chosen = {filing.ground} if filing.ground else set[str]()
    grounds = [Choice(each, each in chosen) for each in filing.grounds]
    grounds += [Choice(each, chosen=True) for each in chosen - set(filing.grounds)]
    blocks: tuple[Block, ...] = (
        Ends(left=f"镇街：{or_rule(filing.town, 8)}", right=f"村（社区）：{or_rule(filing.village, 10)}"),
        Row(
            cells=(
                label("户主姓名", LABEL),
                Cell(text=filing.head_name, name=True),
                label("家庭人口", 24),
                Cell(text=number_words(filing.people), width=24),
            )
        ),
        Row(
            cells=(
                label("户主身份证号", LABEL),
                Cell(text=filing.head_id_number),
                label("启动日期", 24),
                Cell(text=day_words(filing.opened_on), width=46),
            )
        ),
        Row(cells=(label("情形", LABEL), ticks(grounds))),
        Row(cells=(label("风险和困难\n情况", LABEL), prose(filing.happened)), height=26, grow=1),
        Row(cells=(label("群众认可情况\n（由谁认可）", LABEL), prose(filing.recognised_by)), height=18),
        Row(
            cells=(
                label("先行帮扶情况", LABEL),
                prose(filing.help_given, foot=f"帮扶日期：{day_words(filing.helped_on)}"),
            ),
            height=22,
            grow=1,
        ),
        Row(
            cells=(label("应补办的程序", STEP), label("最迟办理日期"), label("实际办理日期")),
            side=OWED,
            height=8,
        ),
        *_steps(filing),
        Row(
            cells=(label("村（居）委会\n意见", LABEL), prose("", foot=f"（盖章）{day_words(None)}", ruled=False)),
            height=SEAL,
            grow=1,
        ),
        Row(
            cells=(label("镇街意见", LABEL), prose("", foot=f"（盖章）{day_words(None)}", ruled=False)),
            height=SEAL,
            grow=1,
        ),
    )
    return Form(
        title="防止返贫监测绿色通道备案表",
        blocks=blocks,
        author=filing.office_name,
        whose=filing.head_name,
        personal=filing.personal,
    )


def _steps(filing: GreenChannelFiling) -> Iterator[Row]:
    for step in filing.steps:
        done = day_words(step.done_on) if filing.personal or step.done_on else ""
        cells = (Cell(text=step.label, width=STEP), Cell(text=_until(step, filing)), Cell(text=done))
        yield Row(cells=cells, side=OWED, height=8)


def _until(step: OwedStep, filing: GreenChannelFiling) -> str:
    if step.done_on is not None:
        return "已办理"
    if step.until is None:
        return WITHOUT_DAY if filing.personal else ""
    return f"{day_words(step.until)}{'（预计）' if step.estimated else ''}"
