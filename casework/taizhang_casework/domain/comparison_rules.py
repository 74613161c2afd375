"""What the rules say about a 信息比对: authorised before, answered person by person, every 疑点 explained; or an earlier one cited."""

from collections.abc import Collection, Iterable
from datetime import date

from taizhang_casework.domain.circumstances import ADULT_YEARS, Circumstances
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.id_number import age_on, birthday
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import ComparisonSkipped, DataComparison, Signature

_TOLD = 3
"""So many persons are named with what is open."""


def check_comparison(record: DataComparison, now: Circumstances) -> tuple[Finding, ...]:
    """Whose authorisation is missing or too late, which doubt is not explained, what contradicts itself."""
    return (
        *check_authorised(record.authorised, record.signatures, record.compared_on, now),
        *check_signatures(record.signatures, record.compared_on, now.household),
        *_doubts(record, now.pack),
    )


def unanswered_outcomes(record: DataComparison, pack: RegulationPack) -> tuple[Finding, ...]:
    """The items of persons that say neither 无 nor 有疑点; a form is not saved with them, and nothing is filled in."""
    open_of = {signature.name: open_items(record, signature.name, pack) for signature in record.signatures}
    left = {name: items for name, items in open_of.items() if items}
    if not left:
        return ()
    told = "、".join(f"{name}{len(items)}项" for name, items in list(left.items())[:_TOLD])
    more = f"等{len(left)}人" if len(left) > _TOLD else ""
    says = f"比对结果还没有填：{told}{more}；其余都没有疑点的，点“其余均无疑点”"
    return (Finding(field="outcomes", code="not_answered", says=says),)


def open_items(record: DataComparison, person: str, pack: RegulationPack) -> tuple[str, ...]:
    """The pack's items that are not answered for the person."""
    clear = {item for cleared in record.cleared if cleared.person == person for item in cleared.items}
    doubted = {doubt.item for doubt in record.doubts if doubt.person == person}
    return tuple(
        item.key
        for item in pack.comparison_items
        if item.key not in clear and item.key not in doubted and item.label not in doubted
    )


def is_minor(number: str, day: date) -> bool:
    """Whether the number says that its owner is not yet of age on that day; an unreadable number says nothing."""
    try:
        return birthday(number) <= day and age_on(number, day) < ADULT_YEARS
    except ValueError:
        return False


def check_skip(record: ComparisonSkipped) -> tuple[Finding, ...]:
    """An earlier comparison is cited by its document and a day that was before."""
    found = blank("earlier_document", "以前比对的文书或编号", record.earlier_document)
    if record.earlier_on > record.skipped_on:
        found += (
            Finding(field="earlier_on", code="later_comparison", says="以前比对的日期不应晚于今次", clause="二（三）"),
        )
    return found


def check_authorised(
    authorised: Iterable[str], signatures: Iterable[Signature], day: date, now: Circumstances
) -> tuple[Finding, ...]:
    """Whether those who are compared have signed; nobody signed: it must not be."""
    signed = {name.strip() for name in authorised if name.strip()}
    if not signed:
        says = "还没有人签承诺授权书，未授权不得比对"
        return (Finding(field="signatures", code="no_authorisation", says=says),)
    if now.household is None:
        return ()
    of_age, minors = _by_age(now.household, day)
    missing = [name for name in of_age if name not in signed]
    found: list[Finding] = []
    if missing:
        says = f"{'、'.join(missing)}还没有签承诺授权书；成年家庭成员须先签授权书"
        found.append(note("signatures", "not_all_authorised", says))
    children = [name for name in minors if name not in signed]
    if children:
        says = f"{'、'.join(children)}未成年，须由监护人代签承诺授权书"
        found.append(note("signatures", "minor_not_authorised", says))
    elsewhere = [each.name for each in signatures if each.signed_on is None and each.name not in of_age + minors]
    if elsewhere:
        found.append(
            note("signatures", "other_not_authorised", f"{'、'.join(elsewhere)}还没有签承诺授权书，未授权不得比对")
        )
    return tuple(found)


def _by_age(household: Household, day: date) -> tuple[list[str], list[str]]:
    members = household.members_on(day)
    minors = [person.name for person in members if is_minor(person.id_number, day)]
    return [person.name for person in members if person.name not in minors], minors


def check_signatures(signatures: Collection[Signature], day: date, household: Household | None) -> tuple[Finding, ...]:
    """The list of authorisations in itself: names, days not after the comparison's, a guardian for whoever is not of age."""
    found: list[Finding] = []
    names = [each.name.strip() for each in signatures]
    if not all(names):
        found.append(Finding(field="signatures", code="no_name", says="请填写授权人员的姓名"))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        says = f"{'、'.join(twice)}写了两次，同名的请加以区别"
        found.append(Finding(field="signatures", code="twice", says=says))
    late = [each.name for each in signatures if each.signed_on is not None and each.signed_on > day]
    if late:
        says = f"{'、'.join(late)}签授权书的日期晚于比对日期，请核对"
        found.append(note("signatures", "signed_after", says))
    minors = _by_age(household, day)[1] if household is not None else []
    alone = [
        each.name
        for each in signatures
        if each.name in minors and each.signed_on is not None and not each.guardian.strip()
    ]
    if alone:
        found.append(note("signatures", "no_guardian", f"{'、'.join(alone)}未成年，请填写代签的监护人"))
    return tuple(found)


def _doubts(record: DataComparison, pack: RegulationPack) -> tuple[Finding, ...]:
    found = [
        Finding(
            field="outcomes",
            code="doubt_unexplained",
            says=f"{doubt.person}的{pack.comparison_item(doubt.item)}疑点尚未说明",
        )
        for doubt in record.doubts
        if not doubt.explanation.strip()
    ]
    both = sorted(_both(record))
    found += [
        Finding(field="outcomes", code="both", says=f"{person}的{pack.comparison_item(item)}既填了无又填了有疑点")
        for person, item in both
    ]
    if record.signatures:
        people = {each.name for each in record.signatures}
        strangers = sorted(_answered(record) - people)
        found += [
            Finding(field="outcomes", code="not_listed", says=f"{name}有比对结果，但不在授权名单里")
            for name in strangers
        ]
    return tuple(found)


def _both(record: DataComparison) -> set[tuple[str, str]]:
    clear = {(cleared.person, item) for cleared in record.cleared for item in cleared.items}
    return clear & {(doubt.person, doubt.item) for doubt in record.doubts}


def _answered(record: DataComparison) -> set[str]:
    answered: Iterable[str] = (
        *(doubt.person for doubt in record.doubts),
        *(cleared.person for cleared in record.cleared if cleared.items),
    )
    return set(answered)
