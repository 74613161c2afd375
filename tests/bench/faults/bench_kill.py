"""kill -9 at random points under load: what was acknowledged is there, nothing needs repair, and nothing is doubted."""

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from fault_changes import CHANGES, Done, Event, lost
from fault_child import FOUNDING, MIGRATION, RESTORE
from fault_founding import faults_after_founding
from fault_office import chance_of, copied, faults_in, found, opened
from fault_older import found_older, is_up_to_date
from fault_restore import NOT_IN_PLACE, faults_after, found_with_backup
from taizhang_casework.domain.trouble import OfficeTrouble

ROUNDS = 300
AFRESH = 10
"""Rounds after which a kind begins again with a young vault: what is frozen grows with each month that is frozen."""
CHILD = Path(__file__).with_name("fault_child.py")
LONGEST_SECONDS = 0.6
"""After the child has begun to open the vault: some tens of changes."""
IN_A_DATA_FOLDER: dict[str, tuple[Callable[[Path], None], Callable[[Path, list[Done]], tuple[str, ...]]]] = {
    FOUNDING: (Path.mkdir, faults_after_founding),
    RESTORE: (found_with_backup, faults_after),
}
"""What changes not one vault but the folder that vaults are in: how that begins, and what is wrong with it afterwards."""


class Tally(msgspec.Struct, kw_only=True):
    """What came of the rounds of one kind. ``litter``: half-written files that are still there after the next opening."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    repairs: int = 0
    doubts: int = 0
    litter: int = 0
    said: list[str] = msgspec.field(default_factory=list)


def killed(folder: Path, kind: str, seconds: float) -> list[Event]:
    """Let a child change the vault, kill it after so many seconds, and give what it had said."""
    with subprocess.Popen(
        [sys.executable, CHILD, folder, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        assert first.strip() == b"ready", "the child did not start"
        threading.Event().wait(seconds)
        child.kill()
        said = child.stdout.read()
    lines = said[: said.rfind(b"\n") + 1].splitlines()
    return [msgspec.json.decode(line, type=Event) for line in lines if line.startswith(b"{")]


def kill_rounds(kind: str, rounds: int, chance: random.Random, place: Path) -> Tally:
    """So many rounds of one kind; each child opens what the one before left, and a copy of that is judged."""
    if kind in IN_A_DATA_FOLDER:
        return data_rounds(kind, rounds, chance, place)
    tally, folder, template = Tally(), place / kind, place / f"{kind}-template"
    (found_older if kind == MIGRATION else found)(template)
    longest = _migration_seconds(copied(template, folder)) if kind == MIGRATION else LONGEST_SECONDS
    events: list[Event] = []
    for number in range(rounds):
        if kind == MIGRATION or number % AFRESH == 0:
            copied(template, folder)
            events = []
        said = killed(folder, kind, chance.uniform(0, longest))
        events += said
        tally.rounds += 1
        tally.acknowledged += sum(isinstance(event, Done) for event in said)
        _judge(tally, copied(folder, place / "judged"), kind, events)
    return tally


def data_rounds(kind: str, rounds: int, chance: random.Random, place: Path) -> Tally:
    """So many rounds of founding or restoring; each child goes on in the folder that the one before left, and a copy is judged."""
    tally, data, template = Tally(), place / "data", place / "data-template"
    begin, judged = IN_A_DATA_FOLDER[kind]
    begin(template)
    for number in range(rounds):
        if number % AFRESH == 0:
            copied(template, data)
        done = [event for event in killed(data, kind, chance.uniform(0, LONGEST_SECONDS)) if isinstance(event, Done)]
        tally.rounds += 1
        tally.acknowledged += len(done)
        try:
            faults = judged(copied(data, place / "judged"), done)
        except OfficeTrouble as trouble:
            tally.doubts += 1
            faults = (str(trouble),)
        tally.lost += NOT_IN_PLACE in faults
        tally.repairs += bool(faults)
        tally.said += [f"{kind}: {fault}" for fault in faults]
    return tally


def _judge(tally: Tally, folder: Path, kind: str, events: list[Event]) -> None:
    try:
        with opened(folder) as office:
            faults = faults_in(office.vault)
            if kind == MIGRATION and not is_up_to_date(office.vault):
                faults += ("the migration did not end",)
        tally.lost += lost(folder, events)
    except OfficeTrouble as trouble:
        tally.doubts += 1
        tally.said.append(f"{kind}: {trouble}")
        return
    tally.repairs += bool(faults)
    tally.said += [f"{kind}: {fault}" for fault in faults]
    left = [path.name for path in folder.rglob("*") if path.name.startswith(".") or path.name.endswith(".part")]
    tally.litter += len(left)
    tally.said += [f"{kind}: left {name}" for name in left]


def _migration_seconds(folder: Path) -> float:
    """How long opening and migrating takes here, so that it is cut at every point."""
    with subprocess.Popen(
        [sys.executable, CHILD, folder, MIGRATION], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"ready"
        began = time.perf_counter()
        assert child.stdout.readline().strip() == b"migrated"
        seconds = time.perf_counter() - began
        child.kill()
    return seconds


def kill_all(rounds: int, seed: int) -> dict[str, Tally]:
    """So many rounds, shared out over all kinds of write."""
    kinds = (*CHANGES, MIGRATION, *IN_A_DATA_FOLDER)
    chance = chance_of(seed)
    with tempfile.TemporaryDirectory(prefix="taizhang-kill-") as name:
        return {kind: kill_rounds(kind, -(-rounds // len(kinds)), chance, Path(name)) for kind in kinds}


def main() -> None:
    """Print one JSON object."""
    tallies = kill_all(ROUNDS, 2022)
    whole = {
        name: sum(getattr(tally, name) for tally in tallies.values())
        for name in ("rounds", "acknowledged", "lost", "repairs", "doubts", "litter")
    }
    print(json.dumps({**whole, "kinds": msgspec.to_builtins(tallies)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
