"""Who signed the 承诺授权书 or has to: one list for the sheet itself, for request, result and explanation, and for the window."""

from taizhang_casework.domain.comparison_rules import is_minor
from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.people import Membership
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Authoriser,
    ComparisonSent,
    DataComparison,
    Signature,
    Step,
)

AUTHORISER_WORDS = {
    Authoriser.MEMBER: "家庭成员",
    Authoriser.CHILD_ELSEWHERE: "不在户的子女",
    Authoriser.SPOUSE_OF_CHILD: "子女的配偶",
    Authoriser.SUPPORTER: "其他赡养人",
}


def sent_of(facts: PaperFacts) -> DataComparison | ComparisonSent | None:
    """The comparison that came back, else the one that is on its way; None where none was sent."""
    record = facts.state.done.get(Step.DATA_COMPARISON) or facts.state.begun.get(Step.DATA_COMPARISON)
    return record if isinstance(record, DataComparison | ComparisonSent) else None


def signatures_of(facts: PaperFacts) -> tuple[Signature, ...]:
    """The newest list of authorisations that the case holds; empty where none was written down."""
    record = facts.state.done.get(Step.DATA_COMPARISON) or facts.state.begun.get(Step.DATA_COMPARISON)
    if isinstance(record, DataComparison | ComparisonSent | AuthorisationsAsked):
        return record.signatures
    return ()


def signature_of(member: Membership, facts: PaperFacts) -> Signature | None:
    """The member's own. Of two members of one name the guardian's is the minor's; where that does not tell them apart, nobody's."""
    name = member.person.name.strip()
    signatures = [each for each in signatures_of(facts) if each.name.strip() == name]
    if name in namesakes(facts):
        minor = _minor(member, facts)
        alike = [m for m in facts.memberships if m.person.name.strip() == name and _minor(m, facts) is minor]
        signatures = [each for each in signatures if len(alike) == 1 and bool(each.guardian.strip()) is minor]
    return signatures[-1] if signatures else None


def signatures_from_elsewhere(facts: PaperFacts) -> tuple[Signature, ...]:
    """Of those who are no members: children elsewhere, their spouses, others who owe support."""
    members = {each.person.name.strip() for each in facts.memberships}
    return tuple(each for each in signatures_of(facts) if each.name.strip() and each.name.strip() not in members)


def namesakes(facts: PaperFacts) -> frozenset[str]:
    """Names that two members bear: the records of a comparison know people by name alone."""
    names = [each.person.name.strip() for each in facts.memberships]
    return frozenset(name for name in names if name and names.count(name) > 1)


def namesake_notes(facts: PaperFacts) -> tuple[Finding, ...]:
    """What the sheets of a comparison leave open because two members bear one name."""
    return tuple(
        note("", "same_name", f"有两名成员都叫“{name}”，登记的结果分不清是谁的：纸上没有填，请对照身份证号手工填写")
        for name in sorted(namesakes(facts))
    )


def _minor(member: Membership, facts: PaperFacts) -> bool:
    return is_minor(member.person.id_number, facts.circumstances.today)
