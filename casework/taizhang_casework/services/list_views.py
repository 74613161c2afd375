"""Keeping and taking away named views of the big table; every user may, since nothing of a case changes."""

import msgspec

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.list_views import ListView, ListViewId, check_name
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def kept_views(desk: Desk) -> tuple[ListView, ...]:
    """The views that the office has kept, in the order of their making."""
    return tuple(view for view in desk.list_views.all() if not view.removed)


def keep_view(work: Work, view: ListView) -> Changes:
    """Keep a view under a name that no other has, with an id of its own; NotAccepted where the name will not do."""
    with work.store.change(Operation.KEEP_VIEW, work.user) as desk:
        findings = check_name(view.name, kept_views(desk))
        if findings:
            raise NotAccepted(findings)
        desk.list_views.save(
            msgspec.structs.replace(view, id=ListViewId(work.clock.new_id()), name=view.name.strip(), removed=False)
        )
    return desk.changes


def take_view_away(work: Work, view: ListViewId) -> Changes:
    """Take a view out of the list; KeyError where there is none."""
    with work.store.change(Operation.TAKE_VIEW_AWAY, work.user) as desk:
        desk.list_views.save(msgspec.structs.replace(desk.list_views.get(view), removed=True))
    return desk.changes
