"""The users of one PC: taken on, changed, ended; each with a passphrase of her own; never without an administrator."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from one_desk import SECRET
from taizhang_casework.domain.attachment import AttachmentId
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.passphrase import PRINTED_EXAMPLE, Strength, check_passphrase, strength
from taizhang_casework.domain.steps import MonitoredKind, Reopening, Step, SystemEntry
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.disclosing import disclose_copy, disclose_numbers
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.users import (
    add_user,
    change_own_passphrase,
    end_user,
    recover_passphrase,
    reissue_recovery_code,
    reset_passphrase,
    set_role,
    users,
)
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase, RecoveryCode
from taizhang_db.journal import rows_after
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.store import SqlStore
from taizhang_db.trouble import WrongPassphrase, WrongRecoveryCode

RECOGNISED = SystemEntry(entered_on=date(2022, 4, 20), household_number="1", kind=MonitoredKind.BORDERLINE)
HERS = "河桃-铁路-雨伞-五十八"
FIRST = UserId("first")


@pytest.mark.parametrize("typed", [PRINTED_EXAMPLE, "Tielu-58-Hetao-Yusan", " tielu 58 hetao yusan1"])
def test_the_example_that_everybody_reads_beside_the_field_is_no_passphrase(typed: str) -> None:
    (found,) = check_passphrase(typed)
    assert found.code == "printed"
    assert strength(typed) is Strength.WEAK


def opens(tmp_path: Path, passphrase: str, user: UserId | None = None) -> bool:
    """Whether the words open the key file as it lies on the disk."""
    try:
        open_sidecar(read_sidecar(tmp_path / "office"), Passphrase(passphrase, user))
    except WrongPassphrase:
        return False
    return True


def named(work: Work, name: str) -> UserAccount:
    return next(account for account in users(work) if account.name == name)


def codes(refusal: pytest.ExceptionInfo[NotAccepted]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def test_a_new_user_opens_the_vault_with_words_of_her_own(work: Work, tmp_path: Path) -> None:
    add_user(work, " 赵 芳", Role.CLERK, HERS)
    account = named(work, "赵 芳")
    assert (account.role, account.active) == (Role.CLERK, True)
    assert opens(tmp_path, HERS, account.id)
    assert opens(tmp_path, SECRET, FIRST)
    assert not opens(tmp_path, HERS, FIRST)


def test_everything_wrong_with_a_new_user_is_said_at_once(work: Work, tmp_path: Path) -> None:
    for name, code in (("李明", "taken"), ("李明　", "taken"), (" ", "blank"), ("长" * 51, "too_long")):
        with pytest.raises(NotAccepted) as refusal:
            add_user(work, name, Role.CLERK, "short")
        assert codes(refusal) == [code, "too_short"]
    assert len(users(work)) == 1


def test_a_user_who_was_ended_opens_nothing_and_her_name_is_not_given_to_another(work: Work, tmp_path: Path) -> None:
    add_user(work, "赵芳", Role.CLERK, HERS)
    end_user(work, named(work, "赵芳").id)
    assert not opens(tmp_path, HERS)
    assert not named(work, "赵芳").active
    with pytest.raises(NotAccepted) as refusal:
        add_user(work, "赵芳", Role.CLERK, HERS)
    assert codes(refusal) == ["taken"]


@pytest.mark.parametrize(
    "deed",
    [lambda work: set_role(work, FIRST, Role.REVIEWER), lambda work: end_user(work, FIRST)],
    ids=["another role", "the end"],
)
def test_the_last_administrator_stays_one(work: Work, tmp_path: Path, deed: Callable[[Work], Changes]) -> None:
    with pytest.raises(NotAccepted) as refusal:
        deed(work)
    assert codes(refusal) == ["last_administrator"]
    assert opens(tmp_path, SECRET)
    add_user(work, "赵芳", Role.ADMINISTRATOR, HERS)
    deed(work)


def test_an_administrator_gives_new_words_to_whoever_lost_hers_and_takes_an_ended_user_back(
    work: Work, tmp_path: Path
) -> None:
    add_user(work, "赵芳", Role.CLERK, HERS)
    hers = named(work, "赵芳").id
    end_user(work, hers)
    reset_passphrase(work, hers, "第二把钥匙也要够长才行")
    assert opens(tmp_path, "第二把钥匙也要够长才行", hers)
    assert not opens(tmp_path, HERS)
    assert named(work, "赵芳").active


def test_ones_own_passphrase_is_changed_by_the_old_one(work: Work, tmp_path: Path) -> None:
    before = (tmp_path / "office" / "cases.db").stat().st_size
    change_own_passphrase(work, FIRST, SECRET, HERS)
    assert (opens(tmp_path, HERS), opens(tmp_path, SECRET)) == (True, False)
    assert (tmp_path / "office" / "cases.db").stat().st_size == before


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("not hers at all", HERS, ["wrong"], id="the old one is wrong"),
        pytest.param("not hers at all", "short", ["wrong", "too_short"], id="both at once"),
        pytest.param(SECRET, SECRET, ["unchanged"], id="the new one is the old one"),
        pytest.param(SECRET, "", ["too_short"], id="nothing"),
    ],
)
def test_a_change_of_passphrase_that_is_refused_changes_nothing(
    work: Work, tmp_path: Path, old: str, new: str, found: list[str]
) -> None:
    content = (tmp_path / "office" / "vault.json").read_bytes()
    with pytest.raises(NotAccepted) as refusal:
        change_own_passphrase(work, FIRST, old, new)
    assert codes(refusal) == found
    assert (tmp_path / "office" / "vault.json").read_bytes() == content


def test_a_reissued_recovery_code_opens_and_the_old_one_is_dead(work: Work, tmp_path: Path) -> None:
    first = reissue_recovery_code(work)
    second = reissue_recovery_code(work)
    keys = read_sidecar(tmp_path / "office")
    assert open_sidecar(keys, RecoveryCode(second.code)).holder is None
    with pytest.raises(WrongRecoveryCode):
        open_sidecar(keys, RecoveryCode(first.code))
    assert second.code not in repr(second)


def test_after_the_recovery_code_opened_the_user_sets_new_words(work: Work, tmp_path: Path) -> None:
    recover_passphrase(work, FIRST, HERS)
    assert (opens(tmp_path, HERS), opens(tmp_path, SECRET)) == (True, False)


def test_a_clerk_sets_nobodys_words_unless_the_recovery_code_opened_the_vault(work: Work, tmp_path: Path) -> None:
    add_user(work, "赵芳", Role.CLERK, HERS)
    hers = replace(work, user=User(name="赵芳", role=Role.CLERK))
    with pytest.raises(NotAccepted, match="管理员"):
        recover_passphrase(hers, FIRST, "words that she chose")
    assert opens(tmp_path, SECRET)
    code = reissue_recovery_code(work).code
    assert isinstance(work.store, SqlStore)
    vault = work.store._vault
    vault.lock_up()
    vault.unlock(RecoveryCode(code))
    recover_passphrase(hers, FIRST, "words that she chose")
    assert (opens(tmp_path, "words that she chose"), opens(tmp_path, SECRET)) == (True, False)


def test_the_journal_keeps_who_changed_the_keys_and_no_secret(work: Work) -> None:
    add_user(work, "赵芳", Role.CLERK, HERS)
    code = reissue_recovery_code(work).code
    assert isinstance(work.store, SqlStore)
    with work.store._vault.engine.connect() as connection:
        rows = list(rows_after(connection))
    told = [(row.operation, row.kind.value, row.user_name) for row in rows[-3:]]
    assert told == [
        ("add_user", "user", "李明"),
        ("add_user", "keys", "李明"),
        ("reissue_recovery_code", "keys", "李明"),
    ]
    kept = "".join(f"{row.before}{row.after}" for row in rows)
    assert HERS not in kept
    assert code not in kept


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
@pytest.mark.parametrize(
    "deed",
    [
        lambda work: add_user(work, "赵芳", Role.ADMINISTRATOR, HERS),
        lambda work: set_role(work, FIRST, Role.ADMINISTRATOR),
        lambda work: end_user(work, FIRST),
        lambda work: reset_passphrase(work, FIRST, HERS),
        reissue_recovery_code,
    ],
    ids=["add", "role", "end", "reset", "recovery code"],
)
def test_users_and_keys_are_the_administrators(work: Work, role: Role, deed: Callable[[Work], object]) -> None:
    with pytest.raises(NotAccepted, match="管理用户、口令和恢复码须由管理员办理"):
        deed(replace(work, user=User(name="赵芳", role=role)))


def test_what_a_clerk_may_not_is_refused_in_the_service_whatever_the_window_shows(work: Work) -> None:
    clerk = replace(work, user=User(name="赵芳", role=Role.CLERK))
    for deed in (
        lambda: freeze(clerk, Month(2022, 4)),
        lambda: record(
            clerk, CaseId("any"), Reopening(reopened_on=work.clock.today(), back_to=Step.HOME_VISIT, why="误办")
        ),
        lambda: record(clerk, CaseId("any"), RECOGNISED),
        lambda: disclose_copy(clerk, AttachmentId("any")),
    ):
        with pytest.raises(NotAccepted) as refusal:
            deed()
        assert codes(refusal) == ["no_right"]
    with pytest.raises(KeyError):
        disclose_numbers(clerk, CaseId("any"))
