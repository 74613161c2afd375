"""Memory that is not needed any more goes back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Give back what was freed; the C library of Linux keeps it otherwise, and the next passphrase needs 64 MiB on top of it."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
