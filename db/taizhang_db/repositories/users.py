"""The users of the PC."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.users import UserAccount, UserId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import users


class SqlUsers:
    """Implements ``Users``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, user: UserId) -> UserAccount:
        """The account; KeyError where there is none."""
        body = self._body(user)
        if body is None:
            raise KeyError(user)
        return decode(body, UserAccount)

    def save(self, account: UserAccount) -> None:
        """Add it, or replace it by its id."""
        before = self._body(account.id)
        body = encode(account)
        if not self._pen.note(Kind.USER, account.id, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(users), {"id": account.id, "body": body})
        else:
            self._connection.execute(update(users).where(users.c.id == account.id), {"body": body})

    def all(self) -> Sequence[UserAccount]:
        """Every account, in the order of their making."""
        return [
            decode(body, UserAccount) for body in self._connection.scalars(select(users.c.body).order_by(users.c.seq))
        ]

    def _body(self, user: UserId) -> str | None:
        body: str | None = self._connection.scalar(select(users.c.body).where(users.c.id == user))
        return body
