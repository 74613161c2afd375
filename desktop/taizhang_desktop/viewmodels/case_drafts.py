"""The half-typed forms of cases."""

from collections.abc import Iterator, Mapping

from taizhang_casework.domain.case import CaseId

from taizhang_desktop.viewmodels.case_form import CaseForm, Typed
from taizhang_desktop.viewmodels.drafts import DraftShelf

_MARK = "case"


class CaseDrafts:
    """One draft a case and form, on the shelf of the desk; without one they last as long as the program runs."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        self.shelf = shelf or DraftShelf()

    def keep(self, case: CaseId, form: CaseForm, who: str, typed: Typed) -> None:
        """Keep what is typed; ``who`` is the name by which the user knows the case."""
        self.shelf.keep(_key(case, form), {"who": who, "typed": dict(typed)})

    def get(self, case: CaseId, form: CaseForm) -> Typed | None:
        """What was typed, None where nothing was."""
        kept = self.shelf.get(_key(case, form))
        typed = kept.get("typed") if isinstance(kept, dict) else None
        return _typed(typed) if isinstance(typed, dict) else None

    def drop(self, case: CaseId, form: CaseForm) -> None:
        """It is saved, or given up."""
        self.shelf.drop(_key(case, form))

    def newest_of(self, case: CaseId) -> CaseForm | None:
        """The form that was begun last in that case."""
        begun = [form for kept, form in self._all() if kept == case]
        return begun[-1] if begun else None

    def says(self, case: CaseId, form: CaseForm) -> str:
        """Whether what is half-typed is kept, in words."""
        return self.shelf.says(_key(case, form))

    @property
    def names(self) -> tuple[str, ...]:
        """Whose half-typed forms would be lost if the program ended now, each once."""
        unsafe = [self._who(case, form) for case, form in self._all() if not self.shelf.is_safe(_key(case, form))]
        return tuple(dict.fromkeys(unsafe))

    @property
    def newest(self) -> tuple[CaseId, str] | None:
        """The case in which a form was begun last, and whose it is."""
        begun = list(self._all())
        return (begun[-1][0], self._who(*begun[-1])) if begun else None

    def _who(self, case: CaseId, form: CaseForm) -> str:
        kept = self.shelf.get(_key(case, form))
        return str(kept.get("who", "")) if isinstance(kept, dict) else ""

    def _all(self) -> Iterator[tuple[CaseId, CaseForm]]:
        """A form that this version does not know is passed over."""
        forms = {form.value: form for form in CaseForm}
        for key in self.shelf.keys:
            mark, _, rest = key.partition(":")
            case, _, form = rest.partition(":")
            if mark == _MARK and form in forms:
                yield CaseId(case), forms[form]


def _key(case: CaseId, form: CaseForm) -> str:
    return f"{_MARK}:{case}:{form.value}"


def _typed(kept: Mapping[str, object]) -> Typed:
    return {
        name: tuple(str(part) for part in value) if isinstance(value, list) else str(value)
        for name, value in kept.items()
    }
