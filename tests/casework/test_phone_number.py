"""Telephone numbers as people write them."""

import pytest
from taizhang_casework.domain.phone_number import parse_phone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("", "", id="blank stays blank"),
        pytest.param("无", "", id="none is none"),
        pytest.param("13812345678", "13812345678", id="a mobile number"),
        pytest.param("138 1234 5678", "13812345678", id="with spaces"),
        pytest.param("138-1234-5678", "13812345678", id="with dashes"),
        pytest.param("１３８１２３４５６７８", "13812345678", id="in full width"),
        pytest.param("+86 13812345678", "13812345678", id="with the country"),
        pytest.param("0532-88512345", "0532-88512345", id="area and number"),
        pytest.param("（0532）88512345", "0532-88512345", id="the area in brackets"),
        pytest.param("88512345", "88512345", id="without its area"),
        pytest.param("0532-88512345转801", "0532-88512345-801", id="with an extension"),
    ],
)
def test_a_number_is_read(written: str, number: str) -> None:
    parsed = parse_phone(written)
    assert (parsed.number, parsed.says) == (number, "")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param("1381234567", "现为10位", id="a digit too few"),
        pytest.param("138123456789", "现为12位", id="a digit too many"),
        pytest.param("村委会", "不是电话号码", id="words"),
        pytest.param("1" * 10_000, "现为10000位", id="a page of digits"),
        pytest.param("\ud800", "不是电话号码", id="half a character"),
    ],
)
def test_what_is_none_is_said(written: str, says: str) -> None:
    assert says in parse_phone(written).says
