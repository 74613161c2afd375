"""What all tests share: each GUI module runs in a process of its own, on a virtual screen of its own.

A module named ``gui_*.py`` (in ``tests/desktop`` or ``tests/journeys``) is one item of a plain ``pytest`` run. The item
starts an X server (Xvfb, 1366×768) where the system has X, and in it ``pytest`` on that one module; a crash therefore
names its module and leaves the other tests alone. There, any Qt warning is a failure (``qt_log_level_fail`` in
``pyproject.toml``). To run single GUI tests on the screen in front of you::

    TAIZHANG_GUI_CHILD=1 pytest tests/desktop/gui_today.py -k overdue
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from _pytest._code.code import TerminalRepr

pytest_plugins = ["pytester"]

CHILD = "TAIZHANG_GUI_CHILD"
GRACE = 60
"""Seconds beyond its limit that a child has to start and to say itself where it hangs, on a busy machine too."""


class GuiModuleFailed(Exception):  # noqa: N818 - pytest's way of naming outcomes
    """The child process of a GUI module ended badly; the text is its verdict and its output."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("gui_time_limit", "seconds that one GUI module may take", default="600")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if module_path.name.startswith("gui_") and CHILD not in os.environ:
        module: GuiModule = GuiModule.from_parent(parent, path=module_path)
        return module
    return None


class GuiModule(pytest.File):
    """A module of GUI tests: one item in the whole run."""

    def collect(self) -> Iterable[pytest.Item]:
        yield GuiProcess.from_parent(self, name="in its own process")


class GuiProcess(pytest.Item):
    """Runs the module in a process and on a screen of its own."""

    def runtest(self) -> None:
        limit = int(self.config.getini("gui_time_limit"))
        command = [sys.executable, "-m", "pytest", str(self.path), "-p", "no:cacheprovider", "--color=no"]
        command += ["-o", f"faulthandler_timeout={limit}", "-o", "faulthandler_exit_on_timeout=true"]
        command += ["--rootdir", str(self.config.rootpath), "-c", str(self.config.inipath)]
        with _screen() as screen, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            child = subprocess.Popen(
                command,
                cwd=self.config.rootpath,
                env=os.environ | screen | _home(home) | {CHILD: "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=os.name != "nt",
            )
            try:
                output, _ = child.communicate(timeout=limit + GRACE)
                verdict = _verdict(child.returncode)
            except subprocess.TimeoutExpired:
                _end(child)
                output, _ = child.communicate()
                verdict = f"not done after {limit} seconds"
            finally:
                _end(child)
        if verdict:
            raise GuiModuleFailed(f"{self.path.name}: {verdict}\n\n{output.decode(errors='replace')}")

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Literal["long", "short", "line", "no", "native", "value", "auto"] | None = None,
    ) -> str | TerminalRepr:
        if isinstance(excinfo.value, GuiModuleFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


def _verdict(status: int) -> str:
    if status == 0:
        return ""
    if status < 0:
        return f"the process was ended by {signal.Signals(-status).name}"
    if status == pytest.ExitCode.NO_TESTS_COLLECTED:
        return "there is no test in it"
    return f"pytest ended with status {status}"


def _home(folder: str) -> dict[str, str]:
    """A home of its own, so that no test can touch the office of the person who runs it."""
    if os.name == "nt":
        return {"APPDATA": folder, "LOCALAPPDATA": folder}
    kinds = ("CONFIG", "DATA", "STATE", "CACHE")
    return {"HOME": folder} | {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in kinds}


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started and left running."""
    if os.name == "nt":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@contextlib.contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """The environment of a screen of 1366×768: an X server that is ready when this yields, or the system's own screen."""
    if sys.platform != "linux":
        yield {}
        return
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.fail("Xvfb is missing: `python3 dev.py test` installs it", pytrace=False)
    ready, tell = os.pipe()
    with open(ready, "rb") as ready_file:  # noqa: PTH123 - a file descriptor
        server = subprocess.Popen(
            [xvfb, "-displayfd", str(tell), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[tell],
            stderr=subprocess.DEVNULL,
        )
        os.close(tell)
        try:
            display = ready_file.readline().decode().strip()
            if not display:
                pytest.fail(f"Xvfb did not start (status {server.wait()})", pytrace=False)
            yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": "x11"}
        finally:
            server.terminate()
            server.wait()
