"""What can be wrong with a vault from outside the program: each kind has one clear sentence for the clerk."""

from datetime import datetime

from taizhang_casework.domain.trouble import OfficeTrouble

_ALIVE = "请找回最新的密钥文件；确实找不到的，由口令一直没有换过的管理员打开，或从备份恢复"


class VaultTrouble(OfficeTrouble):
    """Something about the folder, the files, the keys or the disk of a case database."""


class UnwritableText(VaultTrouble):
    """A text with half a character in it, which no file can hold: forms say it beside the field, this is for what comes past them."""

    def __init__(self) -> None:
        super().__init__(
            "填写的内容里有一个字不完整，无法保存",
            safe="没有保存，原有数据没有改动",
            do="请把显示成方块或问号的字删去，重新输入后再保存",
        )


class NoVaultHere(VaultTrouble):
    """The folder is missing or holds no vault."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件夹里没有台账数据库",
            safe="没有新建也没有改动任何文件",
            do="请核对位置，或插好存放数据的U盘后再打开",
        )


class VaultExists(VaultTrouble):
    """There is a vault, or a part of one, where a new one was to be made."""

    def __init__(self) -> None:
        super().__init__("这个文件夹里已经有台账数据库", safe="原有数据没有改动", do="请直接打开它，或另选一个空文件夹")


class FolderNotEmpty(VaultTrouble):
    """There are files of somebody's where a new vault was to be made."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件夹里已经有别的文件", safe="这些文件没有改动，也没有建立数据库", do="请移走它们，或另选一个空文件夹"
        )


class FolderCannotBeMade(VaultTrouble):
    """The folder for a new vault cannot be made where it was asked for."""

    def __init__(self) -> None:
        super().__init__("不能在这个位置建立数据文件夹", safe="没有建立数据库", do="请另选一个可以写入的位置")


class CaseFileMissing(VaultTrouble):
    """The key file is there, the case file that it names is not; an empty one is never made in its place."""

    def __init__(self, name: str = "cases.db") -> None:
        super().__init__(
            f"数据文件不见了（{name}）",
            safe="密钥文件还在，也没有新建空数据库",
            do="请找回该文件或从备份恢复，不要重新建库",
        )


class CaseFileDamaged(VaultTrouble):
    """The case file is not what it was: plain, cut, overwritten, or of another vault."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件已损坏或不是本单位的数据文件",
            safe="程序没有改动它",
            do="请先把整个文件夹另存一份，再从备份恢复",
        )


class KeyFileOutdated(CaseFileMissing):
    """The key file and its copy are from before a change of the data's key: the case file that they name gave way to ``there``."""

    def __init__(self, named: str, there: str) -> None:
        VaultTrouble.__init__(
            self,
            f"密钥文件 vault.json 是旧的：更换数据密钥以后，数据文件由 {named} 换成了 {there}",
            safe=f"{there} 还在，没有改动",
            do="请找回更换以后的 vault.json 或 vault.json.copy；找不到的，从备份恢复，不要重新建库",
        )


class KeyFileMissing(VaultTrouble):
    """``cases.db`` is there, ``vault.json`` is not."""

    def __init__(self) -> None:
        super().__init__(
            "密钥文件 vault.json 不见了",
            safe="数据文件还在，没有改动",
            do="请找回该文件或从备份恢复，不要重新建库",
        )


class KeyAndCaseFileMissing(KeyFileMissing):
    """Neither ``vault.json`` nor the case file is there; other files of a vault are."""

    def __init__(self) -> None:
        VaultTrouble.__init__(
            self,
            "密钥文件 vault.json 和数据文件都不见了",
            safe="这个文件夹里剩下的文件没有改动",
            do="请找回这些文件或从备份恢复，不要重新建库",
        )


class KeyFileDamaged(VaultTrouble):
    """``vault.json`` cannot be read as one."""

    def __init__(self) -> None:
        super().__init__("密钥文件 vault.json 已损坏", safe="数据文件没有改动", do="请从备份找回该文件后再打开")


class MadeByNewerVersion(VaultTrouble):
    """The key file's format or the schema is newer than this program."""

    def __init__(self) -> None:
        super().__init__("这个数据库由更新版本的程序建立", safe="数据没有改动", do="请先升级本程序再打开")


class MadeByTrialVersion(VaultTrouble):
    """The key file is of a format that was in use before the first release."""

    def __init__(self) -> None:
        super().__init__("这个数据库由正式发布以前的试用版建立", safe="数据没有改动", do="请用当时的试用版打开")


class KeyFileForeign(VaultTrouble):
    """``vault.json`` was changed by somebody who could not open the vault."""

    def __init__(self) -> None:
        super().__init__(
            "密钥文件 vault.json 被别的程序改动过", safe="数据文件没有改动", do="请从备份找回该文件后再打开"
        )


class VaultLocked(VaultTrouble):
    """The desk is locked: the key is not in the program any more."""

    def __init__(self) -> None:
        super().__init__("台账已锁定", safe="已保存的数据没有改动", do="请先输入口令打开")


class SchemaUnexpected(VaultTrouble):
    """The tables are not those that this revision has."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件的结构与本程序不符", safe="程序没有改动它", do="请先把整个文件夹另存一份，再从备份恢复"
        )


class Doubtful(VaultTrouble):
    """The vault opens, but it is not certain that it is the newest there was. Somebody with the right may go on with it."""


class OlderData(Doubtful):
    """The case file lacks the newest changes: an older file was put back, or the tail of its WAL is lost."""

    def __init__(self, lost: int) -> None:
        self.lost = lost
        super().__init__(
            f"数据文件比上次使用时旧，缺少最近的{lost}处更改",
            safe="程序没有改动任何文件",
            do="请找回最新的数据文件或从备份恢复；确实找不到的，由管理员确认后继续使用",
        )


class OtherHistory(Doubtful):
    """The case file's journal is not the one that was continued here."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件与上次使用时不是同一份",
            safe="程序没有改动任何文件",
            do="请找回原来的数据文件或从备份恢复；确实找不到的，由管理员确认后继续使用",
        )


class HeadFileMissing(Doubtful):
    """``vault.head`` is not there."""

    def __init__(self) -> None:
        super().__init__(
            "核对文件 vault.head 不见了，无法确认数据文件是不是最新的",
            safe="程序没有改动任何文件",
            do="请找回该文件；找不到的，请核对最近办理的几件，由管理员确认后继续使用",
        )


class HeadFileDamaged(Doubtful):
    """``vault.head`` cannot be read as one of this vault."""

    def __init__(self) -> None:
        super().__init__(
            "核对文件 vault.head 已损坏，无法确认数据文件是不是最新的",
            safe="程序没有改动任何文件",
            do="请核对最近办理的几件，由管理员确认后继续使用",
        )


class OlderKeyFile(Doubtful):
    """The key file is an older one: passphrases that were changed or taken away would open the vault again."""

    def __init__(self) -> None:
        super().__init__(
            "密钥文件 vault.json 是旧的，口令或用户后来有过变更",
            safe="程序没有改动任何文件",
            do="请找回最新的密钥文件；确实找不到的，由管理员确认后继续使用，并重设各用户的口令、重新生成恢复码",
        )


class KeyFileMended(VaultTrouble):
    """One of the two copies of the key file was missing, damaged or ``older`` and has been written again from the other."""

    def __init__(self, name: str, *, older: bool = False) -> None:
        super().__init__(
            f"密钥文件 {name} {'是旧的' if older else '缺失或损坏'}，已用另一份修复",
            safe="数据和口令都没有改变",
            do="请留意硬盘或U盘是否可靠，并做一次备份",
        )


class KeyFileNotPutBack(VaultTrouble):
    """A change of the ways in was refused, and the key file that was written for it could not be put back."""

    def __init__(self) -> None:
        super().__init__(
            "口令或用户的更改没有保存，密钥文件也没能改回原样",
            safe="案件数据没有改动，台账已经锁住",
            do="请检查硬盘或U盘后重新打开，由管理员核对用户，把这次更改重做一遍",
        )


class VaultInUse(VaultTrouble):
    """Another running program has the vault open. ``holder`` names its computer, empty where unknown."""

    def __init__(self, holder: str) -> None:
        where = f"电脑“{holder}”上的" if holder else ""
        super().__init__(f"{where}另一个台账程序正在使用这个数据库", safe="数据没有改动", do="请先关闭那个程序再打开")


class WrongPassphrase(VaultTrouble):
    """No passphrase slot opens with it."""

    def __init__(self) -> None:
        super().__init__(
            "口令不正确", safe="数据没有改动", do="请检查大小写和输入法后重输；忘记口令请用打印的恢复码打开"
        )


class DeadPassphrase(WrongPassphrase):
    """An older key file was put back, and the passphrase opens that one alone: it was changed or taken away since."""

    def __init__(self) -> None:
        VaultTrouble.__init__(
            self, "这个口令已经作废，密钥文件 vault.json 是换口令以前的", safe="数据没有改动", do=_ALIVE
        )


class EmptyPassphrase(VaultTrouble):
    """A vault is never made with an empty passphrase."""

    def __init__(self) -> None:
        super().__init__("口令不能为空", safe="没有建立数据库", do="请输入口令")


class RecoveryCodeMistyped(VaultTrouble):
    """The check of the recovery code does not fit: something was typed wrongly."""

    def __init__(self) -> None:
        super().__init__("恢复码输入有误", safe="数据没有改动", do="请对照打印的恢复码逐组核对后重输")


class WrongRecoveryCode(VaultTrouble):
    """A well-formed recovery code that is not this vault's, or no longer."""

    def __init__(self) -> None:
        super().__init__(
            "这个恢复码不是本数据库的", safe="数据没有改动", do="请核对恢复码上的单位和日期，使用最新的一份"
        )


class DeadRecoveryCode(WrongRecoveryCode):
    """An older key file was put back, and the recovery code opens that one alone: a newer one was issued since."""

    def __init__(self) -> None:
        VaultTrouble.__init__(
            self, "这个恢复码已经作废，密钥文件 vault.json 是换恢复码以前的", safe="数据没有改动", do=_ALIVE
        )


class KeyringTrouble(VaultTrouble):
    """The keyring of the operating system did not give or take the secret; a passphrase always opens the vault."""


class KeyringUnavailable(KeyringTrouble):
    """There is no real keyring on this PC, or the one offered only pretends to keep secrets."""

    def __init__(self) -> None:
        super().__init__("这台电脑没有可用的系统密钥环", safe="数据没有改动", do="请用口令打开")


class KeyringLocked(KeyringTrouble):
    """The keyring is locked and stays so."""

    def __init__(self) -> None:
        super().__init__("系统密钥环已锁定", safe="数据没有改动", do="请先解锁系统密钥环，或用口令打开")


class KeyringSilent(KeyringTrouble):
    """The keyring did not answer within the time limit."""

    def __init__(self) -> None:
        super().__init__("系统密钥环没有响应", safe="数据没有改动", do="请用口令打开")


class KeyringForgot(KeyringTrouble):
    """The keyring does not hold the secret, or gave back another one than was kept."""

    def __init__(self) -> None:
        super().__init__(
            "系统密钥环里没有本数据库的密钥", safe="数据没有改动", do="请用口令打开，需要时重新勾选“在这台电脑上记住”"
        )


class DeadKeyringKey(KeyringTrouble):
    """An older key file was put back, and this PC's keyring opens that one alone."""

    def __init__(self) -> None:
        super().__init__(
            "系统密钥环里的密钥已经作废，密钥文件 vault.json 是旧的", safe="数据没有改动", do="请用口令打开"
        )


class DiskFull(VaultTrouble):
    """No room on the disk; what was being saved is wholly undone."""

    def __init__(self) -> None:
        super().__init__("硬盘空间不足，这一次没有保存", safe="以前保存的数据完好", do="请清理硬盘空间后再保存一次")


class DiskNearlyFull(VaultTrouble):
    """Little room is left on the disk; the room that was set aside is in use now."""

    def __init__(self) -> None:
        super().__init__(
            "硬盘空间快满了",
            safe="已保存的数据完好，暂时还能保存和关闭",
            do="请尽快清理硬盘空间",
        )


class ClockSetBack(VaultTrouble):
    """The PC's clock shows a time before the newest change that was journalled."""

    def __init__(self, newest: datetime) -> None:
        moment = f"{newest.year}年{newest.month}月{newest.day}日{newest:%H:%M}"
        super().__init__(
            f"电脑的时间早于最近一次更改的时间（{moment}）",
            safe="已保存的数据没有改动，更改记录的先后不受影响",
            do="请核对电脑的日期和时间，期限都按电脑的日期计算",
        )


class DiskTrouble(VaultTrouble):
    """The disk or stick failed to read or write."""

    def __init__(self) -> None:
        super().__init__(
            "读写硬盘或U盘出错，这一次没有完成", safe="以前保存的数据没有改动", do="请检查硬盘或U盘后关闭程序再打开"
        )


class VaultNotWritable(VaultTrouble):
    """The folder or the files may not be written."""

    def __init__(self) -> None:
        super().__init__(
            "没有权限读写数据所在的文件夹", safe="数据没有改动", do="请检查文件夹是否只读，或请管理员开放权限"
        )


class VaultBusy(VaultTrouble):
    """Another connection is writing for longer than the busy time-out."""

    def __init__(self) -> None:
        super().__init__("数据库正忙，这一次没有保存", safe="以前保存的数据完好", do="请稍候再试一次")


class SealPictureDamaged(VaultTrouble):
    """The picture that is kept is not the one that was loaded."""

    def __init__(self) -> None:
        super().__init__(
            "保存的电子印章图片与载入时不一致",
            safe="台账没有改动",
            do="请管理员重新载入电子印章，或者打印后盖章",
        )


class OfficeAlreadyFounded(VaultTrouble):
    """A vault belongs to one office for its whole life."""

    def __init__(self) -> None:
        super().__init__("这个数据库已经属于一个单位", safe="数据没有改动", do="如需为另一单位建库，请另选一个空文件夹")
