"""What an open vault has to tell by itself, not as the answer to a call: a disk that fills up, a key file that was mended."""

import threading
from collections.abc import Callable

from taizhang_db.trouble import Doubtful, VaultTrouble

Listener = Callable[[VaultTrouble], None]


class VaultNews:
    """Each kind of news is told once between unlocking and locking, but every doubt about the data is told.

    What comes while nobody listens waits for the next listener, who is called in whatever thread tells.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[type[VaultTrouble]] = set()
        self._waiting: list[VaultTrouble] = []
        self._listener: Listener | None = None

    def tell(self, news: VaultTrouble) -> None:
        """Tell it, unless it is no doubt and that kind was told."""
        with self._lock:
            if type(news) in self._known:
                return
            if not isinstance(news, Doubtful):
                self._known.add(type(news))
            if self._listener is None:
                self._waiting.append(news)
                return
            listener = self._listener
        listener(news)

    def listen(self, listener: Listener) -> None:
        """Let the listener, and no other, be told from now on, and of what waits."""
        with self._lock:
            self._listener = listener
            waiting, self._waiting = self._waiting, []
        for news in waiting:
            listener(news)

    def leave(self, listener: Listener) -> None:
        """This listener hears no more; another one that listens meanwhile goes on."""
        with self._lock:
            if self._listener == listener:
                self._listener = None

    def begin_anew(self) -> None:
        """The vault was locked: nobody listens any more, and what was told may be told again to whoever unlocks it."""
        with self._lock:
            self._listener = None
            self._known.clear()
