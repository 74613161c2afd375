"""What happens to the vault while she is in it: attachments, the recycle bin, backups, our own faults, a new key, the lock."""

from datetime import date

import msgspec
from canary import Journey, deep
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import attach, remove
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.discarding import restore as restore_case
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_db import AttachmentFolder, Passphrase, SqlStore
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import check_backup, put_in_place, restore_beside
from taizhang_db.rotation import rotate
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.demo.clock import StoryClock
from traces import DETAIL, ID_NUMBER, NAME, PHONE

PASSPHRASE = "horse-river-58-cloud"


def attachments(journey: Journey, town: OpenOffice, case: CaseId) -> None:
    """A scan that names her, read, copied out and thrown away; and files that are refused."""
    keeping = AttachmentFolder(town.vault)
    scans = journey.asked / "scans"
    scans.mkdir()
    scan = scans / f"{NAME}的签字表.pdf"
    scan.write_bytes(b"%PDF-1.7\n" + f"{NAME} {ID_NUMBER} {PHONE} {DETAIL}\n".encode() * 5_000)
    kept = attach(town.work, keeping, case, scan, AttachmentKind.SIGNED_SHEET).attachment
    assert NAME.encode() in keeping.read(kept.address)
    chunks = keeping.stream(kept.address)
    next(chunks)
    journey.look("a scan half read")
    keeping.copy_out(kept.address, scans / "a copy.pdf")
    wrong = scans / f"{NAME}{ID_NUMBER}.txt"
    wrong.write_text(f"{NAME}{PHONE}", encoding="utf-8")
    with journey.trouble("a file of another kind"):
        attach(town.work, keeping, case, wrong, AttachmentKind.SIGNED_SHEET)
    with journey.trouble("the same file twice"):
        attach(town.work, keeping, case, scan, AttachmentKind.SIGNED_SHEET)
    remove(town.work, kept.id, why=f"{NAME}的不清楚，{PHONE}")
    journey.look("a scan thrown away")


def recycled(journey: Journey, town: OpenOffice, case: CaseId) -> None:
    """A line that was entered by mistake goes into the recycle bin and comes back."""
    with journey.trouble("a case that has a letter"):
        discard(town.work, case, why=f"{NAME}重复登记，{ID_NUMBER}")
    with town.store.reading() as desk:
        draft = desk.cases.get(case).warning
    again = take_warning(
        town.work,
        WarningDraft(
            channel=Channel.SELF_APPLICATION,
            source="12317",
            detail=DETAIL,
            name=NAME,
            id_number=ID_NUMBER,
            village_code=draft.village_code,
            received_on=date(2022, 4, 8),
        ),
    ).case
    discard(town.work, again, why=f"{NAME}重复登记，{ID_NUMBER}")
    journey.look("a line in the recycle bin")
    restore_case(town.work, again)
    discard(town.work, again, why="重复登记")


def backed_up(journey: Journey, town: OpenOffice, clock: StoryClock) -> None:
    """A backup beside the vault, checked, taken out and put in its place; and one that is damaged."""
    work = journey.data / "work"
    work.mkdir()
    file = journey.data / "backup.tzbak"
    key = Passphrase(PASSPHRASE)
    make_backup(BackupSource.of(town.vault), file, work=work, clock=clock.now)
    journey.look("backed up")
    check_backup(file, key, work=work)
    damaged = file.with_name("damaged.tzbak")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    with journey.trouble("a damaged backup"):
        check_backup(damaged, key, work=work)
    with journey.trouble("somebody's number for a backup's passphrase"):
        check_backup(file, Passphrase(ID_NUMBER), work=work)
    folder = town.vault.folder
    taken_out = restore_beside(file, key, folder.parent)
    journey.look("a backup taken out")
    town.close()
    put_in_place(taken_out, folder.name, clock.now())
    journey.look("a backup in its place")


def bugs(journey: Journey, town: OpenOffice, case: CaseId) -> None:
    store = town.store
    assert isinstance(store, SqlStore)
    with journey.bug("in a change"), store.change(Operation.TAKE_PACKAGE, town.work.user) as desk:
        desk.cases.save(msgspec.structs.replace(desk.cases.get(case), opened_on=date(2022, 4, 1)))
        deep(5, NAME, ID_NUMBER)
    with journey.bug("in the database"), store.change(Operation.TAKE_PACKAGE, town.work.user) as desk:
        desk.cases.save(msgspec.structs.replace(desk.cases.get(case), household=HouseholdId(f"{NAME}{ID_NUMBER}")))
    with journey.bug("in SQL"), town.vault.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO cases (name, id_number) VALUES (?, ?)", (NAME, ID_NUMBER))
    with journey.bug("where nothing is"), store.reading() as desk:
        desk.cases.get(CaseId(ID_NUMBER))
    journey.look("after bugs")


def locking(journey: Journey, town: OpenOffice) -> None:
    rotate(town.vault)
    journey.look("with another key")
    town.vault.lock_up()
    with journey.trouble("a look at a locked desk"), town.store.reading():
        pass
    with journey.trouble("somebody's number for a passphrase"):
        town.vault.unlock(Passphrase(ID_NUMBER))
    journey.look("locked")
    town.vault.unlock(Passphrase(PASSPHRASE))
