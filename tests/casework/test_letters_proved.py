"""账账相符 of a letter: its code is compared with the letter in force, not with one that a reopening or a later letter made void."""

from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.steps import HomeVisit, Refusal, Reopening, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.correspondence import draft_letter
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.page_proof import Agreement, PageProof, letter_codes, prove_page
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_exchange.page_signing import PageSigner

SIGNER = PageSigner()
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况不属实")
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
BACK = Reopening(reopened_on=date(2022, 4, 15), back_to=Step.HOME_VISIT, why="本人提出异议")


@pytest.fixture
def case(work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访办",
        detail="家庭成员突发疾病",
        name="王小明",
        id_number="11010519491231002X",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    taken = take_warning(work, draft).case
    own_household(work, taken)
    record(work, taken, VISIT)
    record(work, taken, REFUSAL)
    return taken


def drafted(work: Work, case: CaseId) -> Letter:
    return draft_letter(work, case, contact="88880000").letter


def proof(work: Work, letter: Letter) -> PageProof:
    return prove_page(work, SIGNER, letter_codes(work.store, SIGNER, letter.notice)(1, 2))


def test_a_letter_in_force_agrees_and_its_words_are_to_be_compared(work: Work, case: CaseId) -> None:
    letter = drafted(work, case)
    told = proof(work, letter)
    assert told.agreement is Agreement.AGREES
    assert told.says.startswith("第1页（共2页）的二维码与")
    assert told.says.endswith(
        f"告知书{letter.notice.number}一致；二维码只说明是哪一份，请把纸上的内容与系统里的逐条核对"
    )


def test_a_letter_whose_refusal_was_reopened_is_void(work: Work, case: CaseId) -> None:
    letter = drafted(work, case)
    record(work, case, BACK)
    told = proof(work, letter)
    assert told.agreement is Agreement.REPLACED
    assert "一致，但这份告知书已失效：它答复的决定已不再有效" in told.says


def test_a_letter_that_a_later_one_replaces_names_it(work: Work, case: CaseId) -> None:
    letter = drafted(work, case)
    record(work, case, BACK)
    record(work, case, msgspec.structs.replace(VISIT, visited_on=date(2022, 4, 16)))
    record(work, case, msgspec.structs.replace(REFUSAL, decided_on=date(2022, 4, 17)))
    later = drafted(work, case)
    told = proof(work, letter)
    assert told.agreement is Agreement.REPLACED
    assert f"已失效：后来又出具了{later.notice.number}，请以新的为准" in told.says
    assert proof(work, later).agreement is Agreement.AGREES
