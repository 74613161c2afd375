"""Taking a case file from one revision to the next, with Alembic. Only :mod:`taizhang_db.schema` knows when that is needed."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from taizhang_db.engine import for_writing
from taizhang_db.tables import metadata
from taizhang_db.trouble import MadeByNewerVersion


def scripts() -> ScriptDirectory:
    """The revisions that ship with this program."""
    folder = str(files("taizhang_db") / "migrations")
    return ScriptDirectory(folder, version_locations=[f"{folder}/versions"])


def check_revision(revision: str | None) -> None:
    """Raise MadeByNewerVersion where this program does not know the revision."""
    if revision is None:
        return
    try:
        scripts().get_revision(revision)
    except CommandError:
        raise MadeByNewerVersion from None


def migrate(engine: Engine, to: str = "head", then: Callable[[Connection], None] | None = None) -> None:
    """Bring the file to a revision, all steps in one transaction: it is at the old revision or at the new one.

    ``then`` looks at the outcome before it is committed; what it raises undoes all steps.
    """
    with for_writing(engine).begin() as connection:
        directory = scripts()

        def steps(revision: Any, _context: MigrationContext) -> Any:  # noqa: ANN401 - Alembic's own types are private
            return directory._upgrade_revs(to, revision)  # noqa: SLF001 - as alembic.command.upgrade does

        context = MigrationContext.configure(
            connection, opts={"fn": steps, "target_metadata": metadata, "transactional_ddl": True}
        )
        with Operations.context(context):
            context.run_migrations()
        if then is not None:
            then(connection)
