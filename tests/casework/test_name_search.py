"""Names are found by their pinyin initials, whatever script they are in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.pinyin_dict import pinyin_dict
from taizhang_casework.domain import name_search
from taizhang_casework.domain.name_search import LONGEST_INITIALS, are_initials, initials, searchable


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("王秀英", "wxy", id="the whole name"),
        pytest.param("王秀英", "wx", id="its beginning"),
        pytest.param("王秀英", "xy", id="its end"),
        pytest.param("王秀英", "w", id="the surname alone"),
        pytest.param("单红", "sh", id="单 as a surname"),
        pytest.param("单红", "dh", id="单 as it is read elsewhere"),
        pytest.param("仇和", "qh", id="仇 as a surname"),
        pytest.param("区伟", "ow", id="区 as a surname"),
        pytest.param("解放", "xf", id="解 as a surname"),
        pytest.param("曾国", "zg", id="曾 as a surname"),
        pytest.param("欧阳建国", "oyjg", id="a surname of two characters"),
        pytest.param("阿依·古丽", "aygl", id="across the dot"),
        pytest.param("李䶮", "ly", id="a rare character that has a reading"),
        pytest.param("Maria Chen", "mc", id="Latin words by their first letters"),
        pytest.param("王Ａ", "wa", id="a full-width letter"),
        pytest.param("阿卜杜热西提·买买提江", "abdrxtmm", id="a long name by eight of its letters"),
    ],
)
def test_a_name_has_these_initials(name: str, typed: str) -> None:
    assert typed in initials(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("王秀英", "wy", id="letters that do not stand together"),
        pytest.param("王𡛕英", "wy", id="across a character without a reading"),
        pytest.param("Maria", "ma", id="the second letter of a Latin word"),
        pytest.param("", "w", id="no name"),
    ],
)
def test_a_name_does_not_have_these_initials(name: str, typed: str) -> None:
    assert typed not in initials(name)


@given(st.text(max_size=100))
def test_any_text_has_initials_that_can_be_typed(name: str) -> None:
    assert all(are_initials(run) for run in initials(name))
    assert all(run[:-1] in initials(name) or len(run) == 1 for run in initials(name))


@pytest.mark.parametrize("word", ["", "王", "w1", "wxyzwxyzw", "ü"])
def test_what_is_no_run_of_initials(word: str) -> None:
    assert not are_initials(word)


def test_half_and_full_width_large_and_small_are_one_spelling() -> None:
    assert searchable("００２Ｘ Ａ王") == "002x a王"


def test_the_readings_are_those_of_pypinyin() -> None:
    """``initials.txt`` is made from pypinyin, whose import takes longer than the start of the window may."""

    def letters(readings: str) -> str:
        return "".join(dict.fromkeys(unicodedata.normalize("NFD", reading)[0] for reading in readings.split(",")))

    assert name_search._readings() == {chr(point): letters(readings) for point, readings in pinyin_dict.items()}
    assert LONGEST_INITIALS == 8
