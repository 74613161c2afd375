"""Packages in: opened whole or not at all, numbered without gaps or the gap is said, and every line becomes what it is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from taizhang_casework.domain.bureau import ReceivedFiling
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.offices import Office, OfficeKind
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
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.exchange_ports import Courier
from taizhang_casework.services.intake import open_case
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work


class AlreadyTaken(OfficeTrouble):
    """This package, or another one of its sender with the same number, was taken before."""


class WrongContent(OfficeTrouble):
    """A genuine package whose content does not belong to this office."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was taken: its line in the register, what was touched, and what should be looked at."""

    record: PackageRecord
    changes: Changes
    findings: tuple[Finding, ...] = ()


def take_package(work: Work, courier: Courier, path: Path, *, received_on: date | None = None) -> Taken:
    """Take a package in. Raises OfficeTrouble where it is damaged, for somebody else, taken before or out of place.

    ``received_on`` is the day on which the office got it, today where the clerk does not say otherwise; the clock of 入户核实
    starts on it. NotAccepted where that day has not come.
    """
    if received_on is not None and received_on > work.clock.today():
        says = "收到日期还没有到，请填写实际日期"
        raise NotAccepted((Finding(field="received_on", code="future", says=says),))
    with work.store.reading() as desk:
        keys, known = desk.partners.own(), desk.partners.all()
    manifest, items, digest = courier.open(path, keys=keys, known=known)
    with work.store.change(Operation.TAKE_PACKAGE, work.user) as desk:
        findings = _sequence(desk, manifest, digest)
        record = PackageRecord(
            direction=Direction.RECEIVED,
            manifest=manifest,
            digest=digest,
            file=path.name,
            items=lines_in(items),
            at=work.clock.now(),
        )
        match manifest.kind:
            case PackageKind.WARNINGS:
                _take_warnings(work, desk, keys.card.office, items, received_on or work.clock.today(), package=digest)
            case PackageKind.FILING:
                _take_filing(work, desk, keys.card.office, manifest, items, digest)
            case PackageKind.RECEIPT:
                _take_receipt(desk, manifest, items)
        desk.packages.save(record)
    return Taken(record=record, changes=desk.changes, findings=findings)


def _sequence(desk: WritableDesk, manifest: Manifest, digest: str) -> tuple[Finding, ...]:
    """What the number says about the packages before it; AlreadyTaken where this number was taken.

    A package that comes after a later one is still taken: it is the missing one that was asked for.
    """
    taken = {
        record.manifest.number: record
        for record in desk.packages.all()
        if record.direction is Direction.RECEIVED and record.manifest.sender == manifest.sender
    }
    if manifest.number in taken:
        again = taken[manifest.number].digest == digest
        what = "这个数据包已经接收过" if again else f"第{manifest.number}号数据包已经接收过，内容与这个文件不同"
        raise AlreadyTaken(what, safe="数据没有重复，也没有改变", do="无需再次导入；如有疑问请与对方核对编号")
    missing = [number for number in range(max(taken, default=0) + 1, manifest.number) if number not in taken]
    if missing:
        last = "" if len(missing) == 1 else f"至第{missing[-1]}号"
        says = f"中间缺少第{missing[0]}号{last}数据包，请向对方索要"
        return (Finding(field="number", code="missing_package", says=says, blocks=False),)
    before, after = taken.get(manifest.number - 1), taken.get(manifest.number + 1)
    if (before is not None and manifest.previous != before.digest) or (
        after is not None and after.manifest.previous != digest
    ):
        says = "这个数据包与本机收到的前后数据包衔接不上，请与对方核对"
        return (Finding(field="previous", code="broken_chain", says=says, blocks=False),)
    return ()


def _take_warnings(
    work: Work, desk: WritableDesk, own: Office, items: Sequence[PackageItem], received_on: date, *, package: str
) -> None:
    warnings = [item.warning for item in items if isinstance(item, WarningItem)]
    if len(warnings) != len(items) or any(warning.town_code != own.id for warning in warnings):
        raise _wrong("数据包中有不属于本镇街的预警信息")
    for warning in warnings:
        if desk.cases.of_warning(warning.id) is None:
            open_case(work, desk, msgspec.structs.replace(warning, received_on=received_on), package=package)


def _take_filing(
    work: Work, desk: WritableDesk, own: Office, manifest: Manifest, items: Sequence[PackageItem], digest: str
) -> None:
    filings = [item.filing for item in items if isinstance(item, FilingItem)]
    if (
        own.kind is not OfficeKind.BUREAU
        or len(filings) != len(items)
        or any(filing.office.id != manifest.sender for filing in filings)
    ):
        raise _wrong("数据包中的台账不是发送单位自己的台账")
    for filing in filings:
        desk.bureau.receive(ReceivedFiling(filing=filing, package=digest, received_at=work.clock.now()))


def _take_receipt(desk: WritableDesk, manifest: Manifest, items: Sequence[PackageItem]) -> None:
    """Note on each package sent that its receiver, and nobody else, has answered it."""
    sent = {
        record.digest: record
        for record in desk.packages.all()
        if record.direction is Direction.SENT and record.manifest.receiver == manifest.sender
    }
    for item in items:
        if not isinstance(item, ReceiptItem) or item.package not in sent:
            raise _wrong("回执所指的数据包不是本单位发给对方的")
        desk.packages.save(msgspec.structs.replace(sent[item.package], receipt=item))


def _wrong(happened: str) -> WrongContent:
    return WrongContent(happened, safe="整个数据包没有导入，现有数据没有改变", do="请与发送单位联系，重新生成数据包")
