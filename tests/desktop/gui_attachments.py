"""附件 of a case by mouse and keyboard, over a real vault and the worker of the window."""

import struct
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from case_page import ROOM_BESIDE_ICONS
from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import attach, attachments_of
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.work import Work
from taizhang_db import AttachmentFolder, Vault
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.tasks import Runner
from taizhang_desktop.viewmodels.attachments import AttachmentsModel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, FrameSpy

TypeChinese = Callable[[QObject, str], None]
Attached = Callable[[Runner], AttachmentsModel]
W = TypeVar("W", bound=QWidget)
ROOM = (1366 - 190, 768 - 60)
"""What the frame of the window leaves a screen at 1366×768."""
NO_WAIT = 20_000


def write(_notice: ResultNotice, _path: Path) -> None:
    """No letter is drawn here."""


@pytest.fixture
def case(town_work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="11010519491231002X",
        village_code="370215001002",
        received_on=date(2022, 4, 18),
    )
    made = take_warning(town_work, draft).case
    own_household(town_work, made)
    return made


@pytest.fixture
def screen(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    worker: DeskWorker,
    frame: "FrameSpy",
    chooser: "Chooser",
    attached: Attached,
) -> Iterator[CaseScreen]:
    window = QWidget()
    model = CaseModel(town_work, worker.scope(), frame, chooser, write)
    made = CaseScreen(model, attached(worker.scope()))
    worker.news.connect(lambda news: made.on_changes(news.changes) if hasattr(news, "changes") else None)
    whole = QVBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(made)
    qtbot.addWidget(window)
    window.resize(*ROOM)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.shut()
    worker.close()
    window.close()


@pytest.fixture
def one_photo(town_work: Work, town_vault: Vault, case: CaseId, photo: Path) -> None:
    """The case has a photo."""
    attach(town_work, AttachmentFolder(town_vault), case, photo, AttachmentKind.PHOTO)


def picture(width: int = 60, height: int = 40, colour: str = "#3366aa") -> QImage:
    """Upper left quarter white, the rest of one colour: so that it shows how it lies."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    for x in range(width // 2):
        for y in range(height // 2):
            image.setPixelColor(x, y, QColor("white"))
    return image


def encoded(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes where Qt wants str
    return bytes(buffer.data().data())


def held_upright(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with an EXIF segment that says how the camera was held."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


@pytest.fixture
def photo(tmp_path: Path, qapp: QApplication) -> Path:
    path = tmp_path / "入户照片.jpg"
    path.write_bytes(held_upright(encoded(picture(), "JPG"), 6))
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A PDF of three pages."""
    path = tmp_path / "签到表.pdf"
    canvas = Canvas(str(path), invariant=1)
    for number in range(3):
        canvas.drawString(100, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return path


def part(screen: QWidget, kind: type[W], name: str) -> W:
    """The visible part of that name."""
    found = [each for each in cast("list[W]", screen.findChildren(kind, name)) if each.isVisible()]
    assert found, name
    return found[-1]


def seen(screen: QWidget, name: str) -> bool:
    return any(each.isVisible() for each in cast("list[QWidget]", screen.findChildren(QWidget, name)))


def says(screen: QWidget) -> list[str]:
    """All words that can be read."""
    return [label.text() for label in cast("list[QLabel]", screen.findChildren(QLabel)) if label.isVisible()]


def click(screen: QWidget, name: str) -> None:
    QTest.mouseClick(part(screen, QPushButton, name), Qt.MouseButton.LeftButton)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def go(qtbot: QtBot, screen: CaseScreen, case: CaseId) -> None:
    """Open the case and its attachments."""
    screen.activate(case)
    qtbot.waitUntil(lambda: seen(screen, "case_form_title"), timeout=NO_WAIT)
    click(screen, "case_attachments")
    qtbot.waitUntil(lambda: screen.attachments._model.view.loaded, timeout=NO_WAIT)


def idle(qtbot: QtBot, screen: CaseScreen, count: int) -> None:
    """Wait until so many rows are shown and nothing is being done."""
    view = screen.attachments._model
    qtbot.waitUntil(lambda: screen.attachments.rows.rowCount() == count and not view.view.busy, timeout=NO_WAIT)


def shown(screen: CaseScreen) -> QImage:
    return screen.attachments.view.picture.pixmap().toImage()


def test_without_attachments_it_says_what_belongs_here(qtbot: QtBot, screen: CaseScreen, case: CaseId) -> None:
    go(qtbot, screen, case)
    assert "还没有附件" in says(screen)
    assert focused() is screen.attachments.add
    press(Qt.Key.Key_Escape)
    assert screen.scrolled.isVisible()
    assert focused().objectName() == "case_visited_on"


def test_several_files_are_added_with_the_keyboard_alone_and_asked_about_once(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    town_work: Work,
    chooser: "Chooser",
    frame: "FrameSpy",
    photo: Path,
    sheet: Path,
) -> None:
    go(qtbot, screen, case)
    chooser.will_choose(photo, sheet)
    press(Qt.Key.Key_Return)
    assert "“入户照片.jpg”等2个文件是：" in says(screen)
    assert focused().objectName() == "attachment_photo"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    idle(qtbot, screen, 2)
    qtbot.waitUntil(lambda: bool(frame.notices), timeout=NO_WAIT)
    assert frame.notices[-1].says == "已添加2个附件"
    assert [each.kind for each in attachments_of(town_work, case)] == [AttachmentKind.SIGNED_SHEET] * 2
    assert focused() is screen.attachments.table
    press(Qt.Key.Key_Escape)
    assert part(screen, QPushButton, "case_attachments").text() == "附件（2）"


def test_a_file_that_cannot_be_taken_stops_no_other_and_is_said(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    chooser: "Chooser",
    frame: "FrameSpy",
    photo: Path,
    tmp_path: Path,
) -> None:
    heic = tmp_path / "IMG_0001.HEIC"
    heic.write_bytes(b"\0\0\0\x18ftypheic" + bytes(64))
    go(qtbot, screen, case)
    chooser.will_choose(heic, photo, photo)
    click(screen, "attachment_add")
    click(screen, "attachment_photo")
    idle(qtbot, screen, 1)
    qtbot.waitUntil(lambda: bool(frame.notices), timeout=NO_WAIT)
    assert frame.notices[-1].says == "已添加1个附件，2个没有添加"
    assert "HEIC" in frame.notices[-1].lines[0]
    assert "已经在这一条的附件里" in frame.notices[-1].lines[1]


def test_what_was_chosen_can_be_left(qtbot: QtBot, screen: CaseScreen, case: CaseId, chooser: "Chooser") -> None:
    go(qtbot, screen, case)
    chooser.will_choose(Path("a.jpg"))
    click(screen, "attachment_add")
    assert not screen.attachments.add.isEnabled()
    press(Qt.Key.Key_Escape)
    assert not seen(screen, "attachment_photo")
    assert focused() is screen.attachments.add


def test_a_photo_is_shown_as_the_camera_was_held(
    qtbot: QtBot, screen: CaseScreen, case: CaseId, town_work: Work, town_vault: Vault, photo: Path
) -> None:
    attach(town_work, AttachmentFolder(town_vault), case, photo, AttachmentKind.PHOTO)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(screen.attachments.view.room.isVisible, timeout=NO_WAIT)
    image = shown(screen)
    assert image.height() > image.width()
    corner = image.pixelColor(image.width() * 3 // 4, image.height() // 4)
    assert corner.lightness() > 240, "turned by 90°, the white quarter lies at the upper right"
    assert focused() is screen.attachments.view.room
    before = image.width()
    press(Qt.Key.Key_Plus)
    assert shown(screen).width() > before
    press(Qt.Key.Key_Escape)
    assert focused() is screen.attachments.table
    assert screen.attachments._model._content == b""


def test_the_pages_of_a_pdf_are_turned_with_arrows(
    qtbot: QtBot, screen: CaseScreen, case: CaseId, town_work: Work, town_vault: Vault, sheet: Path
) -> None:
    attach(town_work, AttachmentFolder(town_vault), case, sheet, AttachmentKind.SIGNED_SHEET)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    click(screen, "attachment_look")
    words: list[str] = []
    for number in (1, 2, 3):
        qtbot.waitUntil(lambda number=number: f"第{number}页，共3页" in says(screen), timeout=NO_WAIT)  # type: ignore[misc]
        words.append(str(shown(screen).width()))
        press(Qt.Key.Key_Right)
    idle(qtbot, screen, 1)
    assert "第3页，共3页" in says(screen)
    assert not part(screen, QPushButton, "attachment_after").isEnabled()
    click(screen, "attachment_before")
    qtbot.waitUntil(lambda: "第2页，共3页" in says(screen), timeout=NO_WAIT)


def test_what_cannot_be_drawn_is_said_and_can_still_be_copied_out(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    town_work: Work,
    town_vault: Vault,
    chooser: "Chooser",
    frame: "FrameSpy",
    tmp_path: Path,
) -> None:
    broken = tmp_path / "打不开.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    attach(town_work, AttachmentFolder(town_vault), case, broken, AttachmentKind.OTHER)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("不能在程序里预览" in words for words in says(screen)), timeout=NO_WAIT)
    chooser.will_choose(tmp_path / "副本.pdf")
    click(screen, "attachment_view_copy")
    qtbot.waitUntil(lambda: bool(frame.notices), timeout=NO_WAIT)
    assert frame.notices[-1].lines == ("这是没有加密的副本，用完请删除。",)
    assert (tmp_path / "副本.pdf").read_bytes() == broken.read_bytes()
    assert chooser.proposed == ["打不开.pdf"]


def test_a_damaged_file_shows_nothing_and_says_what_to_do(
    qtbot: QtBot, screen: CaseScreen, case: CaseId, town_work: Work, town_vault: Vault, photo: Path
) -> None:
    files = AttachmentFolder(town_vault)
    made = attach(town_work, files, case, photo, AttachmentKind.PHOTO).attachment
    content = bytearray(files.place_of(made.address).read_bytes())
    content[-1] ^= 1
    files.place_of(made.address).write_bytes(content)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "这份附件的文件已损坏或被换过，不能显示。" in says(screen), timeout=NO_WAIT)
    assert not screen.attachments.view.room.isVisible()
    assert screen.attachments.view.picture.pixmap().isNull()


def test_removing_asks_why_and_restoring_brings_it_back(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    town_work: Work,
    town_vault: Vault,
    photo: Path,
    type_chinese: TypeChinese,
) -> None:
    attach(town_work, AttachmentFolder(town_vault), case, photo, AttachmentKind.PHOTO)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    press(Qt.Key.Key_Delete)
    assert focused().objectName() == "attachment_why"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请填写移除的原因" in says(screen), timeout=NO_WAIT)
    qtbot.waitUntil(lambda: focused().objectName() == "attachment_why", timeout=NO_WAIT)
    type_chinese(focused(), "拍错了")
    press(Qt.Key.Key_Return)
    assert screen.attachments.reason.yes.text() == "正在移除……"
    assert not screen.attachments.reason.yes.isEnabled()
    assert "请填写移除的原因" not in says(screen)
    idle(qtbot, screen, 0)
    assert screen.attachments.reason.yes.text() == "确认移除"
    assert "附件都在回收站里" in says(screen)
    assert not seen(screen, "attachment_why")

    click(screen, "attachment_bin")
    idle(qtbot, screen, 1)
    state = screen.attachments.rows.index(0, 5).data()
    assert state == "拍错了（李明，04-20）"
    assert not seen(screen, "attachment_remove")
    click(screen, "attachment_restore")
    qtbot.waitUntil(lambda: attachments_of(town_work, case)[0].removal is None, timeout=NO_WAIT)
    qtbot.waitUntil(lambda: seen(screen, "attachment_remove"), timeout=NO_WAIT)


def test_another_case_shows_its_own_attachments_and_begins_with_its_form(
    qtbot: QtBot, screen: CaseScreen, case: CaseId, town_work: Work, town_vault: Vault, photo: Path
) -> None:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="住房漏雨",
        name="陈大文",
        id_number="810000199408230021",
        village_code="370215001002",
        received_on=date(2022, 4, 18),
    )
    other = take_warning(town_work, draft).case
    attach(town_work, AttachmentFolder(town_vault), case, photo, AttachmentKind.PHOTO)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    screen.activate(other)
    qtbot.waitUntil(lambda: screen.attachments._model.view.case == other, timeout=NO_WAIT)
    qtbot.waitUntil(screen.scrolled.isVisible, timeout=NO_WAIT)
    qtbot.waitUntil(lambda: part(screen, QPushButton, "case_attachments").text() == "附件", timeout=NO_WAIT)


def test_what_is_half_typed_in_the_form_is_there_after_a_look_at_the_attachments(
    qtbot: QtBot, screen: CaseScreen, case: CaseId
) -> None:
    screen.activate(case)
    qtbot.waitUntil(lambda: seen(screen, "case_visited_on"), timeout=NO_WAIT)
    qtbot.waitUntil(lambda: focused().objectName() == "case_visited_on", timeout=NO_WAIT)
    QTest.keyClicks(focused(), "2022-4-")
    click(screen, "case_attachments")
    click(screen, "attachment_back")
    assert part(screen, QWidget, "case_visited_on").text() == "2022-4-"  # type: ignore[attr-defined]


def test_nothing_of_what_was_looked_at_is_on_the_disk(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    town_work: Work,
    town_vault: Vault,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Scanned are the vault and the folder for temporary files, which is one of this test alone."""
    canary = "KANARIENVOGEL37028219991231111X"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = tmp_path / "扫描件.pdf"
    canvas = Canvas(str(path), pageCompression=0, invariant=1)
    canvas.drawString(100, 700, canary)
    canvas.save()
    assert canary.encode() in path.read_bytes()
    made = attach(town_work, AttachmentFolder(town_vault), case, path, AttachmentKind.OTHER).attachment
    picture_of_it = encoded(picture(), "PNG")
    photo = tmp_path / "照片.png"
    photo.write_bytes(picture_of_it)
    attach(town_work, AttachmentFolder(town_vault), case, photo, AttachmentKind.PHOTO)
    go(qtbot, screen, case)
    idle(qtbot, screen, 2)
    for _ in range(2):
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(screen.attachments.view.room.isVisible, timeout=NO_WAIT)
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Down)
    assert AttachmentFolder(town_vault).read(made.address) == path.read_bytes()
    assert list(temporary.iterdir()) == []
    written = b"".join(each.read_bytes() for each in town_vault.folder.rglob("*") if each.is_file())
    for secret in (canary.encode(), b"%PDF-", picture_of_it[:64], "扫描件".encode()):
        assert secret not in written


@pytest.mark.usefixtures("one_photo")
@pytest.mark.parametrize("size", TextSize, ids=lambda size: f"text at {size.value} per cent")
def test_the_pane_needs_no_more_width_than_a_small_screen_has(
    qtbot: QtBot,
    screen: CaseScreen,
    case: CaseId,
    look: Look,
    photo: Path,
    chooser: "Chooser",
    size: TextSize,
) -> None:
    look.choose(text_size=size)
    go(qtbot, screen, case)
    idle(qtbot, screen, 1)
    chooser.will_choose(photo)
    click(screen, "attachment_add")
    press(Qt.Key.Key_Escape)
    screen.attachments.table.setFocus()
    press(Qt.Key.Key_Delete)
    qtbot.wait(1)
    assert screen.minimumSizeHint().width() <= (ROOM[0] if size.value <= TextSize.LARGER.value else ROOM_BESIDE_ICONS)
    assert screen.attachments.minimumSizeHint().width() <= screen.side.width()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(screen.attachments.view.room.isVisible, timeout=NO_WAIT)
    assert screen.attachments.minimumSizeHint().width() <= screen.side.width()
