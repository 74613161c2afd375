"""疑点说明: what the household says to each 疑点 of the comparison, and what was found of it; a hit is no refusal."""

from datetime import date

import msgspec

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.steps import DataComparison, Step

BLANK_DOUBTS = 5


class ExplainedDoubt(msgspec.Struct, frozen=True, kw_only=True):
    """One 疑点; all empty: a row to be written in."""

    person: str = ""
    item: str = ""
    explanation: str = ""


class DoubtExplanation(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet, signed by who explains and by who checked."""

    office_name: str
    doubts: tuple[ExplainedDoubt, ...]
    town: str = ""
    village: str = ""
    head_name: str = ""
    compared_on: date | None = None
    personal: bool = False


def blank_doubt_explanation(setting: PaperSetting) -> DoubtExplanation:
    """With ``BLANK_DOUBTS`` empty rows."""
    rows = (ExplainedDoubt(),) * BLANK_DOUBTS
    return DoubtExplanation(office_name=setting.office_name, town=setting.town, doubts=rows)


def doubt_explanation(facts: PaperFacts) -> DoubtExplanation:
    """Every 疑点 of the comparison; without any row where :func:`doubt_explanation_faults` blocks."""
    record = facts.state.done.get(Step.DATA_COMPARISON)
    done = record if isinstance(record, DataComparison) else None
    return DoubtExplanation(
        office_name=facts.setting.office_name,
        town=facts.setting.town,
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
        doubts=tuple(
            ExplainedDoubt(
                person=doubt.person,
                item=facts.pack.comparison_item(doubt.item),
                explanation=doubt.explanation.strip(),
            )
            for doubt in (() if done is None else done.doubts)
        ),
        compared_on=None if done is None else done.compared_on,
        personal=True,
    )


def doubt_explanation_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Whether there is nothing to explain."""
    record = facts.state.done.get(Step.DATA_COMPARISON)
    if isinstance(record, DataComparison) and record.doubts:
        return ()
    says = "本户的信息比对没有登记疑点，不需要疑点说明；要手写的，请打印空白表"
    return (Finding(field="", code="no_doubts", says=says),)
