"""附件2 as PDF: ledger lines per second at 1,000 and 10,000 lines, or at the numbers given as arguments."""

import json
import sys
import tempfile
import timeit
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.warning import Channel
from taizhang_desktop.bootstrap import load_rules
from taizhang_printing.ledger import write_ledger
from taizhang_printing.print_run import PrintRun

SIZES = (1_000, 10_000)
REPEATS = 3
AT = datetime(2022, 4, 29, 9, 0, tzinfo=UTC)
NAMES = ("王秀英", "李䶮", "阿卜杜拉·买买提", "欧阳建国", "张伟")
DETAILS = (
    "新增农村低保对象",
    "家庭成员突发重大疾病，住院及门诊慢特病医疗费用个人负担部分累计超过2万元",
    "新办理重度残疾人证",
)


def filing(size: int, pack: RegulationPack) -> Filing:
    """A month of this many lines, no two alike, every third one refused."""
    lines = tuple(
        LedgerLine(
            case=CaseId(f"{number:032x}"),
            town="环秀街道",
            village=f"第{number % 97 + 1}村",
            head_name=NAMES[number % len(NAMES)],
            head_id_number=f"37028219{number:010d}",
            channel=tuple(Channel)[number % len(Channel)],
            source="民政局",
            detail=DETAILS[number % len(DETAILS)],
            received_on=date(2022, 4, 1) + timedelta(days=number % 20),
            meets=Meets.NO if number % 3 == 0 else Meets.YES,
            refusal_reason="家庭人均纯收入高于监测线，且没有返贫致贫风险" if number % 3 == 0 else "",
            applicant_informed=tuple(Informed)[number % len(Informed)],
            verifiers=("张三", "李四"),
            closed_on=date(2022, 4, 28),
        )
        for number in range(size)
    )
    return Filing(
        id=FilingId("0" * 32),
        office=Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处"),
        month=Month(2022, 4),
        revision=1,
        frozen_at=AT,
        frozen_by="张三",
        pack=pack.id,
        lines=lines,
    )


def main() -> None:
    """Print one JSON object; rows per second by number of rows, from the best of some repeats, imports and fonts loaded."""
    pack = load_rules().pack
    measures = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(size) for size in sys.argv[1:]] or SIZES:
            content = filing(size, pack)
            times = []
            for turn in range(REPEATS):
                path = Path(folder) / f"{size}-{turn}.pdf"
                write = partial(write_ledger, content, pack, path, PrintRun(printed_by="张三", printed_at=AT))
                times.append(timeit.timeit(write, number=1))
            measures[f"rows_per_s_at_{size}"] = round(size / min(times))
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
