"""The indexes of the big table say what a plain look through all cases says, whatever was changed in between."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, Discarding, Meets
from taizhang_casework.domain.case_query import (
    CaseCount,
    CaseFilter,
    CaseOrder,
    CaseQuery,
    ClockState,
    Reckoning,
    clock_state,
)
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.duty_rules import duty_of
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.name_search import are_initials, initials, searchable
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.standing import RunningClock, Stage, WaitsFor, day_of
from taizhang_casework.domain.steps import Closing, Entry, GreenChannel, HomeVisit, Refusal, Reopening, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.ports import Desk
from taizhang_db import SqlStore
from taizhang_db.repositories import case_search, case_tally

NAMES = (
    *("王秀英", "王秀兰", "李英", "单红", "欧阳建国", "阿依·古丽", "阿卜杜拉·买买提", "李䶮", "王𡛕英", "张𬭎"),
    *("Maria Chen", "张100%_李", "ＡB王", "王", "", "秀英", "仇和平", "ЁЛКА", "\u2f00王"),
)
NUMBERS = (
    *("110105194912310022", "37028219650412001X", "370282196504120029", "37028220100101123x", "370282197002290041"),
    *("", "E12345678", "护照A-12", "12"),
)
VILLAGES = ("370215001001", "370215001002", "370215002201")
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入下降")
REFUSED = Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="above_line")
REOPENED = Reopening(reopened_on=date(2022, 5, 12), back_to=Step.HOME_VISIT, why="申诉")
GREEN = GreenChannel(opened_on=date(2022, 4, 9), ground="accident", recognised_by="村委", help_given="临时救助")
LIFE = (
    GREEN,
    VISIT,
    REFUSED,
    Closing(closed_on=date(2022, 4, 20)),
    REOPENED,
    VISIT,
    Closing(closed_on=date(2022, 6, 1)),
)
TODAY = date(2022, 4, 12)
PACK = max(shipped_packs(), key=lambda pack: pack.valid_from)
CALENDAR = WorkCalendar()
ANYBODY = Household(id=HouseholdId("h"), village_code="370215001001", memberships=())


@dataclass
class Known:
    """The cases as a plain list, in the order in which they were entered."""

    cases: list[Case] = field(default_factory=list)
    heads: dict[str, tuple[str, str]] = field(default_factory=dict)

    def rows(self, query: CaseQuery) -> list[str]:
        """What a look through all of them finds."""
        found = [(at, case) for at, case in enumerate(self.cases) if self._fits(case, query)]
        found.sort(key=lambda pair: (_key(pair[1], query.order_by), pair[1].warning.received_on, pair[0]))
        ids = [str(case.id) for _, case in found]
        return ids[::-1] if query.descending else ids

    def _fits(self, case: Case, query: CaseQuery) -> bool:
        warning = case.warning
        if case.discarded is not None:
            return False
        if query.channel not in {None, warning.channel} or (
            query.open_only and case_state(case, ORDER).closed_on is not None
        ):
            return False
        if not _fits_chips(case, query.filter):
            return False
        head = self.heads[case.household] if case.household else ("", "")
        names = (warning.name, head[0])
        numbers = (warning.id_number, head[1])
        return all(
            any(word in searchable(name) for name in names)
            or (len(word) >= 3 and any(word in searchable(number) for number in numbers))
            or (are_initials(word) and any(word in initials(name) for name in names))
            or warning.village_code in query.villages.get(word, ())
            for word in searchable(query.text).split()
        )


def _key(case: Case, order: CaseOrder) -> str:
    warning, state = case.warning, case_state(case, ORDER)
    keys = {
        CaseOrder.RECEIVED_ON: warning.received_on.isoformat(),
        CaseOrder.VILLAGE: warning.village_code,
        CaseOrder.NAME: warning.name,
        CaseOrder.ID_NUMBER: warning.id_number,
        CaseOrder.CHANNEL: warning.channel.value,
        CaseOrder.SOURCE: warning.source,
        CaseOrder.STEP: "" if state.current is None else state.current.value,
        CaseOrder.MEETS: state.meets.value,
        CaseOrder.CLOSED_ON: "" if state.closed_on is None else state.closed_on.isoformat(),
        CaseOrder.TOWN: warning.town_code,
        CaseOrder.REASON: "" if state.refusal is None else state.refusal.reason,
        CaseOrder.INFORMED: "",
        CaseOrder.VERIFIERS: "" if state.home_visit is None else "、".join(state.home_visit.visitors),
        CaseOrder.DUE: _due(case) or "9",
    }
    return keys[order]


def _due(case: Case) -> str:
    """The day by the rule itself, not by what is kept; blank where there is none."""
    household = None if case.household is None else ANYBODY
    now = Circumstances(case=case, household=household, pack=PACK, calendar=CALENDAR, today=TODAY)
    duty = duty_of(now, None)
    return "" if duty is None or duty.due is None else duty.due.isoformat()


def _fits_chips(case: Case, asked: CaseFilter) -> bool:
    warning, state, due = case.warning, case_state(case, ORDER), _due(case)
    opened = state.closed_on is None
    near = None
    if opened:
        near = clock_state(date.fromisoformat(due), TODAY) if due else ClockState.NO_DAY
    refused = state.meets is Meets.NO and PACK.channel(warning.channel).answered
    return (
        asked.stage in {None, _stage(case)}
        and asked.channel in {None, warning.channel}
        and asked.village in {None, warning.village_code}
        and asked.meets in {None, state.meets}
        and asked.source in {None, warning.source}
        and (asked.month is None or asked.month.contains(warning.received_on))
        and asked.clock in {None, near}
        and asked.waits_for is None
        and (not asked.not_informed or (opened and refused))
        and (not asked.owes_steps or (opened and bool(state.owed)))
    )


def _stage(case: Case) -> Stage:
    state = case_state(case, ORDER)
    if state.closed_on is not None:
        return Stage.CLOSED
    if case.household is None:
        return Stage.MATCH
    return Stage.TO_CLOSE if state.refusal or state.current is None else Stage(state.current.value)


@pytest.fixture(params=range(3), ids=lambda seed: f"town {seed}")
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)  # noqa: S311 - made-up towns


@pytest.fixture
def known(
    store: SqlStore,
    clerk: User,
    chance: random.Random,
    case_of: Callable[..., Case],
    household_of: Callable[..., Household],
) -> Known:
    """A town in which households got other heads and cases were matched, corrected, closed and reopened."""
    known = Known()

    def head(household: str) -> Household:
        known.heads[household] = (chance.choice(NAMES), chance.choice(NUMBERS))
        return household_of(household, known.heads[household])

    with store.change(Operation.FOUND_OFFICE, clerk) as desk:
        for number in range(12):
            desk.households.save(head(f"h{number}"))
        for number in range(90):
            case = case_of(
                f"c{number}",
                name=chance.choice(NAMES),
                id_number=chance.choice(NUMBERS),
                channel=chance.choice(tuple(Channel)),
                village=chance.choice(VILLAGES),
                received_on=date(2021, 12, 1) + timedelta(days=chance.randrange(200)),
                household=chance.choice((None, *known.heads)),
            )
            known.cases.append(case)
            desk.cases.save(case)
    for _ in range(8):
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for _ in range(10):
                at = chance.randrange(len(known.cases))
                case = known.cases[at] = _changed(known.cases[at], chance, tuple(known.heads))
                desk.cases.save(case)
            desk.households.save(head(chance.choice(tuple(known.heads))))
    return known


def _changed(case: Case, chance: random.Random, households: tuple[str, ...]) -> Case:
    if chance.random() < 0.3:
        return msgspec.structs.replace(case, household=chance.choice((None, *households)))
    if chance.random() < 0.2:
        other = msgspec.structs.replace(
            case.warning, name=chance.choice(NAMES), received_on=date(2022, 1, chance.randrange(1, 32))
        )
        return msgspec.structs.replace(case, warning=other)
    if chance.random() < 0.2:
        lost = Discarding(at=datetime(2022, 4, 8, 9, tzinfo=UTC), by="李明", why="登记错了")
        return msgspec.structs.replace(case, discarded=None if case.discarded else lost)
    entries = case.entries
    done = len(entries)
    if done == len(LIFE):
        return case
    more = LIFE[done : done + chance.randrange(1, 4)]
    at = datetime(2022, 4, 30, 9, tzinfo=UTC)
    made = tuple(Entry(recorded_at=at, recorded_by="李明", record=record) for record in more)
    return msgspec.structs.replace(case, entries=(*entries, *made))


def test_every_row_shows_the_head_that_its_household_has_now(store: SqlStore, known: Known) -> None:
    heads = {case.id: known.heads[case.household] if case.household else ("", "") for case in known.cases}
    with store.reading() as desk:
        rows = desk.cases.page(CaseQuery(), 0, len(known.cases))

    assert {row.id: (row.head_name, row.head_id_number) for row in rows} == {row.id: heads[row.id] for row in rows}
    assert len(rows) == sum(case.discarded is None for case in known.cases)


def reckoning(desk: Desk) -> Reckoning:
    """What the service would give: the days of the clocks that run."""
    days = {key: day_of(RunningClock.of_key(key), PACK, CALENDAR) for key in desk.cases.running_clocks()}
    return Reckoning(today=TODAY, days=days, answered=tuple(rule.channel for rule in PACK.channels if rule.answered))


def _filters() -> Iterator[CaseQuery]:
    for channel, open_only in product((None, *Channel), (False, True)):
        yield CaseQuery(channel=channel, open_only=open_only)


def _orders(query: CaseQuery) -> Iterator[CaseQuery]:
    for order, descending in product(CaseOrder, (False, True)):
        yield msgspec.structs.replace(query, order_by=order, descending=descending)


@pytest.mark.parametrize("near", [0, 7, 500], ids=lambda near: f"the ends walked for {near} rows")
def test_every_page_of_every_order_and_filter_is_where_a_sort_puts_it(
    store: SqlStore, known: Known, chance: random.Random, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_tally, "_NEAR", near)
    with store.reading() as desk:
        reckoned = reckoning(desk)
        for narrowed in _filters():
            for query in _orders(msgspec.structs.replace(narrowed, reckoning=reckoned)):
                right = known.rows(query)
                assert desk.cases.count(query) == CaseCount(rows=len(right)), query
                for start in {0, max(len(right) - 5, 0), len(right), *chance.sample(range(len(right) + 1), k=1)}:
                    page = desk.cases.page(query, start, 10)
                    assert [row.id for row in page] == right[start : start + 10], (query, start)
                case = chance.choice(known.cases).id
                assert desk.cases.place(query, case) == (right.index(case) if case in right else None), query
        assert desk.cases.place(CaseQuery(), CaseId("nobody")) is None


def test_every_combination_of_chips_leaves_what_the_rules_say_of_each_case(
    store: SqlStore, known: Known, chance: random.Random
) -> None:
    """What is kept of where a case stands is what the rules say of it, after any history."""
    seen: set[CaseFilter] = set()
    with store.reading() as desk:
        reckoned = reckoning(desk)
        for _ in range(400):
            query = CaseQuery(
                filter=_chips(chance),
                text=chance.choice(("", "", "", "王", "英")),
                order_by=chance.choice(tuple(CaseOrder)),
                descending=chance.random() < 0.5,
                reckoning=reckoned,
            )
            right = known.rows(query)
            if right:
                seen.add(query.filter)
            assert desk.cases.count(query) == CaseCount(rows=len(right)), query
            assert list(desk.cases.ids(query)) == right, query
            assert [row.id for row in desk.cases.page(query, 2, 5)] == right[2:7], query
            case = chance.choice(known.cases).id
            assert desk.cases.place(query, case) == (right.index(case) if case in right else None), query
    assert len(seen) > 30, "chips that leave nothing prove nothing"


def _chips(chance: random.Random) -> CaseFilter:
    """One, two or three chips."""
    all_of: dict[str, tuple[object, ...]] = {
        "stage": tuple(Stage),
        "channel": tuple(Channel),
        "village": VILLAGES,
        "meets": tuple(Meets),
        "clock": tuple(ClockState),
        "month": (Month(2021, 12), Month(2022, 1), Month(2022, 4)),
        "source": ("12317", "村委"),
        "not_informed": (True,),
        "owes_steps": (True,),
        "waits_for": tuple(WaitsFor),
    }
    names = chance.sample(sorted(all_of), k=chance.choice((1, 1, 2, 3)))
    return msgspec.structs.replace(CaseFilter(), **{name: chance.choice(all_of[name]) for name in names})


def _typed(chance: random.Random) -> str:
    """A part of something that is there, or of its initials; now and then two, or what nobody is called."""
    source = chance.choice(
        (*NAMES, *NUMBERS, *(run for name in NAMES for run in initials(name)), "赵六", "z9", '"*', "-")
    )
    start = chance.randrange(len(source) + 1)
    part = source[start : start + chance.randrange(1, 9)]
    return part.upper() if chance.random() < 0.3 else part


def test_every_text_finds_what_a_look_at_each_name_and_number_finds(
    store: SqlStore, known: Known, chance: random.Random
) -> None:
    with store.reading() as desk:
        reckoned = reckoning(desk)
        for _ in range(250):
            text = " ".join(_typed(chance) for _ in range(chance.choice((1, 1, 1, 2, 3))))
            words = searchable(text).split()
            query = CaseQuery(
                text=text,
                villages={word: (chance.choice(VILLAGES),) for word in words if chance.random() < 0.1},
                channel=chance.choice((None, None, *Channel)),
                open_only=chance.random() < 0.3,
                order_by=chance.choice(tuple(CaseOrder)),
                descending=chance.random() < 0.5,
                reckoning=reckoned,
            )
            right = known.rows(query)
            assert [row.id for row in desk.cases.page(query, 0, 200)] == right, query
            assert [row.id for row in desk.cases.page(query, 3, 4)] == right[3:7], query
            assert desk.cases.count(query) == CaseCount(rows=len(right)), query
            case = chance.choice(known.cases).id
            assert desk.cases.place(query, case) == (right.index(case) if case in right else None), query


def test_a_text_that_fits_too_many_finds_the_newest_and_says_so(
    store: SqlStore, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_search, "MOST_FOUND", 5)
    query = CaseQuery(text="王")
    newest = known.rows(query)[:5]
    with store.reading() as desk:
        assert desk.cases.count(query) == CaseCount(rows=5, more=True)
        assert [row.id for row in desk.cases.page(query, 0, 100)] == newest
        by_name = msgspec.structs.replace(query, order_by=CaseOrder.NAME, descending=False)
        assert sorted(row.id for row in desk.cases.page(by_name, 0, 100)) == sorted(newest)


def test_many_words_and_long_ones_are_only_words(store: SqlStore, known: Known) -> None:
    with store.reading() as desk:
        for text in ("王" * 5_000, " ".join(f"王{number}" for number in range(2_000)), "1" * 5_000, "\x00", '" OR *'):
            assert desk.cases.count(CaseQuery(text=text)) == CaseCount(rows=0)
