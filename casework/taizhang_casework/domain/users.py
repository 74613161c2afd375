"""The people who work on one PC: who they are, and that a name is given once."""

from collections.abc import Iterable
from typing import NewType

import msgspec

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.text_folding import fold

UserId = NewType("UserId", str)
"""32 hex digits."""

MOST_NAME = 50
"""Code points of a user's name."""


class UserAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One user of the office's PC. An account is never erased, since the journal names it; one that is not ``active`` opens nothing."""

    id: UserId
    name: str
    role: Role
    active: bool = True

    @property
    def user(self) -> User:
        """Who works, as the journal names her."""
        return User(name=self.name, role=self.role)


def check_name(name: str, others: Iterable[UserAccount]) -> tuple[Finding, ...]:
    """What is wrong with the name of a user among the others: blank, too long, or taken."""
    if not name.strip():
        return (Finding(field="user_name", code="blank", says="请填写用户姓名"),)
    if len(name) > MOST_NAME:
        return (Finding(field="user_name", code="too_long", says=f"姓名最多{MOST_NAME}个字"),)
    if any(fold(other.name) == fold(name) for other in others):
        says = f"已经有用户“{name}”；同名的人请加以区别，例如加上岗位"
        return (Finding(field="user_name", code="taken", says=says),)
    return ()


def check_administrators(accounts: Iterable[UserAccount]) -> tuple[Finding, ...]:
    """An office must keep somebody who may manage its users."""
    if any(account.active and account.role is Role.ADMINISTRATOR for account in accounts):
        return ()
    says = "至少要有一名在用的管理员；请先把另一名用户设为管理员"
    return (Finding(field="role", code="last_administrator", says=says),)
