"""Made-up people for sample lists: names that exercise the fonts, numbers that nobody has."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from stdnum.cn import ric
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.ledger import Month

UNISSUED_AREA = "370200"
"""青岛市 without a district: the code stands in the tables of GB/T 2260, but numbers are issued under districts only."""
RARE_NAMES = ("李䶮", "𠮷建国", "王𡛕", "玥珺喆堃祎昇", "阿卜杜·热西提")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂玉兰英华文辉力健永志忠义兴良海山仁波宁贵福生龙元全国胜学"
    "祥才发武新利清飞彬富顺信子"
)


class SamplePerson(NamedTuple):
    """One line's person, place and day; the place is by its official names."""

    name: str
    id_number: str
    town: str
    village: str
    day: date

    @property
    def short_town(self) -> str:
        """The town as people say it: 环秀, 田横."""
        return self.town.removesuffix("街道").removesuffix("镇")

    @property
    def short_village(self) -> str:
        """The village without its committee: 顺河村, 墨河社区."""
        return self.village.removesuffix("村民委员会").removesuffix("居民委员会")


class Crowd:
    """Hands out made-up people one after the other, the same for the same seed."""

    def __init__(self, *, month: Month, divisions: Divisions, towns: Sequence[str], seed: int) -> None:
        """Take the month whose lists these are: what they report happened in the month before. ``towns`` are codes."""
        self.chance = Random(seed)  # noqa: S311 - made-up people need no secrecy
        self.reported = month.preceding
        self._divisions = divisions
        self._villages = [list(divisions.villages_of(town)) for town in towns]
        self._rare = list(RARE_NAMES)
        self._serials = iter(range(10_000))

    def person(self, *, youngest: int = 30, oldest: int = 85, rare: bool = False) -> SamplePerson:
        """Somebody of that age; ``rare`` takes the next of the rare names while there are any."""
        day = date(self.reported.year, self.reported.month, self.chance.randint(1, self.reported.last_day.day))
        years = self.chance.randint(youngest, oldest)
        born = day - timedelta(days=years * 365 + self.chance.randrange(1, 365))
        village = self._divisions.villages[self.chance.choice(self.chance.choice(self._villages))]
        return SamplePerson(
            name=self._rare.pop() if rare and self._rare else self._name(),
            id_number=unissued_number(born, next(self._serials)),
            town=self._divisions.town_name(village.town_code),
            village=village.name,
            day=day,
        )

    def people(self, count: int, *, youngest: int = 30, oldest: int = 85) -> list[SamplePerson]:
        """So many people."""
        return [self.person(youngest=youngest, oldest=oldest) for _ in range(count)]

    def _name(self) -> str:
        given = "".join(self.chance.sample(_GIVEN, self.chance.choice((1, 2, 2))))
        return self.chance.choice(_SURNAMES) + given


def unissued_number(born: date, serial: int) -> str:
    """A number that is right by GB 11643 and belongs to nobody."""
    digits = f"{UNISSUED_AREA}{born:%Y%m%d}{serial % 999 + 1:03d}"
    return digits + ric.calc_check_digit(digits + "0")
