"""What the rules find fault with: values beside their fields, all at once, never exceptions one by one."""

import msgspec

from taizhang_casework.domain.numbers_in_text import without_numbers


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a rule says about one field.

    ``field`` is the name in code of the field (empty: the whole), ``code`` a stable word for tests and data, ``says`` the
    Chinese sentence for the clerk, ``clause`` the clause of the notice it rests on (may be empty), and ``blocks`` whether
    the work cannot go on; overdue never blocks.
    """

    field: str
    code: str
    says: str
    clause: str = ""
    blocks: bool = True


def not_answered(field: str, label: str) -> Finding:
    """The finding that a field is blank."""
    return Finding(field=field, code="blank", says=f"请填写{label}")


def blank(field: str, label: str, text: str) -> tuple[Finding, ...]:
    """The finding that a text is missing; empty where it is there."""
    return () if text.strip() else (not_answered(field, label),)


def note(field: str, code: str, says: str, clause: str = "") -> Finding:
    """A finding that is said and does not block."""
    return Finding(field=field, code=code, says=says, clause=clause, blocks=False)


class NotAccepted(Exception):  # noqa: N818 - a refusal by the rules, not an error of the program
    """A service call was refused by the rules; ``findings`` says everything at once and nothing was changed.

    Its text hides the numbers of persons, since texts of exceptions travel; the findings go to the screen as they are.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep the findings; at least one of them blocks."""
        super().__init__(without_numbers("；".join(finding.says for finding in findings)))
        self.findings = findings
