"""The system's printers as the screens know them, and what a user of this PC chose for a kind of paper."""

from enum import Enum
from typing import Protocol

import msgspec
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.tasks import Reporter


class Sides(Enum):
    """How sheets are turned."""

    AS_SET = "as_set"
    """As the printer itself is set."""
    ONE = "one"
    LONG = "long"
    SHORT = "short"


SIDES_WORDS: dict[Sides, str] = {
    Sides.AS_SET: "单双面按打印机设置",
    Sides.ONE: "单面",
    Sides.LONG: "双面，左右翻",
    Sides.SHORT: "双面，上下翻",
}


class PrinterChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A printer by its name in the system (empty: the system's own choice), its tray (empty: as it is set) and the sides."""

    printer: str = ""
    tray: str = ""
    sides: Sides = Sides.AS_SET


class PrinterOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A printer that the system knows. ``usual``: what it prints on when nothing is chosen."""

    name: str
    trays: tuple[str, ...] = ()
    both_sides: bool = False
    usual: bool = False


class PrintJob(msgspec.Struct, frozen=True, kw_only=True):
    """A finished PDF for a printer; ``title`` stands in the system's queue, so it names nobody."""

    content: bytes
    title: str
    choice: PrinterChoice
    copies: int = 1


class Printers(Protocol):
    """The system's print queue. Used in the worker's thread."""

    def offers(self) -> tuple[PrinterOffer, ...]:
        """The printers there are, the usual one first; empty where there is none."""
        ...

    def print(self, job: PrintJob, report: Reporter) -> None:
        """Hand it to the queue, page for page at its own size; PrinterTrouble. Cancelled before the last page, nothing is printed."""
        ...


class PrinterTrouble(OfficeTrouble):
    """What keeps paper from coming out."""


class NoPrinter(PrinterTrouble):
    """The PC has none."""

    def __init__(self) -> None:
        super().__init__(
            "这台电脑上没有打印机",
            safe="没有打印，台账没有改动",
            do="请先在系统里添加打印机；也可以点“保存”存成PDF，到有打印机的电脑上打印",
        )


class PrinterGone(PrinterTrouble):
    """It was there when it was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"找不到打印机“{name}”",
            safe="没有打印，台账没有改动",
            do="请检查打印机的电源和连线，或另选一台再打印",
        )


class PrintFailed(PrinterTrouble):
    """The queue did not take it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"打印机“{name}”没有接受这次打印",
            safe="台账没有改动，已经出来的纸请收好",
            do="请在系统的打印队列里看看这台打印机是不是停用或出错，再打印一次",
        )


def usual_choice(offers: tuple[PrinterOffer, ...], kept: PrinterChoice | None) -> PrinterChoice:
    """What was chosen last for this kind of paper, where that printer still is; else the usual printer as it is set."""
    by_name = {offer.name: offer for offer in offers}
    if kept is not None and kept.printer in by_name:
        offer = by_name[kept.printer]
        tray = kept.tray if kept.tray in offer.trays else ""
        sides = kept.sides if offer.both_sides else Sides.AS_SET
        return PrinterChoice(printer=kept.printer, tray=tray, sides=sides)
    return PrinterChoice(printer=offers[0].name if offers else "")
