"""Going on with data that may not be the newest: the decision of somebody with the right, kept in the journal."""

from typing import Protocol

from taizhang_casework.domain.offices import User
from taizhang_casework.domain.rights import Right, require


class DoubtsOfVault(Protocol):
    """What is doubtful about the data that were opened."""

    @property
    def any(self) -> bool:
        """Whether there is a doubt that nobody has settled."""
        ...

    def settle(self, by: User) -> None:
        """Take the data for the newest from now on, and write that down."""
        ...


def go_on(doubts: DoubtsOfVault, by: User) -> None:
    """Settle the doubts, where there are any; NotAccepted for a user who may not."""
    if doubts.any:
        require(by, Right.RESTORE)
        doubts.settle(by)
