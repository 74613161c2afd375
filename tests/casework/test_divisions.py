"""Towns and villages: read from the left by their own names, and never guessed."""

import pytest
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.divisions import Divisions, DivisionsDamaged, divisions_from_csv, shipped_divisions
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.place_names import PlaceFault

SHUNHE = ("环秀街道", "顺河村村民委员会")
WENQUAN = ("温泉街道", "温泉村村民委员会")
HEAD = "town_code,town_name,village_code,village_name\n"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return shipped_divisions(shipped_pack(PackId("jimo-2022-1")))


def test_the_shipped_table_has_every_town_and_village(divisions: Divisions) -> None:
    assert (len(divisions.towns), len(divisions.villages)) == (17, 197)
    assert divisions.town_name("370215100") == "田横镇"
    assert divisions.village_name("370215001002") == "墨河社区居民委员会"
    assert divisions.village_name("370215999999") == ""
    assert divisions.town_name("370215999") == ""


@pytest.mark.parametrize(
    ("town", "village", "place"),
    [
        pytest.param("环秀街道", "顺河村村民委员会", SHUNHE, id="by the official names"),
        pytest.param("环秀街道", "顺河村委会", SHUNHE, id="by the committee's short name"),
        pytest.param("环秀街道", "顺河村村委会", SHUNHE, id="by the committee's short name with the village's"),
        pytest.param("环秀街道办事处", "顺河村", SHUNHE, id="by the town's office"),
        pytest.param("环秀", "顺河", SHUNHE, id="by the bare names"),
        pytest.param("环秀镇", "顺河村", SHUNHE, id="by the town's name of old"),
        pytest.param("青岛市即墨区环秀街道", "顺河村", SHUNHE, id="with city and district"),
        pytest.param("山东省青岛市即墨市环秀街道", "顺河村", SHUNHE, id="with the city that 即墨 was"),
        pytest.param("环秀街道", "环秀街道顺河村", SHUNHE, id="with the town said twice"),
        pytest.param("环秀街道顺河村", "", SHUNHE, id="both in one cell"),
        pytest.param("", "顺河村", SHUNHE, id="by the village alone, where only one has the name"),
        pytest.param("即墨区", "顺河村", SHUNHE, id="by district and village"),
        pytest.param("环秀街道", " 顺 河\n村 ", SHUNHE, id="with spaces and a line break"),
        pytest.param("环秀街道", "顺河村（社区）", SHUNHE, id="with a note in brackets"),
        pytest.param("环秀街道", "墨河居委会", ("环秀街道", "墨河社区居民委员会"), id="a community by its committee"),
        pytest.param("温泉", "温泉", WENQUAN, id="a village that is called like its town"),
        pytest.param(
            "温泉街道", "四舍村", ("温泉街道", "四舍村村民委员会"), id="a village beside one called like the town"
        ),
        pytest.param("蓝村镇", "永安村", ("蓝村街道", "永安村村民委员会"), id="a town whose name ends in 村"),
        pytest.param("七级镇", "七级村", ("移风店镇", "七级村村民委员会"), id="a town that was merged into another"),
        pytest.param("通济街道", "新兴2区", ("通济街道", "新兴二区社区居民委员会"), id="with a digit for a numeral"),
        pytest.param(
            "通济街道", "西北关村", ("通济街道", "西北关村民委员会"), id="a committee without 村 in its own name"
        ),
        pytest.param(
            "大信",
            "青岛钢铁集团农场生活区",
            ("大信街道", "青岛钢铁集团农场生活区"),
            id="a farm that begins with the city",
        ),
        pytest.param("田横岛", "黄山村", ("田横岛省级旅游度假区", "黄山村村民委员会"), id="a resort that is called 区"),
        pytest.param(
            "通济新经济区", "祥和社区", ("通济新经济区", "祥和社区居民委员会"), id="an economic zone that is called 区"
        ),
    ],
)
def test_people_write_a_place_in_many_ways(
    divisions: Divisions, town: str, village: str, place: tuple[str, str]
) -> None:
    found = divisions.resolve(town=town, village=village)
    assert (found.town_name, found.village_name, found.fault) == (*place, None)
    assert divisions.villages[found.village_code].town_code == found.town_code


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("即墨区环秀街道顺河村3号", SHUNHE),
        ("环秀 顺河村", SHUNHE),
        ("环秀顺河", SHUNHE),
        ("环秀街道-顺河村-12号", SHUNHE),
        ("环秀街道（顺河村）", SHUNHE),
        ("山东省青岛市即墨区环秀街道办事处顺河村村民委员会2组", SHUNHE),
        ("温泉村12号", WENQUAN),
        ("温泉温泉村", WENQUAN),
        ("通济街道通济街社区3号楼2单元501室", ("通济街道", "通济街社区居民委员会")),
        ("灵山新村", ("灵山街道", "灵山新村村民委员会")),
        ("田横岛省级旅游度假区黄山村", ("田横岛省级旅游度假区", "黄山村村民委员会")),
        ("段泊岚镇刘家庄管区瓦戈庄村", ("段泊岚镇", "瓦戈庄村村民委员会")),
        ("佳源都市社区", ("环秀街道", "佳源都市社区居民委员会")),
        ("海南村", ("温泉街道", "海南村村民委员会")),
    ],
)
def test_one_column_may_hold_it_all(divisions: Divisions, address: str, place: tuple[str, str]) -> None:
    found = divisions.resolve(address=address)
    assert (found.town_name, found.village_name, found.fault) == (*place, None)


@pytest.mark.parametrize("prefix", ["", "山东省青岛市即墨区", "即墨"])
@pytest.mark.parametrize("short", [False, True])
def test_every_village_of_the_table_is_found_by_each_of_its_names(
    divisions: Divisions, prefix: str, *, short: bool
) -> None:
    for code, village in divisions.villages.items():
        town = divisions.town_name(village.town_code)
        said = village.name.removesuffix("村民委员会").removesuffix("居民委员会") if short else village.name
        stem = town.removesuffix("街道").removesuffix("镇") if short else town
        ways = [
            divisions.resolve(village=said),
            divisions.resolve(town=town, village=said),
            divisions.resolve(town=prefix + stem, village=said),
            divisions.resolve(address=prefix + town + said + "12号"),
            divisions.resolve(address=prefix + stem + said),
        ]
        assert {way.village_code for way in ways} == {code}, said


@pytest.mark.parametrize(
    ("town", "village", "address"),
    [
        pytest.param("环秀街道", "不存在村", "", id="no such village"),
        pytest.param("环秀街道", "顺合村", "", id="one character off"),
        pytest.param("环秀街道", "三里庄村", "", id="the old village where only the new one is left"),
        pytest.param("环秀街道", "顺河东村", "", id="a longer name"),
        pytest.param("环秀街道", "墨河村", "", id="a village where only a community has the name"),
        pytest.param("环秀街道", "黄山村", "", id="a village of another town"),
        pytest.param("环绣街道", "顺河村", "", id="a town that is not there"),
        pytest.param("环秀街道", "", "", id="no village"),
        pytest.param("温泉", "", "", id="a town that is called like a village"),
        pytest.param("", "", "金口", id="a name that is town and village"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("环秀街道", "河南村", "", id="a village called like a province"),
        pytest.param("环秀街道", "新都市社区", "", id="a community with 市 in its name"),
        pytest.param("环秀街道", "顺河村、山前村", "", id="two villages"),
        pytest.param("即墨区", "", "", id="the district only"),
        pytest.param("", "", "环秀街道顺河村新村", id="a village within a village"),
    ],
)
def test_what_the_table_lacks_is_unknown(divisions: Divisions, town: str, village: str, address: str) -> None:
    found = divisions.resolve(town=town, village=village, address=address)
    assert (found.fault, found.village_code) == (PlaceFault.UNKNOWN_VILLAGE, "")


@pytest.mark.parametrize(
    ("district", "town", "village", "address"),
    [
        pytest.param("", "城阳区流亭街道", "某社区", "", id="another district"),
        pytest.param("", "流亭街道", "某社区", "", id="a neighbour's town without its district"),
        pytest.param("城阳区", "流亭街道", "某社区", "", id="another district in its own column"),
        pytest.param("", "莱西市", "顺河村", "", id="another city with a village of our name"),
        pytest.param("", "", "", "青岛市市南区", id="a district of our city"),
        pytest.param("", "", "", "青岛城阳", id="a district without 区"),
        pytest.param("", "", "", "胶州", id="a city without 市"),
        pytest.param("", "", "", "河南省商丘市虞城县", id="another province"),
        pytest.param("", "", "", "黑龙江哈尔滨市南岗区", id="another province without 省"),
        pytest.param("", "环秀街道", "胶州市李哥庄镇某村", "", id="our town, but a village elsewhere"),
    ],
)
def test_other_districts_are_elsewhere(
    divisions: Divisions, district: str, town: str, village: str, address: str
) -> None:
    found = divisions.resolve(district=district, town=town, village=village, address=address)
    assert (found.fault, found.village_code) == (PlaceFault.ELSEWHERE, "")


@pytest.mark.parametrize(
    ("address", "town", "village"),
    [("环秀街道不存在2村", "环秀街道", "不存在2村"), ("某村", "", "某村"), ("城阳区某村", "", "城阳区某村")],
)
def test_what_is_not_known_stays_as_it_was_written(divisions: Divisions, address: str, town: str, village: str) -> None:
    found = divisions.resolve(address=address)
    assert (found.town_name, found.village_name) == (town, village)


def test_a_name_that_two_towns_share_needs_its_town(divisions: Divisions) -> None:
    table = HEAD + "370215001,甲镇,370215001201,东村村民委员会\n370215002,乙镇,370215002201,东村村民委员会\n"
    two = divisions_from_csv(table, shipped_pack(PackId("jimo-2022-1")).district)
    assert two.resolve(village="东村").fault is PlaceFault.UNKNOWN_VILLAGE
    assert two.resolve(town="乙镇", village="东村").village_code == "370215002201"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("a,b\n", id="other columns"),
        pytest.param(HEAD + "370215001,甲镇,370215001201\n", id="a value short"),
        pytest.param(HEAD + "370215001,甲镇,37021500120,东村\n", id="a short code"),
        pytest.param(HEAD + "370215001,甲镇,370215002201,东村\n", id="a village of another town"),
        pytest.param(HEAD + "370215001,甲镇,370215001201,东村\n" * 2, id="a village twice"),
    ],
)
def test_a_damaged_table_names_its_line(table: str) -> None:
    with pytest.raises(DivisionsDamaged, match=r"^line [123]:"):
        divisions_from_csv(table, shipped_pack(PackId("jimo-2022-1")).district)
