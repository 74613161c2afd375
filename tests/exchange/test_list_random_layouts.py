"""Lists laid out at random, with known outcomes: the reader is tuned to no layout.

The header words are written here on their own, as offices use them, and not taken from the pack.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from stdnum.cn import ric
from taizhang_casework.domain.divisions import Divisions
from taizhang_exchange.lists import CalamineListReader

HEADS = {
    "name": "姓名|姓  名|姓\n名|学生姓名|患者姓名|残疾人姓名|户主姓名|救助对象|*姓名|姓名（必填）|申请人|被救助人|低保对象姓名",
    "id": "身份证号|身份证\n号码|公民身份号码|身份证件号|证件号码|身份证号（18位）|*身份证号码|有效身份证件号|身 份 证 号|对象身份证号",
    "town": "镇街|镇（街道）|镇（街）|乡镇|街道|所属镇街|户籍所在镇街|乡镇（街道）|镇\n街|街道/镇|镇办|乡（镇、街道）",
    "village": "村|村居|村（社区）|社区/村|行政村|所在村|村庄名称|村（居）|村委会|所属村（居）|户籍村庄|村\n（社区）",
    "address": "家庭住址|住址|户籍地址|现住址|详细地址|户籍所在地|镇街、村|户口所在地|所在镇村",
    "date": "日期|时间|审批日期|认定时间|救助时间|发证日期|鉴定时间|确诊日期|出院日期|办证日期|审核确认\n日期|录入时间|核准日期",
    "district": "区市|区县|所属区市",
    "no": "序号|编号|序",
}
BESIDE = {
    "性别": "男",
    "年龄": 57,
    "联系电话": "13900000000",
    "出生日期": date(1965, 4, 12),
    "监护人姓名": "王某",
    "监护人身份证号": "11010519491231002X",
    "银行账号": "6228480300000000000",
    "备注": "合计见附表",
    "家庭人口数": 3,
    "填报人": "李四",
    "是否脱贫户": "是",
    "与户主关系": "本人",
    "有效期至": "2032-03-05",
    "医院名称": "区人民医院",
    "入学时间": "2019-09-01",
    "建房时间": "1985年",
}
PLACES = (
    ("town", "village"),
    ("address",),
    ("town", "village", "house"),
    ("village",),
    ("district", "town", "village"),
)
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
UNKNOWN = ("不存在村", "大河东村", "顺合村", "李家庄子", "东方红社区")
BAD_DATES = ("3月5日", "2022年3月", "2022.3", "2022-02-30", "待定", 202203, "22.3.5", "2022-13-01")
FURNITURE = (
    ("合计",),
    ("填表人：张三", None, "审核人：李四"),
    ("备注：以上人员均已核实。",),
    ("负责人：", None, None, "联系电话："),
)
SEEDS = range(60)


@dataclass
class Expected:
    """What has to come of a row."""

    reasons: list[str]
    name: str
    id_number: str
    place: tuple[str, str]
    day: date


@dataclass
class Office:
    """One office with its habits."""

    chance: Random
    divisions: Divisions
    expected: dict[int, Expected] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write its list and remember what has to come of each row."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        columns = self._columns()
        heads = {c: c if c in BESIDE else self._head(c) for c in columns}
        inset, row = self.chance.choice((0, 0, 1)), self.chance.choice((1, 1, 3))
        row = self._above(sheet, row, inset, len(columns))
        row = self._header(sheet, row, inset, columns, heads)
        for serial in range(1, self.chance.randrange(3, 18)):
            if self.chance.random() < 0.1:
                row += 1
            cells = {"no": serial, **BESIDE, **self._person(row, serial)}
            for at, column in enumerate(columns, 1 + inset):
                sheet.cell(row, at).value = cells[column]
            row += 1
        for line in self.chance.sample(FURNITURE, self.chance.randrange(4)):
            for at, text in enumerate(line, 1 + inset):
                sheet.cell(row, at).value = text
            row += 1
        if self.chance.random() < 0.3:
            book.create_sheet("Sheet2")
        book.save(path)

    def _columns(self) -> list[str]:
        columns = ["name", "id", *self.chance.choice(PLACES), "date"]
        blocks = [[c] for c in columns if c not in {"town", "village"}]
        blocks += [[c for c in columns if c in {"town", "village"}]]
        blocks += [[c] for c in self.chance.sample(list(BESIDE), self.chance.choice((0, 2, 6, 12)))]
        self.chance.shuffle(blocks)
        mixed = [c for block in blocks for c in block]
        if mixed.index("id") < mixed.index("name"):
            at, other = mixed.index("id"), mixed.index("name")
            mixed[at], mixed[other] = "name", "id"
        return ["no", *mixed] if self.chance.random() < 0.8 else mixed

    def _head(self, column: str) -> str:
        head = "门牌号" if column == "house" else self.chance.choice(HEADS[column].split("|"))
        return "\n".join((head[:2], head[2:])) if len(head) > 3 and self.chance.random() < 0.2 else head

    def _above(self, sheet: Any, row: int, inset: int, width: int) -> int:  # noqa: ANN401 - openpyxl has no types
        if self.chance.random() < 0.7:
            sheet.cell(row, 1 + inset).value = "即墨区民政局2022年3月低保名单"
            if self.chance.random() < 0.7:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1 + inset, end_column=width + inset)
            row += 1
        if self.chance.random() < 0.6:
            sheet.cell(row, 1 + inset).value = "填报单位（盖章）：民政局"
            sheet.cell(row, width + inset).value = "填报日期：2022年4月1日"
            row += 1
        return row + self.chance.choice((0, 0, 1))

    def _header(self, sheet: Any, row: int, inset: int, columns: list[str], heads: dict[str, str]) -> int:  # noqa: ANN401
        tall = self.chance.choice((1, 2, 3)) if "town" in columns else 1
        for at, column in enumerate(columns, 1 + inset):
            low = tall > 1 and column in {"town", "village"}
            sheet.cell(row + (tall - 1 if low else 0), at).value = heads[column]
            if low and column == "town":
                sheet.cell(row, at).value = self.chance.choice(("户籍地", "家庭住址", "住址"))
                sheet.merge_cells(start_row=row, end_row=row + tall - 2, start_column=at, end_column=at + 1)
            elif tall > 1 and not low:
                sheet.merge_cells(start_row=row, end_row=row + tall - 1, start_column=at, end_column=at)
        return row + tall

    def _person(self, row: int, serial: int) -> dict[str, Any]:
        chance = self.chance
        code = chance.choice(list(self.divisions.villages))
        village = self.divisions.villages[code]
        town = self.divisions.town_name(village.town_code)
        name = chance.choice("王李张刘") + chance.choice(("伟", "建国", "䶮", "𠮷", "秀英", "玥珺喆堃"))
        born = date(1940, 1, 1) + timedelta(days=chance.randrange(27000))
        digits = f"370200{born:%Y%m%d}{serial * 7 + 3:03d}"
        number = digits + str(ric.calc_check_digit(digits + "0"))
        day = date(2022, 3, 1 + chance.randrange(31))
        said = village.name.removesuffix("村民委员会").removesuffix("居民委员会")
        short = town.removesuffix("街道").removesuffix("镇")
        cells: dict[str, Any] = {
            "name": "\u3000".join(name) if len(name) == 2 and chance.random() < 0.5 else name,
            "id": chance.choice(
                (number, number.lower(), number.translate(FULL_WIDTH), f"'{number}", f" {number[:6]} {number[6:]}\n")
            ),
            "district": "即墨区",
            "town": chance.choice((town, short, f"青岛市即墨区{town}")),
            "village": chance.choice((village.name, said, f" {said} ")),
            "house": "12号",
            "address": chance.choice(("", "即墨区", "山东省青岛市即墨市"))
            + chance.choice((town, short, f"{town} "))
            + said,
            "date": self._spelled(day),
        }
        reasons = self._spoil(cells, number, town)
        self.expected[row] = Expected(reasons, name, number, (town, village.name), day)
        return cells

    def _spelled(self, day: date) -> object:
        return self.chance.choice(
            (
                day,
                datetime(day.year, day.month, day.day, 9, 30),  # noqa: DTZ001 - a cell has no zone
                day.isoformat(),
                f"{day.year}.{day.month}.{day.day}",
                f"{day.year}/{day.month}/{day.day}",
                int(f"{day:%Y%m%d}"),
                f"{day.year}年{day.month}月{day.day}日",
                f"{day:%Y-%m-%d} 00:00:00",
                f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH),
                (day - date(1899, 12, 30)).days,
            )
        )

    def _spoil(self, cells: dict[str, Any], number: str, town: str) -> list[str]:
        """Spoil some of the cells; the reasons in the order in which they are told."""
        chance, reasons = self.chance, []
        if chance.random() < 0.06:
            cells["name"] = chance.choice((None, " ", "/", "123"))
            reasons.append("missing_name")
        match chance.randrange(30):
            case 0:
                cells["id"] = chance.choice((None, "无", " "))
                reasons.append("missing_id")
            case 1:
                cells["id"] = chance.choice((number[:17], number[2:17], number[:6] + "********" + number[14:]))
                reasons.append("bad_id")
            case 2:
                cells["id"] = chance.choice((float(number[:17] + "0"), "3.70282E+17"))
                reasons.append("lost_digits")
        match chance.randrange(30):
            case 0:
                cells |= {
                    "district": "城阳区",
                    "town": "城阳区流亭街道",
                    "village": "莱西市某村",
                    "address": "青岛市城阳区流亭街道",
                }
                reasons.append("elsewhere")
            case 1:
                unknown = chance.choice(UNKNOWN)
                cells |= {"village": unknown, "address": f"即墨区{town}{unknown}"}
                reasons.append("unknown_village")
            case 2:
                cells |= {"village": None, "address": f"即墨区{town}"}
                reasons.append("unknown_village")
        match chance.randrange(30):
            case 0:
                cells["date"] = chance.choice((None, "", " "))
                reasons.append("missing_date")
            case 1:
                cells["date"] = chance.choice(BAD_DATES)
                reasons.append("bad_date")
        return reasons


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_a_random_layout_comes_to_what_it_has_to(
    reader: CalamineListReader, divisions: Divisions, tmp_path: Path, seed: int
) -> None:
    office = Office(Random(seed), divisions)  # noqa: S311 - a seed that can be repeated
    path = tmp_path / "三月.xlsx"
    office.write(path)
    rows = {row.provenance.row: row for row in reader.read(path).rows}
    assert {at: [reason.value for reason in row.reasons] for at, row in rows.items()} == {
        at: expected.reasons for at, expected in office.expected.items()
    }
    for at, expected in office.expected.items():
        if not expected.reasons:
            row = rows[at]
            assert (row.name, row.id_number, row.happened_on) == (expected.name, expected.id_number, expected.day)
            assert (row.town_name, row.village_name) == expected.place
