"""The shelf of half-typed forms: when they are written, what is said of it, and what is lost when nothing more can be written."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.drafts import Draft, Ground
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserId
from taizhang_desktop.viewmodels.drafts import KEPT, NOT_KEPT, DraftHome, DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, names_of
from taizhang_desktop.viewmodels.going_on import offer_to_go_on
from taizhang_desktop.viewmodels.navigation import Destination, Place

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy

SUN = UserId("sun")
MARCH, APRIL, MAY = date(2022, 3, 7), date(2022, 4, 7), date(2022, 5, 8)


def half_typed(typed: str, *grounds: Ground, on: date = APRIL) -> FormDraft:
    return FormDraft(title="入户核实", who="王建国", typed={"visited_on": typed}, kept_on=on, grounds=grounds)


def ground(words: str, mark: str = "") -> Ground:
    return Ground(title="认定", words=words, mark=mark)


class Drawer:
    """Keeps drafts by user and key; ``full`` is a disk that takes no more."""

    def __init__(self) -> None:
        self.lying: dict[tuple[UserId, str], str] = {}
        self.writes = 0
        self.full = False

    def keep(self, drafts: Sequence[Draft]) -> None:
        if self.full and drafts:
            raise OfficeTrouble("磁盘已满", safe="已保存的数据不受影响", do="请清理磁盘")
        self.writes += 1
        self.lying |= {(draft.user, draft.key): draft.body for draft in drafts}

    def drop(self, user: UserId, keys: Sequence[str]) -> None:
        for key in keys:
            self.lying.pop((user, key), None)

    def of_user(self, user: UserId) -> Sequence[Draft]:
        return [Draft(user=who, key=key, body=body) for (who, key), body in self.lying.items() if who == user]


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def events() -> QCoreApplication:
    """The timer asks for one; a whole one where another test made it."""
    return QCoreApplication.instance() or QCoreApplication([])


@pytest.fixture
def shelf(drawer: Drawer, runner: "AtOnce", events: QCoreApplication) -> DraftShelf:
    return DraftShelf(DraftHome(drafts=drawer, user=SUN, runner=runner))


def test_it_is_written_once_typing_has_stopped_and_not_at_every_key(shelf: DraftShelf, drawer: Drawer) -> None:
    for typed in ("王", "王建", "王建国"):
        shelf.keep("a", {"name": typed})
        assert shelf.pause.isActive()
    assert drawer.lying == {}
    assert shelf.says("a") == ""
    shelf.pause.timeout.emit()
    assert drawer.writes == 1
    assert shelf.says("a") == KEPT
    assert not shelf.pause.isActive()


def test_whatever_can_be_typed_comes_back_letter_for_letter(
    shelf: DraftShelf, drawer: Drawer, runner: "AtOnce"
) -> None:
    typed = {"name": "𡛕\ue000😀", "half": "\ud800", "lines": ["", "1\n2"]}
    shelf.keep("a", typed)
    shelf.flush()
    assert all(body.isascii() for body in drawer.lying.values())
    after = DraftShelf(DraftHome(drafts=drawer, user=SUN, runner=runner))
    after.fetch()
    assert after.get("a") == typed


def test_another_user_finds_nothing_of_it(shelf: DraftShelf, drawer: Drawer, runner: "AtOnce") -> None:
    shelf.keep("a", "x")
    shelf.flush()
    hers = DraftShelf(DraftHome(drafts=drawer, user=UserId("li"), runner=runner))
    hers.fetch()
    assert hers.keys == ()


def test_what_is_saved_or_given_up_is_gone_at_once(shelf: DraftShelf, drawer: Drawer) -> None:
    shelf.keep("a", "x")
    shelf.flush()
    shelf.drop("a")
    assert drawer.lying == {}
    shelf.keep("b", "y")
    shelf.drop("b")
    assert drawer.lying == {}
    assert shelf.keys == ()


def test_what_is_typed_while_the_old_is_read_goes_first(shelf: DraftShelf, drawer: Drawer) -> None:
    drawer.lying = {(SUN, "a"): '"old"', (SUN, "b"): '"old"'}
    shelf.keep("a", "new")
    shelf.fetch()
    assert (shelf.get("a"), shelf.get("b")) == ("new", "old")


def test_a_full_disk_is_told_once_asked_about_on_closing_and_tried_again(
    shelf: DraftShelf, drawer: Drawer, runner: "AtOnce"
) -> None:
    forms = FormDrafts("case", shelf)
    drawer.full = True
    for typed in ("3", "30"):
        forms.keep("c", half_typed(typed))
        shelf.flush()
    assert forms.says("c") == NOT_KEPT
    assert names_of(forms.unsafe) == ("王建国",)
    drawer.full = False
    forms.keep("c", half_typed("300"))
    shelf.flush()
    assert forms.unsafe == ()
    assert forms.get("c") == half_typed("300")
    assert len(drawer.lying) == 1


def test_what_a_form_was_begun_on_stays_as_it_was_at_the_first_key(shelf: DraftShelf) -> None:
    forms = FormDrafts("case", shelf)
    forms.keep("c", half_typed("3", ground("没有")))
    forms.keep("c", half_typed("30", ground("认定为不符合")))
    draft = forms.get("c")
    assert draft is not None
    assert draft.typed == {"visited_on": "30"}
    assert draft.stale([ground("认定为不符合")], APRIL) == ("认定：原来没有，现在认定为不符合",)
    forms.check("c", (ground("认定为不符合"),), APRIL)
    checked = forms.get("c")
    assert checked is not None
    assert checked.stale([ground("认定为不符合")], APRIL) == ()


def test_what_reads_alike_and_is_another_is_told_as_corrected() -> None:
    draft = half_typed("3", ground("已登记", "a"))
    assert draft.stale([ground("已登记", "b")], APRIL) == ("认定：内容有更正",)
    assert draft.stale([ground("已登记", "a"), Ground(title="办结", words="没有")], APRIL) == ()


def test_what_lies_longer_than_thirty_days_is_told_with_its_day() -> None:
    assert half_typed("3", on=APRIL).stale((), date(2022, 5, 7)) == ()
    assert half_typed("3", on=APRIL).stale((), MAY) == ("2022-04-07填写的，已经超过30天",)


def test_what_another_version_of_the_program_wrote_is_passed_over(shelf: DraftShelf, frame: "FrameSpy") -> None:
    shelf.keep("case:c", {"who": "王建国"})
    shelf.keep("later:c", "?")
    assert FormDrafts("case", shelf).get("c") is None
    assert list(FormDrafts("case", shelf).all()) == []
    offer_to_go_on(shelf, frame, APRIL)
    assert frame.notices == []


def test_the_newest_is_offered_and_the_others_are_named_with_their_days(shelf: DraftShelf, frame: "FrameSpy") -> None:
    FormDrafts("case", shelf).keep("c:home_visit", half_typed("3", on=MARCH))
    shelf.keep("intake:form", {"name": "李"})
    FormDrafts("monitored", shelf).keep("h", FormDraft(title="走访", who="周", target="h", typed={}, kept_on=APRIL))
    offer_to_go_on(shelf, frame, APRIL)
    (notice,) = frame.notices
    assert notice.says == "上次填写了一半的“走访”（周）还在"
    assert notice.lines == ("另外还有：“登记预警信息”、“入户核实”（王建国，2022-03-07填写的）",)
    assert notice.action is not None
    notice.action.do()
    assert frame.destinations == [Destination(Place.MONITORED, "h")]


def saved_by(operation: Operation, case: str, *, undoes: bool = False) -> Changes:
    return Changes(operation=operation, touched=(Touched(Kind.CASE, case),), undoes=undoes)


def test_what_was_saved_is_half_typed_again_once_the_saving_is_taken_back(shelf: DraftShelf) -> None:
    shelf.keep("case:c:home_visit", {"conclusion": "情况属实"})
    shelf.hand_in("case:c:home_visit", saved_by(Operation.HOME_VISIT, "c"))
    assert shelf.keys == ()
    shelf.on_changes(saved_by(Operation.HOME_VISIT, "c", undoes=True))
    assert shelf.get("case:c:home_visit") == {"conclusion": "情况属实"}
    assert shelf.returned == "case:c:home_visit"
    shelf.on_changes(saved_by(Operation.HOME_VISIT, "d"))
    assert shelf.returned == ""


@pytest.mark.parametrize(
    "taken_back",
    [
        pytest.param(saved_by(Operation.HOME_VISIT, "d", undoes=True), id="of another case"),
        pytest.param(saved_by(Operation.REFUSAL, "c", undoes=True), id="of another form"),
        pytest.param(saved_by(Operation.HOME_VISIT, "c"), id="saved once more"),
    ],
)
def test_other_changes_bring_nothing_back(shelf: DraftShelf, taken_back: Changes) -> None:
    shelf.keep("case:c:home_visit", {"conclusion": "情况属实"})
    shelf.hand_in("case:c:home_visit", saved_by(Operation.HOME_VISIT, "c"))
    shelf.on_changes(taken_back)
    assert (shelf.keys, shelf.returned) == ((), "")


def test_several_savings_come_back_the_newest_first_each_once(shelf: DraftShelf) -> None:
    for words in ("第一次", "第二次"):
        shelf.keep("case:c:home_visit", {"conclusion": words})
        shelf.hand_in("case:c:home_visit", saved_by(Operation.HOME_VISIT, "c"))
    shelf.hand_in("case:c:home_visit", saved_by(Operation.HOME_VISIT, "c"))
    undo = saved_by(Operation.HOME_VISIT, "c", undoes=True)

    shelf.on_changes(undo)
    assert shelf.keys == (), "nobody had typed anything before the last one"
    shelf.on_changes(undo)
    assert shelf.get("case:c:home_visit") == {"conclusion": "第二次"}
    shelf.drop("case:c:home_visit")
    shelf.on_changes(undo)
    assert shelf.get("case:c:home_visit") == {"conclusion": "第一次"}
    shelf.drop("case:c:home_visit")
    shelf.on_changes(undo)
    assert shelf.keys == ()


def test_what_was_typed_since_is_not_replaced_by_what_comes_back(shelf: DraftShelf) -> None:
    shelf.keep("case:c:home_visit", {"conclusion": "先前的"})
    shelf.hand_in("case:c:home_visit", saved_by(Operation.HOME_VISIT, "c"))
    shelf.keep("case:c:home_visit", {"conclusion": "后来的"})
    shelf.on_changes(saved_by(Operation.HOME_VISIT, "c", undoes=True))
    assert shelf.get("case:c:home_visit") == {"conclusion": "后来的"}


def test_a_saving_during_which_more_was_typed_gives_nothing_back_and_leaves_the_earlier_one_its_own() -> None:
    shelf = DraftShelf()
    case = (Touched(Kind.CASE, "c1"),)
    shelf.keep("case:c1:home_visit", "first")
    shelf.hand_in("case:c1:home_visit", Changes(operation=Operation.HOME_VISIT, touched=case))
    shelf.keep("case:c1:home_visit", "second and more")
    shelf.hand_in("case:c1:home_visit", Changes(operation=Operation.HOME_VISIT, touched=case), typed_since=True)
    assert shelf.get("case:c1:home_visit") == "second and more"
    shelf.drop("case:c1:home_visit")
    back = Changes(operation=Operation.HOME_VISIT, touched=case, undoes=True)
    shelf.on_changes(back)
    assert (shelf.returned, shelf.get("case:c1:home_visit")) == ("", None)
    shelf.on_changes(back)
    assert (shelf.returned, shelf.get("case:c1:home_visit")) == ("case:c1:home_visit", "first")
