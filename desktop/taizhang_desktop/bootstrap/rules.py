"""The rules that the program ships with."""

from dataclasses import dataclass

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.divisions import Divisions, shipped_divisions
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_packs


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the office works by: the pack in force, all shipped packs, the division table, and the calendar."""

    pack: RegulationPack
    packs: dict[PackId, RegulationPack]
    divisions: Divisions
    calendar: WorkCalendar


def load_rules() -> Rules:
    """The rules shipped with the program; the newest pack is in force."""
    packs = {pack.id: pack for pack in shipped_packs()}
    newest = max(packs.values(), key=lambda pack: pack.valid_from)
    return Rules(pack=newest, packs=packs, divisions=shipped_divisions(newest), calendar=WorkCalendar())
