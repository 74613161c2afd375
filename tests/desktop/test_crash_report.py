"""The report about a bug of ours: where, never what."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from taizhang_desktop.crash import PLACES_KEPT, Crash, CrashLog, crash_of


def sink(depth: int, name: str) -> None:
    if depth:
        sink(depth - 1, name)
    raise ValueError(name)


def caught(depth: int) -> Crash:
    with pytest.raises(ValueError, match="李四") as error:
        sink(depth, "李四370282196504120032")
    return crash_of(error.value)


def test_it_names_the_kind_and_the_place_and_no_value() -> None:
    crash = caught(0)
    assert crash.exception == "builtins.ValueError"
    assert crash.place.split(":")[0].endswith("test_crash_report")
    assert "李四" not in repr(crash)
    assert "370282" not in repr(crash)


def test_a_deep_fall_keeps_its_last_places() -> None:
    assert len(caught(40).trail) == PLACES_KEPT


def test_an_exception_that_was_never_raised_has_no_place() -> None:
    assert crash_of(KeyError("x")).place == "?"


def test_each_report_is_one_line_of_the_log(tmp_path: Path) -> None:
    log = CrashLog(tmp_path / "logs" / "faults.log", lambda: datetime(2026, 9, 21, 8, 30, tzinfo=UTC), lambda: "0.1.0")
    log.keep(Crash(exception="builtins.KeyError", trail=("a:1", "b:2")))
    log.keep(Crash(exception="builtins.KeyError", trail=()))
    assert log.path.read_text(encoding="utf-8").splitlines() == [
        "2026-09-21T08:30:00+00:00 0.1.0 builtins.KeyError a:1 > b:2",
        "2026-09-21T08:30:00+00:00 0.1.0 builtins.KeyError ",
    ]


def test_a_log_that_cannot_be_written_does_not_hide_the_report(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log = CrashLog(tmp_path / "file" / "faults.log", lambda: datetime(2026, 9, 21, tzinfo=UTC), lambda: "0.1.0")
    log.keep(Crash(exception="builtins.KeyError", trail=()))
    assert not log.path.exists()
