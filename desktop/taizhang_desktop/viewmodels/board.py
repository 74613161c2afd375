"""镇街报送: who has filed the month's ledger and who has not, in the order of the division table; nobody is ranked."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.bureau import BoardLine, FilingState
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.duty_rules import filing_day
from taizhang_casework.domain.ledger import Month
from taizhang_casework.services.board import board
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Runner, Troubled

STATES = {FilingState.NOT_FILED: "未报", FilingState.FILED: "已报", FilingState.AMENDED: "报后有改"}


class BoardState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows."""

    month: Month
    due: date
    today: date
    lines: tuple[BoardLine, ...] = ()
    loaded: bool = False
    trouble: Troubled | None = None

    @property
    def filed(self) -> int:
        """How many towns have filed."""
        return sum(line.state is not FilingState.NOT_FILED for line in self.lines)

    @property
    def missing(self) -> tuple[BoardLine, ...]:
        """The towns that have not filed."""
        return tuple(line for line in self.lines if line.state is FilingState.NOT_FILED)


def board_tone(line: BoardLine) -> Tone:
    """Red only for a town that is late, amber for one that is still due."""
    if line.state is FilingState.NOT_FILED:
        return Tone.OVERDUE if line.late else Tone.SOON
    return Tone.SOON if line.late else Tone.DONE


def board_words(line: BoardLine) -> str:
    """The state with the delay in words."""
    late = "（逾期）" if line.late else ""
    return f"{STATES[line.state]}{late}"


class BoardModel(QObject):
    """镇街报送. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner) -> None:
        """Begin with the month of today."""
        super().__init__()
        self._work = work
        self._runner = runner
        month = Month.of(work.clock.today())
        self.state = BoardState(month=month, due=filing_day(month, work.pack), today=work.clock.today())

    def refresh(self) -> None:
        """Read the board anew."""
        month = self.state.month

        def read() -> tuple[BoardLine, ...]:
            with self._work.store.reading() as desk:
                return board(self._work, desk, month)

        self._runner.run(read, lambda lines: self._show(month, lines), self._failed)

    def on_changes(self, changes: Changes) -> None:
        """A filing came, a town was enrolled, warnings went out."""
        if any(changes.touches(kind) for kind in (Kind.RECEIVED_FILING, Kind.PARTNER, Kind.PACKAGE)):
            self.refresh()

    def show_month(self, month: Month) -> None:
        """Another month."""
        today = self._work.clock.today()
        self.state = BoardState(month=month, due=filing_day(month, self._work.pack), today=today)
        self.changed.emit()
        self.refresh()

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _show(self, month: Month, lines: tuple[BoardLine, ...]) -> None:
        if month != self.state.month:
            return
        self.state = msgspec.structs.replace(self.state, lines=lines, loaded=True, trouble=None)
        self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True
