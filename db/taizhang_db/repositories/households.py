"""The households that the office knows."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.people import Household, HouseholdId, Person, Relation

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.repositories import case_words, household_words
from taizhang_db.repositories.bodies import as_kept
from taizhang_db.repositories.every import every
from taizhang_db.tables import household_names, household_numbers, households

_KNOWN = select(households.c.seq, households.c.body).where(households.c.id == bindparam("thing"))
_MANY = select(households.c.id, as_kept(households.c.body)).where(households.c.id.in_(every("households")))
_ADD = insert(households).returning(households.c.seq)
_REPLACE = update(households).where(households.c.seq == bindparam("known"))
_ADD_NUMBER = insert(household_numbers)
_ADD_NAME = insert(household_names)
_FORGET_NAMES = delete(household_names).where(household_names.c.household_seq == bindparam("known"))
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
        columns = {**household_columns(household), "body": body}
        if known is None:
            seq = self._connection.execute(_ADD, {"id": household.id, **columns}).scalar_one()
        else:
            seq = known.seq
            found_by = case_words.facts_of_household(self._connection, household.id)
            self._connection.execute(_REPLACE, {"known": seq, **columns})
            for before in found_by:
                case_words.keep(self._connection, before, case_words.facts_of(self._connection, before.seq))
            self._connection.execute(_FORGET_NUMBERS, {"known": seq})
            self._connection.execute(_FORGET_NAMES, {"known": seq})
        numbers = {membership.person.id_number for membership in household.memberships} - {""}
        if numbers:
            rows = [{"household_seq": seq, "id_number": number} for number in sorted(numbers)]
            self._connection.execute(_ADD_NUMBER, rows)
        names = {membership.person.name for membership in household.memberships}
        if names:
            named = {"household_seq": seq, "village_code": household.village_code}
            self._connection.execute(_ADD_NAME, [{**named, "name": name} for name in sorted(names)])
        household_words.keep(self._connection, seq, household, known=known is not None)

    def many(self, households_: Sequence[HouseholdId]) -> dict[HouseholdId, Household]:
        """These households by id; unknown ids are left out."""
        found = self._connection.execute(_MANY, {"households": encode(households_)}).all()
        return {HouseholdId(household): decode(body, Household) for household, body in found}

    def with_person(self, id_number: str) -> Sequence[Household]:
        """All households that ever had a member with this number; none for the empty number of the 无证件 path."""
        found = self._connection.scalars(
            select(households.c.body)
            .join(household_numbers, household_numbers.c.household_seq == households.c.seq)
            .where(household_numbers.c.id_number == id_number)
            .order_by(households.c.village_code, households.c.id)
        )
        return [decode(body, Household) for body in found]

    def with_name(self, village: str, name: str) -> Sequence[Household]:
        """All households of the village that ever had a member of this name."""
        found = self._connection.scalars(
            select(households.c.body)
            .join(household_names, household_names.c.household_seq == households.c.seq)
            .where(household_names.c.village_code == village, household_names.c.name == name)
            .order_by(households.c.id)
        )
        return [decode(body, Household) for body in found]

    def found(self, text: str, villages: dict[str, tuple[str, ...]], most: int) -> Sequence[Household]:
        """At most so many households, the newest first, that every word of the text is found in."""
        asked = case_words.asking(text, villages, None, open_only=False)
        if not asked:
            return ()
        seqs = household_words.found(self._connection, asked, most)
        found = self._connection.execute(
            select(households.c.body).where(households.c.seq.in_(seqs)).order_by(households.c.seq.desc())
        )
        return [decode(body, Household) for (body,) in found]


def household_columns(household: Household) -> dict[str, str]:
    """What the table keeps beside the body: village, and name and number of the head."""
    head = _last_head(household)
    return {
        "village_code": household.village_code,
        "head_name": "" if head is None else head.name,
        "head_id_number": "" if head is None else head.id_number,
    }


def _last_head(household: Household) -> Person | None:
    """The head of today or, where nobody is, the last one: what the big table shows and searches."""
    heads = [m for m in household.memberships if m.relation is Relation.HEAD]
    lasting = [m for m in heads if m.until is None]
    return (lasting or heads)[-1].person if heads else None
