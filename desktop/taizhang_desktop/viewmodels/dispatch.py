"""下发镇街: the warnings that wait for each town, and the packages that took them there."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.clocks import fixed_date_due
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.pack_keys import WARNINGS_DATE
from taizhang_casework.domain.packages import Direction, PackageKind, PackageRecord
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.collecting import gone, waiting
from taizhang_casework.services.sending import Sent
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at
from taizhang_desktop.viewmodels.batch import Batch, do_each
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame, said


class PackWarnings(Protocol):
    """Writes packages of warnings."""

    def __call__(self, town: OfficeId, month: Month, folder: Path, *, again: bool) -> Sent:
        """Pack what waits for the town, or ``again`` what went to it in the month. In the worker's thread; raises OfficeTrouble."""
        ...


class TownLine(msgspec.Struct, frozen=True, kw_only=True):
    """One town: what waits for it, and the newest package of warnings that went to it."""

    town: OfficeId
    name: str
    enrolled: bool
    waiting: int
    sent: int
    last: PackageRecord | None

    @property
    def state(self) -> str:
        """How the town stands, in words."""
        if self.waiting and not self.enrolled:
            return "待下发，尚未登记名片"
        if self.waiting:
            return "待下发"
        if self.last is None:
            return "本月无预警信息"
        return "已收到回执" if self.last.receipt is not None else "已生成，等待回执"

    @property
    def tone(self) -> Tone:
        """The colour of the state."""
        if self.waiting:
            return Tone.SOON if self.enrolled else Tone.OVERDUE
        return Tone.PLAIN if self.last is None else Tone.DONE if self.last.receipt is not None else Tone.INFO


class DispatchState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows."""

    month: Month
    due: date
    today: date
    towns: tuple[TownLine, ...] = ()
    loaded: bool = False
    late: bool = False
    trouble: Troubled | None = None

    @property
    def waiting(self) -> int:
        """How many warnings have not gone out."""
        return sum(line.waiting for line in self.towns)

    @property
    def ready(self) -> tuple[TownLine, ...]:
        """The towns for which a package can be made now."""
        return tuple(line for line in self.towns if line.waiting and line.enrolled)


class DispatchModel(QObject):
    """下发镇街. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, pack: PackWarnings, files: FileChooser, runner: Runner, frame: Frame) -> None:
        """``files`` asks for the folder, most often on a stick."""
        super().__init__()
        self._work = work
        self._pack = pack
        self._files = files
        self._runner = runner
        self._frame = frame
        self._packing = False
        self.may_not_export = why_not(work.user, Right.EXPORT)
        self.state = self._blank(Month.of(work.clock.today()))

    def refresh(self) -> None:
        """Read what waits and what went; a new month begins anew."""
        month = Month.of(self._work.clock.today())
        if month != self.state.month:
            self.state = self._blank(month)
        self._runner.run(partial(self._read, month), self._show, self._failed)

    def on_changes(self, changes: Changes) -> None:
        """New lists, new partners, new packages."""
        if any(changes.touches(kind) for kind in (Kind.LIST_IMPORT, Kind.PARTNER, Kind.PACKAGE)):
            self.refresh()

    def send_all(self) -> None:
        """Ask for a folder and write one package for each town that waits and is enrolled."""
        ready = self.state.ready
        if ready and not self._packing:
            self._files.folder("选择存放数据包的文件夹", lambda folder: self._send(ready, folder))

    def send(self, town: OfficeId) -> None:
        """The same for one town; where nothing waits, what went to it once more. Without its card, the way to the cards is shown."""
        if self._packing:
            return
        line = next((line for line in self.state.towns if line.town == town and (line.waiting or line.sent)), None)
        if self.may_not_export:
            self._frame.tell(said(self.may_not_export, Tone.SOON))
        elif line is not None and not line.enrolled:
            self._frame.tell(
                Notice(
                    tone=Tone.SOON,
                    says=f"还没有登记{line.name}的名片，不能生成数据包",
                    lines=("请在“数据交换”中导入对方的名片，并打电话核对指纹",),
                    action=NoticeAction("去数据交换", lambda: self._frame.go(Destination(Place.EXCHANGE))),
                )
            )
        elif line is not None:
            ready = (line,)
            self._files.folder("选择存放数据包的文件夹", lambda folder: self._send(ready, folder))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _send(self, ready: tuple[TownLine, ...], folder: Path) -> None:
        month = self.state.month

        def pack_each(report: Reporter) -> Batch[TownLine, Sent]:
            return do_each(ready, lambda line: self._pack(line.town, month, folder, again=not line.waiting), report)

        def work(report: Reporter) -> Done[Batch[TownLine, Sent], tuple[TownLine, ...]]:
            return done_and_looked_at(lambda: pack_each(report), lambda: self._read(month))

        self._packing = True
        self._runner.run_long("生成下发数据包", work, partial(self._sent, folder), self._interrupted)

    def _sent(self, folder: Path, done: Done[Batch[TownLine, Sent], tuple[TownLine, ...]]) -> None:
        """Show the towns together with the notice: before, they would still wait, and a second press would pack them again."""
        self._packing = False
        if done.found is not None:
            self._show(done.found)
        batch = done.deed
        for each in batch.done:
            self._runner.announce(each.changes)
        lines = tuple(f"{line.name}：{trouble}" for line, trouble in batch.failed)
        lines += tuple(f"{Path(each.path).name}：{each.record.items}条" for each in batch.done)
        tone = Tone.OVERDUE if batch.failed else Tone.SOON if batch.left else Tone.DONE
        self._frame.tell(Notice(tone=tone, says=_says(batch, folder), lines=lines))

    def _interrupted(self, failure: Failure) -> bool:
        """A bug at one town: the packages before it are made, so look again; the window shows the rest."""
        del failure
        self._packing = False
        self.refresh()
        return False

    def _blank(self, month: Month) -> DispatchState:
        rule = self._work.pack.fixed_date(WARNINGS_DATE)
        due = fixed_date_due(rule, month.year, month.month) or month.last_day
        return DispatchState(month=month, due=due, today=self._work.clock.today())

    def _read(self, month: Month) -> tuple[TownLine, ...]:
        with self._work.store.reading() as desk:
            waits, went_out = waiting(desk), gone(desk, month)
            enrolled = {card.office.id for card in desk.partners.all()}
            went = [
                record
                for record in desk.packages.all()
                if record.direction is Direction.SENT and record.manifest.kind is PackageKind.WARNINGS
            ]
        lines: list[TownLine] = []
        for code, name in self._work.divisions.towns.items():
            town = OfficeId(code)
            theirs = [r for r in went if r.partner == town and r.manifest.month == month]
            lines.append(
                TownLine(
                    town=town,
                    name=name,
                    enrolled=town in enrolled,
                    waiting=len(waits.get(town, ())),
                    sent=len(went_out.get(town, ())),
                    last=theirs[-1] if theirs else None,
                )
            )
        return tuple(lines)

    def _show(self, towns: tuple[TownLine, ...]) -> None:
        self.state = msgspec.structs.replace(
            self.state, towns=towns, late=self._work.clock.today() > self.state.due, loaded=True, trouble=None
        )
        self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True


def _says(batch: Batch[TownLine, Sent], folder: Path) -> str:
    if not batch.done and not batch.left:
        return f"没有生成数据包，{len(batch.failed)}个镇街有问题"
    return "，".join(
        filter(
            None,
            (
                "已取消" if batch.left else "",
                f"在“{folder}”生成{len(batch.done)}个数据包",
                f"{len(batch.failed)}个没有生成" if batch.failed else "",
                f"还有{len(batch.left)}个没有生成" if batch.left else "",
            ),
        )
    )
