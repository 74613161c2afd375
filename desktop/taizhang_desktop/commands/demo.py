"""``taizhang demo``: one month of made-up people, told in real files; then the window, where there is a screen."""

import sys
import tempfile
from pathlib import Path

import msgspec

from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.month import LAST_DAY, PASSPHRASE, run_month
from taizhang_desktop.demo.summary import Summary
from taizhang_desktop.places import has_screen

RECONCILED, NOT_RECONCILED, UNREAD = 0, 1, 3
AFTERWARDS = 2023
"""Seed of the window's identifiers; with the story's own seed they would come again."""


def run_demo(*, out: Path | None, lists: tuple[Path, ...], headless: bool) -> int:
    """Tell the month; 0 when every stage reconciles, 3 when a list could not be read (the others are told all the same).

    Without ``headless`` the window opens on the offices afterwards.
    """
    folder = Path(tempfile.mkdtemp(prefix="taizhang-demo-")) / "月" if out is None else out
    summary = run_month(folder, lists, load_rules(), _say)
    (folder / "summary.json").write_bytes(msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
    _tell(folder, summary)
    for trouble in summary.unread:
        print(trouble, file=sys.stderr)
    if headless or not has_screen():
        return NOT_RECONCILED if not summary.reconciles else UNREAD if summary.unread else RECONCILED
    from taizhang_desktop.window import open_demo_window  # noqa: PLC0415 - only where there is a screen

    return open_demo_window(folder / "offices", PASSPHRASE, StoryClock(LAST_DAY, seed=AFTERWARDS))


def _say(line: str) -> None:
    print(line, flush=True)


def _tell(folder: Path, summary: Summary) -> None:
    verdict = "各环节数目一致" if summary.reconciles else "各环节数目不一致，请查看 summary.json"
    _say(
        f"合计：读取{summary.rows_read}行 = 接收{summary.accepted} + 退回{summary.refused} + 重复{summary.duplicates}；"
        f"镇街案件{summary.cases_in_towns}、台账{summary.ledger_lines}行、区局{summary.bureau_lines}行"
        f"（另有其他渠道{summary.other_channels['ledger_lines']}条）。{verdict}。"
    )
    _say(f"台账PDF在“{folder / 'ledgers'}”，告知书在“{folder / 'letters'}”，数据包在“{folder / 'packages'}”。")
