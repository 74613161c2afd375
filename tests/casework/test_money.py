"""Money as people type it: exact to the fen, never a float, nothing rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.money import MOST, Fen, NotMoney, read_yuan, shared, yuan

amounts = st.integers(0, MOST).map(Fen)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12000", 12_000_00),
        ("12,000.50", 12_000_50),
        ("１２０００．５", 12_000_50),
        (" 3 400 元", 3_400_00),
        ("¥0.05", 5),
        ("1.2万", 12_000_00),
        ("0.000001万元", 1),
        ("0", 0),
        ("100000000", MOST),
        ("12.500", 12_50),
    ],
)
def test_an_amount_is_read_as_it_is_usually_written(typed: str, fen: int) -> None:
    assert read_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["", "  ", "\u3000"])
def test_blank_stays_blank_and_is_no_nought(typed: str) -> None:
    assert read_yuan(typed) is None


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("约1万", "请按"),
        ("12.345", "两位小数"),
        ("0.0000001万", "两位小数"),
        ("100000000.01", "过大"),
        ("9" * 5000, "过大"),
        ("-5", "负数"),
        ("1e5", "请按"),
        ("二百", "请按"),
    ],
)
def test_what_is_no_amount_is_said(typed: str, word: str) -> None:
    read = read_yuan(typed)
    assert isinstance(read, NotMoney)
    assert word in read.says


def test_a_loss_is_read_where_one_can_be() -> None:
    assert read_yuan("-1200.5", negative=True) == -1_200_50


@given(amounts)
def test_what_is_written_is_read_back(amount: Fen) -> None:
    assert read_yuan(yuan(amount)) == amount
    assert read_yuan(yuan(Fen(-amount)), negative=True) == -amount


@given(st.integers(-MOST, MOST).map(Fen), st.integers(1, 30))
def test_a_share_is_never_off_by_more_than_half_a_fen(amount: Fen, heads: int) -> None:
    assert abs(2 * (shared(amount, heads) * heads - amount)) <= heads


def test_nobody_has_no_share() -> None:
    with pytest.raises(ValueError, match="0"):
        shared(Fen(100), 0)
