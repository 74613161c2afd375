"""The words of an official sheet, as far as its pack has them: nothing is made up in their place."""

from collections.abc import Mapping

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.pack import PaperWording, RegulationPack
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind

EMPTY_NOTICE = "public_notice_empty"
"""The key of the words of a 村级公示 that says that nobody is to be posted."""


def wording(pack: RegulationPack, key: str) -> PaperWording:
    """The words of that sheet; KeyError where the pack has none, which :func:`no_wording` has said before."""
    found = pack.paper(key)
    if found is None:
        raise KeyError(key)
    return found


def no_wording(pack: RegulationPack, kind: PaperKind) -> tuple[Finding, ...]:
    """Whether the pack lacks the words of that sheet."""
    if pack.paper(kind.value) is not None:
        return ()
    says = f"现行规则（{pack.document}）没有“{PAPER_WORDS[kind]}”的文字，不能打印；需要的，请区局在规则包里补充"
    return (Finding(field="", code="no_wording", says=says),)


def filled(texts: tuple[str, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences with their placeholders filled in."""
    return tuple(text.format(**words) for text in texts)
