"""The walk through a vault compares what is kept beside the bodies, to find, sort and count them, with what it is derived from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from shipped import PACKS
from stored_desk import StoredVault
from taizhang_db import RecoveryCode, Vault, open_vault
from taizhang_db.engine import for_writing
from taizhang_db.verifying import verify

STORED = Path(__file__).parents[1] / "data" / "vaults" / "0.1.0"
NOT_AS_IT_IS = "处与内容不符，列表、查找或统计可能不准，内容本身没有改动；请先把整个文件夹另存一份，再从备份恢复"


class JobStoppedError(Exception):
    pass


@pytest.fixture
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    """A real vault that holds something of everything: the town's, or the bureau's where a test asks for it."""
    stored = STORED / getattr(request, "param", "town")
    shutil.copytree(stored / "vault", tmp_path / "台账")
    content = msgspec.json.decode((stored / "content.json").read_bytes(), type=StoredVault)
    with open_vault(tmp_path / "台账", RecoveryCode(content.recovery_code)) as opened:
        yield opened


def change(vault: Vault, statement: str) -> None:
    """What nobody can do through the program; it must hit something."""
    with for_writing(vault.engine).begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        frozen = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%filing%'"
        for (name,) in connection.exec_driver_sql(frozen).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert connection.exec_driver_sql(statement).rowcount > 0


OF_A_TOWN = {
    "the name in a case": ("UPDATE cases SET name = '别人' WHERE seq = 3", "案件的列表栏目有1"),
    "the stage of a case": ("UPDATE cases SET stage = 'x' WHERE seq = 3", "案件的列表栏目有1"),
    "the clock of a case": ("UPDATE cases SET clock = 'x' WHERE seq = 3", "案件的列表栏目有1"),
    "the head that a case carries": ("UPDATE cases SET head_name = '别人' WHERE seq = 3", "案件的列表栏目有1"),
    "words of a case that are gone": (
        "DELETE FROM case_words WHERE rowid = (SELECT min(rowid) FROM case_words)",
        "查找案件用的词有1",
    ),
    "words of a case that is not there": (
        "INSERT INTO case_words (rowid, words) VALUES (99999, 'c4e00')",
        "查找案件用的词有1",
    ),
    "words of a case that are another's": (
        "INSERT OR REPLACE INTO case_words (rowid, words) SELECT max(rowid), 'c4e00 s c4e01' FROM case_words",
        "查找案件用的词有1",
    ),
    "a tally": ("UPDATE case_tally SET n = n + 1 WHERE sort = 'step' AND value = ''", "案件的分段计数有"),
    "a tally that is gone": ("DELETE FROM case_tally WHERE sort = 'source'", "案件的分段计数有"),
    "the village of a household": ("UPDATE households SET village_code = 'x' WHERE seq = 1", "户的列表栏目有1"),
    "a name by which a household is found": (
        "DELETE FROM household_names WHERE household_seq = 1",
        "按姓名和证件号码找户的索引有1",
    ),
    "a number by which a household is found": (
        "UPDATE household_numbers SET id_number = 'x' WHERE id_number = (SELECT min(id_number) FROM household_numbers)",
        "按姓名和证件号码找户的索引有1",
    ),
    "words of a household": ("DELETE FROM household_words WHERE rowid = 1", "查找户用的词有1"),
    "the number of a letter": ("UPDATE letters SET serial = serial + 90 WHERE seq = 1", "告知书的列表栏目有1"),
    "the month of a filing": ("UPDATE filings SET month = '2019-05' WHERE seq = 1", "封存的台账的列表栏目有1"),
    "a line of a filing": (
        "DELETE FROM filing_lines WHERE case_id = (SELECT min(case_id) FROM filing_lines)",
        "封存的台账里有哪些案件有",
    ),
    "the number of a package": ("UPDATE packages SET number = 77 WHERE seq = 1", "数据包登记的列表栏目有1"),
    "the case of an attachment": (
        "UPDATE attachments SET case_id = (SELECT id FROM cases WHERE id <> case_id LIMIT 1) WHERE seq = 1",
        "附件登记的列表栏目有1",
    ),
}
OF_A_BUREAU = {
    "the month of a list": ("UPDATE list_imports SET month = '2019-05' WHERE seq = 1", "部门名单的列表栏目有1"),
    "the town of a warning of a list": (
        "UPDATE list_warnings SET town = 'x' WHERE warning_id = (SELECT min(warning_id) FROM list_warnings)",
        "部门名单里的预警有1",
    ),
    "the package of a warning that was sent": (
        "UPDATE sent_warnings SET package = 'x' WHERE warning_id = (SELECT min(warning_id) FROM sent_warnings)",
        "已下发的预警有1",
    ),
    "the count of what was sent": ("UPDATE sent_tally SET n = n + 1", "已下发预警的计数有"),
    "the town of a filing received": ("UPDATE received_filings SET town = 'x' WHERE seq = 1", "镇街报送的列表栏目有1"),
    "the counts of a filing received": (
        "UPDATE received_counts SET body = json_set(body, '$.lines', 99) WHERE filing_seq = 1",
        "镇街报送的计数有1",
    ),
}


@pytest.mark.parametrize(("statement", "told"), OF_A_TOWN.values(), ids=OF_A_TOWN.keys())
def test_what_a_town_derives_is_told_where_it_differs(vault: Vault, statement: str, told: str) -> None:
    change(vault, statement)
    assert_told(vault, told)


@pytest.mark.parametrize("vault", ["bureau"], indirect=True)
@pytest.mark.parametrize(("statement", "told"), OF_A_BUREAU.values(), ids=OF_A_BUREAU.keys())
def test_what_a_bureau_derives_is_told_where_it_differs(vault: Vault, statement: str, told: str) -> None:
    change(vault, statement)
    assert_told(vault, told)


def assert_told(vault: Vault, told: str) -> None:
    """What differs is named first. What is counted from it may be named too: nothing tells which of the two is wrong."""
    says = [finding.says for finding in verify(vault, PACKS).findings]
    assert any(said.startswith(told) and said.endswith(NOT_AS_IT_IS) for said in says), says


def test_no_body_that_is_itself_in_doubt_is_a_measure(vault: Vault) -> None:
    change(vault, "UPDATE case_bodies SET body = replace(body, '370215001', '370215002') WHERE case_seq = 3")
    change(vault, "UPDATE cases SET stage = 'x' WHERE seq = 4")
    assert [finding.says for finding in verify(vault, PACKS).findings] == [
        "案件有1处与更改记录不符，请从备份恢复并核对"
    ]


def test_it_can_be_stopped_in_the_midst_of_a_part(vault: Vault) -> None:
    every: list[tuple[int, int]] = []
    verify(vault, PACKS, lambda done, total: every.append((done, total)))
    inside = next(step for step in every if 3_000 < step[0] < 4_000)

    def stop(done: int, total: int) -> None:
        if (done, total) == inside:
            raise JobStoppedError

    with pytest.raises(JobStoppedError):
        verify(vault, PACKS, stop)
    assert verify(vault, PACKS).findings == ()
