"""一户一档: the cover of the file that holds a household's papers."""

from datetime import date

import msgspec

from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.steps import Step, SystemEntry


class FileCover(msgspec.Struct, frozen=True, kw_only=True):
    """The cover. What is empty or None is room to write; ``personal`` is whether it names anybody."""

    office_name: str
    town: str = ""
    village: str = ""
    head_name: str = ""
    channel: str = ""
    household_number: str = ""
    begun_on: date | None = None
    closed_on: date | None = None
    personal: bool = False


def blank_file_cover(setting: PaperSetting) -> FileCover:
    """With the office's name alone."""
    return FileCover(office_name=setting.office_name, town=setting.town)


def file_cover(facts: PaperFacts) -> FileCover:
    """Of a case, from its first day to 办结 where it is closed."""
    entered = facts.state.done.get(Step.SYSTEM_ENTRY)
    return FileCover(
        office_name=facts.setting.office_name,
        town=facts.setting.town,
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
        channel=facts.pack.channel(facts.case.warning.channel).label,
        household_number=entered.household_number if isinstance(entered, SystemEntry) else "",
        begun_on=facts.case.warning.received_on,
        closed_on=facts.state.closed_on,
        personal=True,
    )
