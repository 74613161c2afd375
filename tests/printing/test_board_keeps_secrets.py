"""No secret of a household reaches a village's board, whatever the case holds (三（一）: 保护个人隐私).

Every text and number of the case, the household, the records, the letter and the attachments is filled with marked secrets, also in
fields that come later. The paper must be the same to the byte as that of a case which holds nothing but what a board may show.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from noticed_case import VILLAGE, case, facts, family, household, steps_before
from taizhang_casework.domain.attachment import Address, Attachment, AttachmentId, AttachmentKind, MediaType
from taizhang_casework.domain.case import Case, CaseId, Correction, Meets
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.letter import Letter, LetterId, LetterNumber, ReturnVisit
from taizhang_casework.domain.letter import ResultNotice as Notice
from taizhang_casework.domain.papers.facts import PaperFacts, ScreenedCase
from taizhang_casework.domain.papers.noticed_household import NoticeEntry
from taizhang_casework.domain.papers.village_notice import NoticeTerms, single_village_notice, village_notice
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    GreenChannel,
    HomeVisit,
    MonitoredKind,
    NoticePosted,
    PublicNotice,
    Refusal,
    Signature,
    Step,
)
from taizhang_printing.papers import PrintRun, paper_bytes

SECRET_SIGNS = "龘靐齉齾爩麤灪龗鱻"
"""Signs that stand in no sentence of a paper and in no name that may be shown."""
PRINTING = PrintRun(printed_by="张三", printed_at=datetime(2022, 4, 15, 9, tzinfo=UTC))
TERMS = NoticeTerms(posted_on=date(2022, 4, 15), contact="村委会赵主任")
ENTRY = NoticeEntry(group="3组", kind=MonitoredKind.SUDDEN_HARDSHIP)
FAST = (Phase.explicit, Phase.reuse, Phase.generate)
"""A leak is a leak: to look for the shortest one takes minutes."""
KEPT = frozenset({"id", "pack", "village_code", "town_code", "household", "case"})
"""What says which record is which, and where: no fact about anybody."""


class Secrets:
    """Marks every text with signs of ours and every amount with a number of its own."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._made = 0

    def text(self) -> str:
        self._made += 1
        return self._texts[self._made % len(self._texts)]

    def number(self) -> int:
        self._made += 1
        return 7_654_321 + self._made

    def marked(self, value: Any, field: str = "") -> Any:  # noqa: ANN401 - any value of the domain
        """The value with everything that it says replaced; what it is told apart by stays."""
        if isinstance(value, msgspec.Struct):
            changed = {each: self.marked(getattr(value, each), each) for each in value.__struct_fields__}
            return msgspec.structs.replace(value, **changed)
        if isinstance(value, tuple):
            return tuple(self.marked(each, field) for each in value)
        if field in KEPT or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.text()
        return self.number() if isinstance(value, int) else value


def full_case() -> Case:
    """A case in which every kind of record stands that may come before or with 公示."""
    visit, review, compared = steps_before()
    assert isinstance(visit, HomeVisit)
    visit = msgspec.structs.replace(
        visit, risks=("illness",), house_grade="d", wage_income=1, own_expenses=2, late_reason="x"
    )
    records = (
        GreenChannel(opened_on=date(2022, 4, 8), ground="x", recognised_by="x", help_given="x"),
        visit,
        review,
        AuthorisationsAsked(asked_on=date(2022, 4, 12), signatures=(Signature(name="x"),)),
        compared,
        NoticePosted(posted_on=date(2022, 4, 15), place="x"),
        PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="x", objections="x", settled="x"),
    )
    corrected = Correction(at=datetime(2022, 4, 9, tzinfo=UTC), by="x", why="x")
    return msgspec.structs.replace(case(*records), corrections=(corrected,), package="x")


def letter() -> Letter:
    notice = Notice(
        office_name="x",
        office_mark="x",
        number=LetterNumber(2022, 7),
        title="x",
        addressee="x",
        paragraphs=("x",),
        contact="x",
        dated=date(2022, 4, 9),
    )
    refused = Refusal(decided_on=date(2022, 4, 9), at=Step.HOME_VISIT, reason="x", explanation="x")
    visited = ReturnVisit(visited_on=date(2022, 4, 9), visitors=("x",), explained="x", attitude="x")
    return Letter(id=LetterId("l"), case=CaseId("c1"), answers=refused, notice=notice, return_visit=visited)


def attachment() -> Attachment:
    return Attachment(
        id=AttachmentId("a"),
        case=CaseId("c1"),
        kind=AttachmentKind.PHOTO,
        name="x",
        media=MediaType.PNG,
        size=1,
        address=Address("x"),
        added_at=datetime(2022, 4, 9, tzinfo=UTC),
        added_by="x",
    )


def marked_facts(secrets: Secrets, numbers: list[str]) -> PaperFacts:
    """The head's name is the one text that stays; every member has a number of those given, a telephone and a secret name."""
    known: Case = secrets.marked(full_case())
    house: Household = secrets.marked(family())
    members = []
    for at, membership in enumerate(house.memberships):
        person = msgspec.structs.replace(membership.person, id_number=numbers[at], phone=f"139{numbers[at][6:14]}")
        if at == 0:
            person = msgspec.structs.replace(person, name="王建国")
        members.append(msgspec.structs.replace(membership, person=person))
    house = msgspec.structs.replace(house, memberships=tuple(members))
    made = facts(known, house, letter=secrets.marked(letter()), attachments=(secrets.marked(attachment()),))
    return msgspec.structs.replace(made, screened=(secrets.marked(ScreenedCase(full_case(), Meets.UNDECIDED)),))


def plain_facts() -> PaperFacts:
    """What a board may show of the same household, and nothing besides."""
    names = family()
    bare = household("王建国", *(each for each in names.memberships[1:]))
    return facts(case(*steps_before()), bare)


PLAIN = paper_bytes(village_notice([plain_facts()], [ENTRY], TERMS), PRINTING)

secret_texts = st.lists(st.text(SECRET_SIGNS, min_size=1, max_size=40), min_size=1, max_size=8)
grown = st.builds(
    lambda year, month, serial: f"370282{year:04d}{month:02d}15{serial:03d}X",
    st.integers(1930, 1999),
    st.integers(1, 12),
    st.integers(1, 999),
)
"""Numbers of the right form; that the check digit is wrong keeps a board from nothing."""


@settings(deadline=None, phases=FAST, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=secret_texts, numbers=st.lists(grown, min_size=4, max_size=4, unique=True), ends=st.booleans())
def test_nothing_of_a_case_reaches_the_board(
    read: Callable[[bytes], list[Any]], texts: list[str], numbers: list[str], ends: bool
) -> None:
    known = marked_facts(Secrets(texts), numbers)
    paper = paper_bytes(village_notice([known], [ENTRY], msgspec.structs.replace(TERMS, number_ends=ends)), PRINTING)
    with pypdfium2.PdfDocument(paper) as document:
        told = "".join(leaf.text for leaf in read(paper)) + repr(document.get_metadata_dict())
    assert not set(told) & set(SECRET_SIGNS)
    dates = told.replace("D:20220415000000", "")
    assert not re.search(r"\d{5}", dates)
    assert all(number[:6] not in told and number[6:14] not in told for number in numbers)
    assert "王建国" in told
    assert ("37***" in told) is ends
    if not ends:
        assert paper == PLAIN


@settings(deadline=None, phases=FAST, max_examples=10)
@given(texts=secret_texts, numbers=st.lists(grown, min_size=4, max_size=4, unique=True))
def test_neither_does_it_where_the_case_alone_tells_of_its_notice(texts: list[str], numbers: list[str]) -> None:
    """The notice of one household straight from its case: whatever is written about place and objections stays with the case."""
    paper = paper_bytes(single_village_notice(marked_facts(Secrets(texts), numbers)), PRINTING)
    with pypdfium2.PdfDocument(paper) as document:
        told = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert not set(told) & set(SECRET_SIGNS)
    assert "2022年4月15日" in told


@settings(deadline=None, phases=FAST, max_examples=10)
@given(texts=secret_texts, numbers=st.lists(grown, min_size=4, max_size=4, unique=True))
def test_a_refused_household_never_gets_as_far_as_a_paper(texts: list[str], numbers: list[str]) -> None:
    known = marked_facts(Secrets(texts), numbers)
    refusal = Refusal(decided_on=date(2022, 4, 14), at=Step.DATA_COMPARISON, reason="assets", explanation=texts[0])
    refused = facts(case(*steps_before(), refusal), known.circumstances.household)
    with pytest.raises(NotAccepted):
        village_notice([known, refused], [ENTRY, ENTRY], TERMS)


def fields_said(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        for each in value.__struct_fields__:
            yield from fields_said(getattr(value, each), f"{path}.{each}")
    elif isinstance(value, tuple):
        for each in value:
            yield from fields_said(each, path)
    elif isinstance(value, str) and set(value) & set(SECRET_SIGNS):
        yield path


def test_the_secrets_do_stand_in_what_the_paper_is_made_from() -> None:
    """The proof would prove nothing if the case held no secrets."""
    known = marked_facts(Secrets(["龘"]), [f"37028219500315{at}00X" for at in range(1, 5)])
    said = set(fields_said(known.case)) | set(fields_said(known.circumstances.household))
    assert {
        ".warning.detail",
        ".warning.phone",
        ".entries.record.objections",
        ".entries.record.opinions",
        ".entries.record.members.health",
        ".entries.record.doubts.explanation",
        ".entries.record.help_given",
        ".memberships.person.name",
        ".corrections.why",
    } <= said
    assert known.village == VILLAGE
