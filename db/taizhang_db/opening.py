"""Opening a vault is a ritual: step after step, each with its own finding; nothing is made or guessed for what is missing."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from taizhang_db import key_cabinet, schema, upgrade_flag
from taizhang_db.attachments.folder import sweep
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, remove_leftovers
from taizhang_db.engine import engine_for, for_reading, refuse_damage
from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead, hash_of_row, journal_head
from taizhang_db.keys import sidecar
from taizhang_db.keys.key_file import unsealed
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import Holder, KeyringTerms, PassphraseTerms, RecoveryTerms, Sidecar, Slot
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.keys.unlock import Unlock
from taizhang_db.rotation_marker import is_begun, tidy_up
from taizhang_db.seen import Seen, decisions_in
from taizhang_db.third_head import ThirdHead
from taizhang_db.trouble import (
    CaseFileDamaged,
    CaseFileMissing,
    DeadKeyringKey,
    DeadPassphrase,
    DeadRecoveryCode,
    Doubtful,
    HeadFileDamaged,
    HeadFileMissing,
    KeyAndCaseFileMissing,
    KeyFileDamaged,
    KeyFileMissing,
    KeyFileOutdated,
    NoVaultHere,
    OlderData,
    OlderKeyFile,
    OtherHistory,
    VaultTrouble,
)

FIRST_CASE_FILE = "cases.db"
_PLAIN = b"SQLite format 3\0"
_LEAST_BYTES = 4096
_OTHER_FILES = ("vault.head", "attachments/[0-9a-f][0-9a-f]/")


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What an open vault works with. The master key never shows itself.

    ``mended`` names the one of the two key files that was missing, damaged or (``mended_older``) older than the other, empty where
    none was.
    """

    engine: Engine
    keys: Sidecar
    master: MasterKey
    head: HeadFile
    holder: Holder | None
    mended: str = ""
    mended_older: bool = False
    doubts: tuple[Doubtful, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Found:
    """The key file of a vault: which of the two cannot be read or is ``older`` (empty: none), and whether they are the same."""

    keys: Sidecar
    unreadable: str
    in_step: bool
    older: str = ""


def go_in(folder: Path, unlock: Unlock, *, although_doubtful: bool = False, heads: Path | None = None) -> Inside:
    """The whole ritual in a folder that this process holds. Raises what :func:`taizhang_db.open_vault` says.

    ``heads`` is the folder in which this PC keeps how far it saw vaults come.
    ``although_doubtful`` goes on where the data may not be the newest, and says so in ``doubts``; else the first doubt is raised.
    """
    found = find(folder)
    path = folder / found.keys.case_file
    check_header(path)
    opened = open_sidecar(found.keys, unlock)
    secrets = unsealed(found.keys, opened.master)
    engine = engine_for(path, opened.master.derived(Purpose.CASE_FILE))
    try:
        with database_trouble(folder):
            head = HeadFile(folder, found.keys.vault, secrets.head_key)
            with for_reading(engine).connect() as look:
                probe(look)
                revision = schema.check_bounds(look)
                older_keys = check_generation(look, found.keys)
                if older_keys:
                    refuse_dead_way(look, found.keys.vault, opened.slot)
                doubts = (
                    *older_keys,
                    *(check_head(look, head) or check_heads_here(look, found.keys.vault, head, heads)),
                )
                as_it_should_be = schema.is_newest(look, revision)
                refuse_damage(look)
            if not although_doubtful:
                _refuse(doubts)
            if upgrade_flag.is_raised(folder) or not as_it_should_be:
                _bring_up_to_date(engine, folder, opened.master, revision)
            upgrade_flag.lower(folder)
            if not doubts:
                sweep(folder, engine)
        if not doubts:
            _mend(folder, found)
    except BaseException:
        engine.dispose()
        raise
    return Inside(
        engine=engine,
        keys=found.keys,
        master=opened.master,
        head=head,
        holder=opened.holder,
        mended=found.unreadable or found.older,
        mended_older=bool(found.older),
        doubts=doubts,
    )


def _bring_up_to_date(engine: Engine, folder: Path, master: MasterKey, revision: str | None) -> None:
    schema.bring_up_to_date(engine, folder, master, revision)
    with for_reading(engine).connect() as look:
        schema.check_shape(look)
        refuse_damage(look)


def _mend(folder: Path, found: Found) -> None:
    """Make both key files the same and take away what a killed program left. What does not succeed now is done at the next opening."""
    with suppress(VaultTrouble):
        if not found.in_step:
            sidecar.write_sidecar(folder, found.keys)
        remove_leftovers(folder)
        tidy_up(folder, found.keys.case_file)


def _refuse(doubts: tuple[Doubtful, ...]) -> None:
    if doubts:
        raise doubts[0]


def find(folder: Path) -> Found:
    """The key file, or its copy, see :func:`find_keys`, of a vault whose case file is there.

    Raises CaseFileMissing; KeyFileOutdated where the key file names an earlier case file than the one that is there.
    """
    found = find_keys(folder)
    named = found.keys.case_file
    with disk_trouble():
        if not (folder / named).exists():
            later = [path.name for path in folder.glob("cases*.db") if _number(path.name) > _number(named)]
            raise KeyFileOutdated(named, max(later, key=_number)) if later else CaseFileMissing(named)
    return found


def _number(case_file: str) -> int:
    """The generation in the name of a case file; 0 of the first one and of names that are not ours."""
    digits = case_file.removeprefix("cases-").removesuffix(".db")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def look_for_keys(folder: Path) -> None:
    """Raise what :func:`find` says of a folder without a key file: no lock is put into a folder that is no vault."""
    with disk_trouble():
        there = any((folder / name).exists() for name in (sidecar.FILE_NAME, sidecar.COPY_NAME))
    if not there:
        find(folder)


def find_keys(folder: Path) -> Found:
    """The key file, or its copy where it is missing, damaged or older, whether or not its case file is there."""
    copy = _copy(folder)
    try:
        keys = sidecar.read_sidecar(folder)
    except (FileNotFoundError, NotADirectoryError):
        if copy is None:
            raise _keyless(folder) from None
    except KeyFileDamaged:
        if copy is None:
            raise
    else:
        if copy is not None and _is_put_back(folder, keys, copy):
            return Found(copy, unreadable="", in_step=False, older=sidecar.FILE_NAME)
        return Found(keys, unreadable=sidecar.COPY_NAME if copy is None else "", in_step=copy == keys)
    return Found(copy, unreadable=sidecar.FILE_NAME, in_step=False)


def _is_put_back(folder: Path, keys: Sidecar, copy: Sidecar) -> bool:
    """Whether the key file is an older one that was put beside a newer copy: then the copy counts, and is never written over.

    A program that was killed between writing the two leaves a newer copy too. Nothing is lost by taking it, unless it names the case
    file of a change of keys that is not ended: until then the old one is in use.
    """
    if copy.vault != keys.vault or copy.generation <= keys.generation:
        return False
    if copy.case_file == keys.case_file:
        return True
    with disk_trouble():
        if not (folder / copy.case_file).exists():
            return False
        return not (folder / keys.case_file).exists() or not is_begun(folder)


def _copy(folder: Path) -> Sidecar | None:
    """None where it is of no use, whatever the reason: the key file itself counts, and says what is wrong with it."""
    with suppress(FileNotFoundError, NotADirectoryError, VaultTrouble):
        return sidecar.read_copy(folder)
    return None


def _keyless(folder: Path) -> VaultTrouble:
    """What a folder without a key file is: a vault that lacks it, as long as anything else of a vault is there."""
    if not folder.is_dir():
        return NoVaultHere()
    if any(folder.glob("cases*.db")):
        return KeyFileMissing()
    return KeyAndCaseFileMissing() if any(any(folder.glob(each)) for each in _OTHER_FILES) else NoVaultHere()


def check_header(path: Path) -> None:
    """CaseFileDamaged where the file is too short to be one, or is not encrypted at all."""
    with disk_trouble(), path.open("rb") as file:
        start = file.read(_LEAST_BYTES)
    if len(start) < _LEAST_BYTES or start.startswith(_PLAIN):
        raise CaseFileDamaged


def probe(connection: Connection) -> None:
    """Read the first page: the driver's "file is not a database" where key and file do not belong together."""
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()


def check_generation(connection: Connection, keys: Sidecar) -> tuple[Doubtful, ...]:
    """OlderKeyFile where the case file knows of a later key file. One ahead is right: the program was ended before the commit."""
    if not schema.has_table(connection, "key_state"):
        return ()
    return (OlderKeyFile(),) if keys.generation < key_cabinet.generation(connection) else ()


def refuse_dead_way(connection: Connection, vault: str, slot: Slot) -> None:
    """Raise where the slot of an older key file is no way in any more: not even the administrator goes on by it.

    DeadPassphrase, DeadRecoveryCode or DeadKeyringKey.
    """
    if schema.has_table(connection, "journal") and not key_cabinet.is_in_force(connection, vault, slot):
        match slot.terms:
            case PassphraseTerms():
                raise DeadPassphrase
            case RecoveryTerms():
                raise DeadRecoveryCode
            case KeyringTerms():
                raise DeadKeyringKey


def check_head(connection: Connection, head: HeadFile) -> tuple[Doubtful, ...]:
    """What the journal's head outside the case file says: the file lacks changes, or has another history."""
    try:
        kept = head.read()
    except (HeadFileMissing, HeadFileDamaged) as doubt:
        return (doubt,)
    return compare(connection, kept)


def check_heads_here(connection: Connection, vault: str, head: HeadFile, heads: Path | None) -> tuple[Doubtful, ...]:
    """What this PC keeps outside the vault says: seen where every file of the folder was put back together."""
    seen = None if heads is None else ThirdHead(heads, vault, head).read()
    return () if seen is None else doubts_about(connection, vault, seen)


def doubts_about(connection: Connection, vault: str, seen: Seen) -> tuple[Doubtful, ...]:
    """What the case file lacks of what was seen, unless somebody with the right has taken it for the newest since."""
    if schema.has_table(connection, "journal") and seen.went_on_without(decisions_in(connection, vault)):
        return ()
    return compare(connection, seen.head)


def compare(connection: Connection, kept: JournalHead) -> tuple[Doubtful, ...]:
    """Whether the journal in the case file has come at least as far as it was seen to have come, on the same way."""
    if not schema.has_table(connection, "journal"):
        return () if kept.seq == 0 else (OlderData(kept.seq),)
    now = journal_head(connection)
    if now.seq < kept.seq:
        return (OlderData(kept.seq - now.seq),)
    return () if hash_of_row(connection, kept.seq) == kept.hash else (OtherHistory(),)
