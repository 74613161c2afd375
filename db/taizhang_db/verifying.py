"""Looking through a whole vault: every page, every row of the journal, what is kept against what was journalled, the files beside it.

It changes nothing but what any opening changes, and finds everything at once.
"""

from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import text
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.services.clock import Progress

from taizhang_db import derived, integrity, opening
from taizhang_db.attachments.store import AttachmentFolder
from taizhang_db.boundary import database_trouble
from taizhang_db.engine import watched
from taizhang_db.journal import BrokenRow, journal_head, verify_journal
from taizhang_db.keys import sidecar
from taizhang_db.keys.key_file import unsealed
from taizhang_db.looking import look
from taizhang_db.pen import NoPen
from taizhang_db.repositories.case_columns import Packs
from taizhang_db.repositories.seals import SqlSeals
from taizhang_db.trouble import (
    CaseFileDamaged,
    Doubtful,
    KeyFileDamaged,
    KeyFileForeign,
    MadeByNewerVersion,
    MadeByTrialVersion,
    SealPictureDamaged,
)
from taizhang_db.vault import Vault


class _Kept(msgspec.Struct, frozen=True):
    """Where the newest state of a kind of thing is kept as the journal has it, what it is called, and which of its rows tell that."""

    words: str
    rows: str
    told_by: str = "TRUE"


_KEPT: dict[Kind, _Kept] = {
    Kind.HOUSEHOLD: _Kept("户信息", "SELECT id, body FROM households"),
    Kind.CASE: _Kept("案件", "SELECT cases.id, body FROM cases JOIN case_bodies ON case_seq = cases.seq"),
    Kind.MATCH: _Kept("比对确认", "SELECT kind || ':' || left_id || ':' || right_id AS id, body FROM match_decisions"),
    Kind.LETTER: _Kept("告知书", "SELECT id, body FROM letters"),
    Kind.FILING: _Kept("封存的台账", "SELECT id, body FROM filings"),
    Kind.LIST_IMPORT: _Kept("部门名单", "SELECT id, body FROM list_imports"),
    Kind.PACKAGE: _Kept("数据包登记", "SELECT digest AS id, body FROM packages", """after NOT LIKE '{"warnings"%'"""),
    Kind.OFFICE: _Kept("本单位", "SELECT id, json_extract(body, '$.card') AS body FROM own_office"),
    Kind.PARTNER: _Kept("往来单位", "SELECT id, body FROM partners"),
    Kind.RECEIVED_FILING: _Kept("镇街报送", "SELECT id, body FROM received_filings"),
    Kind.USER: _Kept("用户", "SELECT id, body FROM users"),
    Kind.ATTACHMENT: _Kept("附件登记", "SELECT id, body FROM attachments"),
    Kind.LIST_VIEW: _Kept("台账视图", "SELECT id, body FROM list_views"),
    Kind.INCOME_LINE: _Kept("收入线", "SELECT id, body FROM income_lines"),
    Kind.PRINT: _Kept("打印登记", "SELECT id, body FROM prints"),
    Kind.SEAL: _Kept("电子印章登记", "SELECT id, body FROM seals"),
    Kind.MONITORED_HOUSEHOLD: _Kept("监测对象", "SELECT id, body FROM monitored_households"),
    Kind.BACKUP: _Kept("备份登记", "SELECT id, body FROM backups"),
}
"""Of disclosures, keys and doubts the journal alone tells: there is nothing to compare."""
_STRAY = """
WITH newest AS (
         SELECT id, after FROM journal
         WHERE seq IN (SELECT max(seq) FROM journal WHERE kind = :kind AND {told_by} GROUP BY id)
     ),
     kept AS ({rows})
SELECT count(*) FROM (
    SELECT newest.id FROM newest LEFT JOIN kept ON kept.id = newest.id WHERE kept.body IS NULL OR kept.body <> newest.after
    UNION ALL
    SELECT kept.id FROM kept WHERE kept.id NOT IN (SELECT id FROM newest)
)
"""
_PART = 1_000
"""Of progress, for each part of the walk."""


class VaultVerification(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; nothing where everything is right. ``rows`` is the length of the journal, ``broken`` its first broken row."""

    findings: tuple[Finding, ...]
    rows: int
    broken: BrokenRow | None


def verify(vault: Vault, packs: Packs, progress: Progress | None = None) -> VaultVerification:
    """Walk an open vault. Raises VaultLocked, trouble of the disk, and what ``progress`` raises (as a cancelled job does)."""
    walk = _Walk(vault, packs, progress)
    findings: list[Finding] = []
    for number, part in enumerate(_PARTS):
        walk.begin(number)
        findings += part(walk)
    walk.begin(len(_PARTS))
    return VaultVerification(findings=tuple(findings), rows=walk.rows, broken=walk.broken)


def walk_journal(vault: Vault) -> tuple[int, BrokenRow | None]:
    """The journal of an open vault alone: how many rows it has, and the first that does not fit. Raises trouble of file and disk."""
    with look(vault) as connection:
        return journal_head(connection).seq, verify_journal(connection)


class _Walk:
    """The vault, and how far the walk is."""

    def __init__(self, vault: Vault, packs: Packs, progress: Progress | None) -> None:
        self.vault = vault
        self.packs = packs
        self.rows = 0
        self.broken: BrokenRow | None = None
        self._progress = progress
        self._part = 0
        self._last = (0, 1)
        self.stray: set[Kind] = set()

    def begin(self, part: int) -> None:
        self._part = part
        self.at(0, 1)

    def tick(self) -> None:
        """No further, but it may be ended here."""
        self.at(*self._last)

    def at(self, done: int, total: int) -> None:
        self._last = (done, total)
        if self._progress is not None:
            self._progress(self._part * _PART + _PART * done // max(total, 1), len(_PARTS) * _PART)


def _case_file(walk: _Walk) -> Iterator[Finding]:
    """Every page by its HMAC, every table and index."""
    try:
        with database_trouble(walk.vault.folder):
            integrity.check_file(walk.vault.engine, walk.at)
    except CaseFileDamaged:
        yield _finding("case_file", "数据文件有损坏的部分，请先把整个文件夹另存一份，再从备份恢复")


def _journal(walk: _Walk) -> Iterator[Finding]:
    """Every row of the chain."""
    try:
        with look(walk.vault) as connection:
            walk.rows = journal_head(connection).seq
            walk.broken = verify_journal(connection, lambda row: walk.at(row, walk.rows))
    except CaseFileDamaged:
        yield _finding("journal", "更改记录有一部分读不出来，请从备份恢复")
    if walk.broken is not None:
        yield _finding("journal", f"更改记录{walk.broken.why}")


def _things(walk: _Walk) -> Iterator[Finding]:
    """What is kept, against the newest row of the journal about it: an older page that is whole in itself is seen by this alone."""
    for done, (kind, kept) in enumerate(_KEPT.items()):
        walk.at(done, len(_KEPT))
        query = text(_STRAY.format(rows=kept.rows, told_by=kept.told_by))
        try:
            with look(walk.vault) as connection, watched(connection, walk.tick):
                stray = connection.scalar(query, {"kind": kind.value})
        except CaseFileDamaged:
            walk.stray.add(kind)
            yield _finding("things", f"{kept.words}有一部分读不出来，请从备份恢复")
            continue
        if stray:
            walk.stray.add(kind)
            yield _finding("things", f"{kept.words}有{stray}处与更改记录不符，请从备份恢复并核对")


def _derived(walk: _Walk) -> Iterator[Finding]:
    """What is kept beside the bodies to find, sort and count them, against bodies that are as the journal has them."""
    with look(walk.vault) as connection:
        rows, done = derived.rows_of(connection), 0
    for kinds, compare in derived.parts(walk.packs):
        if kinds & walk.stray:
            continue
        at = done

        def seen(here: int, before: int = at) -> None:
            nonlocal done
            done = before + here
            walk.at(done, rows)

        try:
            with look(walk.vault) as connection, watched(connection, walk.tick):
                found = list(compare(connection, seen))
        except (CaseFileDamaged, msgspec.MsgspecError):
            yield _finding("derived", "列表和查找用的数据有一部分读不出来，请从备份恢复")
            continue
        for words, differing in found:
            if differing:
                yield _finding(
                    "derived",
                    f"{words}有{differing}处与内容不符，列表、查找或统计可能不准，内容本身没有改动；请先把整个文件夹另存一份，再从备份恢复",
                )


def _head(walk: _Walk) -> Iterator[Finding]:
    """The head outside the case file."""
    head = walk.vault.inside.head
    try:
        whole = head.is_as_written()
        with look(walk.vault) as connection:
            doubts = opening.compare(connection, head.read())
    except (Doubtful, CaseFileDamaged) as trouble:
        yield _finding("head", trouble.happened)
        return
    for doubt in doubts:
        yield _finding("head", doubt.happened)
    if not whole:
        yield _finding("head", "核对文件 vault.head 有一部分损坏，仍可使用，下次保存时会重新写好", blocks=False)


def _key_files(walk: _Walk) -> Iterator[Finding]:
    """Both writings of the key file, as the master key sealed them."""
    inside, folder = walk.vault.inside, walk.vault.folder
    for name, read in ((sidecar.FILE_NAME, sidecar.read_sidecar), (sidecar.COPY_NAME, sidecar.read_copy)):
        try:
            found = read(folder)
            unsealed(found, inside.master)
            same = sidecar.written(found) == sidecar.written(inside.keys)
        except FileNotFoundError:
            yield _finding("key_file", f"密钥文件 {name} 不见了，请关闭台账再打开一次")
        except (KeyFileDamaged, KeyFileForeign, MadeByNewerVersion, MadeByTrialVersion):
            yield _finding("key_file", f"密钥文件 {name} 已损坏或被改动过，请关闭台账再打开一次")
        else:
            if not same:
                yield _finding("key_file", f"密钥文件 {name} 不是最新的，请关闭台账再打开一次")


def _attachments(walk: _Walk) -> Iterator[Finding]:
    """The content of every attachment."""
    try:
        seen = AttachmentFolder(walk.vault).verify(walk.at)
    except CaseFileDamaged:
        yield _finding("attachments", "附件登记有一部分读不出来，请从备份恢复")
        return
    for what, addresses in (("不见了", seen.missing), ("已损坏或被换过", seen.damaged)):
        if addresses:
            yield _finding(
                "attachments", f"有{len(addresses)}份附件的文件{what}，请从备份恢复；原件还在的，重新添加一次"
            )
    if seen.stray:
        yield _finding("attachments", f"附件文件夹里有{len(seen.stray)}个没有登记的文件，数据文件可能不是最新的")


def _seal(walk: _Walk) -> Iterator[Finding]:
    """The picture of the seal in use, against the digest that was journalled."""
    if Kind.SEAL in walk.stray:
        return
    with look(walk.vault) as connection:
        seals = SqlSeals(connection, NoPen())
        in_use = seals.in_use()
        try:
            if in_use is not None:
                seals.picture(in_use)
        except SealPictureDamaged as trouble:
            yield _finding("seal", trouble.happened)


_PARTS: tuple[Callable[[_Walk], Iterator[Finding]], ...] = (
    _case_file,
    _journal,
    _things,
    _derived,
    _head,
    _key_files,
    _attachments,
    _seal,
)


def _finding(code: str, says: str, *, blocks: bool = True) -> Finding:
    return Finding(field="", code=code, says=says, blocks=blocks)
