"""What the rules make of the answers of a form, before anything is written down."""

from typing import Generic, TypeVar

import msgspec

from taizhang_casework.domain.findings import Finding

ThingT = TypeVar("ThingT")


class Considered(msgspec.Struct, Generic[ThingT], frozen=True, kw_only=True):
    """What the answers make (None while something required is blank), and every finding about it."""

    record: ThingT | None
    findings: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether it cannot be written down as it is."""
        return self.record is None or any(finding.blocks for finding in self.findings)
