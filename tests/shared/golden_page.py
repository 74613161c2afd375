"""Pages kept as small grey pictures, which a paper has to come to again, pixel by pixel."""

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image

ANEW = "TAIZHANG_GOLDEN_ANEW"
"""Set in the environment to take the pictures anew; each is then to be looked at before it is kept."""
DPI, GREYS = 60, 16


class PageChanged(AssertionError):  # noqa: N818 - says what is seen
    """A page does not look as it is kept."""


def pictures(paper: bytes) -> list[Image.Image]:
    """The pages of a PDF in sixteen greys."""
    step = 255 // (GREYS - 1)
    with pypdfium2.PdfDocument(paper) as document:
        drawn = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    return [page.point([round(grey / step) * step for grey in range(256)]) for page in drawn]


def check_pages(paper: bytes, folder: Path, name: str, seen: Path) -> None:
    """Compare each page with ``folder/name-1.png`` and so on. PageChanged where one differs; it is then put into ``seen``."""
    pages = pictures(paper)
    if ANEW in os.environ:
        _keep(pages, folder, name)
    kept = sorted(folder.glob(f"{name}-[0-9].png"))
    if len(kept) != len(pages):
        raise PageChanged(f"{name}: {len(pages)} pages, {len(kept)} are kept")
    changed = list(_changed(pages, kept, seen))
    if changed:
        raise PageChanged("; ".join(changed))


def _keep(pages: list[Image.Image], folder: Path, name: str) -> None:
    for old in folder.glob(f"{name}-[0-9].png"):
        old.unlink()
    for number, page in enumerate(pages, 1):
        page.quantize(GREYS).save(folder / f"{name}-{number}.png", optimize=True)


def _changed(pages: list[Image.Image], kept: list[Path], seen: Path) -> Iterator[str]:
    for page, path in zip(pages, kept, strict=True):
        with Image.open(path) as opened:
            before = opened.convert("L")
        if before.size != page.size or before.tobytes() != page.tobytes():
            page.save(seen / path.name)
            yield f"{path.name} looks otherwise; as it is now: {seen / path.name}"
