"""下发镇街: the warnings that wait for each town, and the packages that took them there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.clocks import fixed_date_due
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.packages import Direction, PackageKind, PackageRecord
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.collecting import waiting
from taizhang_casework.services.sending import Sent
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.shell import Frame

TO_TOWNS_DUE = "warnings_to_towns"
"""Key of the pack's fixed date by which the bureau hands out (一（二）2)."""

PackWarnings = Callable[[OfficeId, Month, Path], Sent]
"""Writes one town's package into a folder; in the worker's thread, raises OfficeTrouble."""


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
    towns: tuple[TownLine, ...] = ()
    loaded: bool = False
    trouble: Troubled | None = None

    @property
    def ready(self) -> tuple[TownLine, ...]:
        """The towns for which a package can be made now."""
        return tuple(line for line in self.towns if line.waiting and line.enrolled)


class _NotSent(msgspec.Struct, frozen=True):
    name: str
    why: OfficeTrouble


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
        month = Month.of(work.clock.today())
        rule = next(each for each in work.pack.fixed_dates if each.key == TO_TOWNS_DUE)
        due = fixed_date_due(rule, month.year, month.month) or month.last_day
        self.state = DispatchState(month=month, due=due)

    def refresh(self) -> None:
        """Read what waits and what went."""
        self._runner.run(self._read, self._show, self._failed)

    def on_changes(self, changes: Changes) -> None:
        """New lists, new partners, new packages."""
        if any(changes.touches(kind) for kind in (Kind.LIST_IMPORT, Kind.PARTNER, Kind.PACKAGE)):
            self.refresh()

    def send_all(self) -> None:
        """Ask for a folder and write one package for each town that waits and is enrolled."""
        ready = self.state.ready
        if ready:
            self._files.folder("选择存放数据包的文件夹", lambda folder: self._send(ready, folder))

    def send(self, town: OfficeId) -> None:
        """The same for one town."""
        ready = tuple(line for line in self.state.ready if line.town == town)
        if ready:
            self._files.folder("选择存放数据包的文件夹", lambda folder: self._send(ready, folder))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _send(self, ready: tuple[TownLine, ...], folder: Path) -> None:
        month = self.state.month

        def work(report: Reporter) -> tuple[Sent | _NotSent, ...]:
            done: list[Sent | _NotSent] = []
            for at, line in enumerate(ready):
                report(at, len(ready))
                try:
                    done.append(self._pack(line.town, month, folder))
                except OfficeTrouble as trouble:
                    done.append(_NotSent(line.name, trouble))
            report(len(ready), len(ready))
            return tuple(done)

        self._runner.run_long("生成下发数据包", work, lambda done: self._sent(done, folder))

    def _sent(self, done: tuple[Sent | _NotSent, ...], folder: Path) -> None:
        sent = [each for each in done if isinstance(each, Sent)]
        failed = [each for each in done if isinstance(each, _NotSent)]
        for each in sent:
            self._runner.announce(each.changes)
        lines = tuple(f"{Path(each.path).name}：{each.record.items}条" for each in sent)
        lines += tuple(f"{each.name}：{each.why}" for each in failed)
        says = f"已在“{folder}”生成{len(sent)}个数据包" + (f"，{len(failed)}个没有生成" if failed else "")
        self._frame.tell(Notice(tone=Tone.OVERDUE if failed else Tone.DONE, says=says, lines=lines))

    def _read(self) -> tuple[TownLine, ...]:
        with self._work.store.reading() as desk:
            waits = waiting(desk)
            enrolled = {card.office.id for card in desk.partners.all()}
            went = [
                record
                for record in desk.packages.all()
                if record.direction is Direction.SENT and record.manifest.kind is PackageKind.WARNINGS
            ]
        lines: list[TownLine] = []
        for code, name in self._work.divisions.towns.items():
            town = OfficeId(code)
            theirs = [r for r in went if r.partner == town and r.manifest.month == self.state.month]
            lines.append(
                TownLine(
                    town=town,
                    name=name,
                    enrolled=town in enrolled,
                    waiting=len(waits.get(town, ())),
                    sent=sum(record.items for record in theirs),
                    last=theirs[-1] if theirs else None,
                )
            )
        return tuple(lines)

    def _show(self, towns: tuple[TownLine, ...]) -> None:
        self.state = msgspec.structs.replace(self.state, towns=towns, loaded=True, trouble=None)
        self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True
