"""The half-typed form 登记预警信息 and the half-filled grid 批量登记, as they lie on the shelf of the desk."""

from collections.abc import Mapping

from taizhang_casework.domain.screening_rows import Cells

from taizhang_desktop.viewmodels.drafts import DraftShelf

FORM = "intake:form"
ROWS = "intake:rows"

TypedForm = Mapping[str, str]
"""What stands in the fields letter for letter, of a choice its key, by the field's name; ``household`` is the known one."""
HOUSEHOLD = "household"


class IntakeDrafts:
    """Both on the shelf of the desk; without one they last as long as the program runs."""

    def __init__(self, shelf: DraftShelf | None = None) -> None:
        self.shelf = shelf or DraftShelf()

    def keep_form(self, typed: TypedForm, *, begun: bool) -> None:
        """Keep the form, or give its draft up where nothing in it is begun."""
        if begun:
            self.shelf.keep(FORM, dict(typed))
        else:
            self.shelf.drop(FORM)

    def keep_rows(self, rows: tuple[Cells, ...]) -> None:
        """Keep the rows of the grid, or give their draft up where there are none."""
        if rows:
            self.shelf.keep(ROWS, rows)
        else:
            self.shelf.drop(ROWS)

    @property
    def form(self) -> TypedForm:
        """The form as it was left; empty where it was not begun."""
        kept = self.shelf.get(FORM)
        return {str(name): str(typed) for name, typed in kept.items()} if isinstance(kept, dict) else {}

    @property
    def rows(self) -> tuple[Cells, ...]:
        """The rows of the grid as they were left."""
        kept = self.shelf.get(ROWS)
        return tuple(tuple(map(str, row)) for row in kept) if isinstance(kept, list) else ()

    @property
    def safe(self) -> bool:
        """Whether nothing of them is lost when the program ends."""
        return self.shelf.is_safe(FORM) and self.shelf.is_safe(ROWS)

    @property
    def says(self) -> str:
        """Whether the half-typed form is kept, in words."""
        return self.shelf.says(FORM)
