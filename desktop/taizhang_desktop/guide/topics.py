"""What there is a page of help about: each screen, each part that stands in a screen's place, and the pages before the desk."""

from enum import Enum

from taizhang_desktop.viewmodels.case_form import LETTER_FORMS, CaseForm
from taizhang_desktop.viewmodels.navigation import Place


class Topic(Enum):
    """The value is the name of the page's file."""

    TODAY = "today"
    LEDGER = "ledger"
    INTAKE = "intake"
    INTAKE_ROWS = "intake_rows"
    RECYCLE_BIN = "recycle_bin"
    CASE = "case"
    MATCHING = "matching"
    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"
    GREEN_CHANNEL = "green_channel"
    REFUSAL = "refusal"
    LETTER = "letter"
    CLOSING = "closing"
    REOPENING = "reopening"
    INCOME_LINES = "income_lines"
    PAPERS = "papers"
    BATCH = "batch"
    HOUSEHOLDS = "households"
    MONITORED = "monitored"
    FILING = "filing"
    EXCHANGE = "exchange"
    BACKUP = "backup"
    PAGE_CHECK = "page_check"
    USERS = "users"
    DEPARTMENT_WARNINGS = "department_warnings"
    SENDING = "sending"
    BOARD = "board"
    SUMMARY = "summary"
    FIRST_START = "first_start"
    OFFICES = "offices"
    UNLOCK = "unlock"
    NEW_PASSPHRASE = "new_passphrase"  # noqa: S105 - the name of a page
    RESTORE = "restore"
    TRAINING = "training"


CASE_TOPICS = frozenset(
    {
        *(Topic.CASE, Topic.MATCHING, Topic.HOME_VISIT, Topic.DEMOCRATIC_REVIEW, Topic.DATA_COMPARISON),
        *(Topic.PUBLIC_NOTICE, Topic.SYSTEM_ENTRY, Topic.GREEN_CHANNEL, Topic.REFUSAL, Topic.LETTER),
        *(Topic.CLOSING, Topic.REOPENING),
    }
)
"""Those that belong to 案件办理."""

START_TOPICS = frozenset(
    {Topic.FIRST_START, Topic.OFFICES, Topic.UNLOCK, Topic.NEW_PASSPHRASE, Topic.RESTORE, Topic.TRAINING}
)
"""Those of the pages before the desk."""


def topic_of_place(place: Place) -> Topic:
    """The page of a screen as it opens."""
    return Topic(place.value)


def topic_of_form(form: CaseForm) -> Topic:
    """The page about what the case page asks."""
    if form in LETTER_FORMS:
        return Topic.LETTER
    if form.step is not None:
        return Topic(form.step.value)
    return _OTHERS.get(form) or Topic(form.value)


_OTHERS = {
    CaseForm.MEMBER: Topic.MATCHING,
    CaseForm.DISCARDING: Topic.RECYCLE_BIN,
    CaseForm.WARNING: Topic.CASE,
    CaseForm.MOVING: Topic.MATCHING,
}
