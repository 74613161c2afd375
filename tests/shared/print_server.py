"""A print queue of its own: CUPS with Debian's PDF printer, reached by a socket in a folder, printing into that folder.

The PDF printer reads its settings in ``/etc/cups`` and nowhere else. So the server has a file system view of its own, in which its
own folder lies there; nothing of the machine's own printers is touched.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

PRINTER = "ceshi"
_FILES = """FileDevice Yes
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/log/error
AccessLog {folder}/log/access
PageLog {folder}/log/page
ServerBin /usr/lib/cups
DataDir /usr/share/cups
SyncOnClose No
"""
_DAEMON = """LogLevel info
Listen {folder}/sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_PPD = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd"
PATIENCE = 20
"""Seconds for one answer of the server."""


class PrintServer:
    """Runs until it is closed. ``printed`` waits for what was sent to be printed."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is of a short name: a socket's path may have some 100 characters."""
        self.folder = folder
        for name in ("root", "spool", "cache", "state", "log", "out", "tmp"):
            (folder / name).mkdir()
        folder.chmod(0o711)
        for name in ("spool", "cache", "state", "tmp", "out"):
            shutil.chown(folder / name, "lp", "lp")
        (folder / "files.conf").write_text(_FILES.format(folder=folder))
        (folder / "daemon.conf").write_text(_DAEMON.format(folder=folder))
        (folder / "root" / "cups-pdf.conf").write_text(f"Out {folder}/out\nGrp lpadmin\n")
        self.address = str(folder / "sock")
        self._environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "CUPS_SERVER": self.address}
        serve = f"exec cupsd -f -c {folder}/daemon.conf -s {folder}/files.conf"
        own = f"mount --bind {folder}/root /etc/cups && {serve}"
        self._daemon = subprocess.Popen(["unshare", "--mount", "sh", "-c", own], env=self._environment)
        self._wait_for_it()

    def begin(self) -> None:
        """With the printer and nothing printed."""
        for path in self.printed:
            path.unlink()
        self._ask(
            "lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-P", _PPD, "-o", "printer-error-policy=abort-job"
        )

    def _wait_for_it(self) -> None:
        until = time.monotonic() + PATIENCE
        while "is running" not in self._ask("lpstat", "-r", check=False):
            assert time.monotonic() < until, (self.folder / "log" / "error").read_text()

    def _ask(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(
            command, env=self._environment, check=check, timeout=PATIENCE, capture_output=True, text=True
        )
        return done.stdout

    def remove_printer(self) -> None:
        """As when somebody takes it out of the system."""
        self._ask("lpadmin", "-x", PRINTER)

    @property
    def waiting(self) -> bool:
        """Whether a job is not at its end."""
        return bool(self._ask("lpstat", "-W", "not-completed"))

    @property
    def printed(self) -> tuple[Path, ...]:
        """What came out, in the order in which it came."""
        return tuple(sorted((self.folder / "out").iterdir(), key=lambda path: path.stat().st_mtime_ns))

    def close(self) -> None:
        """Stop it."""
        self._daemon.terminate()
        self._daemon.wait(PATIENCE)
