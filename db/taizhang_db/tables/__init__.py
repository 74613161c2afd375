"""The tables as they stand today; how a file came to have them is in :mod:`taizhang_db.migrations`.

A value is kept whole as JSON (``body``); the columns beside it are its index, written from it in the same statement, so that lists
are searched, filtered and sorted without decoding.
"""

from taizhang_db.tables.attachments import attachment_files, attachment_naming, attachments
from taizhang_db.tables.backups import backups
from taizhang_db.tables.bureau import (
    list_imports,
    list_warnings,
    received_counts,
    received_filings,
    sent_tally,
    sent_warnings,
)
from taizhang_db.tables.case_index import case_tally
from taizhang_db.tables.cases import case_bodies, cases, household_names, household_numbers, households, match_decisions
from taizhang_db.tables.columns import metadata
from taizhang_db.tables.drafts import drafts
from taizhang_db.tables.income_lines import income_lines
from taizhang_db.tables.journal import journal
from taizhang_db.tables.list_views import list_views
from taizhang_db.tables.monitored import monitored_households
from taizhang_db.tables.papers import filing_lines, filings, letters, own_office, packages, partners
from taizhang_db.tables.prints import prints, seals
from taizhang_db.tables.users import key_state, users

__all__ = [
    "attachment_files",
    "attachment_naming",
    "attachments",
    "backups",
    "case_bodies",
    "case_tally",
    "cases",
    "drafts",
    "filing_lines",
    "filings",
    "household_names",
    "household_numbers",
    "households",
    "income_lines",
    "journal",
    "key_state",
    "letters",
    "list_imports",
    "list_views",
    "list_warnings",
    "match_decisions",
    "metadata",
    "monitored_households",
    "own_office",
    "packages",
    "partners",
    "prints",
    "received_counts",
    "received_filings",
    "seals",
    "sent_tally",
    "sent_warnings",
    "users",
]
