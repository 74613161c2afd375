"""What is kept comes back as it was; a change is whole or not at all; a look changes nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError
from taizhang_casework.domain.bureau import ListImport, ReceivedFiling
from taizhang_casework.domain.case import Case, CaseId, Meets, PackId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.changes import Kind, Touched
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.letter import Letter, LetterId, LetterNumber, Print, ResultNotice
from taizhang_casework.domain.list_row import JudgedRow, ListReading, Outcome, Reason
from taizhang_casework.domain.matching import MatchDecision, ProposalKind, Verdict
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKeys, OfficeKind, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.packages import Direction, Manifest, PackageKind, PackageRecord, ReceiptItem
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Reopening, Step
from taizhang_casework.domain.warning import Channel, Provenance, WarningId
from taizhang_casework.services.ports import Desk, Store, WritableDesk
from taizhang_db import SqlStore
from taizhang_db.pen import DeskIsForReadingError
from taizhang_db.trouble import OfficeAlreadyFounded, UnwritableText

CaseOf = Callable[..., Case]
HouseholdOf = Callable[..., Household]

APRIL, MAY = Month(2022, 4), Month(2022, 5)
AT = datetime(2022, 4, 30, 16, tzinfo=UTC)
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处")
BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入下降")
REFUSED = Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="above_line")


def card(office: Office) -> OfficeCard:
    return OfficeCard(office=office, age_recipient="age1public", signing_key="ab" * 32)


def filing(key: str = "f1", month: Month = APRIL, revision: int = 1, office: Office = TOWN) -> Filing:
    line = LedgerLine(
        case=CaseId("c1"),
        town="环秀街道",
        village="东关社区",
        head_name="李䶮𬭎",
        head_id_number="11010519491231002X",
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="突发疾病",
        received_on=date(2022, 4, 7),
        meets=Meets.NO,
        refusal_reason="收入高于标准",
        applicant_informed=Informed.YES,
        verifiers=("张三", "李四"),
        closed_on=None,
    )
    return Filing(
        id=FilingId(key),
        office=office,
        month=month,
        revision=revision,
        frozen_at=AT,
        frozen_by="李明",
        pack=PackId("jimo-2022-1"),
        lines=(line,),
    )


def letter(key: str, serial: int, case: str = "c1", year: int = 2022) -> Letter:
    notice = ResultNotice(
        office_name="环秀街道办事处",
        office_mark="环秀",
        number=LetterNumber(year, serial),
        title="告知书",
        addressee="王建国",
        paragraphs=("你户……",),
        contact="0532-88550000",
        dated=date(2022, 4, 13),
    )
    return Letter(id=LetterId(key), case=CaseId(case), answers=REFUSED, notice=notice)


def package(digest: str, number: int, direction: Direction = Direction.SENT) -> PackageRecord:
    sender, receiver = (TOWN, BUREAU) if direction is Direction.SENT else (BUREAU, TOWN)
    manifest = Manifest(
        kind=PackageKind.FILING,
        number=number,
        previous="",
        sender=sender.id,
        receiver=receiver.id,
        month=APRIL,
        made_at=AT,
    )
    return PackageRecord(direction=direction, manifest=manifest, digest=digest, file="a.tzpkg", items=1, at=AT)


def list_import(key: str = "i1") -> ListImport:
    row = JudgedRow(
        provenance=Provenance(file="残联.xlsx", sheet="Sheet1", row=5),
        outcome=Outcome.REFUSED,
        reasons=(Reason.BAD_ID, Reason.MISSING_DATE),
        name="王建国",
        id_number="1",
        town_code="",
        town_name="环秀",
        village_code="",
        village_name="东关",
        department="disabled",
        item="severe",
        detail="新办",
        happened_on=None,
    )
    reading = ListReading(file="残联.xlsx", sha256="ab" * 32, department="disabled", rows=(row,))
    return ListImport(id=key, month=APRIL, imported_at=AT, imported_by="李明", reading=reading, warnings=())


KEYS = OfficeKeys(card=card(TOWN), age_identity="AGE-SECRET-KEY-1XYZ", signing_seed="cd" * 32)
DECISION = MatchDecision(
    kind=ProposalKind.SAME_FACT, left="c2", right="c1", verdict=Verdict.NO, decided_by="李明", decided_at=AT
)


def test_the_store_is_what_the_services_ask_for(store: SqlStore, clerk: User) -> None:
    as_port: Store = store
    with as_port.change(Operation.TAKE_PACKAGE, clerk) as desk:
        writable: WritableDesk = desk
        assert writable.changes.touched == ()
    with as_port.reading() as looked:
        readable: Desk = looked
        assert readable.cases.all_ids() == []


class TestCases:
    def test_a_case_comes_back_as_it_was(
        self, store: SqlStore, clerk: User, case_of: CaseOf, household_of: HouseholdOf
    ) -> None:
        kept = case_of("c1", VISIT, REFUSED, name="李䶮·阿𠮷", household="h1")
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.households.save(household_of("h1"))
            desk.cases.save(kept)
        with store.reading() as desk:
            assert desk.cases.get(CaseId("c1")) == kept
            assert desk.cases.of_warning(WarningId("w-c1")) == kept
            assert list(desk.cases.of_household(HouseholdId("h1"))) == [kept]
            assert list(desk.cases.naming("11010519491231002X")) == [kept]

    def test_what_is_not_there_is_said(self, store: SqlStore) -> None:
        with store.reading() as desk:
            assert desk.cases.of_warning(WarningId("w")) is None
            for get in (
                lambda: desk.cases.get(CaseId("c")),
                lambda: desk.households.get(HouseholdId("h")),
                lambda: desk.letters.get(LetterId("l")),
                lambda: desk.filings.get(FilingId("f")),
                lambda: desk.partners.get(OfficeId("o")),
                desk.partners.own,
            ):
                with pytest.raises(KeyError):
                    get()

    def test_saving_again_replaces_and_moves_it_out_of_the_open_ones(
        self, store: SqlStore, clerk: User, case_of: CaseOf
    ) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1"))
        closed = case_of("c1", VISIT, REFUSED, Closing(closed_on=date(2022, 4, 20)))
        with store.change(Operation.CLOSING, clerk) as desk:
            assert [case.id for case in desk.cases.open()] == ["c1"]
            desk.cases.save(closed)
            assert list(desk.cases.open()) == []
        with store.reading() as desk:
            assert list(desk.cases.open()) == []
            assert desk.cases.get(CaseId("c1")) == closed

    def test_a_reopened_case_is_open_again(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        back = Reopening(reopened_on=date(2022, 5, 1), back_to=Step.HOME_VISIT, why="复核")
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1", VISIT, REFUSED, Closing(closed_on=date(2022, 4, 20)), back))
            assert [case.id for case in desk.cases.open()] == ["c1"]

    @pytest.mark.parametrize(
        ("received", "closed", "months"),
        [
            pytest.param(date(2022, 3, 31), None, [3, 4, 5], id="an open case stays in every later ledger"),
            pytest.param(
                date(2022, 4, 30), date(2022, 5, 1), [4, 5], id="it is in the ledger of the month it closes in"
            ),
            pytest.param(date(2022, 4, 1), date(2022, 4, 1), [4], id="closed at once it is in one ledger"),
            pytest.param(date(2022, 5, 1), None, [5], id="it is in no ledger before it was received"),
        ],
    )
    def test_the_ledger_of_a_month(
        self,
        store: SqlStore,
        clerk: User,
        case_of: CaseOf,
        received: date,
        closed: date | None,
        months: list[int],
    ) -> None:
        records = () if closed is None else (VISIT, REFUSED, Closing(closed_on=closed))
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1", *records, received_on=received))
            found = [month for month in (2, 3, 4, 5) if desk.cases.of_month(Month(2022, month))]
        assert found == months

    def test_order_is_by_day_and_within_a_day_as_they_were_entered(
        self, store: SqlStore, clerk: User, case_of: CaseOf
    ) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for key, day in (("z", 7), ("b", 8), ("a", 7), ("c", 6)):
                desk.cases.save(case_of(key, received_on=date(2022, 4, day)))
            desk.cases.save(case_of("z", VISIT, received_on=date(2022, 4, 7)))
            assert [case.id for case in desk.cases.open()] == ["c", "z", "a", "b"]
            assert list(desk.cases.all_ids()) == ["b", "a", "z", "c"]
            assert [case.id for case in desk.cases.many([CaseId(key) for key in "bzxc"])] == ["b", "z", "c"]

    def test_more_than_a_thousand_are_had_at_once_in_order(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        ids = [CaseId(f"{number:04d}") for number in range(2345)]
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for key in ids:
                desk.cases.save(case_of(key))
            assert [case.id for case in desk.cases.many(ids[::-1])] == ids[::-1]
            assert [row.id for row in desk.cases.page(CaseQuery(descending=False), 0, 3_000)] == ids


class TestHouseholds:
    def test_a_person_is_found_in_every_household_that_ever_had_them(
        self, store: SqlStore, clerk: User, household_of: HouseholdOf
    ) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.households.save(household_of("h2", ("李四", "B"), ("李五", "C"), village="370215002201"))
            desk.households.save(household_of("h1", ("王建国", "A"), ("李五", "C")))
            desk.households.save(household_of("h3", ("无证", "")))
            assert [one.id for one in desk.households.with_person("C")] == ["h1", "h2"]
            assert list(desk.households.with_person("")) == []
            assert [one.id for one in desk.households.with_name("370215001207", "李五")] == ["h1"]
            assert list(desk.households.with_name("370215001207", "王小")) == []
            assert list(desk.households.many([HouseholdId("h3"), HouseholdId("none")])) == ["h3"]
            desk.households.save(household_of("h1", ("王建国", "A"), ("王小", "")))
            assert [one.id for one in desk.households.with_name("370215001207", "王小")] == ["h1"]
            assert list(desk.households.with_name("370215001207", "李五")) == []
            assert [one.id for one in desk.households.with_person("C")] == ["h2"]
            assert desk.households.get(HouseholdId("h1")).memberships[1].person.name == "王小"

    def test_a_case_of_an_unknown_household_is_an_error_of_ours(
        self, store: SqlStore, clerk: User, case_of: CaseOf
    ) -> None:
        with pytest.raises(IntegrityError), store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1", household="nobody"))


class TestPapers:
    def test_letters_by_number_and_the_newest_of_a_case(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        with store.change(Operation.DRAFT_LETTERS, clerk) as desk:
            desk.cases.save(case_of("c1"))
            desk.cases.save(case_of("c2"))
            assert desk.letters.last_serial(2022) == 0
            for key, serial, case, year in (
                ("a", 1, "c1", 2022),
                ("b", 2, "c2", 2022),
                ("c", 3, "c1", 2022),
                ("d", 1, "c1", 2021),
            ):
                desk.letters.save(letter(key, serial, case, year))
            assert [one.id for one in desk.letters.all()] == ["d", "a", "b", "c"]
            assert desk.letters.of_case(CaseId("c1")) == letter("c", 3)
            assert desk.letters.of_case(CaseId("none")) is None
            assert (desk.letters.last_serial(2022), desk.letters.last_serial(2021)) == (3, 1)
            printed = msgspec.structs.replace(letter("a", 1), prints=(Print(at=AT, by="李明", copies=2),))
            desk.letters.save(printed)
            assert desk.letters.get(LetterId("a")) == printed

    def test_a_number_is_never_given_twice(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        with store.change(Operation.DRAFT_LETTERS, clerk) as desk:
            desk.cases.save(case_of("c1"))
            desk.letters.save(letter("a", 1))
        with pytest.raises(IntegrityError), store.change(Operation.DRAFT_LETTERS, clerk) as desk:
            desk.letters.save(letter("b", 1))

    def test_filings_are_kept_side_by_side_and_read_as_frozen(self, store: SqlStore, clerk: User) -> None:
        kept = [filing("a"), filing("b", revision=2), filing("c", MAY)]
        with store.change(Operation.FREEZE_FILING, clerk) as desk:
            for one in kept:
                desk.filings.add(one)
        with store.reading() as desk:
            assert list(desk.filings.of_month(APRIL)) == [kept[1], kept[0]]
            assert desk.filings.months() == {APRIL, MAY}
            assert desk.filings.latest(APRIL) == kept[1]
            assert desk.filings.latest(Month(2022, 6)) is None
            assert desk.filings.get(FilingId("a")).digest == kept[0].digest

    def test_a_revision_is_frozen_once(self, store: SqlStore, clerk: User) -> None:
        with store.change(Operation.FREEZE_FILING, clerk) as desk:
            desk.filings.add(filing("a"))
        with pytest.raises(IntegrityError), store.change(Operation.FREEZE_FILING, clerk) as desk:
            desk.filings.add(filing("b"))

    def test_the_database_itself_refuses_to_change_what_was_frozen(self, store: SqlStore, clerk: User) -> None:
        with store.change(Operation.FREEZE_FILING, clerk) as desk:
            desk.filings.add(filing("a"))
            desk.bureau.receive(ReceivedFiling(filing=filing("a"), package="d1", received_at=AT))
        for statement in (
            "UPDATE filings SET body = ''",
            "DELETE FROM filings",
            "DELETE FROM received_filings",
            "UPDATE journal SET user_name = ''",
            "DELETE FROM journal",
        ):
            with pytest.raises(IntegrityError, match="append-only"), store._vault.engine.begin() as connection:
                connection.exec_driver_sql(statement)

    def test_the_register_of_packages(self, store: SqlStore, clerk: User) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for record in (
                package("b", 1),
                package("a", 2),
                package("a", 1, Direction.RECEIVED),
            ):
                desk.packages.save(record)
            assert [one.digest for one in desk.packages.all()] == ["b", "a", "a"]
            assert desk.packages.last_sent(BUREAU.id) == package("a", 2)
            assert desk.packages.last_received(BUREAU.id) == package("a", 1, Direction.RECEIVED)
            assert desk.packages.last_sent(TOWN.id) is None
            answered = msgspec.structs.replace(
                package("b", 1), receipt=ReceiptItem(package="b", number=1, accepted=True, says="已接收1条")
            )
            desk.packages.save(answered)
            assert desk.packages.all()[0] == answered

    def test_decisions_stay_decided_and_a_later_one_replaces(self, store: SqlStore, clerk: User) -> None:
        other = msgspec.structs.replace(DECISION, kind=ProposalKind.SAME_HOUSEHOLD)
        later = msgspec.structs.replace(DECISION, verdict=Verdict.YES)
        with store.change(Operation.DECIDE_MATCH, clerk) as desk:
            for decision in (DECISION, other, later):
                desk.matches.save(decision)
            assert list(desk.matches.about(DECISION.left)) == [later, other]
            assert list(desk.matches.about(DECISION.right)) == [later, other]
            assert list(desk.matches.about("nobody")) == []


class TestOffices:
    def test_an_office_is_founded_once(self, store: SqlStore, clerk: User) -> None:
        with store.change(Operation.FOUND_OFFICE, clerk) as desk:
            desk.partners.found(KEYS)
        with pytest.raises(OfficeAlreadyFounded), store.change(Operation.FOUND_OFFICE, clerk) as desk:
            desk.partners.found(KEYS)
        with store.reading() as desk:
            assert desk.partners.own() == KEYS
        with store._vault.engine.begin() as connection:
            written = repr(connection.exec_driver_sql("SELECT * FROM journal").all())
        assert "age1public" in written
        assert KEYS.age_identity not in written
        assert KEYS.signing_seed not in written

    def test_cards_are_kept_and_replaced(self, store: SqlStore, clerk: User) -> None:
        newer = msgspec.structs.replace(card(TOWN), age_recipient="age1newer")
        with store.change(Operation.ENROL, clerk) as desk:
            for one in (card(TOWN), card(BUREAU), newer):
                desk.partners.enrol(one)
            assert list(desk.partners.all()) == [card(BUREAU), newer]
            assert desk.partners.get(TOWN.id) == newer


class TestBureau:
    def test_lists_and_what_went_out(self, store: SqlStore, clerk: User) -> None:
        with store.change(Operation.TAKE_LIST, clerk) as desk:
            desk.bureau.add_import(list_import("i2"))
            desk.bureau.add_import(list_import("i1"))
            desk.bureau.mark_sent([WarningId("w1"), WarningId("w2")], "digest")
            desk.bureau.mark_sent([], "empty")
        with store.reading() as desk:
            assert list(desk.bureau.imports()) == [list_import("i2"), list_import("i1")]
            assert desk.bureau.sent() == {"w1": "digest", "w2": "digest"}
        with pytest.raises(IntegrityError), store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.bureau.mark_sent([WarningId("w1")], "another")

    def test_received_filings_stand_side_by_side(self, store: SqlStore, clerk: User) -> None:
        other = msgspec.structs.replace(TOWN, id=OfficeId("370215002"))
        kept = [
            ReceivedFiling(filing=one, package=f"p{number}", received_at=AT)
            for number, one in enumerate(
                (filing("d", office=other), filing("b", revision=2), filing("a"), filing("c", MAY))
            )
        ]
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for one in kept:
                desk.bureau.receive(one)
            desk.bureau.receive(msgspec.structs.replace(kept[0], package="once more"))
        with store.reading() as desk:
            assert [one.filing.id for one in desk.bureau.received()] == ["a", "b", "c", "d"]
            assert [one.filing.id for one in desk.bureau.received(MAY)] == ["c"]
            assert desk.bureau.received()[3] == kept[0]


class TestTransactions:
    def test_a_change_says_what_it_touched_each_thing_once_in_order(
        self, store: SqlStore, clerk: User, case_of: CaseOf
    ) -> None:
        with store.change(Operation.TAKE_WARNING, clerk) as desk:
            desk.cases.save(case_of("c2"))
            desk.cases.save(case_of("c1"))
            desk.cases.save(case_of("c2", VISIT))
            desk.cases.save(case_of("c1"))
        assert desk.changes.operation == Operation.TAKE_WARNING
        assert desk.changes.touched == (Touched(Kind.CASE, "c2"), Touched(Kind.CASE, "c1"))

    def test_saving_what_is_already_so_is_no_change(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1"))
        head = store.journal_head()
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1"))
        assert desk.changes.touched == ()
        assert store.journal_head() == head

    def test_whatever_raises_undoes_everything_journal_and_all(
        self, store: SqlStore, clerk: User, case_of: CaseOf
    ) -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1"))
        head = store.journal_head()

        def fail() -> None:
            with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of("c1", VISIT))
                desk.cases.save(case_of("c2"))
                desk.filings.add(filing())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert store.journal_head() == head
        with store.reading() as looked:
            assert list(looked.cases.all_ids()) == ["c1"]
            assert looked.cases.get(CaseId("c1")).entries == ()
            assert looked.filings.months() == frozenset()

    def test_every_save_while_reading_is_refused(
        self, store: SqlStore, case_of: CaseOf, household_of: HouseholdOf
    ) -> None:
        with store.reading() as desk:
            saves: list[Callable[[], None]] = [
                lambda: desk.cases.save(case_of()),
                lambda: desk.households.save(household_of()),
                lambda: desk.letters.save(letter("a", 1)),
                lambda: desk.filings.add(filing()),
                lambda: desk.packages.save(package("a", 1)),
                lambda: desk.partners.enrol(card(TOWN)),
                lambda: desk.bureau.add_import(list_import()),
                lambda: desk.bureau.mark_sent([WarningId("w")], "d"),
                lambda: desk.bureau.receive(ReceivedFiling(filing=filing(), package="d", received_at=AT)),
                lambda: desk.matches.save(DECISION),
                lambda: desk.partners.found(KEYS),
            ]
            for save in saves:
                with pytest.raises(DeskIsForReadingError):
                    save()

    def test_a_look_stays_as_it_was_while_others_change(self, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
        with store.reading() as before:
            assert list(before.cases.all_ids()) == []
            with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of("c1"))
            assert list(before.cases.all_ids()) == []
        with store.reading() as after:
            assert list(after.cases.all_ids()) == ["c1"]


def test_half_a_character_that_came_past_every_form_is_refused_with_a_sentence_and_nothing_is_kept(
    store: SqlStore, case_of: CaseOf, clerk: User
) -> None:
    known = case_of("c1")
    half = msgspec.structs.replace(known, warning=msgspec.structs.replace(known.warning, detail="病\ud83d"))
    with pytest.raises(UnwritableText, match="有一个字不完整"), store.change(Operation.TAKE_WARNING, clerk) as desk:
        desk.cases.save(half)
    with store.reading() as looked:
        assert looked.cases.all_ids() == []
