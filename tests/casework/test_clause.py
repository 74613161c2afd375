"""The clause that an entry rests on."""

import pytest
from taizhang_casework.domain.clause import basis, places_of, well_formed


@pytest.mark.parametrize(
    "clause",
    [
        "二（二）",
        "一（三）1",
        "三",
        "附件1",
        "附件2、一（二）2",
        "[P]",
        "[P][D]",
        "[D] 按自然日计算",
        "二（二）[D] 按自然日计算",
        "[P] 《村民委员会组织法》第二十六条",
    ],
)
def test_a_clause_is_a_place_of_the_notice_or_says_that_the_notice_is_silent(clause: str) -> None:
    assert well_formed(clause)


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("", id="nothing"),
        pytest.param("二(二)", id="half-width brackets"),
        pytest.param("第二条", id="a place that the notice does not have"),
        pytest.param("2.2", id="Arabic numerals"),
        pytest.param("二（二", id="an open bracket"),
        pytest.param("二（二） 按自然日", id="words without a mark"),
        pytest.param("[N]", id="an unknown mark"),
        pytest.param("附件", id="an annex without its number"),
        pytest.param("[D] ", id="a mark and a space"),
    ],
)
def test_anything_else_is_no_clause(clause: str) -> None:
    assert not well_formed(clause)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("二（二）", "依据二（二）"),
        ("二（二）[D] 按自然日计算", "依据二（二），按自然日计算"),
        ("[P] 《村民委员会组织法》第二十六条", "依据《村民委员会组织法》第二十六条"),
        ("[P][D] 各地通行做法", "按各地通行做法，通知未规定"),
        ("[P]", "按各地通行做法，通知未规定"),
        ("[D]", "按本程序默认设置，通知未规定"),
        ("nonsense", ""),
    ],
)
def test_the_clerk_reads_what_a_day_rests_on(clause: str, said: str) -> None:
    assert basis(clause) == said


@pytest.mark.parametrize(
    ("clause", "places"),
    [
        ("二（二）", ("二（二）",)),
        ("附件2、一（三）2", ("附件2", "一（三）2")),
        ("一（一）[D] 通知只规定每月，取月末", ("一（一）",)),
        ("[P] 《村民委员会组织法》第二十六条", ()),
        ("nonsense", ()),
    ],
)
def test_only_places_of_the_notice_have_words_to_show(clause: str, places: tuple[str, ...]) -> None:
    assert places_of(clause) == places
