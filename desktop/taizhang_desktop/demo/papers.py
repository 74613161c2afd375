"""What the papers of the demonstration say: 核查表, authorisations and outcomes, the meeting's opinions; made up turn by turn."""

from datetime import date

from taizhang_casework.domain.comparison_rules import is_minor
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Household, Membership, Relation
from taizhang_casework.domain.steps import Cleared, DataComparison, Doubt, HomeVisit, MemberCheck, Signature
from taizhang_casework.domain.yes_no import YesNo

OPINIONS = "家庭困难属实，没有不同意见"
_YUAN = 100
_DOUBTED = "vehicles"
_EXPLANATION = "三轮车，用于务农"


def home_visit(
    household: Household, visited_on: date, *, visitors: tuple[str, ...], conclusion: str, risk: str, turn: int = 1
) -> HomeVisit:
    """A visit whose 核查表 is answered in full."""
    members = [member for member in household.memberships if member.holds_on(visited_on)] or list(household.memberships)
    return HomeVisit(
        visited_on=visited_on,
        visitors=visitors,
        conclusion=conclusion,
        risks=(risk,),
        members=tuple(_checked(member, visited_on) for member in members),
        house_grade="b",
        water="safe",
        wage_income=Fen((6_000 + turn * 350) * _YUAN),
        business_income=Fen(2_400 * _YUAN),
        property_income=Fen(0),
        transfer_income=Fen(1_860 * _YUAN),
        own_expenses=Fen((9_000 + turn * 120) * _YUAN),
        schooling_secured=YesNo.YES,
        medical_secured=YesNo.YES,
        housing_secured=YesNo.YES,
        head_signed=YesNo.YES,
    )


def _checked(member: Membership, day: date) -> MemberCheck:
    child = is_minor(member.person.id_number, day)
    return MemberCheck(
        name=member.person.name,
        person=member.person.id,
        relation=member.relation,
        education="primary" if child else "junior",
        schooling="primary" if child else "none",
        health=("healthy",) if child or member.relation is not Relation.HEAD else ("chronic",),
        labour="none" if child else "weak",
        medical_insurance=YesNo.YES,
        serious_illness_insurance=YesNo.YES,
        pension_insurance=YesNo.NO if child else YesNo.YES,
        subsistence_allowance=YesNo.NO,
    )


def comparison(household: Household, compared_on: date, pack: RegulationPack, *, doubted: bool) -> DataComparison:
    """Everybody signed on the day of the visit, two days before; a doubt about the first member's vehicle, or none."""
    people = household.members_on(compared_on)
    adults = [person.name for person in people if not is_minor(person.id_number, compared_on)]
    signed_on = date.fromordinal(compared_on.toordinal() - 2)
    signatures = tuple(
        Signature(name=person.name, signed_on=signed_on, guardian="" if person.name in adults else adults[0])
        for person in people
    )
    first = people[0].name
    items = tuple(item.key for item in pack.comparison_items)
    clear = {
        person.name: tuple(item for item in items if not (doubted and person.name == first and item == _DOUBTED))
        for person in people
    }
    return DataComparison(
        compared_on=compared_on,
        authorised=tuple(each.name for each in signatures),
        doubts=(Doubt(person=first, item=_DOUBTED, explanation=_EXPLANATION),) if doubted else (),
        signatures=signatures,
        cleared=tuple(Cleared(person=name, items=cleared) for name, cleared in clear.items()),
    )
