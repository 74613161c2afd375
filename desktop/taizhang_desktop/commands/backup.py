"""``taizhang backup``: make, check and take out a backup without a window. The passphrase is asked, never an argument."""

import shlex
from pathlib import Path

from taizhang_casework.domain.backups import BackupFace, BackupPlace
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.backing_up import take_down

from taizhang_desktop.bootstrap import enter_vault, load_rules
from taizhang_desktop.bootstrap.backup_files import check_file, look_for_file, look_for_folder, look_for_room, take_out
from taizhang_desktop.bootstrap.backups import OfficeBackups
from taizhang_desktop.bootstrap.vault_news import is_doubt, listen
from taizhang_desktop.bootstrap.vault_news import take_down as take_down_doubt
from taizhang_desktop.commands.terminal import ask_secret, progress_line, vault_of
from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import data_folder, heads_folder
from taizhang_desktop.viewmodels.backup_words import BESIDE, holds, lacks, moment, size
from taizhang_desktop.viewmodels.key import Key, KeyKind

DOUBTFUL = 4
"""The exit status where the backup was made, but this PC's keyring says that the data may not be the newest."""


def make(folder: Path, *, data: Path | None, office: str, by_code: bool) -> int:
    """Back up the office's vault into a folder and take it down in the register."""
    look_for_folder(folder)
    vault = vault_of(data, office)
    opened = enter_vault(vault, _key(by_code=by_code), rules=load_rules(), clock=PcClock(), heads=heads_folder())
    heard = list[OfficeTrouble]()
    listen(opened, heard.append)
    try:
        tools = OfficeBackups(opened.vault, opened.office.name, opened.work.clock)
        with progress_line() as progress:
            made = tools.make_in(folder, progress)
        take_down(opened.work, made, BackupPlace.STICK)
        opened.vault.wait_for_news()
        for news in heard:
            take_down_doubt(opened, news)
    finally:
        opened.close()
    print(f"备份完成，已试恢复并核对无误：{made.file}（{size(made.size)}）")
    if made.lacking:
        print(f"注意：有{made.lacking}个附件在本机已丢失或损坏，不在这份备份里。")
    if tools.beside_the_data(made.file):
        print(f"注意：{BESIDE}。请再备份到另外的U盘上。")
    for news in heard:
        print(f"注意：{news.happened}；{news.safe}；{news.do}。")
    return DOUBTFUL if any(map(is_doubt, heard)) else 0


def check(file: Path, *, data: Path | None, by_code: bool) -> int:
    """Take a backup out for trial and say what is in it."""
    look_for_file(file)
    key = _key(by_code=by_code)
    with progress_line() as progress:
        face = check_file(file, key, (data or data_folder()) / "备份", progress)
    _tell("备份完好", face)
    return 0


def restore(file: Path, folder: Path, *, by_code: bool) -> int:
    """Take a backup out into a new folder; no vault of this PC is touched."""
    look_for_file(file)
    look_for_room(folder)
    key = _key(by_code=by_code)
    with progress_line() as progress:
        face = take_out(file, key, folder, rules=load_rules(), clock=PcClock(), progress=progress)
    _tell("已恢复", face)
    print(f"恢复到：{folder}。本机原有的台账没有改动。")
    print(f"打开它：taizhang --data {shlex.quote(str(folder.resolve().parent))}")
    return 0


def _key(*, by_code: bool) -> Key:
    kind = KeyKind.RECOVERY_CODE if by_code else KeyKind.PASSPHRASE
    return Key(kind, ask_secret("恢复码" if by_code else "口令"))


def _tell(verdict: str, face: BackupFace) -> None:
    print(f"{verdict}：{face.office}，{moment(face.made_at)}，{holds(face)}，共{face.head_seq}处更改。")
    if face.lacking:
        print(f"注意：{lacks(face)}。")
