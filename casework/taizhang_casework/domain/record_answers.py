"""From the answers in a step's form to the record, or to everything that is still wrong with it."""

from collections.abc import Callable
from enum import Enum

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.step_rules import check_record, still_open
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Cleared,
    Closing,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    Doubt,
    GreenChannel,
    HomeVisit,
    MemberCheck,
    MonitoredKind,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    ReviewForm,
    Signature,
    SkipGround,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.yes_no import YesNo


class RecordKind(Enum):
    """The forms that write a record into a case; the values are the records' tags."""

    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    COMPARISON_SKIPPED = "comparison_skipped"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"
    GREEN_CHANNEL = "green_channel"
    REFUSAL = "refusal"
    REOPENING = "reopening"
    CLOSING = "closing"
    NOTICE_POSTED = "notice_posted"
    AUTHORISATIONS_ASKED = "authorisations_asked"
    COMPARISON_SENT = "comparison_sent"


_COUNTS = ("present", "agree")
_HANGS_ON: dict[str, tuple[str, ...]] = {
    "visited_on": ("late_reason",),
    "form": _COUNTS,
    "expected": _COUNTS,
    "present": _COUNTS,
    "agree": _COUNTS,
    "against": _COUNTS,
    "abstain": _COUNTS,
    "skipped_on": ("earlier_on",),
    "compared_on": ("signatures", "sent_on"),
    "sent_on": ("signatures",),
    "posted_on": ("ended_on", "overrun_reason"),
    "ended_on": ("overrun_reason",),
}
"""What can only be judged once a field is answered."""


def consider(kind: RecordKind, given: Given, now: Circumstances) -> Considered[Record]:
    """Read the answers of a form and say everything about them at once; a blank day stays blank."""
    answers = Answers(given, now.today)
    record = _READ[kind](answers)
    found = (*check_record(record, now), *still_open(record, now))
    findings = answers.with_blanks(found, _HANGS_ON)
    return Considered(record=record if answers.complete else None, findings=findings)


def _home_visit(given: Answers) -> HomeVisit:
    return HomeVisit(
        visited_on=given.day("visited_on", "入户核实日期"),
        visitors=given.names("visitors"),
        conclusion=given.text("conclusion"),
        risks=given.names("risks"),
        late_reason=given.text("late_reason"),
        members=given.lines("members", MemberCheck),
        house_grade=given.text("house_grade"),
        water=given.text("water"),
        wage_income=given.amount("wage_income"),
        business_income=given.amount("business_income"),
        property_income=given.amount("property_income"),
        transfer_income=given.amount("transfer_income"),
        own_expenses=given.amount("own_expenses"),
        schooling_secured=given.perhaps("schooling_secured", YesNo),
        medical_secured=given.perhaps("medical_secured", YesNo),
        housing_secured=given.perhaps("housing_secured", YesNo),
        head_signed=given.perhaps("head_signed", YesNo),
    )


def _review(given: Answers) -> DemocraticReview:
    return DemocraticReview(
        held_on=given.day("held_on", "评议日期"),
        form=given.choice("form", ReviewForm, "评议形式"),
        expected=given.count("expected", "应到人数"),
        present=given.count("present", "实到人数"),
        host=given.text("host"),
        recorder=given.text("recorder"),
        agree=given.count("agree", "同意人数"),
        against=given.count("against", "不同意人数"),
        abstain=given.count("abstain", "弃权人数"),
        opinions=given.text("opinions"),
        sign_in_sheet=given.perhaps("sign_in_sheet", YesNo),
    )


def _comparison(given: Answers) -> DataComparison:
    signatures = given.lines("signatures", Signature)
    return DataComparison(
        compared_on=given.day("compared_on", "比对日期"),
        authorised=tuple(each.name for each in signatures if each.signed_on is not None),
        doubts=given.lines("outcomes", Doubt),
        signatures=signatures,
        cleared=given.lines("outcomes", Cleared),
        sent_on=given.perhaps_day("sent_on"),
        sent_to=given.text("sent_to"),
    )


def _skip(given: Answers) -> ComparisonSkipped:
    return ComparisonSkipped(
        skipped_on=given.day("skipped_on", "确定不再比对的日期"),
        ground=given.choice("ground", SkipGround, "不再比对的依据"),
        earlier_on=given.day("earlier_on", "以前比对的日期"),
        earlier_document=given.text("earlier_document"),
    )


def _notice(given: Answers) -> PublicNotice:
    return PublicNotice(
        posted_on=given.day("posted_on", "张贴日期"),
        ended_on=given.day("ended_on", "公示结束日期"),
        place=given.text("place"),
        objections=given.text("objections"),
        settled=given.text("settled"),
        overrun_reason=given.text("overrun_reason"),
        photo=given.perhaps("photo", YesNo),
    )


def _entry(given: Answers) -> SystemEntry:
    return SystemEntry(
        entered_on=given.day("entered_on", "录入日期"),
        household_number=given.text("household_number"),
        kind=given.choice("kind", MonitoredKind, "监测对象类型"),
        risks=given.names("risks"),
    )


def _green(given: Answers) -> GreenChannel:
    return GreenChannel(
        opened_on=given.day("opened_on", "启动日期"),
        ground=given.text("ground"),
        recognised_by=given.text("recognised_by"),
        help_given=given.text("help_given"),
        kind=given.key("kind", "绿色通道的情形"),
        helped_on=given.day("helped_on", "帮扶日期"),
    )


def _refusal(given: Answers) -> Refusal:
    return Refusal(
        decided_on=given.day("decided_on", "认定日期"),
        at=given.choice("at", Step, "认定环节"),
        reason=given.text("reason"),
        explanation=given.text("explanation"),
    )


def _reopening(given: Answers) -> Reopening:
    return Reopening(
        reopened_on=given.day("reopened_on", "重新打开的日期"),
        back_to=given.choice("back_to", Step, "退回到的环节"),
        why=given.text("why"),
    )


def _closing(given: Answers) -> Closing:
    return Closing(closed_on=given.day("closed_on", "办结日期"))


def _posted(given: Answers) -> NoticePosted:
    return NoticePosted(
        posted_on=given.day("posted_on", "张贴日期"),
        place=given.text("place"),
        photo=given.perhaps("photo", YesNo),
    )


def _asked(given: Answers) -> AuthorisationsAsked:
    return AuthorisationsAsked(
        asked_on=given.day("asked_on", "授权书发出日期"), signatures=given.lines("signatures", Signature)
    )


def _sent(given: Answers) -> ComparisonSent:
    return ComparisonSent(
        sent_on=given.day("sent_on", "送出比对的日期"),
        sent_to=given.text("sent_to"),
        signatures=given.lines("signatures", Signature),
    )


_READ: dict[RecordKind, Callable[[Answers], Record]] = {
    RecordKind.HOME_VISIT: _home_visit,
    RecordKind.DEMOCRATIC_REVIEW: _review,
    RecordKind.DATA_COMPARISON: _comparison,
    RecordKind.COMPARISON_SKIPPED: _skip,
    RecordKind.PUBLIC_NOTICE: _notice,
    RecordKind.SYSTEM_ENTRY: _entry,
    RecordKind.GREEN_CHANNEL: _green,
    RecordKind.REFUSAL: _refusal,
    RecordKind.REOPENING: _reopening,
    RecordKind.CLOSING: _closing,
    RecordKind.NOTICE_POSTED: _posted,
    RecordKind.AUTHORISATIONS_ASKED: _asked,
    RecordKind.COMPARISON_SENT: _sent,
}
