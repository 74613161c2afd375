"""The five steps and what is written down at each: one frozen record a step, told apart by its tag.

Fields that came later have a default that says *not recorded* and never looks like an answer, so that every record that was
ever stored can still be read.
"""

from taizhang_casework.domain.steps.begun import AuthorisationsAsked, ComparisonSent, NoticePosted
from taizhang_casework.domain.steps.data_comparison import (
    Authoriser,
    Cleared,
    ComparisonSkipped,
    DataComparison,
    Doubt,
    Signature,
    SkipGround,
)
from taizhang_casework.domain.steps.decisions import Closing, Refusal, Reopening
from taizhang_casework.domain.steps.democratic_review import DemocraticReview, ReviewForm
from taizhang_casework.domain.steps.entry import Entry, Record
from taizhang_casework.domain.steps.green_channel import GreenChannel
from taizhang_casework.domain.steps.home_visit import HomeVisit, Incomes, MemberCheck
from taizhang_casework.domain.steps.public_notice import PublicNotice
from taizhang_casework.domain.steps.step import Step
from taizhang_casework.domain.steps.system_entry import MonitoredKind, SystemEntry

__all__ = [
    "AuthorisationsAsked",
    "Authoriser",
    "Cleared",
    "Closing",
    "ComparisonSent",
    "ComparisonSkipped",
    "DataComparison",
    "DemocraticReview",
    "Doubt",
    "Entry",
    "GreenChannel",
    "HomeVisit",
    "Incomes",
    "MemberCheck",
    "MonitoredKind",
    "NoticePosted",
    "PublicNotice",
    "Record",
    "Refusal",
    "Reopening",
    "ReviewForm",
    "Signature",
    "SkipGround",
    "Step",
    "SystemEntry",
]
