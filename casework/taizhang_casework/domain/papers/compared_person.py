"""Who is compared at 信息比对, as what, and whether the 承诺授权书 was signed: the same persons on request, result and explanation."""

from datetime import date

import msgspec

from taizhang_casework.domain.comparison_rules import is_minor
from taizhang_casework.domain.papers.authorisers import (
    AUTHORISER_WORDS,
    namesakes,
    signature_of,
    signatures_from_elsewhere,
)
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.steps import Authoriser, DataComparison, Signature, Step


class ComparedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person. ``id_number`` is empty where the office does not know it; ``signed_on`` None: not signed, or not written down when.

    ``signed`` None is not recorded. ``minor``: a guardian signs.
    """

    name: str
    as_what: str
    id_number: str = ""
    signed: bool | None = None
    signed_on: date | None = None
    guardian: str = ""
    minor: bool = False


def compared_persons(facts: PaperFacts) -> tuple[ComparedPerson, ...]:
    """The members of the household, the head first, then those from elsewhere that the authorisations name."""
    day = facts.circumstances.today
    record = facts.state.done.get(Step.DATA_COMPARISON)
    authorised = {name.strip() for name in record.authorised} if isinstance(record, DataComparison) else set()
    authorised -= namesakes(facts)
    members = (
        _person(
            each.person.name,
            signature_of(each, facts),
            authorised,
            id_number=each.person.id_number,
            minor=is_minor(each.person.id_number, day),
        )
        for each in facts.memberships
    )
    others = (_person(each.name.strip(), each, authorised) for each in signatures_from_elsewhere(facts))
    return (*members, *others)


def _person(
    name: str, signature: Signature | None, authorised: set[str], *, id_number: str = "", minor: bool = False
) -> ComparedPerson:
    signed = True if name in authorised else None
    if signature is not None:
        signed = signature.signed_on is not None or bool(signed)
    return ComparedPerson(
        name=name,
        as_what=AUTHORISER_WORDS[Authoriser.MEMBER if signature is None else signature.as_what],
        id_number=id_number,
        signed=signed,
        signed_on=None if signature is None else signature.signed_on,
        guardian="" if signature is None else signature.guardian.strip(),
        minor=minor,
    )
