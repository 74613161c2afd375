"""The half-typed forms of cases: on what each was begun, and which the case does not take any more."""

from collections.abc import Iterator
from datetime import date

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import Ground

from taizhang_desktop.viewmodels.case_answers import kept_record
from taizhang_desktop.viewmodels.case_form import LETTER_FORMS, CaseForm, form_title
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, Typed, mark_of, names_of
from taizhang_desktop.viewmodels.words import day

CASE = "case"
"""Begins the keys of these drafts."""


class CaseDrafts:
    """One draft a case and form, on the shelf of the desk; without one they last as long as the program runs."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        self._drafts = FormDrafts(CASE, shelf)
        self.shelf = self._drafts.shelf

    def keep(self, sheet: CaseSheet, form: CaseForm, typed: Typed) -> None:
        """Keep what is typed into a form of the case that the sheet shows."""
        draft = FormDraft(
            title=form_title(form, sheet),
            who=sheet.who,
            target=sheet.case.id,
            typed=dict(typed),
            kept_on=sheet.today,
            grounds=grounds_of(form, sheet),
        )
        self._drafts.keep(_key(sheet.case.id, form), draft)

    def get(self, case: CaseId, form: CaseForm) -> Typed | None:
        """What was typed, None where nothing was."""
        kept = self._drafts.get(_key(case, form))
        return None if kept is None else kept.typed

    def drop(self, case: CaseId, form: CaseForm) -> None:
        """It is saved, or given up."""
        self._drafts.drop(_key(case, form))

    def hand_in(self, case: CaseId, form: CaseForm, by: Changes, *, typed_since: bool = False) -> None:
        """It is saved by these changes; should they be taken back, it is half-typed again, but for what was ``typed_since``."""
        self._drafts.hand_in(_key(case, form), by, typed_since=typed_since)

    def returned(self, case: CaseId | None) -> CaseForm | None:
        """The form of that case which 撤销 just made half-typed again."""
        whose, _, name = self._drafts.returned.partition(":")
        return next((form for form in CaseForm if form.value == name), None) if whose == case else None

    def stale(self, sheet: CaseSheet, form: CaseForm) -> tuple[str, ...]:
        """What tells that the half-typed form may hold no more; empty while it does, and where there is none."""
        kept = self._drafts.get(_key(sheet.case.id, form))
        return () if kept is None else kept.stale(grounds_of(form, sheet), sheet.today)

    def check(self, sheet: CaseSheet, form: CaseForm) -> None:
        """The user has seen what changed."""
        self._drafts.check(_key(sheet.case.id, form), grounds_of(form, sheet), sheet.today)

    def useless(self, sheet: CaseSheet) -> tuple[str, ...]:
        """What was half-typed for forms that the case takes no more, with the reason and the words that were typed."""
        said: list[str] = []
        for form, draft in self._of(sheet.case.id):
            why = _why_useless(form, sheet)
            if why:
                typed = f"；当时填写的：{draft.words}" if draft.words else ""
                said.append(f"{day(draft.kept_on)}填写了一半的“{draft.title}”用不上了：{why}{typed}")
        return tuple(said)

    def drop_useless(self, sheet: CaseSheet) -> None:
        """Give up those that the case takes no more."""
        for form in [form for form, _ in self._of(sheet.case.id) if _why_useless(form, sheet)]:
            self.drop(sheet.case.id, form)

    def newest_of(self, case: CaseId) -> CaseForm | None:
        """The form that was begun last in that case."""
        begun = [form for form, _ in self._of(case)]
        return begun[-1] if begun else None

    def says(self, case: CaseId, form: CaseForm) -> str:
        """Whether what is half-typed is kept, in words."""
        return self._drafts.says(_key(case, form))

    @property
    def names(self) -> tuple[str, ...]:
        """Whose half-typed forms would be lost if the program ended now, each once."""
        return names_of(self._drafts.unsafe)

    def _of(self, case: CaseId) -> Iterator[tuple[CaseForm, FormDraft]]:
        """A form that this version does not know is passed over."""
        forms = {form.value: form for form in CaseForm}
        for key, draft in self._drafts.all():
            kept, _, form = key.partition(":")
            if kept == case and form in forms:
                yield forms[form], draft


def grounds_of(form: CaseForm, sheet: CaseSheet) -> tuple[Ground, ...]:
    """On what a form of the case is begun: the household, what the form itself wrote, whether the case is decided."""
    state, letter = sheet.state, sheet.letter
    kept = kept_record(form, sheet)
    people = "、".join(person.name for person in sheet.members) or "还没有确认是哪一户"
    refused = state.refusal
    grounds = [
        Ground(title="家庭成员", words=people),
        Ground(title=f"“{form_title(form, sheet)}”", words=_written(kept), mark="" if kept is None else mark_of(kept)),
        Ground(title="认定", words="没有认定为不符合" if refused is None else f"{day(refused.decided_on)}认定为不符合"),
        Ground(title="办结", words="没有办结" if state.closed_on is None else f"{day(state.closed_on)}已办结"),
    ]
    if form in LETTER_FORMS:
        words = "没有" if letter is None else f"{letter.notice.number}（打印{len(letter.prints)}次）"
        grounds.append(Ground(title="告知书", words=words))
    return tuple(grounds)


def _written(kept: object) -> str:
    if kept is None:
        return "没有登记"
    on = getattr(kept, "day", None)
    return f"登记了{day(on)}的" if isinstance(on, date) else "已登记"


def _why_useless(form: CaseForm, sheet: CaseSheet) -> str:
    state = sheet.state
    if form is CaseForm.REOPENING:
        return ""
    if form in LETTER_FORMS:
        return "" if state.refusal is not None and sheet.answered else "本户现在不用告知"
    if state.closed_on is not None:
        return f"本条已于{day(state.closed_on)}办结"
    if form is CaseForm.MEMBER and sheet.household is not None:
        return f"已经归入{sheet.who}这一户"
    steps = form.step is not None or form in {CaseForm.GREEN_CHANNEL, CaseForm.REFUSAL}
    if steps and state.refusal is not None:
        return f"{day(state.refusal.decided_on)}已认定为不符合"
    return ""


def _key(case: CaseId, form: CaseForm) -> str:
    return f"{case}:{form.value}"
