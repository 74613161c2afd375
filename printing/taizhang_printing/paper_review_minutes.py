"""民主评议记录 and the 签到表 of the meeting, each on pages of its own."""

from taizhang_casework.domain.papers.review_minutes import ReviewedHousehold, ReviewMinutes

from taizhang_printing.form_cells import (
    BLANK_DAY,
    Block,
    Cell,
    Column,
    Ends,
    Form,
    Gap,
    Paragraph,
    Row,
    Signing,
    day_words,
    label,
    number_words,
    prose,
    table,
    ticks,
)

LABEL = 25.0
HOUSEHOLDS = (
    Column.of("序号", 10),
    Column.of("户主姓名", 28, name=True),
    Column.of("人口", 11),
    Column.of("预警信息和主要困难", left=True),
    Column.of("同意\n（人）", 14),
    Column.of("不同意\n（人）", 14),
    Column.of("弃权\n（人）", 14),
    Column.of("评议结果", 20),
)
SIGN_IN = (
    Column.of("序号", 11),
    Column.of("身份（职务）", 27),
    Column.of("签字"),
    Column.of("序号", 11),
    Column.of("身份（职务）", 27),
    Column.of("签字"),
)


def review_minutes_forms(paper: ReviewMinutes) -> tuple[Form, Form]:
    """The record, then the sign-in sheet."""
    return (
        Form(
            title="民主评议会议记录",
            blocks=(*_meeting(paper), *_outcome(paper)),
            author=paper.office_name,
            whose="、".join(each.head_name for each in paper.households),
            personal=paper.personal,
            sizes=(11.5, 11, 10),
        ),
        Form(
            title="民主评议会议签到表",
            blocks=_sign_in(paper),
            author=paper.office_name,
            personal=paper.personal,
            sizes=(11.5,),
        ),
    )


def _where(paper: ReviewMinutes) -> str:
    return f"{paper.town}{paper.village or '　　　　　　村（社区）'}"


def _meeting(paper: ReviewMinutes) -> tuple[Block, ...]:
    counts = f"应到{_count(paper.expected)}人，实到{_count(paper.present)}人"
    return (
        Ends(left=_where(paper), right=f"会议日期：{day_words(paper.held_on)}"),
        Row(cells=(label("会议形式", LABEL), ticks(paper.forms)), height=10),
        Row(cells=(label("会议地点", LABEL), Cell(), label("到会人数", LABEL), Cell(text=counts, width=52)), height=10),
        Row(
            cells=(
                label("主持人", LABEL),
                Cell(text=paper.host, name=True),
                label("记录人", LABEL),
                Cell(text=paper.recorder, width=52, name=True),
            ),
            height=10,
        ),
        table(
            HOUSEHOLDS,
            [
                _household(number, each)
                for number, each in enumerate((*paper.households, *(ReviewedHousehold() for _ in range(paper.more))), 1)
            ],
            height=12,
            grows_to=16,
            head_height=11,
            size=10.5,
        ),
    )


def _household(number: int, each: ReviewedHousehold) -> tuple[str, ...]:
    people, *votes = (number_words(count) for count in (each.people, each.agree, each.against, each.abstain))
    return (f"{number}", each.head_name, people, each.matter, *votes, "")


def _count(number: int | None) -> str:
    return number_words(number) or "　　　"


def _outcome(paper: ReviewMinutes) -> tuple[Block, ...]:
    quorum = f"会议有效的条件：{'；'.join(paper.quorums)}。评议结果填“同意纳入”或“不同意纳入”。"
    return (
        Row(
            cells=(label("评议意见\n和发言要点", LABEL), prose(paper.opinions, field="评议意见", more=True)),
            height=60,
            grow=3,
        ),
        Row(
            cells=(
                label("主持人签字", LABEL),
                Cell(),
                label("记录人签字", LABEL),
                Cell(width=52),
            ),
            height=13,
            keep=True,
        ),
        Row(
            cells=(label("村（居）民\n委员会", LABEL), Cell(foot=f"（盖章）{BLANK_DAY}")),
            height=38,
            grow=1,
            most=12,
        ),
        Gap(height=1.5),
        Paragraph(text=f"注：{quorum}到会人员另在《民主评议会议签到表》上签字。", size=9, indent=0, pitch=1.4),
    )


def _sign_in(paper: ReviewMinutes) -> tuple[Block, ...]:
    half = -(-paper.signatures // 2)
    rows = [
        (f"{at}", "", "", f"{at + half}" if at + half <= paper.signatures else "", "", "") for at in range(1, half + 1)
    ]
    return (
        Ends(left=_where(paper), right=f"会议日期：{day_words(paper.held_on)}"),
        table(SIGN_IN, rows, height=10.3, grows_to=13, head_height=9),
        Signing(
            fields=(f"应到{_count(paper.expected)}人，实到{_count(paper.present)}人", "记录人（签字）："), height=13
        ),
    )
