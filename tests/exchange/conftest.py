"""What the tests of lists start from: the shipped rules, a reader, and workbooks made on the spot."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.divisions import Divisions, shipped_divisions
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.lists.header_words import HeaderWords

SaveRows = Callable[..., Path]


@pytest.fixture(scope="session")
def pack() -> RegulationPack:
    return shipped_pack(PackId("jimo-2022-1"))


@pytest.fixture(scope="session")
def divisions(pack: RegulationPack) -> Divisions:
    return shipped_divisions(pack)


@pytest.fixture(scope="session")
def reader(pack: RegulationPack, divisions: Divisions) -> CalamineListReader:
    return CalamineListReader(pack, divisions)


@pytest.fixture(scope="session")
def words(pack: RegulationPack) -> HeaderWords:
    return HeaderWords(pack)


@pytest.fixture
def save_rows(tmp_path: Path) -> SaveRows:
    """Save rows as a workbook of one sheet: ``save_rows(rows, merges=["A1:C1"], name="x.xlsx", sheet="Sheet1")``."""

    def save(
        rows: Sequence[Sequence[Any]], *, merges: Sequence[str] = (), name: str = "名单.xlsx", sheet: str = "Sheet1"
    ) -> Path:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = sheet
        for row in rows:
            page.append(list(row))
        for area in merges:
            page.merge_cells(area)
        book.save(tmp_path / name)
        return tmp_path / name

    return save
