"""A regulation pack from its text: TOML → frozen values → checks; a broken one is refused with every fault and its place."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_checks import PackFault, check_pack
from taizhang_casework.domain.pack_form import BadForm, read_form
from taizhang_casework.domain.trouble import OfficeTrouble

_TOLD = 5
"""So many faults stand in the sentence; all of them are in ``BrokenPack.faults``."""


class BrokenPack(OfficeTrouble):
    """A pack that cannot be used. ``faults`` holds everything that is wrong; nothing of the pack was taken over."""

    def __init__(self, name: str, faults: tuple[PackFault, ...]) -> None:
        """Name the pack's file and say the first few faults."""
        told = "；".join(f"{fault.place}：{fault.reason}" for fault in faults[:_TOLD])
        more = f"；另有{len(faults) - _TOLD}处" if len(faults) > _TOLD else ""
        super().__init__(
            f"规则包“{name}”有{len(faults)}处错误：{told}{more}",
            safe="规则包没有启用，原有的规则和数据没有改动",
            do="请把这段文字告诉提供规则包的单位，改正后重新导入",
        )
        self.faults = faults


def load_pack(text: str, *, name: str) -> RegulationPack:
    """The pack of that TOML text; ``name`` is what the file is called to the user. BrokenPack where anything is wrong.

    Faults of form (TOML, unknown or missing fields, wrong types) are told one an entry; a pack of right form is checked for
    sense, and every fault is told.
    """
    try:
        pack = read_form(text)
    except BadForm as wrong:
        raise BrokenPack(name, wrong.faults) from wrong
    faults = check_pack(pack)
    if faults:
        raise BrokenPack(name, faults)
    return pack


def shipped_packs() -> tuple[RegulationPack, ...]:
    """Every pack that ships with the program, oldest first by the day it holds from."""
    found = [
        load_pack(file.read_text("utf-8"), name=file.name) for file in _shelf().iterdir() if file.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda pack: (pack.valid_from, pack.id)))


def shipped_pack(pack: PackId) -> RegulationPack:
    """The shipped pack of that id; KeyError where none is."""
    file = _shelf() / f"{pack}.toml"
    if not file.is_file():
        raise KeyError(pack)
    return load_pack(file.read_text("utf-8"), name=file.name)


def _shelf() -> Traversable:
    return files("taizhang_casework") / "packs"
