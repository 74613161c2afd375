"""A member whose name no paper can show: it is kept as it is, and said when it is saved."""

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.work import Work
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel, MemberAnswer
from taizhang_desktop.viewmodels.member_deed import MemberDeed
from taizhang_printing.printable import PrintableText

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy") -> HouseholdsModel:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    case = take_warning(town_work, draft).case
    own_household(town_work, case)
    with town_work.store.reading() as desk:
        household = desk.cases.get(case).household
    assert household is not None
    made = HouseholdsModel(dataclasses.replace(town_work, unprintable=PrintableText().unprintable), runner, frame)
    made.open(household)
    return made


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("李秀英", (), id="a name that prints"),
        pytest.param(
            "李\ue123", ("姓名中有打印不出的字：U+E123，附件2印不出来，请改成规范汉字",), id="a sign of one PC only"
        ),
    ],
)
def test_who_joins_with_a_name_that_no_paper_shows_is_kept_and_it_is_said(
    model: HouseholdsModel, frame: "FrameSpy", name: str, lines: tuple[str, ...]
) -> None:
    answer = MemberAnswer(name=name, relation=Relation.SPOUSE, on=date(2022, 4, 12), because="结婚")
    model.save(MemberDeed.JOIN, None, answer)
    told = frame.notices[-1]
    assert (told.lines, told.tone) == (lines, Tone.SOON if lines else Tone.DONE)
