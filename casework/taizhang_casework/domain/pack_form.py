"""The form of a pack's text: TOML, the fields that a pack has, and their types; faults in Chinese with their place."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import msgspec

from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_checks import PackFault

_TOML_PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")
_TYPE_PLACE = re.compile(r" - at `(?:key in )?\$?(.*)`$")

_TOML_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "Cannot overwrite": "同一名称写了两次",
        "twice": "同一名称写了两次",
        "Duplicate": "同一名称写了两次",
        "Cannot mutate": "同一名称写了两次",
        "Unterminated string": "引号没有成对",
        "Expected '\"'": "引号没有成对",
        "Unclosed": "括号没有成对",
        "Expected ']": "括号没有成对",
        "Expected '='": "名称后面应有等号",
        "Invalid date": "没有这一天",
        "Illegal character": "含有不允许的字符",
        "Unescaped": "反斜杠的写法不对",
        "Invalid value": "等号后面的写法不对",
    }
)
_TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "int": "整数",
        "float": "小数",
        "str": "文字",
        "bool": "true或false",
        "array": "列表",
        "object": "一组栏目",
        "date": "日期",
        "datetime": "日期和时间",
        "time": "时间",
    }
)


class BadForm(Exception):  # noqa: N818 - the pack's, not the program's; load_pack makes the office's trouble of it
    """The text is no pack; ``faults`` says where and why."""

    def __init__(self, faults: tuple[PackFault, ...]) -> None:
        """Keep the faults; there is at least one."""
        super().__init__("；".join(f"{fault.place}：{fault.reason}" for fault in faults))
        self.faults = faults


def read_form(text: str) -> RegulationPack:
    """The pack as it is written, not yet checked for sense; BadForm with one fault for each section or entry of wrong form."""
    raw = _toml(text.removeprefix("\ufeff"))
    try:
        return msgspec.convert(raw, RegulationPack)
    except msgspec.ValidationError as wrong:
        raise BadForm(_section_faults(raw) or (_type_fault("", wrong),)) from wrong


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as wrong:
        raise BadForm((PackFault(place="全文", reason="括号嵌套过深"),)) from wrong
    except ValueError as wrong:  # TOMLDecodeError, or a number of thousands of digits
        raise BadForm((_toml_fault(str(wrong), text),)) from wrong


def _toml_fault(said: str, text: str) -> PackFault:
    match = _TOML_PLACE.search(said)
    if match is None:
        place = "全文"
    elif match[1]:
        place = f"第{match[1]}行第{match[2]}列"
    else:
        place = f"第{len(text.splitlines()) or 1}行末尾"
    detail = next((words for sign, words in _TOML_WORDS.items() if sign in said), "写法有误")
    return PackFault(place=place, reason=f"不符合TOML格式，{detail}")


def _section_faults(raw: dict[str, Any]) -> tuple[PackFault, ...]:
    """Every section and entry that does not convert by itself, since msgspec stops at the first."""
    hints = get_type_hints(RegulationPack)
    required = [field.name for field in msgspec.structs.fields(RegulationPack) if field.required]
    faults = [PackFault(place=field, reason="没有这一栏，请删除或改正名称") for field in raw if field not in hints]
    faults += [PackFault(place=field, reason="缺少这一栏") for field in required if field not in raw]
    for field, kind in hints.items():
        value = raw.get(field)
        item = get_args(kind)
        if isinstance(value, list) and item:
            faults += _refused(((f"{field}[{index}]", each) for index, each in enumerate(value)), item[0])
        elif value is not None:
            faults += _refused([(field, value)], kind)
    return tuple(faults)


def _refused(values: Iterable[tuple[str, object]], kind: Any) -> list[PackFault]:  # noqa: ANN401 - a type, as msgspec takes it
    found: list[PackFault] = []
    for place, value in values:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as wrong:
            found.append(_type_fault(place, wrong))
    return found


def _type_fault(place: str, wrong: msgspec.ValidationError) -> PackFault:
    said = str(wrong)
    match = _TYPE_PLACE.search(said)
    inner = match[1] if match is not None else ""
    return PackFault(place=f"{place}{inner}".lstrip("."), reason=_in_chinese(_TYPE_PLACE.sub("", said)))


def _in_chinese(said: str) -> str:
    if match := re.match(r"Expected `array` of length (\d+)(?:, got (\d+))?", said):
        return f"应有{match[1]}项" + (f"，现有{match[2]}项" if match[2] else "")
    if match := re.match(r"Expected `([^`]+)`, got `([^`]+)`", said):
        wanted, got = (
            "或".join(_TYPE_WORDS.get(kind, kind) for kind in kinds.split(" | ")) for kinds in match.groups()
        )
        return f"应为{wanted}，现为{got}"
    if match := re.match(r"Object missing required field `([^`]+)`", said):
        return f"缺少“{match[1]}”"
    if match := re.match(r"Object contains unknown field `([^`]+)`", said):
        return f"没有“{match[1]}”这一栏，请删除或改正名称"
    if said.startswith("Invalid RFC3339"):
        return "应为日期，如2022-04-07"
    if match := re.match(r"Invalid enum value (.+)", said):
        value = match[1].strip("'")
        return f"“{value}”不是可选的值"
    return "内容不符合要求"
