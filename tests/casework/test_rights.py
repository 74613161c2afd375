"""Who may do what: the table, and a refusal that says which role has the right."""

import pytest
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.rights import RIGHT_WORDS, RIGHTS, ROLE_WORDS, Right, may, refused, require

CLERK, REVIEWER, BOSS = (User(name="李明", role=role) for role in Role)


@pytest.mark.parametrize("right", Right)
def test_an_administrator_may_everything_so_that_one_person_can_run_an_office(right: Right) -> None:
    assert may(BOSS, right)


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        pytest.param(Right.DECIDE, "审核人或管理员", id="deciding is the reviewer's"),
        pytest.param(Right.FREEZE, "审核人或管理员", id="freezing is the reviewer's"),
        pytest.param(Right.USE_SEAL, "审核人或管理员", id="the seal is the reviewer's"),
        pytest.param(Right.EXPORT, "审核人或管理员", id="letting data out is the reviewer's"),
        pytest.param(Right.SET_INCOME_LINE, "审核人或管理员", id="the income line is the reviewer's"),
        pytest.param(Right.MANAGE_USERS, "管理员", id="users are the administrator's"),
        pytest.param(Right.RESTORE, "管理员", id="restoring is the administrator's"),
    ],
)
def test_a_refused_right_says_which_role_has_it_and_what_one_is(right: Right, roles: str) -> None:
    (finding,) = refused(CLERK, right)
    assert finding.says == f"{RIGHT_WORDS[right]}须由{roles}办理，您是经办人"
    with pytest.raises(NotAccepted):
        require(CLERK, right)


@pytest.mark.parametrize("right", [Right.UNMASK, Right.DISCARD])
def test_everyday_rights_are_everybodys(right: Right) -> None:
    assert all(may(user, right) for user in (CLERK, REVIEWER, BOSS))
    assert refused(CLERK, right) == ()


def test_every_role_and_every_right_has_its_words_and_somebody_who_has_it() -> None:
    assert set(ROLE_WORDS) == set(RIGHTS) == set(Role)
    assert set(RIGHT_WORDS) == set(Right)
    assert all(any(right in rights for rights in RIGHTS.values()) for right in Right)


def test_a_higher_role_lacks_nothing_that_a_lower_one_has() -> None:
    assert RIGHTS[Role.CLERK] < RIGHTS[Role.REVIEWER] < RIGHTS[Role.ADMINISTRATOR]
