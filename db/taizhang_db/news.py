"""What an open vault has to tell by itself, not as the answer to a call: a disk that fills up, a key file that was mended."""

import threading
from collections.abc import Callable

from taizhang_db.trouble import VaultTrouble

Listener = Callable[[VaultTrouble], None]


class VaultNews:
    """Each kind of news is told once. What comes before anybody listens waits; the listener is called in whatever thread tells."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[type[VaultTrouble]] = set()
        self._waiting: list[VaultTrouble] = []
        self._listener: Listener | None = None

    def tell(self, news: VaultTrouble) -> None:
        """Tell it, unless that kind was told."""
        with self._lock:
            if type(news) in self._known:
                return
            self._known.add(type(news))
            if self._listener is None:
                self._waiting.append(news)
                return
            listener = self._listener
        listener(news)

    def listen(self, listener: Listener) -> None:
        """Let the listener be told from now on, and of what waits."""
        with self._lock:
            self._listener = listener
            waiting, self._waiting = self._waiting, []
        for news in waiting:
            listener(news)
