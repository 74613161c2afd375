"""Packages out: warnings to a town, the frozen ledger to the bureau, a receipt to whoever sent one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.ledger import FilingId, Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.packages import (
    Direction,
    FilingItem,
    Manifest,
    PackageItem,
    PackageKind,
    PackageRecord,
    ReceiptItem,
    WarningItem,
    lines_in,
)
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.collecting import gone, waiting
from taizhang_casework.services.exchange_ports import Courier
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work

PathFor = Callable[[Manifest], Path]
"""Where a package of this manifest is to be written."""


class NotEnrolled(OfficeTrouble):
    """The receiving office's card is not known."""


class NothingToSend(OfficeTrouble):
    """There is nothing that has not been sent already."""


class _Parcel(NamedTuple):
    """What goes to whom, before it has a number."""

    kind: PackageKind
    to: OfficeId
    month: Month
    items: Sequence[PackageItem]


class _Stick(NamedTuple):
    """Where packages are written in one change, and what was."""

    courier: Courier
    path_for: PathFor
    written: list[Path]


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was written, as the register has it."""

    record: PackageRecord
    path: str
    changes: Changes


def send_warnings(work: Work, courier: Courier, town: OfficeId, month: Month, path_for: PathFor) -> Sent:
    """Pack every warning that waits for the town, and note that they went (一（二）2)."""
    require(work.user, Right.EXPORT)
    with _packing(work, Operation.SEND_WARNINGS, courier, path_for) as (desk, stick):
        warnings = waiting(desk).get(town, ())
        if not warnings:
            raise NothingToSend(
                "这个镇街没有待下发的预警信息", safe="没有生成数据包", do="如需重发，请重新生成已经下发的数据包"
            )
        items = [WarningItem(warning=warning) for warning in warnings]
        record, path = _send(work, desk, stick, _Parcel(PackageKind.WARNINGS, town, month, items))
        desk.bureau.mark_sent([warning.id for warning in warnings], record.digest)
    return Sent(record=record, path=str(path), changes=desk.changes)


def resend_warnings(work: Work, courier: Courier, town: OfficeId, month: Month, path_for: PathFor) -> Sent:
    """Pack once more what went to the town in that month, under a new number: the stick was lost or the file damaged.

    The town takes what it has not got yet and leaves the rest as it is.
    """
    require(work.user, Right.EXPORT)
    with _packing(work, Operation.RESEND_WARNINGS, courier, path_for) as (desk, stick):
        warnings = gone(desk, month).get(town, ())
        if not warnings:
            raise NothingToSend("这个月没有向这个镇街下发过预警信息", safe="没有生成数据包", do="请先导入部门名单")
        items = [WarningItem(warning=warning) for warning in warnings]
        record, path = _send(work, desk, stick, _Parcel(PackageKind.WARNINGS, town, month, items))
    return Sent(record=record, path=str(path), changes=desk.changes)


def send_filing(work: Work, courier: Courier, filing: FilingId, bureau: OfficeId, path_for: PathFor) -> Sent:
    """Pack a frozen filing for the bureau (一（三）1)."""
    require(work.user, Right.EXPORT)
    with _packing(work, Operation.SEND_FILING, courier, path_for) as (desk, stick):
        frozen = desk.filings.get(filing)
        items = [FilingItem(filing=frozen)]
        record, path = _send(work, desk, stick, _Parcel(PackageKind.FILING, bureau, frozen.month, items))
    return Sent(record=record, path=str(path), changes=desk.changes)


def send_receipt(work: Work, courier: Courier, taken: PackageRecord, path_for: PathFor) -> Sent:
    """Answer a package that was taken with a receipt (回执) to its sender; the register notes that it was answered."""
    item = ReceiptItem(package=taken.digest, number=taken.manifest.number, accepted=True, says=f"已接收{taken.items}条")
    with _packing(work, Operation.SEND_RECEIPT, courier, path_for) as (desk, stick):
        to, month = taken.manifest.sender, taken.manifest.month
        record, path = _send(work, desk, stick, _Parcel(PackageKind.RECEIPT, to, month, [item]))
        desk.packages.save(msgspec.structs.replace(taken, receipt=item))
    return Sent(record=record, path=str(path), changes=desk.changes)


@contextmanager
def _packing(
    work: Work, operation: Operation, courier: Courier, path_for: PathFor
) -> Iterator[tuple[WritableDesk, _Stick]]:
    """A change that writes packages. Where it is undone they are taken off the stick again: their numbers will be given to others."""
    stick = _Stick(courier, path_for, [])
    try:
        with work.store.change(operation, work.user) as desk:
            yield desk, stick
    except BaseException:
        for path in stick.written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _send(work: Work, desk: WritableDesk, stick: _Stick, parcel: _Parcel) -> tuple[PackageRecord, Path]:
    keys = desk.partners.own()
    try:
        card = desk.partners.get(parcel.to)
    except KeyError:
        name = work.divisions.towns.get(parcel.to, parcel.to)
        raise NotEnrolled(
            f"还没有登记“{name}”的名片", safe="没有生成数据包", do="请在“数据交换”中导入对方的名片并核对指纹"
        ) from None
    last = desk.packages.last_sent(parcel.to)
    manifest = Manifest(
        kind=parcel.kind,
        number=1 if last is None else last.manifest.number + 1,
        previous="" if last is None else last.digest,
        sender=keys.card.office.id,
        receiver=parcel.to,
        month=parcel.month,
        made_at=work.clock.now(),
    )
    path = stick.path_for(manifest)
    digest = stick.courier.pack(manifest, parcel.items, keys=keys, to=card, path=path)
    stick.written.append(path)
    record = PackageRecord(
        direction=Direction.SENT,
        manifest=manifest,
        digest=digest,
        file=path.name,
        items=lines_in(parcel.items),
        at=manifest.made_at,
    )
    desk.packages.save(record)
    return record, path
