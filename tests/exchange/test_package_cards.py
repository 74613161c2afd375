"""Public cards: what is written is read back; an altered or foreign file is refused; two people can compare them aloud."""

import re
from pathlib import Path

import msgspec
import pytest
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.packages import Manifest, PackageKind
from taizhang_exchange.packages import (
    PackageCourier,
    card_file_name,
    card_text,
    fingerprint,
    package_file_name,
    parse_card,
    read_card,
    write_card,
)
from taizhang_exchange.packages.trouble import BadCard, CannotRead, CannotWrite, DiskFull, FileExists

TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
KEYS = PackageCourier().new_keys(TOWN)
CARD = KEYS.card
NAMES = {"370215": "即墨区乡村振兴局", "370215001": "环秀街道"}


def test_a_card_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / card_file_name(CARD)
    write_card(CARD, path)
    assert path.name == "单位名片_环秀街道.tzcard"
    assert read_card(path) == CARD


def test_a_card_that_went_through_a_windows_editor_is_still_a_card(tmp_path: Path) -> None:
    path = tmp_path / "c.tzcard"
    path.write_bytes(b"\xef\xbb\xbf" + card_text(CARD).replace("\n", "\r\n").encode())
    assert read_card(path) == CARD


def test_a_card_holds_nothing_secret() -> None:
    assert KEYS.age_identity not in card_text(CARD)
    assert KEYS.signing_seed not in card_text(CARD)


def test_a_card_that_is_replaced_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="2026-11: only POSIX limits the files of a process")
    path, newer = tmp_path / "c.tzcard", PackageCourier().new_keys(TOWN).card
    write_card(CARD, path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(DiskFull):
            write_card(newer, path, replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert read_card(path) == CARD
    write_card(newer, path, replace=True)
    assert read_card(path) == newer
    assert list(tmp_path.iterdir()) == [path]


def test_a_card_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "c.tzcard"
    write_card(CARD, path)
    with pytest.raises(FileExists):
        write_card(PackageCourier().new_keys(TOWN).card, path)
    assert read_card(path) == CARD
    with pytest.raises(CannotWrite):
        write_card(CARD, tmp_path / "没有" / "c.tzcard")


def test_a_fingerprint_is_six_groups_of_four_digits() -> None:
    assert re.fullmatch(r"\d{4}( \d{4}){5}", fingerprint(CARD))


def test_the_fingerprint_of_this_card_never_changes() -> None:
    """Offices have it on paper: a later version that computes it otherwise would make every comparison fail."""
    card = msgspec.structs.replace(CARD, age_recipient="age1sample", signing_key="00" * 32)
    assert fingerprint(card) == "1896 1944 7272 7520 0006 6629"


@pytest.mark.parametrize("field", ["age_recipient", "signing_key", "office"])
def test_whatever_differs_gives_another_fingerprint(field: str) -> None:
    other = {
        "age_recipient": "age1other",
        "signing_key": "00" * 32,
        "office": msgspec.structs.replace(TOWN, name="通济街道"),
    }[field]
    assert fingerprint(msgspec.structs.replace(CARD, **{field: other})) != fingerprint(CARD)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "读不出来", id="an empty file"),
        pytest.param("PK\x03\x04", "读不出来", id="something else"),
        pytest.param("[" * 10_000, "读不出来", id="nesting without end"),
        pytest.param(card_text(CARD)[:-20], "读不出来", id="the end is missing"),
        pytest.param(card_text(CARD).replace("环秀", "通济"), "改动", id="the name was altered"),
        pytest.param(
            card_text(CARD).replace('"taizhang_card": 1', '"taizhang_card": 2'), "更新版本", id="a later format"
        ),
        pytest.param(card_text(msgspec.structs.replace(CARD, age_recipient="age1x")), "公钥", id="no age recipient"),
        pytest.param(
            card_text(msgspec.structs.replace(CARD, age_recipient=CARD.age_recipient[:-1] + "b")),
            "公钥",
            id="a mistyped age recipient",
        ),
        pytest.param(card_text(msgspec.structs.replace(CARD, signing_key="zz")), "公钥", id="no signing key"),
        pytest.param(card_text(msgspec.structs.replace(CARD, signing_key="00")), "公钥", id="a short signing key"),
        pytest.param(
            card_text(msgspec.structs.replace(CARD, office=msgspec.structs.replace(TOWN, id=OfficeId("370215")))),
            "代码",
            id="a town with a bureau's code",
        ),
        pytest.param(
            card_text(msgspec.structs.replace(CARD, office=msgspec.structs.replace(TOWN, name=" "))),
            "名称",
            id="an office without a name",
        ),
    ],
)
def test_what_is_no_card_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadCard, match=says) as caught:
        parse_card(text, "名片.tzcard")
    assert "名片.tzcard" in str(caught.value)


def test_a_file_that_is_no_card_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.tzcard"
    with pytest.raises(CannotRead):
        read_card(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadCard):
        read_card(path)
    path.write_bytes(b" " * 20_000)
    with pytest.raises(BadCard, match="太大"):
        read_card(path)


@pytest.mark.parametrize(
    ("kind", "sender", "receiver", "name"),
    [
        pytest.param(
            PackageKind.WARNINGS,
            "370215",
            "370215001",
            "预警信息_环秀街道_2022-04_第3号.tzb",
            id="warnings bear the town",
        ),
        pytest.param(
            PackageKind.FILING,
            "370215001",
            "370215",
            "汇总表_环秀街道_2022-04_第3号.tzb",
            id="a filing bears its sender",
        ),
        pytest.param(
            PackageKind.RECEIPT,
            "370215",
            "370215001",
            "回执_即墨区乡村振兴局致环秀街道_2022-04_第3号.tzb",
            id="a receipt bears both",
        ),
    ],
)
def test_a_package_is_named_for_the_person_who_carries_it(
    kind: PackageKind, sender: str, receiver: str, name: str
) -> None:
    face = Manifest(
        kind=kind,
        number=3,
        previous="",
        sender=OfficeId(sender),
        receiver=OfficeId(receiver),
        month=Month(2022, 4),
        made_at=msgspec.convert("2022-04-06T09:30:00+08:00", type=Manifest.__annotations__["made_at"]),
    )
    assert package_file_name(face, NAMES.__getitem__) == name


def test_a_name_holds_nothing_that_windows_forbids() -> None:
    card = msgspec.structs.replace(CARD, office=msgspec.structs.replace(TOWN, name=' 环秀/"街道"\n:*? <办>|.'))
    assert card_file_name(card) == "单位名片_环秀-街道-办.tzcard"
