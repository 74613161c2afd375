"""What the commands over a vault share: which office is meant, a secret that is asked and never an argument, how far it is."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Progress

from taizhang_desktop.bootstrap.verifying import look_for_keys
from taizhang_desktop.places import data_folder, vaults_in


class WhichOffice(OfficeTrouble):
    """None or several of the offices on this PC can be meant. ``there`` are their names."""

    def __init__(self, there: tuple[str, ...], named: str) -> None:
        """``named`` is the office that was asked for, empty where none was."""
        missing = f"，没有“{named}”" if named else ""
        happened = f"这里有{len(there)}个单位的台账：{'、'.join(there)}{missing}" if there else "这里没有台账"
        do = "请在命令里写明其中一个" if there else "请用 --data 指明数据文件夹"
        super().__init__(happened, safe="没有改动任何文件", do=do)


def vault_of(data: Path | None, office: str) -> Path:
    """The folder of the one vault that can be meant; WhichOffice where it is not one, KeyFileMissing where no key could open it."""
    there = vaults_in(data or data_folder())
    meant = [folder for folder in there if office in {"", folder.name}]
    if len(meant) != 1:
        raise WhichOffice(tuple(folder.name for folder in there), office)
    look_for_keys(meant[0])
    return meant[0]


def ask_secret(asks: str) -> str:
    """Asked without showing what is typed; read from the input where that is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{asks}：")
    return sys.stdin.readline().rstrip("\r\n")


@contextmanager
def progress_line() -> Iterator[Progress]:
    """What shows how far it is, in a hundred parts, where somebody watches; what is said after the block stands on a line of its own."""
    begun = False

    def show(done: int, total: int) -> None:
        nonlocal begun
        if sys.stderr.isatty():
            begun = True
            print(f"\r{100 * done // max(total, 1):3d}%", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if begun:
            print("\r", file=sys.stderr, flush=True)
