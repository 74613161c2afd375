"""Papers made at a real desk: registered before they go out, by the digest of their bytes, and refused where they must not."""

import hashlib
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from shipped import PACKS
from sqlalchemy import update
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import FilingId, Month
from taizhang_casework.domain.letter import LetterId
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.print_register import LedgerPaper, LetterPaper, PrintRecord, PrintWay, SheetPaper
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.correspondence import draft_letter
from taizhang_casework.services.history import history
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.office_seal import end_seal, load_seal
from taizhang_casework.services.printing_out import Impression, PrintOrder, make_paper, making_faults
from taizhang_casework.services.undoing import look_back, undo
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db import Vault
from taizhang_db.tables import seals
from taizhang_db.trouble import SealPictureDamaged
from taizhang_db.verifying import verify

LEDGER = LedgerPaper(filing=FilingId("f1"), month=Month(2022, 4), revision=1)
PRINTED = PrintOrder(papers=(LEDGER,), way=PrintWay.PRINTED, copies=2, printer="HP")
PDF = b"%PDF-1.7 of the ledger"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


class Bench:
    """A drawing and a printer: what the one was told, and what the other got."""

    def __init__(self, work: Work, content: bytes = PDF) -> None:
        self._work, self._content = work, content
        self.told: list[Impression] = []
        self.got: list[bytes] = []
        self.registered: list[int] = []

    def draw(self, impression: Impression) -> bytes:
        self.told.append(impression)
        return self._content

    def take(self, content: bytes) -> None:
        self.registered.append(len(register(self._work)))
        self.got.append(content)

    def jam(self, _content: bytes) -> None:
        raise OfficeTrouble("打印机没有纸", safe="台账没有改动", do="请加纸后再打印")


def register(work: Work) -> list[PrintRecord]:
    with work.store.reading() as desk:
        return list(desk.prints.newest(100))


def as_role(work: Work, role: Role) -> Work:
    return replace(work, user=User(name="周海燕", role=role))


def measure(_png: bytes) -> tuple[int, int]:
    return 600, 600


@pytest.fixture
def bench(work: Work) -> Bench:
    return Bench(work)


@pytest.fixture
def refused(work: Work) -> CaseId:
    """A self-applicant who is refused at the first step: a letter is due."""
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="11010519491231002X",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    case = take_warning(work, draft).case
    with work.store.reading() as desk:
        found = desk.cases.get(case)
    match_household(work, case, new_household(work, found, head_name="", head_id_number="", relation=Relation.HEAD))
    record(work, case, HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况不属实"))
    record(work, case, Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so"))
    return case


@pytest.fixture
def letter(work: Work, refused: CaseId) -> LetterPaper:
    draft_letter(work, refused, contact="窗口")
    with work.store.reading() as desk:
        known = desk.letters.of_case(refused)
    assert known is not None
    return LetterPaper(letter=known.id, case=refused, number=known.notice.number)


def prints_of(work: Work, letter: LetterId) -> list[tuple[int, str]]:
    with work.store.reading() as desk:
        return [(each.copies, each.why) for each in desk.letters.get(letter).prints]


def test_the_printer_gets_the_paper_after_its_digest_is_registered(work: Work, bench: Bench) -> None:
    made = make_paper(work, PRINTED, bench.draw, bench.take)
    (kept,) = register(work)
    assert (bench.got, bench.registered) == ([PDF], [1])
    assert made.records == (kept,)
    assert made.changes.touches(Kind.PRINT)
    assert (kept.digest, kept.copies, kept.printer) == (hashlib.sha256(PDF).hexdigest(), 2, "HP")
    assert (kept.by, kept.at, kept.paper) == ("李明", bench.told[0].printed_at, LEDGER)


def test_the_second_printing_is_told_that_it_is_one(work: Work, bench: Bench) -> None:
    for order in (PRINTED, msgspec.structs.replace(PRINTED, way=PrintWay.SAVED, copies=1), PRINTED):
        make_paper(work, order, bench.draw, bench.take)
    assert [told.earlier for told in bench.told] == [0, 1, 2]


def test_a_printer_that_fails_leaves_a_record_that_says_so_and_does_not_count(work: Work, bench: Bench) -> None:
    with pytest.raises(OfficeTrouble, match="没有纸"):
        make_paper(work, PRINTED, bench.draw, bench.jam)
    assert [kept.failed for kept in register(work)] == ["打印机没有纸"]
    make_paper(work, PRINTED, bench.draw, bench.take)
    assert [told.earlier for told in bench.told] == [0, 0]


def test_a_paper_that_cannot_be_drawn_leaves_no_record(work: Work, bench: Bench) -> None:
    def no_drawing(_impression: Impression) -> bytes:
        raise OfficeTrouble("姓名里有打印不出的字", safe="没有打印", do="请更正姓名")

    with pytest.raises(OfficeTrouble, match="打印不出"):
        make_paper(work, PRINTED, no_drawing, bench.take)
    assert (register(work), bench.got) == ([], [])


@pytest.mark.parametrize(
    ("order", "role", "says"),
    [
        pytest.param(PRINTED, Role.CLERK, "导出", id="a clerk and the ledger"),
        pytest.param(
            PrintOrder(papers=(SheetPaper(kind=PaperKind.VISIT_SHEET),), way=PrintWay.PRINTED, sealed=True),
            Role.CLERK,
            "使用电子印章",
            id="a clerk and the seal",
        ),
        pytest.param(msgspec.structs.replace(PRINTED, sealed=True), Role.REVIEWER, "还没有载入", id="no seal yet"),
        pytest.param(msgspec.structs.replace(PRINTED, copies=0), Role.REVIEWER, "份数", id="no copies"),
    ],
)
def test_what_is_refused_is_neither_drawn_nor_registered(
    work: Work, bench: Bench, order: PrintOrder, role: Role, says: str
) -> None:
    by = as_role(work, role)
    with pytest.raises(NotAccepted, match=says) as told:
        make_paper(by, order, bench.draw, bench.take)
    assert told.value.findings == making_faults(by, order)
    assert (bench.told, bench.got, register(work)) == ([], [], [])


def test_a_letter_is_counted_by_its_own_prints_and_registered_beside(
    work: Work, bench: Bench, letter: LetterPaper
) -> None:
    order = PrintOrder(papers=(letter,), way=PrintWay.PRINTED, copies=2)
    make_paper(work, order, bench.draw, bench.take)
    make_paper(work, msgspec.structs.replace(order, way=PrintWay.SAVED, copies=1), bench.draw, bench.take)
    make_paper(work, msgspec.structs.replace(order, copies=1, why=" 原件破损 "), bench.draw, bench.take)
    assert prints_of(work, letter.letter) == [(2, ""), (1, "原件破损")]
    assert [told.earlier for told in bench.told] == [0, 1, 1]
    with work.store.reading() as desk:
        kept = desk.prints.of_case(letter.case)
    assert [each.way for each in kept] == [PrintWay.PRINTED, PrintWay.SAVED, PrintWay.PRINTED]


def test_a_letter_that_did_not_come_out_is_not_counted(work: Work, bench: Bench, letter: LetterPaper) -> None:
    with pytest.raises(OfficeTrouble):
        make_paper(work, PrintOrder(papers=(letter,), way=PrintWay.PRINTED), bench.draw, bench.jam)
    assert prints_of(work, letter.letter) == []
    assert [kept.failed for kept in register(work)] == ["打印机没有纸"]


def test_the_history_of_the_case_tells_each_paper_once(work: Work, bench: Bench, letter: LetterPaper) -> None:
    sheet = SheetPaper(kind=PaperKind.VISIT_SHEET, case=letter.case)
    make_paper(work, PrintOrder(papers=(sheet,), way=PrintWay.PRINTED), bench.draw, bench.take)
    make_paper(work, PrintOrder(papers=(letter,), way=PrintWay.PRINTED), bench.draw, bench.take)
    with work.store.reading() as desk:
        lines = history(work, desk, letter.case).lines
    assert [line.what for line in lines][:2] == [f"打印告知书{letter.number}", "打印入户核查表"]


def test_printing_a_sheet_does_not_stand_in_the_way_of_taking_work_back(
    work: Work, bench: Bench, refused: CaseId
) -> None:
    sheet = SheetPaper(kind=PaperKind.VISIT_SHEET, case=refused)
    make_paper(work, PrintOrder(papers=(sheet,), way=PrintWay.PRINTED), bench.draw, bench.take)
    with work.store.reading() as desk:
        newest = look_back(work, desk, 0)
    assert newest is not None
    assert newest.what == "认定为不符合（王建国）"
    undo(work, 0, newest.change)
    assert len(register(work)) == 1


def test_the_seal_is_given_to_the_drawing_and_named_in_the_register(work: Work, bench: Bench) -> None:
    load_seal(work, PNG, "启用", measure)
    reviewer = as_role(work, Role.REVIEWER)
    make_paper(reviewer, msgspec.structs.replace(PRINTED, sealed=True), bench.draw, bench.take)
    make_paper(reviewer, PRINTED, bench.draw, bench.take)
    with work.store.reading() as desk:
        seal = desk.seals.in_use()
    assert seal is not None
    assert [told.seal for told in bench.told] == [PNG, None]
    assert [kept.seal for kept in register(work)] == [None, seal.id]


def test_a_seal_that_was_replaced_is_never_used_again(work: Work, bench: Bench) -> None:
    load_seal(work, PNG, "启用", measure)
    load_seal(work, PNG + b"2", "换章", measure)
    make_paper(work, msgspec.structs.replace(PRINTED, sealed=True), bench.draw, bench.take)
    with work.store.reading() as desk:
        new, old = desk.seals.all()
        with pytest.raises(SealPictureDamaged):
            desk.seals.picture(old)
    assert bench.told[0].seal == PNG + b"2"
    assert (old.in_use, old.ended_why, new.in_use) == (False, "换章", True)


def test_a_seal_changed_while_the_paper_was_drawn_stops_the_paper(work: Work, bench: Bench) -> None:
    load_seal(work, PNG, "启用", measure)

    def slow(impression: Impression) -> bytes:
        load_seal(work, PNG + b"2", "换章", measure)
        return bench.draw(impression)

    with pytest.raises(NotAccepted, match="刚刚换过"):
        make_paper(work, msgspec.structs.replace(PRINTED, sealed=True), slow, bench.take)
    assert (bench.got, register(work)) == ([], [])


def test_a_seal_taken_out_of_use_is_gone(work: Work, desk_vault: Vault) -> None:
    load_seal(work, PNG, "启用", measure)
    end_seal(work, "印章作废")
    with pytest.raises(NotAccepted, match="还没有载入"):
        end_seal(work, "印章作废")
    with desk_vault.engine.connect() as connection:
        assert [row.picture for row in connection.execute(seals.select())] == [None]


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_only_an_administrator_loads_and_ends_the_seal(work: Work, role: Role) -> None:
    with pytest.raises(NotAccepted, match="载入、更换和停用电子印章须由管理员办理"):
        load_seal(as_role(work, role), PNG, "启用", measure)
    with pytest.raises(NotAccepted, match="须由管理员办理"):
        end_seal(as_role(work, role), "作废")


def test_a_seal_without_a_reason_or_unfit_leaves_the_one_before(work: Work) -> None:
    load_seal(work, PNG, "启用", measure)

    def unfit(_png: bytes) -> tuple[int, int]:
        raise OfficeTrouble("不能作为电子印章", safe="没有保存", do="请重新制作")

    with pytest.raises(NotAccepted, match="原因"):
        load_seal(work, PNG + b"2", " ", measure)
    with pytest.raises(OfficeTrouble):
        load_seal(work, PNG + b"2", "换章", unfit)
    with work.store.reading() as desk:
        seal = desk.seals.in_use()
        assert seal is not None
        assert desk.seals.picture(seal) == PNG


def test_neither_the_journal_nor_any_file_has_the_picture(work: Work, desk_vault: Vault) -> None:
    load_seal(work, PNG, "启用", measure)
    end_seal(work, "作废")
    load_seal(work, PNG, "再启用", measure)
    with work.store.reading() as desk:
        rows = list(desk.journal.by_user(work.user.name, after=0))
    told = [row.after or "" for row in rows if row.kind is Kind.SEAL]
    assert len(told) == 3
    assert max(map(len, told)) < 1_000
    files = [path for path in desk_vault.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(PNG[8:40] in path.read_bytes() for path in files)


def test_a_vault_with_prints_and_a_seal_verifies_and_a_changed_picture_is_found(
    work: Work, desk_vault: Vault, bench: Bench
) -> None:
    load_seal(work, PNG, "启用", measure)
    make_paper(work, msgspec.structs.replace(PRINTED, sealed=True), bench.draw, bench.take)
    assert verify(desk_vault, PACKS).findings == ()
    with desk_vault.engine.begin() as connection:
        connection.execute(update(seals).values(picture=PNG + b"forged"))
    assert [found.code for found in verify(desk_vault, PACKS).findings] == ["seal"]
    with pytest.raises(SealPictureDamaged):
        make_paper(work, msgspec.structs.replace(PRINTED, sealed=True), bench.draw, bench.take)
