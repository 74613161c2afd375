"""The villages' own list of 干部排查: an empty one to fill in, what was filled in, and one given back with its faults."""

from taizhang_exchange.village_lists.filled import FilledRow, read_village_list
from taizhang_exchange.village_lists.template import VillageList, write_village_list

__all__ = ["FilledRow", "VillageList", "read_village_list", "write_village_list"]
