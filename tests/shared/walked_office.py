"""One town and its bureau for a module of journeys, and what must hold of a case once its journey has ended."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from case_walk import Clerk, Person
from desk_window import desk_window
from hands import Hands
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shipped import ORDER, PACKS
from stdnum.cn import ric
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.ledger import LedgerLine, Month
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_casework.services.collecting import take_list
from taizhang_casework.services.filing import preview
from taizhang_casework.services.founding import enrol, own_keys
from taizhang_casework.services.history import history
from taizhang_casework.services.sending import send_warnings
from taizhang_casework.services.verification import still_missing
from taizhang_db.verifying import verify
from taizhang_desktop.bootstrap import OpenOffice, found_vault, load_rules
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.worker import DeskWorker
from two_hands import Hand

APRIL = Month(2022, 4)
LAST = date(2022, 4, 29)
_TOWN = OfficeId("370215001")
_NUMBERED, _SERIAL = re.compile(r"（告知书〔.*"), re.compile(r"〔.*")


@dataclass
class WalkedOffice:
    """环秀街道 on 29 April 2022; each journey has a person of a village of her own."""

    folder: Path
    closing: ExitStack
    clock: StoryClock = field(default_factory=lambda: StoryClock(LAST))
    _people: Iterator[int] = field(default_factory=lambda: count(1))
    _offices: dict[OfficeKind, OpenOffice] = field(default_factory=dict)

    @property
    def town(self) -> OpenOffice:
        name = load_rules().divisions.towns[_TOWN]
        return self._office(Office(id=_TOWN, kind=OfficeKind.TOWN, name=name))

    @property
    def bureau(self) -> OpenOffice:
        """Founded when it is first asked for; it and the town have exchanged cards then."""
        known = OfficeKind.BUREAU in self._offices
        district = load_rules().pack.district
        made = self._office(Office(id=OfficeId(district.code), kind=OfficeKind.BUREAU, name=district.bureau))
        if not known:
            enrol(self.town.store, own_keys(made.store).card, self.town.work.user)
            enrol(made.store, own_keys(self.town.store).card, made.work.user)
        return made

    def person(self) -> Person:
        """Somebody of whom nothing is known yet."""
        at = next(self._people)
        villages = self.town.work.divisions.villages
        names = sorted(each.name for each in villages.values() if each.town_code == _TOWN)
        body = f"3702821960{at // 28 % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}"
        number = body + str(ric.calc_check_digit(f"{body}0"))
        return Person(
            name=f"王{'建秀志晓海'[at % 5]}{'国英强梅燕'[at // 5 % 5]}", number=number, village=names[at % len(names)]
        )

    def pack(self, who: Person) -> Path:
        """A department's list with one row, read and packed by the bureau."""
        book = openpyxl.Workbook()
        book.worksheets[0].append(["姓名", "身份证号", "镇街", "村", "救助类型", "日期"])
        town = self.town.work.divisions.towns[_TOWN]
        book.worksheets[0].append([who.name, who.number, town, who.village, "低保", "2022-03-01"])
        path = self.folder / f"民政局{who.number}.xlsx"
        book.save(path)
        bureau = self.bureau
        take_list(bureau.work, bureau.list_reader, path, APRIL)
        sent = send_warnings(
            bureau.work, bureau.courier, _TOWN, APRIL, lambda manifest: self.folder / f"{manifest.number}.tzb"
        )
        return Path(sent.path)

    def listed(self, who: Person, day: date) -> CaseId:
        """One more line of the 医保局 about the person and one item, as packages bring it month after month (附件1)."""
        town, case = self.town.work, CaseId(self.clock.new_id())
        villages = town.divisions.villages
        village = next(code for code, each in villages.items() if (each.town_code, each.name) == (_TOWN, who.village))
        warning = Warning(
            id=WarningId(case),
            channel=Channel.DEPARTMENT,
            source="医保局",
            detail="个人负担累计超过2万元",
            name=who.name,
            id_number=who.number,
            town_code=_TOWN,
            village_code=village,
            received_on=day,
            item="medical_costs",
        )
        with town.store.change(Operation.TAKE_PACKAGE, town.user) as desk:
            desk.cases.save(Case(id=case, warning=warning, opened_on=day, pack=town.pack.id, package="a" * 64))
        return case

    @contextmanager
    def sit_down(self, qtbot: QtBot, worker: DeskWorker, hand: type[Hand]) -> Iterator[Clerk]:
        """A clerk in front of the town's window, with one hand."""
        with desk_window(qtbot, self.town, worker) as window:
            made = hand(Hands(qtbot, window))
            with made.alone():
                yield Clerk(hand=made, folder=self.folder, pack=self.pack)

    def cases(self, who: Person) -> tuple[Case, ...]:
        """All that name the person, oldest first."""
        with self.town.store.reading() as desk:
            return tuple(sorted(desk.cases.naming(who.number), key=lambda case: case.opened_on))

    def lines(self) -> tuple[LedgerLine, ...]:
        """附件2 as it stands."""
        with self.town.store.reading() as desk:
            return preview(self.town.work, desk, APRIL).lines

    def line(self, case: Case) -> LedgerLine:
        """Its line of 附件2."""
        return next(line for line in self.lines() if line.case == case.id)

    def told(self, case: Case) -> list[str]:
        """What the history says was done, oldest first, a letter without its number."""
        with self.town.store.reading() as desk:
            lines = history(self.town.work, desk, case.id).lines
        return [
            _NUMBERED.sub("", line.what) if "（" in line.what else _SERIAL.sub("", line.what)
            for line in reversed(lines)
        ]

    def is_shut(self, case: Case) -> None:
        """It is closed, nothing of it is open or late, and the vault holds."""
        assert case_state(case, ORDER).closed_on == LAST
        with self.town.store.reading() as desk:
            assert still_missing(self.town.work, desk, case) == ()
        assert verify(self.town.vault, PACKS).findings == ()

    def _office(self, office: Office) -> OpenOffice:
        if office.kind not in self._offices:
            founded = found_vault(
                self.folder / office.id,
                office,
                "correct horse battery",
                user=User(name="李明", role=Role.ADMINISTRATOR),
                rules=load_rules(),
                clock=self.clock,
            )
            self.closing.callback(founded.office.close)
            self._offices[office.kind] = founded.office
        return self._offices[office.kind]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WalkedOffice]:
    with ExitStack() as closing:
        yield WalkedOffice(tmp_path_factory.mktemp("office"), closing)


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[DeskWorker]:
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    made = DeskWorker()
    yield made
    made.close()
