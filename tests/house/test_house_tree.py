"""What every file of the tree keeps to, whoever wrote it."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

LONGEST_MODULE = 500
REGISTRY = re.compile(r"pypi\.(org|python)|pythonhosted\.|npmjs\.|deb\.debian\.|tuna\.tsinghua|mirrors\.[a-z]")
MACHINE_PATH = re.compile(
    r"(?<![\w.~$}-])/work[/]|/root[/]|/home[/](?!NAME)\w+/|[A-Z]:\\Users\\(?!NAME)|/opt[/](wheels|pypi)|/tmp[/]bash_jobs"
)
LEFT_OPEN = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
YEARLESS_DAY = re.compile(r"(?<!年)\{[\w.]*month\}月\{[\w.]*day\}日")
PYSIDE = re.compile(r"^PySide6-Essentials==(\S+)", re.IGNORECASE | re.MULTILINE)


def _lines_with(texts: Mapping[str, str], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts.items()
        if name != "LICENSE"
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_registry(texts: Mapping[str, str]) -> None:
    assert _lines_with(texts, REGISTRY) == []


def test_no_file_holds_a_path_of_somebodys_machine(texts: Mapping[str, str]) -> None:
    assert _lines_with(texts, MACHINE_PATH) == []


def test_work_to_do_lives_in_the_issues(texts: Mapping[str, str]) -> None:
    assert _lines_with({name: text for name, text in texts.items() if name.endswith(".py")}, LEFT_OPEN) == []


def test_a_day_without_its_year_is_written_by_one_function_that_knows_today(texts: Mapping[str, str]) -> None:
    rooms = {n: text for n, text in texts.items() if n.endswith(".py") and not n.startswith("tests/")}
    found = [line.split(":")[0] for line in _lines_with(rooms, YEARLESS_DAY)]
    assert found == ["casework/taizhang_casework/domain/day_words.py"]


def test_no_module_is_longer_than_a_module_may_be(texts: Mapping[str, str]) -> None:
    lengths = {name: text.count("\n") for name, text in texts.items() if name.endswith(".py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_test_folders_are_no_packages_and_test_modules_have_names_of_their_own(texts: Mapping[str, str]) -> None:
    tests = [PurePosixPath(name) for name in texts if name.startswith("tests/") and name.endswith(".py")]
    assert [str(path) for path in tests if path.name == "__init__.py"] == []
    names = [path.name for path in tests if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


def test_every_room_is_typed_for_those_who_import_it(root: Path) -> None:
    rooms = ["casework", "db", "exchange", "printing", "desktop"]
    assert [room for room in rooms if not (root / room / f"taizhang_{room}" / "py.typed").exists()] == []


def test_every_requirement_is_pinned_with_hashes(texts: Mapping[str, str]) -> None:
    for name in ("requirements/runtime.txt", "requirements/dev.txt"):
        entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", texts[name], flags=re.MULTILINE).strip())
        assert len(entries) > 10, name
        assert [e for e in entries if not re.match(r"[\w.-]+==[\w.+!]+", e) or "--hash=sha256:" not in e] == []


def test_requirements_name_no_place(texts: Mapping[str, str]) -> None:
    named = {name: text for name, text in texts.items() if name.startswith("requirements/")}
    place = re.compile(r"://|--(extra-)?index|--find-links|^-[if] |--trusted-host", re.MULTILINE)
    assert named
    assert _lines_with(named, place) == []


def test_what_runs_is_part_of_what_tests_run_with(texts: Mapping[str, str]) -> None:
    pin = re.compile(r"^[\w.-]+==\S+(?: ; [^\\\n]+)?", re.MULTILINE)
    runtime, dev = (set(pin.findall(texts[f"requirements/{name}.txt"])) for name in ("runtime", "dev"))
    assert runtime - dev == set()


def test_qt_is_the_last_one_that_the_offices_systems_can_load(texts: Mapping[str, str]) -> None:
    """Later wheels need a newer glibc than 统信UOS 20 and 银河麒麟 V10 have; ARM64 stops at 6.8.0.2."""
    for name in ("requirements/runtime.txt", "requirements/dev.txt"):
        assert set(PYSIDE.findall(texts[name])) in ({"6.8.3"}, {"6.8.3", "6.8.0.2"}), name


def test_the_change_log_tells_about_this_version_and_the_licence_is_there(texts: Mapping[str, str]) -> None:
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    assert project["version"] in texts["CHANGELOG.md"]
    assert "Apache License" in texts["LICENSE"]
    assert project["license"] == "Apache-2.0"


def test_the_version_stands_in_one_place(texts: Mapping[str, str]) -> None:
    version = tomllib.loads(texts["pyproject.toml"])["project"]["version"]
    saying = re.compile(rf"version\w*\s*[:=]\s*[\"']{re.escape(version)}[\"']", re.IGNORECASE)
    python = {name: text for name, text in texts.items() if name.endswith((".py", ".toml"))}
    assert [line.partition(":")[0] for line in _lines_with(python, saying)] == ["pyproject.toml"]


def test_every_picture_and_page_that_a_page_points_to_is_there(root: Path, texts: Mapping[str, str]) -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    broken = [
        f"{name} -> {target}"
        for name, text in texts.items()
        if name.endswith(".md")
        for target in link.findall(text)
        if not (root / name).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_every_decision_says_what_why_and_what_else_was_tried(texts: Mapping[str, str]) -> None:
    decisions = {name: text for name, text in texts.items() if name.startswith("docs/decisions/0")}
    assert decisions
    parts = ("\n**Decided.** ", "\n**Because.** ", "\n**Instead of.** ")
    assert [name for name, text in decisions.items() if any(part not in text for part in parts)] == []
