"""From a raw row of a department list to its outcome, with every reason at once; the next row is judged whatever this one says."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.id_number import IdFault, parse_id_number
from taizhang_casework.domain.list_dates import read_date
from taizhang_casework.domain.list_row import JudgedRow, ListReading, Outcome, Reason
from taizhang_casework.domain.list_subjects import ListSubject, ListSubjects
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.person_name import PersonName, parse_name
from taizhang_casework.domain.place_names import Place, PlaceFault
from taizhang_casework.domain.text_folding import fold
from taizhang_casework.domain.warning import Provenance

Cell = str | float | bool
"""A cell as it was stored: text, a number, a truth value; dates arrive as ISO text."""

_ID_REASONS = {
    IdFault.MISSING: Reason.MISSING_ID,
    IdFault.BAD: Reason.BAD_ID,
    IdFault.LOST_DIGITS: Reason.LOST_DIGITS,
}
_PLACE_REASONS = {PlaceFault.ELSEWHERE: Reason.ELSEWHERE, PlaceFault.UNKNOWN_VILLAGE: Reason.UNKNOWN_VILLAGE}


Fact = tuple[str, str, int]
"""What makes two rows one warning (附件1): id number, item (or department), year."""


class RawRow(NamedTuple):
    """The cells of one data row by what their columns mean, blank where the list has no such column.

    ``row`` counts as Excel does. ``items`` and ``statuses`` hold the columns that may name the item, the stronger first.
    """

    row: int
    name: Cell = ""
    id_number: Cell = ""
    district: Cell = ""
    town: Cell = ""
    village: Cell = ""
    address: Cell = ""
    date: Cell = ""
    detail: Cell = ""
    items: tuple[Cell, ...] = ()
    statuses: tuple[Cell, ...] = ()


class ListJudge:
    """Judges the rows of one file against one pack and one table of villages. What one text means is worked out once."""

    def __init__(self, pack: RegulationPack, divisions: Divisions) -> None:
        """Take the rules in force."""
        self.subjects = ListSubjects(pack)
        self._divisions = divisions
        self._details = {item.key: item.detail for department in pack.departments for item in department.items}
        self._days: dict[Cell, date | Reason] = {}
        self._names: dict[Cell, PersonName] = {}
        self._places: dict[tuple[Cell, ...], Place] = {}
        self._items: dict[tuple[object, ...], str] = {}

    def judge(self, raw: RawRow, *, file: str, sheet: str, subject: ListSubject) -> JudgedRow:
        """The row with its outcome; duplicates are seen later, over all rows (:func:`mark_duplicates`)."""
        reasons = []
        name = self._name(raw.name)
        if name.says:
            reasons.append(Reason.MISSING_NAME)
        number = parse_id_number(raw.id_number)
        if number.fault is not None:
            reasons.append(_ID_REASONS[number.fault])
        place = self._place(raw.town, raw.village, raw.district, raw.address)
        if place.fault is not None:
            reasons.append(_PLACE_REASONS[place.fault])
        day = self._day(raw.date)
        if isinstance(day, Reason):
            reasons.append(day)
        item = self._item(raw.items, raw.statuses, subject)
        return JudgedRow(
            provenance=Provenance(file=file, sheet=sheet, row=raw.row),
            outcome=Outcome.REFUSED if reasons else Outcome.ACCEPTED,
            reasons=tuple(reasons),
            name=name.text,
            id_number=number.number,
            town_code=place.town_code,
            town_name=place.town_name,
            village_code=place.village_code,
            village_name=place.village_name,
            department=subject.department or self.subjects.department_of_item(item),
            item=item,
            detail=self._details[item] if item else fold(_text(raw.detail)) or fold(" ".join(map(_text, raw.items))),
            happened_on=None if isinstance(day, Reason) else day,
        )

    def _name(self, cell: Cell) -> PersonName:
        name = self._names.get(cell)
        if name is None:
            name = self._names[cell] = parse_name(_text(cell))
        return name

    def _place(self, town: Cell, village: Cell, district: Cell, address: Cell) -> Place:
        key = (town, village, district, address)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = self._divisions.resolve(
                town=_text(town), village=_text(village), district=_text(district), address=_text(address)
            )
        return place

    def _item(self, own: tuple[Cell, ...], statuses: tuple[Cell, ...], subject: ListSubject) -> str:
        key = (own, statuses, subject)
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = self.subjects.item(tuple(map(_text, own)), tuple(map(_text, statuses)), subject)
        return item

    def _day(self, cell: Cell) -> date | Reason:
        day = self._days.get(cell)
        if day is None:
            day = self._days[cell] = read_date(cell)
        return day


def _text(cell: Cell) -> str:
    """A cell as text: a whole number without its point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(int(cell)) if cell == cell // 1 else str(cell)


def mark_duplicates(readings: Iterable[ListReading], *, known: Iterable[ListReading] = ()) -> tuple[ListReading, ...]:
    """Mark what several lists read in one run bring twice: person + item + year is one warning (附件1).

    The first stays accepted, unless one of the ``known`` lists, judged before, brought it. A refused row neither is a
    duplicate nor makes one.
    """
    seen = {
        fact
        for reading in known
        for row in reading.rows
        if row.outcome is Outcome.ACCEPTED and (fact := fact_of(row)) is not None
    }
    return tuple(msgspec.structs.replace(reading, rows=tuple(_less_seen(reading.rows, seen))) for reading in readings)


def _less_seen(rows: Sequence[JudgedRow], seen: set[Fact]) -> Iterable[JudgedRow]:
    for row in rows:
        if row.outcome is Outcome.ACCEPTED and (fact := fact_of(row)) is not None:
            if fact in seen:
                yield msgspec.structs.replace(row, outcome=Outcome.DUPLICATE, reasons=(Reason.DUPLICATE,))
                continue
            seen.add(fact)
        yield row


def fact_of(row: JudgedRow) -> Fact | None:
    """What the row tells of; None where it names no day. A list that names no item tells of its department's one thing."""
    return None if row.happened_on is None else (row.id_number, row.item or row.department, row.happened_on.year)
