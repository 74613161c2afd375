"""A town's ledger of any size, made up: written at once into an encrypted vault and into a plain SQLite file of the same schema."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Engine
from taizhang_casework.domain.bureau import FilingArrival
from taizhang_casework.domain.case import Case, CaseId, Meets, PackId
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.packages import Direction, Manifest, PackageKind, PackageRecord
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import Closing, Entry, HomeVisit, Record, Refusal, Step
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db.codec import encode
from taizhang_db.repositories.case_columns import columns_of
from taizhang_db.repositories.case_words import CaseFacts
from taizhang_db.tables.case_index import STRETCHES
from taizhang_desktop.bootstrap import Rules

TODAY = date(2026, 6, 15)
OPEN = 2_000
MONTHS = 120
CHUNK = 10_000
_AT = datetime(2026, 6, 15, 9, tzinfo=UTC)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇区解"
_OFTEN = [72, 72, 68, 54, 45, 31, 23, 22, 21, 20, *range(16, 16 - len(_SURNAMES) + 10, -1)]
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰建国华文志红玉春梅海燕小东林云飞鹏辉斌波宇浩然子轩雨欣佳怡涵思远"
)
_CHANNELS = [Channel.DEPARTMENT] * 80 + [Channel.SELF_APPLICATION] * 10 + [Channel.CADRE_SCREENING] * 7
_CHANNELS += [Channel.PETITION] * 3
_SOURCES = ("民政局", "医保局", "残联", "教体局", "住建局", "卫健局", "信访局", "村委", "12317", "人社局")
_VISITORS = ("张三", "李四")


class Line(NamedTuple):
    """One case as its tables have it."""

    household: tuple[Any, ...]
    number: tuple[Any, ...]
    name: tuple[Any, ...]
    case: tuple[Any, ...]
    body: tuple[Any, ...]
    words: tuple[Any, ...]


def lines(size: int, rules: Rules) -> Iterator[Line]:
    """The cases of ten years, oldest first; the newest ``OPEN`` are not closed."""
    chance = random.Random(size)  # noqa: S311 - made-up people, the same in each run
    villages = [code for code, village in rules.divisions.villages.items() if village.town_code == "370215001"]
    days = MONTHS * 30
    for seq in range(1, size + 1):
        name = _name(chance)
        number = _number(chance)
        received = TODAY - timedelta(days=max(days - seq * days // size + chance.randrange(5), 0))
        yield _line(seq, size, (name, number), received, chance.choice(villages), chance, rules)


def _name(chance: random.Random) -> str:
    return chance.choices(_SURNAMES, _OFTEN)[0] + "".join(chance.choices(_GIVEN, k=2 if chance.random() < 0.8 else 1))


def _number(chance: random.Random) -> str:
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(30_000))
    return f"370282{born:%Y%m%d}{chance.randrange(1_000):03d}{chance.choice('0123456789X')}"


def _records(seq: int, size: int, received: date) -> tuple[Record, ...]:
    visit = HomeVisit(visited_on=received, visitors=_VISITORS, conclusion="收入下降，住院费用较高")
    refused = Refusal(decided_on=received, at=Step.HOME_VISIT, reason="above_line", explanation="家庭收入稳定")
    if seq > size - OPEN:
        return ((), (visit,), (visit, refused))[seq % 3]
    return visit, refused, Closing(closed_on=min(received + timedelta(days=seq % 25), TODAY))


def _line(
    seq: int, size: int, who: tuple[str, str], received: date, village: str, chance: random.Random, rules: Rules
) -> Line:
    name, number = who
    head = (name, number) if seq % 5 else (_name(chance), _number(chance))
    key = f"{chance.getrandbits(128):032x}"
    at = datetime(received.year, received.month, received.day, 9, tzinfo=UTC)
    warning = Warning(
        id=WarningId(f"w{key[1:]}"),
        channel=chance.choice(_CHANNELS),
        source=chance.choice(_SOURCES),
        detail="住院及门诊慢特病医疗费用个人负担部分累计超过2万元",
        name=name,
        id_number=number,
        town_code="370215001",
        village_code=village,
        received_on=received,
    )
    case = Case(
        id=CaseId(key),
        warning=warning,
        opened_on=received,
        pack=PackId(rules.pack.id),
        household=HouseholdId(f"h{key[1:]}"),
        entries=tuple(
            Entry(recorded_at=at, recorded_by="李明", record=record) for record in _records(seq, size, received)
        ),
    )
    since = date(2016, 1, 1)
    members = [
        Membership(
            person=Person(id=PersonId("p1"), name=head[0], id_number=head[1]), relation=Relation.HEAD, since=since
        )
    ]
    if head[0] != name:
        one = Person(id=PersonId("p2"), name=name, id_number=number)
        members.append(Membership(person=one, relation=Relation.CHILD, since=since))
    household = Household(id=HouseholdId(f"h{key[1:]}"), village_code=village, memberships=tuple(members))
    state = case_state(case, rules.pack.order)
    day = received.isoformat()
    facts = CaseFacts(seq, day, name, number, *head, village, warning.channel.value, int(state.closed_on is None))
    return Line(
        household=(seq, household.id, village, *head, encode(household)),
        number=(seq, number),
        name=(village, name, seq),
        case=(
            *(seq, case.id, warning.id, household.id, warning.channel.value, warning.source, warning.detail, name),
            *(number, warning.town_code, village, day),
            None if state.current is None else state.current.value,
            state.meets.value,
            None if state.closed_on is None else state.closed_on.isoformat(),
            None,
            *head,
            *_standing(case, rules),
        ),
        body=(seq, encode(case)),
        words=(facts.place, facts.words),
    )


def _standing(case: Case, rules: Rules) -> tuple[Any, ...]:
    """The columns of a case from ``stage`` on."""
    columns = columns_of(case, None, rules.packs)
    return (
        *(columns["stage"].value, columns["clock"], None, columns["green_owed"], columns["informed"]),
        *(columns["refused_for"], columns["explanation"], columns["verifiers"]),
    )


_TABLES = {
    "household": "INSERT INTO households VALUES (?, ?, ?, ?, ?, ?)",
    "number": "INSERT INTO household_numbers VALUES (?, ?)",
    "name": "INSERT INTO household_names VALUES (?, ?, ?)",
    "case": f"INSERT INTO cases VALUES ({', '.join('?' * 26)})",
    "body": "INSERT INTO case_bodies VALUES (?, ?)",
    "words": "INSERT INTO case_words (rowid, words) VALUES (?, ?)",
}


def fill(files: Sequence[Any], size: int, rules: Rules, say: Callable[[str], None]) -> None:
    """Write the same lines into several databases (DBAPI connections in autocommit mode); indexes and triggers are made last."""
    late = (
        files[0]
        .execute(
            "SELECT name, type, sql FROM sqlite_master WHERE tbl_name IN ('cases', 'households', 'household_numbers', 'household_names') "
            "AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        )
        .fetchall()
    )
    for file in files:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN")
        for name, kind, _ in late:
            file.execute(f"DROP {kind} {name}")
    made = lines(size, rules)
    done = 0
    while some := list(islice(made, CHUNK)):
        for file in files:
            for table, statement in _TABLES.items():
                file.executemany(statement, [getattr(line, table) for line in some])
        done += len(some)
        if done % 100_000 == 0:
            say(f"{done} cases")
    for file in files:
        for sort, (value, period) in STRETCHES.items():
            file.execute(
                f"INSERT INTO case_tally SELECT '{sort}', {value.format('cases')}, {period.format('cases')}, channel, "
                "count(*) FROM cases GROUP BY 2, 3, 4"
            )
        for _, _, sql in late:
            file.execute(sql)
        _other_papers(file, rules)
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        file.execute("PRAGMA synchronous = FULL")
        file.execute("PRAGMA foreign_keys = ON")


def _months() -> Iterator[Month]:
    month = Month.of(TODAY)
    for _ in range(MONTHS):
        month = month.preceding
        yield month


def _other_papers(file: Any, rules: Rules) -> None:  # noqa: ANN401 - a DBAPI connection carries no types
    """The months that were filed, and what the bureau's board counts."""
    for at, month in enumerate(_months(), start=1):
        file.execute("INSERT INTO filings VALUES (?, ?, ?, 1, '{}')", (at, f"{at:032x}", str(month)))
        manifest = Manifest(
            kind=PackageKind.FILING,
            number=at,
            previous="",
            sender=OfficeId("370215001"),
            receiver=OfficeId("370215"),
            month=month,
            made_at=_AT,
        )
        record = PackageRecord(
            direction=Direction.SENT, manifest=manifest, digest=f"{at:064x}", file="a", items=1, at=_AT
        )
        file.execute(
            "INSERT INTO packages VALUES (?, 'sent', ?, '370215', 'filing', ?, ?)",
            (at, record.digest, at, encode(record)),
        )
    for at, (town, month) in enumerate((town, month) for month in _months() for town in rules.divisions.towns):
        arrival = FilingArrival(town=OfficeId(town), revision=1, received_at=_AT, lines=280, closed=200)
        file.execute(
            "INSERT INTO received_filings VALUES (?, ?, ?, ?, 1, '{}')", (at + 1, f"{at:032x}", town, str(month))
        )
        file.execute("INSERT INTO received_counts VALUES (?, ?, ?)", (at + 1, str(month), encode(arrival)))
        file.execute("INSERT INTO sent_tally VALUES (?, ?, 280)", (str(month), town))


def copy_schema(vault: Engine, plain: sqlite3.Connection) -> None:
    """The tables of a vault in a plain file; this PC's own SQLite may be too old to delete from a contentless index."""
    with vault.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') "
            "ORDER BY type = 'trigger', type = 'index'"
        ).all()
        for _, sql in found:
            plain.execute(sql.replace(", contentless_delete=1", "") if sqlite3.sqlite_version_info < (3, 43) else sql)
        for table in ("alembic_version", "own_office"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                plain.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))


UNDECIDED = Meets.UNDECIDED
