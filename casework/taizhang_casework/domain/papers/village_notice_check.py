"""What keeps a household off the board, or is worth a look before the notice is printed: everything at once (三（一）)."""

from collections.abc import Iterator, Sequence

from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.noticed_household import (
    NoticeEntry,
    board_name,
    head_is_minor,
    is_group,
    noticed_head,
    village_of,
)
from taizhang_casework.domain.papers.wording import no_wording
from taizhang_casework.domain.review_rules import passed
from taizhang_casework.domain.steps import DemocraticReview, Step
from taizhang_casework.domain.text_folding import compact

CLAUSE = "三（一）"


def notice_paper_faults(
    facts: Sequence[PaperFacts], entries: Sequence[NoticeEntry], contact: str, place: str = ""
) -> tuple[Finding, ...]:
    """Of all households of a notice. ``field`` is the id of the case at fault, ``contact``, ``place``, or empty."""
    found: list[Finding] = []
    if facts:
        found += no_wording(facts[0].pack, PaperKind.PUBLIC_NOTICE)
    if len({village_of(each) for each in facts}) > 1:
        found.append(Finding(field="", code="several_villages", says="一张公示只公示一个村的农户，请按村分别打印"))
    for each, entry in zip(facts, entries, strict=True):
        found += household_faults(each, entry)
        if _of_household(contact, each):
            says = "联系方式里有公示农户本人的电话或证件号码，公示上不得出现，请改为村委会或镇街的联系方式"
            found.append(Finding(field="contact", code="personal_contact", says=says, clause=CLAUSE))
        if _of_household(place, each):
            says = "张贴地点里有公示农户本人的电话或证件号码，公示上不得出现，请只写地点"
            found.append(Finding(field="place", code="personal_place", says=says, clause=CLAUSE))
    return tuple(dict.fromkeys(found))


def single_notice_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Of a notice of one household."""
    return notice_paper_faults((facts,), (NoticeEntry(),), "")


def household_faults(facts: PaperFacts, entry: NoticeEntry) -> Iterator[Finding]:
    """Why this household may not hang there, and what is odd about it."""
    case, state = facts.case.id, facts.state
    head = noticed_head(facts)
    name = facts.case.warning.name if head is None else head.name
    if facts.case.discarded is not None:
        yield Finding(field=case, code="discarded", says=f"{name}这一条在回收站里，不能公示")
    if head is None:
        yield Finding(field=case, code="no_head", says=f"{name}这一条尚未确认户主，不能公示")
    if state.refusal is not None:
        says = f"{name}已经认定为不符合，不符合的农户不得出现在公示上"
        yield Finding(field=case, code="refused", says=says, clause=CLAUSE)
    yield from _voted_down(name, facts)
    if not is_group(entry.group.strip()):
        says = f"{name}的“组别”应是村民小组的名称（不超过12个字，不能有号码、地址），如“3组”"
        yield Finding(field=case, code="no_group_name", says=says, clause=CLAUSE)
    if head is not None:
        yield from _head_notes(facts)
    missing = [facts.pack.step(step).label for step in state.before(Step.PUBLIC_NOTICE) if step not in state.done]
    if missing and state.refusal is None:
        yield note(
            case, "steps_before", f"{name}还没有{'、'.join(missing)}", facts.pack.step(Step.PUBLIC_NOTICE).clause
        )


def _voted_down(name: str, facts: PaperFacts) -> Iterator[Finding]:
    review = facts.state.done.get(Step.DEMOCRATIC_REVIEW)
    if isinstance(review, DemocraticReview) and not passed(review, facts.pack.quorum(review.form)):
        says = f"{name}的民主评议没有通过，不能公示：请认定为不符合，或者重新评议以后更正"
        yield Finding(field=facts.case.id, code="review_not_passed", says=says, clause=CLAUSE)


def _head_notes(facts: PaperFacts) -> Iterator[Finding]:
    head, case = noticed_head(facts), facts.case.id
    if head is None:
        return
    if head_is_minor(facts):
        says = f"户主{head.name}未成年，公示上只写“{board_name(head, facts)}”"
        yield note(case, "minor_head", says, CLAUSE)
    elif not head.id_number:
        says = f"户主{head.name}没有身份证号，不能判断是否成年；未成年人的姓名不得公示，请核对"
        yield note(case, "age_unknown", says, CLAUSE)


def _of_household(text: str, facts: PaperFacts) -> bool:
    """Whether it holds a number of the household's: telephone or id number of anybody who ever belonged to it, or of the warning."""
    household = facts.circumstances.household
    people = () if household is None else tuple(each.person for each in household.memberships)
    warning = facts.case.warning
    numbers = {warning.phone, warning.id_number, *(n for person in people for n in (person.phone, person.id_number))}
    plain = _signs(text)
    return any(number in plain for number in map(_signs, numbers) if any(sign.isdigit() for sign in number))


def _signs(text: str) -> str:
    """Letters and digits alone, one spelling for full width and small letters."""
    return "".join(sign for sign in compact(text).upper() if sign.isalnum())
