"""What ``taizhang doctor`` says of the faces that are installed on this PC."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from taizhang_desktop.bootstrap.diagnosis import faces_of_this_pc
from taizhang_printing.fonts import FontFace, font_path
from taizhang_printing.installed_fonts import font_folders

CHINESE = 0x804


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of fonts on this PC."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "machine"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "user"))
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path / "machine"))
    folder = font_folders()[0]
    folder.mkdir(parents=True)
    return folder


def installed(folder: Path, family: str, allowed: int = 0) -> None:
    """A bundled face under another name."""
    with TTFont(font_path(FontFace.HEI), lazy=True) as font:
        font["name"].setName(family, 1, 3, 1, CHINESE)
        font["OS/2"].fsType = allowed
        font.save(folder / f"{family}.ttf")


def test_each_role_is_named_with_what_there_is_for_it(fonts: Path) -> None:
    installed(fonts, "方正小标宋简体")
    installed(fonts, "仿宋", allowed=2)
    line, refused = faces_of_this_pc()
    assert line == "仿宋没有；小标宋“方正小标宋简体”；楷体没有；黑体没有"
    assert "“仿宋”（仿宋.ttf）的字体厂商不许把它嵌入文件" in refused
    assert str(fonts) not in refused


def test_a_pc_without_any_says_so(fonts: Path) -> None:
    (fonts / "readme.ttf").write_text("no font", encoding="utf-8")
    assert faces_of_this_pc() == ["仿宋没有；小标宋没有；楷体没有；黑体没有"]
