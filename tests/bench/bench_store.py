"""What a clerk waits on, over an encrypted vault ÷ the same code over plain SQLite with the same schema, rows and PRAGMAs.

Sizes (numbers of cases) may be given as arguments. Ours and plain are done in turn: of looks the best of some repeats counts,
by the thread's own time; of opening and saving the median of the time that passes. ``bare_ms`` is the statements alone, sent
again by bare ``sqlite3`` without making values of what comes back. A page of 100 is the slowest of four places in both
directions. ``first_…`` are on connections just opened, which have nothing decrypted yet.
"""

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from keyring.backend import KeyringBackend
from sqlalchemy import Engine, event
from store_data import OPEN, TODAY, copy_schema, fill
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.case_query import CaseFilter, CaseOrder, CaseQuery, ClockState
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_views import READY_MADE
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.standing import Stage, WaitsFor
from taizhang_casework.domain.steps import HomeVisit
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.board import board
from taizhang_casework.services.case_list import reckoned
from taizhang_casework.services.filing import preview
from taizhang_casework.services.matching import proposals
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.prefill import known_for
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db import FromKeyring, Passphrase, SqlStore, SystemKeyring, Vault, create_vault, open_vault
from taizhang_db import engine as engines
from taizhang_db.keys import keyring_slot
from taizhang_desktop.bootstrap import Rules, load_rules

SIZES = (100_000, 1_000_000)
PAGE = 100
REPEATS = 5
SAVES = 40
FILTERS = {
    "all": CaseQuery(),
    "one_channel": CaseQuery(channel=Channel.DEPARTMENT),
    "rare_channel": CaseQuery(channel=Channel.PETITION),
    "open": CaseQuery(open_only=True),
    "open_of_one_channel": CaseQuery(open_only=True, channel=Channel.DEPARTMENT),
}
CHIPS = {
    "stage": CaseFilter(stage=Stage.CLOSED),
    "stage_of_open": CaseFilter(stage=Stage.HOME_VISIT),
    "meets": CaseFilter(meets=Meets.NO),
    "undecided": CaseFilter(meets=Meets.UNDECIDED),
    "source": CaseFilter(source="民政局"),
    "month": CaseFilter(month=Month.of(TODAY).preceding),
    "village": CaseFilter(village=""),
    "overdue": CaseFilter(clock=ClockState.OVERDUE),
    "soon": CaseFilter(clock=ClockState.SOON),
    "no_day": CaseFilter(clock=ClockState.NO_DAY),
    "waits": CaseFilter(waits_for=WaitsFor.DELIVERY),
    "not_informed": CaseFilter(not_informed=True),
    "owes_steps": CaseFilter(owes_steps=True),
}
"""Each chip of the table alone; the village is the first that there is."""
SEARCHES = {
    "one_character": "王",
    "two_characters": "秀英",
    "three_characters": "王秀英",
    "birthday_in_a_number": "19650412",
    "end_of_a_number": "0412",
    "three_digits": "412",
    "whole_number": "",
    "area_of_nearly_all_numbers": "370282",
    "initials_of_three": "wxy",
    "initials_of_two": "wx",
    "initials_and_digits": "wxy 1965",
}


class Keyring(KeyringBackend):
    """A keyring in memory: what is measured is our part of the way."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped in keyring
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Standing:
    """A clock that stands; its ids are random."""

    def now(self) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

    def today(self) -> date:
        return TODAY

    def new_id(self) -> str:
        return f"{random.getrandbits(128):032x}"


class NoLock:
    """A plain file is locked by nobody."""

    def release(self) -> None: ...


class NoHead:
    """Plain SQLite takes nothing down beside its file."""

    def note(self, head: object) -> None: ...


class Side(NamedTuple):
    """One of the two files, and the office's work on it."""

    work: Work
    vault: Vault


class Whole:
    """What a vault answers that read no damaged page."""

    def fetchone(self) -> tuple[str]:
        """The one row of it."""
        return ("1",)


class PlainConnection(sqlite3.Connection):
    """Plain SQLite does not know whether a page was damaged; that it is not asked costs it nothing."""

    def execute(self, sql: str, *values: Any) -> Any:  # noqa: ANN401 - as the base has it
        """Run a statement."""
        return Whole() if sql == "PRAGMA cipher_status" else super().execute(sql, *values)


def connect_plain(path: Path) -> sqlite3.Connection:
    """Plain SQLite, tuned as the vault is."""
    address = f"{path.as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, factory=PlainConnection
    )
    for pragma in (
        f"busy_timeout = {engines.BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"cache_size = -{engines.CACHE_KIB}",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def side_of(vault: Vault, rules: Rules) -> Side:
    """The office's work on a file."""
    work = Work(
        store=SqlStore(vault, Standing(), rules.packs),
        clock=Standing(),
        user=User(name="李明"),
        pack=rules.pack,
        packs=rules.packs,
        calendar=rules.calendar,
        divisions=rules.divisions,
    )
    return Side(work, vault)


def plain_twin(vault: Vault, path: Path) -> Vault:
    """The plain file behind the same settings of the engine, and without what only a vault keeps beside its file."""
    inside = replace(vault.inside, engine=engines._engine(lambda: connect_plain(path)), head=NoHead())  # type: ignore[arg-type]
    return Vault(path.parent, inside, NoLock())  # type: ignore[arg-type]


class Bench:
    """Measures on one pair of files."""

    def __init__(self, folder: Path, size: int, rules: Rules) -> None:
        self.folder = folder
        self.size = size
        self.rules = rules
        self.repeats = REPEATS if size >= SIZES[0] else 1
        self.found: dict[str, dict[str, float]] = {}
        self.keys = SystemKeyring(Keyring())
        self.plain_path = folder / "plain.db"
        self._build()

    def _build(self) -> None:
        folder = self.folder / "vault"
        create_vault(folder, Passphrase("即墨 乡村 振兴"), keyring=self.keys)
        self.plain_path.touch()
        plain = connect_plain(self.plain_path)
        with open_vault(folder, FromKeyring(self.keys)) as vault:
            copy_schema(vault.engine, plain)
            raw = vault.engine.raw_connection()
            fill((raw.driver_connection, plain), self.size, self.rules, say)
            raw.close()
        plain.close()

    @contextmanager
    def both(self) -> Iterator[tuple[Side, Side]]:
        """Both files, opened afresh."""
        with (
            open_vault(self.folder / "vault", FromKeyring(self.keys)) as vault,
            plain_twin(vault, self.plain_path) as plain,
        ):
            yield side_of(vault, self.rules), side_of(plain, self.rules)

    def opening(self) -> None:
        """Open, probe, close."""

        def plain() -> None:
            connection = connect_plain(self.plain_path)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            connection.execute("SELECT version_num FROM alembic_version").fetchall()
            connection.close()

        def ours() -> None:
            open_vault(self.folder / "vault", FromKeyring(self.keys)).close()

        self._keep("opening_with_the_keyring", [(timed(ours), timed(plain)) for _ in range(self.repeats * 3)])

    def compare(
        self, name: str, deed: Callable[[Work, int], object], sides: tuple[Side, Side], *, saves: bool = False
    ) -> None:
        """The same deed on both files in turn, and its statements alone."""
        ours, plain = sides
        clock, repeats = (timed, SAVES) if saves else (worked, self.repeats)
        pairs = [
            (clock(partial(deed, ours.work, turn)), clock(partial(deed, plain.work, turn))) for turn in range(repeats)
        ]
        statements = statements_of(ours.vault.engine, lambda: deed(ours.work, repeats))
        bare = None
        if not saves:
            raw = plain.vault.engine.raw_connection()
            driver: Any = raw.driver_connection
            bare = min(
                worked(lambda: [driver.execute(sql, values).fetchall() for sql, values in statements])
                for _ in range(repeats)
            )
            raw.close()
        self._keep(name, pairs, bare)

    def _keep(self, name: str, pairs: list[tuple[float, float]], bare: float | None = None) -> None:
        of = min if bare is not None or name.startswith("first") else statistics.median
        ours, plain = (of(side) for side in zip(*pairs, strict=True))
        found = {"ours_ms": ours, "plain_ms": plain} | ({} if bare is None else {"bare_ms": bare})
        known = self.found.get(name)
        if known is None or known["ours_ms"] < ours:
            self.found[name] = {key: round(value, 2) for key, value in found.items()} | {
                "ratio": round(ours / plain, 2)
            }


def say(words: str) -> None:
    """Progress."""
    print(words, file=sys.stderr, flush=True)


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds that pass."""
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1_000


def worked(deed: Callable[[], object]) -> float:
    """Milliseconds of this thread's own work: a look waits for nothing else, and what else the PC does is not counted."""
    start = time.thread_time()
    deed()
    return (time.thread_time() - start) * 1_000


def statements_of(engine: Engine, deed: Callable[[], object]) -> list[tuple[str, Any]]:
    """What a deed sends to the database."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:  # noqa: ANN401 - as SQLAlchemy has it
        sent.append((sql, values))

    event.listen(engine, "before_cursor_execute", note)
    deed()
    event.remove(engine, "before_cursor_execute", note)
    return [(sql, values) for sql, values in sent if not sql.startswith("BEGIN")]


def looking(deed: Callable[[Work, Desk], object]) -> Callable[[Work, int], object]:
    """A deed within one look at the desk."""

    def look(work: Work, _turn: int) -> object:
        with work.store.reading() as desk:
            return deed(work, desk)

    return look


def page_at(query: CaseQuery, start: int) -> Callable[[Work, int], object]:
    """A page somewhere; each turn another one nearby."""

    def turn_to(work: Work, turn: int) -> object:
        with work.store.reading() as desk:
            return desk.cases.page(query, max(start + turn * 3 * PAGE, 0), PAGE)

    return turn_to


def pages(bench: Bench, sides: tuple[Side, Side]) -> None:
    """Each order under each filter: the slowest place of it."""
    for name, narrowed in FILTERS.items():
        with sides[0].work.store.reading() as desk:
            count = desk.cases.count(narrowed).rows
        bench.compare(f"count_{name}", looking(lambda _, desk, query=narrowed: desk.cases.count(query)), sides)  # type: ignore[misc]
        for order in CaseOrder:
            for descending in (False, True):
                query = msgspec.structs.replace(narrowed, order_by=order, descending=descending)
                if order is CaseOrder.DUE:
                    with sides[0].work.store.reading() as desk:
                        query = reckoned(sides[0].work, desk, query)
                for start in (0, count // 3, count // 2, count - 20 * PAGE):
                    bench.compare(f"page_{name}_by_{order.value}", page_at(query, start), sides)


def chips(bench: Bench, sides: tuple[Side, Side]) -> None:
    """The table as a click on each chip, and on each ready-made view, leaves it: count and page."""
    work = sides[0].work
    with work.store.reading() as desk:
        village = desk.cases.facets().villages[0]
    asked = {
        name: CaseQuery(filter=chip if chip.village is None else CaseFilter(village=village))
        for name, chip in CHIPS.items()
    }
    asked |= {
        f"view_{view.id}": CaseQuery(filter=view.filter, order_by=view.order_by, descending=view.descending)
        for view in READY_MADE
    }
    for name, query in asked.items():
        for descending in (False, True):
            turned = msgspec.structs.replace(query, descending=descending)
            with work.store.reading() as desk:
                count = desk.cases.count(reckoned(work, desk, turned)).rows
            for start in (0, count // 2):
                bench.compare(f"chip_{name}", chip_at(turned, start), sides)


def chip_at(query: CaseQuery, start: int) -> Callable[[Work, int], object]:
    """Count and page, with the days reckoned as the window has them reckoned."""

    def look(work: Work, desk: Desk) -> object:
        asked = reckoned(work, desk, query)
        return desk.cases.count(asked), desk.cases.page(asked, start, PAGE)

    return looking(look)


def places(bench: Bench, sides: tuple[Side, Side], case: CaseId) -> None:
    """Where a case stands, as the table asks after each change."""
    for order in CaseOrder:
        query = CaseQuery(order_by=order)
        with sides[0].work.store.reading() as desk:
            query = reckoned(sides[0].work, desk, query)
        bench.compare("place_of_a_case", looking(lambda _, desk, query=query: desk.cases.place(query, case)), sides)  # type: ignore[misc]


def searches(bench: Bench, sides: tuple[Side, Side], number: str) -> None:
    """What the search box waits for: the count and the first page."""
    for name, text in SEARCHES.items():
        query = CaseQuery(text=text or number)
        bench.compare(
            f"search_{name}",
            looking(lambda _, desk, query=query: (desk.cases.count(query), desk.cases.page(query, 0, PAGE))),  # type: ignore[misc]
            sides,
        )
        by_name = msgspec.structs.replace(query, order_by=CaseOrder.NAME, descending=False)
        bench.compare(
            "search_worst_sorted_by_name",
            looking(lambda _, desk, query=by_name: (desk.cases.count(query), desk.cases.page(query, 0, PAGE))),  # type: ignore[misc]
            sides,
        )


def dashboard(bench: Bench, sides: tuple[Side, Side]) -> None:
    """今日待办, the counts of the board and of a month."""
    month = Month.of(TODAY).preceding
    bench.compare("agenda", looking(agenda), sides)
    bench.compare("board", looking(lambda work, desk: board(work, desk, month)), sides)
    with sides[0].work.store.reading() as desk:
        case = msgspec.structs.replace(desk.cases.open()[-1], household=None)
    bench.compare("proposals_for_a_case", looking(lambda _, desk: proposals(desk, case)), sides)
    bench.compare("what_forms_propose", looking(lambda work, desk: known_for(work, desk, case)), sides)
    bench.compare("month_to_be_filed", looking(lambda work, desk: preview(work, desk, Month.of(TODAY))), sides)


def saving(bench: Bench, sides: tuple[Side, Side]) -> None:
    """One step of a case written down for good; each turn another case."""
    with sides[0].work.store.reading() as desk:
        rows = desk.cases.page(CaseQuery(open_only=True, order_by=CaseOrder.STEP, descending=False), 0, OPEN)
    fresh = [row.id for row in rows if row.step is not None and row.step.value == "home_visit"]
    visit = HomeVisit(visited_on=TODAY, visitors=("张三", "李四"), conclusion="属实", late_reason="无人在家")
    bench.compare("one_saved_step", lambda work, turn: record(work, fresh[turn], visit), sides, saves=True)


def first_looks(bench: Bench) -> None:
    """What is slowest on connections that were opened a moment before."""
    looks: dict[str, Callable[[Work, int], object]] = {
        "first_middle_page_by_name": page_at(CaseQuery(order_by=CaseOrder.NAME), bench.size // 2),
        "first_page_by_day": page_at(CaseQuery(), 0),
        "first_search": looking(
            lambda _, desk: (desk.cases.count(CaseQuery(text="秀英")), desk.cases.page(CaseQuery(text="秀英"), 0, PAGE))
        ),
        "first_agenda": looking(agenda),
    }
    for name, look in looks.items():
        pairs = []
        for turn in range(bench.repeats):
            with bench.both() as (ours, plain):
                with ours.work.store.reading(), plain.work.store.reading():
                    pass
                pairs.append((worked(partial(look, ours.work, turn)), worked(partial(look, plain.work, turn))))
        bench._keep(name, pairs)


def measure(size: int, rules: Rules) -> dict[str, object]:
    """Every measure at one size."""
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), size, rules)
        say("measuring")
        bench.opening()
        first_looks(bench)
        with bench.both() as sides:
            with sides[0].work.store.reading() as desk:
                somebody = desk.cases.page(CaseQuery(), size // 3, 1)[0]
            dashboard(bench, sides)
            searches(bench, sides, somebody.id_number)
            places(bench, sides, somebody.id)
            pages(bench, sides)
            chips(bench, sides)
            saving(bench, sides)
        over = {key: found for key, found in bench.found.items() if found["ours_ms"] > 50 or found["ratio"] > 1.3}
        return {
            "worst_ratio": max(found["ratio"] for found in bench.found.values()),
            "slowest_ms": max(found["ours_ms"] for found in bench.found.values()),
            "beyond_the_aim": sorted(over),
            "vault_mb": round(sum(file.stat().st_size for file in (Path(name) / "vault").iterdir()) / 1e6),
            "plain_mb": round((Path(name) / "plain.db").stat().st_size / 1e6),
            **bench.found,
        }


def main() -> None:
    """Print one JSON object by number of cases."""
    keyring_slot.REAL_BACKENDS = (*keyring_slot.REAL_BACKENDS, f"{Keyring.__module__}.{Keyring.__qualname__}")  # type: ignore[assignment]
    rules = load_rules()
    measures = {}
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        measures[str(size)] = measure(size, rules)
        say(json.dumps(measures[str(size)]))
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
