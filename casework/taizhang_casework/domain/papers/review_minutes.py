"""民主评议记录 with its 签到表: one meeting, the households that it spoke of, and places for all signatures."""

from datetime import date

import msgspec

from taizhang_casework.domain.ledger_rules import detail_words
from taizhang_casework.domain.pack import QuorumRule, RegulationPack
from taizhang_casework.domain.papers.choice import Choice
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.steps import DemocraticReview, Step

BLANK_HOUSEHOLDS, BLANK_SIGNATURES = 5, 40


class ReviewedHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """A household and the votes on it; what nobody wrote down is None or empty."""

    head_name: str = ""
    people: int | None = None
    matter: str = ""
    agree: int | None = None
    against: int | None = None
    abstain: int | None = None


class ReviewMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """The record. ``more`` are lines for further households, ``signatures`` the places of the 签到表.

    ``quorums`` say when a meeting of each form is valid, in the words of the pack.
    """

    office_name: str
    forms: tuple[Choice, ...]
    quorums: tuple[str, ...]
    town: str = ""
    village: str = ""
    held_on: date | None = None
    expected: int | None = None
    present: int | None = None
    host: str = ""
    recorder: str = ""
    households: tuple[ReviewedHousehold, ...] = ()
    more: int = BLANK_HOUSEHOLDS
    opinions: str = ""
    signatures: int = BLANK_SIGNATURES
    personal: bool = False


def blank_review_minutes(setting: PaperSetting) -> ReviewMinutes:
    """With the forms of meeting and their quorums alone."""
    return ReviewMinutes(
        office_name=setting.office_name,
        town=setting.town,
        forms=tuple(Choice(rule.label) for rule in setting.pack.quorums),
        quorums=tuple(_quorum(rule) for rule in setting.pack.quorums),
    )


def review_minutes(facts: PaperFacts) -> ReviewMinutes:
    """Of a case: before the meeting with the household alone, after it with the votes and no open lines."""
    record = facts.state.done.get(Step.DEMOCRATIC_REVIEW)
    minutes = msgspec.structs.replace(blank_review_minutes(facts.setting), village=facts.place, personal=True)
    day = record.held_on if isinstance(record, DemocraticReview) else None
    head = facts.head_then(day)
    household = ReviewedHousehold(
        head_name="" if head is None else head.name,
        people=len(facts.memberships_then(day)) or None,
        matter=detail_words(facts.case.warning, head),
    )
    if not isinstance(record, DemocraticReview):
        return msgspec.structs.replace(minutes, households=(household,), more=BLANK_HOUSEHOLDS - 1)
    voted = msgspec.structs.replace(household, agree=record.agree, against=record.against, abstain=record.abstain)
    return msgspec.structs.replace(
        minutes,
        forms=_forms(facts.pack, record),
        quorums=(_quorum(facts.pack.quorum(record.form)),),
        held_on=record.held_on,
        expected=record.expected,
        present=record.present,
        host=record.host,
        recorder=record.recorder,
        households=(voted,),
        more=0,
        opinions=record.opinions,
        signatures=max(record.expected, record.present),
    )


def _forms(pack: RegulationPack, record: DemocraticReview) -> tuple[Choice, ...]:
    return tuple(Choice(rule.label, rule.form is record.form) for rule in pack.quorums)


def _quorum(rule: QuorumRule) -> str:
    """When a meeting of this form is valid: 到会 reaches its fraction of 应到, 同意 is more than its fraction of 实到."""
    (present, of_expected), (agree, of_present) = rule.present, rule.agree
    return (
        f"{rule.label}须有应到人员的{present}/{of_expected}以上到会，经到会人员{agree}/{of_present}以上（不含本数）同意"
    )
