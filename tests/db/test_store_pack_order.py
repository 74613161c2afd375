"""The list says the step that the page of the case says, whatever order of steps its pack has."""

from collections.abc import Callable
from datetime import date

import msgspec
from shipped import PACKS
from taizhang_casework.domain.case import Case, PackId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.standing import Stage
from taizhang_casework.domain.steps import HomeVisit, Step
from taizhang_db import SqlStore, Vault
from taizhang_db.verifying import verify

ELSEWHERE = PackId("elsewhere-2022-1")


def test_a_pack_that_compares_before_the_review_is_listed_in_its_own_order(
    vault: Vault,
    store_on: Callable[..., SqlStore],
    clerk: User,
    case_of: Callable[..., Case],
    household_of: Callable[..., Household],
) -> None:
    shipped = next(iter(PACKS.values()))
    visit, review, comparison, *rest = shipped.steps
    packs = {
        **PACKS,
        ELSEWHERE: msgspec.structs.replace(shipped, id=ELSEWHERE, steps=(visit, comparison, review, *rest)),
    }
    visited = HomeVisit(visited_on=date(2022, 4, 8), visitors=("孙晓梅", "周志强"), conclusion="情况属实")
    case = msgspec.structs.replace(case_of("c1", visited, household="h1"), pack=ELSEWHERE)
    store = store_on(vault, packs)
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.households.save(household_of("h1"))
        desk.cases.save(case)
    with store.reading() as desk:
        (row,) = desk.cases.page(CaseQuery(), 0, 9)
    assert row.step is case_state(case, packs[ELSEWHERE].order).current is Step.DATA_COMPARISON
    assert row.stage is Stage.DATA_COMPARISON
    assert not [each.says for each in verify(vault, packs).findings]
