"""Which sheets have words that a pack lays down, and what can be filled into them."""

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.pack import PaperWording, RegulationPack
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind

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


def paper_wording(pack: RegulationPack, kind: PaperKind) -> PaperWording:
    """The pack's words for the sheet; LookupError where it has none, which :func:`no_wording` tells before."""
    wording = pack.paper(kind.value)
    if wording is None:
        raise LookupError(kind)
    return wording


def no_wording(pack: RegulationPack, kind: PaperKind) -> tuple[Finding, ...]:
    """The finding that the pack has no words for the sheet; empty where it has."""
    if pack.paper(kind.value) is not None:
        return ()
    says = f"规则包“{pack.document}”没有{PAPER_WORDS[kind]}的文字，不能打印；请向提供规则包的单位要新版规则包"
    return (Finding(field="", code="no_wording", says=says),)
