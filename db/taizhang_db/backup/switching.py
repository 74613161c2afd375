"""The switch: what was taken out of a backup takes the place of the present vault, which is kept whole in ``replaced``.

Two renames make it; a note beside the vaults (``vault.switching``) names them, so that a program that was killed between them ends
the switch when it is next started. What fails is undone, and its note goes with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import msgspec

from taizhang_db.backup.trouble import TakenOutGone
from taizhang_db.disk import disk_trouble, sync_folder, write_whole
from taizhang_db.lock import let_go
from taizhang_db.trouble import VaultInUse

SWITCHING = "vault.switching"
REPLACED = "replaced"


class Switch(msgspec.Struct, frozen=True):
    """Names of folders below the data: what comes, where to, and under which name in ``replaced`` the present one is kept."""

    new: str
    office: str
    replaced: str

    @property
    def inside(self) -> bool:
        """Whether the names cannot lead out of the data's folder."""
        named = filter(None, (self.new, self.office, self.replaced))
        return all(Path(name).name == name and name not in {".", ".."} for name in named)


def switch(data: Path, names: Switch) -> None:
    """Put the closed vault in its place. Raises VaultInUse, TakenOutGone or trouble of the disk; then all is as it was, and stays so."""
    with disk_trouble():
        (data / REPLACED).mkdir(mode=0o700, exist_ok=True)
    with _void_where_it_fails(data, names), _nobody_in(data / names.office), disk_trouble():
        write_whole(data / SWITCHING, msgspec.json.encode(names))
        if not _rename(data, names):
            raise TakenOutGone
    with suppress(OSError):
        _strike(data)  # a note of a switch that is done does nothing


def end_switch(data: Path) -> None:
    """End a switch that was begun; nothing where none was. For the start of the program, before any vault is open.

    Where the present vault is still in its place and the switch fails, or somebody has it open, the switch is given up: what is
    worked in from now on is never replaced unasked. Raises trouble of the disk.
    """
    note = data / SWITCHING
    with disk_trouble():
        if not note.exists():
            return
        try:
            names = msgspec.json.decode(note.read_bytes(), type=Switch)
        except (msgspec.DecodeError, UnicodeDecodeError):
            names = None
        if names is not None and names.inside:
            with suppress(VaultInUse), _void_where_it_fails(data, names), _nobody_in(data / names.office):
                _rename(data, names)
        _strike(data)


@contextmanager
def _nobody_in(present: Path) -> Iterator[None]:
    """VaultInUse where somebody has the present vault open; nobody opens it before the block ends."""
    with let_go(present) if present.is_dir() else nullcontext():
        yield


@contextmanager
def _void_where_it_fails(data: Path, names: Switch) -> Iterator[None]:
    """Where the block raises and the present vault is in its place, take the note away: nobody carries it out behind his back."""
    try:
        yield
    except BaseException:
        if (data / names.office).exists():
            with suppress(OSError):
                _strike(data)
        raise


def _strike(data: Path) -> None:
    """The switch is ended or given up: take the note away."""
    (data / SWITCHING).unlink(missing_ok=True)
    sync_folder(data)


def _rename(data: Path, names: Switch) -> bool:
    """The two renames, as far as they are not done, or none of them where one fails; whether the new vault is in its place."""
    new, present = data / names.new, data / names.office
    kept = data / REPLACED / names.replaced
    done: list[tuple[Path, Path]] = []
    try:
        if present.exists():
            if names.replaced and new.exists() and not kept.exists():
                present.rename(kept)
                done.append((present, kept))
                sync_folder(data / REPLACED)
        elif names.replaced and kept.exists():
            done.append((present, kept))
        moved = new.exists() and not present.exists()
        if moved:
            new.rename(present)
            done.append((new, present))
        elif done:
            kept.rename(present)
        sync_folder(data)
    except BaseException:
        for before, after in reversed(done):
            with suppress(OSError):
                after.rename(before)
        raise
    return moved
