"""What this PC saw of a vault, kept in a folder of its own and in its keyring: true doubts are told, decisions are not doubted."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asked import keyring_asked
from taizhang_casework.domain.case import Case
from taizhang_db import Argon2Cost, SystemKeyring, Vault, create_vault, open_vault
from taizhang_db.seen import MOST_DECISIONS, Seen, parsed, record
from taizhang_db.third_head import place_of
from taizhang_db.trouble import OlderData, OtherHistory
from watched_town import WORDS, WatchedTown

if sys.platform == "linux":
    from keyring_session import Session

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
CaseOf = Callable[..., Case]
KEEPERS = ["folder", "keyring"] if sys.platform == "linux" else ["folder"]
"""A gnome-keyring of the test's own is Linux; what is kept in a folder is the same everywhere."""


@pytest.fixture
def by_folder(tmp_path: Path, case_of: CaseOf) -> WatchedTown:
    """On a PC without a keyring."""
    create_vault(tmp_path / "data" / "town", WORDS, cost=CHEAP)
    return WatchedTown(tmp_path / "data" / "town", tmp_path / "state" / "heads", case_of)


@pytest.fixture
def by_keyring(tmp_path: Path, case_of: CaseOf, monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchedTown]:
    with tempfile.TemporaryDirectory(prefix="kr") as place:
        session = Session(Path(place))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        create_vault(tmp_path / "data" / "town", WORDS, keyring=SystemKeyring(), cost=CHEAP)
        yield WatchedTown(tmp_path / "data" / "town", None, case_of)
        keyring_asked()
        session.close()


@pytest.fixture(params=KEEPERS)
def town(request: pytest.FixtureRequest) -> WatchedTown:
    watched: WatchedTown = request.getfixturevalue(f"by_{request.param}")
    return watched


def test_every_file_put_back_together_is_told_with_the_number_of_changes_that_are_missing(town: WatchedTown) -> None:
    assert town.work("c1") == []
    whole = town.kept_aside()
    assert town.work("c2", "c3") == []
    town.put_back(whole)
    (told,) = town.work()
    assert isinstance(told, OlderData)
    assert told.lost == 2


def test_the_doubt_stands_until_somebody_with_the_right_goes_on(by_folder: WatchedTown) -> None:
    by_folder.work("c1")
    whole = by_folder.kept_aside()
    by_folder.work("c2", "c3")
    by_folder.put_back(whole)
    for _ in range(3):
        (told,) = by_folder.work("c4")
        assert isinstance(told, OlderData)
        assert told.lost == 2
    by_folder.go_on_although_older()
    assert by_folder.work("c5") == []
    assert by_folder.work() == []


def test_data_that_nobody_settled_are_not_kept_as_the_newest(by_folder: WatchedTown) -> None:
    by_folder.work("c1")
    whole = by_folder.kept_aside()
    by_folder.work("c2")
    by_folder.put_back(whole)
    with open_vault(by_folder.folder, WORDS, although_doubtful=True, heads=by_folder.heads) as vault:
        vault.watch(SystemKeyring())
        by_folder.save(vault, "c4", "c5")
    (told,) = by_folder.work()
    assert isinstance(told, OtherHistory)


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11-24: a gnome-keyring of the test's own is Linux")
def test_what_the_keyring_alone_knew_is_told_and_stands_at_the_next_opening_where_this_pc_has_a_folder(
    by_keyring: WatchedTown, tmp_path: Path
) -> None:
    """The whole folder and this PC's own were put back together: nobody waits for the keyring, so it tells at the desk."""
    by_keyring.work("c1")
    whole = by_keyring.kept_aside()
    by_keyring.work("c2", "c3")
    by_keyring.put_back(whole)
    by_keyring.heads = tmp_path / "state" / "heads"
    (told,) = by_keyring.work("c4", "c5")
    assert isinstance(told, OlderData)
    assert told.lost == 2
    (again,) = by_keyring.work()
    assert isinstance(again, OtherHistory)
    by_keyring.go_on_although_older()
    assert by_keyring.work("c6") == []
    assert by_keyring.work() == []


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11-24: a gnome-keyring of the test's own is Linux")
def test_a_pc_without_a_folder_is_told_by_its_keyring_once(by_keyring: WatchedTown) -> None:
    by_keyring.work("c1")
    whole = by_keyring.kept_aside()
    by_keyring.work("c2")
    by_keyring.put_back(whole)
    assert len(by_keyring.work()) == 1
    assert by_keyring.work("c4") == []


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11-24: a gnome-keyring of the test's own is Linux")
def test_a_command_that_asks_the_keyring_takes_nothing_from_it(by_keyring: WatchedTown) -> None:
    by_keyring.work("c1")
    whole = by_keyring.kept_aside()
    by_keyring.work("c2")
    by_keyring.put_back(whole)
    for _ in range(2):
        with open_vault(by_keyring.folder, WORDS) as vault:
            (told,) = vault.ask(SystemKeyring())
        assert isinstance(told, OlderData)


def test_a_folder_that_went_another_way_is_told(town: WatchedTown) -> None:
    town.work("c1")
    whole = town.kept_aside()
    town.work("c2")
    town.put_back(whole)
    town.work_unwatched("c3", "c4")
    (told,) = town.work()
    assert isinstance(told, OtherHistory)


def test_what_was_done_on_another_pc_in_between_is_no_doubt(town: WatchedTown) -> None:
    town.work("c1")
    town.work_unwatched("c2")
    assert town.work("c3") == []


@pytest.mark.parametrize("decide", ["restore", "go on"])
def test_data_that_somebody_with_the_right_took_for_the_newest_are_not_doubted(town: WatchedTown, decide: str) -> None:
    town.work("c1")
    decided(town, decide)
    assert town.work("c3") == []
    assert town.work("c4") == []


@pytest.mark.parametrize("decide", ["restore", "go on"])
def test_nor_where_this_pc_was_not_asked_until_work_had_gone_on(town: WatchedTown, decide: str) -> None:
    town.work("c1")
    decided(town, decide)
    town.work_unwatched("c3")
    assert town.work() == []
    assert town.work("c4") == []


@pytest.mark.parametrize("decide", ["restore", "go on"])
def test_a_decision_that_this_pc_knew_of_hides_no_older_folder(town: WatchedTown, decide: str) -> None:
    """The newest thing that the journal of the older folder says is the decision itself."""
    town.work("c1")
    decided(town, decide)
    whole = town.kept_aside()
    town.work("c3", "c4")
    town.put_back(whole)
    (told,) = town.work()
    assert isinstance(told, OlderData)
    assert told.lost == 2


def test_an_older_folder_is_told_though_more_was_decided_on_after_it(town: WatchedTown) -> None:
    town.work("c1")
    file = town.back_up()
    town.restore(file)
    town.work("c2")
    whole = town.kept_aside()
    town.restore(file)
    town.work("c3")
    town.put_back(whole)
    (told,) = town.work()
    assert isinstance(told, OtherHistory)


def test_the_same_backup_is_restored_again_and_again_without_a_doubt(town: WatchedTown) -> None:
    town.work("c1")
    file = town.back_up()
    for case in ("c2", "c3", "c4"):
        town.work(case)
        town.restore(file)
        assert town.work() == []


def decided(town: WatchedTown, how: str) -> None:
    """Work that is lost, and the decision to go on without it."""
    if how == "restore":
        file = town.back_up()
        town.work("c2")
        town.restore(file)
        return
    older = (town.folder / "cases.db").read_bytes()
    town.work("c2")
    (town.folder / "cases.db").write_bytes(older)
    town.go_on_although_older()


def kept(town: WatchedTown, vault: Vault) -> Seen | None:
    """What the newer of the two records tells."""
    assert town.heads is not None
    content = place_of(town.heads, vault.id).read_bytes()
    both = [parsed(content[at:], vault.inside.head) for at in (0, len(content) // 2)]
    return max((seen for seen in both if seen is not None), key=lambda seen: seen.head.seq, default=None)


def test_each_commit_is_kept_at_once_so_that_a_killed_program_has_told_it(by_folder: WatchedTown) -> None:
    with open_vault(by_folder.folder, WORDS, heads=by_folder.heads) as vault:
        vault.watch(SystemKeyring())
        for number in range(5):
            by_folder.save(vault, f"c{number}")
            seen = kept(by_folder, vault)
            assert seen is not None
            assert seen.head.seq == number + 1


@pytest.mark.parametrize("half", [0, 1], ids=["the first", "the second"])
def test_where_one_record_is_torn_the_other_counts(by_folder: WatchedTown, half: int) -> None:
    by_folder.work("c1")
    whole = by_folder.kept_aside()
    by_folder.work("c2", "c3")
    assert by_folder.heads is not None
    (file,) = by_folder.heads.iterdir()
    content = bytearray(file.read_bytes())
    content[half * len(content) // 2 + 12] ^= 1
    file.write_bytes(content)
    by_folder.put_back(whole)
    (told,) = by_folder.work()
    assert isinstance(told, OlderData)
    assert told.lost in {1, 2}


def test_a_head_that_is_damaged_or_another_vaults_is_no_doubt_and_is_replaced(
    by_folder: WatchedTown, tmp_path: Path, case_of: CaseOf
) -> None:
    by_folder.work("c1")
    assert by_folder.heads is not None
    (file,) = by_folder.heads.iterdir()
    create_vault(tmp_path / "data" / "other", WORDS, cost=CHEAP)
    other = WatchedTown(tmp_path / "data" / "other", by_folder.heads, case_of)
    other.work("c1", "c2", "c3")
    (theirs,) = set(by_folder.heads.iterdir()) - {file}
    for content in (b"", b"\0" * 5_000, theirs.read_bytes()):
        file.write_bytes(content)
        assert by_folder.work() == []
        assert file.read_bytes() != content


def test_a_pc_that_cannot_write_there_works_as_if_it_kept_nothing(by_folder: WatchedTown) -> None:
    assert by_folder.heads is not None
    by_folder.heads.parent.mkdir()
    by_folder.heads.write_text("a file where the folder should be")
    assert by_folder.work("c1") == []
    assert by_folder.work("c2") == []


def test_a_folder_that_goes_away_meanwhile_stops_no_work(by_folder: WatchedTown) -> None:
    with open_vault(by_folder.folder, WORDS, heads=by_folder.heads) as vault:
        vault.watch(SystemKeyring())
        assert by_folder.heads is not None
        for file in by_folder.heads.iterdir():
            file.unlink()
        by_folder.heads.rmdir()
        by_folder.save(vault, "c1")
    assert by_folder.work("c2") == []


def test_a_passing_file_of_a_killed_program_goes(by_folder: WatchedTown) -> None:
    by_folder.work("c1")
    assert by_folder.heads is not None
    (file,) = by_folder.heads.iterdir()
    file.with_name(f".{file.name}.x1").write_bytes(b"half")
    by_folder.work_unwatched("c2")
    by_folder.work("c3")
    assert list(by_folder.heads.iterdir()) == [file]


def test_locking_and_unlocking_compare_again(by_folder: WatchedTown) -> None:
    told: list[object] = []
    with open_vault(by_folder.folder, WORDS, heads=by_folder.heads) as vault:
        vault.news.listen(told.append)
        vault.watch(SystemKeyring())
        by_folder.save(vault, "c1")
        vault.lock_up()
        vault.unlock(WORDS)
        vault.watch(SystemKeyring())
        by_folder.save(vault, "c2")
        seen = kept(by_folder, vault)
    assert told == []
    assert seen is not None
    assert seen.head.seq == 2


def test_a_record_tells_the_newest_decisions_and_is_signed_to_the_vault(vault: Vault) -> None:
    seal, store_head = vault.inside.head, vault.inside.head.read()
    for count in (0, 1, MOST_DECISIONS):
        seen = Seen(store_head, tuple(number.to_bytes(8, "big") for number in range(count)))
        content = record(seen, seal)
        assert parsed(content + b"\0\0\0", seal) == seen
        for at in range(len(content)):
            touched = bytearray(content)
            touched[at] ^= 1
            assert parsed(bytes(touched), seal) is None
        assert parsed(content[:-1], seal) is None
    many = Seen(store_head, tuple(number.to_bytes(8, "big") for number in range(MOST_DECISIONS + 3)))
    told = parsed(record(many, seal), seal)
    assert told is not None
    assert told.decisions == many.decisions[3:]
