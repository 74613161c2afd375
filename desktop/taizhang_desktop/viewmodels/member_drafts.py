"""The half-typed changes of households: on what each was begun, and which the household does not take any more."""

from collections.abc import Iterator
from datetime import date

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import Ground
from taizhang_casework.domain.people import Household, HouseholdId, Membership, PersonId, Relation

from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, Typed, mark_of, names_of
from taizhang_desktop.viewmodels.member_deed import DEED_TITLES, MemberDeed
from taizhang_desktop.viewmodels.words import day

MEMBER = "member"
"""Begins the keys of these drafts."""
Whose = tuple[MemberDeed, PersonId | None]
"""A deed, and the member to whom it is done; None where it is not about one."""


class MemberDrafts:
    """One draft a household, deed and member, on the shelf of the desk."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        """Without a shelf they last as long as the program runs."""
        self._drafts = FormDrafts(MEMBER, shelf)
        self.shelf = self._drafts.shelf

    def keep(self, household: Household, form: Whose, typed: Typed, today: date) -> None:
        """Keep what is typed into a form of the household."""
        head = next((each for each in _present(household) if each.relation is Relation.HEAD), None)
        draft = FormDraft(
            title=DEED_TITLES[form[0]],
            who="" if head is None else head.person.name,
            target=household.id,
            typed=dict(typed),
            kept_on=today,
            grounds=_grounds(household, form),
        )
        self._drafts.keep(_key(household.id, form), draft)

    def get(self, household: HouseholdId, form: Whose) -> Typed | None:
        """What was typed, None where nothing was."""
        kept = self._drafts.get(_key(household, form))
        return None if kept is None else kept.typed

    def drop(self, household: HouseholdId, form: Whose) -> None:
        """It is saved, or given up."""
        self._drafts.drop(_key(household, form))

    def hand_in(self, household: HouseholdId, form: Whose, by: Changes) -> None:
        """It is saved by these changes; should they be taken back, it is half-typed again."""
        self._drafts.hand_in(_key(household, form), by)

    def returned(self, household: HouseholdId | None) -> bool:
        """Whether 撤销 just made a form of that household half-typed again."""
        return bool(household) and self._drafts.returned.startswith(f"{household}:")

    def says(self, household: HouseholdId, form: Whose) -> str:
        """Whether what is half-typed is kept, in words."""
        return self._drafts.says(_key(household, form))

    def stale(self, household: Household, form: Whose | None, today: date) -> tuple[str, ...]:
        """What tells that the half-typed form may hold no more; empty while it does, and where there is none."""
        kept = None if form is None else self._drafts.get(_key(household.id, form))
        return () if kept is None or form is None else kept.stale(_grounds(household, form), today)

    def check(self, household: Household, form: Whose, today: date) -> None:
        """The user has seen what changed."""
        self._drafts.check(_key(household.id, form), _grounds(household, form), today)

    def newest_of(self, household: Household) -> Whose | None:
        """The form that was begun last of those that the household still takes."""
        begun = [form for form, _ in self._of(household.id) if not _why_useless(household, form)]
        return begun[-1] if begun else None

    def useless(self, household: Household) -> tuple[str, ...]:
        """What was half-typed and can be done no more, with the reason and the words that were typed."""
        said: list[str] = []
        for form, draft in self._of(household.id):
            why = _why_useless(household, form)
            if why:
                typed = f"；当时填写的：{draft.words}" if draft.words else ""
                said.append(f"{day(draft.kept_on)}填写了一半的“{draft.title}”用不上了：{why}{typed}")
        return tuple(said)

    def drop_useless(self, household: Household) -> None:
        """Give up those that can be done no more."""
        for form in [form for form, _ in self._of(household.id) if _why_useless(household, form)]:
            self.drop(household.id, form)

    @property
    def names(self) -> tuple[str, ...]:
        """Whose half-typed forms would be lost if the program ended now, each once."""
        return names_of(self._drafts.unsafe)

    def _of(self, household: HouseholdId) -> Iterator[tuple[Whose, FormDraft]]:
        """A deed that this version does not know is passed over."""
        deeds = {deed.value: deed for deed in MemberDeed}
        for key, draft in self._drafts.all():
            kept, deed, person = (*key.split(":"), "", "")[:3]
            if kept == household and deed in deeds:
                yield (deeds[deed], PersonId(person) if person else None), draft


def _present(household: Household) -> tuple[Membership, ...]:
    return tuple(each for each in household.memberships if each.until is None)


def _grounds(household: Household, form: Whose) -> tuple[Ground, ...]:
    people = "、".join(f"{each.person.name}（{RELATIONS[each.relation]}）" for each in _present(household))
    grounds = [Ground(title="现在的成员", words=people or "没有")]
    member = None if form[1] is None else household.member(form[1])
    if member is not None:
        grounds.append(Ground(title=f"{member.person.name}的登记", words="已登记", mark=mark_of(member)))
    return tuple(grounds)


def _why_useless(household: Household, form: Whose) -> str:
    deed, person = form
    present = _present(household)
    if deed is MemberDeed.HEAD and len(present) < 2:  # noqa: PLR2004 - the head and somebody else
        return "本户没有其他成员"
    if deed in {MemberDeed.LEAVE, MemberDeed.CORRECT} and person not in {each.person.id for each in present}:
        return "这名成员已不在本户"
    return ""


def _key(household: HouseholdId, form: Whose) -> str:
    return f"{household}:{form[0].value}:{form[1] or ''}"
