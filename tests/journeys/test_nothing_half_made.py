"""What fails half-way leaves nothing behind: no package that the register does not know, no vault without an office."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.sending import send_filing
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase, create_vault
from taizhang_db.desk import SqlWritableDesk
from taizhang_db.trouble import DiskFull
from taizhang_desktop.bootstrap import enter_vault, found_vault, load_rules, office
from taizhang_desktop.bootstrap.office import NotFounded
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.places import vaults_in
from taizhang_desktop.viewmodels.key import Key, KeyKind

if TYPE_CHECKING:
    from conftest import Offices

APRIL = Month(2022, 4)
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")


class FullAtTheEnd:
    """A store on a disk that is full when the change is to be kept."""

    def __init__(self, work: Work) -> None:
        self._store = work.store
        self.reading = work.store.reading

    @contextmanager
    def change(self, operation: Operation, by: User) -> Iterator[SqlWritableDesk]:
        with self._store.change(operation, by) as desk:
            yield desk  # type: ignore[misc]  # the store of these offices is on SQL
            raise DiskFull


def test_a_package_that_the_register_could_not_keep_is_not_left_on_the_stick(offices: "Offices") -> None:
    town = offices.town()
    filing = freeze(town.work, APRIL).filing
    full = Work(**{**vars(town.work), "store": FullAtTheEnd(town.work)})
    with pytest.raises(DiskFull):
        send_filing(full, town.courier, filing.id, offices.bureau.office.id, offices.path_for)
    assert not list(offices.folder.glob("*.tzb"))
    again = send_filing(town.work, town.courier, filing.id, offices.bureau.office.id, offices.path_for)
    assert again.record.manifest.number == 1


def test_a_file_that_lay_on_the_stick_before_is_left_alone(offices: "Offices") -> None:
    town = offices.town()
    filing = freeze(town.work, APRIL).filing
    before = offices.folder / f"{town.office.id}-{offices.bureau.office.id}-1.tzb"
    before.write_bytes(b"somebody else's")
    with pytest.raises(Exception, match="已经有"):
        send_filing(town.work, town.courier, filing.id, offices.bureau.office.id, offices.path_for)
    assert before.read_bytes() == b"somebody else's"


def test_an_office_that_could_not_be_founded_leaves_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    folder, rules, clock = tmp_path / "环秀街道", load_rules(), StoryClock(date(2022, 4, 20))
    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(office, "found_office", full)
        with pytest.raises(DiskFull):
            found_vault(
                folder, TOWN, "correct horse", user=User(name="李明", role=Role.ADMINISTRATOR), rules=rules, clock=clock
            )
    assert not folder.exists()
    assert not vaults_in(tmp_path)
    found_vault(
        folder, TOWN, "correct horse", user=User(name="李明", role=Role.ADMINISTRATOR), rules=rules, clock=clock
    ).office.close()


def test_a_vault_that_no_office_was_founded_in_is_said_and_not_kept_open(tmp_path: Path) -> None:
    create_vault(tmp_path, Passphrase("correct horse"))
    key, rules, clock = Key(KeyKind.PASSPHRASE, "correct horse"), load_rules(), StoryClock(date(2022, 4, 20))
    for _ in range(2):
        with pytest.raises(NotFounded, match="没有建成"):
            enter_vault(tmp_path, key, rules=rules, clock=clock)


def test_a_vault_of_which_only_the_copy_of_the_key_file_is_left_is_still_found(tmp_path: Path) -> None:
    create_vault(tmp_path / "office", Passphrase("即墨 乡村 振兴"))
    (tmp_path / "office" / "vault.json").unlink()
    assert vaults_in(tmp_path) == (tmp_path / "office",)


@pytest.mark.parametrize("left", ["cases.db", "cases-2.db", "vault.head", f"attachments/ab/{'ab' * 32}"])
def test_a_folder_in_which_anything_of_a_vault_is_left_is_never_taken_for_none(tmp_path: Path, left: str) -> None:
    office = tmp_path / "office"
    (office / left).parent.mkdir(parents=True)
    (office / left).write_bytes(b"\0")
    (tmp_path / "别人的" / "attachments").mkdir(parents=True)
    assert vaults_in(tmp_path) == (office,)
