"""A program in a process of its own that types half a warning and half a home visit and waits to be killed."""

import sys
from pathlib import Path

from canary_window import Spin
from hands import Hands
from people_desk import SUN, WHO, Seat, Town, surroundings
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from taizhang_desktop.program import Program
from taizhang_desktop.shell.top_level import TopLevel


def main(folder: Path) -> None:
    app = QApplication([])
    top = TopLevel()
    program = Program(top, surroundings(Town(folder)))
    top.show()
    program.begin()
    hands = Hands(Spin(), top)  # type: ignore[arg-type]  # it waits; no more is asked
    Seat(top, program, hands).come_in(SUN)
    hands.until(lambda: hands.reads(WHO))
    hands.click("today_open")
    hands.into("case_visited_on", "4.7")
    hands.into("case_conclusion", "情况属实")
    hands.text_button("预警台账")
    hands.click("ledger_take")
    hands.into("intake_name", "周福生的儿子")
    hands.into("intake_detail", "大棚受灾")
    hands.see(QPlainTextEdit, "intake_detail")
    hands.until(lambda: hands.reads("填写一半的内容已保存"))
    print("typed", flush=True)  # noqa: T201 - who waits for it kills
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
