"""Which sheets have words that a pack lays down, and what can be filled into them."""

PAPER_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "application": frozenset({"town", "village", "document"}),
    "authorisation": frozenset({"town", "bureau", "items", "document"}),
}
"""By the value of the sheet's :class:`~taizhang_casework.domain.papers.kind.PaperKind`."""
