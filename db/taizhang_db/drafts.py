"""Half-typed forms in the case file, beside the desk: the journal and its head stay as they are."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from taizhang_casework.domain.drafts import Draft
from taizhang_casework.domain.users import UserAccount, UserId

from taizhang_db.codec import decode
from taizhang_db.engine import for_writing, refuse_damage
from taizhang_db.looking import look, transaction
from taizhang_db.tables import drafts, users
from taizhang_db.vault import Vault


class SqlDrafts:
    """Implements ``Drafts`` on an open vault. Trouble of disk and file comes out as OfficeTrouble, as from the store."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, kept: Sequence[Draft]) -> None:
        """Keep them, each in the place of the same user's draft of the same form; all or none."""
        if not kept:
            return
        self._vault.make_room()
        with transaction(self._vault, for_writing(self._vault.inside.engine)) as connection:
            adding = insert(drafts)
            adding = adding.on_conflict_do_update(
                index_elements=["user_id", "key"], set_={"body": adding.excluded.body}
            )
            connection.execute(adding, [{"user_id": each.user, "key": each.key, "body": each.body} for each in kept])
            refuse_damage(connection)
            connection.commit()

    def drop(self, user: UserId, keys: Sequence[str]) -> None:
        """Give up drafts; unknown keys are passed over."""
        if not keys:
            return
        with transaction(self._vault, for_writing(self._vault.inside.engine)) as connection:
            connection.execute(delete(drafts).where(drafts.c.user_id == user, drafts.c.key.in_(keys)))
            refuse_damage(connection)
            connection.commit()

    def of_user(self, user: UserId) -> Sequence[Draft]:
        """What the user has half-typed, begun last the last; nothing of one who works here no more."""
        with look(self._vault) as connection:
            account: str | None = connection.scalar(select(users.c.body).where(users.c.id == user))
            if account is None or not decode(account, UserAccount).active:
                return ()
            mine = select(drafts.c.key, drafts.c.body).where(drafts.c.user_id == user).order_by(drafts.c.seq)
            return [Draft(user=user, key=row.key, body=row.body) for row in connection.execute(mine)]
