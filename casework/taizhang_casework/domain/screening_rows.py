"""干部排查 in rows, as a village fills them in or a clerk pastes them: read into drafts, every fault beside its cell at once."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.day_text import Unreadable, read_day
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.list_dates import read_date
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.text_folding import compact, fold
from taizhang_casework.domain.warning import Channel, Screening
from taizhang_casework.domain.warning_draft import WarningDraft, draft_findings

MOST_ROWS = 1_000
"""So many rows are taken in at once."""
FAULTS_TITLE = "错误原因"
"""The title of the column in which a list that is given back says what is wrong with each row."""


class ScreeningColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column: the field that findings name, its Chinese title, how wide it is in Chinese characters, what belongs in it."""

    field: str
    title: str
    width: int
    hint: str
    required: bool = False


COLUMNS = (
    ScreeningColumn(field="village_code", title="村（社区）", width=12, hint="正式名称或常用名称", required=True),
    ScreeningColumn(field="name", title="姓名", width=7, hint="被排查人的姓名", required=True),
    ScreeningColumn(field="id_number", title="身份证号码", width=14, hint="18位，按文本填写；无证件的留空"),
    ScreeningColumn(field="phone", title="联系电话", width=9, hint="手机，或区号加固定电话，可以留空"),
    ScreeningColumn(field="source", title="排查人员", width=8, hint="村委、网格员、驻村工作队等", required=True),
    ScreeningColumn(field="found_by", title="发现人", width=7, hint="排查人的姓名", required=True),
    ScreeningColumn(
        field="received_on", title="信息反馈日期", width=9, hint="报给镇街的日期，如 2022-07-03", required=True
    ),
    ScreeningColumn(field="detail", title="具体预警信息", width=20, hint="写事实，300字以内", required=True),
)
"""The columns in order; a row has a cell for each."""

_TITLES = {column.field: column.title for column in COLUMNS}
_PARTS, _CLOSES = re.compile(r"[\"\t\r\n]"), re.compile('"')
Cells = tuple[str, ...]
"""The texts of a row, one for each of ``COLUMNS``."""


class ReadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row as the rules read it. ``draft`` is None where something blocks; a row without any text is ``blank`` and no fault.

    ``number`` is the id number, empty where there is none or a wrong one.
    """

    draft: WarningDraft | None = None
    findings: tuple[Finding, ...] = ()
    blank: bool = False
    number: str = ""

    @property
    def wrong(self) -> bool:
        """Whether anything stands in the way."""
        return any(finding.blocks for finding in self.findings)

    @property
    def faults(self) -> str:
        """What stands in the way, as one text for the column 错误原因."""
        return "；".join(
            f"{_TITLES[finding.field]}：{finding.says}" if finding.field in _TITLES else finding.says
            for finding in self.findings
            if finding.blocks
        )


def with_twins(rows: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The rows, of which each later one about a person of an earlier one is refused."""
    read: list[ReadRow] = []
    first: dict[str, int] = {}
    for at, row in enumerate(rows, start=1):
        earlier = first.setdefault(row.number, at) if row.number else at
        if earlier != at:
            says = f"与第{earlier}行是同一个身份证号码，请核对；同一人的另一件事请另外登记"
            twice = Finding(field="id_number", code="twice", says=says)
            read.append(ReadRow(findings=(*row.findings, twice), number=row.number))
        else:
            read.append(row)
    return tuple(read)


def read_row(cells: Cells, *, town: str, today: date, divisions: Divisions, pack: RegulationPack) -> ReadRow:
    """One row by itself."""
    if not any(cell.strip() for cell in cells):
        return ReadRow(blank=True)
    by_field = {column.field: cell.strip() for column, cell in zip(COLUMNS, cells, strict=True)}
    village, about_village = _village(by_field["village_code"], town, divisions)
    day, about_day = _day(by_field["received_on"], today)
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source=fold(by_field["source"]),
        detail=by_field["detail"],
        name=by_field["name"],
        id_number=by_field["id_number"],
        phone=by_field["phone"],
        village_code=village,
        received_on=day,
        particulars=Screening(found_by=fold(by_field["found_by"])),
    )
    said = (*about_village, *about_day)
    fields = {finding.field for finding in said}
    rest = draft_findings(draft, today=today, divisions=divisions, pack=pack)
    findings = (*said, *(finding for finding in rest if finding.field not in fields))
    blocked = any(finding.blocks for finding in findings)
    number = parse_id_number(by_field["id_number"])
    return ReadRow(
        draft=None if blocked else draft,
        findings=findings,
        number=number.number if number.fault is None else "",
    )


def _village(written: str, town: str, divisions: Divisions) -> tuple[str, tuple[Finding, ...]]:
    """The village of the town that the text names; never a similar one."""
    if not written:
        return "", (Finding(field="village_code", code="blank", says="请填写村（社区）"),)
    own, named = divisions.villages_of(town), compact(written)
    code = next((code for code, name in own.items() if named in {code, name}), "")
    if not code:
        code = divisions.resolve(town=divisions.town_name(town), village=written).village_code
    if code in own:
        return code, ()
    shown = written if len(written) <= 20 else f"{written[:20]}…"  # noqa: PLR2004 - what a cell's sentence can quote
    says = f"本镇街没有“{shown}”，请填写正式名称"
    return "", (Finding(field="village_code", code="unknown_village", says=says),)


def _day(written: str, today: date) -> tuple[date | None, tuple[Finding, ...]]:
    """The day of a cell, typed by a person or shown by a table program."""
    day = read_day(written, today)
    if not isinstance(day, Unreadable):
        return day, ()
    by_table = read_date(written)
    if isinstance(by_table, date):
        return by_table, ()
    return None, (Finding(field="received_on", code="no_day", says=day.says),)


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells that a table program puts on the clipboard: rows by line ends, cells by tabs, a cell with either in quotation marks."""
    rows: list[tuple[str, ...]] = []
    row: list[str] = []
    cell = ""
    quoted = False
    at = 0
    while at < len(text):
        stop = (_CLOSES if quoted else _PARTS).search(text, at)
        end = len(text) if stop is None else stop.start()
        cell += text[at:end]
        at = end + 1
        mark = text[end : end + 1]
        if mark == '"':
            doubled = quoted and text[at : at + 1] == '"'
            if doubled or (not quoted and cell):
                cell += mark
                at += doubled
            else:
                quoted = not quoted
        elif mark == "\t":
            row.append(cell)
            cell = ""
        elif mark:
            at += text[end : end + 2] == "\r\n"
            rows.append((*row, cell))
            row, cell = [], ""
    if row or cell:
        rows.append((*row, cell))
    return tuple(rows)
