"""What a role may not do, as the screens' view-models say it; the services refuse it all the same."""

import dataclasses
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.offices import OfficeId, Role, User
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.verification import DECISIONS
from taizhang_casework.services.work import Work
from taizhang_desktop.bootstrap.tools import OfficeTools
from taizhang_desktop.tasks import Refused
from taizhang_desktop.viewmodels.case_form import DECIDING_FORMS, CaseForm
from taizhang_desktop.viewmodels.consolidated import ConsolidatedModel
from taizhang_desktop.viewmodels.dispatch import DispatchModel
from taizhang_desktop.viewmodels.permission import why_not

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, District, FrameSpy

CLERK, REVIEWER, ADMINISTRATOR = (User(name="李明", role=role) for role in Role)
NO_EXPORT = "导出台账、附件和数据包须由审核人或管理员办理，您是经办人"


@pytest.mark.parametrize(
    ("user", "right", "says"),
    [
        (CLERK, Right.EXPORT, NO_EXPORT),
        (CLERK, Right.FREEZE, "封存月度台账须由审核人或管理员办理，您是经办人"),
        (REVIEWER, Right.MANAGE_USERS, "管理用户、口令和恢复码须由管理员办理，您是审核人"),
        (CLERK, Right.UNMASK, ""),
        (REVIEWER, Right.EXPORT, ""),
        (ADMINISTRATOR, Right.RESTORE, ""),
    ],
)
def test_the_sentence_says_which_roles_may_and_what_one_is(user: User, right: Right, says: str) -> None:
    assert why_not(user, right) == says


def test_the_forms_that_decide_are_those_that_the_service_keeps_to_the_right() -> None:
    assert {CaseForm(decision.__struct_config__.tag) for decision in DECISIONS} == DECIDING_FORMS


def as_clerk(work: Work) -> Work:
    return dataclasses.replace(work, user=CLERK)


def test_a_clerk_of_the_bureau_makes_no_packages_and_is_told_who_does(
    district: "District", runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser"
) -> None:
    district.collect(OfficeId(next(iter(district.rules.divisions.towns))))
    pack = OfficeTools(district.bureau).pack_warnings
    model = DispatchModel(as_clerk(district.bureau.work), pack, chooser, runner, frame)
    model.refresh()
    model.send(model.state.towns[0].town)
    assert (frame.notices[-1].says, chooser.asked) == (NO_EXPORT, [])


def test_the_bureaus_own_ledger_is_frozen_by_those_who_may_and_the_service_keeps_to_it(
    district: "District", runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser"
) -> None:
    tools = OfficeTools(district.bureau)
    model = ConsolidatedModel(as_clerk(district.bureau.work), tools.print_ledger, chooser, runner, frame)
    assert model.may_not_export == NO_EXPORT
    assert model.may_not_freeze == "封存月度台账须由审核人或管理员办理，您是经办人"
    model.freeze()
    (failure,) = runner.failures
    assert isinstance(failure, Refused)
    assert [finding.code for finding in failure.findings] == ["no_right"]
