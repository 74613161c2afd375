"""From intake to 办结 in the whole window, by mouse and by keyboard alone: 符合 in each channel, and 不符合 at each step.

The refusals take turns with the channels: 干部排查 at 入户核实, 自主申报 at 民主评议, 信访信息 at 信息比对, 部门预警 at 村级公示,
and 自主申报 again at 录入系统, which is come to and not done.
"""

import pytest
from case_walk import ANSWERED
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.ledger import Informed
from taizhang_casework.domain.warning import Channel
from taizhang_desktop.worker import DeskWorker
from two_hands import Hand, Keyboard, Mouse
from walked_office import LAST, WalkedOffice, office, worker

__all__ = ["office", "worker"]

STEPS = ("入户核实", "民主评议", "信息比对", "村级公示")
AT = (*STEPS, "录入系统")
BEGUN = ["登记预警信息", "登记户信息", "确认是哪一户"]
LETTER = ["出具告知书", "打印告知书", "登记送达", "登记回访"]
TURNS = (
    Channel.CADRE_SCREENING,
    Channel.SELF_APPLICATION,
    Channel.PETITION,
    Channel.DEPARTMENT,
    Channel.SELF_APPLICATION,
)
REFUSED = list(zip(TURNS, AT, strict=True))


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
@pytest.mark.parametrize("channel", Channel)
def test_a_household_that_meets_the_criteria(
    channel: Channel, hand: type[Hand], office: WalkedOffice, qtbot: QtBot, worker: DeskWorker
) -> None:
    who = office.person()
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.register(channel, who)
        clerk.match()
        clerk.verified("录入系统")
        clerk.close()
    (case,) = office.cases(who)
    office.is_shut(case)
    line = office.line(case)
    assert (line.head_name, line.meets, line.closed_on) == (who.name, Meets.YES, LAST)
    assert line.applicant_informed is Informed.NOT_ASKED
    assert office.told(case) == [*BEGUN, *STEPS, "录入系统", "办结销号"]


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
@pytest.mark.parametrize(("channel", "at"), REFUSED)
def test_a_household_that_does_not(
    channel: Channel, at: str, hand: type[Hand], office: WalkedOffice, qtbot: QtBot, worker: DeskWorker
) -> None:
    who = office.person()
    with office.sit_down(qtbot, worker, hand) as clerk:
        clerk.register(channel, who)
        clerk.match()
        clerk.verified(at if at in STEPS else STEPS[-1])
        clerk.refuse(at)
        if channel in ANSWERED:
            clerk.answer_in_writing(who)
        clerk.close()
    (case,) = office.cases(who)
    office.is_shut(case)
    line = office.line(case)
    assert line.meets is Meets.NO
    assert line.applicant_informed is (Informed.YES if channel in ANSWERED else Informed.NOT_ASKED)
    letter = LETTER if channel in ANSWERED else []
    assert office.told(case) == [*BEGUN, *STEPS[: AT.index(at) + 1], "认定为不符合", *letter, "办结销号"]
