"""What can be wrong with a backup or the place where it lies: one clear sentence each."""

from taizhang_db.trouble import VaultTrouble

_UNCHANGED = "本机的台账没有改动，这个文件也没有改动"
_ANOTHER = "请换一份备份再试，例如前一天的或另一个U盘上的"
_NO_HALF = "本机的台账完好，没有留下写了一半的备份"
_PERHAPS_HALF = "本机的台账完好，没写完的部分不算备份，下次备份到那里时会清除"


class BackupTrouble(VaultTrouble):
    """Something about a backup's file."""


class NoBackup(BackupTrouble):
    """The file is not one of our backups."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件不是台账备份，或已经损坏", safe=_UNCHANGED, do=f"请核对是不是选错了文件；没有选错的，{_ANOTHER}"
        )


class BackupCutShort(BackupTrouble):
    """The file ends too early."""

    def __init__(self) -> None:
        super().__init__("备份文件不完整，后面缺了一段", safe=_UNCHANGED, do=f"请重新复制一次；仍不完整的，{_ANOTHER}")


class BackupDamaged(BackupTrouble):
    """Something in the file is not what the program wrote."""

    def __init__(self) -> None:
        super().__init__("备份文件已损坏，或里面的内容被换过", safe=_UNCHANGED, do=_ANOTHER)


class BackupMixed(BackupTrouble):
    """What is in the file is not what its manifest lists, in that order."""

    def __init__(self) -> None:
        super().__init__("备份文件里的内容与它的清单对不上，少了、多了或换了次序", safe=_UNCHANGED, do=_ANOTHER)


class BackupForged(BackupTrouble):
    """The manifest was not written by whoever holds the key of the vault."""

    def __init__(self) -> None:
        super().__init__("备份文件的清单被改动过，不能相信", safe=_UNCHANGED, do=_ANOTHER)


class BackupByNewerVersion(BackupTrouble):
    """Its format is newer than this program."""

    def __init__(self) -> None:
        super().__init__("这个备份由更新版本的程序制作", safe=_UNCHANGED, do="请先升级本程序再恢复")


class BackupWrongPassphrase(BackupTrouble):
    """The passphrase opens nothing of the backup."""

    def __init__(self) -> None:
        super().__init__(
            "口令打不开这个备份", safe=_UNCHANGED, do="备份用的是制作当天的口令，请用当时的口令，或当时有效的恢复码"
        )


class BackupWrongCode(BackupTrouble):
    """The recovery code opens nothing of the backup."""

    def __init__(self) -> None:
        super().__init__("恢复码打不开这个备份", safe=_UNCHANGED, do="请用制作备份时有效的那份恢复码，或当时的口令")


class BackupOfAnotherOffice(BackupTrouble):
    """The backup belongs to an office other than the one that is open."""

    def __init__(self, office: str) -> None:
        super().__init__(f"这个备份是“{office}”的，不是本单位的", safe=_UNCHANGED, do="请选择本单位的备份")


class BackupNotProved(BackupTrouble):
    """The trial restore did not give back what was backed up."""

    def __init__(self) -> None:
        super().__init__(
            "备份写好后试恢复，发现与台账不一致，这份备份不能用",
            safe=_NO_HALF,
            do="请换一个U盘再备份一次；仍不行的，请检查硬盘",
        )


class KeysChangedMeanwhile(BackupTrouble):
    """The keys of the vault were changed while it was backed up."""

    def __init__(self) -> None:
        super().__init__("备份时正在更换数据的密钥，这一次没有完成", safe=_NO_HALF, do="请稍候再备份一次")


class PlaceGone(BackupTrouble):
    """The folder is not there, or not any more."""

    def __init__(self) -> None:
        super().__init__("存放备份的位置不见了，可能U盘已拔出", safe=_PERHAPS_HALF, do="请插好U盘，再备份一次")


class PlaceFull(BackupTrouble):
    """There is no room. ``needed`` and ``free`` in bytes, 0 where it showed only while writing."""

    def __init__(self, needed: int = 0, free: int = 0) -> None:
        amounts = f"，约需{_megabytes(needed)}，只剩{_megabytes(free)}" if needed else ""
        super().__init__(f"存放备份的位置空间不足{amounts}", safe=_NO_HALF, do="请清理空间或换一个U盘，再备份一次")


class PlaceNotWritable(BackupTrouble):
    """It may not be written, or the stick is write-protected."""

    def __init__(self) -> None:
        super().__init__(
            "存放备份的位置不能写入", safe=_NO_HALF, do="请检查U盘是否写保护、文件夹是否只读，或换一个位置"
        )


class PlaceFails(BackupTrouble):
    """The disk or stick fails to read or write."""

    def __init__(self) -> None:
        super().__init__("读写U盘或硬盘出错，备份没有完成", safe=_PERHAPS_HALF, do="请重新插好或换一个U盘，再备份一次")


class BackupUnreadable(BackupTrouble):
    """The backup cannot be read to its end."""

    def __init__(self) -> None:
        super().__init__(
            "读不出备份文件，可能U盘已拔出或损坏", safe=_UNCHANGED, do=f"请插好U盘再试一次；仍不行的，{_ANOTHER}"
        )


class BackupGone(BackupTrouble):
    """There is no such file."""

    def __init__(self) -> None:
        super().__init__("找不到备份文件", safe=_UNCHANGED, do="请核对位置，或插好U盘后重新选择")


class PlaceTaken(BackupTrouble):
    """There is something already where a backup is to be unpacked."""

    def __init__(self) -> None:
        super().__init__("这个文件夹里已经有内容", safe="没有改动任何文件", do="请指定一个新的或空的文件夹")


class PresentNotOpened(BackupTrouble):
    """There are data of this office that seem whole; whoever wants to replace them has to be able to open them."""

    def __init__(self, office: str) -> None:
        super().__init__(
            f"这台电脑上已有“{office}”的台账，用这个口令或恢复码打不开它",
            safe=_UNCHANGED,
            do="请由管理员打开台账，在“备份”里恢复",
        )


class RestoreGoesOn(BackupTrouble):
    """Another running program restores a backup into the same place; two would take each other's folders away."""

    def __init__(self) -> None:
        super().__init__("另一个程序正在恢复备份", safe=_UNCHANGED, do="请等那边恢复完或关掉那个程序，再试一次")


class TakenOutGone(BackupTrouble):
    """What was taken out of the backup is not there any more when it is to be put in place."""

    def __init__(self) -> None:
        super().__init__("从备份中取出的数据不见了，没有恢复", safe=_UNCHANGED, do="请重新选择备份，再恢复一次")


def _megabytes(count: int) -> str:
    return f"{max(1, round(count / 1_000_000)):,} MB"
