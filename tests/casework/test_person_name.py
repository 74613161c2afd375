"""Names by code point: folded in spelling, never in meaning."""

import pytest
from taizhang_casework.domain.person_name import LONGEST, parse_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("张 三", "张三", id="set wide with a space"),
        pytest.param("张　　三", "张三", id="set wide with full-width spaces"),
        pytest.param("张\n三", "张三", id="broken over two lines"),
        pytest.param("李\u200b䶮", "李䶮", id="with a space of no width, and of Extension A"),
        pytest.param("𠮷", "𠮷", id="one character outside the basic plane"),
        pytest.param("王𡛕", "王𡛕", id="a character outside the basic plane"),
        pytest.param("玥珺喆堃祎昇", "玥珺喆堃祎昇", id="modern given names"),
        pytest.param("阿卜杜•热西提", "阿卜杜·热西提", id="with a bullet"),
        pytest.param("阿卜杜・热西提", "阿卜杜·热西提", id="with a Japanese dot"),
        pytest.param("阿卜杜 . 热西提", "阿卜杜·热西提", id="with a full stop between spaces"),
        pytest.param("NGUYEN  THI HOA", "NGUYEN THI HOA", id="in Latin letters, which keep a space"),
        pytest.param("福\uf9dc", "福\uf9dc", id="with a compatibility ideograph, which stays"),
        pytest.param("〇一", "〇一", id="with the round zero, which is a character of names"),
    ],
)
def test_spelling_is_folded(written: str, name: str) -> None:
    parsed = parse_name(written)
    assert (parsed.text, parsed.says) == (name, "")


@pytest.mark.parametrize(
    "written", ["", " ", "/", "——", "无", "123", "张3", "合计", "姓名", "？？", "张" * (LONGEST + 1)]
)
def test_what_is_no_name_is_refused_with_a_word(written: str) -> None:
    assert parse_name(written).says


def test_fifty_code_points_are_fifty_whatever_their_plane() -> None:
    assert parse_name("𠮷" * 50).says == ""


def test_a_private_character_is_flagged_and_the_name_stands() -> None:
    parsed = parse_name("王\ue5d2")
    assert (parsed.says, parsed.private_use) == ("", ("\ue5d2",))
