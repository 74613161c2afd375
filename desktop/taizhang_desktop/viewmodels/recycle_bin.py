"""回收站: the lines that left the ledger, who took them away and why; and their way back, from here or by 撤销."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.services.discarding import BinLine, recycle_bin, restore
from taizhang_casework.services.verification import Unsure
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction, finding_line
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import day, masked, masked_text


def line_of(who: str) -> str:
    """The line as a sentence names it."""
    return f"“{who}”这一条" if who else "这一条"


class Restorer:
    """恢复: done at once where nothing speaks against it, else asked once with everything that does."""

    def __init__(self, work: Work, runner: Runner, frame: Frame) -> None:
        self._work = work
        self._runner = runner
        self._frame = frame
        self._busy = False

    def restore(
        self, case: CaseId, who: str, then: Callable[[], None] | None = None, *, seen: tuple[Finding, ...] = ()
    ) -> None:
        """Bring a case back and say so; ``then`` is done afterwards, in the same breath. ``seen``: the user wants it all the same.

        While one is on its way back, another press does nothing.
        """
        if self._busy:
            return
        self._busy = True

        def done(result: Changes | Unsure) -> None:
            self._busy = False
            if isinstance(result, Unsure):
                self._ask(case, who, then, result.notes)
                return
            opening = NoticeAction("办理本条", lambda: self._frame.go(Destination(Place.CASE, case)))
            told = Notice(tone=Tone.DONE, says=f"{line_of(who)}已恢复", action=None if then else opening)
            self._frame.tell(told)
            if then is not None:
                then()

        self._runner.run(lambda: restore(self._work, case, seen=seen), done, self._failed)

    def _failed(self, _failure: Failure) -> bool:
        self._busy = False
        return False

    def _ask(self, case: CaseId, who: str, then: Callable[[], None] | None, notes: tuple[Finding, ...]) -> None:
        self._frame.tell(
            Notice(
                tone=Tone.SOON,
                says=f"{line_of(who)}还没有恢复，请先核对",
                lines=tuple(map(finding_line, notes)),
                action=NoticeAction("仍要恢复", lambda: self.restore(case, who, then, seen=notes)),
            )
        )


class RecycleBinState(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shows. ``loaded`` is false until the first answer; ``trouble`` is why there is none."""

    lines: tuple[BinLine, ...] = ()
    loaded: bool = False
    trouble: Troubled | None = None


class RecycleBinModel(QObject):
    """回收站. ``changed`` when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, parent: QObject | None = None) -> None:
        """The runner is the screen's: whoever made this closes it."""
        super().__init__(parent)
        self._work = work
        self._runner = runner
        self._restorer = Restorer(work, runner, frame)
        self.columns = bin_columns(work)
        self.state = RecycleBinState()

    def refresh(self) -> None:
        """Read the bin anew."""

        def read() -> tuple[BinLine, ...]:
            with self._work.store.reading() as desk:
                return recycle_bin(self._work, desk)

        self._runner.run(read, lambda lines: self._show(RecycleBinState(lines=lines, loaded=True)), self._failed)

    def on_changes(self, changes: Changes) -> None:
        """A line may have come in or gone back."""
        if self.state.loaded and changes.touches(Kind.CASE):
            self.refresh()

    def restore(self, case: str) -> None:
        """Bring the line back."""
        line = self._line(case)
        if line is not None:
            self._restorer.restore(line.case, _who(line))

    def told(self, case: str) -> str:
        """The whole of a line in words, for what its columns cut off; empty where it is not in the bin."""
        line = self._line(case)
        if line is None:
            return ""
        warning, channel = line.warning, self._work.pack.channel(line.warning.channel).label
        detail = _detail(self._work, line)
        what = f"{_who_of_whom(line)}：{channel}（{warning.source}），{day(warning.received_on)}反馈，{detail}。"
        return f"{what}\n{_by(line)}于{_at(line)}移走，原因：{_why(self._work, line)}"

    def _line(self, case: str) -> BinLine | None:
        return next((each for each in self.state.lines if each.case == case), None)

    def _show(self, state: RecycleBinState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._show(RecycleBinState(trouble=failure))
        return True


def bin_key(line: BinLine) -> str:
    """The case names the row."""
    return line.case


def bin_columns(work: Work) -> tuple[Column[BinLine, Unsorted], ...]:
    """Who and what, and who took it away when and why; numbers masked as everywhere. The rest is :meth:`RecycleBinModel.told`."""
    return (
        Column(title="户主姓名", text=_who_of_whom, width=6, tip=_who_of_whom),
        Column(title="身份证", text=partial(_number, work), width=9),
        Column(title="村（社区）", text=partial(_village, work), width=6, tip=partial(_village, work)),
        Column(title="具体预警信息", text=partial(_detail, work), width=6, tip=partial(_detail, work)),
        Column(title="移走人", text=_by, width=4),
        Column(title="移走日期", text=_on, width=5, tip=_at),
        Column(title="原因", text=partial(_why, work), width=8, tip=partial(_why, work)),
    )


def _who(line: BinLine) -> str:
    return line.warning.name if line.head is None else line.head.name


def _who_of_whom(line: BinLine) -> str:
    head, name = _who(line), line.warning.name
    return f"{head}（{name}）" if name and name != head else head


def _number(work: Work, line: BinLine) -> str:
    head = "" if line.head is None else line.head.id_number
    return masked(work.pack, head or line.warning.id_number)


def _village(work: Work, line: BinLine) -> str:
    return work.divisions.village_name(line.warning.village_code)


def _detail(work: Work, line: BinLine) -> str:
    return masked_text(work.pack, line.warning.detail)


def _by(line: BinLine) -> str:
    return line.discarded.by


def _on(line: BinLine) -> str:
    return day(line.discarded.at.date())


def _at(line: BinLine) -> str:
    return f"{line.discarded.at:%Y-%m-%d %H:%M}"


def _why(work: Work, line: BinLine) -> str:
    return masked_text(work.pack, line.discarded.why)
