"""What nobody is called is looked for without trouble, and finds nobody: a pasted page, half a character, signs of one PC."""

from datetime import date

from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.households import find_households
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.work import Work

ODD = {
    "ten thousand characters": "病" * 10_000,
    "five thousand words": "王 " * 5_000,
    "five thousand different words": " ".join(chr(0x4E00 + at) for at in range(5_000)),
    "ten thousand digits": "1" * 10_000,
    "half a character": "王建\ud83d",
    "half a character alone": "\ude00",
    "control characters": "王\x00建\x07",
    "emoji": "😀👨‍👩‍👧",
    "signs of one PC": "王\ue000\U000f0000",
    "a pasted table": "王建国\t住院\n李秀英\t上学",
    "signs of the search language": '"王" OR * NEAR(建 国) ^{ } -:+',
    "percent and underline": "%_\\'",
}


def test_whatever_is_typed_is_looked_for_without_trouble_and_finds_nobody(work: Work) -> None:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="突发疾病",
        name="王建国",
        id_number="11010519491231002X",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    own_household(work, take_warning(work, draft).case)
    for kind, text in ODD.items():
        words = text.split()
        expected = int(kind == "five thousand words")
        query = CaseQuery(text=" ".join(words), villages=dict.fromkeys(words, ()))
        with work.store.reading() as desk:
            assert (desk.cases.count(query).rows, len(desk.cases.page(query, 0, 10))) == (expected, expected), kind
        assert len(find_households(work, text).households) == expected, kind
