"""The five steps of a household that was recognised, all in order and on time, for tests that begin where they end."""

from datetime import date

from taizhang_casework.domain.steps import (
    DataComparison,
    DemocraticReview,
    HomeVisit,
    MonitoredKind,
    PublicNotice,
    Record,
    ReviewForm,
    SystemEntry,
)


def five_steps(name: str, entered_on: date = date(2022, 4, 21)) -> tuple[Record, ...]:
    """Of a household of this one person, warned of between 2022-04-07 and 2022-04-12."""
    return (
        HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实"),
        DemocraticReview(
            held_on=date(2022, 4, 13),
            form=ReviewForm.REPRESENTATIVES,
            expected=30,
            present=24,
            host="赵主任",
            recorder="钱会计",
            agree=24,
            against=0,
            abstain=0,
        ),
        DataComparison(compared_on=date(2022, 4, 14), authorised=(name,)),
        PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="公开栏"),
        SystemEntry(
            entered_on=entered_on,
            household_number="3702150001",
            kind=MonitoredKind.SUDDEN_HARDSHIP,
            risks=("illness",),
        ),
    )
