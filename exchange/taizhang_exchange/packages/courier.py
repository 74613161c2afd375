"""Packs and opens packages; implements ``Courier`` of ``taizhang_casework.services.ports``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKeys
from taizhang_casework.domain.packages import FilingItem, Manifest, PackageItem, PackageKind, ReceiptItem, WarningItem
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_exchange.packages.archive import Members, NoArchive, archive, members
from taizhang_exchange.packages.sealing import Opened, seal, unseal
from taizhang_exchange.packages.signing import digest_list, sign, signed_by
from taizhang_exchange.packages.training import IDENTITY, RECIPIENT, of_training
from taizhang_exchange.packages.trouble import (
    BadCard,
    DamagedPackage,
    ForAnotherOffice,
    Misaddressed,
    NewerFormat,
    TrainingPackage,
    UnknownSender,
    WrongSignature,
)

FORMAT: Final = 1
SUITE: Final = "age-x25519+ed25519"
_CARRIES: Final = {
    PackageKind.WARNINGS: WarningItem,
    PackageKind.FILING: FilingItem,
    PackageKind.RECEIPT: ReceiptItem,
}
_TO_JSON: Final = msgspec.json.Encoder(order="deterministic")


class _Face(msgspec.Struct, frozen=True):
    """What every format of the manifest says, before the rest of it is read."""

    format: int
    suite: str


class PackageCourier:
    """Packages as age files: a tar of manifest, items, digests and signature, encrypted to the receiving office alone."""

    def pack(
        self, manifest: Manifest, items: Sequence[PackageItem], *, keys: OfficeKeys, to: OfficeCard, path: Path
    ) -> str:
        """Write the package to ``path``, a new file, whole or not at all; its SHA-256 as 64 hex digits.

        Raises FileExists, CannotWrite, DiskFull, and BadCard where the receiver's card holds no key. ValueError where
        the manifest names other offices than the keys and the card, or another kind than the items are: our bug.
        """
        if (manifest.sender, manifest.receiver) != (keys.card.office.id, to.office.id):
            raise ValueError("the manifest names other offices than the keys and the card")
        if not all(isinstance(item, _CARRIES[manifest.kind]) for item in items):
            raise ValueError("an item is not of the package's kind")
        face = _TO_JSON.encode(manifest)
        lines = _TO_JSON.encode_lines(items)
        digests = digest_list(face, lines)
        tar = archive(Members(face, lines, digests, sign(digests, keys.signing_seed)), manifest.made_at)
        try:
            also = (RECIPIENT,) if of_training(keys.card.office, to.office) else ()
            return seal(tar, (to.age_recipient, *also), path)
        except pyrage.RecipientError as error:
            raise BadCard(to.office.name, "收件公钥不对") from error

    def open(
        self, path: Path, *, keys: OfficeKeys, known: Sequence[OfficeCard]
    ) -> tuple[Manifest, Sequence[PackageItem], str]:
        """Manifest, items and the file's SHA-256, once everything holds; nothing is given out before.

        Raises, each with its own sentence: CannotRead, NotAPackage, PackageTooBig, ForAnotherOffice, TrainingPackage,
        DamagedPackage, NewerFormat, UnknownSender, WrongSignature, Misaddressed.
        """
        opened = _unsealed(path, keys.age_identity)
        try:
            inside = members(opened.plain)
        except NoArchive as error:
            raise DamagedPackage(path, str(error)) from error
        manifest = _manifest(path, inside.manifest)
        sender = _known(path, manifest.sender, known)
        if not signed_by(inside.digests, inside.signature, sender.signing_key):
            raise WrongSignature(path, sender.office.name)
        if inside.digests != digest_list(inside.manifest, inside.items):
            raise DamagedPackage(path, "内容与签名的清单不符")
        if manifest.receiver != keys.card.office.id:
            raise Misaddressed(path, manifest.receiver)
        return manifest, _items(path, manifest.kind, inside.items), opened.digest

    def new_keys(self, office: Office) -> OfficeKeys:
        """Fresh random keys for an office: an age X25519 identity and an Ed25519 seed."""
        identity = pyrage.x25519.Identity.generate()
        signing = Ed25519PrivateKey.generate()
        return OfficeKeys(
            card=OfficeCard(
                office=office,
                age_recipient=str(identity.to_public()),
                signing_key=signing.public_key().public_bytes_raw().hex(),
            ),
            age_identity=str(identity),
            signing_seed=signing.private_bytes_raw().hex(),
        )


def _unsealed(path: Path, identity: str) -> Opened:
    try:
        return unseal(path, identity)
    except ForAnotherOffice as foreign:
        try:
            unseal(path, IDENTITY)
        except OfficeTrouble:
            raise foreign from None
        raise TrainingPackage(path) from foreign


def _manifest(path: Path, raw: bytes) -> Manifest:
    try:
        face = msgspec.json.decode(raw, type=_Face)
        if face.format > FORMAT or face.suite != SUITE:
            raise NewerFormat(path)
        return msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise DamagedPackage(path, "封面读不出来") from error


def _known(path: Path, sender: OfficeId, known: Sequence[OfficeCard]) -> OfficeCard:
    for card in known:
        if card.office.id == sender:
            return card
    raise UnknownSender(path, sender)


def _items(path: Path, kind: PackageKind, raw: bytes) -> tuple[PackageItem, ...]:
    try:
        items = tuple(msgspec.json.Decoder(PackageItem).decode_lines(raw))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise DamagedPackage(path, "内容读不出来") from error
    if not all(isinstance(item, _CARRIES[kind]) for item in items):
        raise DamagedPackage(path, "内容与封面所写的种类不符")
    return items
