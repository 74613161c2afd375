"""A household as a village may see it on its board: nothing that is not in this struct can come to hang there (三（一）).

This is the one place that goes from a case to a public notice. The notice itself is made of these structs and never sees a case.
"""

import re
from datetime import date

import msgspec

from taizhang_casework.domain.comparison_rules import is_minor
from taizhang_casework.domain.pack import words_of
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.people import HouseholdId, Person
from taizhang_casework.domain.steps import MonitoredKind, Step, SystemEntry

NUMBER_ENDS = "id_number_on_notice"
"""The pack's mask by which the ends of an id number are shown."""
MOST_FIRST, MOST_LAST = 2, 3
_GROUP = re.compile(r"(?!.*\d{4})[^\W_](?:[^\W_]|[（）()、]){0,11}")


class NumberEnds(msgspec.Struct, frozen=True, kw_only=True):
    """The ends of an id number, no more than two characters of its beginning and three of its end, whatever a pack says."""

    first: str
    last: str

    def __post_init__(self) -> None:
        """ValueError for more: a number that can be put together again is a number in full."""
        if len(self.first) > MOST_FIRST or len(self.last) > MOST_LAST:
            raise ValueError("more than the ends of a number")

    def __str__(self) -> str:
        """As the board shows it; how many digits are left out is not told."""
        return f"{self.first}***{self.last}"


class NoticeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk says of a household for the board. ``group`` is the 村民小组; ``kind`` None is written in by hand."""

    group: str = ""
    kind: MonitoredKind | None = None


class NoticedHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """Head, group, number of people, kind. A head who is not of age stands there as 李某某: no child's name is put on a board.

    ``ends`` are given only where the village wants to tell two of one name apart.
    """

    head_name: str
    group: str = ""
    people: int | None = None
    kind: str = ""
    ends: NumberEnds | None = None


def noticed_household(facts: PaperFacts, entry: NoticeEntry, *, number_ends: bool = False) -> NoticedHousehold:
    """Of a case whose head is known. ValueError for a group that is no group's name; LookupError where there is no head."""
    head = noticed_head(facts)
    if head is None:
        raise LookupError(facts.case.id)
    group = entry.group.strip()
    if not is_group(group):
        raise ValueError("not the name of a group")
    entered = facts.state.done.get(Step.SYSTEM_ENTRY)
    kind = entry.kind or (entered.kind if isinstance(entered, SystemEntry) else None)
    return NoticedHousehold(
        head_name=board_name(head, facts),
        group=group,
        people=len(facts.memberships_then(posted_on(facts))),
        kind="" if kind is None else words_of(facts.pack.monitored_kinds, kind.value),
        ends=_ends(head, facts) if number_ends else None,
    )


def is_group(text: str) -> bool:
    """Whether a text can be the name of a 村民小组: twelve characters at most and no long number. Empty is written in by hand."""
    return not text or _GROUP.fullmatch(text) is not None


def head_is_minor(facts: PaperFacts) -> bool:
    """Whether the head's number says that he is not of age on the day of the notice."""
    head = noticed_head(facts)
    return head is not None and is_minor(head.id_number, posted_on(facts) or facts.circumstances.today)


def noticed_head(facts: PaperFacts) -> Person | None:
    """The head on the day of the notice: what is reported of it afterwards is of the household that hung there."""
    return facts.head_then(posted_on(facts))


def posted_on(facts: PaperFacts) -> date | None:
    """The day of posting, where the notice hangs or has come down."""
    known = facts.state.hanging or facts.state.public_notice
    return None if known is None else known.posted_on


def board_name(head: Person, facts: PaperFacts) -> str:
    """The head's name; of one who is not of age the first character alone."""
    return f"{head.name[:1]}某某" if head_is_minor(facts) else head.name


def household_of(facts: PaperFacts) -> HouseholdId | None:
    """By which two lines of one household are known for one."""
    return facts.case.household


def village_of(facts: PaperFacts) -> str:
    """The code of the village on whose board the household is posted."""
    household = facts.circumstances.household
    return facts.case.warning.village_code if household is None else household.village_code


def _ends(head: Person, facts: PaperFacts) -> NumberEnds | None:
    rule = next((mask for mask in facts.pack.masks if mask.key == NUMBER_ENDS), None)
    number = head.id_number
    if rule is None or not number:
        return None
    first, last = min(rule.head, MOST_FIRST), min(rule.tail, MOST_LAST)
    return NumberEnds(first=number[:first], last=number[len(number) - last :])
