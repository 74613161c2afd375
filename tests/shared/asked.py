"""When the keyring was asked: the vault asks it in threads that nobody waits for, but a test."""

import threading

from taizhang_db.second_head import THREAD


def keyring_asked() -> None:
    """Return when no thread of a vault's second head is left; one that compares may begin another that keeps."""
    while asking := [thread for thread in threading.enumerate() if thread.name == THREAD]:
        for thread in asking:
            thread.join()
