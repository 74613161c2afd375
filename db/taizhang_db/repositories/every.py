"""A list of any length as one parameter, so that the statement stays the same one."""

from sqlalchemy import ScalarSelect, Select, bindparam, column, func, select


def every(name: str) -> ScalarSelect[str] | Select[tuple[str]]:
    """The texts of a JSON array that is given as the parameter of this name, for ``IN``."""
    array = func.json_each(bindparam(name)).table_valued(column("value"))
    return select(array.c.value)
