"""人均收入 with its arithmetic, as information."""

from datetime import date

import pytest
from msgspec.structs import replace
from taizhang_casework.domain.income import (
    NO_LINE,
    IncomeLine,
    IncomeLineId,
    income_period,
    line_in_force,
    reckon_income,
)
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.steps import Incomes

FOUR = Incomes(wage=Fen(12_000_00), business=Fen(3_000_00), property=Fen(0), transfer=Fen(2_400_50))
DISTRICT, TOWN = "370215", "370215001"
LINE = IncomeLine(
    id=IncomeLineId("1"),
    area_code=DISTRICT,
    area="即墨区",
    valid_from=date(2022, 1, 1),
    amount=Fen(7_000_00),
    document="区政府〔2022〕3号",
)


@pytest.mark.parametrize(
    ("visited_on", "says"),
    [
        (date(2022, 4, 11), "2021年4月至2022年3月"),
        (date(2022, 1, 1), "2021年1月至2021年12月"),
        (date(2024, 2, 29), "2023年2月至2024年1月"),
    ],
)
def test_the_period_is_the_twelve_months_before_the_month_of_the_visit(visited_on: date, says: str) -> None:
    assert income_period(visited_on).says == says


def test_the_arithmetic_stands_in_one_sentence() -> None:
    reckoned = reckon_income(FOUR, 3)
    assert reckoned.per_head == 5_800_17
    assert reckoned.says == (
        "人均收入 = （工资性收入12000 + 经营性收入3000 + 财产性收入0 + 转移性收入2400.50）÷ 3人 = 17400.50 ÷ 3 = 5800.17元",
        NO_LINE,
    )


def test_what_the_household_paid_itself_is_taken_off_beside_it() -> None:
    incomes = Incomes(wage=Fen(100_00), business=Fen(-300_00), property=Fen(0), transfer=Fen(0), expenses=Fen(50_00))
    reckoned = reckon_income(incomes, 2)
    assert (reckoned.per_head, reckoned.after_expenses) == (-100_00, -125_00)
    assert "经营性收入（-300）" in reckoned.says[0]
    assert reckoned.says[1] == "扣除自付支出后人均 = （（-200） - 50）÷ 2人 = -125元"


def test_the_line_is_compared_with_and_is_no_verdict() -> None:
    reckoned = reckon_income(Incomes(**{**_given(FOUR), "expenses": Fen(1_00)}), 3, LINE)
    assert reckoned.says[-1] == (
        "收入线7000元（区政府〔2022〕3号，即墨区，2022-01-01起）：人均收入低于收入线1199.83元，"
        "扣除自付支出后低于收入线1200.17元。仅供参考，不是认定结论"
    )


def test_an_income_that_nobody_answered_is_no_nought() -> None:
    reckoned = reckon_income(Incomes(wage=Fen(1_00)), 3)
    assert reckoned.per_head is None
    assert reckoned.says == ("经营性收入、财产性收入、转移性收入还没有填写，暂不计算人均收入（没有的填0）",)
    assert reckon_income(Incomes(), 3).says == ()


def test_a_household_without_members_has_no_share() -> None:
    assert reckon_income(FOUR, 0).says == ("还没有家庭成员，不能计算人均收入",)


def test_the_newest_line_up_to_the_day_is_in_force() -> None:
    later = replace(LINE, valid_from=date(2023, 1, 1), amount=Fen(8_000_00), document="〔2023〕1号")
    assert line_in_force((LINE, later), date(2022, 12, 31), TOWN) == LINE
    assert line_in_force((later, LINE), date(2023, 1, 1), TOWN) == later
    assert line_in_force((LINE,), date(2021, 12, 31), TOWN) is None


def test_a_town_with_a_line_of_its_own_goes_by_it_and_the_others_by_the_districts() -> None:
    own = replace(LINE, area_code=TOWN, area="环秀街道", amount=Fen(9_000_00))
    later = replace(LINE, valid_from=date(2022, 7, 1))
    assert line_in_force((own, later), date(2022, 8, 1), TOWN) == own
    assert line_in_force((own, later), date(2022, 8, 1), "370215002") == later


def test_a_line_that_was_taken_away_is_compared_with_no_more() -> None:
    assert line_in_force((replace(LINE, removed=True),), date(2022, 8, 1), TOWN) is None


def _given(incomes: Incomes) -> dict[str, Fen | None]:
    return {name: getattr(incomes, name) for name in incomes.__struct_fields__}
