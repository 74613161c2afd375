"""What the benches of papers print: a month of any size, letters, a picture for a seal, and the keys that sign the codes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import cast

import msgspec
from PIL import Image, ImageDraw
from taizhang_casework.domain.case import CaseId, Meets, PackId
from taizhang_casework.domain.ledger import Filing, FilingId, Informed, LedgerLine, Month
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKeys, OfficeKind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.ports import Store

AT = datetime(2022, 4, 29, 9, 0, tzinfo=UTC)
OFFICE = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处")
NAMES = ("王秀英", "李䶮", "阿卜杜拉·买买提", "欧阳建国", "张伟")
DETAILS = (
    "新增农村低保对象",
    "家庭成员突发重大疾病，住院及门诊慢特病医疗费用个人负担部分累计超过2万元",
    "新办理重度残疾人证",
)
REASON = "家庭人均纯收入高于监测线，且没有返贫致贫风险"
WORDS = (
    "您于2022年4月8日提出的防止返贫监测对象申请，我办已按规定受理，并于2022年4月12日由两名工作人员入户核实，经民主评议和信息比对。",
    "经核实，您家不符合监测对象认定标准，主要原因：家庭人均纯收入高于监测线，且没有返贫致贫风险。",
    "如对以上结果有异议，可自收到本告知书之日起向我办提出，我办将予以复核。联系电话：0532-88561234。",
)


def the_pack() -> RegulationPack:
    """The notice's."""
    return shipped_pack(PackId("jimo-2022-1"))


def a_filing(size: int) -> Filing:
    """A month of this many lines, no two alike, every third one refused."""
    return Filing(
        id=FilingId("0" * 32),
        office=OFFICE,
        month=Month(2022, 4),
        revision=1,
        frozen_at=AT,
        frozen_by="张三",
        pack=PackId("jimo-2022-1"),
        lines=tuple(map(_line, range(size))),
    )


def _line(number: int) -> LedgerLine:
    refused = number % 3 == 0
    return LedgerLine(
        case=CaseId(f"{number:032x}"),
        town="环秀街道",
        village=f"第{number % 97 + 1}村",
        head_name=NAMES[number % len(NAMES)],
        head_id_number=f"37028219{number:010d}",
        channel=tuple(Channel)[number % len(Channel)],
        source="民政局",
        detail=DETAILS[number % len(DETAILS)],
        received_on=date(2022, 4, 1) + timedelta(days=number % 20),
        meets=Meets.NO if refused else Meets.YES,
        refusal_reason=REASON if refused else "",
        applicant_informed=tuple(Informed)[number % len(Informed)],
        verifiers=("张三", "李四"),
        closed_on=date(2022, 4, 28),
    )


def some_notices(count: int) -> tuple[ResultNotice, ...]:
    """Letters of one page each, every one to somebody else."""
    return tuple(
        ResultNotice(
            office_name=OFFICE.name,
            office_mark="环秀监测告",
            number=LetterNumber(2022, number),
            title="不符合认定标准告知书",
            addressee=f"{NAMES[number % len(NAMES)]}（第{number}户）",
            paragraphs=WORDS,
            contact="0532-88561234",
            dated=date(2022, 4, 9),
        )
        for number in range(1, count + 1)
    )


def a_seal() -> bytes:
    """A red ring as PNG, 600 dots wide: nobody's seal."""
    picture = Image.new("RGBA", (600, 600), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((2, 2, 597, 597), outline=(200, 30, 30, 255), width=20)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


class _Partners(msgspec.Struct, frozen=True):
    keys: OfficeKeys

    def own(self) -> OfficeKeys:
        return self.keys


class _Desk(msgspec.Struct, frozen=True):
    partners: _Partners


class _Keys:
    """A store that has an office's keys and nothing else, so that no vault is measured with the paper."""

    @contextmanager
    def reading(self) -> Iterator[_Desk]:
        card = OfficeCard(office=OFFICE, age_recipient="", signing_key="")
        yield _Desk(_Partners(OfficeKeys(card=card, age_identity="", signing_seed="cd" * 32)))


def store_of_keys() -> Store:
    """Where the codes of pages find what signs them."""
    return cast("Store", _Keys())
