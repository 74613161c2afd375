"""The first start of an office: which office, who works here, the passphrase, the recovery code."""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Office, OfficeKind
from taizhang_casework.domain.passphrase import check_again, check_passphrase

from taizhang_desktop.tasks import Crashed, Failure, Refused, Runner
from taizhang_desktop.viewmodels.files import PDF, FileChooser


class Stage(IntEnum):
    """The pages of the first start, in order."""

    OFFICE = 0
    USER = 1
    RECOVERY = 2


class Founding(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk entered; lives only until the vault is made."""

    office: Office
    user_name: str
    passphrase: str

    def __repr__(self) -> str:
        """Say whose it is; never the passphrase."""
        return f"Founding({self.office.id})"


class RecoveryCode(msgspec.Struct, frozen=True):
    """The code that opens the vault when the passphrase is forgotten, in groups as it is printed."""

    text: str

    def __repr__(self) -> str:
        """Never the code."""
        return "RecoveryCode(…)"


class FirstStartDeeds(msgspec.Struct, frozen=True, kw_only=True):
    """What the first start needs done; the first two run in the worker and may raise OfficeTrouble or NotAccepted.

    ``found`` makes vault and office; ``save_code`` writes the code as a PDF to a path; ``finished`` goes on to the desk.
    """

    found: Callable[[Founding], RecoveryCode]
    save_code: Callable[[RecoveryCode, Path], None]
    finished: Callable[[], None]


class FirstStart(QObject):
    """View-model of the first start.

    ``moved``: Stage; ``found_fault``: tuple of Finding; ``failed``: Failure; ``worked``: bool (the vault is being made);
    ``coded``: RecoveryCode; ``saved``: Path.
    """

    moved = Signal(object)
    found_fault = Signal(object)
    failed = Signal(object)
    worked = Signal(bool)
    coded = Signal(object)
    saved = Signal(object)

    def __init__(
        self,
        towns: tuple[Office, ...],
        bureau: Office,
        deeds: FirstStartDeeds,
        files: FileChooser,
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        """``towns`` in the order in which they are offered."""
        super().__init__(parent)
        self.towns = towns
        self.bureau = bureau
        self.office: Office | None = None
        self.stage = Stage.OFFICE
        self.kept = False
        self._deeds = deeds
        self._files = files
        self._runner = runner
        self._code: RecoveryCode | None = None

    def offices(self, kind: OfficeKind, typed: str = "") -> tuple[Office, ...]:
        """The offices of a kind whose name contains what was typed."""
        all_of_kind = self.towns if kind is OfficeKind.TOWN else (self.bureau,)
        wanted = "".join(typed.split())
        return tuple(office for office in all_of_kind if wanted in office.name)

    def choose(self, office: Office | None) -> None:
        """Choose the office, or none."""
        self.office = office

    def take_office(self) -> None:
        """Go on from the choice of the office."""
        if self.office is None:
            self.found_fault.emit((Finding(field="office", code="blank", says="请选择本单位"),))
            return
        self._move(Stage.USER)

    def back(self) -> None:
        """Back to the choice of the office."""
        if self.stage is Stage.USER:
            self._move(Stage.OFFICE)

    def check(self, user_name: str, passphrase: str, again: str) -> tuple[Finding, ...]:
        """Everything at once about user and passphrase."""
        name = user_name.strip()
        blank = () if name else (Finding(field="user_name", code="blank", says="请填写管理员姓名"),)
        known = (name, self.office.name if self.office else "")
        return (*blank, *check_passphrase(passphrase, known), *check_again(passphrase, again))

    def make(self, user_name: str, passphrase: str, again: str) -> None:
        """Make the vault, in the worker; at its end the recovery code is shown."""
        found = self.check(user_name, passphrase, again)
        self.found_fault.emit(found)
        office = self.office
        if office is None or any(finding.blocks for finding in found):
            return
        founding = Founding(office=office, user_name=user_name.strip(), passphrase=passphrase)
        self._work(busy=True)
        self._runner.run(lambda: self._deeds.found(founding), self._made, self._not_made)

    def save_code(self) -> None:
        """Ask where, and write the recovery code as a PDF."""
        self._files.save("保存恢复码", "台账恢复码.pdf", PDF, self._save_code)

    def _save_code(self, path: Path) -> None:
        code = self._code
        if code is not None:
            self._runner.run(lambda: self._deeds.save_code(code, path), lambda _: self.saved.emit(path), self._not_made)

    def keep(self, *, kept: bool) -> None:
        """The clerk says that the code is kept."""
        self.kept = kept

    def finish(self) -> None:
        """Go on to the desk; only once the code is kept."""
        if not self.kept:
            says = "请先保存或抄写恢复码，并勾选确认"
            self.found_fault.emit((Finding(field="kept", code="not_kept", says=says),))
            return
        self._code = None
        self._runner.close()
        self._deeds.finished()

    def _made(self, code: RecoveryCode) -> None:
        self._code = code
        self._work(busy=False)
        self._move(Stage.RECOVERY)
        self.coded.emit(code)

    def _not_made(self, failure: Failure) -> bool:
        self._work(busy=False)
        if isinstance(failure, Refused):
            self.found_fault.emit(failure.findings)
        else:
            self.failed.emit(failure)
        return not isinstance(failure, Crashed)

    def _work(self, *, busy: bool) -> None:
        self.worked.emit(busy)

    def _move(self, stage: Stage) -> None:
        self.stage = stage
        self.moved.emit(stage)
