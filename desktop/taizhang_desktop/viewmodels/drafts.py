"""What is half-typed at one desk: kept by the database worker a moment after typing stops, and at once on leaving, lock and closing."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.drafts import Draft
from taizhang_casework.domain.users import UserId
from taizhang_casework.services.draft_port import Drafts

from taizhang_desktop.tasks import Failure, Runner

PAUSE_MS = 600
"""Milliseconds without a key before what is typed is written."""
KEPT = "填写一半的内容已保存，可以随时接着填"
MOST_SAVED = 100
"""So many saved forms are remembered as they were typed, the newest ones: should 撤销 take them back, nothing is typed twice."""
NOT_KEPT = "填写一半的内容还没有保存下来，请先不要关闭程序"


@dataclass(frozen=True, kw_only=True)
class DraftHome:
    """Where a user's drafts lie and who writes them there."""

    drafts: Drafts
    user: UserId
    runner: Runner


@dataclass(frozen=True, kw_only=True)
class _Saved:
    """What stood in a form when it was saved by these changes; None where nobody had typed into it, or more was typed meanwhile."""

    key: str
    body: str | None
    by: Changes


class DraftShelf(QObject):
    """The half-typed forms of one user by their keys; without a ``home`` they last as long as the program runs, and count as not kept.

    ``read``: those of earlier are here. ``settled``: what was typed is written, or could not be. ``returned`` is the key of the
    form that the last change made half-typed again (it took back the saving); empty where it did nothing of the kind.
    """

    read = Signal()
    settled = Signal()

    def __init__(self, home: DraftHome | None = None, parent: QObject | None = None) -> None:
        """Begin empty; :meth:`fetch` brings what was kept."""
        super().__init__(parent)
        self._home = home
        self._bodies: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._failed: set[str] = set()
        self._saved: deque[_Saved] = deque(maxlen=MOST_SAVED)
        self.returned = ""
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self.flush)

    def fetch(self) -> None:
        """Read what was kept before; what is typed meanwhile goes first."""
        home = self._home
        if home is not None:
            home.runner.run(lambda: home.drafts.of_user(home.user), self._take)

    def keep(self, key: str, value: object) -> None:
        """Keep what is typed: anything that JSON has. It is written once typing has stopped."""
        body = json.dumps(value, sort_keys=True)
        if self._bodies.get(key) != body:
            self._bodies[key] = body
            self._waiting.add(key)
            if self._home is not None:
                self.pause.start()

    def drop(self, key: str) -> None:
        """It is saved as what it is, or given up."""
        self._failed.discard(key)
        if self._bodies.pop(key, None) is not None:
            self._waiting.add(key)
            self.flush()

    def hand_in(self, key: str, by: Changes, *, typed_since: bool = False) -> None:
        """It is saved by these changes; should they be taken back, it is half-typed again.

        ``typed_since``: more was typed while it was being saved. That stays half-typed, and nothing is to be given back.
        """
        self._saved.append(_Saved(key=key, body=None if typed_since else self._bodies.get(key), by=by))
        if not typed_since:
            self.drop(key)

    def on_changes(self, changes: Changes) -> None:
        """What 撤销 took back is half-typed again as it was saved, unless it was typed anew since. 撤销 goes from the newest on."""
        self.returned = ""
        if not changes.undoes:
            return
        for saved in reversed(self._saved):
            if saved.by.operation is changes.operation and set(changes.touched) & set(saved.by.touched):
                self._saved.remove(saved)
                self._put_back(saved)
                return

    def _put_back(self, saved: _Saved) -> None:
        if saved.body is None:
            return
        if saved.key not in self._bodies:
            self.keep(saved.key, json.loads(saved.body))
        self.returned = saved.key

    def get(self, key: str) -> object:
        """What was typed, None where nothing was."""
        body = self._bodies.get(key)
        return None if body is None else json.loads(body)

    @property
    def keys(self) -> tuple[str, ...]:
        """The forms that are half-typed, begun last the last."""
        return tuple(self._bodies)

    def is_safe(self, key: str) -> bool:
        """Whether nothing of it is lost when the program ends; true of a form that is not half-typed."""
        return key not in self._bodies or (self._home is not None and key not in self._failed)

    def says(self, key: str) -> str:
        """What a form says of its draft; empty where there is none, or it is still being typed."""
        if key not in self._bodies or self._home is None:
            return ""
        if key in self._failed:
            return NOT_KEPT
        return "" if key in self._waiting else KEPT

    def flush(self) -> None:
        """Write now what waits."""
        self.pause.stop()
        home, keys = self._home, frozenset(self._waiting)
        if home is None or not keys:
            return
        self._waiting.clear()
        kept = [Draft(user=home.user, key=key, body=self._bodies[key]) for key in self._bodies if key in keys]
        gone = sorted(keys - self._bodies.keys())
        home.runner.run(
            lambda: _write(home, kept, gone), lambda _: self._written(keys), lambda why: self._not(keys, why)
        )

    def _take(self, drafts: Sequence[Draft]) -> None:
        self._bodies = {draft.key: draft.body for draft in drafts if draft.key not in self._waiting} | self._bodies
        self.read.emit()

    def _written(self, keys: frozenset[str]) -> None:
        self._failed -= keys
        self.settled.emit()

    def _not(self, keys: frozenset[str], _why: Failure) -> bool:
        """The window says why, once; it is tried again with the next key."""
        told = bool(self._failed)
        self._waiting |= keys
        self._failed |= keys
        self.settled.emit()
        return told


def _write(home: DraftHome, kept: Sequence[Draft], gone: Sequence[str]) -> None:
    """Runs in the worker's thread."""
    home.drafts.keep(kept)
    home.drafts.drop(home.user, gone)
