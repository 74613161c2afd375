"""What a person decided about proposals."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, or_, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.matching import MatchDecision

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import match_decisions


class SqlMatches:
    """Implements ``Matches``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def save(self, decision: MatchDecision) -> None:
        """Keep the decision; a later one on the same pair replaces it."""
        known = self._connection.execute(
            select(match_decisions.c.seq, match_decisions.c.body).where(
                match_decisions.c.kind == decision.kind,
                match_decisions.c.left_id == decision.left,
                match_decisions.c.right_id == decision.right,
            )
        ).first()
        body = encode(decision)
        thing = f"{decision.kind.value}:{decision.left}:{decision.right}"
        if not self._pen.note(Kind.MATCH, thing, before=None if known is None else known.body, after=body):
            return
        if known is None:
            self._connection.execute(
                insert(match_decisions),
                {
                    "kind": decision.kind,
                    "left_id": decision.left,
                    "right_id": decision.right,
                    "verdict": decision.verdict,
                    "body": body,
                },
            )
        else:
            self._connection.execute(
                update(match_decisions).where(match_decisions.c.seq == known.seq),
                {"verdict": decision.verdict, "body": body},
            )

    def about(self, thing: str) -> Sequence[MatchDecision]:
        """Every decision in force on a pair that this case or household is one of, oldest pair first."""
        found = self._connection.scalars(
            select(match_decisions.c.body)
            .where(or_(match_decisions.c.left_id == thing, match_decisions.c.right_id == thing))
            .order_by(match_decisions.c.seq)
        )
        return [decode(body, MatchDecision) for body in found]
