"""What a desk holds, whole: kept beside a stored vault, and compared with what later releases read from it."""

import msgspec
from taizhang_casework.domain.attachment import Attachment
from taizhang_casework.domain.bureau import ListImport, ReceivedFiling
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.matching import MatchDecision
from taizhang_casework.domain.offices import OfficeCard
from taizhang_casework.domain.packages import PackageRecord
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.users import UserAccount
from taizhang_casework.services.ports import Store
from taizhang_db.journal import JournalHead


class StoredDesk(msgspec.Struct, frozen=True, kw_only=True):
    """Every thing of every kind. A kind that a later release brings gets a default of none."""

    own: OfficeCard
    users: tuple[UserAccount, ...]
    households: tuple[Household, ...]
    cases: tuple[Case, ...]
    matches: tuple[MatchDecision, ...]
    letters: tuple[Letter, ...]
    filings: tuple[Filing, ...]
    packages: tuple[PackageRecord, ...]
    partners: tuple[OfficeCard, ...]
    imports: tuple[ListImport, ...]
    received: tuple[ReceivedFiling, ...]
    attachments: tuple[Attachment, ...] = ()


class StoredVault(msgspec.Struct, frozen=True, kw_only=True):
    """What opens a stored vault and what is in it. The people do not exist, and the secrets are secrets of nobody."""

    revision: str
    passphrases: dict[str, str]
    recovery_code: str
    journal: JournalHead
    desk: StoredDesk


def read_desk(store: Store) -> StoredDesk:
    """Read everything."""
    with store.reading() as desk:
        cases = desk.cases.many(desk.cases.all_ids())
        households = desk.households.many([case.household for case in cases if case.household is not None])
        return StoredDesk(
            own=desk.partners.own().card,
            users=tuple(desk.users.all()),
            households=tuple(households[each] for each in sorted(households)),
            cases=tuple(cases),
            matches=tuple(decision for case in cases for decision in desk.matches.about(case.id)),
            letters=tuple(desk.letters.all()),
            filings=tuple(
                each for month in sorted(desk.filings.months(), key=str) for each in desk.filings.of_month(month)
            ),
            packages=tuple(desk.packages.all()),
            partners=tuple(desk.partners.all()),
            imports=tuple(desk.bureau.imports()),
            received=tuple(desk.bureau.received()),
            attachments=tuple(each for case in desk.cases.all_ids() for each in desk.attachments.of_case(case)),
        )
