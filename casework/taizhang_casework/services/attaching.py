"""Attachments of a case: added, put into the recycle bin with a reason, taken out of it again. Nothing is ever deleted."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from taizhang_casework.domain.attachment import (
    Attachment,
    AttachmentId,
    AttachmentKind,
    Removal,
    StoredFile,
    clean_name,
)
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.attachment_ports import AttachmentStore
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.work import Work


class AlreadyAttached(OfficeTrouble):
    """The case has a file with the same content."""

    def __init__(self, name: str, there: Attachment) -> None:
        same = "" if name == there.name else f"，名为“{there.name}”"
        place = "这一条的附件里" if there.removal is None else "这一条的附件回收站里"
        do = "不用再添加" if there.removal is None else "请在回收站里选中它，点“恢复”"
        super().__init__(f"“{name}”已经在{place}{same}", safe="没有重复保存", do=do)


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment that was added."""

    attachment: Attachment
    changes: Changes


def attach(
    work: Work,
    store: AttachmentStore,
    case: CaseId,
    path: Path,
    kind: AttachmentKind,
    progress: Progress | None = None,
) -> Attached:
    """Store a file and add it to the case. ``progress`` counts bytes; what it raises leaves nothing behind.

    Raises NotAccepted where the case lies in the recycle bin; OfficeTrouble: the file cannot be taken, the case has it already, the
    disk is full.
    """
    file = store.keep(path, progress)
    try:
        return _add(work, case, clean_name(path.name), kind, file)
    finally:
        store.settle(file.address)


def _add(work: Work, case: CaseId, name: str, kind: AttachmentKind, file: StoredFile) -> Attached:
    with work.store.change(Operation.ATTACH, work.user) as desk:
        known = work.in_hand(desk, case)
        there = next((each for each in desk.attachments.of_case(case) if each.address == file.address), None)
        if there is not None:
            raise AlreadyAttached(name, there)
        attachment = Attachment(
            id=AttachmentId(work.clock.new_id()),
            case=known.id,
            kind=kind,
            name=name,
            media=file.media,
            size=file.size,
            address=file.address,
            added_by=work.user.name,
            added_at=work.clock.now(),
        )
        desk.attachments.add(attachment, file)
    return Attached(attachment=attachment, changes=desk.changes)


def remove(work: Work, attachment: AttachmentId, *, why: str) -> Changes:
    """Put an attachment into the recycle bin; the file stays. NotAccepted without a reason, and for a user who may not."""
    require(work.user, Right.DISCARD)
    if not why.strip():
        raise NotAccepted((Finding(field="why", code="blank", says="请填写移除的原因"),))
    with work.store.change(Operation.REMOVE_ATTACHMENT, work.user) as desk:
        known = desk.attachments.get(attachment)
        if known.removal is None:
            gone = Removal(removed_at=work.clock.now(), removed_by=work.user.name, why=why.strip())
            desk.attachments.save(msgspec.structs.replace(known, removal=gone))
    return desk.changes


def restore(work: Work, attachment: AttachmentId) -> Changes:
    """Take an attachment out of the recycle bin; the journal keeps that it was there. NotAccepted for a user who may not."""
    require(work.user, Right.DISCARD)
    with work.store.change(Operation.RESTORE_ATTACHMENT, work.user) as desk:
        desk.attachments.save(msgspec.structs.replace(desk.attachments.get(attachment), removal=None))
    return desk.changes


def attachments_of(work: Work, case: CaseId) -> Sequence[Attachment]:
    """Every attachment of the case, those in the recycle bin too, oldest first."""
    with work.store.reading() as desk:
        return desk.attachments.of_case(case)
