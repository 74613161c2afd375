"""``taizhang backup``: make, check and take out a backup without a window. The passphrase is asked, never an argument."""

from pathlib import Path

from taizhang_casework.domain.backups import BackupFace, BackupPlace
from taizhang_casework.services.backing_up import take_down

from taizhang_desktop.bootstrap import enter_vault, load_rules
from taizhang_desktop.bootstrap.backup_files import check_file, take_out
from taizhang_desktop.bootstrap.backups import OfficeBackups
from taizhang_desktop.commands.terminal import ask_secret, show_progress, vault_of
from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import data_folder
from taizhang_desktop.viewmodels.backup_words import holds, lacks, moment, size
from taizhang_desktop.viewmodels.key import Key, KeyKind


def make(folder: Path, *, data: Path | None, office: str, by_code: bool) -> int:
    """Back up the office's vault into a folder and take it down in the register."""
    vault = vault_of(data, office)
    opened = enter_vault(vault, _key(by_code=by_code), rules=load_rules(), clock=PcClock())
    try:
        tools = OfficeBackups(opened.vault, opened.office.name, opened.work.clock)
        made = tools.make_in(folder, show_progress)
        take_down(opened.work, made, BackupPlace.STICK)
    finally:
        opened.close()
    print(f"备份完成，已试恢复并核对无误：{made.file}（{size(made.size)}）")
    if made.lacking:
        print(f"注意：有{made.lacking}个附件在本机已丢失或损坏，不在这份备份里。")
    return 0


def check(file: Path, *, data: Path | None, by_code: bool) -> int:
    """Take a backup out for trial and say what is in it."""
    face = check_file(file, _key(by_code=by_code), (data or data_folder()) / "备份", show_progress)
    _tell("备份完好", face)
    return 0


def restore(file: Path, folder: Path, *, by_code: bool) -> int:
    """Take a backup out into a new folder; no vault of this PC is touched."""
    face = take_out(file, _key(by_code=by_code), folder, show_progress)
    _tell("已恢复", face)
    print(f"恢复到：{folder}。本机原有的台账没有改动。")
    return 0


def _key(*, by_code: bool) -> Key:
    kind = KeyKind.RECOVERY_CODE if by_code else KeyKind.PASSPHRASE
    return Key(kind, ask_secret("恢复码" if by_code else "口令"))


def _tell(verdict: str, face: BackupFace) -> None:
    print(f"{verdict}：{face.office}，{moment(face.made_at)}，{holds(face)}，共{face.head_seq}处更改。")
    if face.lacking:
        print(f"注意：{lacks(face)}。")
