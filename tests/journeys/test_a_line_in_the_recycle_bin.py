"""移到回收站 and 恢复 over a real vault: gone from everywhere, back as it was, refused where others count the line too."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.matching import Proposal, ProposalKind, Verdict
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.rights import RIGHTS
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.attaching import attach
from taizhang_casework.services.collecting import take_list
from taizhang_casework.services.correspondence import draft_letter
from taizhang_casework.services.discarding import discard, recycle_bin, restore
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import decide, proposals
from taizhang_casework.services.new_household import heads_household, own_household
from taizhang_casework.services.receiving import take_package
from taizhang_casework.services.sending import resend_warnings, send_warnings
from taizhang_casework.services.verification import Unsure, answer, record
from taizhang_casework.services.work import Work
from taizhang_db import AttachmentFolder
from taizhang_db.tables import journal

if TYPE_CHECKING:
    from conftest import Offices

APRIL = Month(2022, 4)
TOWN = OfficeId("370215001")
VISIT = HomeVisit(visited_on=date(2022, 4, 8), visitors=("孙晓梅", "周志强"), conclusion="情况属实")
REFUSED = Refusal(decided_on=date(2022, 4, 11), at=Step.DEMOCRATIC_REVIEW, reason="other", explanation="收入稳定")
WHY = "登记到别的村了"
ALL = 10_000


@pytest.fixture
def work(offices: "Offices") -> Work:
    return offices.town().work


@pytest.fixture
def take(work: Work, offices: "Offices") -> Callable[..., CaseId]:
    """A line that the town registers itself."""

    def one(at: int = 1, *, channel: Channel = Channel.CADRE_SCREENING, number: bool = True, day: int = 7) -> CaseId:
        draft = WarningDraft(
            channel=channel,
            source="村委",
            detail="突发疾病",
            name=f"王建{'国军民强华'[at % 5]}",
            id_number=offices.number(at) if number else "",
            village_code=offices.village(),
            received_on=date(2022, 4, day),
        )
        return take_warning(work, draft).case

    return one


def case_of(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def everywhere(work: Work, case: Case) -> dict[str, bool]:
    """In which lists the case stands."""
    with work.store.reading() as desk:
        lists = {
            "open": [each.id for each in desk.cases.open()],
            "all": desk.cases.all_ids(),
            "table": [row.id for row in desk.cases.page(CaseQuery(), 0, ALL)],
            "search": [row.id for row in desk.cases.page(CaseQuery(text=case.warning.name), 0, ALL)],
            "filter": [
                row.id for row in desk.cases.page(CaseQuery(channel=case.warning.channel, open_only=True), 0, ALL)
            ],
            "namesakes": [each.id for each in desk.cases.named(case.warning.name)],
            "month": [each.id for each in desk.cases.of_month(APRIL)],
            "preview": [line.case for line in preview(work, desk, APRIL).lines],
            "agenda": [duty.case for duty in agenda(work, desk)],
            "naming": [each.id for each in desk.cases.naming(case.warning.id_number)],
            "household": [each.id for each in desk.cases.of_household(case.household)] if case.household else [],
        }
    return {name: case.id in ids for name, ids in lists.items()}


def codes(refused: pytest.ExceptionInfo[NotAccepted]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_discarded_line_stands_nowhere_but_in_the_bin_and_comes_back_as_it_was(
    work: Work, take: Callable[..., CaseId]
) -> None:
    case = take()
    own_household(work, case)
    record(work, case, VISIT)
    before = case_of(work, case)
    assert all(everywhere(work, before).values())

    changes = discard(work, case, why=f" {WHY} ")

    assert changes.touched == (Touched(Kind.CASE, case),)
    assert not any(everywhere(work, before).values())
    with work.store.reading() as desk:
        (line,) = recycle_bin(work, desk)
        assert desk.cases.place(CaseQuery(), case) is None
        assert desk.cases.of_warning(before.warning.id) is not None, "the warning opens no second case"
        assert desk.cases.first_received_on() is None
    assert (line.case, line.discarded.by, line.discarded.why) == (case, "李明", WHY)
    assert line.head is not None
    assert line.head.name == before.warning.name

    assert isinstance(restore(work, case), Changes)

    assert case_of(work, case) == before
    assert all(everywhere(work, before).values())
    with work.store.reading() as desk:
        assert recycle_bin(work, desk) == ()


def test_the_journal_keeps_who_discarded_it_and_why(
    offices: "Offices", work: Work, take: Callable[..., CaseId]
) -> None:
    case = take()
    discard(work, case, why=WHY)
    restore(work, case)

    with offices.town().vault.engine.connect() as connection:
        rows = connection.execute(select(journal).where(journal.c.id == case).order_by(journal.c.seq)).all()
    assert [row.operation for row in rows] == ["take_warning", "discard_case", "restore_case"]
    assert rows[1].user_name == "李明"
    assert WHY in rows[1].after
    assert rows[2].before == rows[1].after
    assert rows[2].after == rows[0].after, "not a byte of it has changed"
    assert offices.town().store.verify_journal() is None


def test_a_reason_is_required_and_said_beside_everything_else(work: Work, take: Callable[..., CaseId]) -> None:
    case = take()
    with pytest.raises(NotAccepted) as refused:
        discard(work, case, why="  ")
    assert [(finding.field, finding.code) for finding in refused.value.findings] == [("why", "blank")]
    assert case_of(work, case).discarded is None


def test_a_line_of_a_frozen_ledger_stays(work: Work, take: Callable[..., CaseId]) -> None:
    case = take()
    freeze(work, APRIL)
    later = take(2)
    with pytest.raises(NotAccepted) as refused:
        discard(work, case, why=WHY)
    assert codes(refused) == ["frozen"]
    discard(work, later, why=WHY)


def test_a_line_with_a_numbered_letter_stays_though_the_refusal_was_taken_back(
    work: Work, take: Callable[..., CaseId]
) -> None:
    case = take(channel=Channel.SELF_APPLICATION)
    own_household(work, case)
    record(work, case, VISIT)
    record(work, case, REFUSED)
    draft_letter(work, case, contact="0532")
    with pytest.raises(NotAccepted) as refused:
        discard(work, case, why=WHY)
    assert codes(refused) == ["has_letter"]


def test_a_closed_line_stays(work: Work, take: Callable[..., CaseId]) -> None:
    case = take()
    own_household(work, case)
    for content in (VISIT, REFUSED, Closing(closed_on=date(2022, 4, 12))):
        record(work, case, content)
    with pytest.raises(NotAccepted) as refused:
        discard(work, case, why=WHY)
    assert codes(refused) == ["closed"]


def test_a_line_from_the_bureaus_package_stays_and_the_package_sent_again_doubles_nothing(
    offices: "Offices", work: Work, tmp_path: Path
) -> None:
    town, bureau = offices.town(), offices.bureau
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "镇街", "村", "救助类型", "日期"])
    where = offices.rules.divisions.villages[offices.village()].name
    book.worksheets[0].append(
        ["王建国", offices.number(1), offices.rules.divisions.towns[TOWN], where, "低保", "2022-03-01"]
    )
    book.save(tmp_path / "民政局.xlsx")
    take_list(bureau.work, bureau.list_reader, tmp_path / "民政局.xlsx", APRIL)
    sent = send_warnings(bureau.work, bureau.courier, TOWN, APRIL, offices.path_for)
    take_package(work, town.courier, Path(sent.path))
    with town.store.reading() as desk:
        (case,) = desk.cases.open()
    assert case.package == sent.record.digest
    with pytest.raises(NotAccepted) as refused:
        discard(work, case.id, why=WHY)
    assert codes(refused) == ["came_in_package"]

    with town.store.change(Operation.TAKE_PACKAGE, work.user) as writable:
        marked = msgspec.structs.replace(case, package="")
        writable.cases.save(marked)
    discard(work, case.id, why=WHY)
    again = resend_warnings(bureau.work, bureau.courier, TOWN, APRIL, offices.path_for)
    take_package(work, town.courier, Path(again.path))
    with town.store.reading() as desk:
        assert desk.cases.all_ids() == []
        assert len(desk.cases.discarded()) == 1


def test_nothing_is_written_into_a_line_in_the_bin(
    work: Work, take: Callable[..., CaseId], offices: "Offices", tmp_path: Path
) -> None:
    case, other = take(), take(2)
    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    discard(work, case, why=WHY)
    join = Proposal(kind=ProposalKind.SAME_HOUSEHOLD, left=other, right=case, because="")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: record(work, case, VISIT),
        lambda: answer(work, case, RecordKind.HOME_VISIT, {}),
        lambda: own_household(work, case),
        lambda: draft_letter(work, case, contact="0532"),
        lambda: decide(work, join, Verdict.YES),
        lambda: attach(work, AttachmentFolder(offices.town().vault), case, photo, AttachmentKind.PHOTO),
    )
    for deed in deeds:
        with pytest.raises(NotAccepted) as refused:
            deed()
        assert codes(refused) == ["discarded"]
    with pytest.raises(NotAccepted) as again:
        discard(work, case, why=WHY)
    assert codes(again) == ["already_discarded"]
    with pytest.raises(NotAccepted) as never:
        restore(work, other)
    assert codes(never) == ["not_discarded"]


def test_whoever_may_not_discard_restores_nothing_either(
    work: Work, take: Callable[..., CaseId], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, binned = take(), take(2)
    discard(work, binned, why=WHY)
    monkeypatch.setitem(RIGHTS, work.user.role, frozenset())
    deeds: tuple[Callable[[], object], ...] = (
        lambda: discard(work, case, why=WHY),
        lambda: restore(work, binned),
    )
    for deed in deeds:
        with pytest.raises(NotAccepted) as refused:
            deed()
        assert codes(refused) == ["no_right"]
    assert (case_of(work, case).discarded is None, case_of(work, binned).discarded is None) == (True, False)


@pytest.mark.parametrize("number", [True, False], ids=["with a number", "without a number"])
def test_a_line_registered_again_meanwhile_is_said_and_nothing_is_written_before_that_is_seen(
    work: Work, take: Callable[..., CaseId], number: bool
) -> None:
    case = take(number=number)
    discard(work, case, why=WHY)
    take(number=number)

    asked = restore(work, case)

    assert isinstance(asked, Unsure)
    assert [note.code for note in asked.notes] == ["registered_again"]
    assert case_of(work, case).discarded is not None
    assert isinstance(restore(work, case, seen=asked.notes), Changes)
    assert case_of(work, case).discarded is None


def test_a_line_that_stood_beside_it_before_asks_nothing(
    work: Work, offices: "Offices", take: Callable[..., CaseId]
) -> None:
    case, other = take(), take()
    offices.clock.go_to(date(2022, 4, 21))
    discard(work, case, why=WHY)
    assert isinstance(restore(work, case), Changes)
    assert case_of(work, other).discarded is None


def test_what_the_lines_verified_with_it_did_without_it_is_said(work: Work, take: Callable[..., CaseId]) -> None:
    first, second = take(), take()
    own_household(work, first)
    with work.store.reading() as desk:
        (proposal,) = [p for p in proposals(desk, desk.cases.get(second)) if p.kind is ProposalKind.PERSON_IN_HOUSEHOLD]
    decide(work, proposal, Verdict.YES)
    decide(work, Proposal(kind=ProposalKind.SAME_HOUSEHOLD, left=second, right=first, because=""), Verdict.YES)
    discard(work, first, why=WHY)
    record(work, second, VISIT)

    asked = restore(work, first)

    assert isinstance(asked, Unsure)
    assert "went_on" in {note.code for note in asked.notes}
    assert case_of(work, first).entries == ()


def test_a_household_that_only_the_mistake_knows_is_not_proposed(
    work: Work, offices: "Offices", take: Callable[..., CaseId]
) -> None:
    case = take()
    own_household(work, case)
    mistaken = case_of(work, case).household
    discard(work, case, why=WHY)
    again, child = take(), take(2)
    with work.store.reading() as desk:
        assert proposals(desk, desk.cases.get(again)) == ()

    restore(work, case, seen=_notes(work, case))
    with work.store.reading() as desk:
        assert mistaken in {proposal.right for proposal in proposals(desk, desk.cases.get(again))}

    discard(work, case, why=WHY)
    heads_household(work, child, {"head_name": "王建军", "head_id_number": offices.number(1), "relation": "child"})
    assert case_of(work, child).household not in {mistaken, None}
    with pytest.raises(NotAccepted, match="不能恢复：王建军在这一条的户里") as refused:
        restore(work, case)
    assert codes(refused) == ["elsewhere"]


def _notes(work: Work, case: CaseId) -> tuple[Finding, ...]:
    asked = restore(work, case)
    return asked.notes if isinstance(asked, Unsure) else ()


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Offices"]:
    """One town for all the examples: what they leave behind is part of the next."""
    from conftest import Offices as Made  # noqa: PLC0415 - only one test needs it
    from taizhang_desktop.bootstrap import load_rules  # noqa: PLC0415
    from taizhang_desktop.demo.clock import StoryClock  # noqa: PLC0415

    with ExitStack() as closing:
        folder = tmp_path_factory.mktemp("bin")
        yield Made(folder=folder, clock=StoryClock(date(2022, 4, 20)), rules=load_rules(), closing=closing)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.booleans(), st.integers(min_value=0, max_value=4)), max_size=12))
def test_whatever_is_discarded_and_restored_the_ledger_is_all_cases_but_the_bin(
    long_lived: "Offices", turns: list[tuple[bool, int]]
) -> None:
    town = long_lived.town()
    work = town.work
    with town.store.reading() as desk:
        known = sorted({*desk.cases.all_ids(), *(case.id for case in desk.cases.discarded())})
    if not known:
        village = long_lived.village()
        for at in range(5):
            draft = WarningDraft(
                channel=tuple(Channel)[at % 2],
                source="村委",
                detail="突发疾病",
                name=f"王{'甲乙丙丁戊'[at]}",
                id_number=long_lived.number(at),
                village_code=village,
                received_on=date(2022, 4, 1 + at),
            )
            known.append(take_warning(work, draft).case)
        known.sort()
    with town.store.reading() as desk:
        whole = {case.id: msgspec.structs.replace(case, discarded=None) for case in desk.cases.many(known)}
        binned = {case.id for case in desk.cases.discarded()}
    for away, at in turns:
        case = known[at]
        if away == (case in binned):
            with pytest.raises(NotAccepted):
                discard(work, case, why=WHY) if away else restore(work, case)
        elif away:
            discard(work, case, why=WHY)
            binned.add(case)
        else:
            assert isinstance(restore(work, case), Changes)
            binned.remove(case)
    ledger = set(known) - binned
    with town.store.reading() as desk:
        assert {case.id for case in desk.cases.discarded()} == binned
        assert set(desk.cases.all_ids()) == {row.id for row in desk.cases.page(CaseQuery(), 0, ALL)} == ledger
        assert {case.id for case in desk.cases.open()} == {case.id for case in desk.cases.of_month(APRIL)} == ledger
        assert {duty.case for duty in agenda(work, desk)} - {None} == ledger
        assert {line.case for line in preview(work, desk, APRIL).lines} == ledger
        for kept in desk.cases.many(known):
            assert msgspec.structs.replace(kept, discarded=None) == whole[kept.id]
    assert town.store.verify_journal() is None
