"""Reading a department list of 10,000 rows (or as many as the argument says) with all checks ÷ bare iteration over its cells."""

import json
import sys
import tempfile
import timeit
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from stdnum.cn import ric
from taizhang_casework.domain.list_row import Outcome
from taizhang_desktop.bootstrap import Rules, load_rules
from taizhang_exchange.lists import CalamineListReader

ROWS = 10_000
REPEATS = 5
HEADER = ("序号", "镇街", "村", "姓名", "身份证号", "低保类别", "救助金额", "审批日期")


def id_number(number: int) -> str:
    """A valid number of a made-up person."""
    born = date(1940, 1, 1) + timedelta(days=number % 25_000)
    body = f"370282{born:%Y%m%d}{number % 900 + 1:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def write_list(path: Path, rules: Rules, rows: int) -> None:
    """A list as 民政局 sends it: a title, the header, the rows."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("低保")
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 0, "2022年3月新增农村低保对象名单")
        sheet.write_row(1, 0, HEADER)
        villages = islice(cycle(rules.divisions.villages.values()), rows)
        for number, village in enumerate(villages):
            row = (
                number + 1,
                rules.divisions.towns[village.town_code],
                village.name,
                "张三",
                id_number(number),
                "B类",
                512.5,
            )
            sheet.write_row(number + 2, 0, row)
            sheet.write_datetime(number + 2, len(row), date(2022, 3, 1 + number % 31), dated)


def iterate(path: Path) -> int:
    """What calamine alone takes for the same cells."""
    return sum(len(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def main() -> None:
    """Print one JSON object; times in seconds, the best of some repeats."""
    rules = load_rules()
    reader = CalamineListReader(rules.pack, rules.divisions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "民政局2022年3月.xlsx"
        write_list(path, rules, int(sys.argv[1]) if sys.argv[1:] else ROWS)
        read = reader.read(path)
        accepted = sum(row.outcome is Outcome.ACCEPTED for row in read.rows)
        checked = min(timeit.repeat(lambda: reader.read(path), number=1, repeat=REPEATS))
        bare = min(timeit.repeat(lambda: iterate(path), number=1, repeat=REPEATS))
    print(
        json.dumps(
            {
                "ratio": round(checked / bare, 2),
                "rows": len(read.rows),
                "accepted": accepted,
                "checked_s": round(checked, 3),
                "bare_s": round(bare, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
