"""The program that is killed: ``fault_child.py FOLDER KIND`` changes a vault for ever and says each acknowledged change on its output."""

import sys
from itertools import count
from pathlib import Path

import msgspec
from fault_changes import CHANGES, Event
from fault_founding import founded
from fault_office import WORDS, at_work, rules
from fault_restore import restored
from taizhang_db import migrating, open_vault

MIGRATION = "migration"
RESTORE = "restore"
FOUNDING = "founding"


def say(event: Event) -> None:
    print(msgspec.json.encode(event).decode(), flush=True)


def main(folder: Path, kind: str) -> None:
    rules()
    if kind == MIGRATION:
        migrating.scripts()
        print("ready", flush=True)
        open_vault(folder, WORDS)
        print("migrated", flush=True)
        sys.stdin.read()
        return
    print("ready", flush=True)
    if kind == RESTORE:
        for done in restored(folder, WORDS):
            say(done)
    if kind == FOUNDING:
        for done in founded(folder):
            say(done)
    office = at_work(open_vault(folder, WORDS))
    for number in count():
        CHANGES[kind](office, number, say)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
