"""今日待办: what the office owes, by day, each with the reason of its day."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.clause import basis, in_brackets
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.duties import SOON_DAYS, Duty, DutyGroup, DutyKind, Urgency
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.standing import WaitsFor
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.month_dates import MonthDate, month_dates
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.ledger_columns import WAITS
from taizhang_desktop.viewmodels.navigation import Badge, Destination, Place
from taizhang_desktop.viewmodels.shell import Frame

TONES = {
    Urgency.OVERDUE: Tone.OVERDUE,
    Urgency.TODAY: Tone.SOON,
    Urgency.SOON: Tone.SOON,
    Urgency.LATER: Tone.PLAIN,
    Urgency.NO_DAY: Tone.PLAIN,
}


GROUPS = {
    DutyGroup.OVERDUE: ("逾期", Tone.OVERDUE),
    DutyGroup.TODAY: ("今天到期", Tone.SOON),
    DutyGroup.WEEK: ("本周到期", Tone.INFO),
    DutyGroup.LATER: ("以后到期", Tone.PLAIN),
    DutyGroup.NO_DAY: ("不限期", Tone.PLAIN),
    DutyGroup.WAITING: ("等待他方", Tone.PLAIN),
}
"""The parts of the list: their words, and their colour where they hold anything."""


class DateCard(msgspec.Struct, frozen=True, kw_only=True):
    """A fixed date of the month on the strip: ``day`` its day, ``says`` day and duty in short, ``state`` how it stands, in words."""

    date: MonthDate
    day: str
    says: str
    state: str
    tone: Tone


class DutyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One duty as the list shows it. ``left`` says how near the day is, ``day`` the day itself (预计 where it is estimated)."""

    duty: Duty
    urgency: Urgency
    village: str
    day: str
    left: str
    group: DutyGroup = DutyGroup.LATER

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
    """What the screen shows. ``loaded`` is false until the first answer; ``trouble`` is why there is none.

    ``lines`` are all duties, ``shown`` those of the ``group`` that was chosen (None: all).
    """

    today: date
    lines: tuple[DutyLine, ...] = ()
    dates: tuple[DateCard, ...] = ()
    group: DutyGroup | None = None
    loaded: bool = False
    trouble: Troubled | None = None

    @property
    def shown(self) -> tuple[DutyLine, ...]:
        """The lines of the group."""
        return tuple(line for line in self.lines if self.group in {None, line.group})

    def size(self, group: DutyGroup | None) -> int:
        """How many duties are in a group; None: in all."""
        return sum(group in {None, line.group} for line in self.lines)

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

        def read() -> tuple[tuple[DutyLine, ...], tuple[DateCard, ...]]:
            with self._work.store.reading() as desk:
                duties, dates = agenda(self._work, desk), month_dates(self._work, desk, Month.of(today))
            return tuple(self._line(duty, today) for duty in duties), tuple(date_card(each, today) for each in dates)

        self._runner.run(read, lambda found: self._show(today, *found), self._failed)

    def only_group(self, group: DutyGroup | None) -> None:
        """Show one part of the list; None shows all."""
        if group is not self.state.group:
            self.state = msgspec.structs.replace(self.state, group=group)
            self.changed.emit()

    def on_changes(self, changes: Changes) -> None:
        """Any operation may add, move or end a duty."""
        if changes.touched:
            self.refresh()

    def open(self, line: DutyLine) -> None:
        """Go where the duty is done: its case, its monitored household, its month, or the backups."""
        duty = line.duty
        if duty.kind is DutyKind.BACKUP:
            self._frame.go(Destination(Place.BACKUP))
        elif duty.household is not None:
            self._frame.go(Destination(Place.MONITORED, duty.household))
        elif duty.kind is DutyKind.FILING or duty.case is None:
            month = Month.of(duty.due or self.state.today)
            self._frame.go(Destination(Place.FILING, str(month)))
        else:
            self._frame.go(Destination(Place.CASE, duty.case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _show(self, today: date, lines: tuple[DutyLine, ...], cards: tuple[DateCard, ...]) -> None:
        group = self.state.group if any(line.group is self.state.group for line in lines) else None
        self.state = TodayState(today=today, lines=lines, dates=cards, group=group, loaded=True)
        pressing = self.state.count(Urgency.OVERDUE, Urgency.TODAY)
        late = self.state.count(Urgency.OVERDUE)
        self._frame.badge(Badge(Place.TODAY, pressing, Tone.OVERDUE if late else Tone.SOON))
        self.changed.emit()

    def _line(self, duty: Duty, today: date) -> DutyLine:
        return DutyLine(
            duty=duty,
            urgency=duty.urgency(today),
            village=self._work.divisions.village_name(duty.village) if duty.village else "",
            day=due_words(duty, today),
            left=left_words(duty, today),
            group=duty.group(today),
        )

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True


def date_card(each: MonthDate, today: date) -> DateCard:
    """A fixed date as the strip shows it: done, how near, or passed without a trace of it here."""
    left = (each.day - today).days
    near = "已到" if left < 0 else "今天" if left == 0 else f"还剩{left}天"
    if each.done:
        state, tone = "已办", Tone.DONE
    elif each.done is None or not each.own:
        state, tone = (near if left >= 0 else "请核对" if each.own else "未收到"), Tone.PLAIN
    elif left < 0:
        state, tone = f"逾期{-left}天", Tone.OVERDUE
    else:
        state, tone = f"未办，{near}", Tone.SOON if left <= SOON_DAYS else Tone.PLAIN
    return DateCard(
        date=each, day=day_words(each.day, today), says=f"{each.day.day}日　{_brief(each)}", state=state, tone=tone
    )


_BRIEF = {"ledger": "台账报备", "warnings_to_towns": "区里反馈预警", "training_report": "培训报告"}
_LONGEST = 8


def _brief(each: MonthDate) -> str:
    """The duty in a few words; the whole of it stands in the explanation."""
    words = _BRIEF.get(each.key, each.duty)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def due_words(duty: Duty, today: date) -> str:
    """The day, and whether it may still change."""
    if duty.due is None:
        return ""
    day = day_words(duty.due, today)
    return f"预计{day}" if duty.estimated else day


def left_words(duty: Duty, today: date) -> str:
    """How near the day is, in calendar days."""
    if duty.waits_for is WaitsFor.NOTICE and duty.due is not None:
        return _hanging_words((duty.due - today).days)
    if duty.waits_for is not None:
        return WAITS[duty.waits_for]
    if duty.due is None:
        return "不限期"
    left = (duty.due - today).days
    if left < 0:
        return f"逾期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"


def _hanging_words(left: int) -> str:
    """A notice is not late on the day after: its days are over, and it may be taken down."""
    if left > 0:
        return f"{WAITS[WaitsFor.NOTICE]}，还剩{left}天"
    return f"期满{-left}天" if left else "今天期满"
