"""Whether an office's vault has its keys, and looking through it with its passphrase, for the command line."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Progress
from taizhang_db import Passphrase, SystemKeyring, open_vault
from taizhang_db.journal import BrokenRow
from taizhang_db.opening import find_keys
from taizhang_db.trouble import KeyFileMissing, VaultNotWritable
from taizhang_db.verifying import VaultVerification, verify, walk_journal

from taizhang_desktop.bootstrap.office import WATCH_SECONDS
from taizhang_desktop.bootstrap.rules import Rules


def look_for_keys(folder: Path) -> None:
    """KeyFileMissing where the vault has no key file any more: no key that anybody types could open it."""
    try:
        find_keys(folder)
    except KeyFileMissing:
        raise
    except OfficeTrouble:
        return


def look_for_access(folder: Path) -> None:
    """VaultNotWritable where the folder or a file of the vault may not be written: it could not be opened."""
    with suppress(OSError):
        if all(os.access(path, os.W_OK) for path in (folder, *folder.glob("vault.*"), *folder.glob("cases*.db"))):
            return
    raise VaultNotWritable


def look_through(
    folder: Path, passphrase: str, rules: Rules, progress: Progress, heads: Path | None
) -> VaultVerification:
    """Everything in the vault, and the files beside it, with what opening it had to mend and what this PC's keyring doubts.

    ``heads`` is where this PC keeps how far it saw vaults come. Raises OfficeTrouble, as opening does: Doubtful where the data may not
    be the newest.
    """
    with open_vault(folder, Passphrase(passphrase), heads=heads) as vault:
        seen = verify(vault, rules.packs, progress)
        doubts = vault.ask(SystemKeyring(seconds=WATCH_SECONDS))
        mended, older = vault.inside.mended, vault.inside.mended_older
    told = [Finding(field="", code="older", says=doubt.happened) for doubt in doubts]
    if not mended:
        return msgspec.structs.replace(seen, findings=(*told, *seen.findings))
    says = f"密钥文件 {mended} {'是旧的' if older else '缺失或损坏'}，已用另一份修好；请留意硬盘或U盘是否可靠，并做一次备份"
    told.append(Finding(field="", code="key_file_mended", says=says))
    return msgspec.structs.replace(seen, findings=(*told, *seen.findings))


def look_through_journal(folder: Path, passphrase: str, heads: Path | None) -> tuple[int, BrokenRow | None]:
    """How many rows the journal has, and the first that does not fit. Raises OfficeTrouble, as opening does."""
    with open_vault(folder, Passphrase(passphrase), heads=heads) as vault:
        return walk_journal(vault)
