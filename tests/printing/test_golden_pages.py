"""Every sheet that is a form, blank and filled in from the made-up town, looks as it did when somebody looked at it and found it right."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from golden_page import ANEW, PageChanged, check_pages, pictures
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.services.papers import blank_paper, paper
from taizhang_casework.services.work import Work
from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.training_facts import FIRST_DAY
from taizhang_desktop.demo.training_town import build_town, training_rules
from taizhang_printing.papers import PrintRun, paper_bytes

GOLDEN = Path(__file__).parent / "golden"
RUN = PrintRun(printed_by="演练用户", printed_at=datetime(2022, 4, 29, 9, tzinfo=UTC))
WHOSE = {
    PaperKind.APPLICATION: "李䶮",
    PaperKind.AUTHORISATION: "赵玉兰",
    PaperKind.VISIT_SHEET: "赵玉兰",
    PaperKind.REVIEW_MINUTES: "赵玉兰",
    PaperKind.FILE_COVER: "赵玉兰",
    PaperKind.FILE_INDEX: "李䶮",
    PaperKind.SCREENING_REGISTER: "周福生",
}
"""Whose case each sheet is filled in from."""
each_kind = pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.value) for kind in WHOSE])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    office = build_town(tmp_path_factory.mktemp("town"), training_rules(load_rules()), StoryClock(FIRST_DAY))
    yield office.work
    office.close()


def case_of(work: Work, name: str) -> CaseId:
    with work.store.reading() as desk:
        (case,) = desk.cases.named(name)
    return case.id


@each_kind
def test_a_sheet_filled_in_looks_as_it_was_found_right(town: Work, kind: PaperKind, tmp_path: Path) -> None:
    content = paper(town, case_of(town, WHOSE[kind]), kind)
    check_pages(paper_bytes(content, RUN), GOLDEN, kind.value, tmp_path)


@each_kind
def test_a_blank_sheet_looks_as_it_was_found_right(town: Work, kind: PaperKind, tmp_path: Path) -> None:
    check_pages(paper_bytes(blank_paper(town, kind), RUN), GOLDEN, f"{kind.value}-blank", tmp_path)


def test_a_page_that_looks_otherwise_is_told_and_put_aside(
    town: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ANEW, raising=False)
    other = paper_bytes(blank_paper(town, PaperKind.FILE_COVER), RUN)
    with pytest.raises(PageChanged, match=r"file_cover-1\.png looks otherwise"):
        check_pages(other, GOLDEN, "file_cover", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file_cover-1.png"]


def test_a_page_more_is_told(town: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ANEW, raising=False)
    two = paper_bytes(blank_paper(town, PaperKind.REVIEW_MINUTES), RUN)
    assert len(pictures(two)) == 2
    with pytest.raises(PageChanged, match="2 pages, 1 are kept"):
        check_pages(two, GOLDEN, "file_cover", tmp_path)
