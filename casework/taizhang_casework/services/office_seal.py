"""Loading, replacing and ending the office's own seal picture; using it is ``printing_out``'s."""

import hashlib
from collections.abc import Callable

import msgspec

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.seals import OfficeSeal, SealId
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work

MeasureSeal = Callable[[bytes], tuple[int, int]]
"""Width and height in dots of a PNG that can be printed as a seal; OfficeTrouble with everything that is wrong with it."""


def load_seal(work: Work, png: bytes, why: str, measure: MeasureSeal) -> Changes:
    """Keep the picture as the seal in use, in the place of the one before it, for one reason.

    NotAccepted where the user may not or says no reason; what ``measure`` raises for an unfit picture.
    """
    require(work.user, Right.MANAGE_SEAL)
    reason = _reason(why)
    width, height = measure(png)
    with work.store.change(Operation.LOAD_SEAL, work.user) as desk:
        _end(work, desk, reason)
        desk.seals.add(
            OfficeSeal(
                id=SealId(work.clock.new_id()),
                digest=hashlib.sha256(png).hexdigest(),
                width=width,
                height=height,
                loaded_at=work.clock.now(),
                loaded_by=work.user.name,
                why=reason,
            ),
            png,
        )
    return desk.changes


def end_seal(work: Work, why: str) -> Changes:
    """Take the seal out of use; its picture is deleted. NotAccepted where there is none, no reason, or the user may not."""
    require(work.user, Right.MANAGE_SEAL)
    reason = _reason(why)
    with work.store.change(Operation.END_SEAL, work.user) as desk:
        if not _end(work, desk, reason):
            raise NotAccepted((NO_SEAL,))
    return desk.changes


NO_SEAL = Finding(field="seal", code="no_seal", says="还没有载入电子印章，请先由管理员载入，或者打印后盖章")


def _end(work: Work, desk: WritableDesk, why: str) -> bool:
    known = desk.seals.in_use()
    if known is not None:
        now = work.clock.now()
        desk.seals.end(msgspec.structs.replace(known, ended_at=now, ended_by=work.user.name, ended_why=why))
    return known is not None


def _reason(why: str) -> str:
    if not why.strip():
        raise NotAccepted((Finding(field="why", code="blank", says="请填写原因"),))
    return why.strip()
