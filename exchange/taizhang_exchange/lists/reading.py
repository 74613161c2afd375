"""A department list from its file to judged rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.list_judging import Cell, ListJudge, mark_duplicates
from taizhang_casework.domain.list_row import JudgedRow, ListReading
from taizhang_casework.domain.list_subjects import ListHeadings, ListSubject
from taizhang_casework.domain.pack import RegulationPack

from taizhang_exchange.lists import trouble
from taizhang_exchange.lists.header_words import HeaderWords
from taizhang_exchange.lists.layout import find_header
from taizhang_exchange.lists.rows import SheetRows, sheet_rows
from taizhang_exchange.lists.trouble import UnreadableList
from taizhang_exchange.lists.workbook import RawSheet, ReadLimits, read_workbook

_PEOPLE_WITHOUT_HEADER = 3
_ID_LENGTH = 18


class _Found(NamedTuple):
    """A sheet's name and rows."""

    sheet: str
    rows: SheetRows


class CalamineListReader:
    """Reads department lists under one pack and one table of villages; the port ``ListReader`` of the services.

    Nothing of a list stays behind in it: what is worked out once per text is forgotten with the file.
    """

    def __init__(self, pack: RegulationPack, divisions: Divisions, limits: ReadLimits | None = None) -> None:
        """Take the rules in force, and other limits than the usual ones where a test wants them."""
        self._pack = pack
        self._divisions = divisions
        self._limits = limits or ReadLimits()

    def read(self, path: Path) -> ListReading:
        """Every data row of every visible sheet, duplicates within the file marked. Raises UnreadableList."""
        return mark_duplicates([self.read_unmarked(path)])[0]

    def read_unmarked(self, path: Path, label: str | None = None) -> ListReading:
        """The same before duplicates are looked for; ``label`` names the file instead of its base name."""
        workbook = read_workbook(path, self._limits)
        if not workbook.sheets:
            raise trouble.empty(path)
        words, judge = HeaderWords(self._pack), ListJudge(self._pack, self._divisions)
        found = [
            _Found(sheet.name, people)
            for sheet in workbook.sheets
            if (people := _people(path, sheet, words)) is not None
        ]
        if not found:
            raise trouble.no_header(path)
        file = path.name if label is None else label
        subjects = _subjects(judge, path, found)
        rows = tuple(_judged(judge, found, subjects, file))
        department = next((subject.department for subject in subjects if subject.department), "")
        return ListReading(file=file, sha256=workbook.sha256, department=department or _most(rows), rows=rows)


def _people(path: Path, sheet: RawSheet, words: HeaderWords) -> SheetRows | None:
    """The rows of a sheet; None where it is no list. People without a header are not passed over in silence."""
    header = find_header(sheet, words)
    if header is not None:
        return sheet_rows(sheet, header, words)
    numbers = sum(any(_is_id(cell) for cell in row) for row in sheet.rows)
    if numbers >= _PEOPLE_WITHOUT_HEADER:
        raise trouble.no_header(path, sheet.name)
    return None


def _subjects(judge: ListJudge, path: Path, found: Sequence[_Found]) -> list[ListSubject]:
    """The subject of each section in order; a department that one sheet names holds for the others that name none."""
    subjects = [
        judge.subjects.subject(
            ListHeadings(unit=each.rows.unit, titles=section.titles, sheet=each.sheet, file=path.stem)
        )
        for each in found
        for section in each.rows.sections
    ]
    named = next((subject.department for subject in subjects if subject.department), "")
    return [s if s.department else msgspec.structs.replace(s, department=named) for s in subjects]


def _judged(
    judge: ListJudge, found: Sequence[_Found], subjects: Sequence[ListSubject], file: str
) -> Iterator[JudgedRow]:
    sections = ((each.sheet, section) for each in found for section in each.rows.sections)
    for (sheet, section), subject in zip(sections, subjects, strict=True):
        for raw in section.rows:
            yield judge.judge(raw, file=file, sheet=sheet, subject=subject)


def read_list(path: Path, pack: RegulationPack, divisions: Divisions) -> ListReading:
    """One file. Raises UnreadableList; to read several under the same rules, keep a :class:`CalamineListReader`."""
    return CalamineListReader(pack, divisions).read(path)


def read_lists(
    paths: Sequence[Path], pack: RegulationPack, divisions: Divisions
) -> tuple[tuple[ListReading, ...], tuple[UnreadableList, ...]]:
    """Several files of one run, duplicates marked across them in the order given, and what could not be read.

    A file is named by its base name; where two share one, by its path as given.
    """
    reader = CalamineListReader(pack, divisions)
    names = [path.name for path in paths]
    readings, troubles = [], []
    for path in paths:
        try:
            readings.append(reader.read_unmarked(path, path.name if names.count(path.name) == 1 else str(path)))
        except UnreadableList as unreadable:
            troubles.append(unreadable)
    return mark_duplicates(readings), tuple(troubles)


def _is_id(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) == _ID_LENGTH and cell[:-1].isdecimal()


def _most(rows: Sequence[JudgedRow]) -> str:
    """The department that most rows' items belong to, where no heading says."""
    named = [row.department for row in rows if row.department]
    return max(set(named), key=lambda key: (named.count(key), key), default="")
