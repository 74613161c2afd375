"""Which sheets have words that a pack lays down, and what can be filled into them."""

PAPER_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "application": frozenset({"town", "village", "document"}),
    "authorisation": frozenset({"town", "bureau", "items", "document"}),
    "public_notice": frozenset(
        {"town", "document", "households", "people", "posted_on", "ended_on", "days", "place", "contact"}
    ),
    "public_notice_empty": frozenset({"town", "document", "posted_on", "ended_on", "days", "place", "contact"}),
    "notice_result": frozenset({"town", "document", "households", "people", "posted_on", "ended_on", "days", "place"}),
    "comparison_request": frozenset({"town", "document", "people", "items", "item_count", "contact"}),
    "recognition_notice": frozenset(
        {"town", "document", "applicant", "received_on", "kind", "recognised_on", "contact"}
    ),
}
"""By the value of the sheet's :class:`~taizhang_casework.domain.papers.kind.PaperKind`."""
