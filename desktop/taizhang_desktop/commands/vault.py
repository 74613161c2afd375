"""``taizhang vault verify`` and ``taizhang journal verify``: whether what is kept is what was saved."""

from pathlib import Path

from taizhang_desktop.bootstrap.rules import load_rules
from taizhang_desktop.bootstrap.verifying import look_through, look_through_journal
from taizhang_desktop.commands.terminal import ask_secret, progress_line, vault_of
from taizhang_desktop.places import heads_folder

RIGHT, WRONG = 0, 1


def verify_vault(data: Path | None, office: str) -> int:
    """Look through the whole vault of an office; 1 where anything is wrong, each fault a line."""
    folder = vault_of(data, office)
    passphrase = ask_secret("口令")
    with progress_line() as progress:
        seen = look_through(folder, passphrase, load_rules(), progress, heads_folder())
    print(f"{folder.name}：更改记录{seen.rows}行")
    for finding in seen.findings:
        print(finding.says)
    print("检查完毕，没有发现问题。" if not seen.findings else f"检查完毕，有{len(seen.findings)}处问题。")
    return WRONG if seen.findings else RIGHT


def verify_journal(data: Path | None, office: str) -> int:
    """Walk the journal of an office; 1 where a row does not fit, the first one named."""
    folder = vault_of(data, office)
    rows, broken = look_through_journal(folder, ask_secret("口令"), heads_folder())
    print(f"{folder.name}：更改记录{rows}行")
    print("逐行衔接，没有改动。" if broken is None else f"{broken.why}。")
    return RIGHT if broken is None else WRONG
