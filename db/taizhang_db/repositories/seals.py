"""The office's seal picture: its PNG lies in the encrypted case file, never in the journal."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.seals import OfficeSeal

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import seals
from taizhang_db.trouble import SealPictureDamaged


class SqlSeals:
    """Implements ``Seals``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def in_use(self) -> OfficeSeal | None:
        """The one that papers may be printed with."""
        return next((seal for seal in self.all() if seal.in_use), None)

    def picture(self, seal: OfficeSeal) -> bytes:
        """Its PNG; SealPictureDamaged where it is not what was loaded."""
        png: bytes | None = self._connection.scalar(select(seals.c.picture).where(seals.c.id == seal.id))
        if png is None or hashlib.sha256(png).hexdigest() != seal.digest:
            raise SealPictureDamaged
        return png

    def add(self, seal: OfficeSeal, png: bytes) -> None:
        """Keep a fresh one with its picture."""
        body = encode(seal)
        self._pen.note(Kind.SEAL, seal.id, before=None, after=body)
        self._connection.execute(insert(seals), {"id": seal.id, "body": body, "picture": png})

    def end(self, seal: OfficeSeal) -> None:
        """Keep that one was taken out of use; its picture is gone."""
        before = self._connection.scalar(select(seals.c.body).where(seals.c.id == seal.id))
        body = encode(seal)
        if self._pen.note(Kind.SEAL, seal.id, before=before, after=body):
            self._connection.execute(update(seals).where(seals.c.id == seal.id), {"body": body, "picture": None})

    def all(self) -> Sequence[OfficeSeal]:
        """Every one, the newest first."""
        found = self._connection.scalars(select(seals.c.body).order_by(seals.c.seq.desc()))
        return [decode(body, OfficeSeal) for body in found]
