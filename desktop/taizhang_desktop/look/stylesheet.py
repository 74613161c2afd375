"""The style sheet: ``style.qss`` with the tokens of a theme and the sizes of a text size filled in."""

from pathlib import Path
from string import Template

import msgspec
from PySide6.QtGui import QColor, QPalette

from taizhang_desktop.look.tokens import BODY, Colours, Pair, TextSize, Theme, colours_for

SOURCE = Path(__file__).parent / "style.qss"


def style_sheet(theme: Theme, size: TextSize) -> str:
    """The whole sheet; KeyError or ValueError where the file asks for a token that there is not."""
    colours = colours_for(theme)
    values: dict[str, str] = {"theme": theme.value, "handle": colours.line}
    for name in Colours.__struct_fields__:
        value = getattr(colours, name)
        if isinstance(value, Pair):
            values |= {f"{name}_ink": value.ink, f"{name}_paper": value.paper}
        else:
            values[name] = str(value)
    values |= {name: str(px) for name, px in msgspec.structs.asdict(sizes(size)).items()}
    return Template(SOURCE.read_text(encoding="utf-8")).substitute(values)


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Heights in px, all following the text size."""

    body: int
    small: int
    tiny: int
    heading: int
    title: int
    control: int
    control_in: int
    nav: int
    row: int
    chip: int
    chip_radius: int
    badge: int
    badge_in: int
    badge_radius: int
    mark: int
    mark_radius: int
    group: int


def sizes(size: TextSize) -> Sizes:
    """Sizes at a text size."""
    factor = size.value / 100

    def px(at_hundred: float) -> int:
        return round(at_hundred * factor)

    return Sizes(
        body=px(BODY),
        small=px(13),
        tiny=px(12),
        heading=px(16),
        title=px(20),
        control=px(30),
        control_in=px(30) - 2,
        nav=min(px(34), 52),
        row=px(30),
        chip=px(20),
        chip_radius=(px(20) + 4) // 2,
        badge=px(18),
        badge_in=px(18) - 12,
        badge_radius=px(18) // 2,
        mark=px(16),
        mark_radius=(px(16) + 2) // 2,
        group=px(24),
    )


def palette(theme: Theme) -> QPalette:
    """The palette that goes with the sheet, for what is painted without it."""
    colours = colours_for(theme)
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.window,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.sunken,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.line_strong,
        QPalette.ColorRole.Shadow: colours.line_strong,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made
