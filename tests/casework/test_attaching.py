"""Attachments of a case: told by their content, kept once, removed with a reason, restored; each written into the journal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from taizhang_casework.domain.attachment import (
    Address,
    AttachmentId,
    AttachmentKind,
    MediaType,
    StoredFile,
    clean_name,
    media_type,
    what_instead,
)
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.disclosure import Disclosed, Disclosure
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.rights import RIGHTS
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import AlreadyAttached, attach, attachments_of, remove, restore
from taizhang_casework.services.disclosing import disclose_copy, disclose_preview
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.work import Work
from taizhang_db import AttachmentFolder, Vault
from taizhang_db.engine import for_reading
from taizhang_db.journal import rows_after

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


@pytest.mark.parametrize(
    ("head", "media"),
    [
        pytest.param(JPEG, MediaType.JPEG, id="a JPEG photo"),
        pytest.param(PNG, MediaType.PNG, id="a PNG picture"),
        pytest.param(b"%PDF-1.4", MediaType.PDF, id="a PDF"),
        pytest.param(b"\xef\xbb\xbf\n%PDF-1.4", MediaType.PDF, id="a PDF behind what a scanner put before it"),
        pytest.param(b" " * 1019 + b"%PDF-", MediaType.PDF, id="a PDF that begins as late as readers allow"),
        pytest.param(b" " * 1020 + b"%PDF-", None, id="no PDF: it begins later than readers allow"),
        pytest.param(b"\xff\xd8", None, id="no JPEG: two bytes"),
        pytest.param(b"\0\0\0\x18ftypheic", None, id="no HEIC: most offices' PCs cannot show it"),
        pytest.param(b"MZ\x90", None, id="no program, whatever it is called"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, media: MediaType | None) -> None:
    assert media_type(head) is media


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC照片"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC照片"),
        (b"PK\x03\x04", "另存为PDF"),
        (b"\xd0\xcf\x11\xe0", "另存为PDF"),
        (b"BM6", "另存为JPG"),
        (b"RIFF\0\0\0\0WEBP", "另存为JPG"),
        (b"MZ", "改存为JPG、PNG或PDF"),
        (b"", "改存为JPG、PNG或PDF"),
    ],
)
def test_what_is_not_accepted_is_told_what_to_do_about_it(head: bytes, says: str) -> None:
    assert says in what_instead(head)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("李䶮·阿𠮷家.jpg", "李䶮·阿𠮷家.jpg", id="rare characters stay"),
        pytest.param("\udcd5\udcd5.jpg", "��.jpg", id="bytes that are no characters are shown as such"),
        pytest.param("照片\u202egpj.exe", "照片gpj.exe", id="writing cannot be turned round"),
        pytest.param("a\nb\t.pdf", "ab.pdf", id="no line breaks"),
        pytest.param("\u202e", "未命名", id="a name of nothing"),
    ],
)
def test_a_file_name_is_kept_as_it_can_be_shown(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_stored_file_does_not_say_its_key() -> None:
    file = StoredFile(address=Address("ab" * 32), size=1, media=MediaType.PDF, key=b"secret")
    assert "secret" not in repr(file)


@pytest.fixture
def files(desk_vault: Vault) -> AttachmentFolder:
    return AttachmentFolder(desk_vault)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "入户照片.jpg"
    path.write_bytes(JPEG + bytes(100_000))
    return path


def warned(work: Work, village: str = "370215001207") -> CaseId:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail=f"大额医疗支出{village}",
        name="王建国",
        id_number="",
        village_code=village,
        received_on=date(2022, 4, 7),
    )
    return take_warning(work, draft).case


def stored(vault: Vault) -> list[str]:
    return [path.name for path in (vault.folder / "attachments").rglob("*") if path.is_file()]


def test_an_attachment_says_what_it_is_whose_and_by_whom(work: Work, files: AttachmentFolder, photo: Path) -> None:
    case = warned(work)
    done = attach(work, files, case, photo, AttachmentKind.PHOTO)
    assert list(attachments_of(work, case)) == [done.attachment]
    made = done.attachment
    assert (made.kind, made.name, made.media) == (AttachmentKind.PHOTO, "入户照片.jpg", MediaType.JPEG)
    assert (made.size, made.added_by, made.added_at.date()) == (photo.stat().st_size, "李明", work.clock.today())
    assert done.changes.touches(Kind.ATTACHMENT)
    assert files.read(made.address) == photo.read_bytes()


def test_a_file_is_added_to_a_case_once_and_the_stored_one_stays(
    work: Work, files: AttachmentFolder, photo: Path, desk_vault: Vault
) -> None:
    case = warned(work)
    done = attach(work, files, case, photo, AttachmentKind.PHOTO)
    other = photo.rename(photo.with_name("同一张.jpg"))
    with pytest.raises(AlreadyAttached, match=r"“同一张.jpg”已经在这一条的附件里，名为“入户照片.jpg”"):
        attach(work, files, case, other, AttachmentKind.OTHER)
    assert stored(desk_vault) == [done.attachment.address]
    remove(work, done.attachment.id, why="拍错了")
    with pytest.raises(AlreadyAttached, match="点“恢复”"):
        attach(work, files, case, other, AttachmentKind.OTHER)


def test_two_cases_share_one_stored_file(work: Work, files: AttachmentFolder, photo: Path, desk_vault: Vault) -> None:
    one, other = warned(work), warned(work, "370215001002")
    first = attach(work, files, one, photo, AttachmentKind.PHOTO).attachment
    second = attach(work, files, other, photo, AttachmentKind.PHOTO).attachment
    assert first.address == second.address
    assert stored(desk_vault) == [first.address]


def test_a_case_that_is_not_there_leaves_no_file(
    work: Work, files: AttachmentFolder, photo: Path, desk_vault: Vault
) -> None:
    with pytest.raises(KeyError):
        attach(work, files, CaseId("nobody"), photo, AttachmentKind.PHOTO)
    assert stored(desk_vault) == []


def test_a_file_that_cannot_be_taken_changes_nothing(work: Work, files: AttachmentFolder, tmp_path: Path) -> None:
    case = warned(work)
    (tmp_path / "a.jpg").write_bytes(b"MZ")
    with pytest.raises(OfficeTrouble, match="不是JPG、PNG照片，也不是PDF"):
        attach(work, files, case, tmp_path / "a.jpg", AttachmentKind.PHOTO)
    assert list(attachments_of(work, case)) == []


def test_whoever_may_not_discard_neither_removes_nor_restores(
    work: Work, files: AttachmentFolder, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = attach(work, files, warned(work), photo, AttachmentKind.PHOTO).attachment
    monkeypatch.setitem(RIGHTS, Role.CLERK, frozenset())
    clerk = replace(work, user=User(name="新来的", role=Role.CLERK))
    with pytest.raises(NotAccepted, match="移到回收站和恢复须由"):
        remove(clerk, made.id, why="拍错了")
    with pytest.raises(NotAccepted, match="移到回收站和恢复须由"):
        restore(clerk, made.id)


def test_removing_asks_for_a_reason(work: Work, files: AttachmentFolder, photo: Path) -> None:
    made = attach(work, files, warned(work), photo, AttachmentKind.PHOTO).attachment
    with pytest.raises(NotAccepted) as refused:
        remove(work, made.id, why=" 　")
    assert [(each.field, each.code) for each in refused.value.findings] == [("why", "blank")]


def test_what_is_removed_can_be_restored_and_the_journal_keeps_who_and_why(
    work: Work, files: AttachmentFolder, photo: Path, desk_vault: Vault
) -> None:
    case = warned(work)
    made = attach(work, files, case, photo, AttachmentKind.PHOTO).attachment
    assert remove(work, made.id, why=" 拍错了 ").touches(Kind.ATTACHMENT)
    (gone,) = attachments_of(work, case)
    assert gone.removal is not None
    assert (gone.removal.why, gone.removal.removed_by) == ("拍错了", "李明")
    assert remove(work, made.id, why="再移一次").touched == ()
    assert files.read(made.address) == photo.read_bytes()
    restore(work, made.id)
    assert list(attachments_of(work, case)) == [made]
    assert restore(work, made.id).touched == ()
    with for_reading(desk_vault.engine).connect() as connection:
        rows = [each for each in rows_after(connection) if each.kind is Kind.ATTACHMENT]
    assert [each.operation for each in rows] == ["attach", "remove_attachment", "restore_attachment"]
    assert "拍错了" in str(rows[1].after)


@pytest.mark.parametrize(("disclose", "what"), [(disclose_preview, Disclosed.PREVIEW), (disclose_copy, Disclosed.COPY)])
def test_who_looked_at_an_attachment_or_let_a_copy_out_is_in_the_journal(
    work: Work,
    files: AttachmentFolder,
    photo: Path,
    desk_vault: Vault,
    disclose: Callable[[Work, AttachmentId], Changes],
    what: Disclosed,
) -> None:
    case = warned(work)
    made = attach(work, files, case, photo, AttachmentKind.PHOTO).attachment
    assert [each.kind for each in disclose(work, made.id).touched] == [Kind.DISCLOSURE]
    with for_reading(desk_vault.engine).connect() as connection:
        row = list(rows_after(connection))[-1]
    assert row.after is not None
    kept = msgspec.json.decode(row.after, type=Disclosure)
    assert (kept.case, kept.attachment, kept.what, kept.shown_to) == (case, made.id, what, "李明")


def test_a_copy_is_let_out_only_by_who_may_export(work: Work, files: AttachmentFolder, photo: Path) -> None:
    made = attach(work, files, warned(work), photo, AttachmentKind.PHOTO).attachment
    clerk = replace(work, user=User(name="赵芳", role=Role.CLERK))
    disclose_preview(clerk, made.id)
    with pytest.raises(NotAccepted, match="导出台账、附件和数据包须由审核人或管理员办理"):
        disclose_copy(clerk, made.id)


def test_removing_or_restoring_what_is_not_there_is_an_error_of_ours(work: Work) -> None:
    with pytest.raises(KeyError):
        remove(work, AttachmentId("nobody"), why="拍错了")
    with pytest.raises(KeyError):
        restore(work, AttachmentId("nobody"))
