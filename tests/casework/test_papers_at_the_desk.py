"""Sheets asked for at the desk, on a real encrypted file: who may, of which case, and what keeps one from being printed."""

from dataclasses import replace
from datetime import date
from itertools import count

import msgspec
import pytest
from papered_case import number_of
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.papers.application import ApplicationForm
from taizhang_casework.domain.papers.authorisation import AuthorisationForm
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.papers.noticed_household import NoticeEntry
from taizhang_casework.domain.papers.screening_register import ScreeningRegister
from taizhang_casework.domain.papers.village_notice import NoticeTerms
from taizhang_casework.domain.papers.visit_sheet import VisitSheet
from taizhang_casework.domain.rights import RIGHTS
from taizhang_casework.domain.steps import HomeVisit, MonitoredKind, Refusal, Step
from taizhang_casework.domain.warning import Channel, Screening
from taizhang_casework.services.board_papers import board_notice, board_notice_findings, board_result
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.papers import MAKERS, blank_paper, paper
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work

VILLAGE, OTHER = "370215001207", "370215001002"
_numbers = count(40)


def warned(
    work: Work,
    channel: Channel = Channel.SELF_APPLICATION,
    *,
    name: str = "王建国",
    id_number: str = "",
    village: str = VILLAGE,
    received_on: date = date(2022, 4, 7),
) -> CaseId:
    screened = channel is Channel.CADRE_SCREENING
    draft = WarningDraft(
        channel=channel,
        source="村委" if screened else "12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=id_number or number_of(next(_numbers)),
        village_code=village,
        received_on=received_on,
        particulars=Screening(found_by="钱会计") if screened else None,
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


UNWORDED = {PaperKind.RECOGNITION_NOTICE}
"""The notice asks for no letter to the recognised: the shipped pack has no words for one."""


def test_a_sheet_that_the_pack_has_no_words_for_cannot_be_had(work: Work) -> None:
    assert set(MAKERS) == set(PaperKind)
    with pytest.raises(NotAccepted, match="没有符合认定标准告知书的文字"):
        blank_paper(work, PaperKind.RECOGNITION_NOTICE)


def refusal(call: pytest.ExceptionInfo[NotAccepted]) -> str:
    return "；".join(finding.says for finding in call.value.findings)


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind not in UNWORDED], ids=lambda kind: kind.value)
def test_every_sheet_can_be_had_blank(work: Work, kind: PaperKind) -> None:
    assert not getattr(blank_paper(work, kind), "personal", False)


def test_a_sheet_of_a_case_bears_office_village_and_household(work: Work) -> None:
    form = paper(work, warned(work), PaperKind.APPLICATION)
    assert isinstance(form, ApplicationForm)
    assert (form.office_name, form.town) == ("环秀街道办事处", "环秀街道")
    assert work.divisions.village_name(VILLAGE) == "顺河村村民委员会"
    assert form.village == "顺河村"
    assert (form.head_name, form.people) == ("王建国", 1)


def test_nothing_is_written_by_asking_for_a_sheet(work: Work) -> None:
    case = warned(work)
    with work.store.reading() as desk:
        before = desk.journal.newest_number()
    paper(work, case, PaperKind.VISIT_SHEET)
    with work.store.reading() as desk:
        assert desk.journal.newest_number() == before


def test_a_case_in_the_recycle_bin_has_no_sheets(work: Work) -> None:
    case = warned(work)
    discard(work, case, why="登记有误")
    with pytest.raises(NotAccepted):
        paper(work, case, PaperKind.APPLICATION)


def test_a_clerk_prints_the_sheets_of_a_case_but_no_list_of_the_village(work: Work) -> None:
    case = warned(work, Channel.CADRE_SCREENING)
    clerk = replace(work, user=User(name="王芳", role=Role.CLERK))
    assert isinstance(paper(clerk, case, PaperKind.VISIT_SHEET), VisitSheet)
    with pytest.raises(NotAccepted) as caught:
        paper(clerk, case, PaperKind.SCREENING_REGISTER)
    assert "须由审核人或管理员办理" in refusal(caught)


def test_the_register_holds_the_screened_of_the_same_village_and_quarter(work: Work) -> None:
    case = warned(work, Channel.CADRE_SCREENING, name="甲一")
    warned(work, Channel.CADRE_SCREENING, name="乙二", received_on=date(2022, 4, 2))
    warned(work, Channel.CADRE_SCREENING, name="丙三", village=OTHER)
    warned(work, Channel.CADRE_SCREENING, name="丁四", received_on=date(2022, 3, 30))
    warned(work, name="戊五")
    register = paper(work, case, PaperKind.SCREENING_REGISTER)
    assert isinstance(register, ScreeningRegister)
    assert [(row.name, row.screened_by) for row in register.rows] == [("乙二", "村委钱会计"), ("甲一", "村委钱会计")]
    assert (register.quarter, register.village) == ("2022年第二季度", "顺河村")


@pytest.mark.parametrize("kind", [PaperKind.APPLICATION, PaperKind.AUTHORISATION])
def test_a_pack_without_the_words_of_a_sheet_is_told_instead_of_words_being_made_up(
    work: Work, kind: PaperKind
) -> None:
    older = msgspec.structs.replace(work.pack, papers=())
    without = replace(work, pack=older, packs={older.id: older})
    case = warned(work)
    with pytest.raises(NotAccepted) as of_blank:
        blank_paper(without, kind)
    with pytest.raises(NotAccepted) as of_case:
        paper(without, case, kind)
    assert f"没有{PAPER_WORDS[kind]}的文字" in refusal(of_blank)
    assert refusal(of_blank) == refusal(of_case)


def test_the_pack_in_force_gives_blank_sheets_their_words(work: Work) -> None:
    form = blank_paper(work, PaperKind.AUTHORISATION)
    assert isinstance(form, AuthorisationForm)
    assert form.title == "家庭经济状况信息核对承诺授权书"


def test_a_notice_of_several_households_is_made_at_the_desk_and_keeps_the_refused_off(work: Work) -> None:
    first = warned(work, name="王建国", id_number="11010519491231002X")
    second = warned(work, name="李明", id_number="370282195003052626")
    entries = {first: NoticeEntry(group="3组", kind=MonitoredKind.UNSTABLE), second: NoticeEntry(group="5组")}
    terms = NoticeTerms(posted_on=date(2022, 4, 30), contact="村委会")
    notice = board_notice(work, entries, terms)
    assert notice.signer == "顺河村村民委员会"
    assert [(each.head_name, each.group, each.kind) for each in notice.households or ()] == [
        ("王建国", "3组", "脱贫不稳定户"),
        ("李明", "5组", ""),
    ]
    assert {each.code for each in board_notice_findings(work, entries, terms)} == {"steps_before"}
    visit = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入高于标准")
    record(work, second, visit)
    record(work, second, Refusal(decided_on=date(2022, 4, 12), at=Step.DEMOCRATIC_REVIEW, reason="income_above"))
    with pytest.raises(NotAccepted, match="李明已经认定为不符合"):
        board_notice(work, entries, terms)
    with pytest.raises(NotAccepted, match="王建国的公示还没有登记结束"):
        board_result(work, (first,))


def test_whoever_may_not_see_a_household_in_full_makes_no_notice_of_it(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {warned(work): NoticeEntry(group="3组")}
    monkeypatch.setitem(RIGHTS, work.user.role, frozenset())
    with pytest.raises(NotAccepted) as caught:
        board_notice(work, entries, NoticeTerms())
    assert {each.code for each in caught.value.findings} == {"no_right"}
