"""Old versions of files put back, alone and together: each is said, or the vault is as new all the same."""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench_flips import Found, judge, truth_of
from fault_changes import CHANGES
from fault_office import ADMINISTRATOR, chance_of, copied, found, opened
from taizhang_db import SystemKeyring, Vault
from taizhang_db.journal import journal_head
from taizhang_db.looking import look
from taizhang_db.opening import check_heads_here
from taizhang_db.seen import Seen, decisions_in
from taizhang_db.third_head import ThirdHead
from taizhang_db.trouble import Doubtful

sys.path.append(str(Path(__file__).resolve().parents[2] / "shared"))

from asked import keyring_asked
from keyring_session import Session

ROUNDS = 200
HISTORY = ("case", "keys", "case", "rotation", "case", "filing", "keys", "case", "case", "keys")


def history(place: Path, *, remembered: bool) -> list[Path]:
    """One vault after each of some days of work: by turns closed as it should be, and with its program killed.

    ``remembered``: the keyring of this PC opens it.
    """
    live, days = place / "live", list[Path]()
    found(live)
    if remembered:
        with opened(live) as office:
            office.store.remember_on_this_pc(SystemKeyring(), ADMINISTRATOR.user)
    for day, kind in enumerate(HISTORY):
        kept = place / f"day-{day}"
        with opened(live) as office:
            for number in range(day * 10, day * 10 + 3):
                CHANGES[kind](office, number, lambda _: None)
            if day % 2:
                copied(live, kept)
        if not day % 2:
            copied(live, kept)
        days.append(kept)
    return days


def kinds_of_file(folder: Path) -> dict[str, list[Path]]:
    """The files of a vault by what they are; a rotation gives the case file another name."""
    case_files = sorted(folder.glob("cases*.db"))
    return {
        "case file": case_files,
        "wal": [wal for file in case_files if (wal := file.with_name(f"{file.name}-wal")).exists()],
        "key file": [folder / "vault.json"],
        "copy": [folder / "vault.json.copy"],
        "head": [folder / "vault.head"],
    }


COMBINATIONS = (
    ("case file",),
    ("case file", "wal"),
    ("wal",),
    ("key file",),
    ("copy",),
    ("key file", "copy"),
    ("case file", "wal", "key file", "copy"),
    ("case file", "wal", "head"),
    ("key file", "copy", "head"),
    ("case file", "head"),
    ("head",),
    ("case file", "wal", "key file", "copy", "head"),
)


def put_back(now: Path, old: Path, combination: tuple[str, ...]) -> None:
    """Let those files of ``now`` be what they were in ``old``; what there was not yet then goes."""
    here, there = kinds_of_file(now), kinds_of_file(old)
    for kind in combination:
        for path in here[kind]:
            path.unlink()
        for path in there[kind]:
            shutil.copy(path, now / path.name)
    if "case file" in combination:
        for shared_memory in now.glob("*-shm"):
            shared_memory.unlink()


@contextmanager
def keyring_session(place: Path) -> Iterator[None]:
    """A real gnome-keyring on a bus of its own."""
    place.mkdir()
    session = Session(place)
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = session.address
    try:
        yield
    finally:
        keyring_asked()
        if before is None:
            del os.environ["DBUS_SESSION_BUS_ADDRESS"]
        else:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
        session.close()


def doubted_here(heads: Path | None, vault: Vault) -> bool:
    """Whether this PC has seen a newer vault, or another one; it takes this one for the newest afterwards."""
    if heads is not None:
        with look(vault) as connection:
            doubts = check_heads_here(connection, vault.id, vault.inside.head, heads)
            newest = Seen(journal_head(connection), decisions_in(connection, vault.id))
        ThirdHead(heads, vault.id, vault.inside.head).begin(newest)
        return bool(doubts)
    told: list[object] = []
    vault.news.listen(told.append)
    vault.watch(SystemKeyring())
    keyring_asked()
    return any(isinstance(news, Doubtful) for news in told)


def put_back_all(rounds: int, seed: int, *, with_keyring: bool) -> dict[str, Counter[Found]]:
    """So many rounds over the combinations; a day and an earlier one by chance.

    On a PC that has nothing but a keyring that opens the vault, or on one that has no keyring and a folder of its own.
    """
    chance = chance_of(seed)
    outcome = {" + ".join(combination): Counter[Found]() for combination in COMBINATIONS}
    with tempfile.TemporaryDirectory(prefix="tz") as name, ExitStack() as closing:
        place = Path(name)
        if with_keyring:
            closing.enter_context(keyring_session(place / "bus"))
        doubted = partial(doubted_here, None if with_keyring else place / "heads")
        days = history(place, remembered=with_keyring)
        truths = {day: truth_of(day, place) for day in days[1:]}
        for number in range(rounds):
            combination = COMBINATIONS[number % len(COMBINATIONS)]
            later = chance.randrange(1, len(days))
            folder = copied(days[later], place / "put-back")
            with opened(copied(days[later], place / "as it was")) as office:
                doubted(office.vault)
            put_back(folder, days[chance.randrange(later)], combination)
            outcome[" + ".join(combination)][judge(folder, truths[days[later]], doubted)] += 1
    return outcome


def main() -> None:
    """Print one JSON object."""
    told, undetected = dict[str, object](), 0
    for pc, with_keyring in (("keyring", True), ("no_keyring", False)):
        outcome = put_back_all(ROUNDS, 2022, with_keyring=with_keyring)
        undetected += sum(counted[Found.UNDETECTED] for counted in outcome.values())
        told[pc] = {
            name: {how.value: counted[how] for how in Found if counted[how]} for name, counted in outcome.items()
        }
    print(json.dumps({"rounds": 2 * ROUNDS, "undetected": undetected, "put_back": told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
