"""What a training packs is known for what it is wherever it goes, whatever its file is called."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKeys, OfficeKind
from taizhang_casework.domain.packages import Manifest, PackageKind, ReceiptItem
from taizhang_exchange.packages import PackageCourier, inspect
from taizhang_exchange.packages.trouble import ForAnotherOffice, TrainingPackage

COURIER = PackageCourier()
BUREAU = COURIER.new_keys(Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局"))
MADE_UP_BUREAU = COURIER.new_keys(Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="演练区乡村振兴局"))
TOWN = COURIER.new_keys(Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道"))
TRAINING = COURIER.new_keys(Office(id=OfficeId("370215999"), kind=OfficeKind.TOWN, name="演练镇"))
ITEM = ReceiptItem(package="ab" * 32, number=1, accepted=True, says="已接收")


def packed(path: Path, sender: OfficeKeys, receiver: OfficeKeys) -> Path:
    face = Manifest(
        kind=PackageKind.RECEIPT,
        number=1,
        previous="",
        sender=sender.card.office.id,
        receiver=receiver.card.office.id,
        month=Month(2022, 4),
        made_at=datetime(2022, 4, 29, 9, tzinfo=timezone(timedelta(hours=8))),
    )
    COURIER.pack(face, (ITEM,), keys=sender, to=receiver.card, path=path)
    return path


def test_the_town_alone_with_the_three_nines_is_a_training() -> None:
    assert [keys.card.office.training for keys in (BUREAU, TOWN, TRAINING)] == [False, False, True]


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [
        pytest.param(TRAINING, MADE_UP_BUREAU, id="out of a training"),
        pytest.param(MADE_UP_BUREAU, TRAINING, id="into a training"),
    ],
)
@pytest.mark.parametrize("opened_by", [BUREAU, TOWN], ids=["bureau", "town"])
def test_a_real_office_says_that_it_is_of_a_training_and_takes_nothing(
    tmp_path: Path, sender: OfficeKeys, receiver: OfficeKeys, opened_by: OfficeKeys
) -> None:
    path = packed(tmp_path / "汇总表_环秀街道_2022-04_第1号.tzb", sender, receiver)
    with pytest.raises(TrainingPackage, match="是演练数据包") as caught:
        COURIER.open(path, keys=opened_by, known=(sender.card, BUREAU.card, TOWN.card))
    assert "一条也没有导入" in caught.value.safe


def test_within_the_training_it_opens(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.tzb", MADE_UP_BUREAU, TRAINING)
    _, items, _ = COURIER.open(path, keys=TRAINING, known=(MADE_UP_BUREAU.card,))
    assert tuple(items) == (ITEM,)


def test_a_real_package_is_sealed_for_its_receiver_alone(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.tzb", TOWN, BUREAU)
    assert inspect(path).recipients == 1
    with pytest.raises(ForAnotherOffice):
        COURIER.open(path, keys=TRAINING, known=(TOWN.card,))
