"""What can be wrong with a package or a card, each with its own sentence."""

import errno
from pathlib import Path

from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.trouble import OfficeTrouble

_UNTOUCHED = "本机数据没有改变，数据包里的内容一条也没有导入"
_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class NotAPackage(OfficeTrouble):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"“{path.name}”不是数据包", safe=_UNTOUCHED, do="请选择对方发来的数据包文件（.tzb）")


class DamagedPackage(OfficeTrouble):
    """Bytes are missing or changed, or the content is not what the format says; ``why`` is a short clause for the report."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file, and what does not hold."""
        super().__init__(
            f"数据包“{path.name}”不完整或已损坏（{why}）",
            safe=_UNTOUCHED,
            do="请从U盘重新复制一次，仍打不开就请对方重新生成",
        )
        self.why = why


class ForAnotherOffice(OfficeTrouble):
    """The package is not encrypted to this office."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"数据包“{path.name}”不是发给本单位的，本单位的钥匙打不开",
            safe=_UNTOUCHED,
            do="请核对文件是否拿错；如对方登记的是本单位的旧名片，请重新交换名片后让对方再生成一次",
        )


class TrainingPackage(OfficeTrouble):
    """A package that somebody made in a training; its people are made up."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"“{path.name}”是演练数据包，里面是编造的练习用数据",
            safe=_UNTOUCHED,
            do="请删除这个文件，向对方要真实台账的数据包",
        )


class Misaddressed(OfficeTrouble):
    """It opens with this office's key, and its manifest names another receiver."""

    def __init__(self, path: Path, receiver: OfficeId) -> None:
        """Name the file and the receiver it is meant for."""
        super().__init__(
            f"数据包“{path.name}”的封面写的是发给{receiver}，不是本单位",
            safe=_UNTOUCHED,
            do="请与发送单位联系，让对方按正确的单位重新生成",
        )


class UnknownSender(OfficeTrouble):
    """No card of the sender is enrolled here, so nothing proves who made the package."""

    def __init__(self, path: Path, sender: OfficeId) -> None:
        """Name the file and the sender it claims."""
        super().__init__(
            f"数据包“{path.name}”自称来自{sender}，但本单位没有登记这个单位的名片",
            safe=_UNTOUCHED,
            do="请先在“数据交换”中导入对方的名片，并打电话核对指纹，再打开数据包",
        )


class WrongSignature(OfficeTrouble):
    """The package was not signed by the office that it names as its sender."""

    def __init__(self, path: Path, sender: str) -> None:
        """Name the file and the office in whose name it comes."""
        super().__init__(
            f"数据包“{path.name}”的签名不是{sender}的",
            safe=_UNTOUCHED,
            do="请打电话向对方核实是否真的发过；如对方换过钥匙，请重新交换名片并核对指纹",
        )


class NewerFormat(OfficeTrouble):
    """A later version of the program made it."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"数据包“{path.name}”是用更新版本的台账程序生成的，本机的版本读不懂",
            safe=_UNTOUCHED,
            do="请先升级本机的台账程序，再打开数据包",
        )


class PackageTooBig(OfficeTrouble):
    """It is larger than any package of this format may be."""

    def __init__(self, path: Path, most: int) -> None:
        """Name the file and the limit in bytes."""
        super().__init__(
            f"数据包“{path.name}”超过了{most // 2**20}MB的上限",
            safe=_UNTOUCHED,
            do="请核对文件是否拿错，或请对方分成几个数据包",
        )


class CannotRead(OfficeTrouble):
    """The disk or stick does not give the file."""

    def __init__(self, path: Path, error: OSError) -> None:
        """Name the file and what the system says."""
        happened = "找不到文件" if isinstance(error, FileNotFoundError) else "无法读取文件"
        super().__init__(f"{happened}“{path}”", safe="本机数据没有改变", do="请确认U盘已插好、文件还在，再试一次")


class CannotWrite(OfficeTrouble):
    """The disk or stick does not take the file; :func:`cannot_write` tells a full one from others."""


class DiskFull(CannotWrite):
    """There is no room for the file."""


class FileExists(OfficeTrouble):
    """There is a file of that name, and nothing is ever overwritten."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"“{path.parent}”里已经有“{path.name}”", safe="原来的文件没有动", do="请换一个文件夹，或先把原来的文件移走"
        )


class BadCard(OfficeTrouble):
    """A file or text is no office card, or was altered; ``why`` is a short clause."""

    def __init__(self, name: str, why: str) -> None:
        """Name the card's file, and what does not hold."""
        super().__init__(
            f"“{name}”不是有效的单位名片（{why}）",
            safe="没有登记任何单位",
            do="请让对方重新导出名片文件（.tzcard），不要手工修改",
        )
        self.why = why


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """The trouble for a file that could not be written: its own kind where the disk is full or the file too large for it."""
    safe = "没有留下半个文件，台账和案件没有改变"
    if error.errno in _SPACE:
        return DiskFull(f"磁盘或U盘已满，“{path.name}”没有写成", safe=safe, do="请清出空间或换一个U盘，再生成一次")
    return CannotWrite(
        f"无法在“{path.parent}”里写入“{path.name}”", safe=safe, do="请确认文件夹存在、U盘没有写保护，再生成一次"
    )
