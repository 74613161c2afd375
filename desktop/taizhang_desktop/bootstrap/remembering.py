"""The keyring of this PC as a way in: asked for by the user, asked with a limit, and never the only way."""

from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Clock
from taizhang_db import FromKeyring, SystemKeyring
from taizhang_db.vault import has_keyring_slot

from taizhang_desktop.bootstrap.office import OpenOffice, enter
from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.notices import Notice

PATIENCE_SECONDS = 3.0
"""A keyring that keeps a clerk waiting at her desk longer than this is given up; she types the passphrase."""


def enter_by_keyring(folder: Path, *, rules: Rules, clock: Clock, heads: Path | None = None) -> OpenOffice | None:
    """Open a vault whose key this PC remembers; None where nobody asked it to. Raises OfficeTrouble where the keyring fails."""
    if not has_keyring_slot(folder):
        return None
    return enter(folder, FromKeyring(SystemKeyring(seconds=PATIENCE_SECONDS)), rules=rules, clock=clock, heads=heads)


def remember(office: OpenOffice) -> Notice:
    """Let this PC's keyring open the vault from now on; what came of it, to be told. The vault is open whatever happens."""
    if office.office.training:
        return Notice(tone=Tone.SOON, says="演练里不记住口令，本机的密钥环没有改动")
    try:
        office.store.remember_on_this_pc(SystemKeyring(seconds=PATIENCE_SECONDS), office.work.user)
    except OfficeTrouble as trouble:
        return Notice(tone=Tone.SOON, says=f"没有记住：{trouble}")
    return Notice(tone=Tone.DONE, says="这台电脑已记住，下次打开不用输入口令；锁定后仍须输入口令")
