"""用户: one's own passphrase and the time until the desk locks itself; for an administrator the users, the recovery code and the keys."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.passphrase import check_again, check_passphrase
from taizhang_casework.domain.rights import ROLE_WORDS, Right, may
from taizhang_casework.domain.users import UserAccount, UserId, check_name
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.users import (
    Reissued,
    add_user,
    change_own_passphrase,
    end_user,
    reissue_recovery_code,
    reset_passphrase,
    set_role,
    users,
)
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.settings import IdleMinutes, SettingsFile
from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts
from taizhang_desktop.viewmodels.shell import Frame, said

USERS = "users"
"""Begins the key of the draft."""
ADD = "add"
"""The target of the screen that opens the form 新增用户."""


class Deed(Enum):
    """What an administrator does to users; each has its own small form."""

    ADD = "add"
    ROLE = "role"
    RESET = "reset"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class UsersTools:
    """What the screen needs of the other rooms; ``save_code`` and ``rotate_keys`` run in the worker and may raise OfficeTrouble."""

    save_code: Callable[[str, Path], None]
    rotate_keys: Callable[[Progress], None]
    files: FileChooser
    settings: SettingsFile


class UserLine(msgspec.Struct, frozen=True, kw_only=True):
    """One user as the list shows her; ``own`` is who sits there."""

    account: UserAccount
    own: bool

    @property
    def name(self) -> str:
        """The name, and whether it is one's own."""
        return f"{self.account.name}（本人）" if self.own else self.account.name

    @property
    def role(self) -> str:
        """The role in Chinese."""
        return ROLE_WORDS[self.account.role]

    @property
    def state(self) -> str:
        """Whether she can open the desk."""
        return "在用" if self.account.active else "已停用"

    @property
    def tone(self) -> Tone:
        """Green while she can."""
        return Tone.DONE if self.account.active else Tone.PLAIN

    def why_not(self, deed: Deed) -> str:
        """Why this cannot be done to her; empty where it can."""
        if deed is Deed.ADD:
            return ""
        if self.own and deed is Deed.RESET:
            return "本人的口令在“我的口令”中修改"
        if self.own:
            return "本人的角色和停用由另一名管理员办理"
        if deed is not Deed.RESET and not self.account.active:
            return "该用户已停用；重设口令后重新启用"
        return ""


class UsersState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``deed`` is the form that is open, ``code`` a fresh recovery code that has not been put away yet."""

    lines: tuple[UserLine, ...] = ()
    chosen: UserId | None = None
    deed: Deed | None = None
    code: str = ""
    saved: str = ""
    asking_code: bool = False
    asking_keys: bool = False
    busy: bool = False
    trouble: Troubled | None = None

    @property
    def line(self) -> UserLine | None:
        """The chosen user."""
        return next((line for line in self.lines if line.account.id == self.chosen), None)

    def __repr__(self) -> str:
        """Never the code."""
        return f"UsersState({len(self.lines)})"


class UsersModel(QObject):
    """用户. ``changed``: ``state`` is another; ``found_fault``: tuple of Finding about the form last handed in; ``done``: it was done.

    ``added``: the id of a user who was added and stands in the list now.
    """

    changed = Signal()
    found_fault = Signal(object)
    done = Signal()
    added = Signal(str)

    def __init__(
        self,
        work: Work,
        account: UserAccount,
        tools: UsersTools,
        runner: Runner,
        frame: Frame,
        shelf: DraftShelf | None = None,
    ) -> None:
        """``account`` is who sits there; ``shelf`` keeps the name and role of a new user who is half-typed, never a passphrase."""
        super().__init__()
        self._work = work
        self._tools = tools
        self._runner = runner
        self._frame = frame
        self.account = account
        self.state = UsersState()
        self._newcomer = ""
        self._drafts = FormDrafts(USERS, shelf)

    @property
    def manages(self) -> bool:
        """Whether the user may manage others."""
        return may(self._work.user, Right.MANAGE_USERS)

    @property
    def idle_minutes(self) -> IdleMinutes:
        """After how long the desk locks itself."""
        return self._tools.settings.settings.idle_minutes

    def choose_idle(self, minutes: IdleMinutes) -> None:
        """Another time; it holds at once."""
        self._tools.settings.keep(idle_minutes=minutes)
        self._frame.tell(said(f"离开{minutes}分钟后自动锁定"))

    def refresh(self) -> None:
        """Read the users anew."""
        if self.manages:
            self._runner.run(lambda: users(self._work), self._show, self._failed)

    def on_changes(self, changes: Changes) -> None:
        """Somebody was added or changed."""
        if changes.touches(Kind.USER):
            self.refresh()

    def choose(self, user: str) -> None:
        """Choose a line of the list; an open form about another user is closed."""
        if user != (self.state.chosen or ""):
            deed = self.state.deed if self.state.deed is Deed.ADD else None
            self._set(chosen=UserId(user) if user else None, deed=deed)

    def begin(self, deed: Deed | None) -> None:
        """Open the form of a deed; None closes it."""
        line = self.state.line
        if deed is None or deed is Deed.ADD or (line is not None and not line.why_not(deed)):
            self._set(deed=deed)

    def keep_new(self, name: str, role: Role | None) -> None:
        """Keep what is half-typed of a new user. A passphrase is not handed in here: none is ever kept."""
        typed: dict[str, str | tuple[str, ...]] = {"name": name, "role": "" if role is None else role.value}
        today = self._work.clock.today()
        self._drafts.keep(ADD, FormDraft(title="新增用户", who=name.strip(), target=ADD, typed=typed, kept_on=today))

    @property
    def typed_new(self) -> tuple[str, Role | None]:
        """The name and role of a new user as they were left; blank where nothing was typed."""
        draft = self._drafts.get(ADD)
        typed = {} if draft is None else draft.typed
        role = next((each for each in Role if each.value == typed.get("role")), None)
        return str(typed.get("name", "")), role

    def give_up_new(self) -> None:
        """Throw away what is half-typed of a new user."""
        self._drafts.drop(ADD)

    @property
    def new_is_safe(self) -> bool:
        """Whether nothing of that is lost when the program ends."""
        return not self._drafts.unsafe

    def leave(self) -> None:
        """The user goes elsewhere: what is half-typed is written now."""
        self._drafts.shelf.flush()

    def check_own(self, old: str, new: str, again: str) -> tuple[Finding, ...]:
        """Everything at once about a change of one's own passphrase."""
        blank = () if old else (Finding(field="old_passphrase", code="blank", says="请输入原口令"),)
        return (*blank, *check_passphrase(new, (self.account.name,)), *check_again(new, again))

    def change_own(self, old: str, new: str, again: str) -> None:
        """修改我的口令."""
        found = self.check_own(old, new, again)
        if found:
            self.found_fault.emit(found)
            return
        user = self.account.id
        self._do(lambda: change_own_passphrase(self._work, user, old, new), "口令已修改，下次用新口令打开")

    def add(self, name: str, role: Role | None, passphrase: str, again: str) -> None:
        """新增用户, with a first passphrase."""
        others = [line.account for line in self.state.lines]
        no_role = () if role is not None else (Finding(field="role", code="blank", says="请选择角色"),)
        found = (*check_name(name, others), *no_role, *_check_new(passphrase, again, name))
        if found or role is None:
            self.found_fault.emit(found)
            return
        says = f"已新增用户{name.strip()}（{ROLE_WORDS[role]}），请把初始口令当面告诉本人，并请其修改"
        self._do(lambda: add_user(self._work, name.strip(), role, passphrase), says, self._came)

    def set_role(self, role: Role | None) -> None:
        """改角色 of the chosen user."""
        line = self.state.line
        if line is None:
            return
        if role is None:
            self.found_fault.emit((Finding(field="role", code="blank", says="请选择角色"),))
            return
        account = line.account
        self._do(
            lambda: set_role(self._work, account.id, role),
            f"{account.name}的角色已改为{ROLE_WORDS[role]}，下次打开时生效",
        )

    def reset(self, passphrase: str, again: str) -> None:
        """重设口令 of the chosen user; one who was ended may open the desk again."""
        line = self.state.line
        if line is None:
            return
        account = line.account
        found = _check_new(passphrase, again, account.name)
        if found:
            self.found_fault.emit(found)
            return
        says = f"{account.name}的口令已重设，原口令不再有效；请当面告诉本人，并请其修改"
        self._do(lambda: reset_passphrase(self._work, account.id, passphrase), says)

    def end(self) -> None:
        """停用 the chosen user."""
        line = self.state.line
        if line is not None:
            account = line.account
            self._do(lambda: end_user(self._work, account.id), f"{account.name}已停用，不能再打开本机台账")

    def ask_code(self, *, asking: bool) -> None:
        """Whether a fresh recovery code is being asked for."""
        self._set(asking_code=asking)

    def reissue(self) -> None:
        """重新生成恢复码; the old one opens nothing from now on."""
        if not self.state.busy:
            self._set(busy=True)
            self._runner.run(lambda: reissue_recovery_code(self._work), self._reissued, self._failed)

    def save_code(self) -> None:
        """Ask where, and write the fresh code as a PDF."""
        code = self.state.code
        if code:
            self._tools.files.save("保存恢复码", "台账恢复码.pdf", PDF, lambda path: self._save_code(code, path))

    def put_code_away(self, *, kept: bool) -> None:
        """The code is printed or written down: show it no more; only once that is confirmed."""
        if not kept:
            says = "请先保存或抄写恢复码，并勾选确认"
            self.found_fault.emit((Finding(field="kept", code="not_kept", says=says),))
            return
        self._set(code="", saved="", asking_code=False)
        self._frame.tell(said("新的恢复码已生效，旧的已作废；请收回旧的一份并销毁"))

    def ask_keys(self, *, asking: bool) -> None:
        """Whether a change of the keys is being asked for."""
        self._set(asking_keys=asking)

    def rotate(self) -> None:
        """更换数据密钥; everybody's passphrase and the recovery code stay as they are."""
        if not self.state.busy:
            self._set(busy=True)
            self._runner.run_long("更换数据密钥", self._tools.rotate_keys, self._rotated, self._failed)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _do(
        self, deed: Callable[[], Changes], says: str, then: Callable[[Changes], None] = lambda _changes: None
    ) -> None:
        if self.state.busy:
            return
        self._set(busy=True)

        def did(changes: Changes) -> None:
            self._did(says)
            then(changes)

        self._runner.run(deed, did, self._failed)

    def _came(self, changes: Changes) -> None:
        """The new user is chosen as soon as she stands in the list."""
        self.give_up_new()
        self._newcomer = next((each.id for each in changes.touched if each.kind is Kind.USER), "")
        self._welcome()

    def _welcome(self) -> None:
        if self._newcomer in {line.account.id for line in self.state.lines}:
            newcomer, self._newcomer = self._newcomer, ""
            self.added.emit(newcomer)

    def _did(self, says: str) -> None:
        self._set(busy=False, deed=None)
        self.done.emit()
        self._frame.tell(said(says))

    def _reissued(self, fresh: Reissued) -> None:
        self._set(busy=False, code=fresh.code, saved="")
        self._runner.announce(fresh.changes)

    def _save_code(self, code: str, path: Path) -> None:
        self._runner.run(lambda: self._tools.save_code(code, path), lambda _: self._set(saved=str(path)))

    def _rotated(self, _nothing: None) -> None:
        self._set(busy=False, asking_keys=False)
        self._frame.tell(said("数据密钥已更换；各人的口令和恢复码不变"))

    def _show(self, accounts: tuple[UserAccount, ...]) -> None:
        lines = tuple(UserLine(account=each, own=each.id == self.account.id) for each in accounts)
        self._set(lines=lines, trouble=None)
        self._welcome()

    def _failed(self, failure: Failure) -> bool:
        self._set(busy=False)
        if isinstance(failure, Refused) and any(finding.field for finding in failure.findings):
            self.found_fault.emit(failure.findings)
            return True
        if isinstance(failure, Troubled) and not self.state.lines and self.manages:
            self._set(trouble=failure)
            return True
        return False

    def _set(self, **other: object) -> None:
        new = msgspec.structs.replace(self.state, **other)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _check_new(passphrase: str, again: str, name: str) -> tuple[Finding, ...]:
    return (*check_passphrase(passphrase, (name.strip(),)), *check_again(passphrase, again))
