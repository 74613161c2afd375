"""A disk that fills up at random points: nothing acknowledged is lost, one clear sentence each, closing works, and so does going on."""

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path

import msgspec
from fault_changes import BACKUPS, CHANGES, Done, Event, lost
from fault_child import MIGRATION
from fault_office import WORDS, OpenedOffice, chance_of, copied, faults_in, found, opened
from fault_older import found_older, is_up_to_date
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import open_vault
from taizhang_db.backup.trouble import PlaceFull
from taizhang_db.trouble import DiskFull, DiskNearlyFull

sys.path.append(str(Path(__file__).resolve().parents[2] / "shared"))

from small_disk import SmallDisk, small_disk

ROUNDS = 100
MEBIBYTES = 48
MOST_ROOM = 512 << 10
"""Bytes left when the disk begins to fill in earnest."""
MOST_CHANGES = 500


class Tally(msgspec.Struct, kw_only=True):
    """What came of the rounds. ``closed_while_full`` and ``went_on`` count what worked; the others what did not."""

    rounds: int = 0
    acknowledged: int = 0
    sentences: Counter[str] = msgspec.field(default_factory=Counter)
    warned: int = 0
    closed_while_full: int = 0
    went_on: int = 0
    lost: int = 0
    repairs: int = 0
    wrong: list[str] = msgspec.field(default_factory=list)


def fill_up(disk: SmallDisk, kind: str, template: Path, chance: random.Random, tally: Tally) -> None:
    """One round: work while the disk fills, hear the sentence, close or go on, make room, and look at everything."""
    disk.make_room()
    shutil.rmtree(disk.folder / BACKUPS, ignore_errors=True)
    folder = copied(template, disk.folder / "台账")
    events: list[Event] = []
    tally.rounds += 1
    if kind == MIGRATION:
        _open_older(disk, folder, chance, tally)
    else:
        with opened(folder) as office:
            _work(disk, office, kind, chance, events, tally)
            if chance.random() < 0.5:
                disk.make_room()
                _go_on(office, events, tally)
    tally.closed_while_full += disk.free < MOST_ROOM
    disk.make_room()
    tally.acknowledged += sum(isinstance(event, Done) for event in events)
    tally.lost += lost(folder, events)
    with opened(folder) as office:
        faults = faults_in(office.vault)
        tally.repairs += bool(faults) or (kind == MIGRATION and not is_up_to_date(office.vault))
        tally.wrong += faults
        _go_on(office, events, tally)


def _work(
    disk: SmallDisk, office: OpenedOffice, kind: str, chance: random.Random, events: list[Event], tally: Tally
) -> None:
    """Change after change, while somebody else takes the room, until one is refused."""
    news: list[object] = []
    office.vault.news.listen(news.append)
    disk.fill(chance.randrange(MOST_ROOM))
    for number in count():
        try:
            CHANGES[kind](office, number, events.append)
        except OfficeTrouble as trouble:
            _heard(trouble, tally)
            break
        if number > MOST_CHANGES:
            tally.wrong.append(f"{kind}: a full disk was never noticed")
            break
        disk.fill(max(0, disk.free - chance.randrange(MOST_ROOM)))
    tally.warned += [type(each) for each in news] == [DiskNearlyFull]
    with office.store.reading() as desk:
        assert desk.cases.all_ids()


def _heard(trouble: OfficeTrouble, tally: Tally) -> None:
    tally.sentences[trouble.happened.partition("，约需")[0]] += 1
    if not isinstance(trouble, DiskFull | PlaceFull) or str(trouble).count("。") != 3:
        tally.wrong.append(f"{type(trouble).__name__}: {trouble}")


def _go_on(office: OpenedOffice, events: list[Event], tally: Tally) -> None:
    CHANGES["case"](office, len(events), events.append)
    tally.went_on += 1


def _open_older(disk: SmallDisk, folder: Path, chance: random.Random, tally: Tally) -> None:
    """An upgrade that may find no room; the vault is as it was, or as it will be."""
    disk.fill(chance.randrange(MOST_ROOM * 2))
    try:
        open_vault(folder, WORDS).close()
    except OfficeTrouble as trouble:
        _heard(trouble, tally)


def fill_all(rounds: int, seed: int) -> Tally:
    """So many rounds over all kinds of write. Raises CannotMount."""
    chance, tally, kinds = chance_of(seed), Tally(), (*CHANGES, MIGRATION)
    with tempfile.TemporaryDirectory(prefix="taizhang-full-") as name:
        place = Path(name)
        found(place / "founded")
        found_older(place / "older")
        with small_disk(place / "disk", MEBIBYTES) as disk:
            for number in range(rounds):
                kind = kinds[number % len(kinds)]
                fill_up(disk, kind, place / ("older" if kind == MIGRATION else "founded"), chance, tally)
    return tally


def main() -> None:
    """Print one JSON object."""
    print(json.dumps(msgspec.to_builtins(fill_all(ROUNDS, 2022)), ensure_ascii=False))


if __name__ == "__main__":
    main()
