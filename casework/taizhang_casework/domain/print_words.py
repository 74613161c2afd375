"""打印登记 and the office's seal in plain Chinese, from what the journal took down."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from taizhang_casework.domain.print_register import WAY_WORDS, PrintRecord, PrintWay

Thing = Mapping[str, Any]


def print_told(record: PrintRecord) -> tuple[str, Sequence[str]]:
    """What was made, and how: a line of the register, and of the history."""
    if record.failed:
        return f"没有{WAY_WORDS[record.way]}成：{record.paper.says}", [f"原因：{record.failed}"]
    details = [f"打印机：{record.printer}"] if record.printer else []
    if record.way is PrintWay.PRINTED:
        details.append(f"份数：{record.copies}")
    if record.seal is not None:
        details.append("加盖电子印章")
    details += [f"原因：{record.why}"] if record.why else []
    details.append(f"文件校验码：{record.digest[:16].upper()}")
    return f"{WAY_WORDS[record.way]}{record.paper.says}", details


def journalled_print(after: Thing) -> tuple[str, Sequence[str]]:
    """The same from the JSON of the journal; a paper that this program does not know is told without its name."""
    try:
        record = msgspec.convert(after, PrintRecord)
    except msgspec.ValidationError:
        return "打印或另存材料", []
    return print_told(record)


def journalled_seal(before: Thing | None, after: Thing) -> tuple[str, Sequence[str]]:
    """Loading a seal, or taking it out of use; never its picture."""
    if before is None:
        digest = str(after.get("digest", ""))[:16].upper()
        return "载入电子印章", [f"原因：{after.get('why', '')}", f"图片校验码：{digest}"]
    return "停用电子印章", [f"原因：{after.get('ended_why', '')}"]
