"""What SQLite would put into temporary files stays in memory: SQLCipher does not encrypt them."""

import sys
from pathlib import Path
from typing import Any

import pytest
from taizhang_db import Vault

CANARY = "鹳雀楼上望春山"
SORT = """
WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000)
SELECT n, ? || hex(randomblob(100)) AS text FROM many ORDER BY text, n
"""

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="2026-11-24: open files are listed by Linux's /proc"
)


def spilled(connection: Any, temp_store: int | None) -> bytes:  # noqa: ANN401 - the driver carries no types
    """All that is in temporary files while a sort runs that is far larger than the cache."""
    found: dict[str, bytes] = {}

    def look() -> None:
        for place in Path("/proc/self/fd").iterdir():
            if place.is_symlink() and "etilqs" in str(place.readlink()):
                found[place.name] = place.read_bytes()

    connection.execute("PRAGMA cache_size = 20").close()
    if temp_store is not None:
        connection.execute(f"PRAGMA temp_store = {temp_store}").close()
    cursor = connection.execute(SORT, (CANARY,))
    for _ in range(200):
        cursor.fetchone()
        look()
    cursor.close()
    return b"".join(found.values())


@pytest.fixture
def driver(vault: Vault) -> Any:  # noqa: ANN401 - as above
    with vault.engine.connect() as connection:
        yield connection.connection.driver_connection


def test_a_sort_larger_than_the_cache_writes_no_file(driver: Any) -> None:  # noqa: ANN401 - as above
    assert driver.execute("PRAGMA temp_store").fetchone() == (2,)
    assert spilled(driver, None) == b""


def test_the_same_sort_would_spill_in_the_open_if_it_were_let(driver: Any) -> None:  # noqa: ANN401 - as above
    assert CANARY.encode() in spilled(driver, 1)
