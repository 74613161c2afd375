"""The households that are or were 监测对象."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text
from taizhang_casework.domain.monitoring import MonitoringStanding

from taizhang_db.tables.columns import ByValue, metadata

monitored_households = Table(
    "monitored_households",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, unique=True),
    Column("standing", ByValue(MonitoringStanding), nullable=False),
    Column("last_seen_on", Date, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""One row a household; ``last_seen_on`` is the day from which its next visit is counted."""
