"""What the tests of the desktop share: work done at once, Chinese typed as an input method types it, a look."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from bad_input import show  # noqa: F401 - the fixture of the forms
from case_page import screen  # noqa: F401 - the fixture of the case page
from one_thread import imports_of_the_window  # noqa: F401 - of every test
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shipped import PACKS
from stdnum.cn import ric
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.divisions import shipped_divisions
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKind, Role
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.collecting import take_list
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import enrol, found_office, own_keys
from taizhang_casework.services.work import Work
from taizhang_db import Argon2Cost, AttachmentFolder, Passphrase, SqlStore, Vault, create_vault, open_vault
from taizhang_desktop.bootstrap import OpenOffice, Rules, load_rules
from taizhang_desktop.bootstrap.pages import PdfPages
from taizhang_desktop.bootstrap.tools import OfficeTools
from taizhang_desktop.crash import crash_of
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.passes import Passes, Piece
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.tasks import Crashed, Failure, JobCancelled, Refused, Reporter, Runner, T, Ticket, Troubled
from taizhang_desktop.viewmodels.attachments import AttachmentsModel, AttachmentTools
from taizhang_desktop.viewmodels.files import FileKind
from taizhang_desktop.viewmodels.navigation import Badge, Destination
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.worker import DeskWorker
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.packages import (
    PackageCourier,
)

CHEAP = Argon2Cost(memory_kib=256, passes=1, lanes=1)
APRIL = Month(2022, 4)
HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")
LIST_HEADER = ("序号", "镇街", "村", "姓名", "身份证号", "救助类别", "审批日期")


class AtOnce:
    """A Runner that does the work in the caller's thread, and keeps what it announced and what nobody dealt with."""

    def __init__(self) -> None:
        self.announced: list[Changes] = []
        self.failures: list[Failure] = []
        self.titles: list[str] = []
        self.closed = False
        self.cancel_at: int | None = None
        self.meanwhile: Callable[[], None] | None = None
        """What somebody does while the next job is under way."""

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
    ) -> Ticket:
        try:
            result = work()
        except NotAccepted as refusal:
            self._fail(Refused(refusal.findings), otherwise)
        except OfficeTrouble as trouble:
            self._fail(Troubled(trouble.happened, trouble.safe, trouble.do), otherwise)
        except Exception as error:  # noqa: BLE001 - as the worker does
            self._fail(Crashed(crash_of(error)), otherwise)
        else:
            if isinstance(result, Changes):
                self.announced.append(result)
            meanwhile, self.meanwhile = self.meanwhile, None
            if meanwhile is not None:
                meanwhile()
            if not self.closed:
                then(result)
        return Ticket(0)

    def run_long(
        self,
        title: str,
        work: Callable[[Reporter], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
        *,
        gives_way: bool = False,
    ) -> Ticket:
        del gives_way
        self.titles.append(title)

        def report(done: int, total: int) -> None:
            del total
            if done == self.cancel_at:
                raise JobCancelled

        return self.run(lambda: work(report), then, otherwise)

    def announce(self, changes: Changes) -> None:
        self.announced.append(changes)

    def close(self) -> None:
        self.closed = True

    def _fail(self, failure: Failure, otherwise: Callable[[Failure], bool] | None) -> None:
        if otherwise is None or not otherwise(failure):
            self.failures.append(failure)


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> AtOnce:
    """With it the screens too do at once what they do in passes of the event loop."""

    def at_once(passes: Passes, *pieces: Piece) -> None:
        passes.stop()
        for piece in pieces:
            piece()

    monkeypatch.setattr(Passes, "do", at_once)
    return AtOnce()


class FrameSpy:
    """The window around a screen: keeps what it was told."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.destinations: list[Destination] = []
        self.badges: list[Badge] = []

    def tell(self, notice: Notice) -> None:
        self.notices.append(notice)

    def go(self, destination: Destination) -> None:
        self.destinations.append(destination)

    def badge(self, badge: Badge) -> None:
        self.badges.append(badge)


@pytest.fixture
def frame() -> FrameSpy:
    return FrameSpy()


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock(date(2022, 4, 20))


@pytest.fixture
def town_vault(tmp_path: Path) -> Iterator[Vault]:
    """A real encrypted vault, the passphrase stretched cheaply."""
    folder, secret = tmp_path / "office", Passphrase("correct horse battery")
    create_vault(folder, secret, cost=CHEAP)
    with open_vault(folder, secret) as vault:
        yield vault


@pytest.fixture
def town_work(town_vault: Vault, clock: StoryClock) -> Work:
    """The working day of 环秀街道 (370215001) over the vault."""
    pack = shipped_packs()[0]
    town = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
    store = SqlStore(town_vault, clock, PACKS)
    account = UserAccount(id=UserId("1"), name="李明", role=Role.ADMINISTRATOR)
    found_office(store, PackageCourier(), town, account)
    return Work(
        store=store,
        clock=clock,
        user=account.user,
        pack=pack,
        packs={pack.id: pack},
        calendar=WorkCalendar(),
        divisions=shipped_divisions(pack),
    )


@dataclass
class Chooser:
    """A ``FileChooser`` whose user has made up his mind: it keeps the questions and gives the answers; no answer is 取消."""

    answers: list[tuple[Path, ...]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    kinds: list[FileKind] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)

    def will_choose(self, *paths: Path) -> None:
        """The answer to the next question."""
        self.answers.append(paths)

    def save(self, title: str, name: str, kind: FileKind, then: Callable[[Path], None]) -> None:
        self.proposed.append(name)
        self.kinds.append(kind)
        self._ask(title, lambda paths: then(paths[0]))

    def open(
        self, title: str, kind: FileKind, then: Callable[[tuple[Path, ...]], None], *, several: bool = False
    ) -> None:
        self.kinds.append(kind)
        self._ask(title, then if several else lambda paths: then(paths[:1]))

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        self._ask(title, lambda paths: then(paths[0]))

    def _ask(self, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append(title)
        if self.answers:
            then(self.answers.pop(0))


@pytest.fixture
def chooser() -> Chooser:
    return Chooser()


@pytest.fixture
def attached(
    town_work: Work, town_vault: Vault, frame: FrameSpy, chooser: Chooser
) -> Callable[[Runner], AttachmentsModel]:
    """The attachments of the town's cases, over the vault's folder; the runner does the work."""
    tools = AttachmentTools(store=AttachmentFolder(town_vault), pdf=PdfPages(), choose=chooser)
    return lambda runner: AttachmentsModel(town_work, runner, frame, tools)


def person_name(at: int) -> str:
    """The name of a made-up person."""
    return "王李张刘陈杨赵黄周吴"[at % 10] + ("建国", "秀英", "𡛕", "䶮", "志强", "晓梅", "玥", "海燕")[at % 8]


def person_number(at: int) -> str:
    """A valid id number of a made-up person."""
    body = f"3702821960{at // 28 % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}"
    return body + str(ric.calc_check_digit(f"{body}0"))


@dataclass
class District:
    """The bureau and its towns, each over a real vault of its own; the stick between them is a folder."""

    stick: Path
    clock: StoryClock
    rules: Rules
    closing: ExitStack
    offices: dict[OfficeId, OpenOffice] = field(default_factory=dict)

    @property
    def bureau(self) -> OpenOffice:
        return self.office(OfficeId(self.rules.pack.district.code))

    def office(self, code: OfficeId) -> OpenOffice:
        """The office, founded when it is first asked for; its passphrase is stretched cheaply."""
        if code not in self.offices:
            self.offices[code] = self._found(code)
        return self.offices[code]

    def town(self, code: OfficeId) -> OpenOffice:
        """A town that has exchanged cards with the bureau."""
        fresh = code not in self.offices
        town, bureau = self.office(code), self.bureau
        if fresh:
            enrol(town.store, own_keys(bureau.store).card, town.work.user)
            enrol(bureau.store, own_keys(town.store).card, bureau.work.user)
        return town

    def card(self, code: OfficeId) -> OfficeCard:
        return own_keys(self.office(code).store).card

    def write_list(self, name: str, rows: Sequence[tuple[str, str, str, str]], item: str = "低保") -> Path:
        """A department's workbook of rows (village code, name, id number, day)."""
        path = self.stick / name
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("名单")
            sheet.write(0, 0, path.stem)
            sheet.write_row(1, 0, LIST_HEADER)
            for at, (village, person, number, day) in enumerate(rows, start=1):
                where = self.rules.divisions.villages.get(village)
                town = "" if where is None else self.rules.divisions.town_name(where.town_code)
                sheet.write_row(
                    at + 1, 0, (at, town, village if where is None else where.name, person, number, item, day)
                )
        return path

    def village(self, town: OfficeId, at: int = 0) -> str:
        """The code of one of the town's villages."""
        villages = self.rules.divisions.villages
        return sorted(code for code, village in villages.items() if village.town_code == town)[at]

    def collect(self, town: OfficeId, count: int = 2, name: str = "", month: Month = APRIL) -> None:
        """The bureau takes in a list with ``count`` warnings for the town."""
        start = 1 + 40 * list(self.rules.divisions.towns).index(town)
        people = [
            (self.village(town), person_name(start + at), person_number(start + at), "2022-03-15")
            for at in range(count)
        ]
        path = self.write_list(name or f"民政局2022年3月新增低保_{town}.xlsx", people)
        take_list(self.bureau.work, self.bureau.list_reader, path, month)

    def warnings_for(self, town: OfficeId) -> Path:
        """The bureau's package with what waits for the town."""
        self.town(town)
        return Path(OfficeTools(self.bureau).pack_warnings(town, APRIL, self.stick, again=False).path)

    def file_month(self, town: OfficeId) -> tuple[Filing, Path]:
        """The town freezes April and packs it for the bureau."""
        office = self.town(town)
        filing = freeze(office.work, APRIL).filing
        return filing, Path(OfficeTools(office).pack_filing(filing.id, self.stick).path)

    def road(self, office: OpenOffice) -> OfficeTools:
        """The office's way to the others."""
        return OfficeTools(office)

    def _found(self, code: OfficeId) -> OpenOffice:
        bureau = code == self.rules.pack.district.code
        name = self.rules.pack.district.bureau if bureau else self.rules.divisions.towns[code]
        office = Office(id=code, kind=OfficeKind.BUREAU if bureau else OfficeKind.TOWN, name=name)
        folder, secret = self.stick.parent / name, Passphrase("correct horse battery")
        create_vault(folder, secret, cost=CHEAP)
        vault = self.closing.enter_context(open_vault(folder, secret))
        store = SqlStore(vault, self.clock, PACKS)
        account = UserAccount(id=UserId("1"), name="孙晓梅", role=Role.ADMINISTRATOR)
        found_office(store, PackageCourier(), office, account)
        return OpenOffice(
            vault=vault,
            store=store,
            work=Work(
                store=store,
                clock=self.clock,
                user=account.user,
                pack=self.rules.pack,
                packs=self.rules.packs,
                calendar=self.rules.calendar,
                divisions=self.rules.divisions,
            ),
            account=account,
            office=office,
            courier=PackageCourier(),
            list_reader=CalamineListReader(self.rules.pack, self.rules.divisions),
            rules=self.rules,
        )


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture
def district(tmp_path: Path, rules: Rules) -> Iterator[District]:
    """The district on 6 April 2022, a working day between the lists (4th) and the hand-out (7th)."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with ExitStack() as closing:
        yield District(stick=stick, clock=StoryClock(date(2022, 4, 6)), rules=rules, closing=closing)


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[DeskWorker]:
    made = DeskWorker()
    yield made
    made.close()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)


@pytest.fixture
def type_chinese(qtbot: QtBot) -> Callable[[QObject, str], None]:
    """Commits text as an input method does, to the widget that has the focus."""

    def type_it(widget: QObject, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return type_it
