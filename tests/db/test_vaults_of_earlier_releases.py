"""Vaults of earlier releases are opened, brought up to date and read whole, as long as there are offices that have them."""

import shutil
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest
from shipped import ORDER, PACKS
from stored_desk import StoredVault, read_desk
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.operation import Operation, read_operation
from taizhang_casework.domain.steps import Step
from taizhang_casework.domain.users import UserId
from taizhang_db import Passphrase, RecoveryCode, SqlStore, open_vault, schema
from taizhang_db.attachments.store import AttachmentFolder
from taizhang_db.engine import engine_for
from taizhang_db.journal import hash_of_row, rows_after
from taizhang_db.keys.master import Purpose
from taizhang_db.trouble import WrongPassphrase
from taizhang_db.verifying import verify
from taizhang_desktop.bootstrap.rules import load_rules
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.month import LAST_DAY

STORED = Path(__file__).parents[1] / "data" / "vaults"
OFFICES = sorted(path.parent for path in STORED.glob("*/*/content.json"))


@pytest.fixture(params=OFFICES, ids=lambda path: f"{path.parent.name} {path.name}")
def office(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, StoredVault]:
    """A copy of a stored vault, and what is in it."""
    shutil.copytree(request.param / "vault", tmp_path / "台账")
    content = (request.param / "content.json").read_bytes()
    return tmp_path / "台账", msgspec.json.decode(content, type=StoredVault)


def test_it_is_brought_up_to_date_with_everything_in_it(office: tuple[Path, StoredVault]) -> None:
    folder, stored = office
    name, passphrase = next(iter(stored.passphrases.items()))
    with open_vault(folder, Passphrase(passphrase)) as vault:
        assert vault.holder is not None
        assert (vault.holder.name, vault.doubts) == (name, ())
        store = SqlStore(vault, StoryClock(LAST_DAY), PACKS)
        with vault.engine.connect() as connection:
            assert schema.revision_of(connection) == schema.NEWEST_REVISION
            assert hash_of_row(connection, stored.journal.seq) == stored.journal.hash
            named = {row.operation for row in rows_after(connection)}
        assert named
        assert all(read_operation(name)[0] is not None for name in named)
        assert read_desk(store) == stored.desk
        for attachment in stored.desk.attachments:
            assert len(AttachmentFolder(vault).read(attachment.address)) == attachment.size
        assert verify(vault, PACKS).findings == ()
        if stored.revision != schema.NEWEST_REVISION:
            engine = engine_for(
                folder / "before-upgrade" / f"cases-{stored.revision}.db",
                vault.inside.master.derived(Purpose.CASE_FILE),
            )
            with engine.connect() as connection:
                assert schema.revision_of(connection) == stored.revision
            engine.dispose()


def test_everybody_who_had_a_way_in_has_it_and_nobody_else(office: tuple[Path, StoredVault]) -> None:
    folder, stored = office
    by_name = {account.name: account for account in stored.desk.users}
    for name, passphrase in stored.passphrases.items():
        with open_vault(folder, Passphrase(passphrase, by_name[name].id)) as vault:
            assert vault.holder is not None
            assert vault.holder.name == name
    open_vault(folder, RecoveryCode(stored.recovery_code)).close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, Passphrase("likai-58-hetao-yusan"))
    assert {name for name, account in by_name.items() if account.active} == set(stored.passphrases)


def test_work_goes_on_in_it(office: tuple[Path, StoredVault]) -> None:
    folder, stored = office
    passphrase = next(iter(stored.passphrases.values()))
    (account, *_) = stored.desk.users
    with open_vault(folder, Passphrase(passphrase)) as vault:
        store = SqlStore(vault, StoryClock(LAST_DAY), PACKS)
        with store.change(Operation.ADD_USER, account.user) as desk:
            desk.users.save(msgspec.structs.replace(account, id=UserId("later"), name="后来的人"))
        for case in stored.desk.cases:
            with store.change(Operation.TAKE_PACKAGE, account.user) as desk:
                desk.cases.save(
                    msgspec.structs.replace(case, warning=msgspec.structs.replace(case.warning, source="改"))
                )
        assert verify(vault, PACKS).findings == ()
    with open_vault(folder, Passphrase(passphrase)) as vault:
        assert SqlStore(vault, StoryClock(LAST_DAY), PACKS).journal_head().seq == stored.journal.seq + 1 + len(
            stored.desk.cases
        )


def test_each_release_left_a_town_with_a_case_at_every_step_and_a_bureau_with_filings() -> None:
    releases = [path for path in STORED.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert version("taizhang") in {path.name for path in releases}
    for release in releases:
        town, bureau = (
            msgspec.json.decode((release / name / "content.json").read_bytes(), type=StoredVault).desk
            for name in ("town", "bureau")
        )
        assert {case_state(case, ORDER).current for case in town.cases} == {None, *Step}
        assert {case_state(case, ORDER).closed_on is None for case in town.cases} == {True, False}
        assert any(case.joined_to for case in town.cases)
        assert town.letters
        assert town.filings
        assert {each.removal is None for each in town.attachments} == {True, False}
        assert bureau.imports
        assert bureau.received
        assert {case.pack for case in town.cases} <= set(load_rules().packs)
