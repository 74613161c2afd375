"""The recycle bin in the file: its order, and which line is frozen in which filing, in files of earlier revisions too."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError
from taizhang_casework.domain.case import Case, CaseId, Discarding, Meets, PackId
from taizhang_casework.domain.ledger import Filing, FilingId, FrozenIn, Informed, LedgerLine, Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.warning import Channel
from taizhang_db import SqlStore, Vault, migrating
from taizhang_db.codec import encode

CaseOf = Callable[..., Case]
APRIL, MAY = Month(2022, 4), Month(2022, 5)
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处")


def discarded(case: Case, hour: int) -> Case:
    at = datetime(2022, 4, 8, hour, tzinfo=UTC)
    return msgspec.structs.replace(case, discarded=Discarding(at=at, by="李明", why="登记错了"))


def filing(key: str, month: Month, revision: int, *cases: str) -> Filing:
    lines = tuple(
        LedgerLine(
            case=CaseId(case),
            town="环秀街道",
            village="东关社区",
            head_name="王建国",
            head_id_number="",
            channel=Channel.SELF_APPLICATION,
            source="12317",
            detail="突发疾病",
            received_on=date(2022, 4, 7),
            meets=Meets.UNDECIDED,
            refusal_reason="",
            applicant_informed=Informed.NOT_ASKED,
            verifiers=(),
            closed_on=None,
        )
        for case in cases
    )
    return Filing(
        id=FilingId(key),
        office=TOWN,
        month=month,
        revision=revision,
        frozen_at=datetime(2022, 4, 30, 16, tzinfo=UTC),
        frozen_by="李明",
        pack=PackId("jimo-2022-1"),
        lines=lines,
    )


def test_what_was_discarded_last_comes_first(store: SqlStore, clerk: User, case_of: CaseOf) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("kept"))
        for key, hour in (("noon", 12), ("morning", 8), ("evening", 20)):
            desk.cases.save(discarded(case_of(key), hour))
    with store.reading() as desk:
        assert [case.id for case in desk.cases.discarded()] == ["evening", "noon", "morning"]
        assert desk.cases.all_ids() == ["kept"]


def test_the_day_of_the_first_warning_is_the_ledgers(store: SqlStore, clerk: User, case_of: CaseOf) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(discarded(case_of("mistyped", received_on=date(2012, 4, 7)), 9))
        assert desk.cases.first_received_on() is None
        desk.cases.save(case_of("right", received_on=date(2022, 4, 6)))
        assert desk.cases.first_received_on() == date(2022, 4, 6)


def test_every_filing_that_has_a_line_of_the_case_is_told(store: SqlStore, clerk: User) -> None:
    with store.change(Operation.FREEZE_FILING, clerk) as desk:
        desk.filings.add(filing("f3", MAY, 1, "c1", "c2"))
        desk.filings.add(filing("f1", APRIL, 1, "c1"))
        desk.filings.add(filing("f2", APRIL, 2, "c1", "c1"))
        desk.filings.add(filing("f4", MAY, 2))
    with store.reading() as desk:
        assert list(desk.filings.holding(CaseId("c1"))) == [
            FrozenIn(APRIL, 1),
            FrozenIn(APRIL, 2),
            FrozenIn(MAY, 1),
        ]
        assert list(desk.filings.holding(CaseId("c2"))) == [FrozenIn(MAY, 1)]
        assert list(desk.filings.holding(CaseId("c"))) == []


@pytest.mark.parametrize("hand", ["DELETE FROM filing_lines", "UPDATE filing_lines SET case_id = 'c9'"])
def test_a_frozen_line_stays_frozen(store: SqlStore, vault: Vault, clerk: User, hand: str) -> None:
    with store.change(Operation.FREEZE_FILING, clerk) as desk:
        desk.filings.add(filing("f1", APRIL, 1, "c1"))
    with vault.engine.begin() as connection, pytest.raises(IntegrityError, match="append-only"):
        connection.exec_driver_sql(hand)


def test_the_lines_frozen_before_there_was_a_recycle_bin_are_known_too(vault: Vault, store: SqlStore) -> None:
    body = encode(filing("f1", APRIL, 1, "c1", "c2"))
    with vault.engine.begin() as connection:
        for table in (
            connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'case_words_%' AND name NOT LIKE 'household_words_%'"
            )
            .scalars()
            .all()
        ):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    migrating.migrate(vault.engine, to="0002")
    with vault.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO filings (id, month, revision, body) VALUES ('f1', '2022-04', 1, ?)", (body,)
        )
    migrating.migrate(vault.engine)
    with store.reading() as desk:
        assert list(desk.filings.holding(CaseId("c2"))) == [FrozenIn(APRIL, 1)]
