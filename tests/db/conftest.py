"""Real vaults on real files, opened cheaply; and values to keep in them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from shipped import PACKS
from taizhang_casework.domain.attachment import Attachment, AttachmentId, AttachmentKind, StoredFile
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import Entry, Record
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db import Argon2Cost, Passphrase, RecoveryCode, SqlStore, Vault, create_vault, open_vault

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")


class StillClock:
    """A clock that stands on the notice's day."""

    def now(self) -> datetime:
        return datetime(2022, 4, 7, 9, 30, tzinfo=UTC)

    def today(self) -> date:
        return date(2022, 4, 7)

    def new_id(self) -> str:
        return "0" * 32


class MadeVault:
    """A vault on the disk with what opens it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words = WORDS
        self.code: RecoveryCode = create_vault(folder, WORDS, cost=CHEAP)

    @property
    def case_file(self) -> Path:
        return self.folder / "cases.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "vault.json"

    def open(self) -> Vault:
        return open_vault(self.folder, self.words)


@pytest.fixture
def made(tmp_path: Path) -> MadeVault:
    return MadeVault(tmp_path / "台账 数据")


@pytest.fixture
def vault(made: MadeVault) -> Iterator[Vault]:
    with made.open() as opened:
        yield opened


@pytest.fixture
def store(vault: Vault) -> SqlStore:
    return SqlStore(vault, StillClock(), PACKS)


@pytest.fixture
def store_on() -> Callable[..., SqlStore]:
    """A store on a vault that the test opened itself, with packs of its own where it has some."""
    return lambda vault, packs=PACKS: SqlStore(vault, StillClock(), packs)


@pytest.fixture
def clerk() -> User:
    return User(name="李明")


@pytest.fixture
def case_of() -> Callable[..., Case]:
    """A case by its id; everything else may be said."""

    def make(
        case: str = "c1",
        *records: Record,
        name: str = "王建国",
        id_number: str = "11010519491231002X",
        channel: Channel = Channel.SELF_APPLICATION,
        village: str = "370215001207",
        received_on: date = date(2022, 4, 7),
        household: str | None = None,
    ) -> Case:
        warning = Warning(
            id=WarningId(f"w-{case}"),
            channel=channel,
            source="12317",
            detail="家庭成员突发疾病",
            name=name,
            id_number=id_number,
            town_code=village[:9],
            village_code=village,
            received_on=received_on,
        )
        entries = tuple(
            Entry(recorded_at=datetime(2022, 4, 30, 9, tzinfo=UTC), recorded_by="李明", record=record)
            for record in records
        )
        return Case(
            id=CaseId(case),
            warning=warning,
            opened_on=received_on,
            pack=PackId("jimo-2022-1"),
            household=None if household is None else HouseholdId(household),
            entries=entries,
        )

    return make


@pytest.fixture
def household_of() -> Callable[..., Household]:
    """A household by its id, with its members; the first is the head."""

    def make(household: str = "h1", *members: tuple[str, str], village: str = "370215001207") -> Household:
        people = members or (("王建国", "11010519491231002X"),)
        return Household(
            id=HouseholdId(household),
            village_code=village,
            memberships=tuple(
                Membership(
                    person=Person(id=PersonId(f"{household}-{place}"), name=name, id_number=number),
                    relation=Relation.CHILD if place else Relation.HEAD,
                    since=date(2020, 1, 1),
                )
                for place, (name, number) in enumerate(people)
            ),
        )

    return make


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    """A file of that many bytes that is a PDF by its beginning."""

    def make(size: int = 200_000, name: str = "入户核查表.pdf", of: int = 0) -> Path:
        path = tmp_path / name
        body = bytes((each * 7 + of) % 256 for each in range(1 << 16))
        path.write_bytes((b"%PDF-1.7\n" + body * (size // len(body) + 1))[:size])
        return path

    return make


@pytest.fixture
def row_of() -> Callable[..., Attachment]:
    """The row of a stored file, as an attachment of the case c1."""

    def make(key: str, file: StoredFile, name: str = "入户核查表.pdf") -> Attachment:
        return Attachment(
            id=AttachmentId(key),
            case=CaseId("c1"),
            kind=AttachmentKind.SIGNED_SHEET,
            name=name,
            media=file.media,
            size=file.size,
            address=file.address,
            added_by="李明",
            added_at=datetime(2022, 4, 7, tzinfo=UTC),
        )

    return make
