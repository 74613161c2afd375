"""Storing, reading and copying out an attachment of 50 MB ÷ copying the same file as it is, durably, in the same run; and the memory.

The size in bytes may be given as an argument.
"""

import json
import os
import shutil
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from taizhang_casework.domain.attachment import MOST_BYTES, Address, Attachment, AttachmentId, AttachmentKind
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db import Argon2Cost, AttachmentFolder, Passphrase, SqlStore, create_vault, open_vault

PACKS = {pack.id: pack for pack in shipped_packs()}
REPEATS = 7
DAY, BY, SECRET = date(2022, 4, 7), User(name="李明"), Passphrase("bench")


class StillClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """The notice's day."""
        return datetime(2022, 4, 7, tzinfo=UTC)

    def today(self) -> date:
        """The same."""
        return DAY

    def new_id(self) -> str:
        """One for all."""
        return "0" * 32


def write_scan(path: Path, number: int, size: int) -> Path:
    """A file that begins like a PDF; no two are alike."""
    path.write_bytes(b"%PDF-1.7\n" + number.to_bytes(4, "big") + os.urandom(size - 13))
    return path


def copy_durably(source: Path, target: Path) -> None:
    """A plain copy that is on the disk when it returns."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def best(deeds: list[Callable[[], object]]) -> float:
    """Seconds of the fastest."""
    times = []
    for deed in deeds:
        begun = time.perf_counter()
        deed()
        times.append(time.perf_counter() - begun)
    return min(times)


def keep(store: SqlStore, keeping: AttachmentFolder, path: Path, number: int) -> Address:
    """As the service does it."""
    file = keeping.keep(path)
    with store.change(Operation.ATTACH, BY) as desk:
        row = Attachment(
            id=AttachmentId(str(number)),
            case=CaseId("c1"),
            kind=AttachmentKind.OTHER,
            name="scan.pdf",
            media=file.media,
            size=file.size,
            address=file.address,
            added_by=BY.name,
            added_at=StillClock().now(),
        )
        desk.attachments.add(row, file)
    keeping.settle(file.address)
    return file.address


def found(folder: Path) -> None:
    """A vault with one case."""
    create_vault(folder, SECRET, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    warning = Warning(
        id=WarningId("w1"),
        channel=Channel.PETITION,
        source="信访局",
        detail="大额医疗支出",
        name="王建国",
        id_number="",
        town_code="370215001",
        village_code="370215001207",
        received_on=DAY,
    )
    with (
        open_vault(folder, SECRET) as vault,
        SqlStore(vault, StillClock(), PACKS).change(Operation.TAKE_PACKAGE, BY) as desk,
    ):
        desk.cases.save(Case(id=CaseId("c1"), warning=warning, opened_on=DAY, pack=PackId("jimo-2022-1")))


def stream(keeping: AttachmentFolder, address: Address) -> int:
    """Read it chunk by chunk, keeping none."""
    return sum(len(chunk) for chunk in keeping.stream(address))


def peak_megabytes(deed: Callable[[], object]) -> float:
    """The most memory that Python held at once for the deed."""
    tracemalloc.start()
    try:
        deed()
        return round(tracemalloc.get_traced_memory()[1] / (1024 * 1024), 2)
    finally:
        tracemalloc.stop()


def main() -> None:
    """Print one JSON object; MB are 1,048,576 bytes, times the best of some repeats."""
    size = int(sys.argv[1]) if sys.argv[1:] else MOST_BYTES
    megabytes = size / (1024 * 1024)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        found(place / "vault")
        scans = [write_scan(place / f"{number}.pdf", number, size) for number in range(REPEATS)]
        addresses: list[Address] = []
        with open_vault(place / "vault", SECRET) as vault:
            keeping, store = AttachmentFolder(vault), SqlStore(vault, StillClock(), PACKS)

            def put(scan: Path, number: int) -> None:
                addresses.append(keep(store, keeping, scan, number))

            copied = best([partial(copy_durably, scan, place / "plain") for scan in scans])
            stored = best([partial(put, scan, at) for at, scan in enumerate(scans)])
            plain = best([scan.read_bytes for scan in scans])
            whole = best([partial(keeping.read, each) for each in addresses])
            streamed = best([partial(stream, keeping, each) for each in addresses])
            out = best([partial(keeping.copy_out, each, place / "out") for each in addresses])

            one, last = write_scan(place / "one.pdf", REPEATS, size), addresses[-1]
            memory = {
                "memory_storing_mb": peak_megabytes(partial(put, one, REPEATS)),
                "memory_streaming_mb": peak_megabytes(partial(stream, keeping, last)),
                "memory_copying_out_mb": peak_megabytes(partial(keeping.copy_out, last, place / "out")),
                "memory_verifying_all_mb": peak_megabytes(keeping.verify),
                "memory_reading_whole_mb": peak_megabytes(partial(keeping.read, last)),
            }
    print(
        json.dumps(
            {
                "file_mb": round(megabytes, 1),
                "plain_copy_mb_per_s": round(megabytes / copied),
                "store_mb_per_s": round(megabytes / stored),
                "read_whole_mb_per_s": round(megabytes / whole),
                "stream_mb_per_s": round(megabytes / streamed),
                "copy_out_mb_per_s": round(megabytes / out),
                "ratio_store_to_plain_copy": round(stored / copied, 2),
                "ratio_copy_out_to_plain_copy": round(out / copied, 2),
                "ratio_read_whole_to_plain_read": round(whole / plain, 2),
                **memory,
            }
        )
    )


if __name__ == "__main__":
    main()
