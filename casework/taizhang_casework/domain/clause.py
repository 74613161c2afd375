"""The clause that an entry of a pack rests on: its form, and how a clerk reads it."""

import re

_NUMERAL = "[一二三四五六七八九十]+"
_PLACE = rf"(?:{_NUMERAL}（{_NUMERAL}）\d*|{_NUMERAL}|附件\d+)"
_CLAUSE = re.compile(rf"(?P<places>{_PLACE}(?:、{_PLACE})*)?(?P<marks>(?:\[[PD]\])*)(?: (?P<note>\S.*))?")


def well_formed(clause: str) -> bool:
    """Whether it is a place of the notice (``二（二）``, ``附件1``; several with 、), a mark (``[P]``, ``[D]``), or both.

    Words may follow a mark, after a space: ``[P] 《村民委员会组织法》第二十六条``.
    """
    match = _CLAUSE.fullmatch(clause)
    if match is None or not (match["places"] or match["marks"]):
        return False
    return match["note"] is None or bool(match["marks"])


def places_of(clause: str) -> tuple[str, ...]:
    """The places of the notice that the clause names, none where it rests on practice or default alone."""
    match = _CLAUSE.fullmatch(clause)
    return tuple(match["places"].split("、")) if match is not None and match["places"] else ()


def in_brackets(clause: str) -> str:
    """The clause behind a sentence, e.g. ``（依据：二（二））``; nothing where there is none."""
    words = basis(clause)
    return f"（{words.replace('依据', '依据：', 1)}）" if words else ""


def basis(clause: str) -> str:
    """The clause as the end of a Chinese sentence, e.g. ``依据二（二）``; what is not in the notice is never called its clause."""
    match = _CLAUSE.fullmatch(clause)
    if match is None or not clause:
        return ""
    places, marks, note = match["places"], match["marks"], match["note"]
    if places:
        return f"依据{places}，{note}" if note else f"依据{places}"
    if note:
        return f"依据{note}" if note.startswith("《") else f"按{note}，通知未规定"
    return "按各地通行做法，通知未规定" if "[P]" in marks else "按本程序默认设置，通知未规定"
