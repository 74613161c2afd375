"""Every kind of write that an office does, one acknowledged change at a time, through the real services."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from fault_office import MONTH, WORDS, OpenedOffice, opened, take_one
from taizhang_casework.domain.attachment import Address, AttachmentKind
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.attaching import attach
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.users import add_user, reissue_recovery_code, reset_passphrase, users
from taizhang_db import Passphrase, RecoveryCode, SqlStore, Unlock, open_vault
from taizhang_db.attachments.store import AttachmentFolder
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import check_backup
from taizhang_db.journal import hash_of_row
from taizhang_db.rotation import rotate
from taizhang_db.trouble import WrongPassphrase, WrongRecoveryCode

CLERK = "孙晓梅"
BACKUPS = "备份"
"""The folder beside a vault in which its backups are."""
NEWEST_BACKUPS = 2
"""How many are taken out again for trial in each judgement."""


class About(msgspec.Struct, frozen=True, tag="about"):
    """What is about to be changed: with which passphrase the clerk may have to be let in, though it was not acknowledged yet."""

    passphrase: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """A change that the program has acknowledged: the journal's head after it, and what it made."""

    seq: int
    hash: str
    case: str = ""
    filing: str = ""
    attachment: str = ""
    backup: str = ""
    passphrase: str = ""
    code: str = ""


Event = About | Done
Say = Callable[[Event], None]
Change = Callable[[OpenedOffice, int, Say], None]
"""Does one change, the number-th, and says what is about to be done and what is done."""


def _done(store: SqlStore, **made: str) -> Done:
    head = store.journal_head()
    return Done(seq=head.seq, hash=head.hash, **made)


def take_case(office: OpenedOffice, number: int, say: Say) -> None:
    say(_done(office.store, case=take_one(office.work, f"反映收入骤减，第{number}件" * 20)))


def freeze_month(office: OpenedOffice, number: int, say: Say) -> None:
    take_case(office, number, say)
    say(_done(office.store, filing=freeze(office.work, MONTH).filing.id))


def change_keys(office: OpenedOffice, number: int, say: Say) -> None:
    """The clerk's passphrase, and every third time the recovery code."""
    if number % 3 == 2:
        say(About())
        say(_done(office.store, code=reissue_recovery_code(office.work).code))
        return
    passphrase = f"tieqiao-{number}-hetao-yusan-{office.work.clock.new_id()}"
    clerk = next((each for each in users(office.work) if each.name == CLERK), None)
    say(About(passphrase))
    if clerk is None:
        add_user(office.work, CLERK, Role.CLERK, passphrase)
    else:
        reset_passphrase(office.work, clerk.id, passphrase)
    say(_done(office.store, passphrase=passphrase))


def rotate_keys(office: OpenedOffice, number: int, say: Say) -> None:
    """The data under another key, with a case before it."""
    take_case(office, number, say)
    say(About())
    rotate(office.vault)
    say(_done(office.store))


def attach_file(office: OpenedOffice, number: int, say: Say) -> None:
    """A photo of some chunks to a case."""
    with office.store.reading() as desk:
        case = desk.cases.all_ids()[0]
    with tempfile.TemporaryDirectory() as name:
        photo = Path(name) / f"照片{number}.jpg"
        photo.write_bytes(b"\xff\xd8\xff" + os.urandom(200_000))
        made = attach(office.work, AttachmentFolder(office.vault), case, photo, AttachmentKind.OTHER).attachment
    say(_done(office.store, case=case, attachment=made.address))


def back_up(office: OpenedOffice, number: int, say: Say) -> None:
    """A proved backup beside the vault, with a case before it."""
    take_case(office, number, say)
    place = office.vault.folder.parent / BACKUPS
    place.mkdir(exist_ok=True)
    source, path = BackupSource.of(office.vault), place / f"{office.work.clock.new_id()}.tzbak"
    make_backup(source, path, work=place, clock=office.work.clock.now)
    say(_done(office.store, backup=str(path)))


CHANGES: dict[str, Change] = {
    "case": take_case,
    "attachment": attach_file,
    "filing": freeze_month,
    "keys": change_keys,
    "rotation": rotate_keys,
    "backup": back_up,
}


def lost(folder: Path, events: list[Event]) -> int:
    """How many acknowledged changes a vault lacks."""
    done = [event for event in events if isinstance(event, Done)]
    with opened(folder) as office:
        with office.vault.engine.connect() as connection:
            gone = sum(hash_of_row(connection, each.seq) != each.hash for each in done)
        with office.store.reading() as desk:
            cases = set(desk.cases.all_ids())
            filings = {filing.id for month in desk.filings.months() for filing in desk.filings.of_month(month)}
        files = AttachmentFolder(office.vault)
        gone += sum(not files.read(Address(each.attachment)) for each in done if each.attachment)
    gone += sum(bool(each.case) and each.case not in cases for each in done)
    gone += sum(bool(each.filing) and each.filing not in filings for each in done)
    return gone + _backups_lost(folder.parent, done) + _ways_lost(folder, events)


def _backups_lost(place: Path, done: list[Done]) -> int:
    """How many of the newest acknowledged backups cannot be taken out, or hold less than was acknowledged."""
    gone = 0
    for each in [event for event in done if event.backup][-NEWEST_BACKUPS:]:
        try:
            face = check_backup(Path(each.backup), WORDS, work=place / BACKUPS)
        except OfficeTrouble:
            gone += 1
        else:
            gone += face.head_seq < each.seq
    return gone


def may_open(events: list[Event]) -> tuple[list[Unlock], list[Unlock]]:
    """The passphrases and the recovery codes of which one has to open the vault; none where that cannot be known.

    What was about to be given may be in force though nobody acknowledged it; a code of that kind nobody was shown.
    """
    passphrases: list[Unlock] = []
    codes: list[Unlock] = []
    for event in events:
        match event:
            case Done(passphrase=text) if text:
                passphrases = [Passphrase(text)]
            case Done(code=text) if text:
                codes = [RecoveryCode(text)]
            case About(passphrase=""):
                codes = []
            case About(passphrase=text) if passphrases:
                passphrases.append(Passphrase(text))
            case _:
                pass
    return passphrases, codes


def _ways_lost(folder: Path, events: list[Event]) -> int:
    """How many kinds of way in open nothing any more."""
    return sum(bool(ways) and not any(_opens(folder, way) for way in ways) for ways in may_open(events))


def _opens(folder: Path, way: Unlock) -> bool:
    try:
        open_vault(folder, way).close()
    except (WrongPassphrase, WrongRecoveryCode):
        return False
    return True
