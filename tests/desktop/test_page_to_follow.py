"""The first page of the manual has only sentences that can be followed literally; a sentence of another form is refused."""

from pathlib import Path

import pytest
from taizhang_desktop.walk.page import Act, Deed, Picture, UnreadablePage, read_page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "manual" / "00-one-application.md"


def deeds(text: str) -> list[tuple[Act, str, str]]:
    return [(part.act, part.name, part.value) for part in read_page(text) if isinstance(part, Deed)]


def test_a_step_is_its_sentences_in_order_and_what_stands_in_brackets_explains() -> None:
    assert deeds(
        "1. 打开程序（双击图标；见「帮助」）；点「打印（保存为PDF）」。\n> 说明\n\n2. 「村（社区）」填 `墨河`，按回车。"
    ) == [
        (Act.OPEN, "", ""),
        (Act.PRESS, "打印（保存为PDF）", ""),
        (Act.TYPE_ENTER, "村（社区）", "墨河"),
    ]


def test_a_picture_stands_where_it_is_taken() -> None:
    assert read_page("![首页](../screenshots/first.png)") == (Picture(name="first", line=1),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("1. 请打开程序。", "line 1: no sentence that can be followed: 请打开程序", id="another verb"),
        pytest.param("1. 点「登记」然后等一等。", "no sentence that can be followed", id="more than the form"),
        pytest.param("1. 点登记。", "no sentence that can be followed", id="a button without its quotes"),
        pytest.param("1. 打开程序。\n3. 点「登记」。", "line 2: step 3 stands where 2 belongs", id="a step left out"),
        pytest.param("再点「登记」。", "neither heading, remark, step nor picture", id="a deed outside the steps"),
        pytest.param("1. 点「登记」", "neither heading, remark, step nor picture", id="a step without its end"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UnreadablePage, match=says):
        read_page(text)


def test_each_picture_of_the_first_page_is_there_and_there_is_none_besides() -> None:
    named = [part.name for part in read_page(PAGE.read_text("utf-8")) if isinstance(part, Picture)]
    assert len(named) == len(set(named))
    assert sorted(named) == sorted(path.stem for path in (ROOT / "docs" / "screenshots").glob("one-*.png"))


def test_the_manual_begins_with_the_page() -> None:
    manual = (ROOT / "docs" / "manual" / "README.md").read_text("utf-8")
    assert manual.index("](00-one-application.md)") < manual.index("](01-first-use.md)")
