"""What a crash leaves beside the database is gone after the next opening, and nothing else is."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from taizhang_casework.domain.attachment import Attachment
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import AttachmentFolder, Passphrase, SqlStore, Vault, open_vault
from taizhang_db.attachments import folder as folders

CaseOf = Callable[..., Case]
RowOf = Callable[..., Attachment]
Paper = Callable[..., Path]
StoreOn = Callable[[Vault], SqlStore]


class Made(Protocol):
    """The fixture's vault on the disk."""

    folder: Path
    words: Passphrase

    def open(self) -> Vault: ...


def on_disk(vault: Path) -> list[str]:
    """The names of all files of the attachments' folder."""
    return sorted(path.name for path in (vault / "attachments").rglob("*") if path.is_file())


def test_half_written_and_unclaimed_files_go(made: Made, paper: Paper) -> None:
    with made.open() as vault:
        AttachmentFolder(vault).keep(paper())
        (vault.folder / "attachments" / ".new-half").write_bytes(b"x")
        assert len(on_disk(made.folder)) == 3
    with made.open():
        assert on_disk(made.folder) == []


def test_a_file_with_a_row_stays_and_loses_its_mark(
    made: Made, paper: Paper, store_on: StoreOn, clerk: User, case_of: CaseOf, row_of: RowOf
) -> None:
    with made.open() as vault:
        file = AttachmentFolder(vault).keep(paper())
        with store_on(vault).change(Operation.ATTACH, clerk) as desk:
            desk.cases.save(case_of("c1"))
            desk.attachments.add(row_of("a1", file), file)
        assert on_disk(made.folder) == [f".pending-{file.address}", file.address]
    with made.open() as vault:
        assert on_disk(made.folder) == [file.address]
        assert AttachmentFolder(vault).verify().whole


def test_files_of_a_newer_database_survive_that_an_older_one_was_put_back(
    made: Made, paper: Paper, store_on: StoreOn, clerk: User, case_of: CaseOf, row_of: RowOf
) -> None:
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1"))
    older = (made.folder / "cases.db").read_bytes()
    with made.open() as vault:
        keeping = AttachmentFolder(vault)
        file = keeping.keep(paper())
        with store_on(vault).change(Operation.ATTACH, clerk) as desk:
            desk.attachments.add(row_of("a1", file), file)
    newer = (made.folder / "cases.db").read_bytes()
    (made.folder / "cases.db").write_bytes(older)
    with open_vault(made.folder, made.words, although_doubtful=True) as vault:
        assert AttachmentFolder(vault).verify().stray == (file.address,)
        assert on_disk(made.folder) == [f".pending-{file.address}", file.address]
    (made.folder / "cases.db").write_bytes(newer)
    with made.open() as vault:
        assert AttachmentFolder(vault).verify().whole
        assert on_disk(made.folder) == [file.address]


def test_what_is_not_ours_is_left_alone(made: Made) -> None:
    place = made.folder / "attachments"
    place.mkdir()
    for name in ("readme.txt", ".pending-x", ".hidden"):
        (place / name).write_bytes(b"x")
    with made.open():
        assert on_disk(made.folder) == [".hidden", ".pending-x", "readme.txt"]


def test_a_vault_without_attachments_has_no_folder_for_them(made: Made) -> None:
    with made.open() as vault:
        assert AttachmentFolder(vault).verify().whole
    assert not folders.folder_in(made.folder).exists()
