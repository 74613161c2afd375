"""The look as values: enough contrast in both themes, every placeholder filled, every icon there."""

import pytest
from taizhang_desktop.look.icons import FOLDER, Icon
from taizhang_desktop.look.stylesheet import style_sheet
from taizhang_desktop.look.tokens import DARK, LIGHT, Colours, TextSize, Theme, Tone, contrast

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


@pytest.mark.parametrize("colours", THEMES)
@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_readable_on_its_own_ground_and_in_a_table(colours: Colours, tone: Tone) -> None:
    pair = colours.tone(tone)
    for ground in (pair.paper, colours.surface, colours.window, colours.selected):
        assert contrast(pair.ink, ground) >= 4.5


@pytest.mark.parametrize("colours", THEMES)
def test_text_is_readable_on_every_ground(colours: Colours) -> None:
    for ground in (colours.window, colours.surface, colours.sunken, colours.side, colours.hover):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
    for ground in (colours.accent, colours.accent_hover, colours.accent_pressed):
        assert contrast(colours.on_accent, ground) >= 4.5
    assert contrast(colours.text, colours.selected) >= 7
    assert contrast(colours.accent, colours.surface) >= 4.5


@pytest.mark.parametrize("colours", THEMES)
def test_focus_and_edges_of_fields_are_seen(colours: Colours) -> None:
    for ground in (colours.window, colours.surface, colours.side):
        assert contrast(colours.focus, ground) >= 3
    assert contrast(colours.line_strong, colours.surface) >= 2.9


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("size", TextSize)
def test_the_style_sheet_is_filled(theme: Theme, size: TextSize) -> None:
    assert "$" not in style_sheet(theme, size)


def test_every_icon_is_there_and_every_file_is_an_icon() -> None:
    tinted = {icon.value for icon in Icon}
    fixed = {"chevron_down", "chevron_up", "check_light", "check_dark", "dot_light", "dot_dark"}
    assert {path.stem for path in FOLDER.glob("*.svg")} == tinted | fixed
