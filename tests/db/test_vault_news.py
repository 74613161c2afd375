"""What a vault tells by itself reaches whoever has it unlocked, once in that time; a doubt about the data is always told."""

from typing import TYPE_CHECKING

import pytest
from taizhang_db import Vault
from taizhang_db.news import VaultNews
from taizhang_db.trouble import DiskNearlyFull, KeyFileMended, OlderData, VaultTrouble

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault


def kinds(heard: list[VaultTrouble]) -> list[type[VaultTrouble]]:
    return [type(each) for each in heard]


def test_a_second_rollback_in_one_run_is_told_as_the_first_was() -> None:
    news, heard = VaultNews(), list[VaultTrouble]()
    news.listen(heard.append)
    for lost in (3, 7, 7):
        news.tell(OlderData(lost))
    assert [each.lost for each in heard if isinstance(each, OlderData)] == [3, 7, 7]


def test_what_is_told_while_a_second_user_unlocks_reaches_the_second_and_not_the_first(made: "MadeVault") -> None:
    first, second = list[VaultTrouble](), list[VaultTrouble]()
    with made.open() as vault:
        vault.news.listen(first.append)
        vault.lock_up()
        (made.folder / "vault.json.copy").write_bytes(b"damaged")
        vault.unlock(made.words)
        vault.news.listen(second.append)
    assert (kinds(first), kinds(second)) == ([], [KeyFileMended])


@pytest.mark.parametrize("news", [DiskNearlyFull(), KeyFileMended("vault.json")], ids=["full disk", "mended key file"])
def test_each_kind_is_told_once_until_the_vault_is_locked_and_once_more_after_it(
    vault: Vault, made: "MadeVault", news: VaultTrouble
) -> None:
    heard: list[VaultTrouble] = []
    for _ in range(2):
        vault.news.listen(heard.append)
        vault.news.tell(news)
        vault.news.tell(news)
        vault.lock_up()
        vault.unlock(made.words)
    assert kinds(heard) == [type(news)] * 2


def test_what_came_while_nobody_listened_waits_through_a_lock(vault: Vault, made: "MadeVault") -> None:
    heard: list[VaultTrouble] = []
    vault.news.tell(KeyFileMended("vault.json"))
    vault.lock_up()
    vault.unlock(made.words)
    vault.news.listen(heard.append)
    assert kinds(heard) == [KeyFileMended]


def test_a_listener_that_leaves_takes_nobody_elses_place() -> None:
    news = VaultNews()
    first, second = list[VaultTrouble](), list[VaultTrouble]()
    hear_first, hear_second = first.append, second.append
    news.listen(hear_first)
    news.leave(hear_first)
    news.tell(DiskNearlyFull())
    news.listen(hear_second)
    news.leave(hear_first)
    news.tell(KeyFileMended("vault.json"))
    assert (kinds(first), kinds(second)) == ([], [DiskNearlyFull, KeyFileMended])
