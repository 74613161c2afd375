"""The five steps in the notice's order."""

from enum import Enum


class Step(Enum):
    """认定程序 in the notice's order (二（一）); the order in force is the regulation pack's."""

    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"
