"""The chips over 预警台账: what each can be set to, and what it says."""

from enum import Enum

import msgspec
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.case_query import CaseFacets, CaseFilter, ClockState
from taizhang_casework.domain.standing import Stage
from taizhang_casework.services.work import Work

from taizhang_desktop.viewmodels.ledger_columns import WAITS, stage_words
from taizhang_desktop.viewmodels.words import month_name


class ChipKind(Enum):
    """The filters, by the name of their part of ``CaseFilter``."""

    STAGE = "stage"
    CLOCK = "clock"
    CHANNEL = "channel"
    MEETS = "meets"
    MONTH = "month"
    VILLAGE = "village"
    SOURCE = "source"


CHIP_TITLES = {
    ChipKind.STAGE: "环节",
    ChipKind.CLOCK: "期限",
    ChipKind.CHANNEL: "预警方式",
    ChipKind.MEETS: "是否符合",
    ChipKind.MONTH: "反馈月份",
    ChipKind.VILLAGE: "村（社区）",
    ChipKind.SOURCE: "来源",
}
CLOCK_WORDS = {
    ClockState.OVERDUE: "超期",
    ClockState.SOON: "三日内到期",
    ClockState.LATER: "三日以后到期",
    ClockState.NO_DAY: "不限期",
}
MEETS_WORDS = {Meets.YES: "符合", Meets.NO: "不符合", Meets.UNDECIDED: "未认定"}


class ChipOption(msgspec.Struct, frozen=True):
    """One value that a chip can be set to; None keeps all."""

    value: object
    label: str


class Chip(msgspec.Struct, frozen=True, kw_only=True):
    """A chip as it stands: its options, and which of them is set (None: it leaves everything)."""

    kind: ChipKind
    title: str
    options: tuple[ChipOption, ...]
    chosen: ChipOption | None = None

    @property
    def says(self) -> str:
        """The word on it."""
        return self.title if self.chosen is None else f"{self.title}：{self.chosen.label}"


def chips_of(work: Work, facets: CaseFacets, asked: CaseFilter) -> tuple[Chip, ...]:
    """All chips with what the ledger has to offer them; a value that is set is offered even where no case has it any more."""
    made = []
    for kind, options in _options(work, facets, asked).items():
        value = getattr(asked, kind.value)
        chosen = None if value is None else next((each for each in options if each.value == value), None)
        made.append(Chip(kind=kind, title=CHIP_TITLES[kind], options=options, chosen=chosen))
    return tuple(made)


def extra_words(asked: CaseFilter) -> tuple[str, ...]:
    """What a view asks beyond the chips."""
    words = []
    if asked.not_informed:
        words.append("应告知而未告知")
    if asked.owes_steps:
        words.append("绿色通道欠程序")
    if asked.waits_for is not None:
        words.append(WAITS[asked.waits_for])
    return tuple(words)


def _options(work: Work, facets: CaseFacets, asked: CaseFilter) -> dict[ChipKind, tuple[ChipOption, ...]]:
    pack, divisions = work.pack, work.divisions
    months = sorted({*facets.months, *([] if asked.month is None else [asked.month])}, reverse=True)
    villages = {*facets.villages, *([] if asked.village is None else [asked.village])}
    sources = sorted({*facets.sources, *([] if asked.source is None else [asked.source])})
    return {
        ChipKind.STAGE: tuple(ChipOption(stage, stage_words(pack, stage)) for stage in Stage),
        ChipKind.CLOCK: tuple(ChipOption(state, words) for state, words in CLOCK_WORDS.items()),
        ChipKind.CHANNEL: tuple(ChipOption(rule.channel, rule.label) for rule in pack.channels),
        ChipKind.MEETS: tuple(ChipOption(meets, words) for meets, words in MEETS_WORDS.items()),
        ChipKind.MONTH: tuple(ChipOption(month, month_name(month)) for month in months),
        ChipKind.VILLAGE: tuple(ChipOption(code, divisions.village_name(code)) for code in sorted(villages)),
        ChipKind.SOURCE: tuple(ChipOption(source, source) for source in sources),
    }
