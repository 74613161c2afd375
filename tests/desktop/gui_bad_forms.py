"""The forms beside the case with nothing, far too much, emoji, rare and private characters, tables: a sentence, and nothing lost."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
import taizhang_desktop.screens
from bad_input import NEVER_KEPT, ODD, Bench, Show, fill, press, put, strings, texts_of
from case_page import matched
from five_steps import five_steps
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.monitoring import ClearingStep, ClearingVisit, LineStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.offices import OfficeId, Role
from taizhang_casework.domain.people import HouseholdId, Person, PersonId, Relation
from taizhang_casework.domain.text_folding import fold
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.households import join_household
from taizhang_casework.services.monitoring import record_monitoring
from taizhang_casework.services.users import users
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.choice_fields import ChoiceField
from taizhang_desktop.kit.field import Form
from taizhang_desktop.screens.batch import forms as batch_forms
from taizhang_desktop.screens.case.panels import FORMS
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.screens.intake import IntakePage
from taizhang_desktop.screens.intake.form_part import IntakeFields
from taizhang_desktop.screens.intake.households import HouseholdsScreen
from taizhang_desktop.screens.monitoring.forms import ClearingVisitForm
from taizhang_desktop.screens.monitoring.screen import MonitoringScreen
from taizhang_desktop.screens.users.screen import UsersScreen
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel
from taizhang_desktop.viewmodels.intake_queue import QueueModel
from taizhang_desktop.viewmodels.member_deed import MemberDeed
from taizhang_desktop.viewmodels.monitoring import MonitoringModel
from taizhang_desktop.viewmodels.users import Deed, UsersModel, UsersTools

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

SECRET = "lamp-stone-74-wheel"
TODAY = date(2023, 6, 12)


def recognised(work: Work) -> str:
    case = matched(work)
    for each in five_steps("王建国"):
        record(work, case, each)
    with work.store.reading() as desk:
        return str(desk.cases.get(case).household)


CLEARED = ClearingVisit(
    visited_on=date(2023, 6, 9),
    visitors=("孙晓梅", "周志强"),
    stable_since=date(2022, 5, 1),
    income=LineStanding.ABOVE,
    conclusion="稳定",
    secured=(),
)
MONITORING: dict[MonitoringForm, Given] = {
    MonitoringForm.MEASURE: {
        "what": "医疗救助",
        "responsible": "医保局",
        "since": date(2022, 6, 1),
        "until": date(2022, 7, 1),
        "done_on": date(2022, 6, 20),
        "result": "好转",
    },
    MonitoringForm.FOLLOW_UP_VISIT: {
        "visited_on": date(2023, 6, 9),
        "visitors": ("孙晓梅",),
        "found": "稳定",
        "late_reason": "大雪封路",
    },
    MonitoringForm.CLEARING_VISIT: {
        "visited_on": date(2023, 6, 9),
        "visitors": ("孙晓梅", "周志强"),
        "stable_since": date(2022, 5, 1),
        "income": "above",
        "conclusion": "稳定",
    },
    MonitoringForm.CLEARING_STEP: {"done_on": date(2023, 6, 10), "by": "村委", "says": "没有异议"},
    MonitoringForm.ROLLBACK: {"rolled_back_on": date(2023, 6, 10), "why": "又住院"},
}


@pytest.mark.parametrize("form", MonitoringForm, ids=lambda form: form.value)
def test_the_forms_of_a_monitored_household(
    form: MonitoringForm, show: Show, town_work: Work, clock: StoryClock, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    clock.go_to(TODAY)
    household = recognised(town_work)
    model = MonitoringModel(town_work, runner, frame)
    screen = MonitoringScreen(model)
    show(screen)
    if form in {MonitoringForm.CLEARING_STEP, MonitoringForm.ROLLBACK}:
        with town_work.store.reading() as desk:
            monitored = next(iter(desk.monitored.all())).id
        guarantees = tuple(each.key for each in town_work.pack.guarantees)
        record_monitoring(town_work, monitored, msgspec.structs.replace(CLEARED, secured=guarantees))
    screen.activate(household)
    model.choose(form)
    answers = dict(MONITORING[form])
    if form is MonitoringForm.CLEARING_VISIT:
        answers["secured"] = tuple(each.key for each in town_work.pack.guarantees)
    sheet = model.view.sheet
    assert sheet is not None
    if form is MonitoringForm.CLEARING_STEP:
        step = sheet.line.next_step
        assert step is not None
        assert step is not ClearingStep.HOME_VISIT
        answers["step"] = step.value

    def opened() -> RecordForm:
        assert screen.pane.part is not None
        return screen.pane.part.form

    def stored() -> object:
        with town_work.store.reading() as desk:
            return tuple(desk.monitored.all())

    def rest() -> str:
        return "" if screen.pane.part is None else screen.pane.part.rest.text()

    opened().fill(answers)
    Bench(opened, lambda: press(screen, "monitoring_save"), stored, rest, runner).try_everything()
    screen.shut()


@pytest.mark.parametrize("deed", MemberDeed, ids=lambda deed: deed.value)
def test_the_changes_of_a_household(
    deed: MemberDeed, show: Show, town_work: Work, clock: StoryClock, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    clock.go_to(date(2022, 4, 25))
    case = matched(town_work)
    with town_work.store.reading() as desk:
        household = desk.cases.get(case).household
    assert household is not None
    born = Happening(on=date(2022, 4, 20), because="出生")
    join_household(town_work, household, Person(id=PersonId(""), name="王小雨"), Relation.CHILD, born)
    screen = HouseholdsScreen(HouseholdsModel(town_work, runner, frame), QueueModel(town_work, runner, frame))
    show(screen)
    screen.activate(household)
    part = screen.household
    part.members.setFocus()
    part.members.selectRow(1)
    part.change(deed)
    member = part.form
    assert member.isVisible()
    member.day.set_value(date(2022, 4, 22))
    for each in member.form.fields:
        if isinstance(each, ChoiceField) and each.value() is None and each.isVisible():
            each.set_value(each.values[-1])

    def stored() -> object:
        with town_work.store.reading() as desk:
            return desk.households.get(HouseholdId(household))

    save = lambda: press(screen, "member_save")  # noqa: E731
    Bench(lambda: member.form, save, stored, member.rest.text, runner).try_everything()
    screen.shut()


def test_a_new_user_and_ones_own_passphrase(
    show: Show, town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser"
) -> None:
    account = UserAccount(id=UserId("1"), name="李明", role=Role.ADMINISTRATOR)
    tools = UsersTools(
        save_code=lambda _c, _p: None, rotate_keys=lambda _: None, files=chooser, settings=SettingsFile()
    )
    model = UsersModel(town_work, account, tools, runner, frame)
    screen = UsersScreen(model)
    show(screen)
    screen.activate("add")
    people = screen.people
    assert people is not None
    card = people.cards[Deed.ADD]
    form = cast("Form", card.fields.form)  # type: ignore[attr-defined]  # the card of a new user has them
    for each in form.fields:
        if isinstance(each, ChoiceField):
            each.set_value(Role.CLERK)
    save = lambda: QTest.mouseClick(card.do, Qt.MouseButton.LeftButton)  # noqa: E731
    Bench(lambda: form, save, lambda: users(town_work), card.rest.text, runner).try_everything()
    for each, editor in texts_of(form):
        put(editor, SECRET if isinstance(each, SecretField) else ODD)
    QTest.mouseClick(card.do, Qt.MouseButton.LeftButton)
    assert fold(ODD) in set(strings(users(town_work))), "only what nobody sees is left out of a name"
    assert SECRET not in set(strings(users(town_work)))

    screen.tabs.setCurrentIndex(1)
    own = screen.own.fields.form
    for kind, text in NEVER_KEPT.items():
        filled = fill(own, text)
        press(screen, "own_save")
        filled.still()
        assert all(each.findings for each, _ in texts_of(own)), kind
    screen.shut()


@pytest.mark.parametrize("at", [1, 2, 3], ids=lambda at: f"channel {at}")
def test_a_warning_of_each_channel(at: int, show: Show, town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> None:
    page = IntakePage(IntakeModel(town_work, runner, frame, OfficeId("370215001")))
    show(page)
    form = page.form
    form.channel.box.setCurrentIndex(at)
    form.channel.box.activated.emit(at)
    form.village.set_value("370215001002")
    form.received_on.set_value(date(2022, 4, 11))
    form.applied_on.set_value(date(2022, 4, 11))

    def stored() -> object:
        with town_work.store.reading() as desk:
            return tuple(desk.cases.open())

    Bench(lambda: form, lambda: press(page, "intake_save"), stored, page.whole.text, runner).try_everything()


def test_every_form_of_the_window_is_tried_here_or_with_the_case() -> None:
    for module in pkgutil.walk_packages(taizhang_desktop.screens.__path__, "taizhang_desktop.screens."):
        importlib.import_module(module.name)
    tried = {
        *(made for made in FORMS.values() if isinstance(made, type)),
        IntakeFields,
        RecordForm,
        ClearingVisitForm,
        batch_forms.SharedForm,
    }
    tried |= {made for made in batch_forms.FORMS.values() if isinstance(made, type)}
    assert set(_below(Form)) - tried == set()


def _below(kind: type[Form]) -> Iterator[type[Form]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
