"""The half-typed answers of 一起办理, a draft a deed: what holds for all, what is each household's own, and who was chosen."""

from collections.abc import Mapping
from datetime import date

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import Ground

from taizhang_desktop.viewmodels.batch_sheet import DEED_WORDS, BatchDeed
from taizhang_desktop.viewmodels.batch_view import BatchView
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, Typed

BATCH = "batch"
"""Begins the keys of these drafts."""
_SHARED, _OWN, _CHOSEN = "shared:", "own:", "chosen"
_NAMED = 3


class BatchDrafts:
    """On the shelf of the desk; without one they last as long as the program runs."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        """Begin with what lies there."""
        self._drafts = FormDrafts(BATCH, shelf)
        self.shelf = self._drafts.shelf

    def keep(self, view: BatchView, typed: Typed, target: str, today: date) -> None:
        """Keep the answers that hold for all the households of the view, which were gone to with ``target``."""
        self._put(view, {f"{_SHARED}{name}": value for name, value in typed.items()}, target, today)

    def keep_own(self, view: BatchView, case: CaseId, typed: Mapping[str, str], target: str, today: date) -> None:
        """Keep what is one household's own."""
        self._put(view, {f"{_OWN}{case}:{name}": value for name, value in typed.items()}, target, today)

    def shared(self, deed: BatchDeed) -> Typed | None:
        """What holds for all; None where nothing was typed."""
        return _begun(self._typed(deed), _SHARED) or None

    def own(self, deed: BatchDeed, case: CaseId) -> dict[str, str]:
        """What is one household's own, by field."""
        return {name: str(value) for name, value in _begun(self._typed(deed), f"{_OWN}{case}:").items()}

    def chosen(self, deed: BatchDeed) -> frozenset[CaseId]:
        """Who was chosen when something was typed last."""
        return frozenset(CaseId(case) for case in self._typed(deed).get(_CHOSEN, ()))

    def begun_with(self, target: str) -> BatchDeed | None:
        """The deed that was begun last for the households of that target."""
        deeds = {deed.value: deed for deed in BatchDeed}
        begun = [deeds[key] for key, draft in self._drafts.all() if draft.target == target and key in deeds]
        return begun[-1] if begun else None

    def drop(self, deed: BatchDeed) -> None:
        """It is written, or given up."""
        self._drafts.drop(deed.value)

    def hand_in(self, deed: BatchDeed, by: Changes) -> None:
        """It is written by these changes; should they be taken back, it is half-typed again."""
        self._drafts.hand_in(deed.value, by)

    @property
    def returned(self) -> BatchDeed | None:
        """The deed whose answers 撤销 just made half-typed again."""
        return next((deed for deed in BatchDeed if deed.value == self._drafts.returned), None)

    def says(self, deed: BatchDeed) -> str:
        """Whether what is half-typed is kept, in words."""
        return self._drafts.says(deed.value)

    def stale(self, view: BatchView, today: date) -> tuple[str, ...]:
        """What tells that the half-typed answers may hold no more; empty while they do, and where there are none."""
        kept = None if view.sheet is None else self._drafts.get(view.deed.value)
        return () if kept is None else kept.stale(_grounds(view), today)

    def check(self, view: BatchView, today: date) -> None:
        """The user has seen what changed."""
        self._drafts.check(view.deed.value, _grounds(view), today)

    @property
    def names(self) -> tuple[str, ...]:
        """For which deeds something would be lost if the program ended now."""
        unsafe = {draft.title for draft in self._drafts.unsafe}
        return tuple(words for deed, words in DEED_WORDS.items() if _title(deed) in unsafe)

    def _put(self, view: BatchView, typed: Mapping[str, str | tuple[str, ...]], target: str, today: date) -> None:
        chosen = {_CHOSEN: tuple(str(line.case) for line in view.chosen)}
        draft = FormDraft(
            title=_title(view.deed),
            who=_households(view),
            target=target,
            typed={**self._typed(view.deed), **typed, **chosen},
            kept_on=today,
            grounds=_grounds(view),
        )
        self._drafts.keep(view.deed.value, draft)

    def _typed(self, deed: BatchDeed) -> dict[str, str | tuple[str, ...]]:
        kept = self._drafts.get(deed.value)
        return {} if kept is None else kept.typed


def _begun(typed: Mapping[str, str | tuple[str, ...]], mark: str) -> dict[str, str | tuple[str, ...]]:
    return {name.removeprefix(mark): value for name, value in typed.items() if name.startswith(mark)}


def _grounds(view: BatchView) -> tuple[Ground, ...]:
    lines = () if view.sheet is None else view.sheet.lines
    return (
        Ground(title="一起办理的户", words=f"是{_households(view)}", mark=",".join(line.case for line in lines)),
        *(Ground(title=f"{each.who}（{each.village}）", words=each.why_not[view.deed] or "可以办理") for each in lines),
    )


def _title(deed: BatchDeed) -> str:
    return f"一起办理：{DEED_WORDS[deed]}"


def _households(view: BatchView) -> str:
    names = [] if view.sheet is None else [line.who for line in view.sheet.lines]
    more = f"等{len(names)}户" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
