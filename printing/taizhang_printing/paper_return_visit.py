"""回访记录 as a form: the letter that was explained, who went when and how, what was said, how it was taken, the signature."""

from taizhang_casework.domain.papers.choice import Choice
from taizhang_casework.domain.papers.return_visit_record import ReturnVisitRecord

from taizhang_printing.form_cells import Cell, Ends, Form, Row, day_words, label, or_rule, prose, ticks

LABEL = 34
WAYS = ("入户", "电话", "视频", "其他：＿＿＿＿＿＿")
EXPLAINED = ("审核结果", "不符合的原因", "政策规定", "申请复核的途径")
ATTITUDES = ("理解，没有异议", "有异议，要求复核", "其他：＿＿＿＿＿＿")


def return_visit_form(record: ReturnVisitRecord) -> Form:
    """One page."""
    day = day_words(None)
    blocks = (
        Ends(left=f"镇街：{or_rule(record.town, 8)}", right=f"村（社区）：{or_rule(record.village, 10)}"),
        Row(
            cells=(
                label("户主姓名", LABEL),
                Cell(text=record.head_name, name=True),
                label("预警方式", 24),
                Cell(text=record.channel, width=34),
            )
        ),
        Row(cells=(label("告知书及文号", LABEL), Cell(text=record.letter, field="告知书文号"))),
        Row(
            cells=(
                label("送达日期", LABEL),
                Cell(text=day_words(record.delivered_on)),
                label("回访日期", 24),
                Cell(text=day_words(record.visited_on)),
            )
        ),
        Row(cells=(label("回访人员", LABEL), Cell(text="、".join(record.visitors), only_after="、", name=True))),
        Row(cells=(label("回访方式", LABEL), ticks([Choice(each) for each in WAYS]))),
        Row(cells=(label("说明的内容", LABEL), ticks([Choice(each) for each in EXPLAINED]))),
        Row(cells=(label("说明情况", LABEL), prose(record.explained)), height=48, grow=2),
        Row(cells=(label("群众态度", LABEL), ticks([Choice(each) for each in ATTITUDES]))),
        Row(cells=(label("群众意见\n和诉求", LABEL), prose(record.attitude)), height=40, grow=2),
        Row(
            cells=(
                label("户主（或家庭\n成员）签字", LABEL),
                prose("", foot=f"签字（或捺印）：　　　　　　　　{day}", ruled=False),
            ),
            height=24,
        ),
        Row(
            cells=(label("回访人员签字\n（两人）", LABEL), prose("", foot=day, ruled=False)),
            height=24,
        ),
        Row(cells=(label("备注", LABEL), prose("")), height=20, grow=1),
    )
    return Form(
        title="回访记录",
        blocks=blocks,
        author=record.office_name,
        whose=record.head_name,
        personal=record.personal,
    )
