"""The manual's first page, followed literally in the real window: from the first start to 是否已告知本人 = 是."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hands import PATIENCE
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as NeverThere
from pytestqt.qtbot import QtBot
from seated import seated
from taizhang_casework.domain.ledger import Informed, Month
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import preview
from taizhang_desktop.bootstrap import enter_vault, load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.program import Surroundings
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.walk.page import Deed, Picture, read_page
from taizhang_desktop.walk.walker import Stuck, Walker

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "manual" / "00-one-application.md"
DAY = date(2026, 9, 30)
"""Any day: the page has every date be today's."""


class Reader:
    """Somebody with the page in front of her, at a PC on which nothing is yet."""

    def __init__(self, qtbot: QtBot, folder: Path, closing: ExitStack, *, patience: int = PATIENCE) -> None:
        self.folder = folder
        self.clock = StoryClock(DAY)
        self.pictures: list[str] = []
        self.crashes: list[Crash] = []
        self._qtbot = qtbot
        self._closing = closing
        self._patience = patience
        self.walker = Walker(
            self._begin,
            self._wait,
            today=lambda: f"{self.clock.today():%m%d}",
            folder=folder,
            take_picture=self.pictures.append,
        )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _begin(self) -> QWidget:
        self._closing.close()
        around = Surroundings(
            data=self.data,
            clock=self.clock,
            files=QtFileChooser(self.folder, native=False),
            keep_report=self.crashes.append,
            rules=load_rules,
        )
        return self._closing.enter_context(seated(self._qtbot, around)).window

    def _wait(self, look: Callable[[], T | None]) -> T:
        found: list[T] = []

        def there() -> bool:
            seen = look()
            if seen is not None:
                found.append(seen)
            return bool(found)

        try:
            self._qtbot.waitUntil(there, timeout=self._patience)
        except NeverThere as error:
            raise LookupError from error
        return found[0]


@pytest.fixture
def closing(qapp: QApplication) -> Iterator[ExitStack]:
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    with ExitStack() as stack:
        yield stack


def page() -> tuple[Deed | Picture, ...]:
    return read_page(PAGE.read_text("utf-8"))


def typed_into(name: str) -> str:
    """What the page has typed into that field first."""
    return next(part.value for part in page() if isinstance(part, Deed) and part.name == name)


def test_the_page_followed_literally_ends_with_the_applicant_told(
    qtbot: QtBot, tmp_path: Path, closing: ExitStack
) -> None:
    reader = Reader(qtbot, tmp_path, closing)
    reader.walker.follow(page())
    closing.close()
    assert reader.crashes == []
    assert reader.pictures == [part.name for part in page() if isinstance(part, Picture)]
    assert (tmp_path / "告知书.pdf").read_bytes().startswith(b"%PDF")
    (vault,) = (each for each in reader.data.iterdir() if (each / "vault.json").is_file())
    key = Key(KeyKind.PASSPHRASE, typed_into("口令"))
    office = enter_vault(vault, key, rules=load_rules(), clock=reader.clock)
    try:
        with office.store.reading() as desk:
            (line,) = preview(office.work, desk, Month.of(DAY)).lines
    finally:
        office.close()
    assert (line.head_name, line.channel) == (typed_into("姓名"), Channel.SELF_APPLICATION)
    assert line.applicant_informed is Informed.YES
    assert line.closed_on == DAY


@pytest.mark.parametrize(
    "sentence",
    ["点「没有这个按钮」", "「没有这一栏」填 `1`", "标题变成“今日”", "看到“没有这句话”", "勾「没有这个框」"],
)
def test_a_name_that_is_not_on_the_screen_stops_the_reader_at_its_sentence(
    sentence: str, qtbot: QtBot, tmp_path: Path, closing: ExitStack
) -> None:
    reader = Reader(qtbot, tmp_path, closing, patience=300)
    with pytest.raises(Stuck, match=sentence):
        reader.walker.follow(read_page(f"1. 打开程序；{sentence}。"))
    assert reader.crashes == []
