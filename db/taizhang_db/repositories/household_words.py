"""The words by which households are found: everybody who ever belonged, numbers and telephones, the village."""

from collections.abc import Sequence

from sqlalchemy import Connection
from taizhang_casework.domain.people import Household

from taizhang_db.codec import decode
from taizhang_db.repositories.case_words import runs_of

_ADD = "INSERT INTO household_words (rowid, words) VALUES (?, ?)"
_FORGET = "DELETE FROM household_words WHERE rowid = ?"
_FOUND = "SELECT rowid FROM household_words WHERE household_words MATCH ? ORDER BY rowid DESC LIMIT ?"


def keep(connection: Connection, seq: int, household: Household, *, known: bool) -> None:
    """Write the document of a household; ``known`` where it has one already."""
    if known:
        connection.exec_driver_sql(_FORGET, (seq,))
    connection.exec_driver_sql(_ADD, (seq, words_of(household)))


def words_of(household: Household) -> str:
    """The document of a household."""
    people = [membership.person for membership in household.memberships]
    numbers = [number for person in people for number in (person.id_number, person.phone) if number]
    runs = runs_of([person.name for person in people], numbers)
    return " s ".join(run for run in (*runs, f"v{household.village_code}") if run)


def found(connection: Connection, asked: str, most: int) -> Sequence[int]:
    """The entries of at most so many households that match, the newest first."""
    return [seq for (seq,) in connection.exec_driver_sql(_FOUND, (asked, most))]


def fill(connection: Connection) -> None:
    """Write the documents of all households, of which there are none yet."""
    bodies = connection.exec_driver_sql("SELECT seq, body FROM households ORDER BY seq")
    for rows in bodies.partitions(1_000):
        connection.exec_driver_sql(_ADD, [(seq, words_of(decode(body, Household))) for seq, body in rows])
