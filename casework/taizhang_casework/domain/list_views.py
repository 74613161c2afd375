"""Views of the big table: a name for a filter, its order and its columns. Some are ready-made, others the office keeps."""

from typing import NewType

import msgspec

from taizhang_casework.domain.case_query import CaseFilter, CaseOrder, ClockState
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.standing import WaitsFor
from taizhang_casework.domain.typed_text import unsound

ListViewId = NewType("ListViewId", str)
MOST_CHARACTERS = 20


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """One view. ``columns`` are keys of columns in their order, none where the view leaves them as they are.

    ``removed`` is set when it was taken out of the list; the journal keeps what it was.
    """

    id: ListViewId
    name: str
    filter: CaseFilter = CaseFilter()
    open_only: bool = False
    order_by: CaseOrder = CaseOrder.RECEIVED_ON
    descending: bool = True
    columns: tuple[str, ...] = ()
    removed: bool = False


READY_MADE = (
    ListView(
        id=ListViewId("not_informed"),
        name="本月未告知",
        filter=CaseFilter(not_informed=True),
        descending=False,
    ),
    ListView(
        id=ListViewId("soon"),
        name="三日内到期",
        filter=CaseFilter(clock=ClockState.SOON),
        order_by=CaseOrder.DUE,
        descending=False,
    ),
    ListView(
        id=ListViewId("overdue"),
        name="超期",
        filter=CaseFilter(clock=ClockState.OVERDUE),
        order_by=CaseOrder.DUE,
        descending=False,
    ),
    ListView(
        id=ListViewId("green"),
        name="绿色通道欠程序",
        filter=CaseFilter(owes_steps=True),
        descending=False,
    ),
    ListView(
        id=ListViewId("notice"),
        name="等公示",
        filter=CaseFilter(waits_for=WaitsFor.NOTICE),
        order_by=CaseOrder.DUE,
        descending=False,
    ),
)
"""What every office has. A refused applicant who was not told stands in this month's ledger until he is: 本月未告知 is all of them."""


def check_name(name: str, others: tuple[ListView, ...]) -> tuple[Finding, ...]:
    """What is wrong with the name of a new view."""
    folded = name.strip()
    if not folded:
        return (Finding(field="name", code="blank", says="请填写视图名称"),)
    says = f"视图名称最多{MOST_CHARACTERS}个字"
    long = (Finding(field="name", code="too_long", says=says),) if len(folded) > MOST_CHARACTERS else ()
    if wrong := (*long, *unsound("name", name)):
        return wrong
    if any(view.name == folded for view in (*READY_MADE, *others) if not view.removed):
        return (Finding(field="name", code="taken", says=f"已有名为“{folded}”的视图，请换一个名称"),)
    return ()
