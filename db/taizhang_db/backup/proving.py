"""Whether what was taken out of a backup is whole, and is what the manifest says."""

from pathlib import Path

from sqlalchemy import Engine

from taizhang_db import schema
from taizhang_db.backup.attached import attached, is_right
from taizhang_db.backup.manifest import Manifest
from taizhang_db.backup.meter import Meter
from taizhang_db.backup.stand import face_of
from taizhang_db.backup.trouble import BackupDamaged
from taizhang_db.backup.unpacking import Unpacked
from taizhang_db.boundary import database_trouble
from taizhang_db.engine import PROOF_KIB, engine_for, for_reading
from taizhang_db.integrity import check_file
from taizhang_db.journal import verify_journal
from taizhang_db.keys.master import Purpose
from taizhang_db.opening import check_generation, check_header, probe
from taizhang_db.trouble import CaseFileDamaged


def prove(folder: Path, unpacked: Unpacked, meter: Meter) -> None:
    """Open what lies in the folder and check every page, index, change and attachment; nothing in it is changed.

    Raises BackupDamaged, MadeByNewerVersion or trouble of the disk.
    """
    path = folder / unpacked.keys.case_file
    if not path.is_file():
        raise BackupDamaged
    try:
        check_header(path)
        engine = engine_for(path, unpacked.master.derived(Purpose.CASE_FILE), cache_kib=PROOF_KIB)
        try:
            with database_trouble(folder):
                with for_reading(engine).connect() as look:
                    probe(look)
                    schema.check_bounds(look)
                check_file(engine, meter.part(path.stat().st_size))
                _compare(engine, folder, unpacked, meter)
        finally:
            engine.dispose()
    except CaseFileDamaged:
        raise BackupDamaged from None


def _compare(engine: Engine, folder: Path, unpacked: Unpacked, meter: Meter) -> None:
    told: Manifest = unpacked.manifest
    with for_reading(engine).connect() as connection:
        broken = verify_journal(connection, lambda _row: meter.add(0))
        older = check_generation(connection, unpacked.keys)
    face = face_of(engine, unpacked.keys.vault, told.face.made_at, lacking=len(told.lacking))
    if broken is not None or face != told.face or older:
        raise BackupDamaged
    for one in attached(engine):
        if one.address not in told.lacking and not is_right(folder, one, meter.add):
            raise BackupDamaged
