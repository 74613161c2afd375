"""The case page at 1366×768: what is to be pressed is in sight without scrolling, and no fact is cut where help stands beside it."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from case_page import ROOM, click, matched, part, says
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from room_for_words import cut_off, redraw
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.services.correspondence import draft_letter
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.case.screen import CaseScreen

if TYPE_CHECKING:
    from taizhang_casework.domain.case import CaseId

BESIDE_HELP = (972, 712)
"""Px that help leaves a screen at 150 %."""
SIZES = pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGER], ids=lambda size: f"{size.value} %")


def refused(work: Work) -> "CaseId":
    case = matched(work)
    record(work, case, HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实"))
    record(work, case, Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so"))
    draft_letter(work, case, contact="88880000")
    return case


def wholly_seen(widget: QWidget) -> bool:
    """Nothing of it is scrolled away or lies outside the window."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@SIZES
def test_the_print_button_of_the_letter_is_in_sight(
    screen: CaseScreen, town_work: Work, look: Look, size: TextSize
) -> None:
    look.choose(text_size=size)
    screen._model.open(refused(town_work))
    redraw()
    assert wholly_seen(part(screen, QPushButton, "case_print"))
    assert wholly_seen(screen.facts)


def test_what_can_be_done_with_the_line_stands_at_the_foot_of_its_facts(screen: CaseScreen, town_work: Work) -> None:
    screen._model.open(refused(town_work))
    redraw()
    for button in (screen.facts.unmask, screen.facts.household, screen.facts.correcting, screen.facts.discarding):
        assert wholly_seen(button), button.text()


def test_the_last_fact_and_button_are_reached_at_large_text(screen: CaseScreen, town_work: Work, look: Look) -> None:
    look.choose(text_size=TextSize.LARGEST)
    screen._model.open(refused(town_work))
    redraw()
    screen.facts.discarding.setFocus(Qt.FocusReason.TabFocusReason)
    redraw()
    assert wholly_seen(screen.facts.discarding)


@pytest.mark.parametrize("room", [ROOM, BESIDE_HELP], ids=["alone", "beside help"])
def test_no_fact_is_cut_at_large_text(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, look: Look, room: tuple[int, int]
) -> None:
    look.choose(text_size=TextSize.LARGER)
    screen.window().resize(*room)
    screen._model.open(refused(town_work))
    click(screen, "case_unmask")
    redraw()
    qtbot.waitUntil(lambda: any("11010519491231002X" in words for words in says(screen)))
    assert cut_off(screen.facts) == []
