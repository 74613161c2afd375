"""A few rounds of every fault; ``dev.py bench --faults`` does them by the hundred and prints the figures."""

import os
import shutil
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip(
        "2026-11-24: kill -9, mounts and a private gnome-keyring are POSIX; the rules of Windows have tests of their own",
        allow_module_level=True,
    )

import bench_disk_full
import bench_flips
import bench_kill
import bench_old_versions
from bench_flips import Found
from fault_changes import CHANGES, About, Done, Event, lost, may_open, take_case
from fault_child import FOUNDING, MIGRATION, RESTORE
from fault_office import chance_of, faults_in, found, opened
from msgspec.structs import replace
from small_disk import CannotMount, pulled_stick, small_disk
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.warning import WarningId
from taizhang_db import FromKeyring
from taizhang_db.backup.trouble import PlaceFull
from taizhang_db.ballast import NEARLY_FULL_BYTES, PLENTY_BYTES
from taizhang_db.trouble import DiskFull, DiskNearlyFull, DiskTrouble


def done(*, passphrase: str = "", code: str = "") -> Done:
    return Done(seq=1, hash="", passphrase=passphrase, code=code)


def cannot_mount(why: CannotMount) -> None:
    """Skip where a developer is not root; on the machine that tests for all, a mount has to be possible."""
    if os.environ.get("CI") and os.geteuid() == 0:
        pytest.fail(f"mounting is not possible here: {why}", pytrace=False)
    pytest.skip(f"2026-11-24: a small file system needs the rights to mount: {why}")


@pytest.mark.parametrize("kind", [*CHANGES, MIGRATION, RESTORE, FOUNDING])
def test_a_program_killed_while_it_writes_loses_nothing_acknowledged_and_needs_no_repair(
    kind: str, tmp_path: Path
) -> None:
    tally = bench_kill.kill_rounds(kind, 2, chance_of(len(kind)), tmp_path)
    assert (tally.lost, tally.repairs, tally.doubts, tally.litter, tally.said) == (0, 0, 0, 0, [])


@pytest.mark.parametrize(
    ("events", "passphrases", "codes"),
    [
        pytest.param([done(passphrase="a"), About("b")], ["a", "b"], [], id="one that was about to be given"),
        pytest.param([done(passphrase="a"), About("b"), About("c")], ["a", "b", "c"], [], id="killed twice"),
        pytest.param([About("a")], [], [], id="nothing was acknowledged"),
        pytest.param([done(code="1"), done(passphrase="a")], ["a"], ["1"], id="the last code"),
        pytest.param([done(code="1"), About(), About("a")], [], [], id="a code that nobody was shown"),
        pytest.param([done(code="1"), About(), done(code="2")], [], ["2"], id="a code after that"),
    ],
)
def test_a_judge_knows_which_way_in_must_be_right(
    events: list[Event], passphrases: list[str], codes: list[str]
) -> None:
    ways = may_open(events)
    assert [[way.text for way in each if not isinstance(way, FromKeyring)] for each in ways] == [passphrases, codes]


def test_a_disk_that_fills_up_loses_nothing_acknowledged_and_says_one_sentence() -> None:
    try:
        tally = bench_disk_full.fill_all(15, 2022)
    except CannotMount as why:
        cannot_mount(why)
        return
    assert (tally.lost, tally.repairs, tally.wrong) == (0, 0, [])
    assert set(tally.sentences) <= {DiskFull().happened, PlaceFull().happened}
    assert tally.went_on >= tally.rounds


def test_no_flipped_bit_and_no_lost_tail_goes_undetected() -> None:
    outcome = bench_flips.flip_all(dict.fromkeys(bench_flips.FLIPS, 15), 10, 2022)
    assert {file: counted[Found.UNDETECTED] for file, counted in outcome.items() if counted[Found.UNDETECTED]} == {}
    assert {file for file, counted in outcome.items() if counted[Found.NO_EFFECT]} <= {"cases.db-wal cut off"}


@pytest.mark.parametrize("with_keyring", [True, False], ids=["on a pc with a keyring", "on a pc without"])
def test_no_old_version_that_is_put_back_goes_undetected(with_keyring: bool) -> None:
    outcome = bench_old_versions.put_back_all(24, 2022, with_keyring=with_keyring)
    assert {files: counted[Found.UNDETECTED] for files, counted in outcome.items() if counted[Found.UNDETECTED]} == {}
    everything = outcome["case file + wal + key file + copy + head"]
    assert everything[Found.BY_THIS_PC] == everything.total() > 0


def test_a_full_disk_still_saves_and_closes_because_of_the_ballast(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", 64) as disk:
            folder = disk.folder / "台账"
            found(folder)
            news: list[object] = []
            with opened(folder) as office:
                office.vault.news.listen(news.append)
                ballast = folder / "vault.ballast"
                assert ballast.stat().st_blocks * 512 >= 4 << 20
                disk.fill(0)
                for number in range(30):
                    take_case(office, number, lambda _: None)
                assert [type(each) for each in news] == [DiskNearlyFull]
                assert not ballast.exists()
            assert not (folder / "cases.db-wal").exists()
            assert disk.free < NEARLY_FULL_BYTES
            with opened(folder) as office:
                assert faults_in(office.vault) == ()
                assert not ballast.exists()
            disk.make_room()
            assert disk.free > PLENTY_BYTES
            with opened(folder):
                assert ballast.exists()
    except CannotMount as why:
        cannot_mount(why)


def test_a_change_that_finds_no_room_gives_the_ballast_up_so_that_the_next_smaller_one_is_saved(tmp_path: Path) -> None:
    def far_too_much() -> None:
        with office.store.change(Operation.TAKE_LIST, office.work.user) as desk:
            disk.fill(0)
            (case,) = desk.cases.many(desk.cases.all_ids()[:1])
            for number in range(1_000):
                warning = replace(case.warning, id=WarningId(f"w{number}"), detail="长" * 5_000)
                desk.cases.save(replace(case, id=CaseId(f"c{number}"), warning=warning))

    try:
        with small_disk(tmp_path / "disk", 64) as disk:
            found(disk.folder / "台账")
            with opened(disk.folder / "台账") as office:
                with pytest.raises(DiskFull):
                    far_too_much()
                take_case(office, 0, lambda _: None)
                assert faults_in(office.vault) == ()
    except CannotMount as why:
        cannot_mount(why)


@pytest.mark.skipif(shutil.which("mkfs.ext4") is None, reason="2026-11-24: the stick is an ext4 file system")
def test_a_stick_that_is_pulled_out_is_said_loses_nothing_and_works_again_when_it_is_back(tmp_path: Path) -> None:
    try:
        with pulled_stick(tmp_path / "stick", 48) as stick:
            folder = stick.folder / "台账 在U盘"
            found(folder)
            events: list[Event] = []
            with opened(folder) as office:
                take_case(office, 1, events.append)
                stick.pull()
                for _ in range(3):
                    with pytest.raises(DiskTrouble):
                        take_case(office, 2, events.append)
                    with pytest.raises(DiskTrouble):
                        office.store.journal_head()
                stick.take_out()
                with pytest.raises(DiskTrouble):
                    take_case(office, 2, events.append)
                stick.plug_in()
                take_case(office, 3, events.append)
            assert lost(folder, events) == 0
            with opened(folder) as office:
                assert faults_in(office.vault) == ()
    except CannotMount as why:
        cannot_mount(why)
