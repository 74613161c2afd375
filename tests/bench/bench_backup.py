"""A backup with its trial restore, and a restore: MB per second, memory, and how many times a plain copy of the same file they take.

The number of cases may be given as an argument.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import timeit
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db import Argon2Cost, Passphrase, SqlStore, create_vault, open_vault
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import restore_beside

CASES, AT_ONCE = 60_000, 2_000
PACKS = {pack.id: pack for pack in shipped_packs()}
SECRET = Passphrase("correct horse battery")
AT = datetime(2022, 4, 29, 9, 0, tzinfo=UTC)
MEGABYTE = 1_000_000
UNIT = 1024 if sys.platform == "linux" else 1
"""Bytes of ``ru_maxrss``."""


class StillClock:
    """Nine o'clock."""

    def now(self) -> datetime:
        """The moment."""
        return AT

    def today(self) -> date:
        """The day."""
        return AT.date()

    def new_id(self) -> str:
        """Not asked for."""
        return "0" * 32


def case_of(number: int) -> Case:
    """One of many cases."""
    warning = Warning(
        id=WarningId(f"w{number:031x}"),
        channel=tuple(Channel)[number % len(Channel)],
        source="民政局",
        detail="家庭成员突发重大疾病，住院及门诊慢特病医疗费用个人负担部分累计超过2万元",
        name="欧阳建国",
        id_number="",
        town_code="370215001",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    return Case(id=CaseId(f"{number:032x}"), warning=warning, opened_on=date(2022, 4, 7), pack=PackId("jimo-2022-1"))


def fill(store: SqlStore, cases: int) -> None:
    """Put the cases in."""
    for start in range(0, cases, AT_ONCE):
        with store.change(Operation.TAKE_PACKAGE, User(name="张三")) as desk:
            for number in range(start, min(start + AT_ONCE, cases)):
                desk.cases.save(case_of(number))


def plain_copy(path: Path, to: Path) -> None:
    """What anybody does who copies the file: it may be no backup, but it is the measure."""
    shutil.copyfile(path, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


def main() -> None:
    """Print one JSON object."""
    create_vault_cost = Argon2Cost(memory_kib=64, passes=1, lanes=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create_vault(folder / "vault", SECRET, cost=create_vault_cost)
        with open_vault(folder / "vault", SECRET) as vault:
            fill(SqlStore(vault, StillClock(), PACKS), int(sys.argv[1]) if sys.argv[1:] else CASES)
            with vault.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
            size = (folder / "vault" / "cases.db").stat().st_size
            copy = timeit.timeit(partial(plain_copy, folder / "vault" / "cases.db", folder / "copy.db"), number=1)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            file = folder / "x.tzbak"
            make = partial(make_backup, BackupSource.of(vault), file, work=folder / "work", clock=lambda: AT)
            made = timeit.timeit(make, number=1)
        restored = timeit.timeit(lambda: restore_beside(file, SECRET, folder / "data").close(), number=1)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    measures = {
        "case_file_mb": round(size / MEGABYTE, 1),
        "backup_and_trial_restore_mb_per_s": round(size / MEGABYTE / made, 1),
        "restore_mb_per_s": round(size / MEGABYTE / restored, 1),
        "backup_to_plain_copy": round(made / copy, 1),
        "restore_to_plain_copy": round(restored / copy, 1),
        "memory_grew_by_mb": round((after - before) * UNIT / MEGABYTE),
    }
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
