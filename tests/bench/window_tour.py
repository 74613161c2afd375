"""A clerk goes through the whole window under the watchdog: ``window_tour.py FOLDER`` prints one JSON object.

``FOLDER`` holds the vault of ``window_town``. A process of its own, so that its memory is the program's alone.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QWidget
from store_data import TODAY
from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.screens.batch.screen import BatchScreen
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.table.ledger_table import LedgerTable
from watchdog import AIM_MS
from window_seat import Tour
from window_town import SECRET

OPEN_AIM_MS = 200
MEMORY_AIM_MB = 300
PLACES = ("今日待办", "预警台账", "案件办理", "户与成员", "监测对象", "月度报送", "数据交换", "数据备份")
CONTROL = Qt.KeyboardModifier.ControlModifier


def walk(tour: Tour) -> None:
    """Everything in turn."""
    hands = tour.hands
    QTest.qWait(300)  # the clerk looks for her passphrase
    tour.settle()
    with tour.deed("unlock"):
        hands.labelled("口令", SECRET)
        hands.press(Qt.Key.Key_Return)
        tour.waits.waitUntil(lambda: isinstance(tour.top.currentWidget(), MainWindow))
    with tour.deed("daily backup"):
        tour.waits.waitUntil(lambda: not tour.program._bench.busy, timeout=600_000)
    for _ in range(3):
        for words in PLACES:
            tour.opens(words, lambda words=words: tour.place(words))  # type: ignore[misc]
    table(tour)
    case_page(tour)
    intake(tour)
    rows(tour)
    together(tour)
    with tour.deed("lock"):
        tour.program.lock()
    with tour.deed("unlock again"):
        hands.labelled("口令", SECRET)
        hands.press(Qt.Key.Key_Return)
        tour.waits.waitUntil(lambda: isinstance(tour.top.currentWidget(), MainWindow))


def table(tour: Tour) -> None:
    """预警台账: scroll, sort, filter, search, select, export."""
    hands = tour.hands
    tour.place("预警台账")
    tour.settle()
    seen = hands.see(LedgerTable, "ledger_table")
    with tour.deed("page down"):
        tour.key(seen, Qt.Key.Key_PageDown, times=30)
    with tour.deed("scroll"):
        bar = seen.verticalScrollBar()
        for at in range(1, 21):
            bar.setValue(bar.maximum() * at // 20)
            tour.settle(0.0)
        tour.settle()
    with tour.deed("sort"):
        for column in (0, 1, 2, 4, 5):
            head = seen.horizontalHeader()
            at = head.sectionViewportPosition(column) + 12
            QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
            tour.settle()
    with tour.deed("views"):
        for view in window_views(tour):
            hands.click(view)
            tour.settle()
        hands.click("ledger_view_all")
    with tour.deed("search"):
        search = hands.see(QLineEdit, "ledger_search")
        search.setFocus()
        for text in ("wxy", "0412", "王秀英"):
            tour.keys(search, text)
            QTest.qWait(220)
            tour.settle()
            search.selectAll()
        tour.key(search, Qt.Key.Key_Delete)
    with tour.deed("select all"):
        seen.setFocus()
        tour.key(seen, Qt.Key.Key_A, CONTROL)


def window_views(tour: Tour) -> list[str]:
    """The ready-made views."""
    parts: list[QWidget] = list(tour.window.findChildren(QWidget))
    named = (each.objectName() for each in parts)
    return [
        name
        for name in dict.fromkeys(named)
        if name.startswith("ledger_view_") and name[12:] not in {"all", "name", "save"}
    ]


def editors(tour: Tour) -> list[QWidget]:
    """Where one can type now."""
    every: list[QWidget] = [*tour.window.findChildren(QLineEdit), *tour.window.findChildren(QPlainTextEdit)]
    return [each for each in every if each.isVisible() and each.isEnabled() and each.objectName().startswith("case_")]


def case_page(tour: Tour) -> None:
    """案件办理: one case after the other from 今日待办, its form, its history, its attachments."""
    hands = tour.hands
    for turn in range(4):
        tour.place("今日待办")
        tour.settle()
        duties = hands.see(QTableView, "today_table")
        duties.setFocus()
        tour.key(duties, Qt.Key.Key_Down, times=1 + turn)
        tour.opens("a case", lambda: hands.press(Qt.Key.Key_Return))
    with tour.deed("type into a case"):
        for editor in editors(tour)[:4]:
            editor.setFocus()
            tour.keys(editor, "2026 wu gong")
    tour.opens("history", lambda: hands.click("case_history"))
    hands.press(Qt.Key.Key_Escape)
    tour.settle()
    tour.opens("attachments", lambda: hands.click("case_attachments"))


def intake(tour: Tour) -> None:
    """登记预警信息: the form, typed into."""
    hands = tour.hands
    tour.place("预警台账")
    tour.settle()
    tour.opens("intake", lambda: hands.click("ledger_take"))
    with tour.deed("type into the intake"):
        find = tour.window.focusWidget()
        if isinstance(find, QLineEdit):
            tour.keys(find, "wxy")
            QTest.qWait(250)
            tour.settle()
        for name, text in (
            ("intake_name", "王秀英"),
            ("intake_id_number", "370282196504120032"),
            ("intake_detail", "务工受伤，支出骤增"),
        ):
            editor = hands.see(QWidget, name)
            editor.setFocus()
            tour.keys(editor, text)


def rows(tour: Tour) -> None:
    """批量登记: a thousand rows pasted, a cell typed, undone."""
    hands = tour.hands
    tour.opens("many rows", lambda: hands.text_button("批量登记"))
    work = tour.program._open.work  # type: ignore[union-attr]  # a desk is open
    village = next(iter(work.divisions.villages_of(tour.program._open.office.id).values()))  # type: ignore[union-attr]
    line = "{}\t王秀英{}\t\t\t村委\t张三\t2026-06-1{}\t务工受伤，支出骤增"
    text = "\n".join(line.format(village if at % 3 else "没有的村", at, at % 4) for at in range(1_000))
    grid = hands.see(QTableView, "rows_table")
    QGuiApplication.clipboard().setText(text)
    with tour.deed("paste 1,000 rows"):
        grid.setFocus()
        tour.key(grid, Qt.Key.Key_V, CONTROL)
    with tour.deed("type into a row"):
        tour.key(grid, Qt.Key.Key_Down, times=5)
        tour.keys(grid, "x")
        hands.press(Qt.Key.Key_Return)
    with tour.deed("next fault"):
        tour.key(grid, Qt.Key.Key_F8, times=5)
    with tour.deed("undo the rows"):
        tour.key(grid, Qt.Key.Key_Z, CONTROL, times=2)
    hands.text_button("返回逐条登记")
    tour.settle()
    hands.text_button("返回台账")
    tour.settle()


def together(tour: Tour) -> None:
    """一起办理: 200 households, everything left blank, saved: 200 lines turn red."""
    hands = tour.hands
    with tour.deed("to the cases before their visit"):
        hands.see(QWidget, "ledger_open_only")
        hands.tick("只看未办结")
    seen = hands.see(LedgerTable, "ledger_table")
    seen.setFocus()
    tour.key(seen, Qt.Key.Key_Home, CONTROL)
    tour.key(seen, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, times=199)
    tour.settle()
    tour.opens("200 together", lambda: hands.click("ledger_batch"))
    screen = tour.window.findChild(BatchScreen)
    assert screen is not None
    if screen._model.view.unable:
        with tour.deed("leave out"):
            hands.click("batch_leave_out")
    with tour.deed("200 rows come"):
        tour.waits.waitUntil(lambda: not screen.grid._left if screen.grid else False)
    with tour.deed("200 rows turn red"):
        hands.click("batch_save")
    with tour.deed("type into a red row"):
        cell = next(iter(next(iter(screen.grid.rows.values())).cells.values()))
        cell.setFocus()
        tour.keys(cell, "shou ru")


def measured(tour: Tour) -> dict[str, object]:
    """What came of it."""
    longest = [slot for slot in tour.dog.longest if slot.thread_ms > AIM_MS]
    opened = {
        name: {"first_ms": round(times[0]), "again_ms": round(min(times[1:] or times))}
        for name, times in tour.opened.items()
    }
    slots = {name: slot.thread_ms for name in tour.memory if (slot := tour.dog.longest_of(name)) is not None}
    rss = max(tour.memory.values())
    return {
        "open_ms": opened,
        "longest_slot_thread_ms": slots,
        "peak_rss_mb": rss,
        "beyond": {
            "open_first": [name for name, each in opened.items() if each["first_ms"] > OPEN_AIM_MS],
            "open_again": [name for name, each in opened.items() if each["again_ms"] > OPEN_AIM_MS],
            "slots": [str(slot) for slot in longest],
            "memory": rss > MEMORY_AIM_MB,
        },
        "memory_after_mb": tour.memory,
    }


def main(folder: Path) -> None:
    """Start the program on the folder, walk, print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    look = Look(app, bundled_fonts(), appearance=Appearance.LIGHT)
    crashes: list[Crash] = []
    around = Surroundings(
        data=folder,
        clock=StoryClock(TODAY),
        files=QtFileChooser(folder, native=False),
        keep_report=crashes.append,
        rules=load_rules,
    )
    top = TopLevel()
    look.dress(top)
    program = Program(top, around)
    top.resize(1366, 768)
    top.show()
    top.activateWindow()
    program.begin()
    tour = Tour(top, program)
    try:
        walk(tour)
    finally:
        tour.dog.close()
        print(json.dumps(measured(tour), ensure_ascii=False, indent=1))
        program.close()
        top.hide()
        top.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert crashes == [], crashes


if __name__ == "__main__":
    main(Path(sys.argv[1]))
