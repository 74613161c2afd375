"""The view-model of the page that restores a backup."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.tasks import Cancelled, Crashed, Failure, Refused, Reporter, Runner, Ticket, Troubled
from taizhang_desktop.viewmodels.files import BACKUP, FileChooser
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.notices import finding_line
from taizhang_desktop.viewmodels.restore import Checked, RestoreDeeds

WHOLE = 100


class RestoreState(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. ``percent`` is None while nothing is being checked; ``switching``: it is being put in place."""

    file: Path | None = None
    kind: KeyKind = KeyKind.PASSPHRASE
    percent: int | None = None
    checked: Checked | None = None
    switching: bool = False

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self.percent is not None or self.switching


class RestoreModel(QObject):
    """``changed``: ``state`` is another; ``found_fault``: tuple of Finding; ``failed``: Failure or None."""

    changed = Signal()
    found_fault = Signal(object)
    failed = Signal(object)
    _moved = Signal(int)

    def __init__(
        self,
        deeds: RestoreDeeds,
        files: FileChooser,
        bench: Runner,
        *,
        switch: Callable[[], None],
        back: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        """``switch`` puts what was checked in place and goes on to the desk's door; ``back`` goes where one came from."""
        super().__init__(parent)
        self.state = RestoreState()
        self._deeds = deeds
        self._files = files
        self._bench = bench
        self._switch = switch
        self._back = back
        self._ticket: Ticket | None = None
        self._moved.connect(self._show_percent)

    def choose(self) -> None:
        """Ask for the backup."""
        if not self.state.busy:
            self._files.open("选择备份文件", BACKUP, lambda paths: self._chosen(paths[0]))

    def turn(self) -> None:
        """Use the other kind of key."""
        by_code = self.state.kind is KeyKind.RECOVERY_CODE
        self._put(kind=KeyKind.PASSPHRASE if by_code else KeyKind.RECOVERY_CODE)

    def check(self, text: str) -> None:
        """Take the backup out with this key and prove it; nothing is replaced."""
        file = self.state.file
        findings = self._blank(text)
        self.found_fault.emit(findings)
        if self.state.busy or file is None or findings:
            return
        key = Key(self.state.kind, text)
        self.failed.emit(None)
        self._put(percent=0, checked=None)

        def work(report: Reporter) -> Checked:
            def progress(done: int, total: int) -> None:
                report(done, total)
                self._moved.emit(done * WHOLE // max(total, 1))

            return self._deeds.check(file, key, progress)

        self._ticket = self._bench.run_long("检查备份", work, self._done, self._not_done)

    def cancel(self) -> None:
        """Stop checking."""
        if self._ticket is not None:
            self._ticket.cancel()

    def switch(self) -> None:
        """Put what was checked in place."""
        if self.state.checked is not None and not self.state.busy:
            self._put(switching=True)
            self._switch()

    def not_switched(self, failure: Failure) -> None:
        """It could not be put in place; what was there still is."""
        self._put(switching=False, checked=None)
        self.failed.emit(failure)

    def back(self) -> None:
        """Give it up and go back."""
        if not self.state.switching:
            self.leave()
            self._back()

    def leave(self) -> None:
        """Give it up: what was taken out is thrown away."""
        self.cancel()
        self._bench.run(self._deeds.drop, lambda _: None)
        self._bench.close()

    def _blank(self, text: str) -> tuple[Finding, ...]:
        word = "口令" if self.state.kind is KeyKind.PASSPHRASE else "恢复码"
        missing = () if text.strip() else (Finding(field="key", code="blank", says=f"请输入备份当天的{word}"),)
        if self.state.file is None:
            return (Finding(field="file", code="blank", says="请先选择备份文件"), *missing)
        return missing

    def _show_percent(self, percent: int) -> None:
        if self.state.percent is not None and percent != self.state.percent:
            self._put(percent=percent)

    def _chosen(self, file: Path) -> None:
        self.found_fault.emit(())
        self.failed.emit(None)
        self._put(file=file, checked=None)

    def _done(self, checked: Checked) -> None:
        self._ticket = None
        self._put(percent=None, checked=checked)

    def _not_done(self, failure: Failure) -> bool:
        self._ticket = None
        self._put(percent=None)
        match failure:
            case Refused(findings):
                says = "；".join(map(finding_line, findings))
                trouble = Troubled(says, "本机的台账没有改动", "请由管理员恢复")
                self.failed.emit(trouble)
            case Cancelled():
                pass
            case _:
                self.failed.emit(failure)
        return not isinstance(failure, Crashed)

    def _put(self, **changes: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
        self.changed.emit()
