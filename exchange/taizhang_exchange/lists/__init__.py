"""Department lists in: the workbook in a child process, its layout, its rows, their outcomes."""

from taizhang_exchange.lists.checking import CheckReport, check_lists, run_check
from taizhang_exchange.lists.reading import CalamineListReader, read_list, read_lists
from taizhang_exchange.lists.trouble import UnreadableList

__all__ = [
    "CalamineListReader",
    "CheckReport",
    "UnreadableList",
    "check_lists",
    "read_list",
    "read_lists",
    "run_check",
]
