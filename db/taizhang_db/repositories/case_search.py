"""The queries of the big table: ids in order, and pages of narrow rows; no case is decoded."""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseOrder, CaseQuery, CaseRow

from taizhang_db.repositories.ledger_month import in_ledger_of
from taizhang_db.tables import cases, households

_AT_ONCE = 1_000
_COLUMNS: dict[CaseOrder, Column[object]] = {
    CaseOrder.RECEIVED_ON: cases.c.received_on,
    CaseOrder.VILLAGE: cases.c.village_code,
    CaseOrder.NAME: cases.c.name,
    CaseOrder.ID_NUMBER: cases.c.id_number,
    CaseOrder.CHANNEL: cases.c.channel,
    CaseOrder.SOURCE: cases.c.source,
    CaseOrder.STEP: cases.c.step,
    CaseOrder.MEETS: cases.c.meets,
    CaseOrder.CLOSED_ON: cases.c.closed_on,
}


def search(connection: Connection, query: CaseQuery) -> list[CaseId]:
    """The ids of the cases asked for, in order."""
    wanted = select(cases.c.id).where(*_conditions(query))
    keys = dict.fromkeys((_COLUMNS[query.order_by], cases.c.received_on, cases.c.seq))
    return list(connection.scalars(wanted.order_by(*(key.desc() if query.descending else key for key in keys))))


def rows(connection: Connection, ids: Sequence[CaseId]) -> list[CaseRow]:
    """The rows of these cases, in the order asked for; unknown ids are left out."""
    found: dict[CaseId, CaseRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = connection.execute(
            select(
                cases.c.id,
                cases.c.received_on,
                cases.c.town_code,
                cases.c.village_code,
                cases.c.name,
                cases.c.id_number,
                cases.c.household_id.label("household"),
                func.coalesce(households.c.head_name, "").label("head_name"),
                func.coalesce(households.c.head_id_number, "").label("head_id_number"),
                cases.c.channel,
                cases.c.source,
                cases.c.detail,
                cases.c.step,
                cases.c.meets,
                cases.c.closed_on,
            )
            .outerjoin(households, households.c.id == cases.c.household_id)
            .where(cases.c.id.in_(ids[start : start + _AT_ONCE]))
        )
        found.update((row["id"], CaseRow(**row)) for row in some.mappings())
    return [found[case] for case in ids if case in found]


def _conditions(query: CaseQuery) -> list[ColumnElement[bool]]:
    found = [_named(word) for word in _words(query.text)]
    if query.channel is not None:
        found.append(cases.c.channel == query.channel)
    if query.open_only:
        found.append(cases.c.closed_on.is_(None))
    if query.month is not None:
        found.append(in_ledger_of(query.month))
    return found


def _words(text: str) -> list[str]:
    """What was typed, in half width; the small x of a number is a large one."""
    return unicodedata.normalize("NFKC", text).upper().split()


def _named(word: str) -> ColumnElement[bool]:
    """Whether the word is part of a name or number; two characters are enough, so no full-text index that wants three."""
    heads = select(households.c.id).where(
        or_(
            func.instr(func.upper(households.c.head_name), word) > 0,
            func.instr(households.c.head_id_number, word) > 0,
        )
    )
    return or_(
        func.instr(func.upper(cases.c.name), word) > 0,
        func.instr(cases.c.id_number, word) > 0,
        cases.c.household_id.in_(heads),
    )
