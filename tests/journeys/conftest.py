"""Offices over real vaults, found as the program founds them, with a folder between them for the stick.

Where ``TAIZHANG_WATCHED`` names a folder, the journeys through the window run under the watchdog, and what it saw is written there: a
line of JSON for each journey (``dev.py bench journeys`` reads them and tells what was longer than the aim). Elsewhere they do not: the
watchdog keeps frames for a while, and one of a ``paintEvent`` keeps its painter, of which Qt warns.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import pytest
from one_thread import imports_of_the_window  # noqa: F401 - of every test
from stdnum.cn import ric
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.packages import Manifest
from taizhang_casework.services.founding import enrol, own_keys
from taizhang_desktop.bootstrap import OpenOffice, Rules, found_vault, load_rules
from taizhang_desktop.demo.clock import StoryClock
from watchdog import Watchdog

PASSPHRASE = "correct horse battery"


def person_number(at: int) -> str:
    """A valid id number of a made-up person."""
    body = f"3702821960{at // 28 % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}"
    return body + str(ric.calc_check_digit(f"{body}0"))


@dataclass
class Offices:
    """The bureau and its towns, each founded when it is first asked for; ``clock`` is everybody's."""

    folder: Path
    clock: StoryClock
    rules: Rules
    closing: ExitStack
    known: dict[str, OpenOffice] = field(default_factory=dict)

    @property
    def bureau(self) -> OpenOffice:
        district = self.rules.pack.district
        return self._office(Office(id=OfficeId(district.code), kind=OfficeKind.BUREAU, name=district.bureau))

    def town(self, code: str = "370215001") -> OpenOffice:
        """A town that has exchanged cards with the bureau."""
        fresh = code not in self.known
        name = self.rules.divisions.towns[code]
        town, bureau = self._office(Office(id=OfficeId(code), kind=OfficeKind.TOWN, name=name)), self.bureau
        if fresh:
            enrol(town.store, own_keys(bureau.store).card, town.work.user)
            enrol(bureau.store, own_keys(town.store).card, bureau.work.user)
        return town

    def village(self, town: str = "370215001") -> str:
        """The code of the town's first village."""
        return min(code for code, each in self.rules.divisions.villages.items() if each.town_code == town)

    def number(self, at: int) -> str:
        """A valid id number of a made-up person."""
        return person_number(at)

    def path_for(self, manifest: Manifest) -> Path:
        """Where a package lies on the stick."""
        return self.folder / f"{manifest.sender}-{manifest.receiver}-{manifest.number}.tzb"

    def _office(self, office: Office) -> OpenOffice:
        if office.id not in self.known:
            founded = found_vault(
                self.folder / office.id,
                office,
                PASSPHRASE,
                user=User(name="李明", role=Role.ADMINISTRATOR),
                rules=self.rules,
                clock=self.clock,
            )
            self.closing.callback(founded.office.close)
            self.known[office.id] = founded.office
        return self.known[office.id]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """The district on 20 April 2022."""
    with ExitStack() as closing:
        yield Offices(folder=tmp_path, clock=StoryClock(date(2022, 4, 20)), rules=load_rules(), closing=closing)


@pytest.fixture(autouse=True)
def watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """A journey through the window is watched from its beginning to its end."""
    folder = os.environ.get("TAIZHANG_WATCHED")
    if not folder or "TAIZHANG_GUI_CHILD" not in os.environ:
        yield
        return
    request.getfixturevalue("qapp")
    dog = Watchdog()
    try:
        with dog.deed(request.node.name):
            yield
    finally:
        dog.close()
    with (Path(folder) / f"{request.node.path.stem}.jsonl").open("ab") as file:
        file.write(msgspec.json.encode({"slots": dog.slots, "longest": dog.longest}) + b"\n")
