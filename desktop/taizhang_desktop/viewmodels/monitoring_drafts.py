"""The half-typed forms of monitored households: on what each was begun, and which the household does not take any more."""

from collections.abc import Iterator

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import Ground
from taizhang_casework.domain.monitoring import ClearingStep, MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.services.monitoring import MonitoredSheet

from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, Typed, mark_of, names_of
from taizhang_desktop.viewmodels.monitoring_words import TITLES, standing_words
from taizhang_desktop.viewmodels.words import day

MONITORED = "monitored"
"""Begins the keys of these drafts."""
Open = tuple[MonitoringForm, int]
"""A form, and the number of the measure or visit that it corrects (0: a new one)."""


class MonitoringDrafts:
    """One draft a household, form and number, on the shelf of the desk."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        """Without a shelf they last as long as the program runs."""
        self._drafts = FormDrafts(MONITORED, shelf)
        self.shelf = self._drafts.shelf

    def keep(self, sheet: MonitoredSheet, form: Open, typed: Typed) -> None:
        """Keep what is typed into a form of the household that the sheet shows."""
        draft = FormDraft(
            title=TITLES[form[0]],
            who=sheet.line.head_name,
            target=sheet.line.household,
            typed=dict(typed),
            kept_on=sheet.today,
            grounds=_grounds(sheet, form),
        )
        self._drafts.keep(_key(sheet.line.household, form), draft)

    def get(self, household: HouseholdId, form: Open) -> Typed | None:
        """What was typed, None where nothing was."""
        kept = self._drafts.get(_key(household, form))
        return None if kept is None else kept.typed

    def drop(self, household: HouseholdId, form: Open) -> None:
        """It is saved, or given up."""
        self._drafts.drop(_key(household, form))

    def hand_in(self, household: HouseholdId, form: Open, by: Changes, *, typed_since: bool = False) -> None:
        """It is saved by these changes; should they be taken back, it is half-typed again, but for what was ``typed_since``."""
        self._drafts.hand_in(_key(household, form), by, typed_since=typed_since)

    def returned(self, household: HouseholdId | None) -> bool:
        """Whether 撤销 just made a form of that household half-typed again."""
        return bool(household) and self._drafts.returned.startswith(f"{household}:")

    def says(self, household: HouseholdId, form: Open) -> str:
        """Whether what is half-typed is kept, in words."""
        return self._drafts.says(_key(household, form))

    def stale(self, sheet: MonitoredSheet, form: Open | None) -> tuple[str, ...]:
        """What tells that the half-typed form may hold no more; empty while it does, and where there is none."""
        kept = None if form is None else self._drafts.get(_key(sheet.line.household, form))
        return () if kept is None or form is None else kept.stale(_grounds(sheet, form), sheet.today)

    def check(self, sheet: MonitoredSheet, form: Open) -> None:
        """The user has seen what changed."""
        self._drafts.check(_key(sheet.line.household, form), _grounds(sheet, form), sheet.today)

    def newest_of(self, sheet: MonitoredSheet) -> Open | None:
        """The form that was begun last of those that the household still takes."""
        begun = [form for form, _ in self._of(sheet.line.household) if not _why_useless(sheet, form)]
        return begun[-1] if begun else None

    def useless(self, sheet: MonitoredSheet) -> tuple[str, ...]:
        """What was half-typed for forms that the household takes no more, with the reason and the words that were typed."""
        said: list[str] = []
        for form, draft in self._of(sheet.line.household):
            why = _why_useless(sheet, form)
            if why:
                typed = f"；当时填写的：{draft.words}" if draft.words else ""
                said.append(f"{day(draft.kept_on)}填写了一半的“{draft.title}”用不上了：{why}{typed}")
        return tuple(said)

    def drop_useless(self, sheet: MonitoredSheet) -> None:
        """Give up those that the household takes no more."""
        for form in [form for form, _ in self._of(sheet.line.household) if _why_useless(sheet, form)]:
            self.drop(sheet.line.household, form)

    @property
    def names(self) -> tuple[str, ...]:
        """Whose half-typed forms would be lost if the program ended now, each once."""
        return names_of(self._drafts.unsafe)

    def _of(self, household: HouseholdId) -> Iterator[tuple[Open, FormDraft]]:
        """A form that this version does not know is passed over."""
        forms = {form.value: form for form in MonitoringForm}
        for key, draft in self._drafts.all():
            kept, form, number = (*key.split(":"), "", "")[:3]
            if kept == household and form in forms and number.isdecimal():
                yield (forms[form], int(number)), draft


def kept_entry(sheet: MonitoredSheet, form: Open) -> object | None:
    """The measure or visit that a form corrects; None where it writes a new one."""
    kind, number = form
    if kind is MonitoringForm.MEASURE:
        return next((each for each in sheet.state.measures if each.number == number), None)
    if kind is MonitoringForm.FOLLOW_UP_VISIT:
        return next((each for each in sheet.state.visits if each.number == number), None)
    return None


def mending_entry(sheet: MonitoredSheet, saved: Open) -> Open:
    """The form that corrects what a form wrote just now: of a new measure or visit the newest one's."""
    kind, number = saved
    if number == 0 and kind is MonitoringForm.MEASURE:
        number = max((each.number for each in sheet.state.measures), default=0)
    if number == 0 and kind is MonitoringForm.FOLLOW_UP_VISIT:
        number = max((each.number for each in sheet.state.visits), default=0)
    return kind, number


def _grounds(sheet: MonitoredSheet, form: Open) -> tuple[Ground, ...]:
    line, kept = sheet.line, kept_entry(sheet, form)
    visits = sheet.state.visits
    last = f"最近一次{day(max(each.visited_on for each in visits))}" if visits else "没有走访"
    grounds = [
        Ground(title="户主", words=line.head_name or "没有户主", mark=str(line.people)),
        Ground(title="状态", words=standing_words(line)),
    ]
    if form[1]:
        grounds.append(Ground(title="要更正的一条", words="没有" if kept is None else "已登记", mark=mark_of(kept)))
    elif form[0] is MonitoringForm.FOLLOW_UP_VISIT:
        grounds.append(Ground(title="走访", words=last, mark=str(len(visits))))
    elif form[0] is MonitoringForm.MEASURE:
        grounds.append(Ground(title="帮扶措施", words=f"{len(sheet.state.measures)}项"))
    else:
        grounds.append(Ground(title="风险消除", words=f"办了{len(sheet.state.clearing)}步"))
    return tuple(grounds)


def _why_useless(sheet: MonitoredSheet, form: Open) -> str:
    kind, step, standing = form[0], sheet.line.next_step, sheet.line.standing
    if standing is MonitoringStanding.WITHDRAWN:
        return "认定已撤销"
    if form[1] and kept_entry(sheet, form) is None:
        return "要更正的一条已经没有了"
    if kind is MonitoringForm.ROLLBACK and standing not in {MonitoringStanding.CLEARING, MonitoringStanding.CLEARED}:
        return "没有可以回退的"
    if kind is MonitoringForm.CLEARING_VISIT and step is not ClearingStep.HOME_VISIT:
        return "入户核查已经登记"
    if kind is MonitoringForm.CLEARING_STEP and step in {None, ClearingStep.HOME_VISIT}:
        return "这一步现在不办"
    return ""


def _key(household: HouseholdId, form: Open) -> str:
    return f"{household}:{form[0].value}:{form[1]}"
