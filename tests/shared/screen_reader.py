"""What a screen reader is told of the window: the tree of AT-SPI, read over its own bus, and what is missing in it.

The bridge of Qt answers in the window's thread, so the tree is read in another one while the window's goes on.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # it ships no types
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]  # as above
from private_bus import PrivateBus
from pytest import MonkeyPatch  # noqa: PT013 - the class alone

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
ACCESSIBLE = "org.a11y.atspi.Accessible"
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY, ROOT = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
FOCUSABLE, SHOWING = 11, 25


class Role(IntEnum):
    """The roles of AT-SPI that matter here, by their numbers."""

    CHECK_BOX = 7
    COMBO_BOX = 11
    LABEL = 29
    LIST = 31
    LIST_ITEM = 32
    PAGE_TAB = 37
    PASSWORD_TEXT = 40
    PUSH_BUTTON = 43
    RADIO_BUTTON = 44
    SPIN_BUTTON = 52
    TABLE = 55
    TABLE_CELL = 56
    COLUMN_HEADER = 57
    TEXT = 61
    TOGGLE_BUTTON = 62
    TREE = 65
    ENTRY = 79


CONTROLS = frozenset(Role) - {Role.LABEL, Role.TABLE_CELL, Role.COLUMN_HEADER, Role.LIST_ITEM}
FIELDS = frozenset({Role.COMBO_BOX, Role.PASSWORD_TEXT, Role.SPIN_BUTTON, Role.TEXT, Role.ENTRY})
GRIDS = frozenset({Role.TABLE, Role.TREE, Role.LIST})


@dataclass
class Node:
    """One thing that is told. ``headers`` are those of a table's columns."""

    role: int
    name: str
    description: str
    focusable: bool
    headers: tuple[str, ...] = ()
    children: list["Node"] = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        """It and everything in it."""
        yield self
        for child in self.children:
            yield from child.all()


@contextmanager
def accessibility_bus(folder: Path) -> Iterator[str]:
    """The bus of the screen readers on a session of its own, with the bridge of Qt told to use it; gives its address."""
    with MonkeyPatch.context() as patch:
        bus = PrivateBus(folder)
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
        launcher = bus.start("org.a11y.Bus", LAUNCHER, "--launch-immediately", env=dict(os.environ))
        try:
            with open_dbus_connection(bus.address) as connection:
                asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
                yield connection.send_and_get_reply(asked, timeout=20).body[0]
        finally:
            _end(launcher)
            bus.close()


def _end(launcher: subprocess.Popen[bytes]) -> None:
    launcher.terminate()
    launcher.wait()


class Reader:
    """Reads what is told now. ``turn`` lets the window's thread answer until something holds."""

    def __init__(self, address: str, turn: Callable[[Callable[[], bool]], None]) -> None:
        self._address = address
        self._turn = turn
        self._pool = ThreadPoolExecutor(1)

    def read(self) -> list[Node]:
        """The windows of this process that can be seen."""
        reading = self._pool.submit(self._windows)
        self._turn(reading.done)
        return reading.result()

    def close(self) -> None:
        """Read no more."""
        self._pool.shutdown()

    def _windows(self) -> list[Node]:
        with open_dbus_connection(self._address) as connection:
            wire = _Wire(connection)
            apps = wire.call((REGISTRY, ROOT), ACCESSIBLE, "GetChildren")
            trees = [node for app in apps if (node := _read(wire, (app[0], app[1]), top=True)) is not None]
        return [window for tree in trees for window in tree.children]


class _Wire:
    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def call(self, at: tuple[str, str], interface: str, member: str, *body: object, signature: str = "") -> Any:  # noqa: ANN401 - what the other side answers
        address = DBusAddress(at[1], at[0], interface)
        message = new_method_call(address, member, signature or None, body)
        return self._connection.send_and_get_reply(message, timeout=20).body[0]

    def get(self, at: tuple[str, str], interface: str, name: str) -> Any:  # noqa: ANN401 - as above
        _, value = self.call(at, PROPERTIES, "Get", interface, name, signature="ss")
        return value


def _read(wire: _Wire, at: tuple[str, str], *, top: bool = False) -> Node | None:
    low, _ = wire.call(at, ACCESSIBLE, "GetState")
    if not top and not low >> SHOWING & 1:
        return None
    role = int(wire.call(at, ACCESSIBLE, "GetRole"))
    node = Node(
        role=role,
        name=str(wire.get(at, ACCESSIBLE, "Name")),
        description=str(wire.get(at, ACCESSIBLE, "Description")),
        focusable=bool(low >> FOCUSABLE & 1),
    )
    if role in GRIDS:
        node.headers = tuple(_headers(wire, at)) if role == Role.TABLE else ()
        return node
    for child in wire.call(at, ACCESSIBLE, "GetChildren"):
        made = _read(wire, (child[0], child[1]))
        if made is not None:
            node.children.append(made)
    return node


def _headers(wire: _Wire, at: tuple[str, str]) -> Iterator[str]:
    columns = wire.get(at, "org.a11y.atspi.Table", "NColumns")
    for column in range(int(columns)):
        yield str(wire.call(at, "org.a11y.atspi.Table", "GetColumnDescription", column, signature="i"))


def unnamed(windows: list[Node]) -> list[str]:
    """A line for each control that a screen reader could not tell from another."""
    found: list[str] = []
    for window in windows:
        for node in window.all():
            if node.role in CONTROLS and not chinese(node.name):
                found.append(f"{_role(node)} is called “{node.name}” ({node.description})")
            if node.role == Role.TABLE:
                found += [
                    f"column {at} of {node.name} has no name" for at, words in enumerate(node.headers) if not words
                ]
    return found


def chinese(words: str) -> bool:
    """Whether there is a Han character in it."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def _role(node: Node) -> str:
    return Role(node.role).name.lower()
