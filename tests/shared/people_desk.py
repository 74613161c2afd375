"""A town with several users on one PC, and the program started on it as a clerk starts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dressed import dress
from hands import Hands
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.users import UserAccount
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.users import add_user, users
from taizhang_desktop.bootstrap import OpenOffice, enter_vault, found_vault, load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.viewmodels.key import Key, KeyKind

TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
DAY = date(2022, 4, 7)
SUN, LI = "孙晓梅", "李明"
SECRETS = {SUN: "horse-river-58-cloud", LI: "lamp-stone-74-wheel"}
WHO, NUMBER = "周福生", "370282196504120038"


@dataclass
class Town:
    """The town's files, its clock, and what was reported."""

    folder: Path
    clock: StoryClock = field(default_factory=lambda: StoryClock(DAY))
    seconds: float = 0.0
    settings: SettingsFile = field(default_factory=SettingsFile)
    crashes: list[Crash] = field(default_factory=list)
    code: str = ""
    case: CaseId | None = None

    @property
    def vault(self) -> Path:
        return self.folder / "data" / TOWN.name

    def found(self, *, clerk: Role = Role.CLERK) -> None:
        """孙晓梅 is the administrator, 李明 the other user; one warning waits."""
        founded = found_vault(
            self.vault,
            TOWN,
            SECRETS[SUN],
            user=User(name=SUN, role=Role.ADMINISTRATOR),
            rules=load_rules(),
            clock=self.clock,
        )
        self.code = founded.recovery_code
        work = founded.office.work
        add_user(work, LI, clerk, SECRETS[LI])
        village = min(code for code, each in work.divisions.villages.items() if each.town_code == TOWN.id)
        self.case = take_warning(
            work,
            WarningDraft(
                channel=Channel.SELF_APPLICATION,
                source="本人",
                detail="务工受伤，支出骤增",
                name=WHO,
                id_number=NUMBER,
                village_code=village,
                received_on=DAY,
            ),
        ).case
        own_household(work, self.case)
        founded.office.close()

    @contextmanager
    def opened(self) -> Iterator[OpenOffice]:
        """The office by its own services, while no program has it."""
        office = enter_vault(self.vault, Key(KeyKind.PASSPHRASE, SECRETS[SUN]), rules=load_rules(), clock=self.clock)
        try:
            yield office
        finally:
            office.close()

    def account(self, office: OpenOffice, name: str) -> UserAccount:
        """A user by name."""
        return next(each for each in users(office.work) if each.name == name)


@dataclass
class Seat:
    """The program on the screen, and the hands in front of it."""

    top: TopLevel
    program: Program
    hands: Hands

    def key(self, secret: str, user: str = "") -> None:
        """Choose who sits there, type the passphrase, Enter."""
        if user:
            self.hands.until(lambda: self.hands.see(QComboBox, "").findText(user) >= 0)
            box = self.hands.see(QComboBox, "")
            box.setFocus()
            while box.currentText() != user:
                before = box.currentIndex()
                self.hands.press(Qt.Key.Key_Down if before < box.findText(user) else Qt.Key.Key_Up)
        self.hands.labelled("口令", secret)
        self.hands.press(Qt.Key.Key_Return)

    def come_in(self, user: str) -> None:
        """Open the desk as this user."""
        self.key(SECRETS[user], user)
        self.hands.until(lambda: self.hands.shows("今日待办") or not self.locked)

    @property
    def locked(self) -> bool:
        """Whether the page that asks for the key is in sight."""
        return self.hands.reads("请输入口令，打开本单位的台账")

    def lock(self) -> None:
        """Ctrl+L."""
        self.hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert self.locked


def surroundings(town: Town) -> Surroundings:
    """What the program is started with in the town."""
    return Surroundings(
        data=town.folder / "data",
        clock=town.clock,
        files=QtFileChooser(town.folder, native=False),
        keep_report=town.crashes.append,
        rules=load_rules,
        settings=town.settings,
        seconds=lambda: town.seconds,
    )


@contextmanager
def seated(qtbot: QtBot, town: Town) -> Iterator[Seat]:
    """Start the program at the town; at the end its window is closed there."""
    top = TopLevel()
    dress(top)
    program = Program(top, surroundings(town))
    top.resize(1366, 768)
    with qtbot.waitExposed(top):
        top.show()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    program.begin()
    try:
        yield Seat(top, program, Hands(qtbot, top))
    finally:
        program.close()
        top.hide()
        top.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert town.crashes == []
