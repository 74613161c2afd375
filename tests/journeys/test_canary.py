"""A made-up person goes through the whole program; outside the vault she is only in the files that the user asked for."""

import base64
import json
import mmap
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
import traces
from traces import CANARY, DETAIL, ID_NUMBER, NAME, PHONE

SHARED = Path(traces.__file__).parent

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="2026-11-24: mapped and open files are listed by Linux's /proc"
)


def surroundings(root: Path) -> dict[str, str]:
    """A home, a temporary folder and settings of the journey's own, all below the root."""
    places = {
        "HOME": "home",
        "XDG_DATA_HOME": "home/.local/share",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_STATE_HOME": "home/.local/state",
        "XDG_RUNTIME_DIR": "run",
        "TMPDIR": "tmp",
        "TEMP": "tmp",
        "TMP": "tmp",
        "SQLITE_TMPDIR": "tmp",
    }
    for place in {"asked", "data", *places.values()}:
        (root / place).mkdir(parents=True, exist_ok=True, mode=0o700)
    there = {name: str(root / place) for name, place in places.items()}
    return {
        **os.environ,
        **there,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(SHARED),
    }


class Told:
    """The journey's folder, what it printed, and what it found on its way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked = root / "asked"
        done = run(root, str(SHARED / "canary_journey.py"), str(root))
        self.said = done.stdout + done.stderr
        assert done.returncode == 0, self.said
        self.found: dict[str, Any] = json.loads((self.asked / "findings.json").read_text(encoding="utf-8"))


def run(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=surroundings(root),
        cwd=root / "run",
        timeout=300,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("canary"))


def says_nobody(text: str, words: tuple[str, ...] = CANARY) -> bool:
    return not any(word in text for word in words)


def test_at_every_moment_she_is_in_no_file_that_nobody_asked_for(told: Told) -> None:
    looks = told.found["looks"]
    assert len(looks) == 16
    assert {when: found for when, found in looks.items() if found} == {}


def test_afterwards_she_is_in_no_file_that_nobody_asked_for(told: Told) -> None:
    assert traces.below([told.root], told.asked) == []


def test_the_look_would_have_found_her(told: Told, tmp_path: Path) -> None:
    """In a log, a dump of memory, a list of recent files, a workbook in the temporary folder, the title and the XMP of a PDF, a name."""
    nothing = tmp_path / "nothing"
    places = {
        "log": f"ValueError: {NAME}".encode(),
        "memory": b"\x00\x01" + DETAIL.encode("utf-16-le"),
        "settings": b"@ByteArray(" + base64.b64encode(f"ab{PHONE}c".encode()),
        "recently-used.xbel": f"tel:{PHONE}".encode("gb18030"),
        "book.tmp": (told.asked / "民政局3月.xlsx").read_bytes(),
        "title.pdf": b"%PDF-1.7\n<</Title <FEFF" + NAME.encode("utf-16-be").hex().upper().encode() + b">>>",
        "xmp.pdf": b"%PDF-1.7\nstream\n" + zlib.compress(f"<dc:title>{NAME}".encode()) + b"\nendstream",
    }
    for name, content in places.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / f"{ID_NUMBER}.txt").touch()
    found = {
        Path(trace.file.removeprefix("name of ").partition("!")[0]).name for trace in traces.below([tmp_path], nothing)
    }
    assert found == {*places, f"{ID_NUMBER}.txt"}


def test_the_look_would_have_found_her_in_what_is_open_or_mapped(tmp_path: Path) -> None:
    path = tmp_path / "mapped"
    path.write_text(f"....{NAME}", encoding="utf-8")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ):
        assert {trace.file for trace in traces.open_here(tmp_path / "nothing")} == {str(path)}
    with tempfile.TemporaryFile(dir=tmp_path) as nameless:
        nameless.write(NAME.encode())
        nameless.flush()
        (trace,) = traces.open_here(tmp_path / "nothing")
        assert trace.file.startswith("open without a name")


def test_what_the_program_prints_and_reports_names_nobody(told: Told) -> None:
    assert says_nobody(told.said)
    (log,) = told.root.rglob("crashes.log")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert says_nobody("".join(lines))


def test_no_text_of_an_exception_holds_a_number_in_full(told: Told) -> None:
    texts = {**told.found["texts"], **told.found["chains"]}
    assert len(told.found["chains"]) >= 18
    assert {what: text for what, text in texts.items() if not says_nobody(text, (ID_NUMBER, PHONE))} == {}


def test_no_name_of_a_file_that_the_program_offers_names_anybody(told: Told) -> None:
    offered = told.found["texts"]["the name that the dialog offers"]
    assert "告知书" in offered
    assert says_nobody(offered)
    assert says_nobody(told.found["texts"]["the window's title"])


def test_a_pdf_shows_her_on_its_pages_and_nowhere_else(told: Told) -> None:
    papers = sorted(told.asked.glob("*.pdf"))
    assert [path.name for path in papers] == ["ledger.pdf", "letter.pdf", "printed.pdf", "together.pdf"]
    for path in papers:
        document = pypdfium2.PdfDocument(path)
        try:
            pages = "".join(page.get_textpage().get_text_bounded() for page in document)
            described = repr(document.get_metadata_dict())
        finally:
            document.close()
        assert NAME in pages.replace("\r", "").replace("\n", "")
        assert says_nobody(described)
        assert list(traces.in_bytes(path.read_bytes(), path.name)) == []


CRASH = """
import sys
from taizhang_desktop.commands import lists
from taizhang_desktop.cli import main

def fail(files, out):
    person = {"name": sys.argv[2], "number": sys.argv[3]}
    raise ValueError(person)

lists.check_lists = fail
sys.exit(main(["lists", "check", sys.argv[1]]))
"""


def test_the_command_line_names_nobody_whatever_it_is_asked(told: Told) -> None:
    asked = told.asked
    good, bad = str(asked / "民政局3月.xlsx"), str(asked / "民政局坏名单.xlsx")
    bad_path = asked / "民政局坏名单.xlsx"
    bad_path.write_text(f"{NAME},{ID_NUMBER},{DETAIL}", encoding="utf-8")
    package = str(next((told.root / "data" / "stick").glob("*.tzb")))
    program = ("-m", "taizhang_desktop")
    for command in (
        (*program, "lists", "check", good, "--json", str(asked / "rows.json")),
        (*program, "lists", "check", bad),
        (*program, "lists", "check", good, "--json", str(asked / "nowhere" / "rows.json")),
        (*program, "package", "inspect", package),
        (*program, "package", "inspect", good),
        (*program, "--data", str(told.root / "data" / "town"), "doctor"),
        (*program, "lists", NAME, ID_NUMBER),
        ("-c", CRASH, good, NAME, ID_NUMBER),
    ):
        done = run(told.root, *command)
        assert done.stdout + done.stderr
        assert says_nobody(done.stdout + done.stderr), command
        assert "Traceback" not in done.stderr
    assert NAME in (asked / "rows.json").read_text(encoding="utf-8")
    assert traces.below([told.root], asked) == []
