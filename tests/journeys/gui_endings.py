"""The other ways a case ends, each by mouse and by keyboard alone, the channels taking turns: see ``ENDINGS``.

绿色通道, the comparison skipped, reopened after 办结, one household warned of twice (two lines, one verification), told
of the same fact twice, registered twice (the recycle bin), and moved away.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, product

import pytest
from _pytest.mark import ParameterSet
from case_walk import ANSWERED, Clerk, Person
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shipped import ORDER
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.ledger import Informed
from taizhang_casework.domain.machine import StepMark, case_state
from taizhang_casework.domain.steps import Step
from taizhang_casework.domain.warning import Channel
from taizhang_desktop.worker import DeskWorker
from two_hands import Hand, Keyboard, Mouse
from walked_office import LAST, WalkedOffice, office, worker

__all__ = ["office", "worker"]

BEGUN = ["登记预警信息", "登记户信息", "确认是哪一户"]
STEPS = ["入户核实", "民主评议", "信息比对", "村级公示", "录入系统"]
LETTER = ["出具告知书", "打印告知书", "登记送达", "登记回访"]


def green(clerk: Clerk, who: Person) -> None:
    """Help first; the five steps are owed all the same."""
    clerk.green()
    assert clerk.hands.see(QLabel, "case_owed").text()
    clerk.verified("录入系统")
    clerk.close()


def skipped(clerk: Clerk, who: Person) -> None:
    """低保: not compared again, the earlier comparison is cited."""
    clerk.visit()
    clerk.review()
    clerk.skip()
    clerk.notice()
    clerk.enter()
    clerk.close()


def reopened(clerk: Clerk, who: Person) -> None:
    """Closed as 不符合, opened again at 民主评议, and 符合 in the end."""
    clerk.visit()
    clerk.refuse("入户核实")
    if clerk.answers:
        clerk.answer_in_writing(who)
    clerk.close()
    clerk.reopen("民主评议")
    clerk.review()
    clerk.compare()
    clerk.notice()
    clerk.enter()
    clerk.close()


def moved_away(clerk: Clerk, who: Person) -> None:
    """户籍迁出: visited, refused for that reason, told in writing where the channel asks it."""
    clerk.visit("全家已搬到区外，户籍于2021年迁出，邻居两人证实")
    clerk.refuse("入户核实", "户籍已经迁出本镇街")
    if clerk.answers:
        clerk.answer_in_writing(who)
    clerk.close()


YES, NO = Meets.YES, Meets.NO
REFUSED_THEN = ["入户核实", "认定为不符合"]
ENDINGS: dict[Callable[[Clerk, Person], None], tuple[Meets, list[str], list[str]]] = {
    green: (YES, ["启用绿色通道", *STEPS], []),
    skipped: (YES, ["入户核实", "民主评议", "免于信息比对", "村级公示", "录入系统"], []),
    reopened: (YES, REFUSED_THEN, ["办结销号", "重新打开", *STEPS[1:]]),
    moved_away: (NO, REFUSED_THEN, []),
}
"""What the line says in the end, and what the history tells before and after the letter, where there is one."""


def in_turn() -> Iterator[ParameterSet]:
    """Each ending by each hand, in two channels each; all four channels occur with each hand."""
    channels = cycle([*Channel, *list(Channel)[1:], next(iter(Channel))])
    for ending, hand in product(ENDINGS, (Mouse, Keyboard)):
        channel = next(channels)
        yield pytest.param(ending, channel, hand, id=f"{ending.__name__}-{channel.value}-{hand.__name__}")


@pytest.mark.parametrize(("ending", "channel", "hand"), list(in_turn()))
def test_a_way_to_end(
    ending: Callable[[Clerk, Person], None],
    channel: Channel,
    hand: type[Hand],
    office: WalkedOffice,
    qtbot: QtBot,
    worker: DeskWorker,
) -> None:
    who = office.person()
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.register(channel, who)
        clerk.match()
        ending(clerk, who)
    (case,) = office.cases(who)
    office.is_shut(case)
    meets, before, after = ENDINGS[ending]
    line = office.line(case)
    assert (line.meets, line.closed_on, line.head_name) == (meets, LAST, who.name)
    told = meets is NO and channel in ANSWERED
    assert line.applicant_informed is (Informed.YES if told else Informed.NOT_ASKED)
    letter = LETTER if "认定为不符合" in before and channel in ANSWERED else []
    assert office.told(case) == [*BEGUN, *before, *letter, *after, "办结销号"]
    marked = case_state(case, ORDER).mark(Step.DATA_COMPARISON)
    assert (marked is StepMark.SKIPPED) == (ending is skipped)


@pytest.mark.parametrize(
    ("first", "second", "hand"),
    [(Channel.CADRE_SCREENING, Channel.DEPARTMENT, Mouse), (Channel.PETITION, Channel.DEPARTMENT, Keyboard)],
)
def test_a_household_that_is_warned_of_twice_is_verified_once_and_closed_line_by_line(
    first: Channel,
    second: Channel,
    hand: type[Hand],
    office: WalkedOffice,
    qtbot: QtBot,
    worker: DeskWorker,
) -> None:
    who = office.person()
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.register(first, who)
        clerk.match()
        clerk.register(second, who)
        clerk.hand.title("确认是哪一户")
        clerk.hand.press("case_yes_0")
        clerk.hand.title("入户核实")
        clerk.hand.press("case_yes_0")
        clerk.hands.until(lambda: not clerk.hands.reads("要不要合并核实？"))
        clerk.verified("录入系统")
        clerk.close()
        clerk.open_case(who, first)
        clerk.close()
    cases = office.cases(who)
    assert len(cases) == 2
    for case in cases:
        office.is_shut(case)
        assert (office.line(case).meets, office.line(case).head_name) == (YES, who.name)
    assert {case.household for case in cases} == {cases[0].household}


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_a_line_that_tells_the_same_fact_again_waits_for_the_first_and_then_needs_only_its_own_closing(
    hand: type[Hand], office: WalkedOffice, qtbot: QtBot, worker: DeskWorker
) -> None:
    who = office.person()
    first, again = office.listed(who, date(2022, 4, 11)), office.listed(who, date(2022, 4, 20))
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.open_case(who, Channel.DEPARTMENT, "2022-04-20")
        clerk.hands.until(lambda: clerk.hands.reads("是不是同一件事？"))
        clerk.hand.press("case_yes_0")
        clerk.hands.until(lambda: clerk.hands.says("另一条还没有确认是哪一户，请先办那一条"))
        clerk.open_case(who, Channel.DEPARTMENT, "2022-04-11")
        clerk.match()
        clerk.visit()
        clerk.refuse("入户核实")
        clerk.close()
        clerk.open_case(who, Channel.DEPARTMENT, "2022-04-20")
        if (
            hand is Keyboard
        ):  # of the household first: the question stands above 入户核实 then, and what is due is another form
            clerk.hand.press("case_yes_0")
            clerk.hand.title("入户核实")
            clerk.hands.until(lambda: not clerk.hands.reads("这一户？"))
        clerk.hand.press("case_yes_0" if hand is Keyboard else "case_yes_1")
        clerk.close()
    for case in office.cases(who):
        office.is_shut(case)
        assert (office.line(case).meets, office.line(case).head_name) == (NO, who.name)
    told = {case.id: office.told(case) for case in office.cases(who)}
    assert told[again][-3:] == ["确认是哪一户", "确定与另一条是同一件事，一并核实", "办结销号"]
    assert told[first][-2:] == ["认定为不符合", "办结销号"]


@pytest.mark.parametrize(("channel", "hand"), [(Channel.SELF_APPLICATION, Mouse), (Channel.CADRE_SCREENING, Keyboard)])
def test_a_line_that_was_registered_twice_goes_to_the_recycle_bin_and_the_other_is_worked(
    channel: Channel,
    hand: type[Hand],
    office: WalkedOffice,
    qtbot: QtBot,
    worker: DeskWorker,
) -> None:
    who = office.person()
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.register(channel, who)
        clerk.hand.title("确认是哪一户")
        clerk.hand.press("case_offer_discarding")
        clerk.hand.write("case_why", "登记重了")
        clerk.hand.save("case_save")
        clerk.hands.until(lambda: clerk.hands.shows("预警台账"))
        clerk.register(channel, who)
        clerk.match()
        clerk.verified("录入系统")
        clerk.close()
    kept = [case for case in office.cases(who) if case.discarded is None]
    assert len(kept) == 1
    office.is_shut(kept[0])
    assert [line.head_name for line in office.lines() if line.head_name == who.name] == [who.name]
