"""The bureau's first week of a month: department lists in (一（二）1), one package of warnings to each town (一（二）2)."""

from pathlib import Path

import msgspec

from taizhang_casework.domain.bureau import ListImport
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_judging import mark_duplicates
from taizhang_casework.domain.list_row import JudgedRow, Outcome
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_casework.services.exchange_ports import ListReader
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


class AlreadyImported(OfficeTrouble):
    """The same file, by its SHA-256, was taken in before."""


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """A department list that was taken in."""

    done: ListImport
    changes: Changes


def take_list(work: Work, reader: ListReader, path: Path, month: Month) -> Collected:
    """Read a list and keep every row with its outcome; the accepted ones become warnings waiting for their towns.

    A row whose person, item and year came in an earlier list is a duplicate (附件1 医保 is cumulative over the year). Raises
    OfficeTrouble where the file cannot be read or was taken in before; then nothing is changed.
    """
    reading = reader.read(path)
    with work.store.change(Operation.TAKE_LIST, work.user) as desk:
        earlier = desk.bureau.imports()
        if any(done.reading.sha256 == reading.sha256 for done in earlier):
            raise AlreadyImported(
                f"“{reading.file}”已经导入过", safe="没有重复导入", do="如果名单有更新，请让部门另存为新的文件后再导入"
            )
        (reading,) = mark_duplicates([reading], known=[done.reading for done in earlier])
        done = ListImport(
            id=work.clock.new_id(),
            month=month,
            imported_at=work.clock.now(),
            imported_by=work.user.name,
            reading=reading,
            warnings=tuple(_warning(work, row) for row in reading.rows if row.outcome is Outcome.ACCEPTED),
        )
        desk.bureau.add_import(done)
    return Collected(done=done, changes=desk.changes)


def _warning(work: Work, row: JudgedRow) -> Warning:
    """The warning of an accepted row; ``received_on`` is the bureau's day until the town takes the package."""
    return Warning(
        id=WarningId(work.clock.new_id()),
        channel=Channel.DEPARTMENT,
        source=work.pack.department(row.department).short if row.department else "行业部门",
        detail=row.detail,
        name=row.name,
        id_number=row.id_number,
        town_code=row.town_code,
        village_code=row.village_code,
        received_on=work.clock.today(),
        item=row.item,
        happened_on=row.happened_on,
        provenance=row.provenance,
    )


def gone(desk: Desk, month: Month) -> dict[OfficeId, tuple[Warning, ...]]:
    """The warnings of a month that have gone out, by town."""
    sent = desk.bureau.sent()
    by_town: dict[OfficeId, tuple[Warning, ...]] = {}
    for done in desk.bureau.imports():
        for warning in done.warnings:
            if done.month == month and warning.id in sent:
                town = OfficeId(warning.town_code)
                by_town[town] = (*by_town.get(town, ()), warning)
    return by_town


def waiting(desk: Desk) -> dict[OfficeId, tuple[Warning, ...]]:
    """The warnings that have not gone out yet, by town."""
    sent = desk.bureau.sent()
    by_town: dict[OfficeId, tuple[Warning, ...]] = {}
    for done in desk.bureau.imports():
        for warning in done.warnings:
            if warning.id not in sent:
                town = OfficeId(warning.town_code)
                by_town[town] = (*by_town.get(town, ()), warning)
    return by_town
