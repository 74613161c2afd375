"""The system's print queue by Qt: each page of a finished PDF drawn in strips at the printer's resolution, at its own size."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from taizhang_printing.preview import OpenPages, Picture

from taizhang_desktop.printers import NoPrinter, PrinterGone, PrinterOffer, PrintFailed, PrintJob, Sides
from taizhang_desktop.tasks import Reporter

MOST_DPI = 600
"""More shows nothing more of these papers, and takes four times the time."""
STRIP = 1024
"""Lines of dots drawn at once: A3 at 600 dpi whole would take 280 MB."""
_POINT = 72
_SIDES = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


class SystemPrinters:
    """Implements ``Printers``. ``file``: prints into a PDF in place of the queue, for who has none to test with."""

    def __init__(self, file: Path | None = None) -> None:
        """Ask the system nothing yet: it may have to look over the network."""
        self._file = file

    def offers(self) -> tuple[PrinterOffer, ...]:
        """See ``Printers``."""
        usual = QPrinterInfo.defaultPrinterName()
        found = [_offer(info, usual) for info in QPrinterInfo.availablePrinters()]
        return tuple(sorted(found, key=lambda offer: (not offer.usual, offer.name)))

    def print(self, job: PrintJob, report: Reporter) -> None:
        """See ``Printers``."""
        with _private_spool() as spool, OpenPages(job.content) as pages:
            printer = self._printer(job)
            _lay_out(printer, pages.size(0))
            painter = QPainter()
            if not painter.begin(printer):
                raise PrintFailed(job.choice.printer)
            try:
                painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
                _draw_all(painter, printer, pages, report, job)
            except BaseException:
                _throw_away(printer, spool)
                painter.end()
                raise
            if not painter.end() or printer.printerState() == QPrinter.PrinterState.Error:
                raise PrintFailed(job.choice.printer)

    def _printer(self, job: PrintJob) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._file is not None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._file))
        else:
            self._choose(printer, job)
        printer.setResolution(min(printer.resolution(), MOST_DPI))
        printer.setDocName(job.title)
        printer.setCreator("台账")
        printer.setFullPage(True)
        printer.setCopyCount(job.copies)
        return printer

    def _choose(self, printer: QPrinter, job: PrintJob) -> None:
        names = QPrinterInfo.availablePrinterNames()
        if not names:
            raise NoPrinter
        wanted = job.choice.printer or QPrinterInfo.defaultPrinterName() or names[0]
        if wanted not in names:
            raise PrinterGone(wanted)
        printer.setPrinterName(wanted)
        if not printer.isValid():
            raise PrinterGone(wanted)
        modes = QPrinterInfo.printerInfo(wanted).supportedColorModes()
        if modes and QPrinter.ColorMode.Color not in modes:
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        if job.choice.sides in _SIDES:
            printer.setDuplex(_SIDES[job.choice.sides])
        tray = _trays(printer).get(job.choice.tray)
        if tray is not None:
            printer.setPaperSource(tray)


def _offer(info: QPrinterInfo, usual: str) -> PrinterOffer:
    duplex = set(info.supportedDuplexModes())
    return PrinterOffer(
        name=info.printerName(),
        trays=tuple(_trays(QPrinter(info))),
        both_sides=bool(duplex & {QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexShortSide}),
        usual=info.printerName() == usual,
    )


_TRAY_WORDS = {
    QPrinter.PaperSource.Upper: "上层纸盒",
    QPrinter.PaperSource.Middle: "中层纸盒",
    QPrinter.PaperSource.Lower: "下层纸盒",
    QPrinter.PaperSource.Manual: "手动进纸",
    QPrinter.PaperSource.LargeCapacity: "大容量纸盒",
    QPrinter.PaperSource.Cassette: "纸盒",
}
"""The trays that Qt has names for; of others the printer's own setting decides."""


def _trays(printer: QPrinter) -> dict[str, QPrinter.PaperSource]:
    known = set(getattr(printer, "supportedPaperSources", tuple)())  # Qt knows them on Windows alone
    return {words: source for source, words in _TRAY_WORDS.items() if source in known}


def _lay_out(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper that the page is made for, in points: A4, A3, across where it is wider than high."""
    width, height = size
    across = width > height
    upright = QSizeF(min(size), max(size))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, turned, QMarginsF(), QPageLayout.Unit.Point)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def _draw_all(painter: QPainter, printer: QPrinter, pages: OpenPages, report: Reporter, job: PrintJob) -> None:
    grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
    for page in range(pages.count):
        if page:
            _lay_out(printer, pages.size(page))
            if not printer.newPage():
                raise PrintFailed(job.choice.printer)
        _draw_page(painter, printer, pages, page, grey=grey, report=report)
    report(pages.count, pages.count)


def _draw_page(
    painter: QPainter, printer: QPrinter, pages: OpenPages, page: int, *, grey: bool, report: Reporter
) -> None:
    """Dot for dot: a page of 210 mm is 210 mm on the paper."""
    dpi = printer.resolution()
    width, height = (side * dpi / _POINT for side in pages.size(page))
    top = 0
    for top in range(0, round(height), STRIP):
        report(page, pages.count)
        strip = pages.strip(page, dpi, top, STRIP, grey=grey)
        painter.drawImage(QRectF(0, top, width, strip.height), _image(strip, grey=grey))


def _image(strip: Picture, *, grey: bool) -> QImage:
    kind, depth = (QImage.Format.Format_Grayscale8, 1) if grey else (QImage.Format.Format_RGBX8888, 4)
    image = QImage(strip.pixels, strip.width, strip.height, depth * strip.width, kind)
    return image.copy() if grey else image.convertToFormat(QImage.Format.Format_RGB888)


@contextmanager
def _private_spool() -> Iterator[Path]:
    """Where Qt keeps a job for CUPS until it is handed over: in the memory that is the user's alone, where there is such."""
    memory = Path(os.environ.get("XDG_RUNTIME_DIR") or "/dev/shm")  # noqa: S108 - memory, and a folder of our own in it
    tempfile.gettempdir()  # Python keeps what it finds: it must not find the folder that goes away
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="taizhang-print-", dir=memory if memory.is_dir() else None) as folder:
        os.environ["TMPDIR"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = before


def _throw_away(printer: QPrinter, spool: Path) -> None:
    """Nothing of a job that was begun is handed over: Qt's engine for CUPS would send what was drawn so far."""
    printer.abort()
    for left in spool.iterdir():
        left.unlink()
