"""附件: what the view-model decides, over a real vault, with the work done at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from taizhang_casework.domain.attachment import Attachment, AttachmentKind, MediaType
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import RIGHTS
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import attach, attachments_of
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.work import Work
from taizhang_db import AttachmentFolder, Vault
from taizhang_desktop.bootstrap.pages import PdfPages
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import JobCancelled, Refused, Runner, Troubled
from taizhang_desktop.viewmodels import attachment_preview
from taizhang_desktop.viewmodels.attachment_preview import CannotBeShown, draw
from taizhang_desktop.viewmodels.attachment_words import chosen_words, copy_name, size_words
from taizhang_desktop.viewmodels.attachments import AttachmentsModel, AttachmentsView, AttachmentTools
from taizhang_desktop.viewmodels.batch import do_each

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

Attached = Callable[[Runner], AttachmentsModel]


@pytest.fixture
def model(attached: Attached, runner: "AtOnce") -> AttachmentsModel:
    return attached(runner)


def warned(work: Work, name: str = "王建国") -> CaseId:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="大额医疗支出",
        name=name,
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 18),
    )
    return take_warning(work, draft).case


def paper(folder: Path, name: str = "签到表.pdf", size: int = 200_000) -> Path:
    path = folder / name
    path.write_bytes((b"%PDF-1.7 " + name.encode() * (size // 4))[:size])
    return path


def encoded(image: QImage, kind: str = "PNG") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes where Qt wants str
    return bytes(buffer.data().data())


def photo(folder: Path, name: str = "照片.png") -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    (folder / name).write_bytes(encoded(image))
    return folder / name


def test_cancelling_in_the_middle_of_a_file_keeps_those_before_and_nothing_of_this_one(
    model: AttachmentsModel,
    town_work: Work,
    town_vault: Vault,
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
    tmp_path: Path,
) -> None:
    case = warned(town_work)
    model.open(case)
    chooser.will_choose(*(paper(tmp_path, f"{number}.pdf") for number in range(3)))
    model.add()
    runner.cancel_at = 200_000 + 2 * 65_536
    model.keep(AttachmentKind.OTHER)
    assert [each.name for each in attachments_of(town_work, case)] == ["0.pdf"]
    assert (frame.notices[-1].tone, frame.notices[-1].says) == (Tone.SOON, "已取消，已添加1个附件，2个没有读取")
    on_disk = [path for path in (town_vault.folder / "attachments").rglob("*") if path.is_file()]
    assert len(on_disk) == 1
    assert not model.view.busy
    assert model.view.count == 1


def test_progress_counts_the_bytes_of_all_files(model: AttachmentsModel, town_work: Work, tmp_path: Path) -> None:
    model.open(warned(town_work))
    told: list[tuple[int, int]] = []
    paths = (paper(tmp_path, "1.pdf", 100_000), paper(tmp_path, "2.pdf", 70_000))
    model._keep_each(
        model.view.case or CaseId(""), AttachmentKind.OTHER, paths, lambda done, total: told.append((done, total))
    )
    assert {total for _, total in told} == {170_000}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (170_000, 170_000)


def test_when_nothing_could_be_added_it_says_so_in_red(
    model: AttachmentsModel, town_work: Work, frame: "FrameSpy", chooser: "Chooser", tmp_path: Path
) -> None:
    model.open(warned(town_work))
    chooser.will_choose(tmp_path / "gone.pdf")
    model.add()
    model.keep(AttachmentKind.PHOTO)
    assert (frame.notices[-1].tone, frame.notices[-1].says) == (Tone.OVERDUE, "没有添加附件，1个文件有问题")


def test_what_was_kept_is_announced(
    model: AttachmentsModel, town_work: Work, runner: "AtOnce", chooser: "Chooser", tmp_path: Path
) -> None:
    model.open(warned(town_work))
    chooser.will_choose(photo(tmp_path))
    model.add()
    model.keep(AttachmentKind.PHOTO)
    assert [changes.operation for changes in runner.announced] == [Operation.ATTACH]


def test_no_file_is_asked_for_without_a_case(model: AttachmentsModel, chooser: "Chooser") -> None:
    model.add()
    assert chooser.asked == []


def test_only_what_touches_attachments_is_read_anew(
    model: AttachmentsModel, town_work: Work, town_vault: Vault, tmp_path: Path
) -> None:
    case = warned(town_work)
    model.open(case)
    made = attach(town_work, AttachmentFolder(town_vault), case, photo(tmp_path), AttachmentKind.PHOTO)
    model.on_changes(Changes(operation=Operation.TAKE_PACKAGE, touched=(Touched(Kind.CASE, case),)))
    assert model.view.count == 0
    model.on_changes(made.changes)
    assert model.view.count == 1


def test_a_removal_without_reason_is_refused_beside_its_field(
    model: AttachmentsModel, town_work: Work, town_vault: Vault, tmp_path: Path
) -> None:
    case = warned(town_work)
    made = attach(town_work, AttachmentFolder(town_vault), case, photo(tmp_path), AttachmentKind.PHOTO).attachment
    model.open(case)
    said: list[Finding] = []
    model.refused.connect(said.extend)
    model.remove(made.id, "  ")
    assert [each.field for each in said] == ["why"]
    assert not model.view.busy


def test_a_removal_by_somebody_who_may_not_goes_to_the_window(
    model: AttachmentsModel,
    town_work: Work,
    town_vault: Vault,
    tmp_path: Path,
    runner: "AtOnce",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = warned(town_work)
    made = attach(town_work, AttachmentFolder(town_vault), case, photo(tmp_path), AttachmentKind.PHOTO).attachment
    model.open(case)
    monkeypatch.setitem(RIGHTS, town_work.user.role, frozenset())
    model.remove(made.id, "拍错了")
    model.restore(made.id)
    assert [type(failure) for failure in runner.failures] == [Refused, Refused]
    assert not model.view.busy


def test_the_bin_is_shown_only_when_asked_for(
    model: AttachmentsModel, town_work: Work, town_vault: Vault, tmp_path: Path
) -> None:
    case = warned(town_work)
    made = attach(town_work, AttachmentFolder(town_vault), case, photo(tmp_path), AttachmentKind.PHOTO).attachment
    model.open(case)
    model.remove(made.id, "拍错了")
    assert (model.view.lines, model.view.binned, model.view.count) == ((), 1, 0)
    model.show_bin(shown=True)
    assert len(model.view.lines) == 1
    model.restore(made.id)
    assert (model.view.binned, model.view.count) == (0, 1)


class TestLooking:
    @pytest.fixture
    def made(self, town_work: Work, town_vault: Vault, tmp_path: Path, model: AttachmentsModel) -> Attachment:
        case = warned(town_work)
        done = attach(town_work, AttachmentFolder(town_vault), case, photo(tmp_path), AttachmentKind.PHOTO)
        model.open(case)
        return done.attachment

    def test_it_is_read_once_and_held_only_while_it_is_looked_at(
        self, model: AttachmentsModel, made: Attachment
    ) -> None:
        model.look_at(made.id)
        assert model.view.preview is not None
        assert model.view.preview.image is not None
        assert model._content
        model.look_no_more()
        assert model._content == b""
        assert model.view.preview is None

    @pytest.mark.parametrize("leave", ["another case", "close"])
    def test_leaving_lets_it_go(self, model: AttachmentsModel, made: Attachment, town_work: Work, leave: str) -> None:
        model.look_at(made.id)
        if leave == "close":
            model.close()
            assert model.view == AttachmentsView()
        else:
            model.open(warned(town_work, "陈大文"))
        assert model._content == b""
        assert model.view.preview is None

    def test_a_file_that_is_gone_is_said_in_its_place(
        self, model: AttachmentsModel, made: Attachment, town_vault: Vault, runner: "AtOnce"
    ) -> None:
        AttachmentFolder(town_vault).place_of(made.address).unlink()
        model.look_at(made.id)
        assert model.view.preview is not None
        assert isinstance(model.view.preview.trouble, Troubled)
        assert model.view.preview.trouble.happened == "这份附件的文件不见了"
        assert runner.failures == []

    def test_a_page_that_is_not_there_is_not_turned_to(self, model: AttachmentsModel, made: Attachment) -> None:
        model.look_at(made.id)
        before = model.view
        model.turn(1)
        model.turn(-1)
        assert model.view is before

    def test_who_may_not_export_gets_the_reason_and_no_file(
        self,
        made: Attachment,
        town_work: Work,
        town_vault: Vault,
        runner: "AtOnce",
        frame: "FrameSpy",
        chooser: "Chooser",
        tmp_path: Path,
    ) -> None:
        clerk = replace(town_work, user=User(name="赵芳", role=Role.CLERK))
        tools = AttachmentTools(store=AttachmentFolder(town_vault), pdf=PdfPages(), choose=chooser)
        model = AttachmentsModel(clerk, runner, frame, tools)
        model.open(made.case)
        chooser.will_choose(tmp_path / "副本.png")
        model.copy_out(made.id)
        assert model.may_not_copy == "导出台账、附件和数据包须由审核人或管理员办理，您是经办人"
        assert isinstance(runner.failures[-1], Refused)
        assert not (tmp_path / "副本.png").exists()

    def test_a_copy_is_offered_under_its_name_and_trouble_goes_to_the_window(
        self, model: AttachmentsModel, made: Attachment, chooser: "Chooser", runner: "AtOnce", tmp_path: Path
    ) -> None:
        chooser.will_choose(tmp_path / "no such folder" / "照片.png")
        model.copy_out(made.id)
        assert chooser.proposed == ["照片.png"]
        (failure,) = runner.failures
        assert isinstance(failure, Troubled)
        assert not model.view.busy


class TestDrawing:
    def test_a_photo_of_more_pixels_than_memory_bears_is_not_opened(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        content = photo(tmp_path).read_bytes()
        monkeypatch.setattr(attachment_preview, "MOST_PIXELS", 40 * 30 - 1)
        with pytest.raises(CannotBeShown):
            draw(MediaType.PNG, content, 0, PdfPages())
        monkeypatch.setattr(attachment_preview, "MOST_PIXELS", 40 * 30)
        assert draw(MediaType.PNG, content, 0, PdfPages())[1] == 1

    def test_a_photo_that_claims_a_hundred_thousand_pixels_a_side_is_refused_by_its_header(
        self, tmp_path: Path
    ) -> None:
        content = bytearray(photo(tmp_path).read_bytes())
        content[16:24] = (100_000).to_bytes(4, "big") * 2
        with pytest.raises(CannotBeShown):
            draw(MediaType.PNG, bytes(content), 0, PdfPages())

    def test_a_large_photo_is_read_smaller_in_its_shape(self) -> None:
        image = QImage(6000, 1500, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        drawn, _ = draw(MediaType.JPEG, encoded(image, "JPG"), 0, PdfPages())
        assert (drawn.width(), drawn.height()) == (3000, 750)

    @pytest.mark.qt_log_ignore("JPEG")
    def test_what_only_begins_like_a_photo_is_said(self) -> None:
        for media, head in ((MediaType.JPEG, b"\xff\xd8\xff\xe0"), (MediaType.PNG, b"\x89PNG\r\n\x1a\n")):
            with pytest.raises(CannotBeShown):
                draw(media, head, 0, PdfPages())

    def test_a_photo_is_never_read_as_another_kind_of_picture(self) -> None:
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        with pytest.raises(CannotBeShown):
            draw(MediaType.PNG, svg, 0, PdfPages())


@pytest.mark.parametrize(
    ("name", "media", "proposed"),
    [
        ("照片.jpg", MediaType.JPEG, "照片.jpg"),
        ("照片.JPEG", MediaType.JPEG, "照片.JPEG"),
        ("扫描.jpg", MediaType.PDF, "扫描.jpg.pdf"),
        ("a:b*c?.png", MediaType.PNG, "a_b_c_.png"),
        ("..", MediaType.PNG, ".png"),
    ],
)
def test_a_copy_gets_a_name_that_every_pc_takes_and_the_ending_of_its_content(
    town_work: Work, town_vault: Vault, tmp_path: Path, name: str, media: MediaType, proposed: str
) -> None:
    made = attach(town_work, AttachmentFolder(town_vault), warned(town_work), photo(tmp_path), AttachmentKind.OTHER)
    assert copy_name(msgspec.structs.replace(made.attachment, name=name, media=media)) == proposed


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1KB"), (1536, "2KB"), (1024 * 1024, "1.0MB"), (50 * 1024 * 1024, "50.0MB")]
)
def test_sizes_are_said_as_the_file_manager_says_them(size: int, words: str) -> None:
    assert size_words(size) == words


def test_the_question_names_the_first_file() -> None:
    assert chosen_words((Path("a.jpg"),)) == "“a.jpg”是："
    assert chosen_words((Path("a.jpg"), Path("b.jpg"))) == "“a.jpg”等2个文件是："


def test_a_deed_that_is_cancelled_in_its_middle_counts_as_left() -> None:
    def deed(item: int) -> int:
        if item == 1:
            raise JobCancelled
        if item == 0:
            raise OfficeTrouble("坏", safe="好", do="再来")
        return item

    batch = do_each((0, 2, 1, 3), deed, lambda _done, _total: None)
    assert (batch.done, [item for item, _ in batch.failed], batch.left) == ((2,), [0], (1, 3))
