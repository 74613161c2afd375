"""A package goes out, comes in, and is the same; it is there whole or not at all, and other programs open it too."""

import hashlib
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taizhang_casework.domain.case import CaseId, Meets, PackId
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKeys, OfficeKind
from taizhang_casework.domain.packages import (
    FilingItem,
    Manifest,
    PackageItem,
    PackageKind,
    ReceiptItem,
    WarningItem,
)
from taizhang_casework.domain.warning import Channel, Provenance, Warning, WarningId
from taizhang_casework.services.exchange_ports import Courier
from taizhang_exchange.packages import PackageCourier
from taizhang_exchange.packages.trouble import CannotWrite, DiskFull, FileExists, cannot_write

BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
MONTH = Month(2022, 4)
AT = datetime(2022, 4, 6, 9, 30, tzinfo=timezone(timedelta(hours=8)))
COURIER: Courier = PackageCourier()


@pytest.fixture(scope="module")
def bureau() -> OfficeKeys:
    return COURIER.new_keys(BUREAU)


@pytest.fixture(scope="module")
def town() -> OfficeKeys:
    return COURIER.new_keys(TOWN)


def warning(number: int, name: str = "李䶮", detail: str = "新增农村低保对象") -> WarningItem:
    return WarningItem(
        warning=Warning(
            id=WarningId(f"{number:032x}"),
            channel=Channel.DEPARTMENT,
            source="民政局",
            detail=detail,
            name=name,
            id_number="11010519491231002X",
            town_code="370215001",
            village_code="370215001201",
            received_on=date(2022, 4, 6),
            item="minzheng.dibao",
            happened_on=date(2022, 3, 18),
            provenance=Provenance(file="民政局3月.xlsx", sheet="低保", row=number + 4),
        )
    )


def filing() -> FilingItem:
    line = LedgerLine(
        case=CaseId("0" * 32),
        town="环秀街道",
        village="王家官庄",
        head_name="王𡛕",
        head_id_number="11010519491231002X",
        channel=Channel.PETITION,
        source="信访局",
        detail="家庭成员突发重大疾病",
        received_on=date(2022, 4, 6),
        meets=Meets.NO,
        refusal_reason="家庭收入高于监测线",
        applicant_informed=Informed.YES,
        verifiers=("张三", "李四"),
        closed_on=date(2022, 4, 26),
    )
    return FilingItem(
        filing=Filing(
            id=FilingId("1" * 32),
            office=TOWN,
            month=MONTH,
            revision=1,
            frozen_at=AT,
            frozen_by="张三",
            pack=PackId("jimo-2022-1"),
            lines=(line,),
        )
    )


def manifest(kind: PackageKind = PackageKind.WARNINGS, sender: Office = BUREAU, receiver: Office = TOWN) -> Manifest:
    return Manifest(kind=kind, number=1, previous="", sender=sender.id, receiver=receiver.id, month=MONTH, made_at=AT)


@pytest.mark.parametrize(
    ("face", "items"),
    [
        pytest.param(
            manifest(), [warning(1), warning(2, "阿·买提", "“引号”\n换行, 逗号\t🀄")], id="warnings go to a town"
        ),
        pytest.param(manifest(), [], id="a package may be empty"),
        pytest.param(manifest(PackageKind.FILING, TOWN, BUREAU), [filing()], id="a ledger goes to the bureau"),
        pytest.param(
            manifest(PackageKind.RECEIPT, TOWN, BUREAU),
            [ReceiptItem(package="ab" * 32, number=7, accepted=False, says="第6号没有收到")],
            id="a receipt comes back",
        ),
    ],
)
def test_what_was_packed_is_what_is_opened(
    tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys, face: Manifest, items: Sequence[PackageItem]
) -> None:
    sender, receiver = (bureau, town) if face.sender == BUREAU.id else (town, bureau)
    path = tmp_path / "包.tzb"
    digest = COURIER.pack(face, items, keys=sender, to=receiver.card, path=path)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert COURIER.open(path, keys=receiver, known=[sender.card]) == (face, tuple(items), digest)
    assert list(tmp_path.iterdir()) == [path]


def test_a_ledger_keeps_its_digest_on_the_way(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys) -> None:
    path, sent = tmp_path / "p.tzb", filing()
    COURIER.pack(manifest(PackageKind.FILING, TOWN, BUREAU), [sent], keys=town, to=bureau.card, path=path)
    _, (received,), _ = COURIER.open(path, keys=bureau, known=[town.card])
    assert isinstance(received, FilingItem)
    assert received.filing.digest == sent.filing.digest


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(codec="utf-8")), max_size=5))
def test_any_text_survives_the_way(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys, texts: list[str]) -> None:
    path = tmp_path / "p.tzb"
    path.unlink(missing_ok=True)
    items = [warning(number, detail=text) for number, text in enumerate(texts)]
    COURIER.pack(manifest(), items, keys=bureau, to=town.card, path=path)
    assert COURIER.open(path, keys=town, known=[bureau.card])[1] == tuple(items)


def test_the_same_content_packed_twice_is_encrypted_afresh(
    tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys
) -> None:
    digests = {
        COURIER.pack(manifest(), [warning(1)], keys=bureau, to=town.card, path=tmp_path / name) for name in ("a", "b")
    }
    assert len(digests) == 2


def test_nothing_is_overwritten(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys) -> None:
    path = tmp_path / "p.tzb"
    path.write_text("别人的文件", encoding="utf-8")
    with pytest.raises(FileExists, match="原来的文件没有动"):
        COURIER.pack(manifest(), [warning(1)], keys=bureau, to=town.card, path=path)
    assert path.read_text(encoding="utf-8") == "别人的文件"


def test_a_folder_that_is_gone_is_said(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys) -> None:
    with pytest.raises(CannotWrite, match="U盘没有写保护"):
        COURIER.pack(manifest(), [warning(1)], keys=bureau, to=town.card, path=tmp_path / "U盘" / "p.tzb")


def test_a_disk_that_takes_no_more_leaves_nothing_behind(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys) -> None:
    resource = pytest.importorskip("resource", reason="2026-11: only POSIX limits the files of a process")
    items = [warning(number) for number in range(1000)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DiskFull, match=r"磁盘或U盘已满.*没有留下半个文件"):
            COURIER.pack(manifest(), items, keys=bureau, to=town.card, path=tmp_path / "p.tzb")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="2026-11: /dev/full is Linux's")
def test_a_full_disk_is_told_from_other_trouble(bureau: OfficeKeys, town: OfficeKeys, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as caught, Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    assert isinstance(cannot_write(tmp_path / "p.tzb", caught.value), DiskFull)


def test_another_office_than_the_manifest_names_is_our_bug(
    tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys
) -> None:
    with pytest.raises(ValueError, match="other offices"):
        COURIER.pack(manifest(), [], keys=town, to=town.card, path=tmp_path / "p.tzb")
    with pytest.raises(ValueError, match="kind"):
        COURIER.pack(manifest(), [filing()], keys=bureau, to=town.card, path=tmp_path / "p.tzb")


def test_the_stock_age_program_opens_a_package_and_tar_and_sha256sum_read_it(
    tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys
) -> None:
    path, identity = tmp_path / "p.tzb", tmp_path / "identity.txt"
    COURIER.pack(manifest(PackageKind.FILING, TOWN, BUREAU), [filing()], keys=town, to=bureau.card, path=path)
    identity.write_text(bureau.age_identity + "\n", encoding="ascii")
    tar = subprocess.run(["age", "--decrypt", "-i", identity, path], capture_output=True, check=True).stdout
    (tmp_path / "p.tar").write_bytes(tar)
    listed = subprocess.run(["tar", "-tf", "p.tar"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert listed.split() == ["manifest.json", "items.jsonl", "attachments/", "digests.sha256", "signature"]
    subprocess.run(["tar", "-xf", "p.tar"], cwd=tmp_path, check=True)
    subprocess.run(["sha256sum", "--check", "--strict", "digests.sha256"], cwd=tmp_path, check=True)
    read = msgspec.json.decode((tmp_path / "items.jsonl").read_bytes().splitlines()[0], type=PackageItem)
    assert read == filing()


def test_the_stock_age_program_refuses_every_other_key(tmp_path: Path, bureau: OfficeKeys, town: OfficeKeys) -> None:
    path, identity = tmp_path / "p.tzb", tmp_path / "identity.txt"
    COURIER.pack(manifest(), [warning(1)], keys=bureau, to=town.card, path=path)
    identity.write_text(bureau.age_identity + "\n", encoding="ascii")
    refused = subprocess.run(["age", "-d", "-i", identity, path], capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "no identity matched" in refused.stderr
