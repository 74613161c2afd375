"""Each way in which a package can be broken is a named sample, and each has its own sentence. None is ever half accepted."""

import io
import tarfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKeys, OfficeKind
from taizhang_casework.domain.packages import Manifest, PackageKind, WarningItem
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_exchange.packages import PackageCourier, inspect
from taizhang_exchange.packages.archive import Members, archive
from taizhang_exchange.packages.sealing import MOST_BYTES
from taizhang_exchange.packages.signing import digest_list, sign
from taizhang_exchange.packages.trouble import (
    CannotRead,
    DamagedPackage,
    ForAnotherOffice,
    Misaddressed,
    NewerFormat,
    NotAPackage,
    PackageTooBig,
    UnknownSender,
    WrongSignature,
)

COURIER = PackageCourier()
AT = datetime(2022, 4, 6, 9, 30, tzinfo=timezone(timedelta(hours=8)))
BUREAU = COURIER.new_keys(Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局"))
TOWN = COURIER.new_keys(Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道"))
OTHER = COURIER.new_keys(Office(id=OfficeId("370215100"), kind=OfficeKind.TOWN, name="段泊岚镇"))
FACE = Manifest(
    kind=PackageKind.WARNINGS,
    number=1,
    previous="",
    sender=BUREAU.card.office.id,
    receiver=TOWN.card.office.id,
    month=Month(2022, 4),
    made_at=AT,
)
ITEM = WarningItem(
    warning=Warning(
        id=WarningId("0" * 32),
        channel=Channel.DEPARTMENT,
        source="民政局",
        detail="新增农村低保对象",
        name="李䶮",
        id_number="11010519491231002X",
        town_code="370215001",
        village_code="370215001201",
        received_on=date(2022, 4, 6),
    )
)
FACE_JSON = msgspec.json.encode(FACE, order="deterministic")
ITEMS_JSON = msgspec.json.Encoder(order="deterministic").encode_lines([ITEM])


def sealed(plain: bytes, keys: OfficeKeys = TOWN) -> bytes:
    """These bytes in an age file for an office."""
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(keys.card.age_recipient)]))


def tar_of(face: bytes = FACE_JSON, items: bytes = ITEMS_JSON, by: OfficeKeys = BUREAU) -> bytes:
    """The tar of a package with these contents, truly signed by an office."""
    digests = digest_list(face, items)
    return b"".join(archive(Members(face, items, digests, sign(digests, by.signing_seed)), AT))


def faced(**changes: object) -> bytes:
    """The manifest as JSON, with other fields."""
    return msgspec.json.encode(msgspec.json.decode(FACE_JSON) | changes)


def unpacked() -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(tar_of())) as tar:
        return [(info, file.read() if (file := tar.extractfile(info)) else b"") for info in tar]


def repacked(
    change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], object], tar_format: int = tarfile.USTAR_FORMAT
) -> bytes:
    """The tar of a sound package after something was done to its members."""
    entries = unpacked()
    change(entries)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tar_format) as tar:
        for info, content in entries:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def renamed(place: int, name: str) -> Callable[[list[tuple[tarfile.TarInfo, bytes]]], object]:
    return lambda entries: setattr(entries[place][0], "name", name)


def linked(place: int, kind: bytes, to: str) -> Callable[[list[tuple[tarfile.TarInfo, bytes]]], object]:
    def change(entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        info = entries[place][0]
        info.type, info.linkname = kind, to
        entries[place] = (info, b"")

    return change


SOUND = sealed(tar_of())
EXTRA = (tarfile.TarInfo("../../startup.bat"), b"echo")

BROKEN: Mapping[str, tuple[bytes, type[OfficeTrouble], str]] = {
    "an empty file": (b"", NotAPackage, "不是数据包"),
    "a workbook with a package's name": (b"PK\x03\x04" + b"\0" * 500, NotAPackage, "不是数据包"),
    "a text": ("今日待办".encode(), NotAPackage, "不是数据包"),
    "only the first line is there": (SOUND[:22], DamagedPackage, "不完整"),
    "it ends within the envelope": (SOUND[:100], DamagedPackage, "不完整"),
    "it ends within the content": (SOUND[:-700], DamagedPackage, "不完整"),
    "the last byte is missing": (SOUND[:-1], DamagedPackage, "不完整"),
    "a byte was added": (SOUND + b"\0", DamagedPackage, "已损坏"),
    "two packages in one file": (SOUND + SOUND, DamagedPackage, "已损坏"),
    "the stick gave zeros for the second half": (SOUND[:1500] + bytes(len(SOUND) - 1500), DamagedPackage, "已损坏"),
    "line ends were converted on the way": (SOUND.replace(b"\n", b"\r\n"), DamagedPackage, "已损坏"),
    "only a few bytes are there": (SOUND[:20], DamagedPackage, "不完整"),
    "a much later envelope": (SOUND.replace(b"org/v1", b"org/v12"), NewerFormat, "升级"),
    "a later envelope": (SOUND.replace(b"org/v1", b"org/v2"), NewerFormat, "升级"),
    "for another town": (sealed(tar_of(), OTHER), ForAnotherOffice, "不是发给本单位的"),
    "for this office by mistake, its manifest names another": (
        sealed(tar_of(faced(receiver="370215100"))),
        Misaddressed,
        "370215100",
    ),
    "from an office that is not enrolled": (
        sealed(tar_of(faced(sender="370215100"), by=OTHER)),
        UnknownSender,
        "没有登记",
    ),
    "another office signed in the bureau's name": (sealed(tar_of(by=OTHER)), WrongSignature, "不是即墨区乡村振兴局的"),
    "the receiver itself signed in the bureau's name": (sealed(tar_of(by=TOWN)), WrongSignature, "打电话"),
    "a later format": (sealed(tar_of(faced(format=2))), NewerFormat, "升级"),
    "another suite": (sealed(tar_of(faced(suite="sm2+sm4"))), NewerFormat, "升级"),
    "no tar inside": (sealed(b"hello"), DamagedPackage, "内部"),
    "nothing inside": (sealed(b""), DamagedPackage, "内部"),
    "the tar is cut": (sealed(tar_of()[:1700]), DamagedPackage, "内部"),
    "the signature is missing": (sealed(repacked(lambda e: e.pop())), DamagedPackage, "缺少"),
    "the attachments folder is missing": (sealed(repacked(lambda e: e.pop(2))), DamagedPackage, "不该有"),
    "a file too many": (sealed(repacked(lambda e: e.append(EXTRA))), DamagedPackage, "不该有"),
    "a file twice": (sealed(repacked(lambda e: e.append(e[1]))), DamagedPackage, "不该有"),
    "the order is another": (sealed(repacked(lambda e: e.reverse())), DamagedPackage, "不该有"),
    "a name that climbs out": (sealed(repacked(renamed(1, "../items.jsonl"))), DamagedPackage, "不该有"),
    "an absolute name": (sealed(repacked(renamed(1, "/items.jsonl"))), DamagedPackage, "不该有"),
    "a symbolic link": (sealed(repacked(linked(1, tarfile.SYMTYPE, "/etc/passwd"))), DamagedPackage, "不该有"),
    "a hard link": (sealed(repacked(linked(1, tarfile.LNKTYPE, "manifest.json"))), DamagedPackage, "不该有"),
    "a device": (sealed(repacked(linked(1, tarfile.CHRTYPE, ""))), DamagedPackage, "不该有"),
    "a file that claims to be vast": (
        sealed(
            repacked(
                lambda e: setattr(e[1][0], "pax_headers", {"GNU.sparse.size": str(2**40), "GNU.sparse.map": "0,0"}),
                tar_format=tarfile.PAX_FORMAT,
            )
        ),
        DamagedPackage,
        "不该有",
    ),
    "a manifest that is too long": (sealed(tar_of(FACE_JSON + b" " * 70_000)), DamagedPackage, "大小"),
    "content changed after signing": (
        sealed(repacked(lambda e: e.__setitem__(1, (e[1][0], ITEMS_JSON.replace(b"002X", b"0021"))))),
        DamagedPackage,
        "签名的清单不符",
    ),
    "digests changed after signing": (
        sealed(repacked(lambda e: e.__setitem__(3, (e[3][0], digest_list(FACE_JSON, b""))))),
        WrongSignature,
        "签名",
    ),
    "the signature is no signature": (
        sealed(repacked(lambda e: e.__setitem__(4, (e[4][0], "签名".encode())))),
        WrongSignature,
        "签名",
    ),
    "the manifest is no JSON": (sealed(tar_of(b"{")), DamagedPackage, "封面"),
    "the manifest nests without end": (sealed(tar_of(b"[" * 50_000)), DamagedPackage, "封面"),
    "the manifest lacks its number": (
        sealed(tar_of(b'{"format":1,"suite":"age-x25519+ed25519"}')),
        DamagedPackage,
        "封面",
    ),
    "an item is no JSON": (sealed(tar_of(items=ITEMS_JSON + b"{\n")), DamagedPackage, "内容读不出来"),
    "an item of a kind that nobody knows": (
        sealed(tar_of(items=b'{"type":"order"}\n')),
        DamagedPackage,
        "内容读不出来",
    ),
    "an item with a date that is none": (
        sealed(tar_of(items=ITEMS_JSON.replace(b"2022-04-06", b"2022-02-30"))),
        DamagedPackage,
        "内容读不出来",
    ),
    "text that is not UTF-8": (
        sealed(tar_of(items=ITEMS_JSON.replace("李".encode(), b"\xff\xfe\xfd"))),
        DamagedPackage,
        "内容",
    ),
    "a receipt in a package of warnings": (
        sealed(tar_of(items=b'{"type":"receipt","package":"","number":1,"accepted":true,"says":""}\n')),
        DamagedPackage,
        "种类",
    ),
}


@pytest.mark.parametrize(
    ("content", "trouble", "says"), [pytest.param(*sample, id=name) for name, sample in BROKEN.items()]
)
def test_a_broken_package_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, trouble: type[OfficeTrouble], says: str
) -> None:
    path = tmp_path / "包.tzb"
    path.write_bytes(content)
    with pytest.raises(OfficeTrouble, match=says) as caught:
        COURIER.open(path, keys=TOWN, known=[BUREAU.card])
    assert type(caught.value) is trouble
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_the_sound_sample_that_the_broken_ones_are_made_of_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "p.tzb"
    for content in (SOUND, sealed(repacked(lambda _: None))):
        path.write_bytes(content)
        assert COURIER.open(path, keys=TOWN, known=[OTHER.card, BUREAU.card])[:2] == (FACE, (ITEM,))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(SOUND) - 1), flip=st.integers(1, 255))
def test_any_byte_that_is_changed_on_the_way_is_noticed(tmp_path: Path, place: int, flip: int) -> None:
    content = bytearray(SOUND)
    content[place] ^= flip
    path = tmp_path / "p.tzb"
    path.write_bytes(content)
    with pytest.raises(OfficeTrouble):
        COURIER.open(path, keys=TOWN, known=[BUREAU.card])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(0, len(SOUND) - 1))
def test_any_end_that_is_missing_is_noticed(tmp_path: Path, length: int) -> None:
    path = tmp_path / "p.tzb"
    path.write_bytes(SOUND[:length])
    with pytest.raises(OfficeTrouble):
        COURIER.open(path, keys=TOWN, known=[BUREAU.card])


PLAIN = tar_of()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(PLAIN) - 1), value=st.integers(0, 255))
def test_a_forger_who_knows_the_receiver_changes_nothing_that_is_taken(tmp_path: Path, place: int, value: int) -> None:
    """Anybody can encrypt to a public card: what is inside is refused, or is what the bureau signed."""
    content = bytearray(PLAIN)
    content[place] = value
    path = tmp_path / "p.tzb"
    path.write_bytes(sealed(bytes(content)))
    try:
        opened = COURIER.open(path, keys=TOWN, known=[BUREAU.card])
    except OfficeTrouble:
        return
    assert opened[:2] == (FACE, (ITEM,))


def test_a_file_larger_than_any_package_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "p.tzb"
    with path.open("wb") as file:
        file.write(SOUND)
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(PackageTooBig, match="256MB"):
        COURIER.open(path, keys=TOWN, known=[BUREAU.card])


@pytest.mark.parametrize("name", ["没有.tzb", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotRead, match="U盘已插好"):
        COURIER.open(tmp_path / name, keys=TOWN, known=[BUREAU.card])


def test_without_keys_a_package_shows_its_outside_only(tmp_path: Path) -> None:
    path = tmp_path / "p.tzb"
    digest = COURIER.pack(FACE, [ITEM], keys=BUREAU, to=TOWN.card, path=path)
    seen = inspect(path)
    assert (seen.size, seen.digest, seen.recipients, seen.manifest) == (path.stat().st_size, digest, 1, None)
    assert "看不到" in str(seen)
    assert "370215" not in str(seen)


def test_with_keys_it_shows_its_face_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "p.tzb"
    COURIER.pack(FACE, [ITEM, ITEM], keys=BUREAU, to=TOWN.card, path=path)
    seen = inspect(path, TOWN, [BUREAU.card])
    assert (seen.manifest, seen.items) == (FACE, 2)
    assert "预警信息，2022-04，第1号" in str(seen)
    assert "李䶮" not in str(seen)


@pytest.mark.parametrize("size", [1, 500, 150_000], ids=["a small package", "two chunks", "many chunks"])
def test_a_package_that_was_cut_short_is_told_without_its_keys(tmp_path: Path, size: int) -> None:
    path = tmp_path / "p.tzb"
    COURIER.pack(FACE, [ITEM] * max(1, size // 250), keys=BUREAU, to=TOWN.card, path=path)
    whole = path.read_bytes()
    assert inspect(path).size == len(whole)
    for cut in (1, 15, 16, 17, 300, len(whole) // 3 | 1):
        path.write_bytes(whole[:-cut])
        with pytest.raises(DamagedPackage, match="截断"):
            inspect(path)


def test_looking_at_something_else_says_so(tmp_path: Path) -> None:
    path = tmp_path / "p.tzb"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(NotAPackage):
        inspect(path)
    path.write_bytes(SOUND[:60])
    with pytest.raises(DamagedPackage):
        inspect(path)
