"""电子印章: the office's own seal picture, loaded, replaced and taken out of use by an administrator, and what it was put on."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.print_register import PrintRecord
from taizhang_casework.domain.rights import Right, may
from taizhang_casework.domain.seals import OfficeSeal
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.office_seal import MeasureSeal, end_seal, load_seal
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.files import PNG, FileChooser
from taizhang_desktop.viewmodels.shell import Frame, said

MOST_BYTES = 16 * 1024 * 1024
"""Of a file that is looked at; the printing room says where a seal's picture is too large."""
MOST_PRINTS = 2_000
"""The newest of the register, among which the uses of the seal are looked for."""


class SealFileUnreadable(OfficeTrouble):
    """The chosen file cannot be read, or is no picture at all by its size."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”读不出来", safe="没有保存，原有的电子印章没有改变", do="请换一个文件，或者重新插好U盘再选"
        )


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A fit picture that was chosen and is not loaded yet."""

    name: str
    png: bytes
    width: int
    height: int

    def __repr__(self) -> str:
        """Without the picture."""
        return f"Candidate({self.width}×{self.height})"


class SealState(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown. ``fault``: why the file chosen last cannot be a seal. ``ending``: the reason of taking it out of use is asked."""

    loaded: bool = False
    seal: OfficeSeal | None = None
    png: bytes = b""
    uses: tuple[PrintRecord, ...] = ()
    candidate: Candidate | None = None
    ending: bool = False
    busy: bool = False
    fault: Troubled | None = None

    def __repr__(self) -> str:
        """Without the picture."""
        return f"SealState({self.seal})"


class SealModel(QObject):
    """``changed``: ``state`` is another; ``found_fault``: tuple of Finding about the reason; ``done``: it was loaded or ended."""

    changed = Signal()
    found_fault = Signal(object)
    done = Signal()

    def __init__(self, work: Work, measure: MeasureSeal, files: FileChooser, runner: Runner, frame: Frame) -> None:
        """``measure`` runs in the worker's thread."""
        super().__init__()
        self._work = work
        self._measure = measure
        self._files = files
        self._runner = runner
        self._frame = frame
        self.state = SealState()

    def refresh(self) -> None:
        """Read the seal and its uses anew, for who may manage it."""
        if not may(self._work.user, Right.MANAGE_SEAL):
            return

        def read() -> SealState:
            with self._work.store.reading() as desk:
                seal = desk.seals.in_use()
                png = b"" if seal is None else desk.seals.picture(seal)
                uses = tuple(record for record in desk.prints.newest(MOST_PRINTS) if record.seal is not None)
            return SealState(seal=seal, png=png, uses=uses)

        self._runner.run(
            read, lambda found: self._put(loaded=True, seal=found.seal, png=found.png, uses=found.uses), self._failed
        )

    def on_changes(self, changes: Changes) -> None:
        """A seal was loaded or ended, or a paper made."""
        if changes.touches(Kind.SEAL) or changes.touches(Kind.PRINT):
            self.refresh()

    def choose_file(self) -> None:
        """Ask for a PNG and look at it."""
        self._files.open("选择电子印章图片", PNG, lambda paths: self._examine(paths[0]))

    def ask_to_end(self) -> None:
        """Ask why it is taken out of use."""
        self._put(ending=True, candidate=None, fault=None)

    def give_up(self) -> None:
        """Neither load nor end."""
        self._put(ending=False, candidate=None, fault=None)

    def confirm(self, why: str) -> None:
        """Do what was asked: load the candidate, or end the seal in use."""
        candidate, state = self.state.candidate, self.state
        if state.busy or (candidate is None and not state.ending):
            return
        if candidate is not None:
            picture = candidate.png
            self._change(lambda: load_seal(self._work, picture, why, self._measure), "电子印章已载入")
        else:
            self._change(lambda: end_seal(self._work, why), "电子印章已停用，图片已从数据库里删除")

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _change(self, deed: Callable[[], Changes], says: str) -> None:
        self._put(busy=True)

        def done(_: Changes) -> None:
            self._put(busy=False, candidate=None, ending=False, fault=None)
            self._frame.tell(said(says))
            self.done.emit()

        def failed(failure: Failure) -> bool:
            self._put(busy=False)
            if isinstance(failure, Refused):
                self.found_fault.emit(failure.findings)
                return all(finding.field == "why" for finding in failure.findings)
            return self._failed(failure)

        self._runner.run(deed, done, failed)

    def _examine(self, path: Path) -> None:
        def look() -> Candidate:
            try:
                with path.open("rb") as file:
                    png = file.read(MOST_BYTES)
            except OSError as error:
                raise SealFileUnreadable(path.name) from error
            width, height = self._measure(png)
            return Candidate(name=path.name, png=png, width=width, height=height)

        self._runner.run(look, lambda found: self._put(candidate=found, ending=False, fault=None), self._unfit)

    def _unfit(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._put(candidate=None, ending=False, fault=failure)
        return True

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._put(fault=failure)
        return True

    def _put(self, **other: object) -> None:
        self.state = msgspec.structs.replace(self.state, **other)
        self.changed.emit()


def reason_faults(why: str) -> tuple[Finding, ...]:
    """What is said before anything is asked of the database."""
    return () if why.strip() else (Finding(field="why", code="blank", says="请填写原因"),)
