"""The words of a notice, as far as its pack has them: what differs from place to place is never in the code."""

from collections.abc import Mapping

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.pack import NoticeWording, RegulationPack
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind

NOTICE_KEYS = {
    PaperKind.PUBLIC_NOTICE: "public_notice",
    PaperKind.NOTICE_RESULT: "notice_result",
    PaperKind.COMPARISON_REQUEST: "comparison_request",
    PaperKind.RECOGNITION_NOTICE: "recognised",
}
"""The sheets whose words are the pack's, and the key by which it has them."""
EMPTY_NOTICE = "public_notice_empty"
"""The key of the words of a 村级公示 that says that nobody is to be posted."""


def wording(pack: RegulationPack, kind: PaperKind) -> NoticeWording:
    """The words of that sheet; KeyError where the pack has none, which :func:`no_wording` has said before."""
    return pack.notice(NOTICE_KEYS[kind])


def no_wording(pack: RegulationPack, kind: PaperKind) -> tuple[Finding, ...]:
    """Whether the pack lacks the words of that sheet: nothing is made up in their place."""
    if any(notice.key == NOTICE_KEYS[kind] for notice in pack.notices):
        return ()
    says = f"现行规则（{pack.document}）没有“{PAPER_WORDS[kind]}”的文字，不能打印；需要的，请区局在规则包里补充"
    return (Finding(field="", code="no_wording", says=says),)


def filled(texts: tuple[str, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences with their placeholders filled in."""
    return tuple(text.format(**words) for text in texts)
