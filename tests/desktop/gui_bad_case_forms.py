"""Every form of a case with nothing, far too much, emoji, rare and private characters, tables, wrong days: a sentence, nothing lost."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from answered_forms import ANSWERED
from bad_input import DAYS, NEVER_KEPT, NUMBERS, TEXTS, Filled, Heard, fill, held, must_say, put, shown, texts_of
from case_page import click, matched, visible, warned
from PySide6.QtWidgets import QLineEdit
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Refusal, Step
from taizhang_casework.services.correspondence import answer_delivered, draft_letter, note_printed
from taizhang_casework.services.verification import Recorded, answer, record
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.money_field import MoneyField
from taizhang_desktop.kit.text_fields import DateField, IntegerField
from taizhang_desktop.screens.case.lines_field import LinesField
from taizhang_desktop.screens.case.panels import FORMS as ALL_FORMS
from taizhang_desktop.screens.case.panels import FormPart
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_printing.printable import PrintableText

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce

FORMS = [form for form in ALL_FORMS if form is not CaseForm.MOVING]
"""Without 改归另一户, which finds a household instead of taking words."""

WORDLESS = {CaseForm.CLOSING, CaseForm.DATA_COMPARISON, CaseForm.AUTHORISATIONS_ASKED}
"""They ask days and choices; the words of the second stand in the cells of its lists."""
BEFORE = (
    RecordKind.HOME_VISIT,
    RecordKind.DEMOCRATIC_REVIEW,
    RecordKind.DATA_COMPARISON,
    RecordKind.PUBLIC_NOTICE,
    RecordKind.SYSTEM_ENTRY,
)
REFUSED = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
SENT: Given = {
    "delivered_on": date(2022, 4, 24),
    "way": "in_person",
    "delivered_by": ("孙晓梅", "周志强"),
    "received_by": "王建国",
}
EXTRA: Mapping[CaseForm, Given] = {
    CaseForm.MEMBER: {"head_name": "王大山", "relation": "child"},
    CaseForm.CONTACT: {"contact": "88880000"},
    CaseForm.DELIVERY: SENT,
    CaseForm.RETURN_VISIT: {
        "visited_on": date(2022, 4, 25),
        "visitors": ("孙晓梅",),
        "explained": "说明了政策",
        "attitude": "理解",
    },
    CaseForm.DISCARDING: {"why": "登记重了"},
    CaseForm.WARNING: {
        "channel": "self_application",
        "source": "12345",
        "name": "王建国",
        "received_on": date(2022, 4, 11),
        "applicant": "王建国",
        "applied_on": date(2022, 4, 11),
        "why": "来源打错了",
    },
}


@dataclass
class Desk:
    """The case page with one form open, filled as it should be."""

    screen: CaseScreen
    work: Work
    case: CaseId
    form_key: CaseForm
    heard: Heard

    @property
    def part(self) -> FormPart:
        panel = self.screen._panel
        assert panel is not None
        assert panel.part is not None
        return panel.part

    @property
    def form(self) -> RecordForm:
        return self.part.form

    def stored(self) -> tuple[object, ...]:
        with self.work.store.reading() as desk:
            case = desk.cases.get(self.case)
            household = None if case.household is None else desk.households.get(case.household)
            return (case, tuple(desk.letters.history(self.case)), household)

    def save(self) -> bool:
        """Hand it in, again where it is only asked; whether it was written."""
        before = self.stored()
        self.heard.clear()
        click(self.screen, "case_save")
        if self.stored() == before and self.heard and not any(each.blocks for each in self.heard[-1]):
            click(self.screen, "case_save")
        return self.stored() != before

    def rest(self) -> str:
        rest = self.part.rest
        return f"{rest.text()}\n{rest.toolTip()}"


Open = Callable[[CaseForm], Desk]


def ready_for(work: Work, form: CaseForm) -> CaseId:
    """A case that takes that form now."""
    case = warned(work) if form is CaseForm.MEMBER else matched(work)
    letter_forms = {CaseForm.CONTACT: 0, CaseForm.DELIVERY: 1, CaseForm.RETURN_VISIT: 2}
    if form in letter_forms:
        write(work, case, RecordKind.HOME_VISIT)
        record(work, case, REFUSED)
        if letter_forms[form]:
            letter = draft_letter(work, case, contact="88880000").letter
            note_printed(work, letter.id, copies=2)
        if form is CaseForm.RETURN_VISIT:
            with work.store.reading() as desk:
                printed = desk.letters.of_case(case)
            assert printed is not None
            sent = {**SENT, "delivered_on": work.clock.today()}
            assert isinstance(answer_delivered(work, printed.id, sent), Recorded)
    elif form is CaseForm.CLOSING:
        for kind in BEFORE:
            write(work, case, kind)
    elif form is CaseForm.REOPENING:
        write(work, case, RecordKind.HOME_VISIT)
    elif form.step is not None:
        for kind in BEFORE[: tuple(Step).index(form.step)]:
            write(work, case, kind)
    return case


def write(work: Work, case: CaseId, kind: RecordKind) -> None:
    assert isinstance(answer(work, case, kind, ANSWERED[kind], seen=every(work, case, kind)), Recorded)


def every(work: Work, case: CaseId, kind: RecordKind) -> tuple[Finding, ...]:
    said = answer(work, case, kind, ANSWERED[kind])
    return () if isinstance(said, Recorded) else said.notes


@pytest.fixture
def opened(screen: CaseScreen, town_work: Work, clock: StoryClock) -> Open:
    clock.go_to(date(2022, 4, 25))

    def at(form: CaseForm) -> Desk:
        case = ready_for(town_work, form)
        screen.activate(case)
        screen._model.choose(form)
        heard: Heard = []
        screen._model.found_fault.connect(heard.append)
        desk = Desk(screen, town_work, case, form, heard)
        kind = form.record
        desk.form.fill(EXTRA[form] if kind is None else ANSWERED[kind])
        return desk

    return at


def refused(desk: Desk, filled: Filled, kind: str) -> None:
    """Nothing is lost, and everything that has to be said is."""
    filled.still()
    filled.said(desk.heard[-1], desk.rest())
    words = {each.name for each, _ in texts_of(desk.form) if must_say(kind, each)}
    assert words <= {each.field for each in desk.heard[-1]}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.value)
def test_whatever_is_typed_is_kept_char_for_char_or_answered_at_its_field(
    form: CaseForm, kind: str, opened: Open, runner: "AtOnce"
) -> None:
    desk = opened(form)
    part_before = desk.part
    filled = fill(desk.form, TEXTS[kind])
    words = texts_of(desk.form)
    if desk.save():
        assert not any(must_say(kind, each) for each, _ in words)
        filled.in_vault(desk.stored())
    else:
        assert desk.part is part_before
        refused(desk, filled, kind)
    assert runner.failures == []


@pytest.mark.parametrize("form", [form for form in FORMS if form not in WORDLESS], ids=lambda form: form.value)
def test_far_too_much_and_unseen_characters_are_said_at_every_field(
    form: CaseForm, opened: Open, runner: "AtOnce"
) -> None:
    desk = opened(form)
    for kind, text in NEVER_KEPT.items():
        filled = fill(desk.form, text)
        assert filled.held
        assert not desk.save()
        refused(desk, filled, kind)
    assert runner.failures == []


@pytest.mark.parametrize("form", [form for form in FORMS if form is not CaseForm.CLOSING], ids=lambda form: form.value)
def test_every_form_of_a_case_takes_the_answers_that_it_is_tried_with(form: CaseForm, opened: Open) -> None:
    assert opened(form).save()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.value)
def test_wrong_days_and_numbers_are_each_answered_with_a_sentence_all_at_once(form: CaseForm, opened: Open) -> None:
    desk = opened(form)
    days = [(each, editor) for each, editor in shown(desk.form) if isinstance(each, DateField)]
    numbers = [(each, editor) for each, editor in shown(desk.form) if isinstance(each, IntegerField | MoneyField)]
    for wrong, fields in ((DAYS, days), (NUMBERS, numbers)):
        for typed in wrong.values():
            if not fields:
                continue
            wrong_ones = [each for each in fields if not (isinstance(each[0], MoneyField) and typed in {"1.5", "-1"})]
            for _, editor in wrong_ones:
                put(editor, typed)
            filled = Filled(desk.form, {each.name: held(each, editor) for each, editor in wrong_ones})
            assert not desk.save(), typed
            filled.still()
            said = filled.said(desk.heard[-1], desk.rest())
            assert {each.name for each, _ in wrong_ones} <= {each.field for each in said}, typed


@pytest.mark.parametrize("form", [CaseForm.HOME_VISIT, CaseForm.DATA_COMPARISON], ids=lambda form: form.value)
def test_in_the_cells_of_lists_it_is_said_too_and_stays(form: CaseForm, opened: Open, runner: "AtOnce") -> None:
    desk = opened(form)
    lists = [each for each in desk.form.fields if isinstance(each, LinesField)]
    cells = {
        each.name: [line for line in visible(each, QLineEdit) if not line.isReadOnly() and line.isEnabled()]
        for each in lists
    }
    for kind, text in (NEVER_KEPT | {"a pasted table": TEXTS["a pasted table"]}).items():
        for line in chain.from_iterable(cells.values()):
            put(line, text)
        before = {name: [line.text() for line in lines] for name, lines in cells.items()}
        assert not desk.save(), kind
        assert {name: [line.text() for line in lines] for name, lines in cells.items()} == before
        wrong = {each.field for each in desk.heard[-1] if each.blocks}
        assert {name for name, lines in cells.items() if lines} <= wrong, kind
    assert runner.failures == []


def test_words_that_no_paper_shows_get_no_letter_with_a_number(town_work: Work, clock: StoryClock) -> None:
    clock.go_to(date(2022, 4, 25))
    printing = dataclasses.replace(town_work, unprintable=PrintableText().unprintable)
    case = ready_for(printing, CaseForm.CONTACT)
    with pytest.raises(NotAccepted) as refusal:
        draft_letter(printing, case, contact="88880000😀")
    (said,) = refusal.value.findings
    assert (said.field, said.says) == (
        "contact",
        "联系方式中有打印不出的字：“😀”（U+1F600），请先改成规范汉字，再出具告知书",
    )
    letter = draft_letter(printing, case, contact="88880000").letter
    assert letter.notice.number.serial == 1, "no number is spent"
