"""撤销 on a real encrypted file: everything as it was before, behind the first change in the journal; and what it refuses, with why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from shipped import PACKS
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.letter import Delivery, DeliveryWay, ReturnVisit
from taizhang_casework.domain.list_views import ListView, ListViewId
from taizhang_casework.domain.monitoring import (
    FollowUpVisit,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    Recognised,
)
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Person, PersonId, Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Closing, GreenChannel, HomeVisit, MonitoredKind, Refusal, Reopening, Step
from taizhang_casework.domain.undoing import REGISTERED_BY_MISTAKE
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import attach, attachments_of, remove
from taizhang_casework.services.attaching import restore as put_back
from taizhang_casework.services.batch import record_together
from taizhang_casework.services.correspondence import draft_letter, note_delivered, note_printed, note_return_visit
from taizhang_casework.services.discarding import discard, restore
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.households import correct_member, join_household
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.list_views import keep_view, take_view_away
from taizhang_casework.services.monitoring import record_monitoring
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.undoing import Undoable, look_back, session_begins, undo
from taizhang_casework.services.users import add_user
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db import AttachmentFolder, Vault
from taizhang_db.engine import for_reading
from taizhang_db.verifying import verify

VILLAGE = "370215001207"
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实")
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
AGAIN = Reopening(reopened_on=date(2022, 4, 20), back_to=Step.HOME_VISIT, why="补充了材料")
GREEN = GreenChannel(opened_on=date(2022, 4, 12), ground="illness", recognised_by="赵主任", help_given="临时救助")
DELIVERED = Delivery(
    delivered_on=date(2022, 4, 30), way=DeliveryWay.IN_PERSON, received_by="王建国", delivered_by=("张三", "李四")
)
FOLLOWED = FollowUpVisit(number=1, visited_on=date(2022, 4, 29), visitors=("孙晓梅",), found="病情稳定")
VISITED = ReturnVisit(visited_on=date(2022, 4, 30), visitors=("张三",), explained="说明标准和原因")
_ROWS = {"case_tally": "SELECT * FROM case_tally WHERE n <> 0"}
"""A stretch that no case is left in counts nothing, as one that never had any."""
_PARTS = ("journal", "alembic_version", "sqlite_", "case_words", "household_words")


def draft(name: str) -> WarningDraft:
    return WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code=VILLAGE,
        received_on=date(2022, 4, 7),
    )


class Office:
    """The desk with two lines of households of their own, one of them refused with a letter that was printed."""

    def __init__(self, work: Work, vault: Vault, folder: Path) -> None:
        self.work = work
        self.vault = vault
        self.files = AttachmentFolder(vault)
        self.photo = folder / "照片.png"
        self.photo.write_bytes(b"\x89PNG\r\n\x1a\n")
        self.case, self.refused = self.warned("王建国"), self.warned("陈大文")
        self.second = self.warned("李小花")
        record(work, self.refused, VISIT)
        record(work, self.refused, REFUSAL)
        self.letter = draft_letter(work, self.refused, contact="0532-0000").letter.id
        note_printed(work, self.letter)
        keep_view(work, ListView(id=ListViewId(""), name="我的"))
        attach(work, self.files, self.case, self.photo, AttachmentKind.PHOTO)
        self.monitored = self.recognised()
        self.since = self.newest

    def warned(self, name: str) -> CaseId:
        case = take_warning(self.work, draft(name)).case
        own_household(self.work, case)
        return case

    def recognised(self) -> MonitoredId:
        """The household of the first case as 监测对象, whatever led there."""
        with self.work.store.change(Operation.SYSTEM_ENTRY, self.work.user) as desk:
            household = desk.cases.get(self.case).household
            assert household is not None
            content = Recognised(
                recognised_on=date(2022, 4, 21),
                case=self.case,
                kind=MonitoredKind.BORDERLINE,
                risks=("illness",),
                household_number="3702150001",
            )
            entry = MonitoringEntry(recorded_at=self.work.clock.now(), recorded_by="李明", record=content)
            kept = MonitoredHousehold(id=MonitoredId("m"), household=household, village_code=VILLAGE, entries=(entry,))
            desk.monitored.save(kept)
        return kept.id

    @property
    def newest(self) -> int:
        with self.work.store.reading() as desk:
            return session_begins(desk)

    def back(self) -> Undoable:
        with self.work.store.reading() as desk:
            found = look_back(self.work, desk, self.since)
        assert found is not None
        return found

    def undo(self) -> None:
        undo(self.work, self.since, self.back().change)

    def kept(self) -> dict[str, list[str]]:
        """Every row of every table but the journal, the words for searching apart."""
        with for_reading(self.vault.engine).connect() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            return {
                name: sorted(
                    str(tuple(row))
                    for row in connection.exec_driver_sql(_ROWS.get(name, f"SELECT * FROM {name}"))  # noqa: S608
                )
                for name in names
                if not name.startswith(_PARTS)
            }

    def head(self, case: CaseId) -> tuple[Person, PersonId]:
        with self.work.store.reading() as desk:
            known = desk.cases.get(case)
            assert known.household is not None
            head = desk.households.get(known.household).head_on(self.work.clock.today())
        assert head is not None
        return head, head.id


Deed = Callable[[Office], object]


def rename(office: Office) -> object:
    head, _ = office.head(office.case)
    with office.work.store.reading() as desk:
        known = desk.cases.get(office.case).household
    assert known is not None
    number = len(head.name)
    renamed = Person(id=head.id, name=f"王{'建' * number}", id_number=head.id_number)
    return correct_member(office.work, known, renamed, Relation.HEAD)


def first_attachment(office: Office) -> object:
    (first, *_) = attachments_of(office.work, office.case)
    if first.removal is None:
        return remove(office.work, first.id, why="拍错了")
    return put_back(office.work, first.id)


def bin_or_back(office: Office) -> object:
    with office.work.store.reading() as desk:
        lies = desk.cases.get(office.case).discarded is not None
    return restore(office.work, office.case) if lies else discard(office.work, office.case, why="登记错了")


def take_away(office: Office) -> object:
    with office.work.store.reading() as desk:
        (view, *_) = desk.list_views.all()
    return take_view_away(office.work, view.id)


def together(office: Office) -> object:
    """What the rules only note is seen and written."""
    answers: Given = {"visited_on": date(2022, 4, 11), "visitors": ("张三", "李四"), "conclusion": "情况属实"}
    each: dict[CaseId, Given] = {office.case: {}, office.second: {}}
    said = record_together(office.work, RecordKind.HOME_VISIT, answers, each).said
    return record_together(office.work, RecordKind.HOME_VISIT, answers, each, seen=said)


def joins(office: Office) -> object:
    with office.work.store.reading() as desk:
        known = desk.cases.get(office.refused).household
    assert known is not None
    child = Person(id=PersonId(""), name="陈小文")
    return join_household(office.work, known, child, Relation.CHILD, Happening(on=date(2022, 4, 20), because="出生"))


DEEDS: dict[str, Deed] = {
    "home visit": lambda office: record(office.work, office.case, VISIT),
    "green channel": lambda office: record(office.work, office.case, GREEN),
    "refusal": lambda office: record(office.work, office.case, REFUSAL),
    "reopening": lambda office: record(office.work, office.case, AGAIN),
    "reopening of the refused": lambda office: record(office.work, office.refused, AGAIN),
    "closing of the refused": lambda office: record(office.work, office.refused, Closing(closed_on=date(2022, 4, 30))),
    "a visit of both together": together,
    "a member joins": joins,
    "a follow-up visit": lambda office: record_monitoring(office.work, office.monitored, FOLLOWED),
    "delivery": lambda office: note_delivered(office.work, office.letter, DELIVERED),
    "return visit": lambda office: note_return_visit(office.work, office.letter, VISITED),
    "a member mended": rename,
    "an attachment removed or brought back": first_attachment,
    "recycle bin and back": bin_or_back,
    "a view taken away": take_away,
}


@pytest.fixture
def office(work: Work, desk_vault: Vault, tmp_path: Path) -> Office:
    return Office(work, desk_vault, tmp_path)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, max_size=6))
def test_any_change_and_its_undoing_leave_everything_as_it_was(office: Office, deeds: list[str]) -> None:
    for deed in deeds:
        before, newest = office.kept(), office.newest
        try:
            DEEDS[deed](office)
        except NotAccepted:
            event(f"{deed}: refused")
        if office.newest == newest:
            continue
        event(f"{deed}: undone")
        assert office.back().findings == ()
        office.undo()
        assert office.kept() == before
        DEEDS[deed](office)
    assert verify(office.vault, PACKS).findings == ()


@pytest.mark.parametrize(
    "deed",
    [
        "home visit",
        "green channel",
        "refusal",
        "reopening of the refused",
        "delivery",
        "a member mended",
        "a member joins",
        "a follow-up visit",
        "a visit of both together",
        "a view taken away",
    ],
)
def test_each_of_these_is_undone(office: Office, deed: str) -> None:
    before = office.kept()
    if deed == "refusal":
        record(office.work, office.case, VISIT)
        before = office.kept()
    DEEDS[deed](office)
    assert office.kept() != before
    office.undo()
    assert office.kept() == before


def test_several_are_undone_one_after_another_the_newest_first(office: Office) -> None:
    before = office.kept()
    record(office.work, office.case, VISIT)
    record(office.work, office.case, REFUSAL)
    assert office.back().what == "认定为不符合（王建国）"
    office.undo()
    assert office.back().what == "入户核实（王建国）"
    office.undo()
    assert office.kept() == before
    with office.work.store.reading() as desk:
        assert look_back(office.work, desk, office.since) is None


def test_the_journal_keeps_both_and_tells_them_in_words(office: Office) -> None:
    record(office.work, office.case, VISIT)
    office.undo()
    with office.work.store.reading() as desk:
        undone, done = list(desk.journal.by_user(office.work.user.name, after=office.since))
    assert (done.operation, undone.operation) == (Operation.HOME_VISIT, Operation.HOME_VISIT)
    assert (done.undoes, undone.undoes) == (False, True)
    assert (done.before, done.after) == (undone.after, undone.before)
    assert told(undone, office.work.pack, office.work.divisions).what == "撤销：入户核实"
    assert verify(office.vault, PACKS).findings == ()


def test_a_warning_just_registered_goes_to_the_recycle_bin_with_that_reason(office: Office) -> None:
    case = take_warning(office.work, draft("孙小美")).case
    assert office.back().what == "登记预警信息（孙小美）"
    office.undo()
    with office.work.store.reading() as desk:
        discarded = desk.cases.get(case).discarded
    assert discarded is not None
    assert discarded.why == REGISTERED_BY_MISTAKE
    assert verify(office.vault, PACKS).findings == ()


def test_an_attachment_just_added_goes_to_the_recycle_bin(office: Office) -> None:
    other = office.photo.with_name("另一张.png")
    other.write_bytes(b"\x89PNG\r\n\x1a\nother")
    attach(office.work, office.files, office.case, other, AttachmentKind.PHOTO)
    office.undo()
    (_, added) = attachments_of(office.work, office.case)
    assert added.removal is not None


def test_what_another_changed_since_is_not_undone_and_it_says_by_whom(office: Office) -> None:
    record(office.work, office.case, VISIT)
    other = replace(office.work, user=User(name="周志强", role=Role.REVIEWER))
    record(other, office.case, REFUSAL)
    back = office.back()
    assert [finding.says for finding in back.findings] == ["此后又有改动（周志强），不能撤销"]
    kept = office.kept()
    with pytest.raises(NotAccepted):
        undo(office.work, office.since, back.change)
    assert office.kept() == kept


def test_a_refusal_answered_by_somebody_else_stays(office: Office) -> None:
    record(office.work, office.case, VISIT)
    record(office.work, office.case, REFUSAL)
    draft_letter(replace(office.work, user=User(name="周志强", role=Role.REVIEWER)), office.case, contact="0532-0000")
    assert [finding.says for finding in office.back().findings] == ["此后又有改动（周志强），不能撤销"]


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        pytest.param(lambda office: freeze(office.work, Month(2022, 4)), "封存", id="a frozen filing"),
        pytest.param(lambda office: note_printed(office.work, office.letter), "打印", id="a print"),
        pytest.param(
            lambda office: add_user(office.work, "周志强", Role.CLERK, "lamp-stone-74-wheel"), "用户", id="a user"
        ),
        pytest.param(lambda office: disclose_numbers(office.work, office.case), "号码", id="a look at a number"),
        pytest.param(
            lambda office: own_household(office.work, take_warning(office.work, draft("孙")).case),
            "新建了一户",
            id="a household",
        ),
    ],
)
def test_what_stays_says_why(office: Office, deed: Deed, why: str) -> None:
    deed(office)
    findings = office.back().findings
    assert any(why in finding.says for finding in findings)
    with pytest.raises(NotAccepted):
        office.undo()


def test_a_given_letter_number_stays(office: Office) -> None:
    record(office.work, office.case, VISIT)
    record(office.work, office.case, REFUSAL)
    draft_letter(office.work, office.case, contact="0532-0000")
    assert any("文号" in finding.says for finding in office.back().findings)


def test_a_look_in_between_does_not_hide_the_work_before_it(office: Office) -> None:
    record(office.work, office.case, VISIT)
    disclose_numbers(office.work, office.case)
    assert office.back().what == "入户核实（王建国）"


def test_what_was_done_before_one_sat_down_and_by_others_is_left_alone(office: Office) -> None:
    record(replace(office.work, user=User(name="周志强", role=Role.CLERK)), office.case, VISIT)
    with office.work.store.reading() as desk:
        assert look_back(office.work, desk, office.since) is None


def test_a_clerk_takes_back_no_decision(office: Office) -> None:
    record(office.work, office.case, VISIT)
    record(office.work, office.case, REFUSAL)
    clerk = replace(office.work, user=User(name=office.work.user.name, role=Role.CLERK))
    with pytest.raises(NotAccepted, match="审核人"):
        undo(clerk, office.since, office.back().change)


def test_one_that_is_not_the_next_any_more_is_not_undone(office: Office) -> None:
    record(office.work, office.case, VISIT)
    shown = office.back()
    record(office.work, office.case, GREEN)
    with pytest.raises(NotAccepted):
        undo(office.work, office.since, shown.change)


def test_a_line_frozen_meanwhile_is_not_changed_back(office: Office) -> None:
    record(office.work, office.case, VISIT)
    freeze(replace(office.work, user=User(name="周志强", role=Role.REVIEWER)), Month(2022, 4))
    assert [finding.says for finding in office.back().findings] == ["此后又有改动（已封存），不能撤销"]


def as_it_is(_office: Office) -> None:
    """Nothing to prepare."""


def told_the_applicant(office: Office) -> None:
    note_delivered(office.work, office.letter, DELIVERED)
    note_return_visit(office.work, office.letter, VISITED)


def refused_again(office: Office) -> None:
    for each in (AGAIN, VISIT, REFUSAL):
        record(office.work, office.refused, each)


def freezes(other: Work, _office: Office) -> object:
    return freeze(other, Month(2022, 4))


def closes(other: Work, office: Office) -> object:
    return record(other, office.refused, Closing(closed_on=date(2022, 4, 30)))


def drafts(other: Work, office: Office) -> object:
    return draft_letter(other, office.refused, contact="0532-0000")


@pytest.mark.parametrize(
    ("ready", "deed", "then", "by"),
    [
        pytest.param(as_it_is, told_the_applicant, closes, "周志强", id="a return visit before a closing"),
        pytest.param(as_it_is, told_the_applicant, freezes, "已封存", id="a return visit in a month that was frozen"),
        pytest.param(told_the_applicant, joins, closes, "周志强", id="a member who was there at the closing"),
        pytest.param(refused_again, joins, drafts, "周志强", id="a member who was there at the letter"),
        pytest.param(as_it_is, rename, freezes, "已封存", id="a name that was frozen"),
    ],
)
def test_what_others_rest_on_is_not_undone(
    office: Office, ready: Deed, deed: Deed, then: Callable[[Work, Office], object], by: str
) -> None:
    ready(office)
    office.since = office.newest
    deed(office)
    then(replace(office.work, user=User(name="周志强", role=Role.REVIEWER)), office)
    assert [finding.says for finding in office.back().findings] == [f"此后又有改动（{by}），不能撤销"]
    kept = office.kept()
    with pytest.raises(NotAccepted):
        office.undo()
    assert office.kept() == kept
