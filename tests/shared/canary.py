"""What a journey of the canary keeps on its way: the folders, what was seen at each look, every text of an exception."""

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import msgspec
import traces
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.crash import crash_log, crash_of
from traces import DETAIL, PHONE


class DeepError(Exception):
    """A bug of ours that says too much."""


class Journey:
    """The folders of the journey, and what was seen on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked = root / "asked"
        self.data = root / "data"
        self.looks: dict[str, list[str]] = {}
        self.texts: dict[str, str] = {}
        self.chains: dict[str, str] = {}

    def look(self, when: str) -> None:
        """Look for the canary in every file below the root and in what this process has open."""
        found = traces.below([self.root], self.asked) + traces.open_here(self.asked)
        self.looks[when] = [f"{trace.file}: {trace.word} ({trace.written})" for trace in found]

    @contextmanager
    def trouble(self, what: str) -> Iterator[None]:
        """What goes wrong in the block must be trouble or a refusal; its text is kept."""
        try:
            yield
        except (OfficeTrouble, NotAccepted) as error:
            self.texts[what] = str(error)
            self.chains[what] = "".join(traceback.format_exception(error))
        else:
            raise AssertionError(what)

    @contextmanager
    def bug(self, what: str) -> Iterator[None]:
        """What goes wrong in the block is a bug of ours; it is reported as the command line reports it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - as the edge of the program does
            crash = crash_of(error)
            crash_log().keep(crash)
            print(f"{what}: {crash}")  # noqa: T201 - what it prints is looked at
        else:
            raise AssertionError(what)

    def end(self) -> None:
        told = {"looks": self.looks, "texts": self.texts, "chains": self.chains}
        (self.asked / "findings.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def deep(depth: int, name: str, number: str) -> NoReturn:
    """Fail deep inside, with the person in the local variables, in the text, in a note and in the cause."""
    person = {"name": name, "number": number, "detail": DETAIL}
    if depth:
        deep(depth - 1, name, number)
    try:
        msgspec.json.decode(json.dumps(person), type=dict[str, int])
    except msgspec.ValidationError as error:
        error.add_note(PHONE)
        raise DeepError(person) from error
    raise AssertionError
