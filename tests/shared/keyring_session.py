"""A D-Bus session of its own with a real gnome-keyring on it."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import secretstorage
from jeepney import MatchRule, message_bus  # type: ignore[import-untyped]  # it ships no types
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # it ships no types
    DBusConnection,
    Proxy,
    open_dbus_connection,
)

BUS = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


class Session:
    """A D-Bus session of its own with an unlocked gnome-keyring on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        config = folder / "bus.conf"
        config.write_text(BUS.format(folder=folder))
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "LANG": "C.UTF-8",
        }
        self._bus = self._start("dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1")
        assert self._bus.stdout is not None
        self.address = self._bus.stdout.readline().decode().strip()
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = self.address
        with open_dbus_connection(self.address) as connection:
            self._daemon = self._keyring_on(connection)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _keyring_on(self, connection: DBusConnection) -> subprocess.Popen[bytes]:
        """Start the keyring and wait until the bus says that it is there."""
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        Proxy(message_bus, connection).AddMatch(rule)
        with connection.filter(rule) as seen:
            daemon = self._start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
            assert daemon.stdin is not None
            daemon.stdin.write(b"keyring password\n")
            daemon.stdin.close()
            while connection.recv_until_filtered(seen, timeout=20).body[0] != "org.freedesktop.secrets":
                pass
        return daemon

    def stop_answering(self) -> None:
        self._daemon.send_signal(signal.SIGSTOP)

    def answer_again(self) -> None:
        self._daemon.send_signal(signal.SIGCONT)

    def kill_keyring(self) -> None:
        self._daemon.kill()
        self._daemon.wait()

    def delete_the_file(self) -> None:
        """Take the keyring's file away and start the daemon anew, as after a PC was set up again."""
        self.kill_keyring()
        for file in (self.folder / ".local" / "share" / "keyrings").iterdir():
            file.unlink()
        self._close_pipes(self._daemon)
        with open_dbus_connection(self.address) as connection:
            self._daemon = self._keyring_on(connection)

    def lock(self) -> None:
        with secretstorage.dbus_init() as connection:
            secretstorage.get_default_collection(connection).lock()

    @staticmethod
    def _close_pipes(process: subprocess.Popen[bytes]) -> None:
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()

    def close(self) -> None:
        for process in (self._daemon, self._bus):
            process.kill()
            process.wait()
            self._close_pipes(process)
        for thread in threading.enumerate():
            if thread.name == "taizhang-keyring":
                thread.join(20)
