"""The views of the big table that the office keeps."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.list_views import ListView, ListViewId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import list_views


class SqlListViews:
    """Implements ``ListViews``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, view: ListViewId) -> ListView:
        """The view; KeyError where there is none."""
        body = self._body(view)
        if body is None:
            raise KeyError(view)
        return decode(body, ListView)

    def save(self, view: ListView) -> None:
        """Add it, or replace it by its id."""
        before = self._body(view.id)
        body = encode(view)
        if not self._pen.note(Kind.LIST_VIEW, view.id, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(list_views), {"id": view.id, "body": body})
        else:
            self._connection.execute(update(list_views).where(list_views.c.id == view.id), {"body": body})

    def all(self) -> Sequence[ListView]:
        """Every view, those taken away too, in the order of their making."""
        return [
            decode(body, ListView)
            for body in self._connection.scalars(select(list_views.c.body).order_by(list_views.c.seq))
        ]

    def _body(self, view: ListViewId) -> str | None:
        body: str | None = self._connection.scalar(select(list_views.c.body).where(list_views.c.id == view))
        return body
