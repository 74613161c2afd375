"""What an exception says never holds a number in full."""

import pytest
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.numbers_in_text import without_numbers
from taizhang_casework.domain.trouble import OfficeTrouble


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("王某11010519491231002X，", "王某1101**********002X，", id="an id number keeps its ends"),
        pytest.param("370282196707214536", "3702**********4536", id="alone"),
        pytest.param("电话13964275183。", "电话139****5183。", id="a telephone keeps its ends"),
        pytest.param("370282196707214536 13964275183", "3702**********4536 139****5183", id="both"),
        pytest.param("3702821967072145361", "3702821967072145361", id="nineteen digits are another number"),
        pytest.param("370215001207 2022-04-30", "370215001207 2022-04-30", id="a village's code and a day stay"),
        pytest.param("〔2022〕1号", "〔2022〕1号", id="a letter's number stays"),
        pytest.param("370282196713214536", "370282196713214536", id="no such month, so no such number"),
    ],
)
def test_numbers_of_persons_are_hidden_and_others_stay(text: str, hidden: str) -> None:
    assert without_numbers(text) == hidden


def test_trouble_says_no_number_in_full() -> None:
    number = "11010519491231002X"
    trouble = OfficeTrouble(f"文件“{number}.xlsx”打不开", safe=f"{number}没有改动", do=f"请核对{number}")
    assert number not in f"{trouble}{trouble!r}{trouble.happened}{trouble.safe}{trouble.do}"


def test_a_refusal_says_no_number_in_full_and_its_findings_stay_whole() -> None:
    number = "11010519491231002X"
    refusal = NotAccepted((Finding(field="name", code="taken", says=f"已经有用户“{number}”"),))
    assert number not in f"{refusal}{refusal!r}"
    assert number in refusal.findings[0].says
