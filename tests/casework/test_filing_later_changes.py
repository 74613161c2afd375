"""报备后有改动, on a real encrypted file: which later deed changes a month that was frozen, and which belongs to a later month."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from answered_forms import sheet
from one_desk import DeskClock
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Informed, Month
from taizhang_casework.domain.ledger_rules import same_columns
from taizhang_casework.domain.letter import Delivery, DeliveryWay, ReturnVisit
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Membership, Person, PersonId, Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.correspondence import draft_letter, note_delivered, note_printed, note_return_visit
from taizhang_casework.services.discarding import discard, restore
from taizhang_casework.services.filing import MonthPreview, freeze, preview
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.sending import send_filing
from taizhang_casework.services.verification import Recorded, answer
from taizhang_casework.services.work import Work
from taizhang_exchange.packages import PackageCourier

APRIL, MAY = Month(2022, 4), Month(2022, 5)
BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")
VISIT: Given = {
    "visited_on": date(2022, 4, 11),
    "visitors": ("张三", "李四"),
    "conclusion": "情况属实",
    **sheet("王建国"),
}
REFUSED: Given = {"decided_on": date(2022, 4, 12), "at": "home_visit", "reason": "not_so"}


class LaterClock(DeskClock):
    """The desk's clock, ten days later."""

    def __init__(self, desk: DeskClock) -> None:
        super().__init__()
        self._ids = desk._ids

    def now(self) -> datetime:
        return datetime(2022, 5, 10, 9, tzinfo=timezone(timedelta(hours=8))) + timedelta(seconds=next(self._looks))

    def today(self) -> date:
        return date(2022, 5, 10)


@pytest.fixture
def later(work: Work) -> Work:
    assert isinstance(work.clock, DeskClock)
    return replace(work, clock=LaterClock(work.clock))


def warned(work: Work, name: str = "王建国") -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


@pytest.fixture
def refused(work: Work) -> CaseId:
    """Refused in April, its letter printed and not yet delivered; the month is frozen."""
    case = warned(work)
    answer(work, case, RecordKind.HOME_VISIT, VISIT)
    answer(work, case, RecordKind.REFUSAL, REFUSED)
    note_printed(work, draft_letter(work, case, contact="0532-88000000").letter.id)
    freeze(work, APRIL)
    return case


def month(work: Work, of: Month = APRIL) -> MonthPreview:
    with work.store.reading() as desk:
        return preview(work, desk, of)


def told(work: Work) -> list[str]:
    return [each.says for each in month(work).changed]


def deliver(work: Work, case: CaseId, day: date) -> None:
    with work.store.reading() as desk:
        letter = desk.letters.of_case(case)
    assert letter is not None
    handed = Delivery(delivered_on=day, way=DeliveryWay.IN_PERSON, received_by="王建国", delivered_by=("张三", "李四"))
    note_delivered(work, letter.id, handed)
    note_return_visit(work, letter.id, ReturnVisit(visited_on=day, visitors=("张三",), explained="说明标准"))


def test_nothing_done_later_nothing_changed(work: Work, later: Work, refused: CaseId) -> None:
    assert month(work).unchanged
    assert month(later).unchanged
    assert told(later) == []
    assert [line.case for line in month(later, MAY).lines] == [refused]


def test_a_letter_delivered_on_a_day_of_the_month_and_taken_down_later(later: Work, refused: CaseId) -> None:
    deliver(later, refused, date(2022, 4, 30))
    assert told(later) == ["王建国封存后有改动：办理结果是否已告知本人"]


def test_a_letter_delivered_in_the_next_month_belongs_to_that_one(later: Work, refused: CaseId) -> None:
    deliver(later, refused, date(2022, 5, 9))
    assert month(later).unchanged
    assert [line.applicant_informed for line in month(later, MAY).lines] == [Informed.YES]


def test_a_case_closed_in_the_next_month_belongs_to_that_one(later: Work, refused: CaseId) -> None:
    deliver(later, refused, date(2022, 5, 9))
    answer(later, refused, RecordKind.CLOSING, {"closed_on": date(2022, 5, 10)})
    assert month(later).unchanged
    assert [line.closed_on for line in month(later, MAY).lines] == [date(2022, 5, 10)]


def test_a_step_corrected_later(work: Work, later: Work) -> None:
    case = warned(work)
    answer(work, case, RecordKind.HOME_VISIT, VISIT)
    freeze(work, APRIL)
    answer(later, case, RecordKind.HOME_VISIT, {**VISIT, "visitors": ("张三", "周志强")})
    assert told(later) == ["王建国封存后有改动：核查人员"]


def test_a_step_corrected_to_a_day_of_the_next_month_leaves_this_one(work: Work, later: Work) -> None:
    case = warned(work)
    answer(work, case, RecordKind.HOME_VISIT, VISIT)
    freeze(work, APRIL)
    moved: Given = {**VISIT, "visited_on": date(2022, 5, 5), "late_reason": "封控"}
    said = answer(later, case, RecordKind.HOME_VISIT, moved)
    assert isinstance(said, Recorded)
    assert [line.verifiers for line in month(later).lines] == [()]
    assert told(later) == ["王建国封存后有改动：核查人员"]
    assert [line.verifiers for line in month(later, MAY).lines] == [("张三", "李四")]
    freeze(later, APRIL)


def test_a_step_corrected_into_the_month_comes_into_it(work: Work, later: Work) -> None:
    case = warned(work)
    freeze(work, APRIL)
    for day in (date(2022, 5, 5), date(2022, 4, 29)):
        noted = answer(later, case, RecordKind.HOME_VISIT, {**VISIT, "visited_on": day, "late_reason": "封控"})
        assert isinstance(noted, Recorded)
    assert told(later) == ["王建国封存后有改动：核查人员"]


def test_what_a_reopening_of_the_next_month_set_aside_still_stands_in_this_one(later: Work, refused: CaseId) -> None:
    reopening: Given = {"reopened_on": date(2022, 5, 5), "back_to": "home_visit", "why": "本人补充了材料"}
    answer(later, refused, RecordKind.REOPENING, reopening)
    again: Given = {**VISIT, "visited_on": date(2022, 5, 6), "visitors": ("周志强", "李四"), "late_reason": "补充材料"}
    answer(later, refused, RecordKind.HOME_VISIT, again)
    assert month(later).unchanged
    assert [line.verifiers for line in month(later, MAY).lines] == [("周志强", "李四")]


def test_a_decision_of_the_month_taken_down_later(work: Work, later: Work) -> None:
    case = warned(work)
    answer(work, case, RecordKind.HOME_VISIT, VISIT)
    freeze(work, APRIL)
    answer(later, case, RecordKind.REFUSAL, REFUSED)
    columns = "是否符合认定标准、不符合认定标准的主要原因、办理结果是否已告知本人"
    assert told(later) == [f"王建国封存后有改动：{columns}"]


def test_a_case_reopened_in_the_next_month_stays_in_the_old_one_as_it_was(later: Work, refused: CaseId) -> None:
    reopening: Given = {"reopened_on": date(2022, 5, 5), "back_to": "home_visit", "why": "本人补充了材料"}
    answer(later, refused, RecordKind.REOPENING, reopening)
    assert month(later).unchanged


def test_a_member_of_the_household_learnt_of_later_is_no_change(later: Work, refused: CaseId) -> None:
    with later.store.change(Operation.MATCH_HOUSEHOLD, later.user) as desk:
        household = desk.cases.get(refused).household
        assert household is not None
        known = desk.households.get(household)
        wife = Person(id=PersonId("wife"), name="赵桂兰")
        member = Membership(person=wife, relation=Relation.SPOUSE, since=date(2010, 1, 1))
        desk.households.save(msgspec.structs.replace(known, memberships=(*known.memberships, member)))
    assert told(later) == []
    assert [line.people for line in month(later).lines if line.case == refused] == [2]
    assert month(later).unchanged
    with pytest.raises(NotAccepted, match="没有变化"):
        freeze(later, APRIL)


def test_a_month_frozen_before_people_were_counted_is_unchanged(later: Work, refused: CaseId) -> None:
    now = month(later)
    assert refused in {line.case for line in now.lines}
    before = [msgspec.structs.replace(line, people=None) for line in now.lines]
    assert same_columns(before, now.lines)
    assert not same_columns(before[:-1], now.lines)


def test_another_head_of_the_household(later: Work, refused: CaseId) -> None:
    with later.store.change(Operation.CHANGE_HEAD, later.user) as desk:
        household = desk.cases.get(refused).household
        assert household is not None
        known = desk.households.get(household)
        (old,) = known.memberships
        ended = msgspec.structs.replace(old, until=date(2022, 4, 20))
        wife = Person(id=PersonId("wife"), name="赵桂兰")
        new = Membership(person=wife, relation=Relation.HEAD, since=date(2022, 4, 21))
        desk.households.save(msgspec.structs.replace(known, memberships=(ended, new)))
    assert told(later) == ["赵桂兰封存后有改动：户主姓名、具体预警信息"]


def test_a_warning_of_the_month_registered_later(later: Work, refused: CaseId) -> None:
    warned(later, "李秀英")
    assert told(later) == ["封存后新增一条：李秀英"]


def test_a_line_that_was_in_the_recycle_bin_when_the_month_was_frozen(work: Work, later: Work) -> None:
    case = warned(work)
    discard(work, case, why="登记重了")
    freeze(work, APRIL)
    restore(later, case)
    assert told(later) == ["封存后新增一条：王建国"]


def test_a_line_that_was_frozen_does_not_leave(later: Work, refused: CaseId) -> None:
    with pytest.raises(NotAccepted) as stays:
        discard(later, refused, why="登记重了")
    assert "frozen" in {each.code for each in stays.value.findings}
    assert month(later).unchanged


def test_the_words_say_whether_it_was_filed_and_freezing_again_files_the_change(
    work: Work, later: Work, refused: CaseId, tmp_path: Path
) -> None:
    enrol(work.store, PackageCourier().new_keys(BUREAU).card, work.user)
    with work.store.reading() as desk:
        first = desk.filings.latest(APRIL)
    assert first is not None
    send_filing(work, PackageCourier(), first.id, BUREAU.id, lambda _manifest: tmp_path / "汇总表.tzb")
    deliver(later, refused, date(2022, 4, 30))
    assert month(later).filed
    assert told(later) == ["王建国报备后有改动：办理结果是否已告知本人"]
    freeze(later, APRIL)
    assert (month(later).unchanged, month(later).filed, told(later)) == (True, False, [])
