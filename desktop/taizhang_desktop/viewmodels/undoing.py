"""Ctrl+Z: first it says what it would take back, and takes it back when it is pressed again, or by the button beside it."""

from PySide6.QtCore import QObject
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.undoing import LOOKS
from taizhang_casework.services.undoing import Undoable, look_back, session_begins, undo
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.going_on import again_half_typed
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction, finding_line
from taizhang_desktop.viewmodels.shell import Frame, said

NOTHING = "这次打开以后还没有可以撤销的改动"
AGAIN = "再按一次 Ctrl+Z，或点右边的按钮，就撤销"


class UndoModel(QObject):
    """撤销 for one desk, as long as its user sits there: what was done before the desk was opened is left alone."""

    def __init__(
        self, work: Work, runner: Runner, frame: Frame, shelf: DraftShelf | None = None, parent: QObject | None = None
    ) -> None:
        """Notes where the journal stands now. ``shelf`` has what was typed into a form whose saving is taken back."""
        super().__init__(parent)
        self._shelf = shelf or DraftShelf()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._since: int | None = None
        self._shown: Undoable | None = None
        self._busy = False
        runner.run(self._begin, self._begun)

    def press(self) -> None:
        """Ctrl+Z: say what would be taken back; of what was just said, take it back."""
        if self._busy or self._since is None:
            return
        if self._shown is not None and not self._shown.findings:
            self._undo(self._shown)
            return
        self._busy = True
        since = self._since
        self._runner.run(lambda: self._look(since), self._say, self._failed)

    def forget(self) -> None:
        """The user went on: what was said no longer stands on the screen."""
        self._shown = None

    def on_changes(self, changes: Changes) -> None:
        """Another change is the next now. What is only looked at or backed up beside the work is no such change."""
        if any(thing.kind not in LOOKS for thing in changes.touched):
            self.forget()

    def _begin(self) -> int:
        with self._work.store.reading() as desk:
            return session_begins(desk)

    def _begun(self, since: int) -> None:
        self._since = since

    def _look(self, since: int) -> Undoable | None:
        with self._work.store.reading() as desk:
            return look_back(self._work, desk, since)

    def _say(self, found: Undoable | None) -> None:
        self._busy = False
        self._shown = found
        if found is None:
            self._frame.tell(said(NOTHING, Tone.INFO))
        elif found.findings:
            lines = tuple(map(finding_line, found.findings))
            self._frame.tell(Notice(tone=Tone.SOON, says=f"不能撤销：{found.what}", lines=lines))
        else:
            action = NoticeAction("撤销", lambda: self._undo(found))
            self._frame.tell(Notice(tone=Tone.INFO, says=f"撤销：{found.what}", lines=(AGAIN,), action=action))

    def _undo(self, shown: Undoable) -> None:
        since = self._since
        if self._busy or since is None:
            return
        self._busy = True
        self._shown = None
        work = self._work
        self._runner.run(lambda: undo(work, since, shown.change), lambda done: self._done(shown, done), self._failed)

    def _done(self, shown: Undoable, _changes: Changes) -> None:
        self._busy = False
        again = again_half_typed(self._shelf, self._frame, self._work.clock.today())
        line, action = again or ("", None)
        says = f"已撤销：{shown.what}"
        self._frame.tell(Notice(tone=Tone.DONE, says=says, lines=(line,) if line else (), action=action))

    def _failed(self, failure: Failure) -> bool:
        self._busy = False
        self._shown = None
        if isinstance(failure, Refused):
            lines = tuple(map(finding_line, failure.findings))
            self._frame.tell(Notice(tone=Tone.SOON, says="没有撤销", lines=lines))
            return True
        return False
