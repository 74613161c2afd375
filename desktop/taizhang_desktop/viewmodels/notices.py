"""What the notice bar says: a sentence, its details, and perhaps one thing to do about it."""

from collections.abc import Callable

import msgspec
from taizhang_casework.domain.clause import in_brackets
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled


class NoticeAction(msgspec.Struct, frozen=True):
    """A button in the notice bar."""

    label: str
    do: Callable[[], None]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Stays until it is closed or another takes its place; never blocks work."""

    tone: Tone
    says: str
    lines: tuple[str, ...] = ()
    action: NoticeAction | None = None


def trouble_notice(trouble: Troubled, action: NoticeAction | None = None) -> Notice:
    """What happened, what is safe, what to do now."""
    return Notice(
        tone=Tone.OVERDUE,
        says=f"{trouble.happened}。",
        lines=(f"数据情况：{trouble.safe}。", f"现在请：{trouble.do}。"),
        action=action,
    )


def findings_notice(findings: tuple[Finding, ...], says: str = "") -> Notice:
    """All findings at once; those that block decide the tone."""
    blocks = sum(finding.blocks for finding in findings)
    told = says or (f"有{blocks}处需要先处理" if blocks else f"有{len(findings)}处提示，请核对")
    return Notice(tone=Tone.OVERDUE if blocks else Tone.SOON, says=told, lines=tuple(map(finding_line, findings)))


def finding_line(finding: Finding) -> str:
    """The finding as one line, with the clause it rests on."""
    return f"{finding.says}{in_brackets(finding.clause)}"
