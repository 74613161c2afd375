"""Loading a pack: each way in which one can be broken is a named sample with the place that is told."""

import re
from importlib.resources import files

import pytest
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.pack_loading import BrokenPack, load_pack, shipped_pack, shipped_packs
from taizhang_casework.domain.trouble import OfficeTrouble

SHIPPED = (files("taizhang_casework") / "packs" / "jimo-2022-1.toml").read_text("utf-8")


def with_change(old: str, new: str) -> str:
    """The shipped pack with the first occurrence of ``old`` replaced."""
    assert old in SHIPPED, f"the sample changes what the pack does not say: {old}"
    return SHIPPED.replace(old, new, 1)


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BrokenPack) as caught:
        load_pack(text, name="样本.toml")
    return [(fault.place, fault.reason) for fault in caught.value.faults]


def told_at(place: str, text: str) -> str:
    """Every reason told at a place (the place itself, or a pattern for one)."""
    faults = faults_of(text)
    told = [said for at, said in faults if at == place or re.fullmatch(place, at)]
    assert told, faults
    return "；".join(told)


FORM = [
    pytest.param("", "", "第1行第1列", "写法有误", id="the first line is no statement"),
    pytest.param('id = "jimo', "id = jimo", "第6行第6列", "等号后面的写法不对", id="a text without quotation marks"),
    pytest.param('id = "jimo-2022-1"', 'id = "jimo-2022-1', "第6行第18列", "不允许的字符", id="a text that is not closed"),
    pytest.param("issued_on =", "issued_on", "第9行第11列", "等号", id="a name without its equals sign"),
    pytest.param("issued_on = 2022-04-07", "issued_on = 2022-04-31", "第9行第13列", "没有这一天", id="31 April"),
    pytest.param(
        "verifiers_at_least = 2", "verifiers_at_least = 2\nid = 'x'", "第12行第9列", "写了两次", id="a name given twice"
    ),
    pytest.param("special_groups = [", "special_groups = [[[", r"第\d+行第\d+列", "括号", id="a bracket not closed"),
    pytest.param("verifiers_at_least = 2", f"verifiers_at_least = {'[' * 9000}", "全文", "嵌套过深", id="endless brackets"),
    pytest.param("verifiers_at_least = 2", f"verifiers_at_least = {'9' * 9000}", "全文", "写法有误", id="an endless number"),
    pytest.param("ledger_title =", "ledger_titel =", "ledger_titel", "没有这一栏", id="a section that no pack has"),
    pytest.param("ledger_title =", "ledger_titel =", "ledger_title", "缺少", id="a section that is missing"),
    pytest.param("length = 3\n", "", "clocks[0]", "缺少“length”", id="an entry without a field that it needs"),
    pytest.param("length = 3", "lenght = 3", "clocks[0]", "没有“lenght”这一栏", id="a field that no clock has"),
    pytest.param("length = 3", 'length = "3"', "clocks[0].length", "应为整数，现为文字", id="a number as text"),
    pytest.param("length = 3", "length = 3.5", "clocks[0].length", "应为整数，现为小数", id="half a day"),
    pytest.param('unit = "working_days"', 'unit = "hours"', "clocks[0].unit", "“hours”不是可选的值", id="an unknown unit"),
    pytest.param('key = "recognition"', 'key = "exit"', "clocks[1].key", "“exit”不是可选的值", id="an unknown clock"),
    pytest.param('clock = "home_visit"', 'clock = "exit"', "steps[0].clock", "“exit”", id="a step under an unknown clock"),
    pytest.param('step = "system_entry"', 'step = "filing"', "steps[4].step", "“filing”", id="an unknown step"),
    pytest.param('channel = "petition"', 'channel = "rumour"', "channels[3].channel", "“rumour”", id="an unknown channel"),
    pytest.param("present = [2, 3]", "present = [2]", "quorums[0].present", "应有2项，现有1项", id="half a fraction"),
    pytest.param("issued_on = 2022-04-07", "issued_on = 'April'", "issued_on", "应为日期", id="a day in words"),
    pytest.param(
        "issued_on = 2022-04-07", "issued_on = 2022-04-07T09:00:00", "issued_on", "应为日期", id="a day with an hour"
    ),
    pytest.param("answered = false", "answered = 0", "channels[0].answered", "true或false", id="nought for no"),
    pytest.param(", secured = false }", " }", "schooling_states[7]", "缺少“secured”", id="a word that says not whether it is secured"),
    pytest.param("alone = true", 'alone = "yes"', "health_states[0].alone", "true或false", id="a yes of two words"),
    pytest.param('aliases = ["教育和', 'aliases = [7, "教育和', "departments[0].aliases[0]", "应为文字", id="a number as name"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "reason"), FORM)
def test_a_pack_of_wrong_form_is_refused_with_its_place(old: str, new: str, place: str, reason: str) -> None:
    assert reason in told_at(place, with_change(old, new) if old else f"= 3\n{SHIPPED}")


MANY_STATES = (
    "".join(f'key = "b{n}", label = "乙{n}", clause = "[D]", alone = false }}, {{ ' for n in range(9))
    + 'key = "chronic"'
)

SENSE = [
    # the notice's own words
    pytest.param('place = "二（二）"', 'place = "二（五）"', r"clocks\[0\].clause", "没有收录“二（二）”", id="no words"),
    pytest.param('place = "二（二）"', 'place = "第二条"', r"clauses\[8\].place", "附件1", id="a place that is none"),
    pytest.param('place = "二（二）"', 'place = "二（一）"', r"clauses\[8\].place", "重复", id="the words of a place twice"),
    # headings
    pytest.param('id = "jimo-2022-1"', 'id = "../jimo"', "id", "小写字母", id="an id that is a path"),
    pytest.param("valid_from = 2022-04-07", "valid_from = 2022-04-06", "valid_from", "早于", id="in force before it was issued"),
    pytest.param("verifiers_at_least = 2", "verifiers_at_least = 0", "verifiers_at_least", "1至20", id="nobody verifies"),
    pytest.param('title = "关于', 'title = "  关于', "title", "空格", id="a text with spaces around it"),
    pytest.param('label = "因病"', 'label = ""', "risks[0].label", "为空", id="an entry without words"),
    pytest.param('label = "因病"', 'label = "因\\u200b病"', "risks[0].label", "不可见", id="an invisible character"),
    # ledger
    pytest.param('    "核查人员",\n', "", "ledger_columns", "应有13栏，现有12栏", id="twelve columns"),
    pytest.param('    "村",\n', '    "镇街",\n', "ledger_columns[1]", "重复", id="a column twice"),
    # clauses
    pytest.param('clause = "三（三）"', 'clause = ""', "special_groups[0].clause", "为空", id="an entry without its clause"),
    pytest.param('clause = "三（三）"', 'clause = "第三条"', "special_groups[0].clause", "应写成", id="a clause of no form"),
    # dictionaries
    pytest.param('key = "illness"', 'key = "因病"', "risks[0].key", "小写字母", id="a key in Chinese"),
    pytest.param('key = "disability", label = "因残"', 'key = "illness", label = "因残"', "risks[1].key", "重复", id="a key twice"),
    pytest.param('label = "因残"', 'label = "因病"', "risks[1].label", "重复", id="two entries with the same words"),
    pytest.param(
        '{ key = "other", label = "其他原因", clause = "[P][D]" }',
        '{ key = "more", label = "其他原因", clause = "[P][D]" }',
        "refusal_reasons", "缺少“other”", id="no reason of one's own words",
    ),
    pytest.param(
        '{ key = "not_agreed", label', '{ key = "outvoted", label', "refusal_reasons", "缺少“not_agreed”",
        id="no reason for a vote that was lost",
    ),
    pytest.param(
        'key = "borderline"', 'key = "poor"', "monitored_kinds", "不是本程序认识的",
        id="a kind of household unknown to the code",
    ),
    pytest.param(
        '    { key = "dispersed_extreme_poverty", label = "分散供养特困人员，已经开展过信息比对", clause = "二（三）" },\n', "",
        "skip_grounds", "缺少“dispersed_extreme_poverty”", id="a ground of skipping that is missing",
    ),
    pytest.param(
        'sources = ["手机APP", "12317", "12345", "村委", "镇街"]', "sources = []", "channels[1].sources", "至少",
        id="a channel without sources",
    ),
    # steps and clocks
    pytest.param('step = "public_notice"', 'step = "home_visit"', "steps[3].step", "重复", id="a step twice"),
    pytest.param('step = "public_notice"', 'step = "home_visit"', "steps", "缺少“public_notice”", id="a step that is missing"),
    pytest.param('key = "recognition"', 'key = "home_visit"', "clocks[1].key", "重复", id="a clock twice"),
    pytest.param('key = "recognition"', 'key = "home_visit"', "clocks", "缺少“recognition”", id="a clock that is missing"),
    pytest.param(
        'key = "public_notice"\nlabel = "村级公示"', 'key = "recognition"\nlabel = "村级公示"', "steps[3].clock", "不存在",
        id="a step under a clock that is not there",
    ),
    pytest.param("length = 3", "length = 0", "clocks[0].length", "1至366", id="a clock of no days"),
    pytest.param("length = 3", "length = -3", "clocks[0].length", "1至366", id="a clock that runs backwards"),
    pytest.param("length = 15", "length = 100000", "clocks[1].length", "1至366", id="a clock of centuries"),
    pytest.param(
        'step = "system_entry"\nlabel = "录入系统"\nclause = "二（一）"\n',
        'step = "system_entry"\nlabel = "录入系统"\nclause = "二（一）"\n'
        '[[steps]]\nstep = "data_comparison"\nlabel = "再比对"\nclause = "二（一）"\n',
        "steps", "最后一步", id="a step after the entry into the system",
    ),
    # channels, quorums, masks
    pytest.param('channel = "petition"', 'channel = "department"', "channels", "缺少“petition”", id="a channel that is missing"),
    pytest.param("present = [2, 3]", "present = [3, 2]", "quorums[0].present", "不超过1", id="more present than there are"),
    pytest.param("present = [2, 3]", "present = [0, 3]", "quorums[0].present", "大于0", id="a meeting of nobody"),
    pytest.param("present = [2, 3]", "present = [2, 0]", "quorums[0].present", "不超过1", id="a fraction over nought"),
    pytest.param("agree = [1, 2]", "agree = [2, 2]", "quorums[0].agree", "小于1", id="more in favour than all"),
    pytest.param('form = "villagers"', 'form = "committee"', "quorums", "缺少“villagers”", id="a form of meeting without a quorum"),
    pytest.param("head = 3, tail = 4", "head = 10, tail = 8", "masks[0]", "遮不住", id="a mask that shows everything"),
    pytest.param("head = 3, tail = 4", "head = -3, tail = 4", "masks[0].head", "负", id="a mask of fewer than no characters"),
    pytest.param('key = "head_name"', 'key = "blood_group"', r"national_fields\[0\].key", "不是", id="a national field of nothing"),
    pytest.param(
        'key = "sex", label = "性别", each_member = true', 'key = "sex", label = "性别", each_member = false',
        r"national_fields\[\d+\].each_member", "每名家庭成员", id="one sex for a whole household",
    ),
    pytest.param('key = "chronic"', MANY_STATES, "health_states", "最多9项", id="more states of health than digits"),
    pytest.param('key = "phone"', 'key = "fax"', "masks", "缺少“phone”", id="no mask for telephones"),
    # fixed dates
    pytest.param(
        'day = 30\nclause = "一（三）1"', 'day = 32\nclause = "一（三）1"', "fixed_dates[4].day", "没有32日",
        id="the 32nd",
    ),
    pytest.param("month = 9\nday = 15", "month = 9\nday = 31", "fixed_dates[14].day", "9月没有31日", id="31 September"),
    pytest.param("month = 9\nday = 15", "month = 13\nday = 15", "fixed_dates[14].month", "没有13月", id="a thirteenth month"),
    pytest.param(
        "year = 2022\nmonth = 4\nday = 30", "year = 2022\nmonth = 2\nday = 29", "fixed_dates[15].day", "2月没有29日",
        id="29 February of a year that is not leap",
    ),
    pytest.param(
        "year = 2022\nmonth = 4\nday = 30", "year = 2022\nday = 30", "fixed_dates[15].year", "月份",
        id="a year without a month",
    ),
    pytest.param(
        "year = 2022\nmonth = 4\nday = 30", "year = 20222\nmonth = 4\nday = 30", "fixed_dates[15].year", "不合理",
        id="a year with a digit too many",
    ),
    pytest.param('key = "ledger"', 'key = "ledgers"', "fixed_dates", "缺少“ledger”", id="no day for the ledger"),
    # letters
    pytest.param(
        "（{source}）", "（{来源}）", "letters[0].paragraphs[0]", "没有占位符“{来源}”",
        id="a placeholder that nothing fills",
    ),
    pytest.param(
        'key = "application"', 'key = "appeal"', r"papers\[\d+\].key", "不是文字可以由规则包规定的表",
        id="words for a sheet that there is not",
    ),
    pytest.param(
        "核对下列信息：{items}", "核对下列信息：{bank}", r"papers\[\d+\].paragraphs\[3\]", "没有占位符“{bank}”",
        id="words of a sheet with a placeholder that it does not have",
    ),
    pytest.param(
        'key = "authorisation"', 'key = "application"', r"papers\[\d+\].key", "重复", id="words for one sheet twice"
    ),
    pytest.param("（{source}）", "（{}）", "letters[0].paragraphs[0]", "没有占位符“{}”", id="a placeholder without a name"),
    pytest.param("（{source}）", "（{source）", "letters[0].paragraphs[0]", "大括号", id="a brace that is not closed"),
    pytest.param(
        "（{source}）", "（{source.__class__}）", "letters[0].paragraphs[0]", "没有占位符",
        id="a placeholder that reaches inside",
    ),
    pytest.param(
        "（{source}）", "（{source:>99999999}）", "letters[0].paragraphs[0]", "只能写名称",
        id="a placeholder with a width",
    ),
    pytest.param("（{source}）", "（{source!r}）", "letters[0].paragraphs[0]", "只能写名称", id="a placeholder with a conversion"),
    pytest.param('mark = "{town}', 'mark = "{office}', "letters[0].mark", "没有占位符", id="a mark with an unknown placeholder"),
    pytest.param(
        "{contact}。", "{telephone}。", "letters[0].review_note", "没有占位符",
        id="a review note with an unknown placeholder",
    ),
    pytest.param('key = "refusal"', 'key = "answer"', "letters", "缺少“refusal”", id="no letter of refusal"),
    # departments
    pytest.param('key = "civil_affairs"', 'key = "education"', "departments[1].key", "重复", id="a department twice"),
    pytest.param('short = "民政局"', 'short = "教体局"', "departments[1].short", "重复", id="two departments of one name"),
    pytest.param(
        "supplies_list = false", "supplies_list = true ", "departments[3].items", "至少要有一项",
        id="a list without items",
    ),
    pytest.param(
        'name = "民政局"\nshort = "民政局"\naliases = ["民政", "区民政局"]\nsupplies_list = true',
        'name = "民政局"\nshort = "民政局"\naliases = ["民政", "区民政局"]\nsupplies_list = false',
        "departments[1].items", "不应有", id="items of a department that supplies no list",
    ),
    pytest.param('key = "orphan"', 'key = "dropout"', "departments[1].items[4].key", "重复", id="an item of two departments"),
    pytest.param(
        'words = ["重点困境儿童", ', 'words = ["孤儿", ', "departments[1].items[6].words[0]", "重复",
        id="a word for two items",
    ),
    # lists
    pytest.param('field = "head_name"', 'field = "nickname"', "list_columns", "缺少“head_name”", id="a list field that is missing"),
    pytest.param(
        'field = "head_name"', 'field = "nickname"', r"list_columns\[\d+\]\.field", "不是名录",
        id="a field that no list is read for",
    ),
    pytest.param('"备注", ', '"备注", "备注", ', r"list_columns\[\d+\]\.words\[1\]", "重复", id="a header word twice"),
    pytest.param(
        'words = ["备注", ', 'words = ["姓名", ', r"list_columns\[\d+\]\.words\[0\]", "重复",
        id="the strongest word of two fields",
    ),
    # district
    pytest.param('code = "370215"', 'code = "3702"', "district.code", "6位", id="a code of four digits"),
    pytest.param('own_names = ["即墨区"', 'own_names = ["墨区"', "district.own_names", "即墨区", id="its own name is missing"),
    pytest.param('"市南区", "市北区"', '"即墨市", "市北区"', "district.elsewhere[0]", "本地", id="its own name is elsewhere"),
    pytest.param(
        'divisions = "jimo', 'divisions = "../jimo', "district.divisions", "路径",
        id="a table outside of the pack's folder",
    ),
    pytest.param(
        '"潮海办", "潮海"]', '"潮海办", "环秀"]', "district.town_aliases.潮海街道[5]", "环秀街道",
        id="an alias of two towns",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "reason"), SENSE)
def test_a_pack_without_sense_is_refused_with_its_place(old: str, new: str, place: str, reason: str) -> None:
    assert reason in told_at(place, with_change(old, new))


def test_all_faults_are_told_at_once() -> None:
    text = (
        with_change("length = 3", "length = 0").replace('label = "因病"', 'label = ""').replace("day = 15", "day = 77")
    )
    assert {"clocks[0].length", "risks[0].label"} <= {place for place, _ in faults_of(text)}
    assert len(faults_of(text)) >= 4


def test_all_faults_of_form_are_told_an_entry_each() -> None:
    text = (
        with_change("length = 3", "length = 'drei'")
        .replace("length = 15", "length = 1.5")
        .replace("ledger_title", "titel")
    )
    assert {place for place, _ in faults_of(text)} == {"clocks[0].length", "clocks[1].length", "titel", "ledger_title"}


def test_the_trouble_is_one_chinese_sentence_in_three_parts_that_names_the_file() -> None:
    with pytest.raises(OfficeTrouble) as caught:
        load_pack(
            SHIPPED.replace("length = 3\n", "length = 0\n").replace("length = 15", "length = 0"), name="新规则.toml"
        )
    said = str(caught.value)
    assert said.startswith("规则包“新规则.toml”有2处错误：clocks[0].length：期限应在1至366天之间，现为0；")
    assert "没有启用" in caught.value.safe
    assert caught.value.do
    assert not re.search(r"[a-z]+ [a-z]+ ", said), "no English sentence reaches the user"


def test_many_faults_are_counted_and_the_first_told() -> None:
    with pytest.raises(BrokenPack) as caught:
        load_pack("", name="空.toml")
    assert len(caught.value.faults) == 36
    assert "另有31处" in caught.value.happened


def test_a_byte_order_mark_does_no_harm() -> None:
    assert load_pack(f"\ufeff{SHIPPED}", name="记事本.toml") == load_pack(SHIPPED, name="原件.toml")


def test_shipped_packs_are_found_by_their_id_and_sorted_by_the_day_they_hold_from() -> None:
    packs = shipped_packs()
    assert [pack.id for pack in packs] == ["jimo-2022-1"]
    assert shipped_pack(PackId("jimo-2022-1")) == packs[0]
    with pytest.raises(KeyError):
        shipped_pack(PackId("elsewhere-2022-1"))


def test_a_pack_of_before_sheets_had_words_still_loads() -> None:
    words = re.compile(r"^\[\[papers\]\]\n(?:(?!^\[).*\n)+", re.MULTILINE)
    text, count = words.subn("", SHIPPED)
    assert count >= 2
    assert load_pack(text, name="旧.toml").papers == ()
