"""The walk through a vault finds what opening does not look at, says all of it at once, and can be stopped."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_office import ADMINISTRATOR, FaultClock, found, opened, take_one
from shipped import PACKS
from taizhang_casework.domain.changes import Kind
from taizhang_db import Vault
from taizhang_db.engine import for_writing
from taizhang_db.journal import Change, append
from taizhang_db.verifying import verify


class JobStoppedError(Exception):
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found(tmp_path / "台账")
    return tmp_path / "台账"


def says(vault: Vault) -> list[str]:
    return [finding.says for finding in verify(vault, PACKS).findings]


def directly(vault: Vault, *statements: str) -> None:
    """What nobody can do through the program."""
    with for_writing(vault.engine).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_vault_in_use_has_nothing_wrong(folder: Path) -> None:
    with opened(folder) as office:
        take_one(office.work, "新的一件")
        seen = verify(office.vault, PACKS)
    assert (seen.findings, seen.broken) == ((), None)
    assert seen.rows > 40


def case_edited(vault: Vault) -> None:
    directly(vault, "UPDATE case_bodies SET body = replace(body, '信访局', '别人') WHERE case_seq = 3")


def case_gone(vault: Vault) -> None:
    directly(
        vault,
        "PRAGMA defer_foreign_keys = ON",
        "DELETE FROM case_bodies WHERE case_seq = 3",
        "DELETE FROM cases WHERE seq = 3",
    )


def user_slipped_in(vault: Vault) -> None:
    directly(vault, "INSERT INTO users (id, body) SELECT 'x', body FROM users LIMIT 1")


def journal_row_edited(vault: Vault) -> None:
    directly(vault, "DROP TRIGGER journal_no_update", "UPDATE journal SET user_name = '别人' WHERE seq = 7")


def journal_row_gone(vault: Vault) -> None:
    directly(vault, "DROP TRIGGER journal_no_delete", "DELETE FROM journal WHERE seq = 7")


def head_half_damaged(vault: Vault) -> None:
    path = vault.folder / "vault.head"
    content = bytearray(path.read_bytes())
    content[300] ^= 1
    path.write_bytes(content)


def head_gone(vault: Vault) -> None:
    (vault.folder / "vault.head").unlink()


def key_file_damaged(vault: Vault) -> None:
    path = vault.folder / "vault.json.copy"
    path.write_bytes(path.read_bytes()[:-20])


def key_file_gone(vault: Vault) -> None:
    (vault.folder / "vault.json").unlink()


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        pytest.param(
            case_edited, ["案件有1处与更改记录不符，请从备份恢复并核对"], id="a case that no journal row knows"
        ),
        pytest.param(
            case_gone, ["案件有1处与更改记录不符，请从备份恢复并核对"], id="a case that is not there any more"
        ),
        pytest.param(user_slipped_in, ["用户有1处与更改记录不符，请从备份恢复并核对"], id="a user whom nobody added"),
        pytest.param(journal_row_edited, ["更改记录第7行的内容被改动"], id="a row of the journal that was changed"),
        pytest.param(
            journal_row_gone,
            ["更改记录第7行不见了", "案件有1处与更改记录不符，请从备份恢复并核对"],
            id="a row of the journal that is gone, and with it what it tells of",
        ),
        pytest.param(
            head_half_damaged,
            ["核对文件 vault.head 有一部分损坏，仍可使用，下次保存时会重新写好"],
            id="a head file that is damaged where it does no harm",
        ),
        pytest.param(
            head_gone, ["核对文件 vault.head 不见了，无法确认数据文件是不是最新的"], id="a head file that is gone"
        ),
        pytest.param(
            key_file_damaged,
            ["密钥文件 vault.json.copy 已损坏或被改动过，请关闭台账再打开一次"],
            id="a copy of the key file that is damaged",
        ),
        pytest.param(key_file_gone, ["密钥文件 vault.json 不见了，请关闭台账再打开一次"], id="a key file that is gone"),
    ],
)
def test_each_fault_is_one_sentence(folder: Path, happens: Callable[[Vault], None], told: list[str]) -> None:
    with opened(folder) as office:
        happens(office.vault)
        assert says(office.vault) == told


TOLD_BY_THE_JOURNAL_ALONE = {Kind.DISCLOSURE, Kind.KEYS, Kind.VAULT}
"""What happened, not what is kept: there is nothing to compare."""


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_each_kind_of_thing_is_compared_with_the_journal_or_is_told_there_alone(folder: Path, kind: Kind) -> None:
    change = Change(kind, "not kept anywhere", None, "{}")
    with opened(folder) as office:
        with for_writing(office.vault.engine).begin() as connection:
            head = append(connection, [change], operation="x", by=ADMINISTRATOR.user, at=FaultClock().now())
        office.vault.note(head)
        told = says(office.vault)
    if kind in TOLD_BY_THE_JOURNAL_ALONE:
        assert told == []
    else:
        (said,) = told
        assert said.endswith("有1处与更改记录不符，请从备份恢复并核对")


def test_damaged_pages_are_found_beside_other_faults(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as office:
        for number in range(200):
            take_one(office.work, f"第{number}件")
    content = bytearray((folder / "cases.db").read_bytes())
    for page in range(len(content) // 4096 // 2, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    with opened(folder) as office:
        (folder / "cases.db").write_bytes(content)
        head_half_damaged(office.vault)
        told = says(office.vault)
    assert told[0] == "数据文件有损坏的部分，请先把整个文件夹另存一份，再从备份恢复"
    assert len(told) > 1


def test_an_older_page_that_is_whole_in_itself_is_seen_by_the_journal_alone(folder: Path, tmp_path: Path) -> None:
    """What a WAL over an older case file makes: every page is right, and together they are not what was saved."""
    with opened(folder) as office:
        before = office.vault.engine.connect()
        body = before.exec_driver_sql("SELECT body FROM case_bodies WHERE case_seq = 3").scalar_one()
        before.close()
        directly(office.vault, "UPDATE case_bodies SET body = '{}' WHERE case_seq = 3")
        assert len(says(office.vault)) == 1
        with for_writing(office.vault.engine).begin() as connection:
            connection.exec_driver_sql("UPDATE case_bodies SET body = ? WHERE case_seq = 3", (body,))
        assert says(office.vault) == []


def test_it_says_how_far_it_is_and_stops_when_asked(folder: Path) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 3:
            raise JobStoppedError

    with opened(folder) as office:
        with pytest.raises(JobStoppedError):
            verify(office.vault, PACKS, stop)
        whole: list[tuple[int, int]] = []
        verify(office.vault, PACKS, lambda done, total: whole.append((done, total)))
        take_one(office.work, "停下以后照常办理")
    assert len(seen) == 3
    assert whole == sorted(whole)
    assert whole[-1][0] == whole[-1][1]


def test_it_changes_nothing(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "before")
    with opened(folder) as office:
        verify(office.vault, PACKS)
    for path in (tmp_path / "before").iterdir():
        if path.name not in {"vault.lock", "vault.ballast"}:
            assert (folder / path.name).read_bytes() == path.read_bytes(), path.name
