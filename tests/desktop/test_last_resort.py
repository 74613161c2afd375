"""A bug of ours in the window's thread: kept in the log and shown, its values nowhere."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from taizhang_desktop.last_resort import LastResort, unheard

PROGRAM = """
from pathlib import Path
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from taizhang_desktop import window

def fail():
    raise ValueError("王建国 11010519491231002X")

def show(top, shown=window.TopLevel.show):
    shown(top)
    for _ in range(3):
        QTimer.singleShot(0, fail)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, look))

def look():
    print([box.windowTitle() for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)])
    QApplication.quit()

window.TopLevel.show = show
sys.exit(window.open_window(Path(sys.argv[1])))
"""


def test_a_slot_that_fails_is_shown_once_and_kept_without_its_values(tmp_path: Path) -> None:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    surroundings |= {name: str(tmp_path / "home") for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=surroundings,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "王建国" not in done.stderr
    assert done.stdout.strip() == "['程序出错']"
    (log,) = (tmp_path / "home").rglob("crashes.log")
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert "ValueError" in line
    assert "王建国" not in line


def test_two_places_are_two_reports() -> None:
    kept: list[str] = []
    hook = LastResort(lambda crash: kept.append(crash.exception), lambda _: None)
    for text in ("x", "y", ""):
        try:
            int(text)
        except ValueError as error:
            hook(ValueError, error, error.__traceback__)
    assert kept == ["builtins.ValueError"]
    try:
        int("z")
    except ValueError as error:
        hook(ValueError, error, error.__traceback__)
    assert kept == ["builtins.ValueError", "builtins.ValueError"]


class Stubborn:
    def __del__(self) -> None:
        raise ValueError("王建国 11010519491231002X")


def test_what_fails_in_a_thread_or_a_destructor_is_kept_and_printed_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    kept: list[str] = []
    before = threading.excepthook, sys.unraisablehook
    with unheard(lambda crash: kept.append(crash.exception)):
        thread = threading.Thread(target=int, args=("王建国",))
        thread.start()
        thread.join()
        stubborn = Stubborn()
        del stubborn
    assert kept == ["builtins.ValueError", "builtins.ValueError"]
    assert (threading.excepthook, sys.unraisablehook) == before
    assert capfd.readouterr() == ("", "")


DUMPS = """
import resource
from taizhang_desktop.last_resort import keep_no_dumps
before = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
keep_no_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="2026-11-24: Windows keeps dumps by the administrator's setting alone"
)
def test_no_picture_of_the_memory_is_written_when_the_program_falls() -> None:
    done = subprocess.run([sys.executable, "-c", DUMPS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"
