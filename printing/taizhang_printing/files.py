"""Writing a finished paper: whole or not at all."""

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from taizhang_printing.trouble import DiskFull, FileNotWritable

FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if sys.platform != "win32" else set())


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` atomically and durably; DiskFull or FileNotWritable, and then what was there still is.

    Until it is whole it lies beside, readable by its owner alone, and is taken away when it does not become so.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise (DiskFull if error.errno in FULL else FileNotWritable)(path.name) from error
