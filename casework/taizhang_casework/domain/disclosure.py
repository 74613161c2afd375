"""What a screen showed in full that it masks by default: taken down in the journal, since personal data is protected (三（一）)."""

from datetime import datetime

import msgspec

from taizhang_casework.domain.case import CaseId


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """One look at the id numbers of a case, unmasked: whose case, by whom, when. The numbers themselves are not in it."""

    id: str
    case: CaseId
    shown_to: str
    shown_at: datetime
