"""A program in a process of its own that types half of some forms and waits to be killed.

Without a word beside the folder a home visit and a warning; with one, one form of each other page that keeps what is half-typed.
"""

import sys
from pathlib import Path

from canary_window import Spin
from half_typing import KEPT, LATER, PAGES
from hands import Hands
from people_desk import SUN, WHO, Seat, Town, surroundings
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from taizhang_desktop.program import Program
from taizhang_desktop.shell.top_level import TopLevel


def main(folder: Path, *, pages: bool) -> None:
    app = QApplication([])
    top = TopLevel()
    town = Town(folder)
    if pages:
        town.clock.go_to(LATER)
    program = Program(top, surroundings(town))
    top.show()
    program.begin()
    hands = Hands(Spin(), top)  # type: ignore[arg-type]  # it waits; no more is asked
    Seat(top, program, hands).come_in(SUN)
    hands.until(lambda: hands.reads(WHO))
    if pages:
        for page in PAGES.values():
            page.begin(hands)
        hands.until(lambda: hands.reads(KEPT))
    else:
        _visit_and_warning(hands)
    print("typed", flush=True)  # noqa: T201 - who waits for it kills
    app.exec()


def _visit_and_warning(hands: Hands) -> None:
    hands.click("today_open")
    hands.into("case_visited_on", "4.7")
    hands.into("case_conclusion", "情况属实")
    hands.text_button("预警台账")
    hands.click("ledger_take")
    hands.into("intake_name", "周福生的儿子")
    hands.into("intake_detail", "大棚受灾")
    hands.see(QPlainTextEdit, "intake_detail")
    hands.until(lambda: hands.reads("填写一半的内容已保存"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), pages=len(sys.argv) > 2)
