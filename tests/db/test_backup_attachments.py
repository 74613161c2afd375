"""The attachments in a backup: as encrypted as in the vault, all of them, and what the vault itself had lost is told."""

import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from taizhang_casework.domain.attachment import Attachment, StoredFile
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import Passphrase, SqlStore, Vault
from taizhang_db.attachments.store import AttachmentFolder
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import check_backup, restore_beside
from taizhang_db.backup.trouble import BackupDamaged, BackupMixed

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
WORDS = Passphrase("即墨 乡村 振兴")


@pytest.fixture
def kept(
    vault: Vault,
    store: SqlStore,
    clerk: User,
    case_of: Callable[..., Case],
    paper: Callable[..., Path],
    row_of: Callable[..., Attachment],
) -> tuple[StoredFile, ...]:
    """Three papers of a case: a small one, and two of several chunks."""
    shelf = AttachmentFolder(vault)
    files = tuple(shelf.keep(paper(size, f"{at}.pdf", at)) for at, size in enumerate((2_000, 200_000, 70_000)))
    with store.change(Operation.ATTACH, clerk) as desk:
        desk.cases.save(case_of("c1"))
        for at, file in enumerate(files):
            desk.attachments.add(row_of(f"a{at}", file), file)
    for file in files:
        shelf.settle(file.address)
    return files


@pytest.fixture
def back_up(vault: Vault, tmp_path: Path) -> Callable[[], Path]:
    def make() -> Path:
        file = tmp_path / "x.tzbak"
        file.unlink(missing_ok=True)
        make_backup(BackupSource.of(vault), file, work=tmp_path / "work", clock=lambda: AT)
        return file

    return make


def test_every_attachment_comes_out_again(
    vault: Vault, kept: tuple[StoredFile, ...], back_up: Callable[[], Path], tmp_path: Path
) -> None:
    restored = restore_beside(back_up(), WORDS, tmp_path / "data")
    assert restored.face.counts.attachments == len(kept)
    ours, theirs = AttachmentFolder(vault), AttachmentFolder(restored.vault)
    assert theirs.verify().whole
    assert [theirs.read(file.address) for file in kept] == [ours.read(file.address) for file in kept]
    restored.discard()


def test_what_no_row_names_is_not_taken(
    vault: Vault, kept: tuple[StoredFile, ...], back_up: Callable[[], Path]
) -> None:
    place = AttachmentFolder(vault).place_of(kept[0].address)
    (place.parent / ("ab" * 32)).write_bytes(b"stray")
    (vault.folder / "attachments" / ".new-x").write_bytes(b"half")
    with tarfile.open(back_up()) as tar:
        names = [name for name in tar.getnames() if name.startswith("attachments/")]
    assert names == sorted(f"attachments/{file.address[:2]}/{file.address}" for file in kept)


@pytest.mark.parametrize("lost", [True, False], ids=["missing", "damaged"])
def test_what_the_vault_had_lost_is_told_and_the_rest_is_backed_up(
    vault: Vault, kept: tuple[StoredFile, ...], tmp_path: Path, lost: bool
) -> None:
    """One photo that cannot be read must not keep an office without any backup."""
    place = AttachmentFolder(vault).place_of(kept[1].address)
    if lost:
        place.unlink()
    else:
        content = bytearray(place.read_bytes())
        content[1000] ^= 1
        place.write_bytes(content)
    file = tmp_path / "x.tzbak"
    done = make_backup(BackupSource.of(vault), file, work=tmp_path / "work", clock=lambda: AT)
    assert done.lacking == 1
    assert check_backup(file, WORDS, work=tmp_path / "work").lacking == 1
    restored = restore_beside(file, WORDS, tmp_path / "data")
    found = AttachmentFolder(restored.vault).verify()
    assert (found.right, found.missing) == (2, (kept[1].address,))
    restored.discard()


def test_an_attachment_that_was_changed_or_swapped_is_seen(
    kept: tuple[StoredFile, ...], back_up: Callable[[], Path], tmp_path: Path
) -> None:
    file = back_up()
    whole = file.read_bytes()
    with tarfile.open(file) as tar:
        places = {each.name: each for each in tar if each.name.startswith("attachments/")}
    for info in places.values():
        changed = bytearray(whole)
        changed[info.offset_data + info.size // 2] ^= 1
        file.write_bytes(changed)
        with pytest.raises(BackupDamaged):
            check_backup(file, WORDS, work=tmp_path / "work")
    first, second = list(places.values())[:2]
    changed = bytearray(whole)
    for one, other in ((first, second), (second, first)):
        changed[one.offset : one.offset + 512] = whole[other.offset : other.offset + 512]
    file.write_bytes(changed)
    with pytest.raises((BackupMixed, BackupDamaged)):
        check_backup(file, WORDS, work=tmp_path / "work")
    assert len(kept) == len(places)
