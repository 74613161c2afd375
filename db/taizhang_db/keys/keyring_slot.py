"""The keyring of the operating system: real ones only, never waited on without a limit, read back after writing."""

import base64
import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from taizhang_db.trouble import KeyringForgot, KeyringLocked, KeyringSilent, KeyringTrouble, KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

REAL_BACKENDS = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
"""Every backend that is trusted, in order of preference. ``null`` forgets, ``fail`` fails, ``keyrings.alt`` writes plain files,
and a chainer may hide any of them: no other class is ever asked, whatever the configuration of the PC says."""
_LOCKED_ERRORS = ("KeyringLocked", "LockedException")
"""What keyring and secretstorage raise; by name, so that neither is loaded before a keyring is asked."""
SERVICE = "taizhang"
PATIENCE_SECONDS = 10.0

_T = TypeVar("_T")


class SystemKeyring:
    """Keeps small secrets by account name in the keyring of the PC.

    Each call runs in a thread of its own and is given up after ``seconds``: a prompt that nobody answers blocks for ever.
    A ``backend`` that is given must be one of the real ones.
    """

    def __init__(self, backend: "KeyringBackend | None" = None, *, seconds: float = PATIENCE_SECONDS) -> None:
        self._backend = backend
        self._seconds = seconds

    def keep(self, account: str, secret: bytes) -> None:
        """Store a secret and read it back; KeyringTrouble where it is not really kept."""
        text = base64.b64encode(secret).decode()

        def store_and_read(backend: "KeyringBackend") -> str | None:
            backend.set_password(SERVICE, account, text)
            return backend.get_password(SERVICE, account)

        if self._ask(store_and_read) != text:
            raise KeyringForgot

    def fetch(self, account: str) -> bytes:
        """The secret; KeyringTrouble where it is not to be had."""
        text = self._ask(lambda backend: backend.get_password(SERVICE, account))
        if text is None:
            raise KeyringForgot
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            raise KeyringForgot from None

    def forget(self, account: str) -> None:
        """Remove the secret; KeyringTrouble where the keyring cannot be asked."""

        def delete(backend: "KeyringBackend") -> None:
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)

        self._ask(delete)

    def name(self) -> str:
        """The class of the backend that is asked, e.g. ``keyring.backends.SecretService.Keyring``; KeyringTrouble where none is real."""
        return self._ask(lambda backend: _class_name(type(backend)))

    def _ask(self, what: "Callable[[KeyringBackend], _T]") -> _T:
        answer: list[_T] = []
        failure: list[BaseException] = []

        def work() -> None:
            try:
                answer.append(what(self._real_backend()))
            except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asked
                failure.append(error)

        worker = threading.Thread(target=work, name="taizhang-keyring", daemon=True)
        worker.start()
        worker.join(self._seconds)
        if worker.is_alive():
            raise KeyringSilent
        if failure:
            raise _trouble_of(failure[0])
        return answer[0]

    def _real_backend(self) -> "KeyringBackend":
        if self._backend is not None:
            if _class_name(type(self._backend)) not in REAL_BACKENDS:
                raise KeyringUnavailable
            return self._backend
        for name in REAL_BACKENDS:
            backend = _viable(name)
            if backend is not None:
                return backend
        raise KeyringUnavailable


def _class_name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _viable(name: str) -> "KeyringBackend | None":
    """The backend of that name where this PC can serve it; ``priority`` raises RuntimeError where it cannot."""
    module, _, class_name = name.rpartition(".")
    try:
        cls: type[KeyringBackend] = getattr(importlib.import_module(module), class_name)
    except (ImportError, AttributeError):
        return None
    return cls() if cls.viable else None


def _trouble_of(error: BaseException) -> BaseException:
    """What a backend's failure means to the office; foreign backends raise whatever their bus or system raises."""
    if isinstance(error, KeyringTrouble) or not isinstance(error, Exception):
        return error
    locked = type(error).__name__ in _LOCKED_ERRORS
    trouble: KeyringTrouble = KeyringLocked() if locked else KeyringUnavailable()
    trouble.__cause__ = error
    return trouble
