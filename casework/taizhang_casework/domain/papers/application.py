"""申请书: what a household that asks for help says of itself. What only the applicant can say is left to his hand."""

from datetime import date

import msgspec

from taizhang_casework.domain.national_record import RELATION_WORDS
from taizhang_casework.domain.papers.choice import Choice, choices
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import filled
from taizhang_casework.domain.papers.wording import paper_wording
from taizhang_casework.domain.people import Person
from taizhang_casework.domain.warning import Application, Channel

COUNTED = ("劳动力", "在校生", "慢性病患者", "大病患者", "残疾人", "低保人员")
"""The counts of persons that it asks for beside that of all."""


class ApplicationForm(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. Empty texts and None are room to write; ``personal`` is whether it names anybody.

    ``statement`` is what the applicant signs, ``hardship`` what he told when he applied. ``people`` counts the household.
    """

    title: str
    office_name: str
    statement: tuple[str, ...]
    risks: tuple[Choice, ...]
    counted: tuple[str, ...] = COUNTED
    town: str = ""
    village: str = ""
    applicant: str = ""
    relation: str = ""
    phone: str = ""
    head_name: str = ""
    head_id_number: str = ""
    people: int | None = None
    hardship: str = ""
    applied_on: date | None = None
    personal: bool = False


def blank_application(setting: PaperSetting) -> ApplicationForm:
    """With the words of the pack alone."""
    wording = paper_wording(setting.pack, PaperKind.APPLICATION)
    return ApplicationForm(
        title=wording.title,
        office_name=setting.office_name,
        town=setting.town,
        statement=filled(
            wording.paragraphs,
            {"town": setting.town or "镇街", "village": "村（社区）", "document": setting.pack.document},
        ),
        risks=choices(setting.pack.risks),
    )


def application(facts: PaperFacts) -> ApplicationForm:
    """Of a case: who applied and for which household. The words of a source other than the applicant are not put into his mouth."""
    warning, head = facts.case.warning, facts.head
    applied = warning.particulars if isinstance(warning.particulars, Application) else None
    applicant = applied.applicant if applied is not None else "" if head is None else head.name
    known = next((m for m in facts.memberships if m.person.name == applicant), None)
    return msgspec.structs.replace(
        blank_application(facts.setting),
        village=facts.place,
        applicant=applicant,
        relation="" if known is None else RELATION_WORDS[known.relation],
        phone=_phone(facts, None if known is None else known.person, applicant),
        head_name="" if head is None else head.name,
        head_id_number="" if head is None else head.id_number,
        people=len(facts.memberships) or None,
        hardship=warning.detail if warning.channel is Channel.SELF_APPLICATION else "",
        applied_on=warning.applied_on,
        personal=True,
    )


def _phone(facts: PaperFacts, person: Person | None, applicant: str) -> str:
    """The applicant's own; never another's."""
    if person is not None and person.phone:
        return person.phone
    return facts.case.warning.phone if facts.case.warning.name == applicant else ""
