"""Words that no paper can show, told where they are typed and before a month is sealed: the paper comes long afterwards (附件2)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import LedgerLine
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Person
from taizhang_casework.domain.steps import HomeVisit, Record, Refusal
from taizhang_casework.domain.warning import Warning
from taizhang_casework.domain.warning_draft import NewHousehold, WarningDraft
from taizhang_casework.services.work import Work

_COLUMNS = ("town", "village", "head_name", "head_id_number", "", "source", "detail", "", "", "refusal_reason", "")
"""The fields of a line that hold words, in the order of 附件2's columns; the names of 核查人员 follow."""


class Words(NamedTuple):
    """What stands in one field: its name in code, its name on the form, the text."""

    field: str
    label: str
    text: str


def signs_named(signs: str) -> str:
    """Characters as a sentence names them: with the code by which another program finds them, alone where a font shows nothing."""
    return "、".join(f"“{sign}”（U+{ord(sign):04X}）" if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs)


def unprintable(work: Work, words: Iterable[Words]) -> Iterator[Finding]:
    """A note a field that 附件2 could not be printed with; it never blocks, since the fact is worth more than the sign."""
    for field, label, text in words:
        signs = work.unprintable(text)
        if signs:
            says = f"{label}中有打印不出的字：{signs_named(signs)}，附件2印不出来，请改成规范汉字"
            yield Finding(field=field, code="unprintable", says=says, clause="附件2", blocks=False)


def with_unprintable(work: Work, found: Iterable[Finding], words: Iterable[Words]) -> tuple[Finding, ...]:
    """What was found, and what no paper can show; of one field the latter says more than that its sign is of one PC only."""
    notes = tuple(unprintable(work, words))
    fields = {note.field for note in notes}
    return (*(each for each in found if each.code != "private_use" or each.field not in fields), *notes)


def of_record(record: Record) -> tuple[Words, ...]:
    """What a record brings into 附件2."""
    match record:
        case HomeVisit(visitors=visitors):
            return (Words("visitors", "核查人员", "、".join(visitors)),)
        case Refusal(explanation=explanation):
            return (Words("explanation", "具体说明", explanation),)
        case _:
            return ()


def of_warning(warning: Warning | WarningDraft) -> tuple[Words, ...]:
    """What a warning brings into 附件2, with the head's name where it was typed with it."""
    house = warning.house if isinstance(warning, WarningDraft) else None
    head = house.head_name if isinstance(house, NewHousehold) else ""
    return (
        Words("name", "姓名", warning.name),
        Words("source", "预警信息来源", warning.source),
        Words("detail", "具体预警信息", warning.detail),
        Words("head_name", "户主姓名", head),
    )


def of_person(person: Person) -> tuple[Words, ...]:
    """What a member brings into 附件2 as the head, and into every paper that names the household."""
    return (Words("name", "姓名", person.name),)


def unprintable_lines(work: Work, lines: Iterable[LedgerLine], pack: RegulationPack) -> Iterator[Finding]:
    """A note a line of the month that could not be printed (``field`` is the case's id), naming its columns and signs."""
    for line in lines:
        texts = (*(getattr(line, name) if name else "" for name in _COLUMNS), "、".join(line.verifiers), "")
        if not work.unprintable("".join(texts)):
            continue
        wrong = [
            (label.partition("（")[0], work.unprintable(text))
            for label, text in zip(pack.ledger_columns, texts, strict=True)
        ]
        told = "；".join(f"{label}{signs_named(signs)}" for label, signs in wrong if signs)
        whose = line.head_name or line.village
        says = f"{whose}一条有打印不出的字：{told}。请先更正，再封存，否则这个月的台账印不出来"
        yield Finding(field=line.case, code="unprintable", says=says, clause="附件2", blocks=False)
