"""承诺授权书: what a household promises and lets be looked up, signed by each adult and 赡养人, for minors by a guardian."""

import msgspec

from taizhang_casework.domain.comparison_rules import is_minor
from taizhang_casework.domain.national_record import RELATION_WORDS
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.papers.authorisers import AUTHORISER_WORDS, signature_of, signatures_from_elsewhere
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import filled
from taizhang_casework.domain.papers.wording import paper_wording
from taizhang_casework.domain.people import Membership
from taizhang_casework.domain.steps import Signature


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who has to sign. ``minor``: the guardian signs, whose name stands where it is known."""

    name: str
    as_what: str
    id_number: str = ""
    minor: bool = False
    guardian: str = ""


class AuthorisationForm(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. The first of the ``paragraphs`` says to whom; ``more`` are lines for whoever is not known yet.

    No day of signing is ever filled in: it is written by whoever signs.
    """

    title: str
    office_name: str
    paragraphs: tuple[str, ...]
    signers: tuple[Signer, ...] = ()
    more: int
    head_name: str = ""
    village: str = ""
    personal: bool = False


BLANK_LINES, LEAST_LINES, MORE_LINES = 8, 6, 2


def blank_authorisation(setting: PaperSetting) -> AuthorisationForm:
    """With the words of the pack, its items, and lines for eight."""
    wording = paper_wording(setting.pack, PaperKind.AUTHORISATION)
    return AuthorisationForm(
        title=wording.title,
        office_name=setting.office_name,
        paragraphs=_filled(setting.pack, setting.town or setting.office_name),
        more=BLANK_LINES,
    )


def authorisation(facts: PaperFacts) -> AuthorisationForm:
    """Of a case: adults, then minors, then those outside the household who were named; and at least two lines more."""
    signers = _signers(facts)
    return msgspec.structs.replace(
        blank_authorisation(facts.setting),
        signers=signers,
        more=max(MORE_LINES, LEAST_LINES - len(signers)),
        head_name="" if facts.head is None else facts.head.name,
        village=facts.place,
        personal=True,
    )


def _filled(pack: RegulationPack, town: str) -> tuple[str, ...]:
    items = "、".join(item.label.replace("、", "和") for item in pack.comparison_items)
    wording = paper_wording(pack, PaperKind.AUTHORISATION)
    return filled(
        wording.paragraphs,
        {"town": town, "bureau": pack.district.bureau, "items": items, "document": pack.document},
    )


def _signers(facts: PaperFacts) -> tuple[Signer, ...]:
    members = [_member(m, facts, signature_of(m, facts)) for m in facts.memberships]
    others = (
        Signer(name=each.name, as_what=AUTHORISER_WORDS[each.as_what], guardian=each.guardian)
        for each in signatures_from_elsewhere(facts)
    )
    return (*sorted(members, key=lambda signer: signer.minor), *others)


def _member(member: Membership, facts: PaperFacts, signature: Signature | None) -> Signer:
    return Signer(
        name=member.person.name,
        as_what=RELATION_WORDS[member.relation],
        id_number=member.person.id_number,
        minor=is_minor(member.person.id_number, facts.circumstances.today),
        guardian="" if signature is None else signature.guardian,
    )
