"""One month of department lists as real workbooks, as messy as offices send them, about people who do not exist."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.pack import RegulationPack

from taizhang_exchange.sample_people import Crowd, SamplePerson

DEFAULT_TOWNS = ("370215001", "370215100")
"""环秀街道 and 田横镇."""
_FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
_NUMERALS = "〇一二三四五六七八九"
_TENS = ("", "十", "二十", "三十")


def write_sample_lists(
    folder: Path,
    *,
    month: Month,
    divisions: Divisions,
    pack: RegulationPack,
    seed: int,
    towns: Sequence[str] = DEFAULT_TOWNS,
) -> tuple[Path, ...]:
    """Write the six lists of 附件1 into a folder that is there, in six layouts; the paths in the pack's order.

    The same arguments give the same people. Most rows are sound; each list has rows that must be refused, and some say the
    same twice. Raises OSError where the folder cannot be written.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second that only the demonstration needs

    crowd = Crowd(month=month, divisions=divisions, towns=towns, seed=seed)
    known = crowd.person(rare=True)
    layouts: dict[str, Callable[[Any, Crowd, SamplePerson], None]] = {
        "education": _education,
        "civil_affairs": _civil_affairs,
        "housing": _housing,
        "health": _health,
        "medical_insurance": _medical_insurance,
        "disabled_federation": _disabled_federation,
    }
    paths = []
    for department in pack.departments:
        if department.supplies_list and department.key in layouts:
            book = Workbook()
            layouts[department.key](book, crowd, known)
            path = folder / f"{department.short}{crowd.reported.year}年{crowd.reported.month}月预警信息.xlsx"
            book.save(path)
            paths.append(path)
    return tuple(paths)


def _education(book: Any, crowd: Crowd, _: SamplePerson) -> None:  # noqa: ANN401 - openpyxl has no types
    """A title over all columns, line breaks in the header, student numbers with G, dates in words."""
    sheet = book.active
    sheet.title = "学生信息"
    _title(sheet, f"即墨区{crowd.reported.month}月新增失学、辍学及获得教育资助农村学生信息表", 11)
    sheet.append(["填报单位（盖章）：即墨区教育和体育局"])
    sheet.append(
        [
            "序号",
            "学生\n姓名",
            "性别",
            "身份证件号",
            "学校",
            "年级",
            "户籍镇街",
            "村（社区）",
            "监护人姓名",
            "情况类别",
            "认定时间",
        ]
    )
    students = [crowd.person(youngest=6, oldest=15, rare=True), *crowd.people(13, youngest=6, oldest=15)]
    kinds = ["家庭经济困难学生生活补助", "自主申请并获得教育资助", "辍学", "失学"]
    for number, who in enumerate(students, 1):
        written = {3: f"G{who.id_number}", 5: who.id_number.translate(_FULL_WIDTH)}.get(number, who.id_number)
        row = [number, _spaced(who.name) if number % 4 == 0 else who.name, "男" if int(who.id_number[16]) % 2 else "女"]
        row += [written, "第三中学" if number % 2 else "实验小学", f"{number % 6 + 1}年级", who.town, who.short_village]
        row += [who.name[0] + "某", kinds[number * 3 % 4], f"{who.day.year}年{who.day.month}月{who.day.day}日"]
        sheet.append(row)
    _set(sheet, 9, {8: "东方红村"})
    _set(sheet, 12, {11: f"{crowd.reported.month}月中旬"})
    sheet.append(["合计", f"{len(students)}人"])
    sheet.append(["负责人：", None, None, "填表人：", None, None, "联系电话："])


def _civil_affairs(book: Any, crowd: Crowd, known: SamplePerson) -> None:  # noqa: ANN401
    """Three sheets, each an item; a header of two merged rows; the town given once for a block of rows; real date cells."""
    for number, (name, item, count) in enumerate(
        (("农村低保", "低保对象", 10), ("临时救助", "临时救助对象", 6), ("儿童", "", 4))
    ):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        _title(sheet, f"{crowd.reported.year}年{crowd.reported.month}月新增{item or '困难儿童'}名单", 8)
        sheet.append(["序号", "姓名", "公民身份号码", "户籍所在地", None, "类别", "审批日期", "备注"])
        sheet.append([None, None, None, "镇（街道）", "村（居）"])
        for column in "ABCFGH":
            sheet.merge_cells(f"{column}2:{column}3")
        sheet.merge_cells("D2:E2")
        ages = (2, 15) if name == "儿童" else (30, 85)
        people = sorted(crowd.people(count, youngest=ages[0], oldest=ages[1]), key=lambda who: who.town)
        people += [known] if number == 0 else []
        kinds = ["孤儿", "事实无人抚养儿童", "重点困境儿童", "孤儿"] if name == "儿童" else [item]
        for index, who in enumerate(people):
            sheet.append(
                [index + 1, who.name, who.id_number, who.town, who.short_village, kinds[index % len(kinds)], who.day]
            )
        _merge_towns(sheet, [who.town for who in people], first=4, column="D")
        if number == 0:
            twice = people[2]
            sheet.append(
                [
                    count + 2,
                    twice.name,
                    f" {twice.id_number[:6]} {twice.id_number[6:]}",
                    twice.town,
                    twice.village,
                    item,
                ]
            )
            _set(sheet, sheet.max_row, {7: twice.day})
            _set(sheet, 7, {3: float(people[3].id_number[:17] + "0")})
            _set(sheet, 9, {7: None})
        for spare in range(3):
            sheet.append([len(people) + 2 + spare])
        sheet.append(["单位负责人：", None, None, "审核人：", None, "填表人："])


def _housing(book: Any, crowd: Crowd, _: SamplePerson) -> None:  # noqa: ANN401
    """One address column, dates as numbers like 20220315, notes above and below, a column for the renovation."""
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["附件"])
    _title(sheet, "经鉴定唯一住房为C、D级和实施危房改造农户信息", 9)
    sheet.append(["说明：本表每月4日前报送区乡村振兴局。"])
    sheet.append(["报送单位：", "即墨区住房和城乡建设局"])
    sheet.append([])
    sheet.append(
        ["编号", "户主姓名", "身份证号码", "联系电话", "房屋坐落", "危房鉴定等级", "改造方式", "鉴定日期", "备注"]
    )
    people = crowd.people(12, youngest=45)
    for number, who in enumerate(people, 1):
        place = (
            f"即墨区{who.town}{who.short_village}{number + 10}号"
            if number % 2
            else f"{who.short_town} {who.short_village}"
        )
        ways = {3: "拆除重建", 8: "修缮加固"}
        day = int(f"{who.day:%Y%m%d}")
        sheet.append(
            [f"{number:03d}", who.name, who.id_number, None, place, "CD"[number % 2] + "级", ways.get(number), day]
        )
    _set(sheet, 9, {5: "青岛市城阳区惜福镇街道"})
    _set(sheet, 12, {3: people[5].id_number[:-1] + ("1" if people[5].id_number[-1] != "1" else "2")})
    sheet.append(["备注：鉴定等级以鉴定报告为准。"])


def _health(book: Any, crowd: Crowd, known: SamplePerson) -> None:  # noqa: ANN401
    """Dates with points, an address with its province, numbers that the spreadsheet has cut, a hidden sheet of diseases."""
    sheet = book.active
    sheet.title = "救治患者"
    _title(sheet, f"卫生健康局{crowd.reported.year}年{crowd.reported.month}月农村大病专项救治患者名单", 10)
    sheet.append(
        ["序号", "医疗机构", "患者姓名", "证件类型", "证件号码", "病 种", "入院时间", "出院时间", "户籍地址", "经办人"]
    )
    people = [crowd.person(rare=True), *crowd.people(13), known]
    diseases = ("胃癌", "终末期肾病", "急性心肌梗死", "儿童白血病", "脑卒中", "肺癌")
    for number, who in enumerate(people, 1):
        left = f"{who.day.year}.{who.day.month}.{who.day.day}"
        place = f"山东省青岛市即墨{'市' if number % 3 == 0 else '区'}{who.town}{who.village}"
        came = f"{who.day.year}.{who.day.month}.1"
        row: list[object] = [
            number,
            "区人民医院",
            who.name,
            "居民身份证",
            who.id_number,
            diseases[number % 6],
            came,
            left,
            place,
            "李",
        ]
        sheet.append(row)
    _set(sheet, 5, {5: float(people[2].id_number[:17] + "0")})
    _set(sheet, 8, {5: "3.702E+17"})
    _set(sheet, 10, {9: "河南省商丘市虞城县"})
    _set(sheet, 11, {7: None, 8: "2022.2.30"})
    _set(sheet, 13, {3: None})
    again = people[3]
    sheet.append(
        [
            16,
            "市立医院",
            again.name,
            "居民身份证",
            again.id_number,
            "胃癌",
            None,
            f"{again.day:%Y/%m/%d}",
            again.town + again.village,
        ]
    )
    hidden = book.create_sheet("病种字典")
    hidden.sheet_state = "hidden"
    for disease in diseases:
        hidden.append([disease])


def _medical_insurance(book: Any, crowd: Crowd, known: SamplePerson) -> None:  # noqa: ANN401
    """An export of the insurance's own program: no title, many columns, date and time as text, a total at the end."""
    sheet = book.active
    sheet.title = "导出数据"
    header = [
        "行号",
        "人员编号",
        "参保人姓名",
        "社会保障号码",
        "性别",
        "年龄",
        "参保类别",
        "医疗总费用",
        "统筹支付",
        "大病支付",
    ]
    header += ["个人负担累计金额", "镇街名称", "村居名称", "结算日期", "定点医疗机构"]
    sheet.append(header)
    people = [*crowd.people(15, youngest=20), known]
    for number, who in enumerate(people, 1):
        cost = 60000 + crowd.chance.randrange(90000)
        row: list[object] = [
            number,
            10_000_000 + number,
            who.name,
            f"'{who.id_number}",
            None,
            None,
            "居民",
            cost,
            cost // 3,
            cost // 9,
        ]
        row += [cost - cost // 3 - cost // 9, who.town, who.village, f"{who.day:%Y-%m-%d} 00:00:00", "区中医医院"]
        sheet.append(row)
    again = people[1]
    sheet.append(
        [
            17,
            1,
            again.name,
            again.id_number,
            None,
            None,
            "居民",
            1,
            1,
            1,
            23000,
            again.town,
            again.village,
            str(again.day),
        ]
    )
    _set(sheet, 6, {12: "莱西市", 13: "沙旺庄村"})
    _set(sheet, 9, {4: None})
    _set(sheet, 14, {13: None})
    sheet.append(["合计", None, None, None, None, None, None, 1_234_567.8])


def _disabled_federation(book: Any, crowd: Crowd, _: SamplePerson) -> None:  # noqa: ANN401
    """Disability cards of twenty digits, dates in Chinese words, new and changed cards in blocks of their own."""
    sheet = book.active
    sheet.title = "残联"
    _title(sheet, "即墨区残疾人联合会新办理及变更重度残疾人证人员名单", 8)
    number = 0
    for heading, count in (("一、新办理", 9), ("二、变更", 6)):
        sheet.append([heading])
        sheet.append(["序号", "残疾人姓名", "残疾人证号", "残疾类别", "残疾等级", "镇街", "社区（村）", "发证日期"])
        for who in [crowd.person(rare=True), *crowd.people(count - 1, youngest=12)]:
            number += 1
            written = f"{who.id_number}4{number % 2 + 1}" if number % 3 else f"{who.id_number}4{number % 2 + 1}B1"
            town, village = (who.short_town, who.short_village) if number % 2 else (f"{who.town}办事处", who.village)
            grade = "一级" if number % 2 else "二级"
            sheet.append(
                [number, _spaced(who.name), written, "肢体", grade, _office(town), village, _in_words(who.day)]
            )
    _set(sheet, 6, {7: "新华新村"})
    _set(sheet, 8, {8: None})
    sheet.append(["注：重度残疾指一级、二级。"])
    sheet.append(["分管领导：", None, None, "填表人："])


def _title(sheet: Any, text: str, columns: int) -> None:  # noqa: ANN401
    sheet.append([text])
    sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=columns)


def _set(sheet: Any, row: int, cells: dict[int, object]) -> None:  # noqa: ANN401
    for column, value in cells.items():
        sheet.cell(row=row, column=column).value = value


def _merge_towns(sheet: Any, towns: Iterable[str], *, first: int, column: str) -> None:  # noqa: ANN401
    """Merge the cells of each run of one town, as offices do."""
    runs: list[tuple[str, int, int]] = []
    for row, town in enumerate(towns, first):
        if runs and runs[-1][0] == town:
            runs[-1] = (town, runs[-1][1], row)
        else:
            runs.append((town, row, row))
    for _, top, bottom in runs:
        if bottom > top:
            sheet.merge_cells(f"{column}{top}:{column}{bottom}")


def _spaced(name: str) -> str:
    """A two-character name set wide, as in 张　三."""
    return "\u3000".join(name) if len(name) == 2 else name  # noqa: PLR2004 - two characters


def _office(town: str) -> str:
    return town.replace("镇办事处", "镇")


def _in_words(day: date) -> str:
    """二〇二二年三月十五日."""
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (_NUMERALS[ones] if ones else "")
