"""入户核查表 as a form: what the visitors write down in the house, on one page for a household of usual size."""

from taizhang_casework.domain.papers.visit_sheet import VisitMember, VisitSheet

from taizhang_printing.drawing import Align
from taizhang_printing.form_cells import (
    BLANK_DAY,
    Block,
    Cell,
    Column,
    Ends,
    Form,
    Row,
    boxes,
    day_words,
    label,
    prose,
    table,
    ticks,
)

LABEL = 25.0
NUMERALS = "〇一两三四五六七八九"
HOUSE, MONEY, SECURED = "住房饮水", "收入支出", "三保障"
COLUMNS = (
    Column.of("姓名", name=True),
    Column.of("身份证号码", 33, one_line=True),
    Column.of("与户主\n关系", 13),
    Column.of("文化\n程度", 15),
    Column.of("在校\n状况", 16),
    Column.of("健康\n状况", 20, only_after="、"),
    Column.of("劳动\n技能", 18.5),
    Column.of("医保", 8),
    Column.of("大病\n保险", 8),
    Column.of("养老\n保险", 8),
    Column.of("低保", 8),
)


def visit_sheet_form(paper: VisitSheet) -> Form:
    """One page; more where the household is large."""
    blocks = (*_heading(paper), *_members(paper), *_findings(paper), *_signing(paper))
    return Form(
        title="防止返贫监测入户核查表",
        blocks=blocks,
        author=paper.office_name,
        whose=paper.head_name,
        personal=paper.personal,
        sizes=(10.5, 10, 9.5),
    )


def _heading(paper: VisitSheet) -> tuple[Block, ...]:
    return (
        Ends(
            left=f"{paper.town}{paper.village or '　　　　　　村（社区）'}",
            right=f"核查日期：{day_words(paper.visited_on)}",
        ),
        Row(
            cells=(
                label("户主姓名", LABEL),
                Cell(text=paper.head_name, name=True, one_line=True),
                label("身份证号码", 22),
                Cell(text=paper.head_id_number, width=38, one_line=True),
                label("联系电话", 18),
                Cell(text=paper.phone, width=27, one_line=True),
            ),
        ),
        Row(
            cells=(
                label("预警方式", LABEL),
                Cell(text=paper.channel),
                label("信息来源", 22),
                Cell(text=paper.source, width=38),
                label("反馈日期", 18),
                Cell(text="" if paper.received_on is None else day_words(paper.received_on), width=27, one_line=True),
            ),
        ),
        Row(
            cells=(label("具体预警信息", LABEL), Cell(text=paper.detail, align=Align.LEFT, field="具体预警信息")),
            height=12,
        ),
    )


def _members(paper: VisitSheet) -> tuple[Block, ...]:
    members = (*paper.members, *(VisitMember() for _ in range(paper.more)))
    rows = [tuple(getattr(member, field) for field in VisitMember.__struct_fields__) for member in members]
    words = "；".join(f"{name}：{'、'.join(labels)}" for name, labels in paper.words)
    note = f"{words}；医保、大病保险、养老保险、低保填“是”或“否”。"
    members_table = table(COLUMNS, rows, height=8.5, grows_to=10, head_height=10, size=9.5)
    if not paper.more:
        return (members_table,)
    return (
        members_table,
        Row(cells=(prose(note, ruled=False, size=8.5),), height=8),
    )


def _findings(paper: VisitSheet) -> tuple[Block, ...]:
    incomes = paper.incomes
    period = incomes.period or "入户当月之前的12个月"
    amounts = (
        (("工资性收入", incomes.wage), ("经营性收入", incomes.business), ("财产性收入", incomes.property)),
        (("转移性收入", incomes.transfer), ("必要支出自付", incomes.expenses), ("人均收入", incomes.per_head)),
    )
    return (
        Row(cells=(label("住房等级", 20), ticks(paper.house_grades)), height=8.5, side=HOUSE),
        Row(cells=(label("饮水安全", 20), ticks(paper.water)), height=8.5, side=HOUSE),
        Row(
            cells=(Cell(text=f"收入和支出的期间：{period}，单位：元，没有的填0", align=Align.LEFT, size=9.5),),
            height=7,
            side=MONEY,
        ),
        *(
            Row(
                cells=tuple(
                    cell for words, amount in line for cell in (label(words, 26), Cell(text=amount, one_line=True))
                ),
                side=MONEY,
            )
            for line in amounts
        ),
        Row(
            cells=tuple(
                cell
                for words, answers in paper.secured
                for cell in (label(words, 20), Cell(text=boxes(answers), only_after=" ", one_line=True))
            ),
            side=SECURED,
            height=12,
        ),
        Row(cells=(label("返贫致贫风险\n（可多选）", LABEL), ticks(paper.risks)), height=12),
    )


def _signing(paper: VisitSheet) -> tuple[Block, ...]:
    late = (
        ()
        if not paper.late_reason
        else (Row(cells=(label("超期原因", LABEL), Cell(text=paper.late_reason, align=Align.LEFT))),)
    )
    return (
        Row(cells=(label("核实结论", LABEL), prose(paper.conclusion, field="核实结论")), height=20, grow=4, most=50),
        *late,
        Row(
            cells=(
                label("户主（家庭成员）\n签字或捺印", 34),
                Cell(text=""),
                label("日期", 18),
                Cell(text=BLANK_DAY, width=45),
            ),
            height=12,
            grow=1,
            most=6,
            keep=True,
        ),
        Row(
            cells=(
                label(f"核查人员签字\n（{_numeral(paper.visitors_at_least)}人以上）", 34),
                Cell(
                    text="、".join(paper.visitors),
                    width=0,
                    align=Align.LEFT,
                    field="核查人员",
                    only_after="、",
                    size=9,
                    top=True,
                ),
                label("日期", 18),
                Cell(text=BLANK_DAY, width=45),
            ),
            height=14,
            grow=1,
            most=8,
        ),
    )


def _numeral(number: int) -> str:
    return NUMERALS[number] if number < len(NUMERALS) else f"{number}"
