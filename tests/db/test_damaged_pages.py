"""A page that is not as it was written: SQLCipher gives it as zeros without a word, so the store asks before anything is believed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.attachment import Address
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import AttachmentFolder, SqlStore, Vault
from taizhang_db.engine import for_reading, for_writing
from taizhang_db.rotation import rotate
from taizhang_db.trouble import CaseFileDamaged

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
LONG = "illness in the family, " * 350
"""Longer than a page: its end stands on a page of its own."""


@pytest.fixture
def damaged(made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case]) -> "MadeVault":
    """A vault in which the last page of one case's long detail has a flipped bit."""
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        case = case_of("sick")
        desk.cases.save(msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, detail=LONG)))
    content = made.case_file.read_bytes()
    (made.folder.parent / "whole.db").write_bytes(content)
    for page_end in range(len(content), 0, -4096):
        touched = bytearray(content)
        touched[page_end - 200] ^= 1
        made.case_file.write_bytes(touched)
        if silent(made):
            return made
    pytest.fail("no page whose damage the driver lets pass")


def silent(made: "MadeVault") -> bool:
    """Whether the driver gives another detail and no error."""
    try:
        with made.open() as vault, for_reading(vault.engine).connect() as connection:
            told = connection.exec_driver_sql("SELECT detail FROM cases").scalar_one()
            return bool(told != LONG)
    except Exception:  # noqa: BLE001 - whatever it says, it says something
        return False


def test_a_look_that_read_a_damaged_page_is_not_believed(damaged: "MadeVault", store_on: StoreOn) -> None:
    with damaged.open() as vault:
        store = store_on(vault)
        with pytest.raises(CaseFileDamaged), store.reading() as desk:
            desk.cases.page(CaseQuery(), 0, 1)
        with store.reading() as desk:
            assert list(desk.users.all()) == []


def test_a_change_that_read_a_damaged_page_is_undone(
    damaged: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case]
) -> None:
    with damaged.open() as vault:
        store = store_on(vault)
        head = store.journal_head()

        def look_and_save() -> None:
            with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.page(CaseQuery(), 0, 1)
                desk.cases.save(case_of("another"))

        with pytest.raises(CaseFileDamaged):
            look_and_save()
        assert store.journal_head() == head


def test_the_keys_are_not_changed_around_a_damaged_page(damaged: "MadeVault", tmp_path: Path) -> None:
    content = damaged.case_file.read_bytes()
    with damaged.open() as vault, pytest.raises(CaseFileDamaged):
        rotate(vault)
    assert damaged.case_file.read_bytes() == content
    assert [path.name for path in damaged.folder.glob("cases*")] == ["cases.db"]


def test_whichever_page_is_damaged_nothing_else_is_said_than_that_it_is(
    damaged: "MadeVault", store_on: StoreOn
) -> None:
    """Not that the history is another one, nor that somebody touched the journal, nor a value that is not what was written."""
    content = (damaged.folder.parent / "whole.db").read_bytes()
    pages = len(content) // 4096
    said = 0
    for page in range(pages):
        touched = bytearray(content)
        touched[page * 4096 + 300] ^= 4
        damaged.case_file.write_bytes(touched)
        try:
            with damaged.open() as vault:
                store = store_on(vault)
                assert store.verify_journal() is None
                with store.reading() as desk:
                    assert desk.cases.get(CaseId("sick")).warning.detail == LONG
                    assert desk.cases.page(CaseQuery(), 0, 1)[0].detail == LONG
        except CaseFileDamaged:
            said += 1
    assert said >= pages // 5


LONG_KEY = b"\x07" * 6_000
ROW = "INSERT INTO attachment_files (address, key, size, media) VALUES (?, ?, 5, 'application/pdf')"
ADDRESS = Address("ab" * 32)
DEEDS: dict[str, Callable[[AttachmentFolder, Path], object]] = {
    "list the files": lambda keeping, _: keeping.files(),
    "find one": lambda keeping, _: keeping.file_of(ADDRESS),
    "verify": lambda keeping, _: keeping.verify(),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_damaged_page_is_told_to_whoever_works_with_attachments(
    made: "MadeVault", paper: Callable[..., Path], deed: Callable[[AttachmentFolder, Path], object]
) -> None:
    """A row longer than a page, whose end stands on the last page of the file and comes back as zeros."""
    with made.open() as vault, for_writing(vault.engine).begin() as connection:
        connection.exec_driver_sql(ROW, (ADDRESS, LONG_KEY))
    told_damaged(made, paper(1_000), deed)


def test_a_damaged_page_gives_no_attachment_another_name(made: "MadeVault", paper: Callable[..., Path]) -> None:
    with made.open() as vault, for_writing(vault.engine).begin() as connection:
        connection.exec_driver_sql("UPDATE attachment_naming SET key = ?", (LONG_KEY,))
    told_damaged(made, paper(1_000), lambda keeping, path: keeping.keep(path))
    assert list((made.folder / "attachments").rglob("?*/?*")) == []


def told_damaged(made: "MadeVault", path: Path, deed: Callable[[AttachmentFolder, Path], object]) -> None:
    content = bytearray(made.case_file.read_bytes())
    content[-200] ^= 1
    made.case_file.write_bytes(content)
    with made.open() as vault, pytest.raises(CaseFileDamaged):
        deed(AttachmentFolder(vault), path)
