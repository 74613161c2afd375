"""How a backup is told: when, where, how much."""

from datetime import date, datetime

from taizhang_casework.domain.backups import BackupFace, BackupPlace, Loss

BESIDE = "这份备份和台账在同一块硬盘或U盘上，坏了、丢了会一起没有"
PLACES = {BackupPlace.SCHEDULE: "本机（自动）", BackupPlace.STICK: "U盘或其他位置"}
MEGABYTE = 1_000_000


def moment(at: datetime) -> str:
    """A moment to the minute."""
    return f"{at:%Y-%m-%d %H:%M}"


def ago(on: date, today: date) -> str:
    """How long ago, in days; a day that has not come says so instead."""
    days = (today - on).days
    if days < 0:
        return f"{on.isoformat()}，晚于今天，请核对电脑日期"
    return "今天" if days == 0 else "昨天" if days == 1 else f"{days}天前"


def size(count: int) -> str:
    """Bytes in MB, one digit behind the point."""
    return f"{max(0.1, count / MEGABYTE):,.1f} MB"


def holds(face: BackupFace) -> str:
    """What is in a backup."""
    counts = face.counts
    told = f"案件{counts.cases}件、户{counts.households}户、告知书{counts.letters}份、已封存台账{counts.filings}份"
    return f"{told}、附件{counts.attachments}个" if counts.attachments else told


def lacks(face: BackupFace) -> str:
    """Which attachments are not in it; empty where all are."""
    if not face.lacking:
        return ""
    return f"其中{face.lacking}个附件在备份时本机就已丢失或损坏，不在这份备份里"


def loss_words(loss: Loss | None, *, replaces: bool) -> str:
    """What a restore would lose against what is there."""
    if not replaces:
        return "这台电脑上还没有这个单位的台账，恢复后即可使用。"
    if loss is None:
        return "本机现有的台账打不开，无法比较；恢复后它会原样保留在另一个文件夹里。"
    if not loss.same_history:
        return f"本机现有的台账不是从这份备份接着办的：其中的{loss.changes}处更改、{loss.cases}件案件都不在备份里。"
    if not loss.changes:
        return "本机现有的台账与这份备份一样新，恢复后不会缺少内容。"
    cases = f"，其中新登记的案件{loss.cases}件" if loss.cases else ""
    return f"备份之后本机又有{loss.changes}处更改{cases}。恢复后这些都要重新办理。"
