"""What people write for a town and a village, read against the official table.

A text is read from its left: province, city and district (ours are passed over, others are elsewhere), then the town by any of
its names, then the village by its own. Nothing is searched for inside a text, so 社区 holds no 区 and 温泉村 no 温泉街道, and a
village that the table lacks stays unknown however close another comes.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum

import msgspec

from taizhang_casework.domain.pack import District
from taizhang_casework.domain.text_folding import compact, fold, fold_dashes, is_placeholder


class PlaceFault(Enum):
    """Why a place is not a village of the district."""

    ELSEWHERE = "elsewhere"
    UNKNOWN_VILLAGE = "unknown_village"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A village by code (12 digits) and its town (9); where a code is missing, the name is as it was written."""

    town_code: str = ""
    town_name: str = ""
    village_code: str = ""
    village_name: str = ""
    fault: PlaceFault | None = None


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """How far one text could be read; a town may be empty where a village names it."""

    elsewhere: bool = False
    town: str = ""
    village: str = ""
    rest: str = ""


class _Kind(Enum):
    VILLAGE = "village"
    COMMUNITY = "community"
    EITHER = "either"


_PROVINCES = (
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
)
_OWN_ABOVE = ("中华人民共和国", "中国", "山东省", "山东", "青岛市", "青岛")
_UNITS = ("省", "市", "区", "县")
_OTHER_UNIT = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:省|自治区|自治州|自治县|地区|盟|旗|特别行政区)"
    r"|^[\u4e00-\u9fff]{2,8}?(?<![都城超门集夜闹])市(?![场民政])"
    r"|^[\u4e00-\u9fff]{1,5}?县(?![城道府])"
    r"|^[\u4e00-\u9fff]{2,5}?(?<![社小园新街矿片校库厂景活假发管辖住业税山城灾农林港])区(?![域间])"
)
_SMALL_PLACE = re.compile(r"^.{0,4}(?:村|社区|庄|路|街|头|屯|疃|居委|[镇乡])")
_MANAGED_AREA = re.compile(r"^[\u4e00-\u9fff]{1,6}?(?:管区|片区|工作片)")
_TOWN_TAILS = ("街道", "镇", "乡")
_TOWN_OFFICES = ("办事处", "人民政府", "政府", "办")
_COMMITTEES = (
    ("村民委员会", _Kind.VILLAGE),
    ("居民委员会", _Kind.COMMUNITY),
    ("村委会", _Kind.VILLAGE),
    ("居委会", _Kind.COMMUNITY),
    ("村委", _Kind.VILLAGE),
    ("居委", _Kind.COMMUNITY),
)
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_PUNCTUATION = str.maketrans("", "", "-,，、/\\|;；:：.。·>→_")
_ENDS_A_NAME = re.compile(r"^[#〇一二三四五六七八九十甲乙丙东西南北]{1,5}(?:号|组|队|户|栋|排|街|路|巷|楼|室|单元|$)")
_ANOTHER_VILLAGE = re.compile(r"^[^\d号]{1,8}(?:村|社区)(?!东|西|南|北|中|口|头|内|民)")


class PlaceNames:
    """The names of one district's towns and villages, made ready for reading. Pure: the same cells always give the same place."""

    def __init__(self, towns: Mapping[str, str], villages: Mapping[str, tuple[str, str]], district: District) -> None:
        """Take code → town name, code → (village name, town code), and the district's own and other names."""
        self._towns = dict(towns)
        self._villages = dict(villages)
        self._own = _longest_first({*_OWN_ABOVE, *district.own_names, district.name})
        self._elsewhere = tuple(name for name in district.elsewhere if name.endswith(_UNITS))
        self._elsewhere_short = _longest_first(
            {*_PROVINCES, *(name if name not in self._elsewhere else name[:-1] for name in district.elsewhere)}
        )
        self._town_codes = _town_names(towns, district)
        self._town_prefixes = _by_first(self._town_codes)
        self._village_codes: dict[str, dict[_Kind, list[str]]] = {}
        self._whole: dict[str, list[str]] = {}
        for code, (name, _) in villages.items():
            base, kind = _base_and_kind(_spelled(name))
            self._village_codes.setdefault(base, {}).setdefault(kind, []).append(code)
            self._whole.setdefault(_spelled(name), []).append(code)
        self._longest_village = max((len(name) for name in self._whole), default=0) + 2

    def resolve(self, *, town: str, village: str, district: str, address: str) -> Place:
        """The place of one row. A district or city that is not ours makes it ELSEWHERE; contradicting cells are UNKNOWN_VILLAGE."""
        return self._resolve(*(_as_written(text) for text in (town, village, district, address)))

    def _resolve(self, town: str, village: str, district: str, address: str) -> Place:
        of_district = self._read(district) if district else _Read()
        of_town = self._read(town) if town else _Read()
        of_village = self._read(village, of_town.town, as_village=True) if village else _Read()
        of_address = _Read()
        if address and not (of_town.village or of_village.village):
            of_address = self._read(address, of_town.town if not village else "")
        reads = (of_district, of_town, of_village, of_address)
        villages = {read.village for read in reads if read.village}
        towns = {read.town for read in reads if read.town} | {self._villages[code][1] for code in villages}
        if any(read.elsewhere for read in reads):
            return Place(town_name=town, village_name=village or address, fault=PlaceFault.ELSEWHERE)
        unread_town = bool(town) and not of_town.town and not of_town.village and bool(of_town.rest)
        unread_village = bool(village) and not of_village.village and not of_town.village
        town_code = next(iter(towns)) if len(towns) == 1 else ""
        if len(villages) == 1 and len(towns) == 1 and not unread_town and not unread_village:
            code = next(iter(villages))
            return Place(
                town_code=town_code,
                town_name=self._towns[town_code],
                village_code=code,
                village_name=self._villages[code][0],
            )
        if unread_town:
            town_code = ""
        return Place(
            town_code=town_code,
            town_name=self._towns.get(town_code, town),
            village_name=village or _tail(town, of_town.rest) or _tail(address, of_address.rest),
            fault=PlaceFault.UNKNOWN_VILLAGE,
        )

    def _read(self, written: str, town: str = "", *, as_village: bool = False) -> _Read:
        """Read one text from its left; ``town`` is known from another cell.

        A text that is both a town's and a village's name (温泉) is the village only ``as_village``, in a column of villages.
        """
        spelled = _spelled(written)
        best = _Read(rest=spelled)
        for text in self._without_own_units(spelled):
            if not text:
                return _Read()
            if text in self._town_codes and not as_village:
                return _Read(town=self._town_codes[text])
            for found in self._towns_at(text, town):
                if found.village:
                    return found
                if found.town and (not best.town or len(found.rest) < len(best.rest)):
                    best = found
        if best.town:
            return best
        if any(self._is_elsewhere(text, after_own=text != spelled) for text in self._without_own_units(spelled)):
            return _Read(elsewhere=True)
        return best

    def _without_own_units(self, text: str) -> Iterator[str]:
        """The text, then what is left after each of our own province, city and district at its head."""
        yield text
        while True:
            unit = next((name for name in self._own if text.startswith(name)), None)
            if unit is None:
                return
            text = text[len(unit) :]
            yield text

    def _towns_at(self, text: str, known_town: str) -> Iterator[_Read]:
        """The readings of a text: a village of the known town or a unique one, then each town that it can begin with."""
        for below in (text, _MANAGED_AREA.sub("", text)):
            village, rest = self._village_at(below, known_town)
            if village:
                yield _Read(village=village, town=self._villages[village][1], rest=rest)
        towns_only = []
        for name in self._town_prefixes.get(text[:1], ()):
            if text.startswith(name):
                code, after = self._town_codes[name], text[len(name) :].lstrip("([")
                for below in (after, _MANAGED_AREA.sub("", after)):
                    village, rest = self._village_at(below, code)
                    if village and self._villages[village][1] == code:
                        yield _Read(town=code, village=village, rest=rest)
                if not after or name.endswith(_TOWN_TAILS + _TOWN_OFFICES) or len(name) > 3:  # noqa: PLR2004 - a full name
                    towns_only.append(_Read(town=code, rest=after))
        yield from towns_only

    def _village_at(self, text: str, town: str) -> tuple[str, str]:
        """The village that a text begins with and what follows it; empty where none, or more than one, can be meant."""
        for length in range(min(len(text), self._longest_village), 0, -1):
            codes = self._codes_named(text[:length], town)
            rest = text[length:]
            if len(codes) == 1 and self._may_follow(text[:length], rest):
                return codes[0], rest
        return "", text

    def _codes_named(self, name: str, town: str) -> list[str]:
        codes = self._whole.get(name)
        if codes is None:
            base, kind = _base_and_kind(name)
            kinds = self._village_codes.get(base, {})
            codes = [
                code
                for own_kind, own in kinds.items()
                if _Kind.EITHER in {kind, own_kind} or kind is own_kind
                for code in own
            ]
        inside = [code for code in codes if self._villages[code][1] == town]
        return inside or list(codes)

    @staticmethod
    def _may_follow(name: str, rest: str) -> bool:
        """Whether a village's name can end here; 顺河 does not end in 顺河东村."""
        if not rest or rest[0] in "([":
            return True
        if _base_and_kind(name)[1] is _Kind.EITHER:
            return _ENDS_A_NAME.match(rest) is not None
        return _ANOTHER_VILLAGE.match(rest) is None

    def _is_elsewhere(self, text: str, *, after_own: bool) -> bool:
        """Whether a text that names nothing of ours begins with another place; 河南村 is no 河南."""
        if text.startswith(self._elsewhere) or _OTHER_UNIT.match(text) is not None:
            return True
        short = next((name for name in self._elsewhere_short if text.startswith(name)), "")
        return bool(short) and (after_own or text == short or not _SMALL_PLACE.match(text[len(short) :]))


def _tail(written: str, rest: str) -> str:
    """The end of a text as it was written, where ``rest`` is that end as spelled for comparing."""
    text = compact(written)
    return text[len(text) - len(rest) :] if len(text) == len(_spelled(written)) else rest


def _as_written(text: str) -> str:
    folded = fold(text)
    return "" if is_placeholder(folded) else folded


def _spelled(text: str) -> str:
    """One spelling for comparing: no spaces and strokes between the parts, numbers as 一二三."""
    return fold_dashes(compact(text)).translate(_PUNCTUATION).translate(_NUMERALS)


def _base_and_kind(name: str) -> tuple[str, _Kind]:
    """A village's name without its kind, and the kind that the name says. 西北关村民委员会 and 西北关村 are both 西北关."""
    kind = _Kind.EITHER
    for committee, of_kind in _COMMITTEES:
        if name.endswith(committee) and len(name) > len(committee):
            name, kind = name[: -len(committee)], of_kind
            break
    if name.endswith("社区") and len(name) > len("社区"):
        return name[:-2], _Kind.COMMUNITY
    if name.endswith("村") and len(name) > 1 and kind is not _Kind.COMMUNITY:
        return name[:-1], _Kind.VILLAGE
    return name, kind


def _town_names(towns: Mapping[str, str], district: District) -> dict[str, str]:
    """Every name of each town, as spelled, with its code; a name that two towns could have is left out unless it is official."""
    found: dict[str, set[str]] = {}
    for code, official in towns.items():
        aliases = district.town_aliases.get(official, ()) or district.town_aliases.get(code, ())
        stem = next((official.removesuffix(tail) for tail in _TOWN_TAILS if official.endswith(tail)), "")
        names = {official, *aliases}
        if stem:
            names |= {stem, *(stem + tail for tail in _TOWN_TAILS)}
        names |= {name + office for name in names for office in _TOWN_OFFICES if name.endswith(_TOWN_TAILS)}
        for name in names:
            found.setdefault(_spelled(name), set()).add(code)
    official_codes = {_spelled(name): code for code, name in towns.items()}
    unique = {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
    return unique | official_codes


def _longest_first(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _by_first(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The names by their first character, longest first."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        groups.setdefault(name[0], []).append(name)
    return {first: tuple(group) for first, group in groups.items()}
