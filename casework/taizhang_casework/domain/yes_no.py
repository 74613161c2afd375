"""是 or 否, where a paper asks; nothing (None) is not answered, and never stands for 否."""

from enum import Enum


class YesNo(Enum):
    """An answer that somebody gave."""

    YES = "yes"
    NO = "no"
