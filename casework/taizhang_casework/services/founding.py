"""The first start of an office, and making partners known by their public cards."""

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeKeys, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserAccount
from taizhang_casework.services.exchange_ports import Courier
from taizhang_casework.services.ports import Store


def found_office(store: Store, courier: Courier, office: Office, founder: UserAccount) -> Changes:
    """Give a new vault its office, fresh keys and its first user, an administrator; only once in a vault's life."""
    with store.change(Operation.FOUND_OFFICE, founder.user) as desk:
        desk.partners.found(courier.new_keys(office))
        desk.users.save(founder)
    return desk.changes


def own_keys(store: Store) -> OfficeKeys:
    """The keys of this office; KeyError before it was founded."""
    with store.reading() as desk:
        return desk.partners.own()


def enrol(store: Store, card: OfficeCard, by: User) -> Changes:
    """Take up another office's public card, after its fingerprint was compared over the telephone."""
    with store.change(Operation.ENROL, by) as desk:
        desk.partners.enrol(card)
    return desk.changes
