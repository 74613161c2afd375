"""The users of the PC: taken on, changed, ended, and given passphrases. Only an administrator manages others; everybody her own words."""

from collections.abc import Callable

import msgspec

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.passphrase import check_passphrase
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.text_folding import fold
from taizhang_casework.domain.users import UserAccount, UserId, check_administrators, check_name
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work


class Reissued(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh recovery code, to be shown and printed once; ``repr`` hides it."""

    code: str
    changes: Changes

    def __repr__(self) -> str:
        """Say that there is one."""
        return "Reissued()"


def users(work: Work) -> tuple[UserAccount, ...]:
    """Every account, in the order of their making."""
    with work.store.reading() as desk:
        return tuple(desk.users.all())


def add_user(work: Work, name: str, role: Role, passphrase: str) -> Changes:
    """Take on a user with a first passphrase, which she changes herself; NotAccepted with all findings at once."""
    require(work.user, Right.MANAGE_USERS)
    with work.store.change(Operation.ADD_USER, work.user) as desk:
        findings = (*check_name(name, desk.users.all()), *check_passphrase(passphrase))
        _refuse(findings)
        account = UserAccount(id=UserId(work.clock.new_id()), name=fold(name).strip(), role=role)
        desk.users.save(account)
        desk.keys.give_passphrase(account, passphrase)
    return desk.changes


def set_role(work: Work, user: UserId, role: Role) -> Changes:
    """Give a user another role; NotAccepted where the last administrator would go."""
    require(work.user, Right.MANAGE_USERS)
    with work.store.change(Operation.SET_ROLE, work.user) as desk:
        _save(desk, msgspec.structs.replace(desk.users.get(user), role=role))
    return desk.changes


def end_user(work: Work, user: UserId) -> Changes:
    """Let the user open the vault no more. Her name stays in the journal and is not given to another."""
    require(work.user, Right.MANAGE_USERS)
    with work.store.change(Operation.END_USER, work.user) as desk:
        _save(desk, msgspec.structs.replace(desk.users.get(user), active=False))
        desk.keys.take_away(user)
    return desk.changes


def reset_passphrase(work: Work, user: UserId, passphrase: str) -> Changes:
    """Give a user, also one who was ended, a new passphrase; every earlier way in of hers opens nothing any more."""
    require(work.user, Right.MANAGE_USERS)
    with work.store.change(Operation.RESET_PASSPHRASE, work.user) as desk:
        _refuse(check_passphrase(passphrase))
        account = msgspec.structs.replace(desk.users.get(user), active=True)
        desk.users.save(account)
        desk.keys.take_away(user)
        desk.keys.give_passphrase(account, passphrase)
    return desk.changes


def change_own_passphrase(work: Work, user: UserId, old: str, new: str) -> Changes:
    """Change one's own passphrase by the old one; nothing is encrypted anew."""
    with work.store.change(Operation.CHANGE_OWN_PASSPHRASE, work.user) as desk:
        known = desk.keys.is_passphrase_of(user, old)
        wrong = () if known else (Finding(field="old_passphrase", code="wrong", says="原口令不正确"),)
        same = known and new == old
        unchanged = (Finding(field="passphrase", code="unchanged", says="新口令与原口令相同"),) if same else ()
        _refuse((*wrong, *check_passphrase(new), *unchanged))
        desk.keys.give_passphrase(desk.users.get(user), new)
    return desk.changes


def recover_passphrase(work: Work, user: UserId, new: str) -> Changes:
    """Set the passphrase of the user for whom the recovery code has just opened the vault; that is journalled.

    NotAccepted where the vault was opened in another way by somebody who may not manage users.
    """
    with work.store.change(Operation.RECOVER_PASSPHRASE, work.user) as desk:
        if not desk.keys.opened_by_code:
            require(work.user, Right.MANAGE_USERS)
        _refuse(check_passphrase(new))
        desk.keys.take_away(user)
        desk.keys.give_passphrase(desk.users.get(user), new)
    return desk.changes


def reissue_recovery_code(work: Work) -> Reissued:
    """A fresh recovery code; the printed one opens nothing any more."""
    require(work.user, Right.MANAGE_USERS)
    with work.store.change(Operation.REISSUE_RECOVERY_CODE, work.user) as desk:
        code = desk.keys.new_recovery_code()
        changes = desk.changes
    return Reissued(code=code, changes=changes)


def rotate_keys(work: Work, rotate: Callable[[], None]) -> Changes:
    """Put the data under a fresh key by ``rotate``, and take that down in the journal; every way in stays as it is.

    NotAccepted for a user who may not; else what ``rotate`` raises, and then everything is as it was.
    """
    require(work.user, Right.MANAGE_USERS)
    rotate()
    with work.store.change(Operation.ROTATE_KEYS, work.user) as desk:
        desk.keys.renew()
    return desk.changes


def _save(desk: WritableDesk, account: UserAccount) -> None:
    desk.users.save(account)
    _refuse(check_administrators(desk.users.all()))


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise NotAccepted(findings)
