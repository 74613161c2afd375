"""How screens say the office's values: numbers masked, blanks blank, the thirteen columns in order."""

from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.ledger import Informed, LedgerLine
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.warning import Channel
from taizhang_desktop.viewmodels.ledger_lines import ledger_columns
from taizhang_desktop.viewmodels.words import ledger_cells, masked, masked_text

LINE = LedgerLine(
    case=CaseId("c1"),
    town="环秀街道",
    village="墨河社区居民委员会",
    head_name="王建国",
    head_id_number="11010519491231002X",
    channel=Channel.SELF_APPLICATION,
    source="12317",
    detail="突发疾病",
    received_on=date(2022, 4, 7),
    meets=Meets.NO,
    refusal_reason="家庭收入稳定",
    applicant_informed=Informed.YES,
    verifiers=("张三", "李四"),
    closed_on=date(2022, 4, 20),
)


@pytest.fixture(scope="module")
def pack() -> RegulationPack:
    return shipped_packs()[0]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        pytest.param("11010519491231002X", "110***********002X", id="the first three and the last four"),
        pytest.param("", "", id="a blank stays blank"),
        pytest.param("1234567", "*******", id="what the mask would show whole is not shown at all"),
        pytest.param("12345678", "123*5678", id="one character more is masked as the pack says"),
    ],
)
def test_a_number_is_masked_by_the_pack(pack: RegulationPack, number: str, shown: str) -> None:
    assert masked(pack, number) == shown


def test_a_line_is_said_in_the_notices_order(pack: RegulationPack) -> None:
    cells = dict(zip(pack.ledger_columns, ledger_cells(LINE, pack), strict=True))

    assert cells == {
        "镇街": "环秀街道",
        "村": "墨河社区居民委员会",
        "户主姓名": "王建国",
        "身份证": "110***********002X",
        "预警方式": "自主申报",
        "预警信息来源": "12317",
        "具体预警信息": "突发疾病",
        "信息反馈日期": "2022-04-07",
        "是否符合认定标准": "否",
        "不符合认定标准的主要原因": "家庭收入稳定",
        "办理结果是否已告知本人（仅自主申报户和信访户填写）": "是",
        "核查人员": "张三、李四",
        "办结日期": "2022-04-20",
    }
    assert ledger_cells(LINE, pack, mask=False)[3] == "11010519491231002X"


def test_what_is_not_known_yet_is_blank_and_never_a_word(pack: RegulationPack) -> None:
    open_line = msgspec.structs.replace(
        LINE,
        head_name="",
        head_id_number="",
        meets=Meets.UNDECIDED,
        refusal_reason="",
        applicant_informed=Informed.NOT_ASKED,
        verifiers=(),
        closed_on=None,
    )

    assert ledger_cells(open_line, pack)[2:4] == ("", "")
    assert ledger_cells(open_line, pack)[8:] == ("", "", "", "", "")


def test_the_columns_of_a_table_show_the_same_words(pack: RegulationPack) -> None:
    columns = ledger_columns(pack)
    other = msgspec.structs.replace(LINE, head_name="李秀英")

    for line in (LINE, other, LINE):
        assert tuple(column.text(line) for column in columns) == ledger_cells(line, pack)
    assert tuple(column.title for column in columns) == pack.ledger_columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("证号370282196504120038，住院", "证号370***********0038，住院", id="an id number"),
        pytest.param("11010519491231002x", "110***********002x", id="a small x"),
        pytest.param("电话13812345678。", "电话138****5678。", id="a mobile number"),
        pytest.param("旧证370282650412003", "旧证370********2003", id="an id number of fifteen"),
        pytest.param("支出38000元，2022年4月7日", "支出38000元，2022年4月7日", id="sums and days stay"),
        pytest.param("残疾证37028219650412003842", "残疾证370*************3842", id="a disability card"),
        pytest.param("单号3702821965041200384212", "单号3702821965041200384212", id="a longer number is none of these"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_numbers_within_a_text_are_masked(pack: RegulationPack, text: str, shown: str) -> None:
    assert masked_text(pack, text) == shown
