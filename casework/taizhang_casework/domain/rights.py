"""Who may do what: one table. A right that is refused says which role has it (三（一）: 保障数据信息安全，保护个人隐私)."""

from enum import Enum

from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.offices import Role, User


class Right(Enum):
    """What not everybody may do; everything else every user may."""

    DECIDE = "decide"
    """Decide 符合 (录入系统) or 不符合, close a case, reopen it, set right a step of one that was decided on."""
    FREEZE = "freeze"
    """封存: freeze a month's ledger."""
    USE_SEAL = "use_seal"
    """Print with the office's own seal picture, or sign a file with the office's certificate."""
    MANAGE_SEAL = "manage_seal"
    """Load the office's own seal picture, replace it and take it out of use."""
    UNMASK = "unmask"
    """Look at an id number or telephone number in full; each look is journalled."""
    EXPORT = "export"
    """Let personal data out of the vault in the name of the office: ledgers as files, packages to other offices."""
    SET_INCOME_LINE = "set_income_line"
    """Enter the income line that incomes are shown beside, and take a wrong one away."""
    DISCARD = "discard"
    """Move a case or an attachment to the recycle bin, and bring it back."""
    MANAGE_USERS = "manage_users"
    """Add and end users, give them new passphrases, renew the recovery code and the keys of the vault."""
    RESTORE = "restore"
    """Put a backup in the place of the data, or go on with data that is older than it should be."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.UNMASK, Right.DISCARD}),
    Role.REVIEWER: frozenset(
        {
            Right.UNMASK,
            Right.DISCARD,
            Right.DECIDE,
            Right.FREEZE,
            Right.USE_SEAL,
            Right.EXPORT,
            Right.SET_INCOME_LINE,
        },
    ),
    Role.ADMINISTRATOR: frozenset(Right),
}
"""The table. An administrator has every right, so that an office of one person can work."""

ROLE_WORDS: dict[Role, str] = {
    Role.CLERK: "经办人",
    Role.REVIEWER: "审核人",
    Role.ADMINISTRATOR: "管理员",
}

RIGHT_WORDS: dict[Right, str] = {
    Right.DECIDE: "认定、办结和重新打开",
    Right.FREEZE: "封存月度台账",
    Right.USE_SEAL: "使用电子印章和电子签名",
    Right.MANAGE_SEAL: "载入、更换和停用电子印章",
    Right.UNMASK: "查看完整号码",
    Right.EXPORT: "导出台账、附件和数据包",
    Right.SET_INCOME_LINE: "录入收入线",
    Right.DISCARD: "移到回收站和恢复",
    Right.MANAGE_USERS: "管理用户、口令和恢复码",
    Right.RESTORE: "恢复备份",
}


def may(user: User, right: Right) -> bool:
    """Whether the user's role has the right."""
    return right in RIGHTS[user.role]


def refused(user: User, right: Right) -> tuple[Finding, ...]:
    """Empty where the user may; else one finding that says which roles may and what the user is."""
    if may(user, right):
        return ()
    having = "或".join(ROLE_WORDS[role] for role in Role if right in RIGHTS[role])
    says = f"{RIGHT_WORDS[right]}须由{having}办理，您是{ROLE_WORDS[user.role]}"
    return (Finding(field="", code="no_right", says=says),)


def require(user: User, right: Right) -> None:
    """Raise NotAccepted where the user may not."""
    findings = refused(user, right)
    if findings:
        raise NotAccepted(findings)
