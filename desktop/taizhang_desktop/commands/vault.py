"""``taizhang vault verify`` and ``taizhang journal verify``: whether what is kept is what was saved."""

import getpass
import sys
from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.bootstrap.verifying import look_through, look_through_journal
from taizhang_desktop.places import data_folder, vaults_in

RIGHT, WRONG = 0, 1


class WhichOffice(OfficeTrouble):
    """None or several of the offices on this PC can be meant. ``there`` are their names."""

    def __init__(self, there: tuple[str, ...]) -> None:
        happened = f"这台电脑上有{'、'.join(there)}" if there else "数据文件夹里还没有台账"
        do = "请写明单位名称" if there else "请核对位置，用 --data 指明数据文件夹"
        super().__init__(happened, safe="没有检查，也没有改动任何文件", do=do)


def verify_vault(data: Path | None, office: str) -> int:
    """Look through the whole vault of an office; 1 where anything is wrong, each fault a line."""
    folder = _vault(data, office)
    seen = look_through(folder, _passphrase(), _tell)
    print(f"{folder.name}：更改记录{seen.rows}行")
    for finding in seen.findings:
        print(finding.says)
    print("检查完毕，没有发现问题。" if not seen.findings else f"检查完毕，有{len(seen.findings)}处问题。")
    return WRONG if seen.findings else RIGHT


def verify_journal(data: Path | None, office: str) -> int:
    """Walk the journal of an office; 1 where a row does not fit, the first one named."""
    folder = _vault(data, office)
    rows, broken = look_through_journal(folder, _passphrase())
    print(f"{folder.name}：更改记录{rows}行")
    print("逐行衔接，没有改动。" if broken is None else f"{broken.why}。")
    return RIGHT if broken is None else WRONG


def _vault(data: Path | None, office: str) -> Path:
    there = vaults_in(data or data_folder())
    meant = [folder for folder in there if office in {"", folder.name}]
    if len(meant) != 1:
        raise WhichOffice(tuple(folder.name for folder in there))
    return meant[0]


def _passphrase() -> str:
    """Asked without showing it; read from the input where that is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass("口令：")
    return sys.stdin.readline().rstrip("\r\n")


def _tell(done: int, total: int) -> None:
    """How far it is, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r正在检查……{100 * done // total}%", end="" if done < total else "\r\n", file=sys.stderr, flush=True)
