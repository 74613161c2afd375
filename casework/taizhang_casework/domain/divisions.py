"""The table of towns and villages by their statistical codes (国家统计局 统计用区划代码), as the pack ships it."""

import csv
import io
from collections.abc import Mapping
from importlib.resources import files

import msgspec

from taizhang_casework.domain.pack import District, RegulationPack
from taizhang_casework.domain.place_names import Place, PlaceNames

_COLUMNS = ["town_code", "town_name", "village_code", "village_name"]


class DivisionsDamaged(ValueError):  # noqa: N818 - says what is wrong with the table
    """The table cannot be read; the text names the line. The shipped table is tested, so this is a fault of the release."""


class Village(msgspec.Struct, frozen=True, kw_only=True):
    """A village or community: its official name and the code of its town (9 digits)."""

    name: str
    town_code: str


class Divisions:
    """Towns (9-digit code to official name) and villages (12-digit code), and the reading of what people write for them."""

    def __init__(self, towns: Mapping[str, str], villages: Mapping[str, Village], district: District) -> None:
        """Take the table and the district whose names it belongs to; the mappings are not changed afterwards."""
        self.towns: dict[str, str] = dict(towns)
        self.villages: dict[str, Village] = dict(villages)
        self._of_town: dict[str, dict[str, str]] = {}
        for code, village in self.villages.items():
            self._of_town.setdefault(village.town_code, {})[code] = village.name
        self._names = PlaceNames(
            self.towns, {code: (village.name, village.town_code) for code, village in self.villages.items()}, district
        )

    def town_name(self, code: str) -> str:
        """The official name, empty where the code is not of this district."""
        return self.towns.get(code, "")

    def village_name(self, code: str) -> str:
        """The official name, empty where the code is not of this district."""
        village = self.villages.get(code)
        return "" if village is None else village.name

    def villages_of(self, town_code: str) -> dict[str, str]:
        """Code and name of each village of a town, in the order of the table; not to be changed."""
        return self._of_town.get(town_code, {})

    def resolve(self, *, town: str = "", village: str = "", district: str = "", address: str = "") -> Place:
        """The village that the cells of one row name together; never a similar one. See :class:`PlaceNames`."""
        return self._names.resolve(town=town, village=village, district=district, address=address)


def divisions_from_csv(text: str, district: District) -> Divisions:
    """The table from CSV text with the columns of ``_COLUMNS``; raises DivisionsDamaged naming the line."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    if next(lines, []) != _COLUMNS:
        raise DivisionsDamaged(f"line 1: the columns must be {', '.join(_COLUMNS)}")
    towns: dict[str, str] = {}
    villages: dict[str, Village] = {}
    for line in lines:
        where = f"line {lines.line_num}"
        if len(line) != len(_COLUMNS) or not all(cell.strip() for cell in line):
            raise DivisionsDamaged(f"{where}: four values are needed")
        town_code, town_name, village_code, village_name = line
        if not (_is_code(town_code, 9) and _is_code(village_code, 12) and village_code.startswith(town_code)):
            raise DivisionsDamaged(f"{where}: {village_code} is no 12-digit code of town {town_code}")
        if village_code in villages or towns.setdefault(town_code, town_name) != town_name:
            raise DivisionsDamaged(f"{where}: {village_code} or its town stands twice with different names")
        villages[village_code] = Village(name=village_name, town_code=town_code)
    return Divisions(towns, villages, district)


def _is_code(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdigit()


def shipped_divisions(pack: RegulationPack) -> Divisions:
    """The table that the pack names, from the files that ship with casework."""
    table = files("taizhang_casework") / "packs" / pack.district.divisions
    return divisions_from_csv(table.read_text(encoding="utf-8"), pack.district)
