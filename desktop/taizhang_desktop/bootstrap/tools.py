"""What screens ask of the other rooms, bound to one open office."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from taizhang_casework.domain.ledger import Filing, FilingId, Month
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.offices import TRAINING_MARK, OfficeCard, OfficeId
from taizhang_casework.domain.packages import Manifest, PackageRecord
from taizhang_casework.domain.print_register import LedgerPaper, PrintWay
from taizhang_casework.domain.screening_rows import Cells
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.printing_out import PrintOrder, make_paper
from taizhang_casework.services.receiving import Taken, take_package
from taizhang_casework.services.sending import Sent, resend_warnings, send_filing, send_receipt, send_warnings
from taizhang_casework.services.users import rotate_keys
from taizhang_db import AttachmentFolder
from taizhang_db.disk import unused
from taizhang_db.rotation import rotate
from taizhang_exchange.packages import card_file_name, fingerprint, package_file_name, read_card, write_card
from taizhang_exchange.sheets import SheetHead, write_sheet
from taizhang_exchange.village_lists import VillageList, read_village_list, write_village_list
from taizhang_printing.files import write_whole
from taizhang_printing.ledger import Paper
from taizhang_printing.letter import write_letter, write_letters
from taizhang_printing.recovery_sheet import write_recovery_sheet

from taizhang_desktop.bootstrap.drawings import Drawings
from taizhang_desktop.bootstrap.office import OpenOffice
from taizhang_desktop.bootstrap.papers import letter_run
from taizhang_desktop.tasks import Reporter
from taizhang_desktop.viewmodels.filing import PaperSize
from taizhang_desktop.viewmodels.ledger_export import SheetColumn

_PAPERS = {PaperSize.A4: Paper.A4, PaperSize.A3: Paper.A3}


class OtherWorld(OfficeTrouble):
    """A card that belongs to a training in a real office, or a real card in a training."""

    def __init__(self, path: Path, *, training: bool) -> None:
        """``training``: what the card belongs to."""
        super().__init__(
            f"“{path.name}”是演练用的名片，不是真实单位的"
            if training
            else f"“{path.name}”是真实单位的名片，演练里不能登记",
            safe="没有登记，已登记的单位没有改变",
            do="请向对方要真实台账里导出的名片" if training else "请结束演练，在本单位的台账里登记",
        )


class OfficeTools:
    """Implements ``PrintLedger``, ``PackFiling``, ``Road`` and the like for an open office. Used in the worker's thread."""

    def __init__(self, office: OpenOffice) -> None:
        """Bind to the office."""
        self._office = office
        self.attachments = AttachmentFolder(office.vault)
        self._mark = TRAINING_MARK if office.office.training else ""

    def print_ledger(self, filing: Filing, path: Path, paper: PaperSize, progress: Reporter) -> None:
        """Draw a frozen filing into a file, and register that; NotAccepted for a user who may not."""
        of = LedgerPaper(filing=filing.id, month=filing.month, revision=filing.revision)
        order = PrintOrder(papers=(of,), way=PrintWay.SAVED)
        draw = Drawings(self._office).ledger(filing, _PAPERS[paper], progress=progress)
        make_paper(self._office.work, order, draw, lambda content: write_whole(path, content))

    def write_letter(self, notice: ResultNotice, path: Path) -> None:
        """Draw a letter."""
        write_letter(notice, path, letter_run(self._office, mark=self._mark))

    def write_letters(self, notices: Sequence[ResultNotice], path: Path) -> None:
        """Draw several letters into one file."""
        write_letters(notices, path, letter_run(self._office, mark=self._mark))

    def pack_filing(self, filing: FilingId, folder: Path) -> Sent:
        """Pack a frozen filing for the bureau."""
        bureau = OfficeId(self._office.rules.pack.district.code)
        return send_filing(self._office.work, self._office.courier, filing, bureau, self._in(folder))

    def pack_warnings(self, town: OfficeId, month: Month, folder: Path, *, again: bool) -> Sent:
        """Pack what waits for a town, or again what went to it in the month."""
        send = resend_warnings if again else send_warnings
        return send(self._office.work, self._office.courier, town, month, self._in(folder))

    def take(self, path: Path, received_on: date | None) -> Taken:
        """Take a package in."""
        return take_package(self._office.work, self._office.courier, path, received_on=received_on)

    def receipt(self, taken: PackageRecord, folder: Path) -> Sent:
        """Answer a package."""
        return send_receipt(self._office.work, self._office.courier, taken, self._in(folder))

    def fingerprint(self, card: OfficeCard) -> str:
        """See ``Road``."""
        return fingerprint(card)

    def card_file_name(self, card: OfficeCard) -> str:
        """See ``Road``."""
        return card_file_name(card)

    def write_card(self, card: OfficeCard, path: Path) -> None:
        """Write the card; the dialog has asked whether an older file may be replaced."""
        write_card(card, path, replace=True)

    def read_card(self, path: Path) -> OfficeCard:
        """See ``Road``. Raises OtherWorld too, for the card of a training's office in a real one and the other way round."""
        card = read_card(path)
        if card.office.training is not self._office.office.training:
            raise OtherWorld(path, training=card.office.training)
        return card

    def save_recovery_code(self, code: str, path: Path) -> None:
        """Draw a fresh recovery code for the safe."""
        work = self._office.work
        write_recovery_sheet(code, self._office.office.name, work.clock.today(), path, mark=self._mark)

    def write_village_list(self, path: Path, rows: Sequence[Cells], faults: Sequence[str]) -> None:
        """Write the villages' list of 干部排查: empty, or given back with the faults of its rows."""
        work, town = self._office.work, self._office.office
        content = VillageList(
            town=work.divisions.town_name(town.id) or town.name,
            villages=tuple(work.divisions.villages_of(town.id).values()),
            sources=work.pack.channel(Channel.CADRE_SCREENING).sources,
            rows=tuple(rows),
            faults=tuple(faults),
        )
        write_village_list(path, content)

    def read_village_list(self, path: Path) -> tuple[Cells, ...]:
        """The rows that a village filled in."""
        return tuple(cells for _, cells in read_village_list(path))

    def rotate_keys(self, progress: Progress) -> None:
        """Put the data under a fresh key; NotAccepted for a user who may not."""
        rotate_keys(self._office.work, lambda: rotate(self._office.vault, progress))

    def write_sheet(
        self, path: Path, title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]
    ) -> None:
        """See ``WriteSheet``."""
        heads = [SheetHead(column.title, column.width) for column in columns]
        if self._mark:
            title, heads = f"{self._mark}{title}", [SheetHead(self._mark, len(self._mark)), *heads]
            rows = ((self._mark, *row) for row in rows)
        write_sheet(path, title, heads, rows)

    def _in(self, folder: Path) -> Callable[[Manifest], Path]:
        rules = self._office.rules

        def name_of(office: OfficeId) -> str:
            return rules.divisions.towns.get(office, rules.pack.district.bureau)

        return lambda manifest: unused(folder / package_file_name(manifest, name_of), "_另存")
