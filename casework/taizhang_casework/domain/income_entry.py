"""Entering an income line: from the answers of its form to the line, or to everything that is still wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import Finding, blank
from taizhang_casework.domain.income import IncomeLine, IncomeLineId
from taizhang_casework.domain.money import Fen, yuan
from taizhang_casework.domain.pack import District

MOST_CHARACTERS = 100
"""So long a name of a document at most."""
_ANY_DAY = date(2000, 1, 1)


def areas(district: District, divisions: Divisions) -> dict[str, str]:
    """Where a line can hold: the whole district, or one of its towns; code and name."""
    return {district.code: district.name, **divisions.towns}


def consider_line(
    given: Given, new_id: IncomeLineId, *, known: Sequence[IncomeLine], places: Mapping[str, str]
) -> Considered[IncomeLine]:
    """Read the answers ``area_code``, ``valid_from``, ``amount`` (in fen) and ``document``; all of them are required."""
    answers = Answers(given, _ANY_DAY)
    area = answers.key("area_code", "适用地区")
    valid_from = answers.day("valid_from", "从哪一天起执行")
    amount = answers.amount("amount")
    line = IncomeLine(
        id=new_id,
        area_code=area,
        area=places.get(area, ""),
        valid_from=valid_from,
        amount=amount or Fen(0),
        document=answers.text("document"),
    )
    found = (*answers.blanks, *_amount(amount), *_document(line.document))
    if answers.complete:
        found += (*_place(line), *_same_day(line, known))
    return Considered(record=None if found else line, findings=found)


def _amount(amount: Fen | None) -> tuple[Finding, ...]:
    if amount is None:
        return (Finding(field="amount", code="blank", says="请填写收入线（每人每年多少元）"),)
    return (Finding(field="amount", code="no_amount", says="收入线要大于0元"),) if amount <= 0 else ()


def _document(document: str) -> tuple[Finding, ...]:
    if len(document) > MOST_CHARACTERS:
        return (Finding(field="document", code="too_long", says=f"依据的文件最多{MOST_CHARACTERS}个字"),)
    return blank("document", "依据的文件（文号）", document)


def _place(line: IncomeLine) -> tuple[Finding, ...]:
    return () if line.area else (Finding(field="area_code", code="unknown_place", says="请选择适用地区"),)


def _same_day(line: IncomeLine, known: Sequence[IncomeLine]) -> tuple[Finding, ...]:
    same = [each for each in known if (each.area_code, each.valid_from) == (line.area_code, line.valid_from)]
    kept = next((each for each in same if not each.removed), None)
    if kept is None:
        return ()
    says = (
        f"{kept.area}从{kept.valid_from.isoformat()}起的收入线已经录入（{yuan(kept.amount)}元，{kept.document}）；"
        "录错的，请先删除再录入"
    )
    return (Finding(field="valid_from", code="day_repeats", says=says),)
