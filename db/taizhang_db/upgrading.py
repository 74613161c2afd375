"""Taking an older case file to the newest revision: a copy is kept, the flag is raised, and only then is anything changed."""

from pathlib import Path

from sqlalchemy import Engine

from taizhang_db import migrating, schema, upgrade_flag
from taizhang_db.disk import disk_trouble, sync_file, sync_folder
from taizhang_db.engine import copy_case_file
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.rotation_marker import KEPT_FOLDER


def upgrade(engine: Engine, folder: Path, master: MasterKey, revision: str | None) -> None:
    """All steps in one transaction: the file is at the old revision or at the new one, also when the program is killed.

    SchemaUnexpected where the outcome is not exactly the newest schema; that too undoes everything.
    """
    if revision is not None:
        keep_copy(engine, folder, master, revision)
        upgrade_flag.raise_(folder, revision)
    migrating.migrate(engine, then=schema.expect_shape)


def keep_copy(engine: Engine, folder: Path, master: MasterKey, revision: str) -> Path:
    """The file as it is before the upgrade, under the same key, in ``before-upgrade``; an earlier one of that revision gives way."""
    kept = folder / KEPT_FOLDER
    with disk_trouble():
        kept.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
        path, part = kept / f"cases-{revision}.db", kept / f"cases-{revision}.part"
        part.unlink(missing_ok=True)
        copy_case_file(engine, part, master.derived(Purpose.CASE_FILE))
        sync_file(part)
        part.replace(path)
        sync_folder(kept)
    return path
