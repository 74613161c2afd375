"""What a package is, for the person who holds the file: without keys its outside, with keys its manifest too."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from taizhang_casework.domain.offices import OfficeCard, OfficeKeys
from taizhang_casework.domain.packages import FilingItem, Manifest, PackageKind

from taizhang_exchange.packages.courier import PackageCourier
from taizhang_exchange.packages.sealing import look

_KINDS = {PackageKind.WARNINGS: "预警信息", PackageKind.FILING: "月度汇总表", PackageKind.RECEIPT: "回执"}


class PackageLook(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen. ``size`` in bytes, ``digest`` the SHA-256 (hex) of the file, ``recipients`` how many keys open it.

    ``manifest``, ``items`` and ``lines`` (ledger lines within filings) are there when the keys opened it.
    """

    file: str
    size: int
    digest: str
    recipients: int
    manifest: Manifest | None = None
    items: int = 0
    lines: int = 0

    def __str__(self) -> str:
        """Some lines of Chinese for the command line."""
        says = [
            f"文件：{self.file}",
            f"大小：{self.size} 字节",
            f"SHA-256：{self.digest}",
            f"加密：age，{self.recipients} 个收件单位",
        ]
        if self.manifest is None:
            says.append("内容：没有收件单位的钥匙，看不到")
        else:
            face = self.manifest
            says += [
                f"种类：{_KINDS[face.kind]}，{face.month}，第{face.number}号",
                f"发送单位：{face.sender}（签名有效）",
                f"接收单位：{face.receiver}",
                f"生成时间：{face.made_at:%Y-%m-%d %H:%M}",
                f"上一号：{face.previous or '无'}",
                f"内容：{self.items} 条" + (f"，台账 {self.lines} 行" if face.kind is PackageKind.FILING else ""),
            ]
        return "\n".join(says)


def inspect(path: Path, keys: OfficeKeys | None = None, known: Sequence[OfficeCard] = ()) -> PackageLook:
    """What the file is. Raises NotAPackage, CannotRead and the like; with ``keys`` also what opening it raises."""
    seen = look(path)
    outside = PackageLook(file=path.name, size=seen.size, digest=seen.digest, recipients=seen.recipients)
    if keys is None:
        return outside
    manifest, items, _ = PackageCourier().open(path, keys=keys, known=known)
    lines = sum(len(item.filing.lines) for item in items if isinstance(item, FilingItem))
    return msgspec.structs.replace(outside, manifest=manifest, items=len(items), lines=lines)
