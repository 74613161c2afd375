"""What of the exchange room the screens, the commands and the demonstration ask for."""

from taizhang_exchange.lists import UnreadableList, run_check
from taizhang_exchange.packages import (
    card_file_name,
    fingerprint,
    inspect,
    package_file_name,
    read_card,
    write_card,
)
from taizhang_exchange.sample_lists import write_sample_lists
from taizhang_exchange.sample_people import unissued_number

__all__ = [
    "UnreadableList",
    "card_file_name",
    "fingerprint",
    "inspect",
    "package_file_name",
    "read_card",
    "run_check",
    "unissued_number",
    "write_card",
    "write_sample_lists",
]
