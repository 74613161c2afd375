"""The citizen's number: what lists contain becomes the number or the one reason why not."""

from datetime import date

import pytest
from taizhang_casework.domain.id_number import IdFault, Sex, age_on, area_hint, birthday, parse_id_number, sex

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("11010519491231002X", id="as it is"),
        pytest.param("11010519491231002x", id="with a small x"),
        pytest.param("１１０１０５１９４９１２３１００２Ｘ", id="full width"),
        pytest.param("110105 19491231 002X", id="with spaces"),
        pytest.param("\u3000110105\u00a019491231\u200b002X\n", id="with spaces and breaks that nobody sees"),
        pytest.param("'11010519491231002X", id="with the apostrophe of a spreadsheet"),
        pytest.param("110105-19491231-002X", id="with hyphens"),
        pytest.param("G11010519491231002X", id="as a student number"),
        pytest.param("L11010519491231002x", id="as a provisional student number"),
        pytest.param("身份证号：11010519491231002X", id="with its label"),
        pytest.param("11010519491231002X（本人）", id="with a note behind"),
        pytest.param("11010519491231002X44", id="as a disability card"),
        pytest.param("11010519491231002X44B1", id="as a disability card that was replaced"),
    ],
)
def test_what_is_written_is_read(written: str) -> None:
    parsed = parse_id_number(written)
    assert (parsed.number, parsed.fault, parsed.says) == (NUMBER, None, "")


@pytest.mark.parametrize(("card", "rest"), [(NUMBER, ""), (NUMBER + "44", "44"), (NUMBER + "13B2", "13B2")])
def test_the_rest_of_a_disability_card_is_offered(card: str, rest: str) -> None:
    assert parse_id_number(card).rest == rest


def _check(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False))
    return "10X98765432"[total % 11]


@pytest.mark.parametrize(
    "area",
    [
        pytest.param("370222", id="of the county that 即墨 was"),
        pytest.param("370282", id="of the city that 即墨 was"),
        pytest.param("370215", id="of the district that 即墨 is"),
        pytest.param("410000", id="of another province"),
        pytest.param("999999", id="of an area that nobody knows"),
    ],
)
def test_no_number_is_refused_for_its_area(area: str) -> None:
    digits = f"{area}19650412011"
    assert parse_id_number(digits + _check(digits)).fault is None


@pytest.mark.parametrize("number", ["11010519491231002X", "810000199408230021", "830000199201300022"])
def test_numbers_of_the_standard_and_of_hong_kong_and_taiwan_hold(number: str) -> None:
    assert parse_id_number(number).fault is None


@pytest.mark.parametrize("last", list("0123456789"))
def test_every_wrong_check_character_is_refused(last: str) -> None:
    assert parse_id_number(NUMBER[:-1] + last).fault is IdFault.BAD


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(3.70282196504120e17, id="a number cell"),
        pytest.param(370282196504120032, id="a number cell that kept its digits by chance"),
        pytest.param("3.70282E+17", id="as a spreadsheet shows it"),
        pytest.param("３．７０２８２Ｅ＋１７", id="as a spreadsheet shows it, in full width"),
        pytest.param("3.70282196504120e17", id="as a program writes it"),
        pytest.param("370282196504120000", id="text that was a number before"),
        pytest.param("370282196504120000.0", id="text that was a number before, with its point"),
        pytest.param(3.7028219650412e19, id="a disability card in a number cell"),
    ],
)
def test_lost_digits_are_never_guessed(written: str | float) -> None:
    assert parse_id_number(written).fault is IdFault.LOST_DIGITS


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("370282650412003", id="fifteen digits of old"),
        pytest.param(370282650412003.0, id="fifteen digits of old in a number cell"),
        pytest.param("37028219650412003", id="seventeen digits"),
        pytest.param("3702821965041200322", id="nineteen digits"),
        pytest.param("370282********0032", id="stars for digits"),
        pytest.param("110105194902310021", id="a day that was not"),
        pytest.param("见附件", id="words"),
        pytest.param("11010519491231002X、810000199408230021", id="two numbers"),
        pytest.param("Ⅹ10105194912310020", id="a Roman ten"),
        pytest.param("①10105194912310020", id="a ringed one"),
    ],
)
def test_what_is_no_number_is_refused_with_a_word(written: str | float) -> None:
    parsed = parse_id_number(written)
    assert parsed.fault is IdFault.BAD
    assert parsed.says


def test_a_birthday_has_to_be_a_real_day() -> None:
    digits = "37028220230229001"
    assert "出生日期" in parse_id_number(digits + _check(digits)).says


@pytest.mark.parametrize("written", ["", "  ", "\u3000", "/", "—", "无", "暂无"])
def test_a_blank_is_missing_and_not_bad(written: str) -> None:
    assert parse_id_number(written).fault is IdFault.MISSING


@pytest.mark.parametrize(("day", "age"), [(date(2009, 12, 30), 59), (date(2009, 12, 31), 60), (date(2010, 1, 1), 60)])
def test_age_is_in_full_years(day: date, age: int) -> None:
    assert age_on(NUMBER, day) == age


def test_a_number_tells_sex_and_birthday() -> None:
    assert (birthday(NUMBER), sex(NUMBER)) == (date(1949, 12, 31), Sex.FEMALE)
    assert sex("370282196504120032"[:16] + "32") is Sex.MALE


def test_the_area_is_a_hint_and_no_more() -> None:
    assert area_hint("370282196504120032") == "山东省即墨市"
    assert area_hint("999999196504120032") == ""
