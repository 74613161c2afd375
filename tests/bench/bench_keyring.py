"""Opening the vault with a real gnome-keyring ÷ plain SQLite and the bare question to the same keyring, done in turn.

A private D-Bus session with a real daemon. What is compared is the part that a clerk waits for in both: the keyring's answer is in
both, so the ratio tells our part. ``ours_without_the_keyring_ms`` is the same opening with a keyring in memory. The number of rounds
may be given as an argument.
"""

import json
import os
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

import keyring
from bench_store import Keyring, connect_plain, timed
from store_data import copy_schema
from taizhang_db import Argon2Cost, FromKeyring, Passphrase, SystemKeyring, create_vault, open_vault
from taizhang_db.keys import keyring_slot
from taizhang_db.keys.sidecar import KeyringTerms, read_sidecar

sys.path.append(str(Path(__file__).parents[1] / "shared"))
from keyring_session import Session

ROUNDS = 40
CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)


def measure(place: Path, rounds: int) -> dict[str, float]:
    """Medians in milliseconds, each way once in each round."""
    real, memory = SystemKeyring(), SystemKeyring(Keyring())
    for name, keys in (("real", real), ("memory", memory)):
        create_vault(place / name, Passphrase("即墨 乡村 振兴"), keyring=keys, cost=CHEAP)
    plain_path = place / "plain.db"
    plain_path.touch()
    plain = connect_plain(plain_path)
    with open_vault(place / "real", FromKeyring(real)) as vault:
        copy_schema(vault.engine, plain)
    plain.close()
    slots = read_sidecar(place / "real").slots
    (account,) = (slot.terms.account for slot in slots if isinstance(slot.terms, KeyringTerms))

    def ours() -> None:
        open_vault(place / "real", FromKeyring(real)).close()

    def without() -> None:
        open_vault(place / "memory", FromKeyring(memory)).close()

    def asked() -> None:
        assert keyring.get_password(keyring_slot.SERVICE, account) is not None

    def bare() -> None:
        asked()
        connection = sqlite3.connect(f"{plain_path.as_uri()}?mode=rw", uri=True)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.close()

    ways = {"ours_ms": ours, "bare_ms": bare, "keyring_alone_ms": asked, "ours_without_the_keyring_ms": without}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].append(timed(way))
    found = {name: round(statistics.median(each), 2) for name, each in times.items()}
    return {"ratio": round(found["ours_ms"] / found["bare_ms"], 2), **found}


def main() -> None:
    """Print one JSON object."""
    keyring_slot.REAL_BACKENDS = (*keyring_slot.REAL_BACKENDS, f"{Keyring.__module__}.{Keyring.__qualname__}")  # type: ignore[assignment]
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with tempfile.TemporaryDirectory(prefix="kr") as name:
        session = Session(Path(name))
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = session.address
        try:
            print(json.dumps(measure(Path(name), rounds)))
        finally:
            session.close()


if __name__ == "__main__":
    main()
