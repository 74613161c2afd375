"""Founding, which makes a vault where none was: one office after another, in the folder that vaults are in."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from fault_changes import Done
from fault_office import ADMINISTRATOR, CHEAP, TOWN, WORDS, FaultClock, faults_in, opened, rules
from taizhang_casework.services.founding import found_office, own_keys
from taizhang_db import Holder, SqlStore, Vault, create_vault
from taizhang_db.backup.restoring import end_cut_off
from taizhang_exchange.packages import PackageCourier


def founded(data: Path) -> Iterator[Done]:
    """Found offices for ever; each time that one is in its place."""
    heads = list[Done]()

    def furnish(vault: Vault) -> None:
        store = SqlStore(vault, FaultClock(), rules().packs)
        found_office(store, PackageCourier(), TOWN, ADMINISTRATOR)
        head = store.journal_head()
        heads.append(Done(seq=head.seq, hash=head.hash))

    for number in count(sum(not folder.name.startswith(".") for folder in data.iterdir())):
        holder = Holder(ADMINISTRATOR.id, ADMINISTRATOR.name)
        create_vault(data / f"第{number}个单位", WORDS, holder=holder, cost=CHEAP, furnish=furnish)
        yield heads[-1]


def faults_after_founding(data: Path, events: list[Done]) -> tuple[str, ...]:
    """What is wrong after the program is started again: every folder has to be a whole office, with those that were said among them."""
    end_cut_off(data)
    faults, heads = tuple[str, ...](), set[str]()
    for folder in sorted(data.iterdir()):
        if folder.name.startswith("."):
            faults += (f"left {folder.name}",)
            continue
        with opened(folder) as office:
            heads.add(office.store.journal_head().hash)
            faults += faults_in(office.vault)
            if own_keys(office.store).card.office != TOWN:
                faults += ("an office that is not what was founded",)
    return faults + tuple("what was founded is not there" for event in events if event.hash not in heads)
