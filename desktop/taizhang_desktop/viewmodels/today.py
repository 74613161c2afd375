"""今日待办: what the office owes, by day, each with the reason of its day."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.clause import basis, in_brackets
from taizhang_casework.domain.duties import Duty, DutyKind, Urgency
from taizhang_casework.domain.ledger import Month
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.navigation import Badge, Destination, Place
from taizhang_desktop.viewmodels.shell import Frame

TONES = {
    Urgency.OVERDUE: Tone.OVERDUE,
    Urgency.TODAY: Tone.SOON,
    Urgency.SOON: Tone.SOON,
    Urgency.LATER: Tone.PLAIN,
    Urgency.NO_DAY: Tone.PLAIN,
}


class DutyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One duty as the list shows it. ``left`` says how near the day is, ``day`` the day itself (预计 where it is estimated)."""

    duty: Duty
    urgency: Urgency
    village: str
    day: str
    left: str

    @property
    def tone(self) -> Tone:
        """The colour of the chip; its words say the same."""
        return TONES[self.urgency]

    @property
    def because(self) -> str:
        """Why by that day, with the clause where the sentence does not name it."""
        duty = self.duty
        known = basis(duty.clause).removeprefix("依据")
        return duty.because if known in duty.because else f"{duty.because}{in_brackets(duty.clause)}"


class TodayState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``loaded`` is false until the first answer; ``trouble`` is why there is none."""

    today: date
    lines: tuple[DutyLine, ...] = ()
    loaded: bool = False
    trouble: Troubled | None = None

    def count(self, *urgencies: Urgency) -> int:
        """How many duties are that near."""
        return sum(line.urgency in urgencies for line in self.lines)


class TodayModel(QObject):
    """今日待办. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame) -> None:
        """``frame`` opens the case or the month, and carries the count in the navigation."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self.state = TodayState(today=work.clock.today())

    def refresh(self) -> None:
        """Read the duties anew, as of the office's day now."""
        today = self._work.clock.today()

        def read() -> tuple[Duty, ...]:
            with self._work.store.reading() as desk:
                return agenda(self._work, desk)

        self._runner.run(read, lambda duties: self._show(today, duties), self._failed)

    def on_changes(self, changes: Changes) -> None:
        """Any operation may add, move or end a duty."""
        if changes.touched:
            self.refresh()

    def open(self, line: DutyLine) -> None:
        """Go where the duty is done: its case, its month, or the backups."""
        duty = line.duty
        if duty.kind is DutyKind.BACKUP:
            self._frame.go(Destination(Place.BACKUP))
        elif duty.kind is DutyKind.FILING or duty.case is None:
            month = Month.of(duty.due or self.state.today)
            self._frame.go(Destination(Place.FILING, str(month)))
        else:
            self._frame.go(Destination(Place.CASE, duty.case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _show(self, today: date, duties: tuple[Duty, ...]) -> None:
        lines = tuple(self._line(duty, today) for duty in duties)
        self.state = TodayState(today=today, lines=lines, loaded=True)
        pressing = self.state.count(Urgency.OVERDUE, Urgency.TODAY)
        late = self.state.count(Urgency.OVERDUE)
        self._frame.badge(Badge(Place.TODAY, pressing, Tone.OVERDUE if late else Tone.SOON))
        self.changed.emit()

    def _line(self, duty: Duty, today: date) -> DutyLine:
        return DutyLine(
            duty=duty,
            urgency=duty.urgency(today),
            village=self._work.divisions.village_name(duty.village) if duty.village else "",
            day=day_words(duty, today),
            left=left_words(duty, today),
        )

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True


def day_words(duty: Duty, today: date) -> str:
    """The day, with its year where it is another one."""
    if duty.due is None:
        return ""
    day = f"{duty.due.month}月{duty.due.day}日"
    if duty.due.year != today.year:
        day = f"{duty.due.year}年{day}"
    return f"预计{day}" if duty.estimated else day


def left_words(duty: Duty, today: date) -> str:
    """How near the day is, in calendar days."""
    if duty.due is None:
        return "不限期"
    left = (duty.due - today).days
    if left < 0:
        return f"逾期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"
