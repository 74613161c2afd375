"""Doubts about the data of an open vault: whether they are the newest, and whether the clock can be right."""

from dataclasses import replace
from datetime import timedelta

from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.clock import Clock

from taizhang_db import journal
from taizhang_db.looking import look
from taizhang_db.store import SqlStore
from taizhang_db.trouble import ClockSetBack, Doubtful
from taizhang_db.vault import Vault

CLOCK_TOLERANCE = timedelta(hours=1)
"""By how much two PCs that use one stick may differ before it is said."""


class VaultDoubts:
    """Implements ``DoubtsOfVault``. Raises trouble of disk and file, as the store does."""

    def __init__(self, vault: Vault, store: SqlStore) -> None:
        """``store`` writes them down."""
        self._vault = vault
        self._store = store

    @property
    def any(self) -> bool:
        """Whether the vault was opened although doubtful, and nobody has settled that."""
        return bool(self._vault.doubts)

    def settle(self, by: User) -> None:
        """Go on with data that may not be the newest: it is journalled, and they are the newest from now on."""
        doubts = self._vault.doubts
        if doubts:
            with self._store.change(Operation.SETTLE_DOUBTS, by) as desk:
                desk.take_down_doubts(self._vault.id, doubts)
                desk.keys.renew()
            inside = self._vault.inside
            inside.head.begin(self._store.journal_head())
            self._vault.take(replace(inside, doubts=()))

    def take_down(self, doubt: Doubtful, by: User) -> None:
        """Take down in the journal a doubt that came up while the vault was open."""
        with self._store.change(Operation.DOUBT_FOUND, by) as desk:
            desk.take_down_doubts(self._vault.id, (doubt,))

    def look_at(self, clock: Clock) -> None:
        """Tell as news of the vault where the clock shows a time well before the newest change: days and deadlines would be wrong."""
        with look(self._vault) as connection:
            newest = journal.newest_moment(connection)
        if newest is not None and clock.now() < newest - CLOCK_TOLERANCE:
            self._vault.news.tell(ClockSetBack(newest))
