"""A regulation pack from its text: TOML → frozen values → checks; a broken one is refused with every fault and its place."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args, get_type_hints

import msgspec

from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_checks import PackFault, check_pack
from taizhang_casework.domain.trouble import OfficeTrouble

_TOLD = 5
"""So many faults stand in the sentence; all of them are in ``BrokenPack.faults``."""
_TOML_PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")
_MSGSPEC_PLACE = re.compile(r" - at `(?:key in )?\$?(.*)`$")


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

    Faults of form (TOML, unknown or missing fields, wrong types) are told one a section; only a pack of right form is checked for sense.
    """
    raw = _toml(text.removeprefix("\ufeff"), name)
    try:
        pack = msgspec.convert(raw, RegulationPack)
    except msgspec.ValidationError as wrong:
        raise BrokenPack(name, _faults_of_form(raw) or (_form_fault("", wrong),)) from wrong
    faults = check_pack(pack)
    if faults:
        raise BrokenPack(name, faults)
    return pack


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as wrong:
        raise BrokenPack(name, (PackFault(place="全文", reason="括号嵌套过深"),)) from wrong
    except ValueError as wrong:  # TOMLDecodeError, or a number of thousands of digits
        said = str(wrong)
        match = _TOML_PLACE.search(said)
        place = "全文"
        if match is not None:
            place = f"第{match[1]}行第{match[2]}列" if match[1] else f"第{text.count(chr(10)) + 1}行（末尾）"
        reason = f"不符合TOML格式（{_TOML_PLACE.sub('', said)}）"
        raise BrokenPack(name, (PackFault(place=place, reason=reason),)) from wrong


def _faults_of_form(raw: dict[str, Any]) -> tuple[PackFault, ...]:
    """Every section and entry that does not convert by itself, since msgspec stops at the first."""
    hints = get_type_hints(RegulationPack)
    required = {field.name for field in msgspec.structs.fields(RegulationPack) if field.required}
    faults = [PackFault(place=field, reason="没有这个栏目的定义，请删除") for field in raw if field not in hints]
    faults += [PackFault(place=field, reason="缺少这一栏") for field in hints if field in required and field not in raw]
    for field, kind in hints.items():
        value = raw.get(field)
        item = get_args(kind)
        if isinstance(value, list) and item:
            faults += _refused(((f"{field}[{index}]", each) for index, each in enumerate(value)), item[0])
        elif value is not None:
            faults += _refused(((field, value),), kind)
    return tuple(faults)


def _refused(values: Iterable[tuple[str, object]], kind: object) -> list[PackFault]:
    found: list[PackFault] = []
    for place, value in values:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as wrong:
            found.append(_form_fault(place, wrong))
    return found


def _form_fault(place: str, wrong: msgspec.ValidationError) -> PackFault:
    said = str(wrong)
    match = _MSGSPEC_PLACE.search(said)
    inner = match[1] if match is not None else ""
    return PackFault(place=f"{place}{inner}".lstrip("."), reason=f"内容不符合要求（{_MSGSPEC_PLACE.sub('', said)}）")


def pack_digest(pack: RegulationPack) -> str:
    """SHA-256 (64 hex digits) of what the pack says; comments and layout of its text do not count."""
    return hashlib.sha256(msgspec.json.encode(pack, order="deterministic")).hexdigest()


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


def shipped_divisions(pack: RegulationPack) -> str:
    """The text of the table of towns and villages (CSV with header) that ships beside the pack; KeyError where none does."""
    file = _shelf() / pack.district.divisions
    if not file.is_file():
        raise KeyError(pack.district.divisions)
    return file.read_text("utf-8")


def _shelf() -> Traversable:
    return files("taizhang_casework") / "packs"
