"""数据交换: the own card, the partners, packages in, receipts out, and the register of both."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.offices import OfficeCard, OfficeId, OfficeKind
from taizhang_casework.domain.packages import Direction, PackageKind, PackageRecord
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.receiving import Taken
from taizhang_casework.services.sending import Sent
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.files import PACKAGE, FileChooser, FileKind
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction, finding_line
from taizhang_desktop.viewmodels.shell import Frame, said

CARD = FileKind("单位名片", ("tzcard",))
KINDS = {PackageKind.WARNINGS: "预警信息", PackageKind.FILING: "月度台账", PackageKind.RECEIPT: "回执"}
TAKE = "take"
"""Target of a destination that asks for a package at once."""
DIRECTIONS = {Direction.SENT: "发出", Direction.RECEIVED: "收到"}


class Road(Protocol):
    """What the screen needs of the exchange room; all but ``fingerprint`` run in the worker's thread and may raise OfficeTrouble."""

    def fingerprint(self, card: OfficeCard) -> str:
        """Groups of digits to be compared over the telephone."""
        ...

    def card_file_name(self, card: OfficeCard) -> str:
        """A proposal for the card's file."""
        ...

    def write_card(self, card: OfficeCard, path: Path) -> None:
        """Write the public card."""
        ...

    def read_card(self, path: Path) -> OfficeCard:
        """Read somebody's public card."""
        ...

    def take(self, path: Path, received_on: date | None) -> Taken:
        """Take a package in, whole or not at all."""
        ...

    def receipt(self, taken: PackageRecord, folder: Path) -> Sent:
        """Write the receipt for a package into a folder."""
        ...


class PartnerLine(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolled office."""

    id: str
    name: str
    fingerprint: str


class PackageLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the register."""

    id: str
    record: PackageRecord
    partner: str

    @property
    def state(self) -> str:
        """What became of it."""
        receipt = self.record.receipt
        if self.record.manifest.kind is PackageKind.RECEIPT:
            return ""
        if self.record.direction is Direction.RECEIVED:
            return "未生成回执" if receipt is None else "已生成回执"
        if receipt is None:
            return "等待回执"
        return f"对方{receipt.says}" if receipt.accepted else f"对方退回：{receipt.says}"

    @property
    def tone(self) -> Tone:
        """Green once answered, red where it was refused."""
        receipt = self.record.receipt
        if not self.state:
            return Tone.PLAIN
        return Tone.SOON if receipt is None else Tone.DONE if receipt.accepted else Tone.OVERDUE

    @property
    def can_answer(self) -> bool:
        """Whether a receipt can be made for it."""
        return self.record.direction is Direction.RECEIVED and self.record.manifest.kind is not PackageKind.RECEIPT


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was read and waits for its fingerprint to be compared over the telephone."""

    card: OfficeCard
    fingerprint: str
    known_before: bool


class ExchangeState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``candidate`` is set while a card waits to be confirmed."""

    own: OfficeCard | None = None
    own_fingerprint: str = ""
    partners: tuple[PartnerLine, ...] = ()
    packages: tuple[PackageLine, ...] = ()
    candidate: Candidate | None = None
    loaded: bool = False
    trouble: Troubled | None = None

    @property
    def asks_day(self) -> bool:
        """Whether the day of arrival matters here: the clock of 入户核实 starts on it, which a town keeps."""
        return self.own is not None and self.own.office.kind is OfficeKind.TOWN


class _Read(msgspec.Struct, frozen=True):
    own: OfficeCard
    partners: tuple[OfficeCard, ...]
    packages: tuple[PackageRecord, ...]


class ExchangeModel(QObject):
    """数据交换. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, road: Road, files: FileChooser, runner: Runner, frame: Frame) -> None:
        """``road`` is the exchange room, ``files`` asks for files and folders."""
        super().__init__()
        self.today: Callable[[], date] = work.clock.today
        self.received_on: date | None = None
        self.state = ExchangeState()
        self._work = work
        self._road = road
        self._files = files
        self._runner = runner
        self._frame = frame

    def refresh(self) -> None:
        """Read cards and register anew."""

        def read() -> _Read:
            with self._work.store.reading() as desk:
                return _Read(desk.partners.own().card, tuple(desk.partners.all()), tuple(desk.packages.all()))

        self._runner.run(read, self._show, self._failed)

    def on_changes(self, changes: Changes) -> None:
        """Partners and packages matter here."""
        if changes.touches(Kind.PARTNER) or changes.touches(Kind.PACKAGE):
            self.refresh()

    def export_card(self) -> None:
        """Ask where, and write the own public card."""
        card = self.state.own
        if card is not None:
            name = self._road.card_file_name(card)
            self._files.save("导出本单位名片", name, CARD, lambda path: self._write_card(card, path))

    def import_card(self) -> None:
        """Ask for a card; it then waits for its fingerprint to be confirmed."""
        self._files.open("导入对方的单位名片", CARD, lambda paths: self._read_card(paths[0]))

    def confirm(self) -> None:
        """The fingerprint was compared over the telephone: enrol the office."""
        candidate = self.state.candidate
        if candidate is not None:
            self.dismiss()
            self._runner.run(
                lambda: enrol(self._work.store, candidate.card, self._work.user), partial(self._enrolled, candidate)
            )

    def dismiss(self) -> None:
        """The fingerprint differs, or somebody thought better of it."""
        self.state = msgspec.structs.replace(self.state, candidate=None)
        self.changed.emit()

    def take(self) -> None:
        """Ask for a package and take it in; ``received_on`` is the day it came, None for today."""
        self._files.open("接收数据包", PACKAGE, lambda paths: self._take(paths[0]))

    def answer(self, line: PackageLine) -> None:
        """Ask for a folder and write the receipt for a package."""
        if line.can_answer:
            self._ask_folder(line.record)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _write_card(self, card: OfficeCard, path: Path) -> None:
        self._runner.run(
            lambda: self._road.write_card(card, path),
            lambda _: self._frame.tell(said(f"本单位名片已保存到“{path}”，请交给对方并电话核对指纹")),
        )

    def _read_card(self, path: Path) -> None:
        self._runner.run(lambda: self._road.read_card(path), self._propose)

    def _propose(self, card: OfficeCard) -> None:
        fingerprint = self._road.fingerprint(card)
        known = next((partner for partner in self.state.partners if partner.id == card.office.id), None)
        if self.state.own is not None and card.office.id == self.state.own.office.id:
            self._frame.tell(Notice(tone=Tone.SOON, says="这是本单位自己的名片，不需要导入"))
        elif known is not None and known.fingerprint == fingerprint:
            self._frame.tell(Notice(tone=Tone.INFO, says=f"{card.office.name}的这张名片已经登记过，不需要再登记"))
        else:
            candidate = Candidate(card=card, fingerprint=fingerprint, known_before=known is not None)
            self.state = msgspec.structs.replace(self.state, candidate=candidate)
            self.changed.emit()

    def _enrolled(self, candidate: Candidate, _changes: Changes) -> None:
        self._frame.tell(said(f"已登记{candidate.card.office.name}，可以互相收发数据包"))

    def _take(self, path: Path) -> None:
        received_on = self.received_on
        self._runner.run_long("接收数据包", lambda _: self._road.take(path, received_on), self._taken)

    def _taken(self, taken: Taken) -> None:
        self.received_on = None
        self._runner.announce(taken.changes)
        record, lines = taken.record, tuple(map(finding_line, taken.findings))
        face = record.manifest
        count = f"，共{record.items}条" if face.kind is PackageKind.WARNINGS else ""
        says = f"已接收{self._name(record.partner)}的{KINDS[face.kind]}（第{face.number}号{count}）"
        answer = NoticeAction("生成回执", partial(self._ask_folder, record))
        self._frame.tell(
            Notice(
                tone=Tone.SOON if lines else Tone.DONE,
                says=says,
                lines=lines,
                action=None if face.kind is PackageKind.RECEIPT else answer,
            )
        )

    def _name(self, office: OfficeId) -> str:
        known = {partner.id: partner.name for partner in self.state.partners}
        return known.get(office, self._work.divisions.town_name(office) or office)

    def _ask_folder(self, record: PackageRecord) -> None:
        self._files.folder("选择存放回执的文件夹", partial(self._answer, record))

    def _answer(self, record: PackageRecord, folder: Path) -> None:
        self._runner.run(lambda: self._road.receipt(record, folder), self._answered)

    def _answered(self, sent: Sent) -> None:
        self._runner.announce(sent.changes)
        self._frame.tell(said(f"回执已保存到“{sent.path}”"))

    def _show(self, found: _Read) -> None:
        partners = tuple(
            PartnerLine(id=card.office.id, name=card.office.name, fingerprint=self._road.fingerprint(card))
            for card in found.partners
            if card.office.id != found.own.office.id
        )
        self.state = msgspec.structs.replace(
            self.state,
            own=found.own,
            own_fingerprint=self._road.fingerprint(found.own),
            partners=partners,
            loaded=True,
            trouble=None,
        )
        self.state = msgspec.structs.replace(
            self.state,
            packages=tuple(
                PackageLine(
                    id=f"{record.direction.value}:{record.digest}", record=record, partner=self._name(record.partner)
                )
                for record in reversed(found.packages)
            ),
        )
        self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True
