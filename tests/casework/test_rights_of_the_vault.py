"""What touches the whole vault or puts the whole ledger on paper is refused by the services themselves, whoever calls them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from taizhang_casework.domain.backups import BackupFace, Counts
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import FilingId, Month
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.print_register import LedgerPaper, PrintWay
from taizhang_casework.services.backing_up import take_over
from taizhang_casework.services.doubts import go_on
from taizhang_casework.services.printing_out import PrintOrder, make_paper
from taizhang_casework.services.users import rotate_keys
from taizhang_casework.services.work import Work


class Doubts:
    """Data that may not be the newest, until somebody settles that."""

    def __init__(self) -> None:
        self.by: list[User] = []

    @property
    def any(self) -> bool:
        return not self.by

    def settle(self, by: User) -> None:
        self.by.append(by)


def as_role(work: Work, role: Role) -> Work:
    return replace(work, user=User(name="李明", role=role))


def printed(work: Work) -> bool:
    ledger = LedgerPaper(filing=FilingId("f"), month=Month(2022, 4), revision=1)
    got: list[bytes] = []
    made = make_paper(work, PrintOrder(papers=(ledger,), way=PrintWay.PRINTED), lambda _: b"%PDF", got.append)
    return got == [b"%PDF"] and made.changes.touches(Kind.PRINT)


def rotated(work: Work) -> bool:
    done: list[str] = []
    changes = rotate_keys(work, lambda: done.append("rotated"))
    return done == ["rotated"] and changes.operation == Operation.ROTATE_KEYS


def restored(work: Work) -> bool:
    counts = Counts(cases=0, households=0, letters=0, filings=0, attachments=0)
    made_at: datetime = work.clock.now()
    face = BackupFace(office="环秀街道", vault="ab", made_at=made_at, head_seq=1, head_hash="00", counts=counts)
    return take_over(work, face, None, (), replaces=True).touches(Kind.VAULT)


def went_on(work: Work) -> bool:
    doubts = Doubts()
    go_on(doubts, work.user)
    return doubts.by == [work.user]


@pytest.mark.parametrize(
    ("deed", "least"),
    [
        (printed, Role.REVIEWER),
        (rotated, Role.ADMINISTRATOR),
        (restored, Role.ADMINISTRATOR),
        (went_on, Role.ADMINISTRATOR),
    ],
    ids=["printing the ledger", "a new key", "restoring over data", "going on with older data"],
)
def test_whoever_has_the_right_does_it_and_nobody_else(work: Work, deed: Callable[[Work], bool], least: Role) -> None:
    roles = list(Role)
    for role in roles[: roles.index(least)]:
        with pytest.raises(NotAccepted, match="须由"):
            deed(as_role(work, role))
    for role in roles[roles.index(least) :]:
        assert deed(as_role(work, role))


def test_taking_a_backup_out_where_nothing_is_needs_no_right(work: Work) -> None:
    clerk = as_role(work, Role.CLERK)
    counts = Counts(cases=0, households=0, letters=0, filings=0, attachments=0)
    face = BackupFace(
        office="环秀街道", vault="ab", made_at=work.clock.now(), head_seq=1, head_hash="00", counts=counts
    )
    assert take_over(clerk, face, None, (), replaces=False).touches(Kind.VAULT)


def test_where_nothing_is_doubtful_nobody_is_asked_for_the_right() -> None:
    settled = Doubts()
    settled.settle(User(name="赵芳", role=Role.ADMINISTRATOR))
    go_on(settled, User(name="李明", role=Role.CLERK))
    assert len(settled.by) == 1
