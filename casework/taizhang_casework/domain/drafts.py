"""What was typed into a form and not saved yet. It is nobody's record and counts nowhere: no ledger, paper or package knows it."""

import msgspec

from taizhang_casework.domain.users import UserId


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A half-typed form of one user. ``key`` says which form of what; ``body`` is JSON in ASCII that only the form reads."""

    user: UserId
    key: str
    body: str
