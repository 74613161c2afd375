"""一起办理 decided over a real vault: who can take what, what is written only of the late, and letters with their real PDF."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.steps import DataComparison, DemocraticReview, HomeVisit, Refusal, ReviewForm, Step
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.batch import MOST_TOGETHER
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import decide, proposals
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed
from taizhang_desktop.viewmodels.batch_work import BatchModel
from taizhang_desktop.viewmodels.navigation import Destination, Place, beside, together
from taizhang_printing.letter import write_letters

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

VISIT: Given = {"visited_on": date(2022, 4, 13), "visitors": ("孙晓梅", "周志强"), "late_reason": "大雪封路"}
REVIEW = DemocraticReview(
    held_on=date(2022, 4, 13),
    form=ReviewForm.REPRESENTATIVES,
    expected=30,
    present=24,
    host="赵主任",
    recorder="钱会计",
    agree=24,
    against=0,
    abstain=0,
)
COMPARED = DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国", "李秀英"))
REFUSED = Refusal(decided_on=date(2022, 4, 14), at=Step.DEMOCRATIC_REVIEW, reason="not_so")


def warned(
    work: Work,
    name: str,
    received_on: date = date(2022, 4, 11),
    channel: Channel = Channel.SELF_APPLICATION,
    village: str = "370215001002",
) -> CaseId:
    draft = WarningDraft(
        channel=channel,
        source="12317" if channel is Channel.SELF_APPLICATION else "村委",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code=village,
        received_on=received_on,
    )
    return take_warning(work, draft).case


def matched(work: Work, name: str, received_on: date = date(2022, 4, 11)) -> CaseId:
    case = warned(work, name, received_on)
    own_household(work, case)
    return case


def visited(work: Work, case: CaseId) -> None:
    record(
        work,
        case,
        HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实"),
    )


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser") -> BatchModel:
    return BatchModel(town_work, runner, frame, chooser, write_letters)


def go(model: BatchModel, destination: Destination) -> BatchModel:
    assert destination.place is Place.BATCH
    model.open(destination.target)
    return model


def conclusions(cases: Sequence[CaseId]) -> dict[CaseId, Given]:
    return {case: {"conclusion": "情况属实"} for case in cases}


def entries(work: Work, case: CaseId) -> int:
    with work.store.reading() as desk:
        return len(desk.cases.get(case).entries)


def why_not(model: BatchModel, deed: BatchDeed) -> dict[str, str]:
    assert model.view.sheet is not None
    return {line.who: line.why_not[deed] for line in model.view.sheet.lines}


def test_each_deed_says_why_a_household_cannot_take_it(town_work: Work, model: BatchModel) -> None:
    ready, done, refused = (matched(town_work, name) for name in ("王建国", "李秀英", "张志强"))
    nobody = warned(town_work, "赵玉兰", channel=Channel.CADRE_SCREENING)
    visited(town_work, done)
    visited(town_work, refused)
    record(town_work, refused, REFUSED)
    go(model, together((ready, done, refused, nobody)))
    assert why_not(model, BatchDeed.HOME_VISIT) == {
        "王建国": "",
        "李秀英": "“入户核实”已经办理，要更正请到案件办理",
        "张志强": "已认定为不符合",
        "赵玉兰": "还没有确认是哪一户",
    }
    assert why_not(model, BatchDeed.DEMOCRATIC_REVIEW)["王建国"] == "应先完成“入户核实”"
    assert why_not(model, BatchDeed.DEMOCRATIC_REVIEW)["李秀英"] == ""
    assert why_not(model, BatchDeed.LETTERS) == {
        "王建国": "本户没有认定为不符合，无需出具告知书",
        "李秀英": "本户没有认定为不符合，无需出具告知书",
        "张志强": "",
        "赵玉兰": "本户没有认定为不符合，无需出具告知书",
    }


def test_a_line_verified_together_with_another_is_not_asked_twice(town_work: Work, model: BatchModel) -> None:
    number = "11010519491231002X"
    first, second = (
        take_warning(
            town_work,
            WarningDraft(
                channel=channel,
                source=source,
                detail=detail,
                name="王建国",
                id_number=number,
                village_code="370215001002",
                received_on=date(2022, 4, 11),
            ),
        ).case
        for channel, source, detail in (
            (Channel.SELF_APPLICATION, "12317", "家庭成员突发疾病"),
            (Channel.CADRE_SCREENING, "村委", "房屋漏雨"),
        )
    )
    own_household(town_work, first)
    with town_work.store.reading() as desk:
        asked = [each for case in (first, second) for each in proposals(desk, desk.cases.get(case))]
    for proposal in asked:
        if proposal.kind is ProposalKind.PERSON_IN_HOUSEHOLD:
            decide(town_work, proposal, Verdict.YES)
    with town_work.store.reading() as desk:
        (joint,) = {
            each.kind: each
            for case in (first, second)
            for each in proposals(desk, desk.cases.get(case))
            if each.kind is not ProposalKind.PERSON_IN_HOUSEHOLD
        }.values()
    decide(town_work, joint, Verdict.YES)
    go(model, together((first, second)))
    assert model.view.sheet is not None
    reasons = [line.why_not[BatchDeed.HOME_VISIT] for line in model.view.sheet.lines]
    assert reasons == ["", "与“王建国”那一条一起核实，办那一条就都有"]


def test_a_reason_for_being_late_is_written_only_where_it_is_late(town_work: Work, model: BatchModel) -> None:
    late, in_time = matched(town_work, "王建国", date(2022, 4, 1)), matched(town_work, "李秀英")
    go(model, together((late, in_time)))
    assert [line.who for line in model.late(date(2022, 4, 13))] == ["王建国"]
    for _ in range(2):
        model.save(VISIT, conclusions((late, in_time)))
    with town_work.store.reading() as desk:
        reasons = [entry.record for case in (late, in_time) for entry in desk.cases.get(case).entries]
    assert [each.late_reason for each in reasons if isinstance(each, HomeVisit)] == ["大雪封路", ""]


def test_notes_are_asked_once_and_asked_anew_after_an_edit(town_work: Work, model: BatchModel) -> None:
    two = (matched(town_work, "王建国"), matched(town_work, "李秀英"))
    go(model, together(two))
    model.save(VISIT, conclusions(two))
    assert model.view.asking
    model.keep_own(two[0], {"conclusion": "情况属实，"})
    assert not model.view.asking
    model.save(VISIT, conclusions(two))
    assert [entries(town_work, case) for case in two] == [0, 0]
    model.save(VISIT, conclusions(two))
    assert [entries(town_work, case) for case in two] == [1, 1]


def test_who_is_not_ticked_gets_nothing(town_work: Work, model: BatchModel) -> None:
    two = (matched(town_work, "王建国"), matched(town_work, "李秀英"))
    go(model, together(two))
    model.tick(two[0], wanted=False)
    for _ in range(2):
        model.save(VISIT, conclusions(two))
    assert [entries(town_work, case) for case in two] == [0, 1]


def test_with_nobody_ticked_nothing_is_asked_of_the_rules(town_work: Work, model: BatchModel) -> None:
    go(model, together((matched(town_work, "王建国"),)))
    model.tick_all(wanted=False)
    model.save(VISIT, {})
    assert model.view.rest == "还没有选择要办理的户，请在姓名前打勾"


def test_one_is_in_the_way_of_all_until_it_is_left_out(town_work: Work, model: BatchModel) -> None:
    ready, nobody = matched(town_work, "王建国"), warned(town_work, "赵玉兰")
    go(model, together((ready, nobody)))
    assert [line.who for line in model.view.unable] == ["赵玉兰"]
    for _ in range(2):
        model.save(VISIT, conclusions((ready,)))
    assert entries(town_work, ready) == 0
    model.leave_out()
    for _ in range(2):
        model.save(VISIT, conclusions((ready,)))
    assert entries(town_work, ready) == 1


def test_a_case_stands_with_the_open_ones_of_its_village_and_only_it_is_ticked(
    town_work: Work, model: BatchModel
) -> None:
    own, other = matched(town_work, "王建国"), matched(town_work, "李秀英")
    warned(town_work, "张志强", village="370215001207")
    go(model, beside(own))
    assert [line.case for line in model.view.lines] == [own, other]
    assert [line.case for line in model.view.chosen] == [own]


def test_a_case_that_is_gone_leaves_the_page_empty(model: BatchModel) -> None:
    go(model, beside(CaseId("nowhere")))
    assert model.view.sheet is None
    assert not model.view.loading


def test_more_than_can_be_worked_together_are_cut_and_it_is_told(town_work: Work, model: BatchModel) -> None:
    ids = [warned(town_work, f"王{chr(0x4E00 + at)}") for at in range(MOST_TOGETHER + 1)]
    go(model, together(ids))
    assert model.view.sheet is not None
    assert (len(model.view.sheet.lines), model.view.sheet.beyond) == (MOST_TOGETHER, True)


@pytest.fixture
def refused(town_work: Work) -> tuple[CaseId, ...]:
    cases = tuple(matched(town_work, name) for name in ("王建国", "李秀英", "张志强"))
    for case in cases:
        visited(town_work, case)
        record(town_work, case, REFUSED)
    return cases


def prints(work: Work, cases: Sequence[CaseId]) -> list[int]:
    with work.store.reading() as desk:
        letters = [desk.letters.of_case(case) for case in cases]
    return [-1 if letter is None else letter.copies for letter in letters]


def test_letters_stand_in_one_real_pdf_and_are_noted_as_printed(
    town_work: Work, model: BatchModel, refused: tuple[CaseId, ...], chooser: "Chooser", tmp_path: Path
) -> None:
    go(model, together(refused))
    assert model.view.deed is BatchDeed.LETTERS
    chooser.will_choose(tmp_path / "letters.pdf")
    model.save({"contact": "0532-88000000", "copies": 2}, {})
    assert (tmp_path / "letters.pdf").read_bytes().startswith(b"%PDF")
    assert prints(town_work, refused) == [2, 2, 2]
    assert model.view.lines == ()


def test_a_file_that_cannot_be_written_notes_no_print_and_no_number_is_lost(
    town_work: Work,
    refused: tuple[CaseId, ...],
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
    tmp_path: Path,
) -> None:
    def full(notices: Sequence[ResultNotice], path: Path) -> None:
        raise OfficeTrouble(happened=f"{path}写不进去", safe=f"{len(notices)}份告知书都在台账里", do="换一个位置再保存")

    failing = go(BatchModel(town_work, runner, frame, chooser, full), together(refused))
    chooser.will_choose(tmp_path / "letters.pdf")
    failing.save({"contact": "0532-88000000", "copies": 2}, {})
    assert [type(failure) for failure in runner.failures] == [Troubled]
    assert prints(town_work, refused) == [0, 0, 0]
    again = go(BatchModel(town_work, runner, frame, chooser, write_letters), together(refused))
    chooser.will_choose(tmp_path / "letters.pdf")
    again.save({"contact": "", "copies": 1}, {})
    assert prints(town_work, refused) == [1, 1, 1]
    with town_work.store.reading() as desk:
        assert desk.letters.last_serial(2022) == len(refused)


@pytest.mark.parametrize("copies", [0, 5000])
def test_copies_that_are_none_or_too_many_give_no_number_and_ask_for_no_file(
    copies: int, town_work: Work, model: BatchModel, refused: tuple[CaseId, ...], chooser: "Chooser"
) -> None:
    go(model, together(refused))
    model.save({"contact": "0532-88000000", "copies": copies}, {})
    assert not chooser.proposed
    assert [each.code for each in model.view.of_all] == ["bad_copies"]
    assert prints(town_work, refused) == [-1, -1, -1]


def test_a_letter_without_contact_is_refused_for_all_and_no_number_is_given(
    town_work: Work, model: BatchModel, refused: tuple[CaseId, ...]
) -> None:
    go(model, together(refused))
    model.save({"contact": " ", "copies": 2}, {})
    assert [each.field for each in model.view.of_all] == ["contact"]
    assert prints(town_work, refused) == [-1, -1, -1]


def test_one_notice_is_hung_up_for_several_at_once_and_its_end_begins_with_that_day(
    town_work: Work, model: BatchModel
) -> None:
    cases = tuple(matched(town_work, name) for name in ("王建国", "李秀英"))
    for case in cases:
        visited(town_work, case)
        for step in (REVIEW, COMPARED):
            record(town_work, case, step)
    go(model, together(cases))
    model.choose_deed(BatchDeed.NOTICE_POSTED)
    posted: Given = {"posted_on": date(2022, 4, 15), "place": "村务公开栏", "photo": "no"}
    model.save(posted, {case: {} for case in cases})
    assert why_not(model, BatchDeed.NOTICE_POSTED) == dict.fromkeys(
        ("王建国", "李秀英"), "已登记4月15日张贴，要更正请到案件办理"
    )
    assert model.view.deed is BatchDeed.PUBLIC_NOTICE
    assert model.first_answers == {"posted_on": date(2022, 4, 15), "place": "村务公开栏"}
    with town_work.store.reading() as desk:
        assert all(Step.PUBLIC_NOTICE in case_state(desk.cases.get(case), ORDER).begun for case in cases)
