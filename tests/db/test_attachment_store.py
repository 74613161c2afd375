"""Attachments in a real vault: kept whole or not at all, once each, read only as they were, and missed when they are gone."""

import errno
import os
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from taizhang_casework.domain.attachment import (
    MOST_BYTES,
    Address,
    Attachment,
    MediaType,
    StoredFile,
)
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.attachment_ports import AttachmentStore
from taizhang_db import Argon2Cost, AttachmentFolder, Passphrase, SqlStore, Vault, create_vault, open_vault
from taizhang_db.attachments.cipher import CHUNK_BYTES, sealed_size
from taizhang_db.attachments.source import Source
from taizhang_db.attachments.trouble import (
    CopyNotWritten,
    MediaNotAccepted,
    SourceChanged,
    SourceEmpty,
    SourceGone,
    SourceNotAFile,
    SourceTooLarge,
    SourceUnreadable,
    StoredFileDamaged,
    StoredFileMissing,
)
from taizhang_db.engine import for_reading
from taizhang_db.journal import rows_after
from taizhang_db.pen import DeskIsForReadingError
from taizhang_db.trouble import DiskFull, DiskTrouble

CaseOf = Callable[..., Case]
RowOf = Callable[..., Attachment]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="2026-11: pipes, /dev and permissions are POSIX")


class Made(Protocol):
    """The fixture's vault on the disk."""

    folder: Path

    def open(self) -> Vault: ...


@pytest.fixture
def keeping(vault: Vault) -> AttachmentFolder:
    return AttachmentFolder(vault)


@pytest.fixture
def attach(
    store: SqlStore, clerk: User, keeping: AttachmentFolder, case_of: CaseOf, row_of: RowOf
) -> Callable[..., StoredFile]:
    """Keep a file and give it to a case, as the service does."""

    def do(path: Path, key: str = "a1") -> StoredFile:
        file = keeping.keep(path)
        with store.change(Operation.ATTACH, clerk) as desk:
            desk.cases.save(case_of("c1"))
            desk.attachments.add(row_of(key, file, path.name), file)
        keeping.settle(file.address)
        return file

    return do


def on_disk(vault: Path) -> list[str]:
    """The names of all files of the attachments' folder."""
    place = vault / "attachments"
    return sorted(path.name for path in place.rglob("*") if path.is_file())


class StoppedError(Exception):
    """What a progress raises when the user has had enough."""


Attach = Callable[..., StoredFile]
Paper = Callable[..., Path]


class TestKeeping:
    def test_the_folder_is_what_the_services_ask_for(self, keeping: AttachmentFolder) -> None:
        as_port: AttachmentStore = keeping
        assert as_port is keeping

    @pytest.mark.parametrize("size", [CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 200_000])
    def test_a_file_comes_back_byte_by_byte(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, size: int
    ) -> None:
        path = paper(size)
        file = attach(path)
        assert (file.size, file.media) == (size, MediaType.PDF)
        assert keeping.read(file.address) == path.read_bytes()
        assert b"".join(keeping.stream(file.address)) == path.read_bytes()
        assert keeping.place_of(file.address).stat().st_size == sealed_size(size)

    def test_its_name_on_the_disk_is_its_address_and_nothing_else_is_there(
        self, vault: Vault, attach: Attach, paper: Paper
    ) -> None:
        file = attach(paper())
        assert on_disk(vault.folder) == [file.address]
        assert (vault.folder / "attachments" / file.address[:2] / file.address).exists()

    def test_the_same_content_is_stored_once_whatever_it_is_called(
        self, vault: Vault, attach: Attach, paper: Paper
    ) -> None:
        one, other = attach(paper(name="一.pdf"), "a1"), attach(paper(name="二.pdf"), "a2")
        assert one == other
        assert on_disk(vault.folder) == [one.address]

    def test_another_content_has_another_address_and_key(self, attach: Attach, paper: Paper) -> None:
        one, other = attach(paper(), "a1"), attach(paper(of=1), "a2")
        assert one.address != other.address
        assert one.key != other.key

    def test_the_address_tells_an_outsider_nothing(self, made: Made, tmp_path: Path, paper: Paper) -> None:
        create_vault(tmp_path / "other", Passphrase("x"), cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
        path = paper()
        with made.open() as here, open_vault(tmp_path / "other", Passphrase("x")) as there:
            assert AttachmentFolder(here).keep(path).address != AttachmentFolder(there).keep(path).address

    def test_the_key_is_in_no_repr(self, keeping: AttachmentFolder, paper: Paper) -> None:
        file = keeping.keep(paper())
        assert repr(file) == f"StoredFile({file.address})"

    def test_the_journal_and_the_folder_hold_no_key(self, vault: Vault, attach: Attach, paper: Paper) -> None:
        file = attach(paper())
        with for_reading(vault.engine).connect() as connection:
            journal = [each for each in rows_after(connection) if each.kind is Kind.ATTACHMENT]
        assert [each.id for each in journal] == ["a1"]
        written = msgspec.json.encode(journal)
        assert file.key.hex().encode() not in written
        assert msgspec.json.encode(file.key).strip(b'"') not in written
        assert file.key not in keeping_bytes(vault.folder)

    def test_a_file_that_no_attachment_took_is_taken_away_when_the_deed_is_over(
        self, vault: Vault, keeping: AttachmentFolder, paper: Paper
    ) -> None:
        keeping.settle(keeping.keep(paper()).address)
        assert on_disk(vault.folder) == []

    def test_a_desk_for_reading_takes_no_attachment(
        self, store: SqlStore, keeping: AttachmentFolder, paper: Paper, row_of: RowOf
    ) -> None:
        file = keeping.keep(paper())
        with store.reading() as desk, pytest.raises(DeskIsForReadingError):
            desk.attachments.add(row_of("a1", file), file)

    def test_memory_stays_at_some_chunks_however_large_the_file_is(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, tmp_path: Path
    ) -> None:
        path = paper(20 * 1024 * 1024)
        tracemalloc.start()
        try:
            file = attach(path)
            for _ in keeping.stream(file.address):
                pass
            keeping.verify()
            keeping.copy_out(file.address, tmp_path / "copy.pdf")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 1024 * 1024

    def test_progress_counts_to_the_size_and_what_it_raises_leaves_nothing(
        self, vault: Vault, keeping: AttachmentFolder, paper: Paper
    ) -> None:
        told: list[tuple[int, int]] = []
        keeping.keep(paper(), lambda done, total: told.append((done, total)))
        assert told[-1] == (200_000, 200_000)
        before = on_disk(vault.folder)

        def stop(done: int, total: int) -> None:
            if done > CHUNK_BYTES:
                raise StoppedError

        with pytest.raises(StoppedError):
            keeping.keep(paper(of=1), stop)
        assert on_disk(vault.folder) == before


def keeping_bytes(vault: Path) -> bytes:
    return b"".join(path.read_bytes() for path in vault.rglob("*") if path.is_file())


class TestWhatIsNotTaken:
    def test_nothing_of_it_is_left(self, vault: Vault, keeping: AttachmentFolder, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"MZ not a paper")
        with pytest.raises(MediaNotAccepted):
            keeping.keep(tmp_path / "a.pdf")
        assert on_disk(vault.folder) == []

    def test_an_empty_file(self, keeping: AttachmentFolder, tmp_path: Path) -> None:
        (tmp_path / "空.pdf").touch()
        with pytest.raises(SourceEmpty, match="”是空的"):
            keeping.keep(tmp_path / "空.pdf")

    def test_one_byte_that_is_no_picture(self, keeping: AttachmentFolder, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"\xff")
        with pytest.raises(MediaNotAccepted):
            keeping.keep(tmp_path / "a.jpg")

    def test_a_file_that_is_not_there(self, keeping: AttachmentFolder, tmp_path: Path) -> None:
        with pytest.raises(SourceGone):
            keeping.keep(tmp_path / "没有.pdf")

    @POSIX
    def test_a_folder_a_pipe_and_a_device(self, keeping: AttachmentFolder, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
            with pytest.raises(SourceNotAFile):
                keeping.keep(path)

    def test_fifty_megabytes_and_not_a_byte_more(
        self, vault: Vault, keeping: AttachmentFolder, attach: Attach, paper: Paper
    ) -> None:
        path = paper(MOST_BYTES + 1)
        with pytest.raises(SourceTooLarge):
            keeping.keep(path)
        assert on_disk(vault.folder) == []
        for size in (MOST_BYTES, MOST_BYTES - 1):
            os.truncate(path, size)
            file = attach(path, f"a{size}")
            assert keeping.read(file.address) == path.read_bytes()

    def test_a_file_whose_reading_fails(self, paper: Paper) -> None:
        """A file that was opened for writing alone gives the error of the system that a bad block gives."""
        with (
            os.fdopen(os.open(paper(), os.O_WRONLY), "rb") as bad,
            pytest.raises(SourceUnreadable, match="读不出“坏"),
        ):
            Source(bad, "坏.pdf")

    def test_a_file_that_grows_while_it_is_read(self, vault: Vault, keeping: AttachmentFolder, paper: Paper) -> None:
        path = paper()

        def grow(done: int, total: int) -> None:
            with path.open("ab") as file:
                file.write(b"more")

        with pytest.raises(SourceChanged):
            keeping.keep(path, grow)
        assert on_disk(vault.folder) == []

    def test_a_file_that_is_cut_while_it_is_read(self, vault: Vault, keeping: AttachmentFolder, paper: Paper) -> None:
        path = paper()
        with pytest.raises(SourceChanged):
            keeping.keep(path, lambda _done, _total: os.truncate(path, CHUNK_BYTES))
        assert on_disk(vault.folder) == []

    def test_a_file_that_is_written_over_in_place_while_it_is_read(
        self, vault: Vault, keeping: AttachmentFolder, paper: Paper
    ) -> None:
        path = paper()
        os.utime(path, ns=(0, 0))

        def overwrite(done: int, total: int) -> None:
            with path.open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                file.write(b"!")

        with pytest.raises(SourceChanged):
            keeping.keep(path, overwrite)
        assert on_disk(vault.folder) == []

    def test_a_name_with_broken_characters_is_said_all_the_same(self, keeping: AttachmentFolder) -> None:
        with pytest.raises(SourceGone, match="\N{REPLACEMENT CHARACTER}"):
            keeping.keep(Path("\udcd5\udcd5.jpg"))

    @pytest.mark.parametrize(
        ("number", "said"), [(errno.ENOSPC, DiskFull), (errno.EIO, DiskTrouble), (errno.ENOENT, DiskTrouble)]
    )
    def test_a_disk_that_fails_while_it_is_written(
        self,
        vault: Vault,
        keeping: AttachmentFolder,
        paper: Paper,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        said: type[OfficeTrouble],
    ) -> None:
        """Chance decides when a disk fails: here it does so at the bringing to the disk."""

        def fail(_handle: int) -> None:
            raise OSError(number, "")

        monkeypatch.setattr("taizhang_db.attachments.store.os.fsync", fail)
        with pytest.raises(said):
            keeping.keep(paper())
        assert on_disk(vault.folder) == []


def flipped(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)


def cut(place: Path) -> None:
    os.truncate(place, place.stat().st_size - 1)


def emptied(place: Path) -> None:
    os.truncate(place, 0)


def longer(place: Path) -> None:
    with place.open("ab") as file:
        file.write(b"\0")


def gone(place: Path) -> None:
    place.unlink()


HARMS = [
    pytest.param(flipped, StoredFileDamaged, id="a bit flipped"),
    pytest.param(cut, StoredFileDamaged, id="cut by a byte"),
    pytest.param(emptied, StoredFileDamaged, id="emptied"),
    pytest.param(longer, StoredFileDamaged, id="a byte longer"),
    pytest.param(gone, StoredFileMissing, id="gone"),
]


class TestWhatHappensToAFile:
    @pytest.mark.parametrize(("harm", "said"), HARMS)
    def test_it_is_seen_and_the_others_are_still_there(
        self,
        keeping: AttachmentFolder,
        attach: Attach,
        paper: Paper,
        tmp_path: Path,
        harm: Callable[[Path], None],
        said: type[OfficeTrouble],
    ) -> None:
        one, other = attach(paper(), "a1"), attach(paper(of=1), "a2")
        harm(keeping.place_of(one.address))
        with pytest.raises(said):
            keeping.read(one.address)
        with pytest.raises(said):
            keeping.copy_out(one.address, tmp_path / "copy.pdf")
        assert not (tmp_path / "copy.pdf").exists()
        assert len(keeping.read(other.address)) == other.size
        found = keeping.verify()
        assert not found.whole
        assert (found.right, found.missing + found.damaged) == (1, (one.address,))

    @pytest.mark.parametrize("harm", [flipped, cut, emptied, longer, gone], ids=lambda harm: harm.__name__)
    def test_adding_the_original_again_mends_it(
        self,
        vault: Vault,
        keeping: AttachmentFolder,
        attach: Attach,
        paper: Paper,
        harm: Callable[[Path], None],
    ) -> None:
        path = paper()
        one = attach(path, "a1")
        harm(keeping.place_of(one.address))
        assert attach(path, "a2") == one
        assert keeping.read(one.address) == path.read_bytes()
        assert keeping.verify().whole
        assert on_disk(vault.folder) == [one.address]

    def test_two_files_that_changed_places_are_both_seen(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, tmp_path: Path
    ) -> None:
        one, other = attach(paper(), "a1"), attach(paper(of=1), "a2")
        here, there = keeping.place_of(one.address), keeping.place_of(other.address)
        here.rename(tmp_path / "aside")
        there.rename(here)
        (tmp_path / "aside").rename(there)
        assert keeping.verify().damaged == tuple(sorted((one.address, other.address)))

    def test_an_attachment_that_nobody_knows_is_an_error_of_ours(self, keeping: AttachmentFolder) -> None:
        with pytest.raises(KeyError):
            keeping.stream(Address("ab" * 32))

    def test_a_folder_that_is_gone_with_its_stick_is_trouble_of_the_disk(
        self,
        made: Made,
        tmp_path: Path,
        paper: Paper,
        case_of: CaseOf,
        row_of: RowOf,
        clerk: User,
        store_on: Callable[[Vault], SqlStore],
    ) -> None:
        with made.open() as vault:
            keeping = AttachmentFolder(vault)
            file = keeping.keep(paper())
            with store_on(vault).change(Operation.ATTACH, clerk) as desk:
                desk.cases.save(case_of("c1"))
                desk.attachments.add(row_of("a1", file), file)
            made.folder.rename(tmp_path / "away")
            for deed in (keeping.verify, lambda: keeping.read(file.address), lambda: keeping.keep(paper(of=1))):
                with pytest.raises(DiskTrouble):
                    deed()
            (tmp_path / "away").rename(made.folder)
            assert keeping.verify().whole

    def test_a_walk_over_all_files_tells_how_far_it_is_and_can_be_ended(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper
    ) -> None:
        attach(paper(), "a1")
        attach(paper(of=1), "a2")
        told: list[tuple[int, int]] = []
        assert keeping.verify(lambda done, total: told.append((done, total))).right == 2
        assert told[-1] == (400_000, 400_000)

        def stop(done: int, total: int) -> None:
            raise StoppedError

        with pytest.raises(StoppedError):
            keeping.verify(stop)

    def test_what_a_backup_must_hold_is_told(self, keeping: AttachmentFolder, attach: Attach, paper: Paper) -> None:
        kept = [attach(paper(), "a1"), attach(paper(of=1), "a2")]
        assert list(keeping.files()) == sorted(kept, key=lambda file: file.address)
        assert all(keeping.place_of(file.address).is_file() for file in kept)


class TestCopies:
    def test_a_copy_is_the_original(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, tmp_path: Path
    ) -> None:
        path, told = paper(), list[int]()
        file = attach(path)
        keeping.copy_out(file.address, tmp_path / "另存.pdf", lambda done, _total: told.append(done))
        assert (tmp_path / "另存.pdf").read_bytes() == path.read_bytes()
        assert told[-1] == file.size

    def test_a_copy_that_was_stopped_leaves_what_was_there(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, tmp_path: Path
    ) -> None:
        file = attach(paper())
        there = tmp_path / "stick"
        there.mkdir()
        (there / "a.pdf").write_bytes(b"older")

        def stop(done: int, total: int) -> None:
            raise StoppedError

        with pytest.raises(StoppedError):
            keeping.copy_out(file.address, there / "a.pdf", stop)
        assert [path.read_bytes() for path in there.iterdir()] == [b"older"]

    def test_a_place_that_cannot_be_written_is_said(
        self, keeping: AttachmentFolder, attach: Attach, paper: Paper, tmp_path: Path
    ) -> None:
        file = attach(paper())
        (tmp_path / "in the way").mkdir()
        for path in (tmp_path / "no such folder" / "a.pdf", tmp_path / "in the way"):
            with pytest.raises(CopyNotWritten, match=path.name):
                keeping.copy_out(file.address, path)
        assert list((tmp_path / "in the way").iterdir()) == []


def test_nothing_of_a_stored_file_can_be_read_in_the_vault(
    vault: Vault, keeping: AttachmentFolder, attach: Attach, tmp_path: Path
) -> None:
    secret = "金丝雀之名37028219991231111X".encode()
    path = tmp_path / "金丝雀之名.pdf"
    path.write_bytes(b"%PDF-1.7\n" + secret * 9000)
    keeping.read(attach(path).address)
    written = keeping_bytes(vault.folder)
    assert secret not in written
    assert "金丝雀".encode() not in written
    assert b"%PDF" not in written
