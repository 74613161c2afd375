"""A small file system of its own, which really fills up. Mounting it needs the rights of root."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BLOCK = 4096


class CannotMount(Exception):  # noqa: N818 - a circumstance, not an error
    """This process may not mount file systems; the text is the system's own."""


class SmallDisk:
    """A mounted file system, and a file that takes up its room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "taken by somebody else"

    @property
    def free(self) -> int:
        """Bytes that are left."""
        return shutil.disk_usage(self.folder).free

    def fill(self, leave: int) -> None:
        """Let no more than so many bytes be left, in whole blocks; room that is taken already stays so."""
        with self._filler.open("ab", buffering=0) as file:
            while (over := self.free - leave) >= BLOCK:
                file.write(bytes(min(over // BLOCK * BLOCK, 1 << 20)))

    def make_room(self) -> None:
        """Give back all the room that was taken."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(place: Path, mebibytes: int) -> Iterator[SmallDisk]:
    """A tmpfs of that size mounted at ``place``. Raises CannotMount."""
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(place))
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def pulled_stick(place: Path, mebibytes: int) -> Iterator["Stick"]:
    """An ext4 file system in a file, mounted at ``place``; :meth:`Stick.pull` makes every later read and write fail. CannotMount."""
    image = place.with_name(f"{place.name}.image")
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(mebibytes << 20)
    _run("mkfs.ext4", "-q", "-F", str(image))
    stick = Stick(place, image)
    stick.plug_in()
    try:
        yield stick
    finally:
        stick.take_out()


class Stick:
    """A stick that can be pulled out and plugged in again."""

    def __init__(self, folder: Path, image: Path) -> None:
        self.folder = folder
        self._image = image

    def pull(self) -> None:
        """From now on the file system answers everything with an I/O error (EXT4_IOC_SHUTDOWN, without writing its log)."""
        import fcntl  # noqa: PLC0415 - POSIX only, as is the stick

        shutdown, without_log = 0x8004587D, (2).to_bytes(4, sys.byteorder)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, shutdown, without_log)
        finally:
            os.close(handle)

    def take_out(self) -> None:
        """Let go of the place where it was mounted."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def plug_in(self) -> None:
        """Mount what was really on it, as another device, which is what the system takes it for; its log is replayed."""
        image = self._image.with_suffix(f"{self._image.suffix}+")
        shutil.copy(self._image, image)
        self._image = image
        _run("mount", "-o", "loop", str(self._image), str(self.folder))


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise CannotMount(str(missing)) from missing
    if done.returncode:
        raise CannotMount(done.stderr.strip())
