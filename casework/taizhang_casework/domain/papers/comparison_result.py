"""信息比对结果: 无 or 有疑点, person by person and item by item."""

from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.papers.authorisers import namesake_notes, namesakes, sent_of
from taizhang_casework.domain.papers.compared_person import compared_persons
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.steps import ComparisonSkipped, DataComparison, Step


class Outcome(Enum):
    """What came back for one person in one item. OPEN: nothing yet; the sheet has a box for each answer."""

    OPEN = "open"
    CLEAR = "clear"
    DOUBT = "doubt"


class PersonOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One person's answers, in the order of the items."""

    name: str
    outcomes: tuple[Outcome, ...]
    id_number: str = ""


class ComparisonResult(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. ``items`` are the pack's, and behind them those that a record names beside it. ``people`` empty is a blank one."""

    office_name: str
    items: tuple[str, ...]
    people: tuple[PersonOutcome, ...] = ()
    town: str = ""
    village: str = ""
    head_name: str = ""
    sent_on: date | None = None
    sent_to: str = ""
    compared_on: date | None = None

    @property
    def personal(self) -> bool:
        """Whether it names anybody."""
        return bool(self.people)


def blank_comparison_result(setting: PaperSetting) -> ComparisonResult:
    """With the pack's items."""
    labels = tuple(item.label for item in setting.pack.comparison_items)
    return ComparisonResult(office_name=setting.office_name, town=setting.town, items=labels)


def comparison_result(facts: PaperFacts) -> ComparisonResult:
    """Of a household: what was answered, and a box to tick where nothing was."""
    record = facts.state.done.get(Step.DATA_COMPARISON)
    done = record if isinstance(record, DataComparison) else None
    known = sent_of(facts)
    labels = {item.key: item.label for item in facts.pack.comparison_items}
    if done is not None:
        named = (facts.pack.comparison_item(doubt.item) for doubt in done.doubts)
        labels |= {label: label for label in named if label not in labels.values()}
    listed = compared_persons(facts)
    names = (*(each.name for each in listed), *_others(done, {each.name.strip() for each in listed}))
    numbers = (*(each.id_number for each in listed), *("" for _ in names[len(listed) :]))
    shared = namesakes(facts)
    return ComparisonResult(
        office_name=facts.setting.office_name,
        town=facts.setting.town,
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
        items=tuple(labels.values()),
        people=tuple(
            PersonOutcome(
                name=name,
                id_number=number,
                outcomes=_outcomes(None if name.strip() in shared else done, name, labels),
            )
            for name, number in zip(names, numbers, strict=True)
        ),
        sent_on=None if known is None else known.sent_on,
        sent_to="" if known is None else known.sent_to.strip(),
        compared_on=None if done is None else done.compared_on,
    )


def comparison_result_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Why there is none: nobody to compare, or an earlier comparison is cited instead (二（三）)."""
    found: tuple[Finding, ...] = ()
    if facts.head is None:
        found += (Finding(field="household", code="no_head", says="尚未确认户和成员，没有信息比对结果"),)
    if isinstance(facts.state.done.get(Step.DATA_COMPARISON), ComparisonSkipped):
        says = "本户引用以前的比对结果，没有新的信息比对结果"
        found += (Finding(field="", code="skipped", says=says, clause="二（三）"),)
    return found + namesake_notes(facts)


def _others(record: DataComparison | None, known: set[str]) -> tuple[str, ...]:
    """Persons that the record answers for and who stand in no list of members or authorisations."""
    if record is None:
        return ()
    answered = (*(each.person for each in record.cleared if each.items), *(each.person for each in record.doubts))
    return tuple(dict.fromkeys(name for name in answered if name.strip() not in known))


def _outcomes(record: DataComparison | None, person: str, labels: dict[str, str]) -> tuple[Outcome, ...]:
    if record is None:
        return (Outcome.OPEN,) * len(labels)
    clear = {item for each in record.cleared if each.person == person for item in each.items}
    doubted = {doubt.item for doubt in record.doubts if doubt.person == person}
    return tuple(
        Outcome.DOUBT if {key, label} & doubted else Outcome.CLEAR if {key, label} & clear else Outcome.OPEN
        for key, label in labels.items()
    )
