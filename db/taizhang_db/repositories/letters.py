"""The letters to refused applicants."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.letter import Letter, LetterId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.repositories import case_columns
from taizhang_db.repositories.bodies import as_kept
from taizhang_db.repositories.case_columns import Packs
from taizhang_db.repositories.every import every
from taizhang_db.tables import letters

_BY_NUMBER = (letters.c.year, letters.c.serial)
_OF_CASES = (
    select(letters.c.case_id, as_kept(letters.c.body))
    .where(letters.c.case_id.in_(every("cases")))
    .order_by(*_BY_NUMBER)  # the last one of a case is the one that stays
)


class SqlLetters:
    """Implements ``Letters``; the table refuses a number that was given before."""

    def __init__(self, connection: Connection, packs: Packs, pen: Pen) -> None:
        self._connection = connection
        self._packs = packs
        self._pen = pen

    def get(self, letter: LetterId) -> Letter:
        """The letter; KeyError where there is none."""
        body = self._connection.scalar(select(letters.c.body).where(letters.c.id == letter))
        if body is None:
            raise KeyError(letter)
        return decode(body, Letter)

    def save(self, letter: Letter) -> None:
        """Add it, or replace it by its id."""
        before = self._connection.scalar(select(letters.c.body).where(letters.c.id == letter.id))
        body = encode(letter)
        if not self._pen.note(Kind.LETTER, letter.id, before=before, after=body):
            return
        number = letter.notice.number
        columns = {"case_id": letter.case, "year": number.year, "serial": number.serial, "body": body}
        if before is None:
            self._connection.execute(insert(letters), {"id": letter.id, **columns})
        else:
            self._connection.execute(update(letters).where(letters.c.id == letter.id), columns)
        case_columns.follow_letter(self._connection, letter.case, self._packs)

    def of_case(self, case: CaseId) -> Letter | None:
        """The newest letter of the case."""
        body = self._connection.scalar(
            select(letters.c.body)
            .where(letters.c.case_id == case)
            .order_by(*(column.desc() for column in _BY_NUMBER))
            .limit(1)
        )
        return None if body is None else decode(body, Letter)

    def history(self, case: CaseId) -> Sequence[Letter]:
        """Every letter of the case, the newest first."""
        newest_first = (column.desc() for column in _BY_NUMBER)
        found = self._connection.scalars(
            select(letters.c.body).where(letters.c.case_id == case).order_by(*newest_first)
        )
        return [decode(body, Letter) for body in found]

    def of_cases(self, cases: Sequence[CaseId]) -> dict[CaseId, Letter]:
        """The newest letter of each of these cases that has one."""
        found = self._connection.execute(_OF_CASES, {"cases": encode(cases)}).all()
        return {CaseId(case): decode(body, Letter) for case, body in found}

    def histories(self, cases: Sequence[CaseId]) -> dict[CaseId, Sequence[Letter]]:
        """Every letter of each of these cases that has one, the newest first."""
        found: dict[CaseId, Sequence[Letter]] = {}
        for case, body in self._connection.execute(_OF_CASES, {"cases": encode(cases)}).all():
            found[CaseId(case)] = (decode(body, Letter), *found.get(CaseId(case), ()))
        return found

    def newest(self) -> Letter | None:
        """The letter with the highest number."""
        body = self._connection.scalar(
            select(letters.c.body).order_by(*(column.desc() for column in _BY_NUMBER)).limit(1)
        )
        return None if body is None else decode(body, Letter)

    def last_serial(self, year: int) -> int:
        """The highest serial number given in the year; 0 where none was given."""
        return self._connection.scalar(select(func.max(letters.c.serial)).where(letters.c.year == year)) or 0

    def all(self) -> Sequence[Letter]:
        """Every letter, by number."""
        found = self._connection.scalars(select(letters.c.body).order_by(*_BY_NUMBER))
        return [decode(body, Letter) for body in found]
