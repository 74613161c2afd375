"""Text at 90, 150 and 200 per cent on a screen of 1366×768: every word of every screen can be read whole, nothing moves sideways."""

from pathlib import Path
from shutil import copytree

import pytest
from every_screen import every_screen, tell_month
from room_for_words import cut_off, redraw
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize

LAST = "case, home_visit"


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tell_month(tmp_path_factory.mktemp("told") / "month")


@pytest.mark.parametrize(
    "size", [TextSize.SMALL, TextSize.LARGER, TextSize.LARGEST], ids=lambda size: f"{size.value} %"
)
def test_no_word_of_any_screen_is_cut_off(size: TextSize, look: Look, month: Path, tmp_path: Path) -> None:
    look.complete_fonts()
    look.choose(text_size=size)
    found: dict[str, list[str]] = {}
    screens = 0
    for name, top in every_screen(copytree(month, tmp_path / "offices"), tmp_path / "empty", look):
        redraw()
        screens += 1
        for fault in cut_off(top):
            found.setdefault(fault, []).append(name)
    assert not found, "\n".join(f"{fault} ({', '.join(names)})" for fault, names in found.items())
    assert screens >= 55


def test_what_was_opened_at_one_size_can_be_read_at_another(look: Look, month: Path, tmp_path: Path) -> None:
    look.complete_fonts()
    found: dict[str, list[str]] = {}
    walk = every_screen(copytree(month, tmp_path / "offices"), tmp_path / "empty", look)
    for name, top in walk:
        if name in {"unlock", "ledger", LAST}:
            for size in (TextSize.LARGEST, TextSize.NORMAL):
                look.choose(text_size=size)
                redraw()
                for fault in cut_off(top):
                    found.setdefault(f"{size.value} %: {fault}", []).append(name)
        if name == LAST:
            break
    walk.close()
    assert not found, "\n".join(f"{fault} ({', '.join(names)})" for fault, names in found.items())
