"""The pages of help: markdown that ships with the program, and beneath it the notice's own words for what the page rests on."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from taizhang_desktop.guide.topics import Topic

if TYPE_CHECKING:
    from taizhang_casework.domain.pack import RegulationPack

FOLDER = Path(__file__).parent / "pages"
RESTS_ON = Path(__file__).parent / "rests_on.toml"


class HelpPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page: its markdown, and the places of the notice whose words stand beneath it."""

    text: str
    clauses: tuple[str, ...]


@cache
def help_page(topic: Topic) -> HelpPage:
    """The page of that topic, as it ships."""
    rests_on = tomllib.loads(RESTS_ON.read_text("utf-8"))
    text = (FOLDER / f"{topic.value}.md").read_text("utf-8")
    return HelpPage(text=text, clauses=tuple(rests_on[topic.value]))


@cache
def newest_pack() -> "RegulationPack":
    """The rules in force, where no office is open."""
    from taizhang_casework.domain.pack_loading import shipped_packs  # noqa: PLC0415 - after the first paint

    return shipped_packs()[-1]


class HelpBook:
    """All pages, with the words of the rules that an office works by."""

    def __init__(self, pack: "Callable[[], RegulationPack]" = newest_pack) -> None:
        """``pack`` is called when a page is first read."""
        self._pack = pack

    def read(self, topic: Topic) -> str:
        """The whole page as markdown, the notice's words quoted at its end."""
        page, pack = help_page(topic), self._pack()
        if not page.clauses:
            return page.text
        quoted = (f"**{place}**\n\n> {pack.clause_text(place)}" for place in page.clauses)
        return "\n\n".join((page.text.rstrip(), "## 通知原文", pack.document, *quoted))
