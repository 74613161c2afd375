"""Where the bundled fonts of the window are: beside the printing room's, which brings them."""

from importlib.util import find_spec
from pathlib import Path

from taizhang_desktop.look.fonts import FontFiles

ROOM = "taizhang_printing"
WINDOW_FACE = "NotoSansSC-*.ttf"
RARE_FACE = "HanaMinB*.ttf"


def bundled_fonts() -> FontFiles:
    """The files, None for one that is not there. Looks without importing the room."""
    spec = find_spec(ROOM)
    if spec is None or spec.origin is None:
        return FontFiles()
    folder = Path(spec.origin).parent / "fonts"
    return FontFiles(window=_first(folder, WINDOW_FACE), rare=_first(folder, RARE_FACE))


def _first(folder: Path, pattern: str) -> Path | None:
    return next(iter(sorted(folder.rglob(pattern))), None)
