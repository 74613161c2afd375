"""What the case page shows."""

import msgspec
from taizhang_casework.domain.answers import Given

from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.case_answers import first_answers, kept_record
from taizhang_desktop.viewmodels.case_facts import FactGroup, fact_groups
from taizhang_desktop.viewmodels.case_form import LETTER_FORMS, CaseForm, corrects_decided, form_title, offered_forms
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``sheet`` is None before the first case, while one is read (``loading``), or where none is (``gone``).

    ``asking``: the rules had notes, and saving again writes the record as it is. ``emptied`` counts how
    often what stood in the form was thrown away, or came back. ``trouble`` is why the case could not be read.
    """

    sheet: CaseSheet | None = None
    form: CaseForm = CaseForm.HOME_VISIT
    unmasked: bool = False
    busy: bool = False
    asking: bool = False
    emptied: int = 0
    loading: bool = False
    gone: bool = False
    trouble: Troubled | None = None

    @property
    def answers(self) -> Given:
        """What stands in the form when it is opened."""
        return {} if self.sheet is None else first_answers(self.form, self.sheet)

    @property
    def correcting(self) -> bool:
        """Whether the form corrects what was written before."""
        return self.sheet is not None and kept_record(self.form, self.sheet) is not None

    @property
    def locked(self) -> bool:
        """Whether the form may only be read: the case is closed. What was done, and what became of the letter, can be corrected."""
        if self.sheet is None or self.sheet.state.closed_on is None:
            return False
        if corrects_decided(self.form, self.sheet):
            return False
        return self.form is not CaseForm.REOPENING and self.form not in LETTER_FORMS

    @property
    def title(self) -> str:
        """What the form is called."""
        return "" if self.sheet is None else form_title(self.form, self.sheet)

    @property
    def facts(self) -> tuple[FactGroup, ...]:
        """The facts beside the form."""
        return () if self.sheet is None else fact_groups(self.sheet, unmasked=self.unmasked)

    @property
    def offers(self) -> frozenset[CaseForm]:
        """The forms beside the steps that the case can take now."""
        return frozenset() if self.sheet is None else offered_forms(self.sheet)
