"""Households, cases, and what was decided about them."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, text
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.standing import Stage, WaitsFor
from taizhang_casework.domain.steps import Step
from taizhang_casework.domain.warning import Channel

from taizhang_db.tables.columns import ByValue, metadata

FILTERED = (
    "village_code",
    "received_on",
    "seq",
    "channel",
    "source",
    "stage",
    "meets",
    "informed",
    "green_owed",
    "clock",
    "waits_for",
    "closed_on",
    "discarded_at",
)

households = Table(
    "households",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("village_code", Text, nullable=False),
    Column("head_name", Text, nullable=False),
    Column("head_id_number", Text, nullable=False),
    Column("body", Text, nullable=False),
)

household_numbers = Table(
    "household_numbers",
    metadata,
    Column("household_seq", ForeignKey("households.seq"), nullable=False),
    Column("id_number", Text, nullable=False),
    PrimaryKeyConstraint("household_seq", "id_number"),
    Index(None, "id_number"),
    sqlite_with_rowid=False,
)
"""The numbers of everybody who ever belonged to a household."""

household_names = Table(
    "household_names",
    metadata,
    Column("village_code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("household_seq", ForeignKey("households.seq"), nullable=False),
    PrimaryKeyConstraint("village_code", "name", "household_seq"),
    Index(None, "household_seq"),
    sqlite_with_rowid=False,
)
"""The names of everybody who ever belonged to a household, by its village."""

cases = Table(
    "cases",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("warning_id", Text, nullable=False, unique=True),
    Column("household_id", ForeignKey("households.id"), index=True),
    Column("channel", ByValue(Channel), nullable=False),
    Column("source", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("town_code", Text, nullable=False),
    Column("village_code", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("step", ByValue(Step)),
    Column("meets", ByValue(Meets), nullable=False),
    Column("closed_on", Date),
    Column("discarded_at", Text),
    Column("head_name", Text, nullable=False, server_default=""),
    Column("head_id_number", Text, nullable=False, server_default=""),
    Column("stage", ByValue(Stage), nullable=False, server_default=""),
    Column("clock", Text),
    Column("waits_for", ByValue(WaitsFor)),
    Column("green_owed", Integer, nullable=False, server_default="0"),
    Column("informed", Integer, nullable=False, server_default="0"),
    Column("refused_for", Text, nullable=False, server_default=""),
    Column("explanation", Text, nullable=False, server_default=""),
    Column("verifiers", Text, nullable=False, server_default=""),
)
"""One narrow row a ledger line; what it says is in ``case_bodies``. ``discarded_at`` is set while it lies in the recycle bin.

``head_name`` and ``head_id_number`` are those of its household, again: a page of the big table then reads one table and not two.
From ``stage`` on the columns say where the case stands, its newest letter taken in; see ``repositories.case_columns``.
"""
# The big table is walked along these in each of its orders, filters included, without a look at the rows themselves. They carry
# the columns of their own condition, or SQLite fetches every row to look at it.
for _name, _key in {
    "day": (),
    "village": (cases.c.village_code,),
    "name": (cases.c.name,),
    "id_number": (cases.c.id_number,),
    "channel": (cases.c.channel,),
    "source": (cases.c.source,),
    "step": (cases.c.step,),
    "meets": (cases.c.meets,),
    "closing": (cases.c.closed_on,),
    "town": (cases.c.town_code,),
    "stage": (cases.c.stage,),
    "reason": (cases.c.refused_for,),
    "informed": (cases.c.informed,),
    "verifiers": (cases.c.verifiers,),
    "due": (cases.c.clock,),
}.items():
    Index(
        f"ix_cases_by_{_name}",
        *_key,
        cases.c.received_on,
        cases.c.seq,
        *(() if _name == "channel" else (cases.c.channel,)),
        cases.c.discarded_at,
        sqlite_where=text("discarded_at IS NULL"),
    )
Index(
    "ix_cases_open",
    cases.c.received_on,
    cases.c.seq,
    cases.c.channel,
    cases.c.name,
    cases.c.id_number,
    cases.c.village_code,
    cases.c.source,
    cases.c.step,
    cases.c.meets,
    cases.c.closed_on,
    cases.c.discarded_at,
    sqlite_where=text("discarded_at IS NULL AND closed_on IS NULL"),
)
Index(
    "ix_cases_filtered",
    *(cases.c[name] for name in FILTERED),
    sqlite_where=text("discarded_at IS NULL"),
)
"""What the chips filter by: one walk along it answers any of them, without a look at the rows."""
Index(
    "ix_cases_running",
    cases.c.clock,
    cases.c.discarded_at,
    sqlite_where=text("discarded_at IS NULL AND clock IS NOT NULL"),
)
Index("ix_cases_discarded", cases.c.discarded_at, sqlite_where=text("discarded_at IS NOT NULL"))

case_bodies = Table(
    "case_bodies",
    metadata,
    Column("case_seq", ForeignKey("cases.seq"), primary_key=True),
    Column("body", Text, nullable=False),
)

match_decisions = Table(
    "match_decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", ByValue(ProposalKind), nullable=False),
    Column("left_id", Text, nullable=False, index=True),
    Column("right_id", Text, nullable=False, index=True),
    Column("verdict", ByValue(Verdict), nullable=False),
    Column("body", Text, nullable=False),
    Index("uq_match_decisions_pair", "kind", "left_id", "right_id", unique=True),
)
