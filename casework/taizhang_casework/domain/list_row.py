"""One row of a department list, as it was read and as it was judged."""

from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.warning import Provenance


class Outcome(Enum):
    """What became of a row."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


class Reason(Enum):
    """Why a row was not taken."""

    MISSING_NAME = "missing_name"
    MISSING_ID = "missing_id"
    BAD_ID = "bad_id"
    LOST_DIGITS = "lost_digits"
    ELSEWHERE = "elsewhere"
    UNKNOWN_VILLAGE = "unknown_village"
    BAD_DATE = "bad_date"
    MISSING_DATE = "missing_date"
    DUPLICATE = "duplicate"


REASON_WORDS = {
    Reason.MISSING_NAME: "没有姓名",
    Reason.MISSING_ID: "没有身份证号码",
    Reason.BAD_ID: "身份证号码有误",
    Reason.LOST_DIGITS: "身份证号码丢失末位数字（单元格须为文本）",
    Reason.ELSEWHERE: "不属于本区",
    Reason.UNKNOWN_VILLAGE: "村（社区）查不到",
    Reason.BAD_DATE: "日期有误",
    Reason.MISSING_DATE: "没有日期",
    Reason.DUPLICATE: "同一人、同一事项、同一年度已有",
}
"""Each reason as a clerk reads it, in the window and at the command line."""


class JudgedRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A data row with its outcome and every reason at once.

    ``department`` and ``item`` are keys of the regulation pack (empty where the list does not say). Town and village codes
    have 9 and 12 digits, empty where unknown; the names are the official ones, or as written where unknown. ``name`` and
    ``id_number`` are folded (full width, spaces, ``x``); ``happened_on`` is None where blank or unreadable.
    """

    provenance: Provenance
    outcome: Outcome
    reasons: tuple[Reason, ...]
    name: str
    id_number: str
    town_code: str
    town_name: str
    village_code: str
    village_name: str
    department: str
    item: str
    detail: str
    happened_on: date | None


class ListReading(msgspec.Struct, frozen=True, kw_only=True):
    """One file read: every data row in order. ``sha256`` is the file's, so that the same file is known again."""

    file: str
    sha256: str
    department: str
    rows: tuple[JudgedRow, ...]
