"""The shelf of half-typed forms: when they are written, what is said of it, and what is lost when nothing more can be written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.drafts import Draft
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserId
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.drafts import KEPT, NOT_KEPT, DraftHome, DraftShelf

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce

SUN = UserId("sun")


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
    cases = CaseDrafts(shelf)
    drawer.full = True
    for typed in ("3", "30"):
        cases.keep(CaseId("c"), CaseForm.HOME_VISIT, "王建国", {"visited_on": typed})
        shelf.flush()
    assert cases.says(CaseId("c"), CaseForm.HOME_VISIT) == NOT_KEPT
    assert list(cases.names) == ["王建国"]
    drawer.full = False
    cases.keep(CaseId("c"), CaseForm.HOME_VISIT, "王建国", {"visited_on": "300"})
    shelf.flush()
    assert not cases.names
    assert cases.get(CaseId("c"), CaseForm.HOME_VISIT) == {"visited_on": "300"}
    assert len(drawer.lying) == 1
