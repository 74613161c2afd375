"""A half-typed form as it lies on the shelf: its words, whose it is, on what it was begun, and what became of that since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b

import msgspec
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import FRESH_DAYS, Ground, is_old, what_changed
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.words import day

Typed = Mapping[str, str | tuple[str, ...]]
"""What stands in the fields of a form letter for letter, readable or not, by the field's name."""

UNCHECKED = Finding(field="", code="stale_draft", says="填写以后情况有变化，请先看上面的变化，核对后点“已核对，接着填”")
"""Why a stale form is not saved yet."""
TYPED_SINCE = "保存的时候又填写的内容还在表格里，没有保存，请核对后再保存一次"
"""Said where something was typed while a save was under way."""


class FormDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One half-typed form. ``who`` is the name by which the user knows what it is about, ``target`` what its screen is gone to with.

    ``kept_on`` is the day of the last key; ``grounds`` are those of the first.
    """

    title: str
    typed: dict[str, str | tuple[str, ...]]
    kept_on: date
    who: str = ""
    target: str = ""
    grounds: tuple[Ground, ...] = ()

    def stale(self, now: Sequence[Ground], today: date) -> tuple[str, ...]:
        """What tells that it may hold no more, a line each; empty while it does."""
        lies = is_old(self.kept_on, today)
        old = (f"{day(self.kept_on)}填写的，已经超过{FRESH_DAYS}天",) if lies else ()
        return (*old, *what_changed(self.grounds, now))

    @property
    def words(self) -> str:
        """The sentences and names that were typed, to be read once more where the form is of no use any more."""
        said = [value for value in self.typed.values() if isinstance(value, str)]
        return "；".join(each for each in said if not each.isascii())


class FormDrafts:
    """The half-typed forms of one screen on the shelf of the desk, whose keys begin with ``mark``."""

    def __init__(self, mark: str, shelf: DraftShelf | None = None) -> None:
        """Without a shelf they last as long as the program runs."""
        self._mark = f"{mark}:"
        self.shelf = shelf or DraftShelf()

    def keep(self, key: str, draft: FormDraft) -> None:
        """Keep what is typed; on what it was begun stays as it was at the first key."""
        before = self.get(key)
        kept = draft if before is None else msgspec.structs.replace(draft, grounds=before.grounds)
        self.shelf.keep(self._mark + key, msgspec.to_builtins(kept))

    def check(self, key: str, grounds: tuple[Ground, ...], today: date) -> None:
        """The user has seen what changed: from now on it is as if begun today."""
        draft = self.get(key)
        if draft is not None:
            fresh = msgspec.structs.replace(draft, grounds=grounds, kept_on=today)
            self.shelf.keep(self._mark + key, msgspec.to_builtins(fresh))

    def get(self, key: str) -> FormDraft | None:
        """What was typed; None where nothing was, or another version of the program wrote it."""
        return _draft(self.shelf.get(self._mark + key))

    def drop(self, key: str) -> None:
        """It is saved, or given up."""
        self.shelf.drop(self._mark + key)

    def hand_in(self, key: str, by: Changes, *, typed_since: bool = False) -> None:
        """It is saved by these changes; should they be taken back, it is half-typed again, but for what was ``typed_since``."""
        self.shelf.hand_in(self._mark + key, by, typed_since=typed_since)

    @property
    def returned(self) -> str:
        """The key of the form that 撤销 just made half-typed again; empty where it is none of these."""
        key = self.shelf.returned
        return key.removeprefix(self._mark) if key.startswith(self._mark) else ""

    def says(self, key: str) -> str:
        """Whether what is half-typed is kept, in words."""
        return self.shelf.says(self._mark + key)

    def all(self) -> Iterator[tuple[str, FormDraft]]:
        """Each with its key, begun last the last."""
        for key in self.shelf.keys:
            draft = _draft(self.shelf.get(key)) if key.startswith(self._mark) else None
            if draft is not None:
                yield key.removeprefix(self._mark), draft

    @property
    def unsafe(self) -> tuple[FormDraft, ...]:
        """Those that would be lost if the program ended now."""
        return tuple(draft for key, draft in self.all() if not self.shelf.is_safe(self._mark + key))


def mark_of(*kept: object) -> str:
    """A short mark that is another one when any of these is."""
    return blake2b(repr(kept).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def names_of(drafts: Iterable[FormDraft]) -> tuple[str, ...]:
    """Whose they are, each once."""
    return tuple(dict.fromkeys(draft.who or draft.title for draft in drafts))


def _draft(kept: object) -> FormDraft | None:
    try:
        return msgspec.convert(kept, FormDraft)
    except msgspec.ValidationError:
        return None
