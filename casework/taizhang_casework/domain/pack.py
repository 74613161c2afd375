"""A regulation pack as frozen values: what a notice fixes, each entry with the clause that it rests on.

Code knows what a clock is; the pack knows that it is three working days. Every ``clause`` is a place in the notice, such as
``二（二）`` or ``附件1``, or begins with ``[P]`` (practice) or ``[D]`` (our default) where the notice is silent.
"""

from datetime import date
from enum import Enum
from functools import cached_property

import msgspec

from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.monitoring import ClearingStep
from taizhang_casework.domain.steps import ReviewForm, Step
from taizhang_casework.domain.warning import Channel


class ClockUnit(Enum):
    """What a clock counts; the day it starts on is never counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class ClockKey(Enum):
    """The clocks that the steps run under."""

    HOME_VISIT = "home_visit"
    RECOGNITION = "recognition"
    PUBLIC_NOTICE = "public_notice"


class ClockRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True):
    """A length in a unit; ``starts`` and ``ends`` say in Chinese which events it runs between."""

    key: ClockKey
    label: str
    length: int
    unit: ClockUnit
    starts: str
    ends: str
    clause: str


class StepRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step, its Chinese name, and the clock that runs until it is done (None: only the clock of the whole)."""

    step: Step
    label: str
    clause: str
    clock: ClockKey | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a dictionary: its stable key, its Chinese words."""

    key: str
    label: str
    clause: str


class GuaranteeEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word of the 核查表 about what is guaranteed to the household; ``secured``: 有保障 can be said beside it."""

    secured: bool


class HealthEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word of the 核查表 about a member's health; ``alone``: no other fits beside it."""

    alone: bool


class ItemRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of 附件1: ``label`` as the notice has it, ``detail`` as 附件2 prints it, ``words`` by which lists name it.

    ``hints`` are words that only suggest the item; they count where nothing in the list names one.
    """

    key: str
    label: str
    detail: str
    words: tuple[str, ...]
    clause: str
    hints: tuple[str, ...] = ()


class Department(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A department of the notice. One that ``supplies_list`` is false for (水利局) is never late."""

    key: str
    name: str
    short: str
    aliases: tuple[str, ...]
    supplies_list: bool
    items: tuple[ItemRule, ...]
    clause: str


class ChannelRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A channel, its Chinese name, the sources that 附件2 names for it, and whether its applicant is answered."""

    channel: Channel
    label: str
    sources: tuple[str, ...]
    answered: bool
    clause: str


class FixedDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of the calendar by which somebody owes something: ``month`` None is every month, ``year`` None every year.

    A day that a month lacks (the 30th in February) is the month's last day; the day is never moved for a weekend.
    """

    key: str
    who: str
    duty: str
    day: int
    clause: str
    month: int | None = None
    year: int | None = None


class QuorumRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """民主评议 of one form: fractions ``(numerator, denominator)`` of 应到 present and of 实到 in favour.

    ``present`` is reached at the fraction, ``agree`` must be more than it. ``blocks`` false only warns.
    """

    form: ReviewForm
    label: str
    present: tuple[int, int]
    agree: tuple[int, int]
    blocks: bool
    clause: str


class ClearingRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of 风险消除 and its Chinese name; ``asks`` is what is written down at it."""

    step: ClearingStep
    label: str
    asks: str
    clause: str


class MonitoringRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """走访 at the latest so many months after the last, and how many months a household is stable before 风险消除."""

    follow_up_months: int
    stable_months: int
    clause: str


class MaskRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a value a screen shows until asked: the first ``head`` and last ``tail`` characters."""

    key: str
    label: str
    head: int
    tail: int
    clause: str


class LetterWording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a letter. ``paragraphs`` hold ``{placeholders}`` that the loader checks against a fixed list.

    ``replacing_note`` is added where the household may hold an ``{earlier}`` letter.
    """

    key: str
    title: str
    mark: str
    paragraphs: tuple[str, ...]
    review_note: str
    replacing_note: str
    clause: str


class PaperWording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a sheet that differ from place to place; ``key`` is the value of its :class:`PaperKind`.

    ``paragraphs`` and, behind a table, ``closing`` hold ``{placeholders}`` that the loader checks against those of the sheet.
    ``mark`` is the office's mark before a number, None for a sheet that bears none.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...]
    clause: str
    closing: tuple[str, ...] = ()
    mark: str | None = None


class ListColumn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field of a department list and the header words by which departments call it, strongest first."""

    field: str
    words: tuple[str, ...]
    clause: str


class District(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the notice holds: the district's names in use now and before, and the cities and districts that are elsewhere."""

    code: str
    name: str
    bureau: str
    own_names: tuple[str, ...]
    elsewhere: tuple[str, ...]
    town_aliases: dict[str, tuple[str, ...]]
    divisions: str


class NationalField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field of the national system, in the order in which its screens ask; what fills it is known by ``key``.

    ``each_member``: asked once for every member of the household.
    """

    key: str
    label: str
    each_member: bool
    clause: str


class ClauseText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of the notice and its words, letter for letter."""

    place: str
    says: str


class RegulationPack(msgspec.Struct, frozen=True, kw_only=True, dict=True, forbid_unknown_fields=True):
    """One notice, loaded and validated. ``divisions`` in the district names the table of towns and villages beside it."""

    id: PackId
    title: str
    document: str
    issued_on: date
    valid_from: date
    district: District
    verifiers_at_least: int
    ledger_title: str
    ledger_columns: tuple[str, ...]
    steps: tuple[StepRule, ...]
    clocks: tuple[ClockRule, ...]
    channels: tuple[ChannelRule, ...]
    departments: tuple[Department, ...]
    fixed_dates: tuple[FixedDate, ...]
    special_groups: tuple[Entry, ...]
    refusal_reasons: tuple[Entry, ...]
    risks: tuple[Entry, ...]
    monitored_kinds: tuple[Entry, ...]
    comparison_items: tuple[Entry, ...]
    skip_grounds: tuple[Entry, ...]
    green_grounds: tuple[Entry, ...]
    education_levels: tuple[Entry, ...]
    schooling_states: tuple[GuaranteeEntry, ...]
    health_states: tuple[HealthEntry, ...]
    labour_skills: tuple[Entry, ...]
    house_grades: tuple[GuaranteeEntry, ...]
    water_states: tuple[Entry, ...]
    national_fields: tuple[NationalField, ...]
    guarantees: tuple[Entry, ...]
    monitoring: MonitoringRule
    clearing_steps: tuple[ClearingRule, ...]
    quorums: tuple[QuorumRule, ...]
    masks: tuple[MaskRule, ...]
    letters: tuple[LetterWording, ...]
    list_columns: tuple[ListColumn, ...]
    clauses: tuple[ClauseText, ...]
    papers: tuple[PaperWording, ...] = ()

    @cached_property
    def order(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return tuple(rule.step for rule in self.steps)

    def clock(self, key: ClockKey) -> ClockRule:
        """The clock of that key; the loader has seen that each is there once."""
        for rule in self.clocks:  # some thousand times for 今日待办: a generator takes twice as long
            if rule.key is key:
                return rule
        raise KeyError(key)

    def step(self, step: Step) -> StepRule:
        """The rule of that step."""
        return next(rule for rule in self.steps if rule.step is step)

    def channel(self, channel: Channel) -> ChannelRule:
        """The rule of that channel."""
        return next(rule for rule in self.channels if rule.channel is channel)

    def department(self, key: str) -> Department:
        """The department of that key; KeyError where the pack has none."""
        for department in self.departments:
            if department.key == key:
                return department
        raise KeyError(key)

    def comparison_item(self, item: str) -> str:
        """The words of an item of the comparison; an item that the pack does not list is its own words."""
        return words_of(self.comparison_items, item)

    def quorum(self, form: ReviewForm) -> QuorumRule:
        """The quorum of that form of meeting."""
        return next(rule for rule in self.quorums if rule.form is form)

    def fixed_date(self, key: str) -> FixedDate:
        """The fixed date of that key; KeyError where the pack has none."""
        for rule in self.fixed_dates:
            if rule.key == key:
                return rule
        raise KeyError(key)

    @cached_property
    def clearing_order(self) -> tuple[ClearingStep, ...]:
        """The steps of 风险消除 in their order."""
        return tuple(rule.step for rule in self.clearing_steps)

    def clearing_step(self, step: ClearingStep) -> ClearingRule:
        """The rule of that step of 风险消除."""
        return next(rule for rule in self.clearing_steps if rule.step is step)

    def clause_text(self, place: str) -> str:
        """The notice's own words at that place; KeyError where the pack does not have them."""
        for clause in self.clauses:
            if clause.place == place:
                return clause.says
        raise KeyError(place)

    def letter(self, key: str) -> LetterWording:
        """The wording of that letter; KeyError where the pack has none."""
        for wording in self.letters:
            if wording.key == key:
                return wording
        raise KeyError(key)

    def paper(self, key: str) -> PaperWording | None:
        """The wording of that sheet; None where the pack has none, as packs of before it was asked."""
        return next((wording for wording in self.papers if wording.key == key), None)


def words_of(entries: tuple[Entry, ...], key: str) -> str:
    """The words of a dictionary's key; what the dictionary does not know is its own words, and empty stays empty."""
    return next((entry.label for entry in entries if entry.key == key), key)
