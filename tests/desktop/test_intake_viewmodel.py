"""登记预警信息 over a real vault: every fault at once, what the number and the day mean, and the case that is opened."""

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import TakenIn
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.intake_form import IntakeForm
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_printing.printable import PrintableText

if TYPE_CHECKING:
    from taizhang_casework.domain.findings import Finding

    from tests.desktop.conftest import AtOnce, FrameSpy

FORM = IntakeForm(
    channel=Channel.SELF_APPLICATION,
    source="12317",
    detail="家庭成员突发疾病",
    name="王建国",
    id_number="11010519491231002X",
    village_code="370215001002",
    received_on=date(2022, 4, 19),
    applicant="王建国",
    applied_on=date(2022, 4, 18),
)


def but(**other: object) -> IntakeForm:
    return msgspec.structs.replace(FORM, **other)


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> IntakeModel:
    return IntakeModel(town_work, runner, frame, OfficeId("370215001"))


def only_case(work: Work) -> Case:
    with work.store.reading() as desk:
        (case,) = desk.cases.open()
    return case


def test_an_empty_form_says_everything_that_is_missing_at_once(model: IntakeModel, town_work: Work) -> None:
    faulted: list[tuple[Finding, ...]] = []
    model.faulted.connect(faulted.append)

    model.save(IntakeForm())

    (findings,) = faulted
    blocking = {finding.field for finding in findings if finding.blocks}
    assert blocking == {"channel", "name", "source", "detail", "village_code", "received_on"}
    with town_work.store.reading() as desk:
        assert not desk.cases.open()


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        pytest.param(but(id_number="110105194912310021"), "id_number", "bad_id", id="a wrong check digit"),
        pytest.param(but(received_on=date(2022, 4, 21)), "received_on", "future", id="a day that has not come"),
        pytest.param(but(received_on=None), "received_on", "blank", id="a blank day stays blank"),
        pytest.param(but(village_code="370215001999"), "village_code", "unknown_village", id="a village nobody knows"),
        pytest.param(but(name="王3"), "name", "bad_name", id="a digit in a name"),
        pytest.param(but(channel=None), "channel", "blank", id="no channel"),
    ],
)
def test_one_fault_is_said_of_its_field_and_nothing_else(
    model: IntakeModel, form: IntakeForm, field: str, code: str
) -> None:
    assert [(finding.field, finding.code) for finding in model.check(form) if finding.blocks] == [(field, code)]


def test_a_sound_form_opens_a_case_and_says_so(
    model: IntakeModel, town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    taken: list[TakenIn] = []
    model.taken.connect(taken.append)

    model.save(FORM)

    case = only_case(town_work)
    assert (case.warning.name, case.warning.channel, case.warning.received_on) == (
        "王建国",
        Channel.SELF_APPLICATION,
        date(2022, 4, 19),
    )
    assert [done.case for done in taken] == [case.id]
    assert [changes.operation for changes in runner.announced] == [Operation.TAKE_WARNING]
    assert "王建国" in frame.notices[0].says
    assert not model.state.busy


def test_the_notice_leads_to_the_case(model: IntakeModel, town_work: Work, frame: "FrameSpy") -> None:
    model.save(FORM)

    action = frame.notices[0].action
    assert action is not None
    action.do()

    assert frame.destinations == [Destination(Place.CASE, only_case(town_work).id)]


def test_a_person_without_a_card_is_taken_in_and_it_is_said(
    model: IntakeModel, town_work: Work, frame: "FrameSpy"
) -> None:
    model.save(but(id_number=""))

    assert only_case(town_work).warning.id_number == ""
    assert frame.notices[0].lines == ("没有填写身份证号码（无证件的按户口簿登记）",)


def test_spaces_and_full_width_are_folded_before_they_are_kept(model: IntakeModel, town_work: Work) -> None:
    model.save(but(name=" 王 建国 ", id_number="１１０１０５ 19491231 002x", detail=" 突发疾病 "))

    warning = only_case(town_work).warning
    assert (warning.name, warning.id_number, warning.detail) == ("王建国", "11010519491231002X", "突发疾病")


def test_the_number_tells_sex_birthday_and_age_on_the_day_received(model: IntakeModel) -> None:
    model.look(FORM)
    assert model.state.person == "女，1949-12-31出生，72周岁，号码前6位是北京市朝阳区"

    model.look(but(id_number="1101051949123100"))
    assert model.state.person == ""


def test_a_number_that_the_ledger_knows_is_said_before_saving(model: IntakeModel) -> None:
    model.look(FORM)
    assert model.state.known == ""
    model.save(FORM)

    model.look(but(detail="又一条"))

    assert model.state.known == "台账中已有此人1条，最近一条：2022-04-19，自主申报，家庭成员突发疾病"
    model.look(but(id_number=""))
    assert model.state.known == ""


def test_the_day_tells_how_far_the_clocks_reach(model: IntakeModel) -> None:
    model.look(FORM)
    assert model.state.chain is not None
    assert "最迟4月22日入户核实" in model.state.chain.verdict

    model.look(but(received_on=None))
    assert model.state.chain is None


def test_only_the_towns_own_villages_and_the_typed_channels_are_offered(model: IntakeModel) -> None:
    assert {code[:9] for code, _ in model.villages} == {"370215001"}
    assert [label for _, label in model.channels] == ["自主申报", "干部排查", "信访信息"]
    assert "12317" in model.sources(Channel.SELF_APPLICATION)
    assert model.sources(None) == ()


def test_a_day_that_passes_while_the_form_is_open_is_allowed_then(model: IntakeModel, clock: StoryClock) -> None:
    form = but(received_on=date(2022, 4, 21))
    assert any(finding.code == "future" for finding in model.check(form))

    clock.go_to(date(2022, 4, 21))

    assert not [finding for finding in model.check(form) if finding.blocks]


def test_a_disk_that_fails_leaves_the_form_to_be_saved_again(
    model: IntakeModel, town_work: Work, runner: "AtOnce", monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def full(operation: str, by: object) -> None:
            raise OfficeTrouble("磁盘已满", safe="没有登记", do="请清理磁盘")

        broken.setattr(town_work.store, "change", full)
        model.save(FORM)
    assert runner.failures == [Troubled("磁盘已满", "没有登记", "请清理磁盘")]
    assert not model.state.busy

    model.save(FORM)

    assert only_case(town_work).warning.name == "王建国"


def test_a_row_of_the_grid_says_at_once_what_no_paper_can_show(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    printing = dataclasses.replace(town_work, unprintable=PrintableText().unprintable)
    grid = IntakeModel(printing, runner, frame, OfficeId("370215001")).rows.grid

    grid.paste(0, 0, "墨河社区\t张\ue123\t\t\t村委\t赵会计\t0419\t摔伤住院\n")

    (said,) = grid.findings_at(0, 1)
    assert (said.code, said.blocks) == ("unprintable", False)
    assert "姓名中有打印不出的字" in said.says
    assert grid.read[0].draft is not None, "it never blocks"
