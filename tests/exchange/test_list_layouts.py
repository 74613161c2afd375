"""Lists as six offices lay them out, and each trick of layout by itself. Every row's outcome is known beforehand."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import ric
from taizhang_casework.domain.list_row import JudgedRow
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.lists.header_words import Field, HeaderWords

SaveRows = Callable[..., Path]
HEADER = ["序号", "姓名", "身份证号", "镇街", "村", "审批日期"]


def number(serial: int, born: str = "19650412", area: str = "370200") -> str:
    """A made-up number of an area that gives out none."""
    digits = f"{area}{born}{serial:03d}"
    return digits + str(ric.calc_check_digit(digits + "0"))


def person(serial: int, **other: str | None) -> list[Any]:
    """A sound row under ``HEADER``."""
    cells = {
        "name": "张三",
        "id": number(serial),
        "town": "环秀街道",
        "village": "顺河村",
        "date": "2022-03-07",
    } | other
    return [serial, *cells.values()]


def told(rows: Sequence[JudgedRow]) -> list[tuple[int, str]]:
    """Row and outcome, or row and reasons where there are any."""
    return [(row.provenance.row, " ".join(reason.value for reason in row.reasons) or row.outcome.value) for row in rows]


def test_education_with_parents_beside_the_students(reader: CalamineListReader, save_rows: SaveRows) -> None:
    path = save_rows(
        [
            ["附件2"],
            ["义务教育阶段控辍保学及资助学生名册"],
            ["报送单位: 即墨区教体局", None, None, None, None, "报送时间：2022.4.2"],
            ["学生信息", None, None, "监护人信息", None, None, "家庭\n住址", "类 别", "认定\n年月日"],
            ["姓 名", "身份证\n件号码", "年级", "姓名", "身份证号", "电话"],
            [
                "王𡛕",
                number(1, "20120501"),
                "三年级",
                "王某",
                number(901),
                13900000000,
                "即墨区环秀街道顺河村",
                "辍学",
                "2022.3.1",
            ],
            [
                "李 四",
                "G" + number(2, "20120501"),
                "初一",
                "李某",
                number(902),
                "",
                "环秀 墨河",
                "国家助学金",
                "2022年3月2日",
            ],
            ["赵五", "", "初二", "赵某", number(903), "", "即墨区田横镇百里村", "失学", "2022.3"],
            ["合计", "3人"],
            ["填表人：", None, None, "负责人："],
        ],
        merges=["A2:I2", "A4:C4", "D4:F4", "G4:G5", "H4:H5", "I4:I5"],
        name="报表.xlsx",
    )
    reading = reader.read(path)
    assert reading.department == "education"
    assert told(reading.rows) == [(6, "accepted"), (7, "accepted"), (8, "missing_id bad_date")]
    assert [row.item for row in reading.rows] == ["dropout", "education_aid", "out_of_school"]
    assert [row.name for row in reading.rows] == ["王𡛕", "李四", "赵五"]
    assert reading.rows[1].village_name == "墨河社区居民委员会"


def test_civil_affairs_with_stacked_tables_and_towns_in_merged_blocks(
    reader: CalamineListReader, save_rows: SaveRows
) -> None:
    head = ["序号", "户籍地", None, "对象\n姓名", "居民身份证号码", "批准时间", "备注"]
    path = save_rows(
        [
            ["2022年3月份新增救助对象花名册（民政）"],
            ["一、分散供养特困人员"],
            head,
            [None, "镇（街道）", "村（居）"],
            [1, "金口镇", "官庄", "于大海", number(11), datetime(2022, 3, 3), None],  # noqa: DTZ001 - a cell has no zone
            [2, None, "店集村", "于  海", number(12).lower(), 44625, "合计见附表"],
            [3, None, "凤凰村", "于小海", number(13), "2022.3.5"],
            ["小计", None, None, 3],
            ["二、临时救助"],
            ["序号", "姓名", "身份证号", "住址", "救助金额", "救助时间"],
            [1, "孙一", float(number(14)[:17] + "0"), "即墨市金口镇店集村", 2000, "二〇二二年三月六日"],
            [2, "孙二", number(15), "莱西市店埠镇", 3000, 20220307],
            [3, "于大海", number(11), "金口 官庄", 3000, "2022-03-08"],
            [4],
            ["审核：", None, "制表："],
        ],
        merges=["A1:G1", "A2:G2", "A3:A4", "B3:C3", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "B5:B7", "A9:G9"],
    )
    rows = reader.read(path).rows
    assert told(rows) == [
        (5, "accepted"),
        (6, "accepted"),
        (7, "unknown_village"),
        (11, "lost_digits"),
        (12, "elsewhere"),
        (13, "accepted"),
    ]
    assert [row.item for row in rows] == ["dispersed_extreme_poverty"] * 3 + ["temporary_aid"] * 3
    assert [row.town_name for row in rows[:3]] == ["金口镇"] * 3
    assert rows[1].happened_on == date(2022, 3, 5)


def test_housing_by_heads_of_household(reader: CalamineListReader, save_rows: SaveRows) -> None:
    path = save_rows(
        [
            ["农村住房安全鉴定情况统计表（住建局）"],
            [],
            [
                "户 主",
                "户主身份证号码",
                "家庭人口",
                "房屋建造年份",
                "建筑面积",
                "所属镇街村居",
                "鉴定等级",
                "鉴定机构",
                "鉴定\n日期",
            ],
            [1, 2, 3, 4, 5, 6, 7, 8, 9],
            ["周大", number(21), 3, 1985, 80.5, "段泊岚瓦戈庄", "C 级", "区鉴定站", "2022/3/9 0:00"],
            ["周二", number(22), 2, "1990年", 60, "段泊岚镇 刘家庄", "D级", "区鉴定站", "２０２２年３月９日"],
            ["周三", f"３{number(23)[1:]}", 2, "1990年", 60, "刘家庄村", "D级", "区鉴定站", "2022-3-9"],
            ["周四", number(24), 2, "1990年", 60, "段泊岚镇", "拆除重建", "区鉴定站", "2022-3-9"],
            ["说明：1.鉴定等级按现行规程；2.本表一式两份。"],
        ],
        merges=["A1:I1"],
    )
    rows = reader.read(path).rows
    assert told(rows) == [(5, "accepted"), (6, "accepted"), (7, "accepted"), (8, "unknown_village")]
    assert [row.item for row in rows] == ["house_grade_c", "house_grade_d", "house_grade_d", "house_renovation"]
    assert rows[2].id_number == number(23)


def test_health_as_exported_with_sixty_columns(reader: CalamineListReader, save_rows: SaveRows) -> None:
    fill = [f"指标{n}" for n in range(50)]
    head = ["流水号", "患者姓名", *fill[:20], "患者证件号码", "疾病名称", *fill[20:], "户口地址", "确诊时间", "医院"]
    rows = [
        [
            1001,
            "吴 一",
            *range(20),
            number(31),
            "肺癌",
            *range(30),
            "山东省青岛市即墨区潮海街道古城社区12号楼",
            "2022-03-11 08:30:00",
            "x",
        ],
        [1002, "吴二", *range(20), "3.70282E+17", "胃癌", *range(30), "河南省虞城县", "2022年3月", "x"],
        [1003, "阿卜杜. 热西提", *range(20), number(33), "尿毒症", *range(30), "潮海 古城", "20220312", "x"],
    ]
    reading = reader.read(save_rows([head, *rows], name="卫健局.xlsx"))
    assert told(reading.rows) == [(2, "accepted"), (3, "lost_digits elsewhere bad_date"), (4, "accepted")]
    assert {row.item for row in reading.rows} == {"serious_disease"}
    assert reading.rows[2].name == "阿卜杜·热西提"


def test_insurance_with_a_person_of_the_year_twice(reader: CalamineListReader, save_rows: SaveRows) -> None:
    path = save_rows(
        [
            ["医保个人负担超2万元人员明细"],
            ["参保人员姓名", "公民身份\n号码", "参保地", "街道/镇", "社区/村", "个人负担(元)", "最近结算时间", "备注"],
            ["郑一", number(41), "即墨区", "龙山街道", "晓阳社区", 21000.5, date(2022, 3, 1), ""],
            ["郑二", number(42), "即墨区", "龙山", "丽山居委会", 35000, date(2022, 3, 2), ""],
            ["郑一", f" {number(41)} ", "即墨区", "龙山街道", "晓阳社区", 29000, date(2022, 3, 30), ""],
            ["郑三", number(43), "即墨区", "龙山街道", "晓阳社区", 20100, None, "死亡"],
            ["合计", None, None, None, None, 105100.5],
        ],
        name="2022年3月.xlsx",
        sheet="超2万",
    )
    reading = reader.read(path)
    assert reading.department == "medical_insurance"
    assert told(reading.rows) == [(3, "accepted"), (4, "accepted"), (5, "duplicate"), (6, "missing_date")]


def test_disabled_federation_with_cards_for_numbers(reader: CalamineListReader, save_rows: SaveRows) -> None:
    path = save_rows(
        [
            ["单位：", "即墨区残联", None, None, None, "时间：2022年3月"],
            ["姓名", "性别", "残疾证号", "类别", "等级", "现住址", "办证类别", "核发日期"],
            ["冯一", "男", number(51) + "43", "肢体", "二级", "温泉街道温泉村", "新办", "2022.03.15"],
            ["冯二", "女", number(52) + "11B1", "视力", "一级", "温泉 海南村", "等级变更", "2022年3月16日"],
            ["冯三", "女", number(53)[:17], "视力", "一级", "温泉", "换证", "3月16日"],
            ["", "", "", "", "", "", "", ""],
            ["负责人签字：", None, "经办人："],
        ],
    )
    reading = reader.read(path)
    assert reading.department == "disabled_federation"
    assert told(reading.rows) == [(3, "accepted"), (4, "accepted"), (5, "bad_id unknown_village bad_date")]
    assert [row.item for row in reading.rows] == [
        "severe_disability_new",
        "severe_disability_changed",
        "severe_disability_changed",
    ]


@pytest.mark.parametrize(
    ("rows", "merges", "expected"),
    [
        pytest.param([HEADER, person(1)], [], [(2, "accepted")], id="nothing but a header and a row"),
        pytest.param([HEADER], [], [], id="a month without anybody"),
        pytest.param([HEADER, [None, "本月无新增"]], [], [], id="a month that says it has nobody"),
        pytest.param([HEADER, [1, "无", "无", "无", "无", "无"]], [], [], id="a month of 无"),
        pytest.param([["名单"]] * 15 + [HEADER, person(1)], [], [(17, "accepted")], id="a header far down"),
        pytest.param([HEADER, person(1), [], [], person(2)], [], [(2, "accepted"), (5, "accepted")], id="blank rows between"),
        pytest.param([HEADER, person(1), [2], [3]], [], [(2, "accepted")], id="rows numbered in advance"),
        pytest.param([HEADER, person(1), HEADER, person(2)], [], [(2, "accepted"), (4, "accepted")], id="the header on each page"),
        pytest.param(
            [HEADER, person(1), ["序号", "村", "镇街", "姓名", "身份证号码", "日期"], [2, "墨河", "环秀", "李四", number(2), "2022.3.1"]],
            [],
            [(2, "accepted"), (4, "accepted")],
            id="a second header with other columns",
        ),
        pytest.param([HEADER, list(range(1, 7)), person(1)], [], [(3, "accepted")], id="a row that numbers the columns"),
        pytest.param([HEADER, ["甲", "乙", "丙", "丁", "戊", "己"], person(1)], [], [(3, "accepted")], id="a row of 甲乙丙"),
        pytest.param([HEADER, ["示例", *person(9)[1:]], person(1)], [], [(3, "accepted")], id="a row that shows how"),
        pytest.param([HEADER, person(1), ["小计", 1], person(2), ["合计", 2]], [], [(2, "accepted"), (4, "accepted")], id="sums"),
        pytest.param([HEADER, person(1), ["环秀街道小计", None, 1]], [], [(2, "accepted")], id="the sum of a town"),
        pytest.param([HEADER, person(1), ["填表人", "张三", "审核人", "李四"]], [], [(2, "accepted")], id="signatures in cells"),
        pytest.param([HEADER, person(1), ["备注：以上", None, None]], [], [(2, "accepted")], id="a note below"),
        pytest.param([HEADER, person(1), ["环秀街道（2人）"], person(2)], [], [(2, "accepted"), (4, "accepted")], id="a town's heading"),
        pytest.param([HEADER, [1, "李四"]], [], [(2, "missing_id unknown_village missing_date")], id="a name alone"),
        pytest.param([HEADER, person(1, name="")], [], [(2, "missing_name")], id="a row without a name"),
        pytest.param([HEADER, person(1, name="", id="")], [], [(2, "missing_name missing_id")], id="a row without name and number"),
        pytest.param([HEADER, person(1), person(2, town=None)], ["D2:D3"], [(2, "accepted"), (3, "accepted")], id="a merged town"),
        pytest.param(
            [HEADER, person(1), person(2, town=None, village=None)],
            [],
            [(2, "accepted"), (3, "unknown_village")],
            id="a blank town, which is not filled from above",
        ),
        pytest.param(
            [HEADER, person(1), [2], person(3, town=None)],
            ["D2:D4"],
            [(2, "accepted"), (4, "accepted")],
            id="an empty row inside a merged town",
        ),
        pytest.param([HEADER, person(1, town="环秀街道顺河村", village=None)], ["D2:E2"], [(2, "accepted")], id="town and village merged"),
        pytest.param(
            [["序号", "姓名", "身份证号", "户籍地", None, "审批日期"], [None, None, None, "镇街", "村"], person(1)],
            [],
            [(3, "accepted")],
            id="a header of two rows that are not merged",
        ),
        pytest.param(
            [
                ["名单"],
                ["序号", "姓名", "身份证号", "地址", None, "时间"],
                [None, None, None, "户籍地"],
                [None, None, None, "镇街", "村"],
                person(1),
            ],
            ["A1:F1", "A2:A4", "B2:B4", "C2:C4", "D2:E2", "D3:E3", "F2:F4"],
            [(5, "accepted")],
            id="a header of three rows",
        ),
        pytest.param(
            [
                ["姓名", "身份证号", "出生日期", "有效期至", "发证日期", "村"],
                ["张三", number(1), "1965-04-12", "2032-01-01", "2022-03-01", "顺河"],
            ],
            [],
            [(2, "accepted")],
            id="days of birth and expiry beside the day that counts",
        ),
        pytest.param([["姓名", "村", "日期"], ["张三", "顺河", "2022-03-01"]], [], [(2, "missing_id")], id="no column of numbers"),
        pytest.param([["姓名", "身份证号", "村"], ["张三", number(1), "顺河"]], [], [(2, "missing_date")], id="no column of dates"),
    ],
)  # fmt: skip
def test_one_trick_of_layout(
    reader: CalamineListReader,
    save_rows: SaveRows,
    rows: list[list[Any]],
    merges: list[str],
    expected: list[tuple[int, str]],
) -> None:
    assert told(reader.read(save_rows(rows, merges=merges)).rows) == expected


def test_a_later_sheet_knows_the_department_of_the_first(reader: CalamineListReader, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - this test alone needs two sheets

    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("特困")
    assert first is not None
    for row in (["填报单位：民政局"], ["低保"], HEADER, person(1)):
        first.append(row)
    for row in (HEADER, person(2)):
        second.append(row)
    book.save(tmp_path / "a.xlsx")
    rows = reader.read(tmp_path / "a.xlsx").rows
    assert [(row.department, row.item) for row in rows] == [
        ("civil_affairs", "subsistence_allowance"),
        ("civil_affairs", "dispersed_extreme_poverty"),
    ]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (["姓 名"], Field.NAME),
        (["*姓名（必填）"], Field.NAME),
        (["残疾人姓名"], Field.NAME),
        (["基本信息", "姓名"], Field.NAME),
        (["公民身份\n号码"], Field.ID_NUMBER),
        (["身份证号（18位）"], Field.ID_NUMBER),
        (["持卡人身份证号码"], Field.ID_NUMBER),
        (["户籍地", "镇（街道）"], Field.TOWN),
        (["住址", "所在镇（街道）"], Field.TOWN),
        (["村（社区）"], Field.VILLAGE),
        (["家庭详细住址（镇村）"], Field.ADDRESS),
        (["最近一次出院时间"], Field.DATE),
        (["办证类别"], Field.ITEM),
        (["残疾等级"], Field.STATUS),
    ],
)
def test_a_header_means_what_its_last_word_is(words: HeaderWords, texts: list[str], field: Field) -> None:
    found = words.fields(texts)
    assert max(found, key=lambda each: found[each]) is field


@pytest.mark.parametrize(
    "texts",
    [
        ["监护人姓名"],
        ["监护人信息", "姓名"],
        ["监护人身份证号"],
        ["出生日期"],
        ["有效期至"],
        ["填表日期"],
        ["是否低保对象"],
        ["入学时间"],
        ["学校地址"],
        ["与户主关系"],
    ],
)
def test_what_belongs_to_others_is_not_taken(words: HeaderWords, texts: list[str]) -> None:
    taken = {Field.NAME, Field.ID_NUMBER, Field.DATE, Field.TOWN, Field.VILLAGE, Field.ADDRESS}
    assert not taken & set(words.fields(texts))
