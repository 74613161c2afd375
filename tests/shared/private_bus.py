"""A D-Bus daemon of a test's own, and real signals on it."""

import subprocess
from pathlib import Path

from jeepney import DBusAddress, MatchRule, message_bus, new_signal  # type: ignore[import-untyped]  # it ships no types
from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped]  # as above

BUS = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


class PrivateBus:
    """A daemon that is ready once it is made; ``address`` is where it listens."""

    def __init__(self, folder: Path) -> None:
        config = folder / "private-bus.conf"
        config.write_text(BUS.format(folder=folder))
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().decode().strip()

    def tell(self, sender: str, path: str, interface: str, member: str, *, truth: bool | None = None) -> None:
        """Send a signal in the name of a service; when this returns, the daemon has it."""
        with open_dbus_connection(self.address) as connection:
            bus = Proxy(message_bus, connection)
            bus.RequestName(sender)
            emitter = DBusAddress(path, interface=interface)
            body = () if truth is None else (truth,)
            connection.send(new_signal(emitter, member, "b" if body else None, body))
            bus.ReleaseName(sender)

    def start(self, name: str, *command: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a service and wait until the bus says that it has its name."""
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        with open_dbus_connection(self.address) as connection:
            Proxy(message_bus, connection).AddMatch(rule)
            with connection.filter(rule) as seen:
                service = subprocess.Popen(
                    command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                while connection.recv_until_filtered(seen, timeout=60).body[0] != name:
                    pass
        return service

    def close(self) -> None:
        self._daemon.kill()
        self._daemon.wait()
        assert self._daemon.stdout is not None
        self._daemon.stdout.close()
