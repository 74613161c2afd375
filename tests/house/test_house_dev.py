"""``dev.py``: an old Python can read it and say what is missing, and what it lists is there once it has run."""

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def dev(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("taizhang_dev", root / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_older_python_can_read_it(root: Path) -> None:
    ast.parse((root / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_it_stands_on_the_standard_library_alone(root: Path) -> None:
    tree = ast.parse((root / "dev.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [[], ["help"], ["--version"]])
def test_a_command_that_is_none_shows_those_that_are(root: Path, arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, root / "dev.py", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert [word for word in ("demo", "test", "check", "bench", "screens") if f"\n  {word} " not in done.stderr] == []


def test_each_section_of_the_debian_packages_is_one_that_a_command_asks_for(dev: ModuleType) -> None:
    text = dev.DEBIAN_PACKAGES.read_text(encoding="utf-8")
    named = [line.strip("[]") for line in text.splitlines() if line.startswith("[")]
    assert named == ["window", "tests"]
    assert "libegl1" in dev.listed_packages(["window"])
    assert "xvfb" not in dev.listed_packages(["window"])
    assert "xvfb" in dev.listed_packages(["window", "tests"])


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="2026-11: only Debian and its relatives have dpkg")
def test_a_package_that_is_missing_is_named_and_one_that_is_there_is_not(dev: ModuleType) -> None:
    assert dev.missing_packages(["dpkg", "no-such-package-anywhere"]) == ["no-such-package-anywhere"]


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="2026-11: only Debian and its relatives have dpkg")
def test_a_package_under_a_later_name_counts_as_there(dev: ModuleType) -> None:
    """Debian 13 has libglib2.0-0t64, which provides libglib2.0-0; here awk is provided by mawk or gawk."""
    assert dev.missing_packages(["awk"]) == []


def test_a_step_that_fails_is_one_sentence_with_its_command(dev: ModuleType) -> None:
    with pytest.raises(dev.TroubleError, match="exit status 7; its own words are above"):
        dev.run([sys.executable, "-c", "raise SystemExit(7)"])
    with pytest.raises(dev.TroubleError, match="could not be started"):
        dev.run(["no-such-program-anywhere"])


def test_a_python_that_is_none_has_no_version(dev: ModuleType, tmp_path: Path) -> None:
    assert dev.version_of(sys.executable) == sys.version_info[:2]
    assert dev.version_of(str(tmp_path / "python3.12")) is None


def test_a_measure_that_is_none_is_said_with_those_that_are(dev: ModuleType) -> None:
    with pytest.raises(dev.TroubleError, match=r"There is no measure `nonsense`; there are: .*first_paint"):
        dev.chosen_measures(["nonsense", "first_paint"])
    assert list(dev.chosen_measures(["first_paint"])) == ["first_paint"]


@pytest.mark.parametrize("name", ["lost", "undetected", "repairs", "wrong"])
def test_a_measure_of_faults_in_which_something_was_lost_is_no_success(dev: ModuleType, name: str) -> None:
    for harm, nothing in ((1, 0), (["why"], [])):
        assert dev.came_to_harm({"kinds": {"case": {"rounds": 3, name: harm}}})
        assert not dev.came_to_harm({"kinds": {"case": {"rounds": 3, name: nothing}}})


def test_screens_makes_the_pictures_of_the_manuals_first_page_too(
    dev: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(dev, "set_up", lambda *_: None)

    def start(*arguments: str) -> int:
        started.extend(arguments)
        return 0

    monkeypatch.setattr(dev, "start", start)
    assert dev.screens([]) == 0
    assert started[started.index("--out") + 1] == str(root / "docs" / "screenshots")
    page = Path(started[started.index("--page") + 1])
    assert (page, page.is_file()) == (root / "docs" / "manual" / "00-one-application.md", True)
