"""The columns of a case beside its body, reckoned from case and newest letter in one place: what lists are filtered and sorted by."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.standing import standing_of

from taizhang_db.codec import decode
from taizhang_db.tables import case_bodies, cases, letters

Packs = Mapping[PackId, RegulationPack]
"""Every pack that a case may be under: the order of its steps is its pack's."""

_NEWEST_LETTER = (
    select(letters.c.body)
    .where(letters.c.case_id == bindparam("thing"))
    .order_by(letters.c.year.desc(), letters.c.serial.desc())
    .limit(1)
)
_KNOWN = (
    select(cases, case_bodies.c.body)
    .join(case_bodies, case_bodies.c.case_seq == cases.c.seq)
    .where(cases.c.id == bindparam("thing"))
)
_EVERY = select(case_bodies.c.case_seq, case_bodies.c.body).order_by(case_bodies.c.case_seq)
_AT_ONCE = 1_000


def columns_of(case: Case, letter: Letter | None, packs: Packs) -> Mapping[str, Any]:
    """Every column but ``seq`` and ``id``; KeyError where the case is under a pack that is not there."""
    order = packs[case.pack].order
    warning, state, standing = case.warning, case_state(case, order), standing_of(case, letter, order)
    refusal, visit = state.refusal, state.home_visit
    return {
        "warning_id": warning.id,
        "household_id": case.household,
        "channel": warning.channel,
        "source": warning.source,
        "detail": warning.detail,
        "name": warning.name,
        "id_number": warning.id_number,
        "town_code": warning.town_code,
        "village_code": warning.village_code,
        "received_on": warning.received_on,
        "step": state.current,
        "meets": state.meets,
        "closed_on": state.closed_on,
        "discarded_at": None if case.discarded is None else case.discarded.at.isoformat(),
        "stage": standing.stage,
        "clock": None if standing.clock is None else standing.clock.key,
        "waits_for": standing.waits_for,
        "green_owed": int(standing.green_owed),
        "informed": int(standing.informed),
        "refused_for": "" if refusal is None else refusal.reason,
        "explanation": "" if refusal is None else refusal.explanation,
        "verifiers": "" if visit is None else "、".join(visit.visitors),
    }


def newest_letter(connection: Connection, case: CaseId) -> Letter | None:
    """The newest letter of the case."""
    body = connection.scalar(_NEWEST_LETTER, {"thing": case})
    return None if body is None else decode(body, Letter)


def follow_letter(connection: Connection, case: CaseId, packs: Packs) -> None:
    """Bring the columns of a case in step with its newest letter, which was just saved."""
    known = connection.execute(_KNOWN, {"thing": case}).mappings().one()
    columns = columns_of(decode(known["body"], Case), newest_letter(connection, case), packs)
    changed = {name: value for name, value in columns.items() if known[name] != value}
    if changed:
        connection.execute(update(cases).where(cases.c.seq == known["seq"]).values(changed))


def fill(connection: Connection, packs: Packs) -> None:
    """Write where every case stands, which no column says yet."""
    replace = (
        update(cases)
        .where(cases.c.seq == bindparam("known"))
        .values({name: bindparam(f"to_{name}") for name in _STANDING})
    )
    for rows in connection.execute(_EVERY).partitions(_AT_ONCE):
        found = []
        for seq, body in rows:
            case = decode(body, Case)
            columns = columns_of(case, newest_letter(connection, case.id), packs)
            found.append({"known": seq, **{f"to_{name}": columns[name] for name in _STANDING}})
        connection.execute(replace, found)


_STANDING = ("stage", "clock", "waits_for", "green_owed", "informed", "refused_for", "explanation", "verifiers")
