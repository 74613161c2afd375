"""Half-typed forms in the file: whose they are, in the order of their beginning, and that the journal knows nothing of them."""

import msgspec
from one_desk import ACCOUNT, SECRET, desk_vault, work  # noqa: F401 - fixtures
from shipped import PACKS
from taizhang_casework.domain.drafts import Draft
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserId
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase, SqlDrafts, SqlStore, Vault, open_vault
from taizhang_db.verifying import verify

OTHER = UserId("second")


def draft(key: str, body: str = '{"name": "\\ud800"}', user: UserId = ACCOUNT.id) -> Draft:
    return Draft(user=user, key=key, body=body)


def register(work: Work, user: UserId, *, active: bool = True) -> None:  # noqa: F811 - the fixture
    with work.store.change(Operation.ADD_USER, work.user) as desk:
        desk.users.save(msgspec.structs.replace(ACCOUNT, id=user, name=f"用户{user}", active=active))


def test_a_draft_takes_the_place_of_the_one_before_and_stays_where_it_was_begun(work: Work, desk_vault: Vault) -> None:  # noqa: F811
    drafts = SqlDrafts(desk_vault)
    drafts.keep([draft("a"), draft("b")])
    drafts.keep([draft("a", '{"name": "x"}')])
    assert drafts.of_user(ACCOUNT.id) == [draft("a", '{"name": "x"}'), draft("b")]
    drafts.drop(ACCOUNT.id, ["a", "never"])
    assert drafts.of_user(ACCOUNT.id) == [draft("b")]


def test_nobody_sees_the_drafts_of_another_or_of_one_who_works_here_no_more(work: Work, desk_vault: Vault) -> None:  # noqa: F811
    drafts = SqlDrafts(desk_vault)
    register(work, OTHER)
    drafts.keep([draft("a"), draft("a", "{}", OTHER)])
    assert drafts.of_user(OTHER) == [draft("a", "{}", OTHER)]
    drafts.drop(OTHER, ["b"])
    register(work, OTHER, active=False)
    assert drafts.of_user(OTHER) == ()
    assert drafts.of_user(UserId("never")) == ()
    assert drafts.of_user(ACCOUNT.id) == [draft("a")]


def test_the_journal_stays_as_it_was_and_verifies(work: Work, desk_vault: Vault) -> None:  # noqa: F811
    store = SqlStore(desk_vault, work.clock, PACKS)
    before = store.journal_head()
    drafts = SqlDrafts(desk_vault)
    drafts.keep([draft("a")])
    drafts.drop(ACCOUNT.id, ["a"])
    drafts.keep([draft("b")])
    assert store.journal_head() == before
    assert verify(desk_vault, PACKS).findings == ()


def test_they_are_there_when_the_file_is_opened_again(work: Work, desk_vault: Vault) -> None:  # noqa: F811
    SqlDrafts(desk_vault).keep([draft("a")])
    desk_vault.close()
    with open_vault(desk_vault.folder, Passphrase(SECRET)) as again:
        assert SqlDrafts(again).of_user(ACCOUNT.id) == [draft("a")]
