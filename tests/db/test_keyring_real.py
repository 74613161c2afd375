"""The keyring slot against the real gnome-keyring in a private D-Bus session; nothing that only pretends is ever asked."""

import gc
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip(
        "2026-11-23: gnome-keyring is Linux; Windows Credential Manager cannot be private to a test",
        allow_module_level=True,
    )

import keyring
import secretstorage
from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped]  # it ships no types
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null
from keyring_session import Session
from taizhang_casework.domain.offices import User
from taizhang_db import Argon2Cost, FromKeyring, Passphrase, SqlStore, SystemKeyring, Vault, create_vault, open_vault
from taizhang_db.keys.sidecar import KeyringTerms, read_sidecar
from taizhang_db.trouble import KeyringForgot, KeyringLocked, KeyringSilent, KeyringTrouble, KeyringUnavailable
from taizhang_db.vault import has_keyring_slot

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        running = Session(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
        yield running
        running.close()


@pytest.fixture
def no_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")


def test_the_keyring_opens_the_vault_without_a_passphrase(session: Session, tmp_path: Path) -> None:
    ours = SystemKeyring()
    create_vault(tmp_path / "vault", WORDS, keyring=ours, cost=CHEAP)
    assert has_keyring_slot(tmp_path / "vault")
    open_vault(tmp_path / "vault", FromKeyring()).close()
    assert ours.name() == "keyring.backends.SecretService.Keyring"


def test_a_pc_is_remembered_later_and_the_passphrase_still_opens(
    session: Session, tmp_path: Path, store_on: Callable[[Vault], SqlStore], clerk: User
) -> None:
    folder = tmp_path / "vault"
    code = create_vault(folder, WORDS, cost=CHEAP)
    assert not has_keyring_slot(folder)
    with pytest.raises(KeyringForgot):
        open_vault(folder, FromKeyring())
    for way_in in (code, WORDS):
        with open_vault(folder, way_in) as vault:
            store_on(vault).remember_on_this_pc(SystemKeyring(), clerk)
    for unlock in (FromKeyring(), WORDS, code):
        open_vault(folder, unlock).close()


def test_each_vault_has_a_secret_of_its_own_that_is_not_the_master_key(session: Session, tmp_path: Path) -> None:
    ours = SystemKeyring()
    secrets = set()
    for name in ("town", "bureau"):
        create_vault(tmp_path / name, WORDS, keyring=ours, cost=CHEAP)
        terms = read_sidecar(tmp_path / name).slots[-1].terms
        assert isinstance(terms, KeyringTerms)
        secrets.add(ours.fetch(terms.account))
    assert len(secrets) == 2
    for secret in secrets:
        assert secret not in (tmp_path / "town" / "vault.json").read_bytes()


def test_a_keyring_that_lost_the_secret_says_so(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    terms = read_sidecar(folder).slots[-1].terms
    assert isinstance(terms, KeyringTerms)
    SystemKeyring().forget(terms.account)
    SystemKeyring().forget(terms.account)
    with pytest.raises(KeyringForgot):
        open_vault(folder, FromKeyring())


def test_a_keyring_whose_file_was_deleted_says_that_it_forgot(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    session.delete_the_file()
    with pytest.raises(KeyringForgot):
        open_vault(folder, FromKeyring())
    with open_vault(folder, WORDS) as vault:
        assert vault.holder is not None


def test_another_secret_in_the_keyring_opens_nothing(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    terms = read_sidecar(folder).slots[-1].terms
    assert isinstance(terms, KeyringTerms)
    SystemKeyring().keep(terms.account, b"\0" * 32)
    with pytest.raises(KeyringForgot):
        open_vault(folder, FromKeyring())


def test_a_text_that_is_no_secret_of_ours_opens_nothing(session: Session) -> None:
    keyring.set_password("taizhang", "account", "不是密钥")
    with pytest.raises(KeyringForgot):
        SystemKeyring().fetch("account")


def test_a_locked_keyring_is_given_up_and_the_passphrase_opens(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    session.lock()
    with pytest.raises(KeyringLocked):
        open_vault(folder, FromKeyring(SystemKeyring(seconds=20)))
    gc.collect()
    open_vault(folder, WORDS).close()


def test_a_keyring_that_never_answers_is_given_up_in_time(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    session.stop_answering()
    with pytest.raises(KeyringSilent):
        open_vault(folder, FromKeyring(SystemKeyring(seconds=0.5)))
    open_vault(folder, WORDS).close()
    session.answer_again()
    for thread in threading.enumerate():
        if thread.name == "taizhang-keyring":
            thread.join(20)
    open_vault(folder, FromKeyring()).close()


def test_a_killed_keyring_is_unavailable(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=CHEAP)
    session.kill_keyring()
    with pytest.raises(KeyringUnavailable):
        open_vault(folder, FromKeyring())
    open_vault(folder, WORDS).close()


def test_without_a_session_no_vault_is_made_that_hopes_for_a_keyring(no_session: None, tmp_path: Path) -> None:
    with pytest.raises(KeyringUnavailable):
        create_vault(tmp_path / "vault", WORDS, keyring=SystemKeyring(), cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


class PlainFileKeyring(KeyringBackend):
    """What keyrings.alt does: it bids highest and writes in the open."""

    priority = 1000.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


PlainFileKeyring.__module__ = "keyrings.alt.file"


class Lookalike(SecretService.Keyring):
    """A subclass of a real backend is not the real backend."""


@pytest.mark.parametrize(
    "backend",
    [null.Keyring, fail.Keyring, chainer.ChainerBackend, PlainFileKeyring, Lookalike],
    ids=["null forgets", "fail fails", "a chain may hide anything", "keyrings.alt writes in the open", "a lookalike"],
)
def test_only_real_keyrings_are_asked(session: Session, backend: type[KeyringBackend]) -> None:
    ours = SystemKeyring(backend())
    with pytest.raises(KeyringUnavailable):
        ours.keep("account", b"secret")
    with pytest.raises(KeyringUnavailable):
        ours.fetch("account")


def test_what_the_pc_prefers_does_not_matter(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    ours = SystemKeyring()
    ours.keep("account", b"secret")
    assert ours.name() == "keyring.backends.SecretService.Keyring"
    assert ours.fetch("account") == b"secret"


def test_without_a_real_keyring_a_pretender_is_not_taken(no_session: None) -> None:
    with pytest.raises(KeyringTrouble):
        SystemKeyring().keep("account", b"secret")


def test_a_keyring_that_is_killed_while_it_is_asked_is_unavailable(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = secretstorage.get_default_collection

    def killed_just_then(bus: DBusConnection) -> secretstorage.Collection:
        session.kill_keyring()
        return collection(bus)

    monkeypatch.setattr(secretstorage, "get_default_collection", killed_just_then)
    with pytest.raises(KeyringUnavailable):
        SystemKeyring(seconds=20).fetch("account")
    gc.collect()
