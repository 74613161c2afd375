"""The way into a vault, for the page that asks for the key: whose it is, and what is doubtful about it."""

from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Clock
from taizhang_casework.services.users import recover_passphrase
from taizhang_db.trouble import Doubtful
from taizhang_db.vault import holders_in

from taizhang_desktop.bootstrap.office import OpenOffice, come_back, enter_vault
from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.bootstrap.verifying import look_for_keys
from taizhang_desktop.viewmodels.key import Key
from taizhang_desktop.viewmodels.unlock import Doubted, KnownUser


def users_of(folder: Path) -> tuple[KnownUser, ...]:
    """Whose passphrases open the vault; empty where its key file cannot be read, which opening says in its own words.

    Raises KeyFileMissing.
    """
    look_for_keys(folder)
    try:
        holders = holders_in(folder)
    except OfficeTrouble:
        return ()
    return tuple(KnownUser(id=holder.id, name=holder.name) for holder in holders if holder.id)


def go_in(
    folder: Path, key: Key, held: OpenOffice | None, *, rules: Rules, clock: Clock, heads: Path | None = None
) -> OpenOffice | Doubted:
    """Open the vault with what was typed, or the one that this program ``held`` locked; :class:`Doubted` where it may not be the newest.

    Raises OfficeTrouble; NotAccepted where going on with doubtful data is asked by somebody who may not.
    """
    try:
        if held is not None:
            return come_back(held, key)
        return enter_vault(folder, key, rules=rules, clock=clock, heads=heads)
    except Doubtful as doubt:
        return Doubted(happened=doubt.happened, safe=doubt.safe, do=doubt.do)


def set_own_passphrase(office: OpenOffice, passphrase: str) -> None:
    """Give the user for whom the recovery code has just opened the vault a new passphrase; NotAccepted with all findings."""
    recover_passphrase(office.work, office.account.id, passphrase)
