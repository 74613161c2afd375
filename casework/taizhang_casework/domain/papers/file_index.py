"""一户一档目录: which papers the file holds, in the order of the work."""

from collections.abc import Iterator
from datetime import date

import msgspec

from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.steps import ComparisonSkipped, DataComparison, DemocraticReview, Step
from taizhang_casework.domain.warning import Channel

ATTACHED_WORDS = {
    AttachmentKind.PHOTO: "照片",
    AttachmentKind.SIGNED_SHEET: "签字表扫描件",
    AttachmentKind.PROOF_OF_DELIVERY: "送达回证扫描件",
    AttachmentKind.OTHER: "其他材料",
}
BLANK_LINES, LEAST_LINES, MORE_LINES = 18, 16, 4


class FiledPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the file. ``dated`` is the real day of what it records; ``copies`` None is left to whoever files it."""

    name: str
    dated: date | None = None
    copies: int | None = None


class FileIndex(msgspec.Struct, frozen=True, kw_only=True):
    """The list of papers; ``more`` are open lines under it. ``personal`` is whether it names anybody."""

    office_name: str
    papers: tuple[FiledPaper, ...]
    more: int
    village: str = ""
    head_name: str = ""
    personal: bool = False


def blank_file_index(setting: PaperSetting) -> FileIndex:
    """Open lines alone, since which papers a file has hangs on its case."""
    return FileIndex(office_name=setting.office_name, papers=(), more=BLANK_LINES)


def file_index(facts: PaperFacts) -> FileIndex:
    """Of a case: the papers of what was recorded, with their days; then what was attached, by kind."""
    papers = (*_papers(facts), *_attached(facts))
    return FileIndex(
        office_name=facts.setting.office_name,
        papers=papers,
        more=max(MORE_LINES, LEAST_LINES - len(papers)),
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
        personal=True,
    )


def _papers(facts: PaperFacts) -> Iterator[FiledPaper]:
    warning, state = facts.case.warning, facts.state
    if warning.channel is Channel.SELF_APPLICATION:
        yield _paper(PaperKind.APPLICATION, warning.applied_on)
    if state.green is not None:
        yield _paper(PaperKind.GREEN_CHANNEL, state.green.day)
    if state.home_visit is not None:
        yield _paper(PaperKind.VISIT_SHEET, state.home_visit.day)
    review = state.done.get(Step.DEMOCRATIC_REVIEW)
    if isinstance(review, DemocraticReview):
        yield _paper(PaperKind.REVIEW_MINUTES, review.day)
    yield from _comparison(state)
    if state.public_notice is not None:
        yield _paper(PaperKind.PUBLIC_NOTICE, state.public_notice.posted_on)
        yield _paper(PaperKind.NOTICE_RESULT, state.public_notice.ended_on)
    yield from _answer(facts)


def _comparison(state: CaseState) -> Iterator[FiledPaper]:
    match state.done.get(Step.DATA_COMPARISON):
        case DataComparison() as record:
            yield _paper(
                PaperKind.AUTHORISATION, max((s.signed_on for s in record.signatures if s.signed_on), default=None)
            )
            yield _paper(PaperKind.COMPARISON_REQUEST, record.sent_on)
            yield _paper(PaperKind.COMPARISON_RESULT, record.day)
            if record.doubts:
                yield _paper(PaperKind.DOUBT_EXPLANATION)
        case ComparisonSkipped() as record:
            yield FiledPaper(name=f"以前的信息比对材料（{record.earlier_document}）", dated=record.earlier_on)


def _answer(facts: PaperFacts) -> Iterator[FiledPaper]:
    letter = facts.letter
    if letter is None or not letter.answering(facts.state):
        return
    notice = letter.notice
    yield FiledPaper(name=f"{notice.title}（{notice.office_mark}{notice.number}）", dated=notice.dated)
    if letter.delivery is not None:
        yield FiledPaper(name="送达回证", dated=letter.delivery.delivered_on)
    if letter.return_visit is not None:
        yield _paper(PaperKind.RETURN_VISIT, letter.return_visit.visited_on)


def _attached(facts: PaperFacts) -> Iterator[FiledPaper]:
    for kind, words in ATTACHED_WORDS.items():
        count = sum(each.kind is kind for each in facts.attachments)
        if count:
            yield FiledPaper(name=words, copies=count)


def _paper(kind: PaperKind, dated: date | None = None) -> FiledPaper:
    return FiledPaper(name=PAPER_WORDS[kind], dated=dated)
