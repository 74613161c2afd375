"""Proposals of the rules about persons, households and duplicates; a person decides them and they stay decided."""

from datetime import datetime
from enum import Enum

import msgspec


class ProposalKind(Enum):
    """What is proposed."""

    PERSON_IN_HOUSEHOLD = "person_in_household"
    SAME_FACT = "same_fact"
    SAME_HOUSEHOLD = "same_household"


class Verdict(Enum):
    """What the person said."""

    YES = "yes"
    NO = "no"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """``left`` and ``right`` are ids: a case and a household, or the later and the earlier case; ``because`` is Chinese."""

    kind: ProposalKind
    left: str
    right: str
    because: str


class MatchDecision(msgspec.Struct, frozen=True, kw_only=True):
    """A decided proposal, kept with who decided and when."""

    kind: ProposalKind
    left: str
    right: str
    verdict: Verdict
    decided_by: str
    decided_at: datetime
