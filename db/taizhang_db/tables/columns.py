"""Column types and names that all tables share."""

from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, MetaData, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_E = TypeVar("_E", bound=Enum)


class ByValue(TypeDecorator[_E], Generic[_E]):
    """An enum kept by its value, without a CHECK: a new member needs no rebuilt table."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[_E]) -> None:
        """Take the enum's class."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: _E | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - as the base has it
        """The member's value."""
        return None if value is None else value.value

    def process_result_value(self, value: Any, dialect: Dialect) -> _E | None:  # noqa: ANN401, ARG002 - as the base has it
        """The member again."""
        return None if value is None else self.kind(value)
