"""The keys by which the code asks a pack for one entry; a pack without one of them is refused by :mod:`.pack_checks`."""

OTHER_REASON = "other"
"""不符合 for a reason that the clerk says in her own words."""
NOT_AGREED_REASON = "not_agreed"
"""不符合 because the 民主评议 did not agree."""
REFUSAL_LETTER = "refusal"
"""The letter that answers a refused applicant (一（三）2)."""
LEDGER_DATE = "ledger"
"""附件2 from town to bureau (一（三）1)."""
LISTS_DATE = "department_warnings"
"""The departments deliver (一（二）1)."""
WARNINGS_DATE = "warnings_to_towns"
"""The bureau hands out (一（二）2); a town waits for it."""
ID_NUMBER_MASK = "id_number"
"""What a screen shows of an id number."""
PHONE_MASK = "phone"
"""What a screen shows of a telephone number."""

NEEDED_KEYS = {
    "refusal_reasons": {OTHER_REASON, NOT_AGREED_REASON},
    "letters": {REFUSAL_LETTER},
    "masks": {ID_NUMBER_MASK, PHONE_MASK},
    "fixed_dates": {LISTS_DATE, WARNINGS_DATE, LEDGER_DATE},
}
"""By section of the pack."""
