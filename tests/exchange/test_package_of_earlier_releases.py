"""Packages and cards of earlier releases are opened as long as there are offices that have them on a stick."""

from pathlib import Path

import msgspec
import pytest
from taizhang_casework.domain.offices import OfficeKeys
from taizhang_casework.domain.packages import Manifest, PackageItem
from taizhang_exchange.packages import PackageCourier, read_card

STORED = Path(__file__).parents[1] / "data" / "packages"


class Content(msgspec.Struct, frozen=True):
    """What a stored package holds."""

    manifest: Manifest
    items: tuple[PackageItem, ...]


@pytest.mark.parametrize("package", sorted(STORED.glob("*/*.tzb")), ids=lambda path: f"{path.parent.name} {path.stem}")
def test_a_package_of_an_earlier_release_is_opened(package: Path) -> None:
    content = msgspec.json.decode(package.with_suffix(".json").read_bytes(), type=Content)
    offices = [
        msgspec.json.decode(path.read_bytes(), type=OfficeKeys) for path in sorted(package.parent.glob("*.keys.json"))
    ]
    (receiver,) = (keys for keys in offices if keys.card.office.id == content.manifest.receiver)
    known = [read_card(path) for path in package.parent.glob("*.tzcard")]
    manifest, items, _ = PackageCourier().open(package, keys=receiver, known=known)
    assert (manifest, items) == (content.manifest, content.items)


def test_each_release_left_one_package_of_each_kind() -> None:
    for release in (path for path in STORED.iterdir() if path.is_dir()):
        assert {path.stem for path in release.glob("*.tzb")} == {"warnings", "filing", "receipt"}
