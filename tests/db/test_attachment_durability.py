"""Killed at any point, a program leaves no attachment without its file and no file that the next opening does not account for."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_db import AttachmentFolder, Passphrase, SqlStore, Vault

StoreOn = Callable[[Vault], SqlStore]


class Made(Protocol):
    """The fixture's vault on the disk."""

    folder: Path
    words: Passphrase

    def open(self) -> Vault: ...


WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from taizhang_casework.domain.attachment import Attachment, AttachmentId, AttachmentKind
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db import AttachmentFolder, Passphrase, SqlStore, open_vault

DAY, BY = date(2022, 4, 7), User(name="李明")
folder, secret, scans, stop = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]

class Clock:
    def now(self): return datetime(2022, 4, 7, tzinfo=UTC)
    def today(self): return DAY
    def new_id(self): return "0" * 32

warning = Warning(id=WarningId("w1"), channel=Channel.PETITION, source="信访局", detail="大额医疗支出", name="王建国",
                  id_number="", town_code="370215001", village_code="370215001207", received_on=DAY)
vault = open_vault(folder, Passphrase(secret))
store, keeping = SqlStore(vault, Clock(), {pack.id: pack for pack in shipped_packs()}), AttachmentFolder(vault)
with store.change(Operation.TAKE_PACKAGE, BY) as desk:
    desk.cases.save(Case(id=CaseId("c1"), warning=warning, opened_on=DAY, pack=PackId("jimo-2022-1")))

def reached(point):
    if stop == point:
        print(point, flush=True)
        sys.stdin.read()

def half(done, total):
    if done * 2 > total:
        reached("half written")

def scan(number):
    path = scans / f"{number}.pdf"
    path.write_bytes(b"%PDF-1.7 " + str(number).encode() * 150_000)
    return path

number = 0
while True:
    last = stop != "under load" and number == 3
    file = keeping.keep(scan(number), half if last else None)
    if last: reached("stored")
    with store.change(Operation.ATTACH, BY) as desk:
        desk.attachments.add(Attachment(id=AttachmentId(str(number)), case=CaseId("c1"), kind=AttachmentKind.PHOTO,
            name="a.pdf", media=file.media, size=file.size, address=file.address, added_by="李明",
            added_at=datetime(2022, 4, 7, tzinfo=UTC)), file)
        if last: reached("row written")
    if last: reached("committed")
    keeping.settle(file.address)
    print(number, flush=True)
    number += 1
"""


def writer(made: Made, scans: Path, stop: str) -> "subprocess.Popen[str]":
    scans.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(made.folder), made.words.text, str(scans), stop],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def check_whole(vault: Vault, store: SqlStore) -> list[str]:
    """The attachments that are there, once every one of them is read and every file is accounted for."""
    keeping = AttachmentFolder(vault)
    found = keeping.verify()
    assert found.whole
    assert found.stray == ()
    addresses = [file.address for file in keeping.files()]
    on_disk = [path.name for path in (vault.folder / "attachments").rglob("*") if path.is_file()]
    assert sorted(on_disk) == sorted(addresses)
    assert store.verify_journal() is None
    with store.reading() as desk:
        attachments = desk.attachments.of_case(CaseId("c1"))
    assert {each.address for each in attachments} == set(addresses)
    return [each.id for each in attachments]


@pytest.mark.parametrize(
    ("stop", "kept"),
    [
        ("half written", ["0", "1", "2"]),
        ("stored", ["0", "1", "2"]),
        ("row written", ["0", "1", "2"]),
        ("committed", ["0", "1", "2", "3"]),
    ],
)
def test_a_program_killed_at_this_point_leaves_all_or_nothing_of_the_attachment(
    made: Made, store_on: StoreOn, tmp_path: Path, stop: str, kept: list[str]
) -> None:
    with writer(made, tmp_path / "scans", stop) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(4)]
        assert said == ["0", "1", "2", stop]
        process.kill()
    with made.open() as vault:
        assert check_whole(vault, store_on(vault)) == kept


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8, 13])
def test_a_program_killed_under_load_loses_no_attachment_that_it_had_said_was_kept(
    made: Made, store_on: StoreOn, tmp_path: Path, after: int
) -> None:
    with writer(made, tmp_path / "scans", "under load") as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(after)]
        process.kill()
        said += process.stdout.read().split()
    with made.open() as vault:
        kept = check_whole(vault, store_on(vault))
    assert kept[: len(said)] == said
    assert len(kept) <= len(said) + 1
