"""The desk on SQL: every repository over one transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection
from taizhang_casework.domain.backups import BackupFace, Loss
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.disclosure import Disclosure, LedgerDisclosure, ListDisclosure

from taizhang_db.codec import encode
from taizhang_db.key_cabinet import KeyCabinet
from taizhang_db.pen import NoPen, Pen, RecordingPen
from taizhang_db.repositories.attachments import SqlAttachments
from taizhang_db.repositories.backups import SqlBackups
from taizhang_db.repositories.bureau import SqlBureauDesk
from taizhang_db.repositories.case_columns import Packs
from taizhang_db.repositories.case_history import SqlJournal
from taizhang_db.repositories.cases import SqlCases
from taizhang_db.repositories.filings import SqlFilings
from taizhang_db.repositories.households import SqlHouseholds
from taizhang_db.repositories.income_lines import SqlIncomeLines
from taizhang_db.repositories.letters import SqlLetters
from taizhang_db.repositories.list_views import SqlListViews
from taizhang_db.repositories.matches import SqlMatches
from taizhang_db.repositories.monitored import SqlMonitored
from taizhang_db.repositories.packages import SqlPackages
from taizhang_db.repositories.partners import SqlPartners
from taizhang_db.repositories.prints import SqlPrints
from taizhang_db.repositories.seals import SqlSeals
from taizhang_db.repositories.users import SqlUsers
from taizhang_db.trouble import Doubtful


class SqlDesk:
    """Implements ``Desk``; worth nothing after its transaction. Saving raises DeskIsForReadingError unless a pen is given."""

    def __init__(self, connection: Connection, packs: Packs, pen: Pen | None = None) -> None:
        pen = NoPen() if pen is None else pen
        self.households = SqlHouseholds(connection, pen)
        self.cases = SqlCases(connection, packs, pen)
        self.matches = SqlMatches(connection, pen)
        self.letters = SqlLetters(connection, packs, pen)
        self.monitored = SqlMonitored(connection, pen)
        self.attachments = SqlAttachments(connection, pen)
        self.filings = SqlFilings(connection, pen)
        self.packages = SqlPackages(connection, pen)
        self.partners = SqlPartners(connection, pen)
        self.bureau = SqlBureauDesk(connection, pen)
        self.users = SqlUsers(connection, pen)
        self.backups = SqlBackups(connection, pen)
        self.list_views = SqlListViews(connection, pen)
        self.income_lines = SqlIncomeLines(connection, pen)
        self.prints = SqlPrints(connection, pen)
        self.seals = SqlSeals(connection, pen)
        self.journal = SqlJournal(connection)


class SqlWritableDesk(SqlDesk):
    """Implements ``WritableDesk``; ``changes`` may still be asked for after the transaction."""

    def __init__(self, connection: Connection, packs: Packs, pen: RecordingPen, keys: KeyCabinet) -> None:
        super().__init__(connection, packs, pen)
        self.keys = keys
        self._recorded = pen

    @property
    def changes(self) -> Changes:
        """What has been touched so far."""
        return self._recorded.changes

    def take_down_doubts(self, vault: str, doubts: Sequence[Doubtful]) -> None:
        """Take down in the journal that the office went on with data that may not be the newest."""
        self._recorded.note(Kind.VAULT, vault, before=None, after=encode([type(doubt).__name__ for doubt in doubts]))

    def take_down_restore(self, face: BackupFace, loss: Loss | None) -> None:
        """Take down in the journal that the data come from a backup, and what of the data before is not in it."""
        self._recorded.note(Kind.VAULT, face.vault, before=None, after=encode({"restored_from": face, "loss": loss}))

    def disclose(self, disclosure: Disclosure | LedgerDisclosure | ListDisclosure) -> None:
        """Take it down in the journal, which is the only place that keeps it."""
        self._recorded.note(Kind.DISCLOSURE, disclosure.id, before=None, after=encode(disclosure))
