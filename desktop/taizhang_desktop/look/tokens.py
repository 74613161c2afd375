"""The look as frozen values: colours of both themes, sizes, and the tones in which the office speaks."""

from enum import Enum

import msgspec
from PySide6.QtGui import QPalette


class Theme(Enum):
    """The two sets of colours."""

    LIGHT = "light"
    DARK = "dark"


class Appearance(Enum):
    """What the user chose: follow the PC, or one theme always."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(Enum):
    """Size of all text, in per cent of 14 px."""

    SMALL = 90
    NORMAL = 100
    ROOMY = 110
    LARGE = 125
    LARGER = 150
    VERY_LARGE = 175
    LARGEST = 200


class Tone(Enum):
    """What a chip, a bar or a word means; never the colour alone carries it, a word always stands with it."""

    PLAIN = "plain"
    OVERDUE = "overdue"
    SOON = "soon"
    DONE = "done"
    INFO = "info"


class Pair(msgspec.Struct, frozen=True):
    """Ink on paper, each ``#rrggbb``; their contrast is 4.5 or more (WCAG 2.2, 1.4.3)."""

    ink: str
    paper: str


class Colours(msgspec.Struct, frozen=True, kw_only=True):
    """All colours of one theme, each ``#rrggbb``."""

    window: str
    surface: str
    sunken: str
    side: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selected: str
    hover: str
    focus: str
    plain: Pair
    overdue: Pair
    soon: Pair
    done: Pair
    info: Pair

    def tone(self, tone: Tone) -> Pair:
        """Ink and paper of a tone."""
        pairs = {
            Tone.PLAIN: self.plain,
            Tone.OVERDUE: self.overdue,
            Tone.SOON: self.soon,
            Tone.DONE: self.done,
            Tone.INFO: self.info,
        }
        return pairs[tone]


class Space(msgspec.Struct, frozen=True, kw_only=True):
    """Distances in px at 100 %."""

    tight: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    page: int = 24


SPACE = Space()
BODY = 14
"""Height of body text in px at 100 %."""

LIGHT = Colours(
    window="#f4f6f8",
    surface="#ffffff",
    sunken="#eef1f4",
    side="#e9edf2",
    line="#d5dbe2",
    line_strong="#8b97a5",
    text="#1a2330",
    muted="#556170",
    accent="#1f5c9e",
    accent_hover="#194d87",
    accent_pressed="#133d6c",
    on_accent="#ffffff",
    selected="#d8e6f5",
    hover="#edf2f8",
    focus="#2f7bcb",
    plain=Pair("#3c4856", "#e6eaef"),
    overdue=Pair("#a8231b", "#fce8e6"),
    soon=Pair("#7f4d00", "#fff0d1"),
    done=Pair("#1c6437", "#e1f3e7"),
    info=Pair("#1c5694", "#e3eefa"),
)

DARK = Colours(
    window="#171a1f",
    surface="#1f242a",
    sunken="#262c33",
    side="#12151a",
    line="#363e48",
    line_strong="#7c8896",
    text="#e7eaee",
    muted="#a6b0bc",
    accent="#79b0ec",
    accent_hover="#91c0f2",
    accent_pressed="#a9cff7",
    on_accent="#0d1a29",
    selected="#28405b",
    hover="#2a3139",
    focus="#79b0ec",
    plain=Pair("#c6ced8", "#303842"),
    overdue=Pair("#ffa79e", "#45211e"),
    soon=Pair("#f3c372", "#3d2e12"),
    done=Pair("#8fd9a9", "#1b3725"),
    info=Pair("#98c5f5", "#1c3048"),
)


def colours_for(theme: Theme) -> Colours:
    """The colours of a theme."""
    return DARK if theme is Theme.DARK else LIGHT


def colours_of(palette: QPalette) -> Colours:
    """The colours that go with a widget's palette, so that painting code needs no global. The style sheet never touches Light."""
    return DARK if palette.color(QPalette.ColorRole.Light).lightness() < 128 else LIGHT  # noqa: PLR2004 - half of 255


def contrast(ink: str, paper: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours by WCAG 2.2: 1 (none) to 21."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
