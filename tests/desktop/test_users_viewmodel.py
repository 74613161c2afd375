"""The page of users, walked without a window over a real vault."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.users import users
from taizhang_casework.services.work import Work
from taizhang_desktop.settings import IdleMinutes, SettingsFile
from taizhang_desktop.viewmodels.users import Deed, UserLine, UsersModel, UsersTools

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

GOOD = "lamp-stone-74-wheel"


class Page:
    """The view-model, and what it said and did."""

    def __init__(self, work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", role: Role) -> None:
        self.work = work
        self.frame = frame
        self.chooser = chooser
        self.settings = SettingsFile()
        self.rotated = 0
        self.codes: list[tuple[str, Path]] = []
        account = UserAccount(id=UserId("1"), name="李明", role=role)
        self.runner = runner
        tools = UsersTools(
            save_code=lambda code, path: self.codes.append((code, path)),
            rotate_keys=self.rotate,
            files=chooser,
            settings=self.settings,
        )
        as_role = dataclasses.replace(work, user=account.user)
        self.model = UsersModel(as_role, account, tools, runner, frame)
        self.said: list[tuple[Finding, ...]] = []
        self.model.found_fault.connect(self.said.append)
        self.model.refresh()

    def rotate(self, progress: Progress) -> None:
        progress(1, 1)
        self.rotated += 1

    def fields(self) -> list[str]:
        """The fields that were found fault with last."""
        return [finding.field for finding in self.said[-1]]

    def told(self) -> str:
        return self.frame.notices[-1].says

    def names(self) -> list[tuple[str, str, str]]:
        self.model.refresh()
        return [(line.name, line.role, line.state) for line in self.model.state.lines]

    def id_of(self, name: str) -> str:
        return next(each.id for each in users(self.work) if each.name == name)


@pytest.fixture
def page(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser") -> Page:
    return Page(town_work, runner, frame, chooser, Role.ADMINISTRATOR)


def test_everything_wrong_with_a_new_user_is_said_at_once(page: Page) -> None:
    page.model.begin(Deed.ADD)
    page.model.add("", None, "short", "other")
    assert page.fields() == ["user_name", "role", "passphrase", "again"]
    page.model.add("李明", Role.CLERK, "李明", "李明")
    assert page.said[-1][0].says == "已经有用户“李明”；同名的人请加以区别，例如加上岗位"
    assert page.names() == [("李明（本人）", "管理员", "在用")]


def test_a_user_is_added_changed_ended_and_let_in_again(page: Page) -> None:
    model = page.model
    model.begin(Deed.ADD)
    model.add("周海燕", Role.CLERK, GOOD, GOOD)
    assert model.state.deed is None
    assert page.told() == "已新增用户周海燕（经办人），请把初始口令当面告诉本人，并请其修改"
    model.refresh()
    model.choose(page.id_of("周海燕"))
    model.begin(Deed.ROLE)
    model.set_role(Role.REVIEWER)
    assert page.names()[1] == ("周海燕", "审核人", "在用")
    model.begin(Deed.END)
    model.end()
    assert page.names()[1] == ("周海燕", "审核人", "已停用")
    assert model.state.line is not None
    assert [deed for deed in Deed if model.state.line.why_not(deed)] == [Deed.ROLE, Deed.END]
    model.begin(Deed.RESET)
    model.reset(GOOD, "other")
    assert page.fields() == ["again"]
    model.reset(GOOD, GOOD)
    assert page.names()[1] == ("周海燕", "审核人", "在用")
    assert page.runner.failures == []


@pytest.mark.parametrize("deed", [Deed.ROLE, Deed.RESET, Deed.END])
def test_one_does_nothing_of_this_to_oneself(page: Page, deed: Deed) -> None:
    page.model.choose("1")
    page.model.begin(deed)
    assert page.model.state.deed is None
    assert page.model.state.line is not None
    assert page.model.state.line.why_not(deed)


def test_choosing_another_user_closes_the_form_about_the_first(page: Page) -> None:
    page.model.add("周海燕", Role.CLERK, GOOD, GOOD)
    page.model.refresh()
    page.model.choose(page.id_of("周海燕"))
    page.model.begin(Deed.END)
    page.model.choose("1")
    assert page.model.state.deed is None


def test_a_fresh_recovery_code_is_put_away_only_when_it_is_kept(page: Page, tmp_path: Path) -> None:
    page.chooser.will_choose(tmp_path / "code.pdf")
    page.model.ask_code(asking=True)
    page.model.reissue()
    code = page.model.state.code
    assert len(code.split("-")) == 7
    assert code not in repr(page.model.state)
    page.model.save_code()
    assert page.codes == [(code, tmp_path / "code.pdf")]
    page.model.put_code_away(kept=False)
    assert page.fields() == ["kept"]
    page.model.put_code_away(kept=True)
    assert page.model.state.code == ""
    assert page.told() == "新的恢复码已生效，旧的已作废；请收回旧的一份并销毁"


def test_the_keys_are_changed_in_a_long_job(page: Page) -> None:
    page.model.ask_keys(asking=True)
    page.model.rotate()
    assert (page.rotated, page.runner.titles) == (1, ["更换数据密钥"])
    assert not page.model.state.asking_keys


def test_the_time_until_the_lock_is_kept(page: Page) -> None:
    page.model.choose_idle(IdleMinutes.THREE)
    assert page.settings.settings.idle_minutes is IdleMinutes.THREE
    assert page.told() == "离开3分钟后自动锁定"


def test_a_clerk_changes_her_own_passphrase_and_sees_nobody_else(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser"
) -> None:
    page = Page(town_work, runner, frame, chooser, Role.CLERK)
    assert not page.model.manages
    assert page.model.state.lines == ()
    page.model.change_own("", "short", "other")
    assert page.fields() == ["old_passphrase", "passphrase", "again"]
    page.model.change_own("not mine at all", GOOD, GOOD)
    assert [finding.says for finding in page.said[-1]] == ["原口令不正确"]


def test_what_a_line_says_of_a_user() -> None:
    account = UserAccount(id=UserId("2"), name="周海燕", role=Role.REVIEWER, active=False)
    line = UserLine(account=account, own=False)
    assert (line.name, line.role, line.state) == ("周海燕", "审核人", "已停用")
    assert line.why_not(Deed.RESET) == ""
