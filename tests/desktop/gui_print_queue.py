"""Printing through the system's own queue: a private CUPS with Debian's PDF printer prints what is compared with the paper."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from print_server import PRINTER, PrintServer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from taizhang_desktop.bootstrap.print_queue import SystemPrinters
from taizhang_desktop.printers import NoPrinter, PrinterChoice, PrinterGone, PrintJob
from taizhang_desktop.worker import DeskWorker
from taizhang_printing.composing import Faces
from taizhang_printing.document import MM, Document, deflate
from taizhang_printing.preview import OpenPages, render_page

A4, A3_ACROSS = (210 * MM, 297 * MM), (420 * MM, 297 * MM)
DPI = 100
"""Of the pictures that are compared."""


def marked(*sizes: tuple[float, float]) -> bytes:
    """A page of each size with a mark of 42 mm, black, 20 mm from its left and lower edge, and a fine frame 5 mm within."""
    document = Document(Faces(), title="试打", author="", made_at=datetime(2022, 4, 29, tzinfo=UTC))
    for width, height in sizes:
        frame = f"{5 * MM} {5 * MM} {width - 10 * MM} {height - 10 * MM} re S"
        document.add_page(width, height, deflate(f"{20 * MM} {20 * MM} {42 * MM} {42 * MM} re f 0.5 w {frame}"))
    return document.to_bytes()


@pytest.fixture(scope="module")
def running() -> Iterator[PrintServer]:
    """One for the module: CUPS's own library asks once where the server is."""
    with (
        tempfile.TemporaryDirectory(prefix="cups", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as at,
    ):
        made = PrintServer(Path(folder))
        at.setenv("CUPS_SERVER", made.address)
        yield made
        made.close()


@pytest.fixture
def server(running: PrintServer, qapp: QApplication) -> PrintServer:
    running.begin()
    return running


def job(content: bytes, copies: int = 1) -> PrintJob:
    return PrintJob(content=content, title="告知书", choice=PrinterChoice(printer=PRINTER), copies=copies)


def report(done: int, total: int) -> None:
    """Go on."""
    del done, total


def printed(server: PrintServer, qtbot: QtBot) -> bytes:
    qtbot.waitUntil(lambda: bool(server.printed) and not server.waiting, timeout=20_000)
    return server.printed[-1].read_bytes()


def dark(page: bytes, at: int) -> set[tuple[int, int]]:
    """The dark dots of a page at :data:`DPI`, counted from its left upper corner."""
    drawn = render_page(page, at, DPI)
    return {
        (dot % drawn.width, dot // drawn.width)
        for dot in range(drawn.width * drawn.height)
        if drawn.pixels[4 * dot] < 128
    }


def span(dots: set[tuple[int, int]], axis: int) -> tuple[int, int]:
    return min(dot[axis] for dot in dots), max(dot[axis] for dot in dots)


def test_the_paper_that_comes_out_has_the_pages_the_sizes_and_the_marks_of_the_pdf(
    server: PrintServer, qtbot: QtBot
) -> None:
    paper = marked(A4, A4)
    SystemPrinters().print(job(paper), report)
    out = printed(server, qtbot)
    with OpenPages(out) as pages:
        assert pages.count == 2
        assert [pages.size(at) for at in range(2)] == [pytest.approx(A4, abs=1)] * 2
    wanted, got = dark(paper, 0), dark(out, 0)
    for axis in (0, 1):
        assert span(got, axis) == pytest.approx(span(wanted, axis), abs=2)  # half a millimetre, of paper as it lies
    assert len(wanted & got) > 0.93 * len(wanted)  # the thin frame may lie a dot aside


def test_a_ledger_across_a3_comes_out_on_a3_unscaled(server: PrintServer, qtbot: QtBot) -> None:
    paper = marked(A3_ACROSS)
    SystemPrinters().print(job(paper), report)
    out = printed(server, qtbot)
    with OpenPages(out) as pages:
        assert sorted(pages.size(0)) == pytest.approx(sorted(A3_ACROSS), abs=1)
    assert len(dark(out, 0)) == pytest.approx(len(dark(paper, 0)), rel=0.03)


def test_it_is_printed_in_the_workers_thread_while_the_window_lives(
    server: PrintServer, qtbot: QtBot, worker: DeskWorker
) -> None:
    paper, done = marked(A4), list[None]()
    worker.scope().run_long("打印", lambda tell: SystemPrinters().print(job(paper), tell), done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert printed(server, qtbot)


def test_cancelled_before_its_end_nothing_of_it_comes_out(server: PrintServer, qtbot: QtBot) -> None:
    class Stop(Exception):  # noqa: N818 - the user's wish
        pass

    def stop(done: int, total: int) -> None:
        del total
        if done:
            raise Stop

    with pytest.raises(Stop):
        SystemPrinters().print(job(marked(A4, A4, A4)), stop)
    SystemPrinters().print(job(marked(A4)), report)
    out = printed(server, qtbot)
    assert len(server.printed) == 1
    with OpenPages(out) as pages:
        assert pages.count == 1


def test_without_a_printer_one_sentence_says_so(server: PrintServer) -> None:
    offers = SystemPrinters().offers()
    assert [offer.name for offer in offers] == [PRINTER]
    server.remove_printer()
    assert SystemPrinters().offers() == ()
    with pytest.raises(NoPrinter, match="这台电脑上没有打印机"):
        SystemPrinters().print(job(marked(A4)), report)


def test_one_that_is_gone_is_named(server: PrintServer) -> None:
    gone = PrintJob(content=marked(A4), title="告知书", choice=PrinterChoice(printer="HP"))
    with pytest.raises(PrinterGone, match="找不到打印机“HP”"):
        SystemPrinters().print(gone, report)
