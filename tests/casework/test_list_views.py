"""The name of a kept view: what a vault cannot hold, and what is no name, is said and nothing is kept."""

import pytest
from taizhang_casework.domain.list_views import MOST_CHARACTERS, READY_MADE, ListView, ListViewId, check_name

KEPT = (ListView(id=ListViewId("1"), name="信访的"), ListView(id=ListViewId("2"), name="旧的", removed=True))
NAMES = {
    "blank": ("  ", ["blank"]),
    "far too long": ("病" * 10_000, ["too_long"]),
    "half a character": ("信访\ud83d", ["half_character"]),
    "a control character": ("信\x07访", ["control_character"]),
    "a pasted table": ("王建国\t住院\n李秀英", ["several_cells"]),
    "everything at once": ("\ud83d\t" * 20 + "a", ["too_long", "half_character", "several_cells"]),
    "the name of a ready-made one": (READY_MADE[0].name, ["taken"]),
    "the name of a kept one": (" 信访的\n", ["taken"]),
    "the name of one that was taken away": ("旧的", []),
    "emoji and rare characters": ("😀𡛕\ue000", []),
    "twenty characters": ("𡛕" * MOST_CHARACTERS, []),
}


@pytest.mark.parametrize(("name", "codes"), NAMES.values(), ids=NAMES)
def test_a_name_is_taken_or_told_what_is_wrong_with_it(name: str, codes: list[str]) -> None:
    found = check_name(name, KEPT)
    assert [each.code for each in found] == codes
    assert all(each.field == "name" for each in found)
