"""The canary at the window: a part of ``canary_journey``, by mouse and keyboard on a screen that is not there."""

import threading
import traceback
from collections.abc import Callable

from canary import Journey, deep
from hands import Hands
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QTableView, QWidget
from taizhang_desktop import window
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.tasks import JobFailed
from taizhang_desktop.worker import DeskWorker
from traces import DETAIL, ID_NUMBER, NAME, PHONE

PASSPHRASE = "horse-river-58-cloud"


class Spin:
    """Waits as pytest-qt's ``qtbot`` does, without pytest."""

    def waitUntil(self, holds: Callable[[], bool], timeout: int) -> None:  # noqa: N802 - its name there
        gone: list[int] = []
        QTimer.singleShot(timeout, lambda: gone.append(1))
        while not holds():
            assert not gone, "nothing came"
            QApplication.processEvents()


def at_the_window(journey: Journey, clock: StoryClock) -> None:
    """Unlock, search, unmask, print through the dialog, leave a form half typed, and let slots and the worker fail."""
    shown = TopLevel.show

    def begin(top: TopLevel) -> None:
        shown(top)
        QTimer.singleShot(0, lambda: drive(top))

    def drive(top: TopLevel) -> None:
        steps(lambda: _in_the_window(journey, Hands(Spin(), top)))  # type: ignore[arg-type]  # it waits; no more is asked
        QTimer.singleShot(0, lambda: deep(3, NAME, ID_NUMBER))
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: afterwards(top)))

    def afterwards(top: TopLevel) -> None:
        steps(lambda: _after_the_bug(journey, Hands(Spin(), top)))  # type: ignore[arg-type]  # as above
        QTimer.singleShot(0, give_up_the_form)
        top.close()

    def give_up_the_form() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                (leave,) = [button for button in box.buttons() if button.text() == "放弃并关闭"]
                leave.click()

    def steps(what: Callable[[], None]) -> None:
        try:
            what()
        except BaseException:  # noqa: BLE001 - it must end the window, whatever it is
            traceback.print_exc()
            QApplication.exit(3)

    TopLevel.show = begin  # type: ignore[method-assign,assignment]
    status = window.open_demo_window(journey.data / "town", "", clock)
    assert status == 0


def _in_the_window(journey: Journey, hands: Hands) -> None:
    hands.labelled("口令", ID_NUMBER)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.reads("口令不正确"))
    hands.labelled("口令", PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.text_button("预警台账")
    table = hands.see(QTableView, "ledger_table")
    hands.into("ledger_search", NAME)
    hands.until(lambda: table.model().rowCount() == 2)
    hands.into("ledger_search", ID_NUMBER)
    hands.until(lambda: table.model().rowCount() == 2)
    _open_the_applicant(hands, table)
    hands.click("case_unmask")
    hands.until(lambda: hands.reads(ID_NUMBER))
    hands.click("case_print")
    dialogs: list[QFileDialog] = []

    def offered() -> bool:
        dialogs[:] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        return bool(dialogs) and dialogs[0].isVisible()

    hands.until(offered)
    line = dialogs[0].findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    journey.texts["the name that the dialog offers"] = line.text()
    hands.file(journey.asked / "printed.pdf")
    hands.until((journey.asked / "printed.pdf").is_file)
    hands.text_button("预警台账")
    hands.click("ledger_take")
    hands.into("intake_name", NAME)
    hands.into("intake_id_number", ID_NUMBER)
    hands.into("intake_detail", f"{DETAIL} {PHONE}")
    journey.look("a form half typed in the window")
    journey.texts["the window's title"] = hands.window.windowTitle()


def _open_the_applicant(hands: Hands, table: QTableView) -> None:
    """The newest of the two cases: the one with a letter."""
    model = table.model()

    def applicants() -> list[int]:
        """The rows come when they are looked at."""
        columns = range(model.columnCount())
        shown = {
            row: "".join(str(model.index(row, column).data()) for column in columns) for row in range(model.rowCount())
        }
        return [row for row, text in shown.items() if "自主申报" in text]

    hands.until(lambda: bool(applicants()))
    (row,) = applicants()
    table.setFocus()
    table.selectRow(row)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.shows("案件办理"))
    hands.see(QLabel, "case_form_title")
    hands.see(QWidget, "case_unmask")


def _after_the_bug(journey: Journey, hands: Hands) -> None:
    """A slot has failed; now a job of the worker does, and a thread of nobody's."""
    for each in QApplication.topLevelWidgets():
        if each.windowTitle() == "程序出错":
            said: list[QLabel] = list(each.findChildren(QLabel))
            print([label.text() for label in said])  # noqa: T201 - what it shows is looked at
            each.close()
    news: list[object] = []
    worker = DeskWorker()
    worker.news.connect(news.append)
    worker.scope().run(lambda: deep(3, NAME, ID_NUMBER), print)
    hands.until(lambda: bool(news))
    worker.close()
    assert isinstance(news[0], JobFailed)
    print(news)  # noqa: T201 - as above
    stray = threading.Thread(target=deep, args=(3, NAME, ID_NUMBER))
    stray.start()
    stray.join()
    journey.look("bugs in the window")
