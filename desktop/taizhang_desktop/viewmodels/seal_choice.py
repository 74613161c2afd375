"""Whether a paper bears the office's seal picture or room for the stamp, and whether the saved file is signed with a certificate."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.rights import Right, refused
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.files import CERTIFICATE, FileChooser

MOST_BYTES = 1024 * 1024
"""Of a certificate's file; they have some thousand."""

NO_SEAL = "还没有载入电子印章，请管理员在“用户”的“电子印章”里载入"


class CertificateUnreadable(OfficeTrouble):
    """The chosen file cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"证书文件“{name}”读不出来", safe="没有生成签名的文件", do="请插好存证书的U盘再选一次")


class SealWish(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen for one making. ``certificate`` (a PKCS#12 file's bytes) empty: not signed. It is kept nowhere."""

    sealed: bool = False
    certificate: bytes = b""
    passphrase: str = ""

    @property
    def signed(self) -> bool:
        """Whether the saved file is to be signed."""
        return bool(self.certificate)

    def __repr__(self) -> str:
        """Never the passphrase."""
        return f"SealWish(sealed={self.sealed}, signed={self.signed})"


class SealOffer(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen; the reasons are Chinese, empty where it can. ``file`` is the name of the chosen certificate."""

    no_seal: str = ""
    no_signing: str = ""
    file: str = ""
    busy: bool = False


class SealChoiceModel(QObject):
    """``changed``: ``offer`` is another; ``found_fault``: tuple of Finding about ``certificate`` or ``passphrase``."""

    changed = Signal()
    found_fault = Signal(object)

    def __init__(
        self, work: Work, open_certificate: Callable[[bytes, str], object], files: FileChooser, runner: Runner
    ) -> None:
        """``open_certificate`` raises OfficeTrouble for a wrong passphrase; it runs in the worker's thread."""
        super().__init__()
        self._work = work
        self._open = open_certificate
        self._files = files
        self._runner = runner
        self._path: Path | None = None
        why_not = next((finding.says for finding in refused(work.user, Right.USE_SEAL)), "")
        self.offer = SealOffer(no_seal=why_not or NO_SEAL, no_signing=why_not)

    def refresh(self) -> None:
        """Look whether there is a seal."""
        if self.offer.no_signing:
            return

        def read() -> bool:
            with self._work.store.reading() as desk:
                return desk.seals.in_use() is not None

        self._runner.run(read, lambda there: self._put(no_seal="" if there else NO_SEAL))

    def on_changes(self, changes: Changes) -> None:
        """A seal was loaded or ended."""
        if changes.touches(Kind.SEAL):
            self.refresh()

    def choose_file(self) -> None:
        """Ask for the certificate's file; only where it lies is known until it is used."""

        def chosen(paths: tuple[Path, ...]) -> None:
            self._path = paths[0]
            self._put(file=paths[0].name)

        self._files.open("选择单位证书", CERTIFICATE, chosen)

    def decide(self, *, sealed: bool, signed: bool, passphrase: str, then: Callable[[SealWish], None]) -> None:
        """Give what was chosen to ``then``, once the certificate opens; what is wrong is said at its field instead."""
        if not signed:
            then(SealWish(sealed=sealed))
            return
        path = self._path
        faults = _faults(path, passphrase)
        if faults or path is None:
            self.found_fault.emit(faults)
            return

        def read() -> SealWish:
            try:
                with path.open("rb") as file:
                    pkcs12 = file.read(MOST_BYTES)
            except OSError as error:
                raise CertificateUnreadable(path.name) from error
            self._open(pkcs12, passphrase)
            return SealWish(sealed=sealed, certificate=pkcs12, passphrase=passphrase)

        def ready(wish: SealWish) -> None:
            self._put(busy=False)
            then(wish)

        self._put(busy=True)
        self._runner.run(read, ready, self._failed)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _failed(self, failure: Failure) -> bool:
        self._put(busy=False)
        if not isinstance(failure, Troubled):
            return False
        says = f"{failure.happened}。{failure.safe}。{failure.do}"
        self.found_fault.emit((Finding(field="passphrase", code="unfit_certificate", says=says),))
        return True

    def _put(self, **other: object) -> None:
        self.offer = msgspec.structs.replace(self.offer, **other)
        self.changed.emit()


def _faults(path: Path | None, passphrase: str) -> tuple[Finding, ...]:
    no_file = Finding(field="certificate", code="blank", says="请选择单位的证书文件（.p12、.pfx）")
    no_words = Finding(field="passphrase", code="blank", says="请输入证书的口令")
    return (*(() if path else (no_file,)), *(() if passphrase else (no_words,)))
