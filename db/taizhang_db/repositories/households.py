"""The households that the office knows."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.people import Household, HouseholdId, Person, Relation

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import household_numbers, households

_KNOWN = select(households.c.seq, households.c.body).where(households.c.id == bindparam("thing"))
_ADD = insert(households).returning(households.c.seq)
_REPLACE = update(households).where(households.c.seq == bindparam("known"))
_ADD_NUMBER = insert(household_numbers)
_FORGET_NUMBERS = delete(household_numbers).where(household_numbers.c.household_seq == bindparam("known"))


class SqlHouseholds:
    """Implements ``Households``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, household: HouseholdId) -> Household:
        """The household; KeyError where there is none."""
        body = self._connection.scalar(select(households.c.body).where(households.c.id == household))
        if body is None:
            raise KeyError(household)
        return decode(body, Household)

    def save(self, household: Household) -> None:
        """Add it, or replace it by its id."""
        known = self._connection.execute(_KNOWN, {"thing": household.id}).first()
        body = encode(household)
        if not self._pen.note(Kind.HOUSEHOLD, household.id, before=None if known is None else known.body, after=body):
            return
        head = _last_head(household)
        columns = {
            "village_code": household.village_code,
            "head_name": "" if head is None else head.name,
            "head_id_number": "" if head is None else head.id_number,
            "body": body,
        }
        if known is None:
            seq = self._connection.scalar(_ADD, {"id": household.id, **columns})
        else:
            seq = known.seq
            self._connection.execute(_REPLACE, {"known": seq, **columns})
            self._connection.execute(_FORGET_NUMBERS, {"known": seq})
        numbers = {membership.person.id_number for membership in household.memberships} - {""}
        if numbers:
            rows = [{"household_seq": seq, "id_number": number} for number in sorted(numbers)]
            self._connection.execute(_ADD_NUMBER, rows)

    def with_person(self, id_number: str) -> Sequence[Household]:
        """All households that ever had a member with this number; none for the empty number of the 无证件 path."""
        found = self._connection.scalars(
            select(households.c.body)
            .join(household_numbers, household_numbers.c.household_seq == households.c.seq)
            .where(household_numbers.c.id_number == id_number)
            .order_by(households.c.village_code, households.c.id)
        )
        return [decode(body, Household) for body in found]

    def all(self) -> Sequence[Household]:
        """Every household, by village code and id."""
        found = self._connection.scalars(select(households.c.body).order_by(households.c.village_code, households.c.id))
        return [decode(body, Household) for body in found]


def _last_head(household: Household) -> Person | None:
    """The head of today or, where nobody is, the last one: what the big table shows and searches."""
    heads = [m for m in household.memberships if m.relation is Relation.HEAD]
    lasting = [m for m in heads if m.until is None]
    return (lasting or heads)[-1].person if heads else None
