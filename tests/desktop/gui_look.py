"""The look in a window: themes, text sizes, and no empty box for any name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QImage, QPalette, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_desktop.kit.parts import Button, IconButton, IconLabel, Scrolled, label
from taizhang_desktop.kit.search_fields import SuggestField
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.fonts import OF_THE_PC, FontFiles, Fonts
from taizhang_desktop.look.icons import Icon, pixmap
from taizhang_desktop.look.tokens import DARK, LIGHT, Appearance, TextSize, Theme, colours_of


@pytest.fixture
def light(look: Look) -> Iterator[Look]:
    yield look
    look.choose(Appearance.LIGHT, TextSize.NORMAL)


def test_a_theme_reaches_palette_painting_code_and_icons(qtbot: QtBot, light: Look) -> None:
    themes: list[object] = []
    light.changed.connect(themes.append)
    window = QWidget()
    icons = [Button("保存", "primary", Icon.SAVE), Button("锁定", "nav", Icon.LOCK), IconButton(Icon.EYE, "看")]
    picture = IconLabel(Icon.INFO)
    room = QVBoxLayout(window)
    for part in (*icons, picture):
        room.addWidget(part)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    before = [part.icon().cacheKey() for part in icons]
    drawn = picture.pixmap().cacheKey()
    light.choose(Appearance.DARK)
    assert themes == [Theme.DARK]
    assert window.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text
    assert colours_of(window.palette()) is DARK
    assert all(part.icon().cacheKey() != key for part, key in zip(icons, before, strict=True))
    assert picture.pixmap().cacheKey() != drawn
    light.choose(Appearance.LIGHT)
    assert colours_of(window.palette()) is LIGHT


def test_a_change_of_the_system_is_followed_only_when_the_user_chose_nothing(qapp: QApplication, light: Look) -> None:
    themes: list[object] = []
    light.choose(Appearance.SYSTEM)
    light.changed.connect(themes.append)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes == [Theme.LIGHT]
    light.choose(Appearance.DARK)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes == [Theme.LIGHT, Theme.DARK]
    assert light.theme is Theme.DARK


@pytest.mark.parametrize("size", TextSize)
def test_text_and_icons_grow_together(qtbot: QtBot, light: Look, size: TextSize) -> None:
    button = Button("保存", "", Icon.SAVE)
    qtbot.addWidget(button)
    with qtbot.waitExposed(button):
        button.show()
    light.choose(text_size=size)
    pixels = round(14 * size.value / 100)
    assert QFontInfo(button.font()).pixelSize() == pixels
    assert button.iconSize().width() == round(pixels * 1.2)


@pytest.mark.parametrize("icon", Icon)
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, icon: Icon) -> None:
    image = pixmap(icon, "#ff0000", 24).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    inked = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255]
    assert inked
    assert {colour.name() for colour in inked} == {"#ff0000"}


def glyphs(text: str, look: Look) -> dict[str, list[int]]:
    """The glyphs that draw the text, by the family that has them."""
    layout = QTextLayout(text, look.fonts.font(TextSize.NORMAL))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName(): list(run.glyphIndexes()) for run in layout.glyphRuns()}


@pytest.mark.parametrize("name", ["李䶮", "王𡛕", "𠮷田", "宋玥珺", "买买提·吐尔逊", "张𬭎"])
def test_no_name_has_an_empty_box(light: Look, name: str) -> None:
    light.complete_fonts()
    drawn = glyphs(name, light)
    assert set(drawn) <= {"Noto Sans SC", "Noto Serif SC", "HanaMinB"}
    assert all(number for numbers in drawn.values() for number in numbers)


def test_common_text_needs_only_the_face_of_the_window(light: Look) -> None:
    assert set(glyphs("防止返贫监测预警台账 2026-09-30 ✓", light)) == {"Noto Sans SC"}


def test_the_bundled_files_are_there(light: Look) -> None:
    files = bundled_fonts()
    assert [path.is_file() for path in (*files.window, *files.rare)] == [True] * 5


def test_files_that_cannot_be_read_leave_the_face_of_the_pc(light: Look, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    fonts = Fonts(FontFiles(window=(broken, tmp_path / "absent.ttf"), rare=(broken,)))
    assert tuple(fonts.font(TextSize.LARGE).families()) == OF_THE_PC
    assert not fonts.complete()
    assert tuple(fonts.font(TextSize.LARGE).families()) == OF_THE_PC


def test_a_form_that_is_too_high_scrolls_and_is_not_squeezed(qtbot: QtBot, light: Look) -> None:
    content = QWidget()
    words: list[QLabel] = [label("很长的说明文字" * 30, wrap=True) for _ in range(6)]
    column = QVBoxLayout(content)
    for each in words:
        column.addWidget(each)
    scrolled = Scrolled(content)
    qtbot.addWidget(scrolled)
    scrolled.resize(400, 200)
    with qtbot.waitExposed(scrolled):
        scrolled.show()
    assert all(each.height() >= each.heightForWidth(each.width()) for each in words)
    words[0].setText("更长的说明文字" * 90)
    qtbot.waitUntil(lambda: words[0].height() >= words[0].heightForWidth(words[0].width()))
    assert scrolled.verticalScrollBar().maximum() > 0
    assert not scrolled.horizontalScrollBar().isVisible()


def test_a_dressed_window_wears_the_style_sheet_in_place_of_the_application(qtbot: QtBot, qapp: QApplication) -> None:
    """What is built without a window above it is plain until it is put there; the proposals of a box wear what its window wears."""
    look = Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    look.dress(window)
    try:
        assert qapp.styleSheet() == ""
        plain = label("预警台账", "title")
        unstyled = QFontInfo(plain.font()).pixelSize()
        village = SuggestField("source", "来源")
        village.set_suggestions(("村委", "网格员"))
        room = QVBoxLayout(window)
        room.addWidget(plain)
        room.addWidget(village)
        with qtbot.waitExposed(window):
            window.show()
        assert QFontInfo(plain.font()).pixelSize() > unstyled
        QTest.keyClicks(village.box.line, "1")
        assert village.box.proposals.popup().styleSheet() == window.styleSheet() != ""
        before = window.styleSheet()
        look.choose(text_size=TextSize.LARGEST)
        assert window.styleSheet() != before
        QTest.keyClicks(village.box.line, "2")
        assert village.box.proposals.popup().styleSheet() == window.styleSheet()
    finally:
        look.deleteLater()
        Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    first, again = pixmap(Icon.SAVE, "#00ff00", 31), pixmap(Icon.SAVE, "#00ff00", 31)
    assert first.cacheKey() == again.cacheKey()
    assert pixmap(Icon.SAVE, "#00fe00", 31).cacheKey() != first.cacheKey()
