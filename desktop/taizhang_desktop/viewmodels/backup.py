"""数据备份: how the office stands with its backups, a backup to a stick, and the way to a restore."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.backups import REMIND_DAYS, BackupPlace, BackupRecord, MadeBackup
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.rights import Right, refused
from taizhang_casework.services.backing_up import BackupState, state, take_down
from taizhang_casework.services.backup_ports import BackupFiles
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Cancelled, Failure, Runner, Ticket, Troubled
from taizhang_desktop.viewmodels.backup_words import BESIDE, PLACES, ago, moment, size
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.navigation import Badge, Place
from taizhang_desktop.viewmodels.notices import Notice, findings_notice
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame, said


class BackupTools(BackupFiles, Protocol):
    """What makes backups, in the bench's thread; each raises OfficeTrouble, and then nothing of the backup is left."""

    def make_scheduled(self, progress: Progress) -> MadeBackup:
        """A backup where the schedule keeps them."""
        ...

    def make_in(self, folder: Path, progress: Progress) -> MadeBackup:
        """A backup in a folder that the user chose."""
        ...

    def beside_the_data(self, file: str) -> bool:
        """Whether the backup lies on the same disk or stick as the data, so that both can be lost together."""
        ...


class BackupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A backup as the list shows it. ``there``: its file can be seen where it was written; False of a stick that is elsewhere."""

    record: BackupRecord
    age: str

    @property
    def made(self) -> str:
        """When."""
        return f"{moment(self.record.made.made_at)}　{self.age}"

    @property
    def place(self) -> str:
        """Where it was written to."""
        return PLACES[self.record.place]

    @property
    def name(self) -> str:
        """The file's name, and its folder where the user chose that."""
        path = Path(self.record.made.file)
        return path.name if self.record.place is BackupPlace.SCHEDULE else f"{path.name}（{path.parent}）"

    @property
    def size(self) -> str:
        """How large."""
        return size(self.record.made.size)

    @property
    def proof(self) -> str:
        """What the trial restore said."""
        lacking = self.record.made.lacking
        return f"已试恢复，缺{lacking}个附件" if lacking else "已试恢复"

    @property
    def tone(self) -> Tone:
        """Green where it is whole."""
        return Tone.SOON if self.record.made.lacking else Tone.DONE


class BackupView(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``loaded`` is false until the first answer; ``making``: one is being made for the user."""

    lines: tuple[BackupLine, ...] = ()
    newest: str = ""
    newest_tone: Tone = Tone.PLAIN
    stick: str = ""
    stick_tone: Tone = Tone.PLAIN
    loaded: bool = False
    making: bool = False
    trouble: Troubled | None = None


class BackupModel(QObject):
    """数据备份. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(
        self,
        work: Work,
        tools: BackupTools,
        files: FileChooser,
        frame: Frame,
        *,
        runner: Runner,
        bench: Runner,
        restore: Callable[[], None],
    ) -> None:
        """``runner`` reads and takes down at the desk, ``bench`` makes backups beside it; ``restore`` goes to the page that restores."""
        super().__init__()
        self.state = BackupView()
        self._work = work
        self._tools = tools
        self._files = files
        self._frame = frame
        self._runner = runner
        self._bench = bench
        self._restore = restore
        self._ticket: Ticket | None = None

    @property
    def may_not_restore(self) -> str:
        """Why the user may not restore a backup; empty where she may."""
        return why_not(self._work.user, Right.RESTORE)

    def refresh(self) -> None:
        """Read the register anew, as of the office's day now."""
        today = self._work.clock.today()
        self._runner.run(lambda: state(self._work), lambda found: self._show(found, today), self._failed)

    def on_changes(self, changes: Changes) -> None:
        """Only backups matter here."""
        if changes.touches(Kind.BACKUP):
            self.refresh()

    def make(self) -> None:
        """Ask for the stick's folder and make a backup there; while one is made, another is not."""
        if not self.state.making:
            self._files.folder("选择U盘上的文件夹", self._make_in)

    def restore(self) -> None:
        """Go to the page that restores; said at once where the user may not."""
        findings = refused(self._work.user, Right.RESTORE)
        if findings:
            self._frame.tell(findings_notice(findings, "您不能恢复备份"))
        else:
            self._restore()

    def close(self) -> None:
        """Want nothing any more; a backup that is being made is given up."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._runner.close()
        self._bench.close()

    def _make_in(self, folder: Path) -> None:
        if self.state.making:
            return
        self._put(making=True)
        self._ticket = self._bench.run_long(
            "备份到U盘并试恢复", partial(self._tools.make_in, folder), self._made, self._not_made
        )

    def _made(self, made: MadeBackup) -> None:
        self._ticket = None
        self._runner.run(
            lambda: take_down(self._work, made, BackupPlace.STICK), partial(self._taken_down, made), self._not_made
        )

    def _taken_down(self, made: MadeBackup, _changes: Changes) -> None:
        self._put(making=False)
        self._frame.tell(made_notice(made, beside_the_data=self._tools.beside_the_data(made.file)))

    def _not_made(self, failure: Failure) -> bool:
        self._ticket = None
        self._put(making=False)
        if isinstance(failure, Cancelled):
            self._frame.tell(Notice(tone=Tone.INFO, says="已取消备份，没有留下写了一半的文件"))
            return True
        return False

    def _show(self, found: BackupState, today: date) -> None:
        lines = tuple(
            BackupLine(record=record, age=ago(record.made.made_at.date(), today)) for record in reversed(found.records)
        )
        self._put(
            lines=lines,
            newest=_told(found.newest, today),
            newest_tone=Tone.OVERDUE if found.reminder is not None else Tone.DONE if found.newest else Tone.SOON,
            stick=_told(found.on_stick, today),
            stick_tone=_stick_tone(found.on_stick, today),
            loaded=True,
            trouble=None,
        )
        self._frame.badge(Badge(Place.BACKUP, int(found.reminder is not None), Tone.OVERDUE))

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._put(trouble=failure)
        return True

    def _put(self, **changes: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
        self.changed.emit()


def made_notice(made: MadeBackup, *, beside_the_data: bool) -> Notice:
    """That a backup was made and proved, what it lacks, and whether one mishap can take it and the data."""
    says = f"备份完成，已试恢复并核对无误：“{made.file}”"
    lines = []
    if made.lacking:
        lines.append(f"有{made.lacking}个附件在本机已丢失或损坏，不在这份备份里；请从以前的备份找回，或重新添加原件")
    if beside_the_data:
        lines.append(f"{BESIDE}；请再备份到另外的U盘上")
    return Notice(tone=Tone.SOON, says=says, lines=tuple(lines)) if lines else said(says)


def _told(record: BackupRecord | None, today: date) -> str:
    if record is None:
        return "还没有"
    return f"{moment(record.made.made_at)}（{ago(record.made.made_at.date(), today)}）"


def _stick_tone(record: BackupRecord | None, today: date) -> Tone:
    """The reminder is about all backups; that the stick is old is said here, in amber."""
    if record is None:
        return Tone.SOON
    return Tone.SOON if (today - record.made.made_at.date()).days > REMIND_DAYS else Tone.DONE
