"""Single flipped bits in every file of a vault: each is said, at opening, at reading or by the walk through it, or changes nothing."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from fault_changes import attach_file
from fault_office import chance_of, copied, everything_in, faults_in, found, opened, take_one
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import Vault

FLIPS = {
    "cases.db": 1_000,
    "cases.db-wal": 300,
    "vault.json": 150,
    "vault.json.copy": 150,
    "vault.head": 100,
    "attachments": 300,
}
TAILS = 100
"""How many in which file; ``dev.py bench --faults``."""


class Found(Enum):
    """How a flipped bit came to light."""

    AT_OPENING = "said_at_opening"
    AT_READING = "said_at_reading"
    MENDED = "mended_and_said"
    BY_THE_WALK = "said_by_verify"
    BY_THIS_PC = "said_by_this_pc"
    NO_EFFECT = "without_effect"
    UNDETECTED = "undetected"


def left_open(place: Path) -> Path:
    """A vault whose program was killed: much of it is in the case file, the newest changes are in the WAL alone."""
    founded, left = place / "founded", place / "left"
    found(founded)
    with opened(founded) as office:
        for number in range(20):
            take_one(office.work, f"只在日志里，第{number}件")
        for number in range(3):
            attach_file(office, number, lambda _: None)
        copied(founded, left)
    return left


def truth_of(folder: Path, place: Path) -> tuple[tuple[object, ...], ...]:
    """What a vault holds, read from a copy."""
    with opened(copied(folder, place / "truth")) as office:
        return everything_in(office.vault)


def judge(folder: Path, truth: tuple[tuple[object, ...], ...], by_pc: Callable[[Vault], bool] | None = None) -> Found:
    """Open a vault that something was done to, read everything, walk through it, and at last ask what this PC saw of it."""
    try:
        with opened(folder) as office:
            mended = bool(office.vault.inside.mended)
            try:
                same = everything_in(office.vault) == truth
            except Exception:  # noqa: BLE001 - whatever it is, it is not silence
                return Found.AT_READING
            if faults_in(office.vault):
                return Found.BY_THE_WALK
            if by_pc is not None and by_pc(office.vault):
                return Found.BY_THIS_PC
            if not same:
                return Found.UNDETECTED
            return Found.MENDED if mended else Found.NO_EFFECT
    except OfficeTrouble:
        return Found.AT_OPENING


def flip(file: Path, bit: int) -> None:
    """Turn one bit over."""
    content = bytearray(file.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)


def flips_in(left: Path, name: str, rounds: int, chance: random.Random, place: Path) -> Counter[Found]:
    """So many single flips in one file, or in those of one folder, each in a copy of its own."""
    truth = truth_of(left, place)
    files = [path for path in sorted((left / name).rglob("*")) if path.is_file()] or [left / name]
    found_how: Counter[Found] = Counter()
    for _ in range(rounds):
        folder = copied(left, place / "flipped")
        file = files[chance.randrange(len(files))]
        flip(folder / file.relative_to(left), chance.randrange(file.stat().st_size * 8))
        found_how[judge(folder, truth)] += 1
    return found_how


def tails_of(left: Path, rounds: int, chance: random.Random, place: Path) -> Counter[Found]:
    """The WAL cut off at so many random places."""
    truth, wal = truth_of(left, place), "cases.db-wal"
    found_how: Counter[Found] = Counter()
    for _ in range(rounds):
        folder = copied(left, place / "cut")
        with (folder / wal).open("r+b") as file:
            file.truncate(chance.randrange((left / wal).stat().st_size))
        found_how[judge(folder, truth)] += 1
    return found_how


def closed(place: Path) -> Path:
    """The same vault after it was closed as it should be: everything is in the case file."""
    shut = copied(place / "left", place / "closed")
    with opened(shut):
        pass
    for name in ("vault.lock", "vault.ballast"):
        (shut / name).unlink(missing_ok=True)
    return shut


def flip_all(flips: dict[str, int], tails: int, seed: int) -> dict[str, Counter[Found]]:
    """Flips in each file, those in the case file in a vault that was closed; and WALs cut off."""
    chance = chance_of(seed)
    with tempfile.TemporaryDirectory(prefix="taizhang-flips-") as name:
        place = Path(name)
        left = left_open(place)
        shut = closed(place)
        outcome = {
            file: flips_in(left if file.endswith("-wal") else shut, file, rounds, chance, place)
            for file, rounds in flips.items()
        }
        outcome["cases.db-wal cut off"] = tails_of(left, tails, chance, place)
    return outcome


def main() -> None:
    """Print one JSON object."""
    outcome = flip_all(FLIPS, TAILS, 2022)
    files = {
        file: {"flips": counted.total(), **{how.value: counted[how] for how in Found}}
        for file, counted in outcome.items()
    }
    undetected = sum(counted[Found.UNDETECTED] for counted in outcome.values())
    print(json.dumps({"flips": sum(FLIPS.values()), "undetected": undetected, "files": files}, ensure_ascii=False))


if __name__ == "__main__":
    main()
