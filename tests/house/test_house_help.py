"""Help says what the program says: every screen has its page, its 「…」 stand on that screen, and the manual has the table of keys."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_desktop.guide.book import FOLDER, HelpBook, help_page
from taizhang_desktop.guide.keys import GROUPS
from taizhang_desktop.guide.topics import CASE_TOPICS, START_TOPICS, Topic, topic_of_form, topic_of_place
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, TOWN_NAVIGATION, Place

QUOTED = re.compile(r"「([^」]+)」")
MOST_CHARACTERS = 800
"""What a clerk reads while the work waits."""
DESKTOP = "desktop/taizhang_desktop/"
CASE = (
    "screens/case/",
    "viewmodels/case",
    "viewmodels/attachment",
    "kit/",
    "screens/batch/",
    "viewmodels/national_copy",
)
VIEWS = "casework/taizhang_casework/domain/list_views"
PARTS: dict[Topic, tuple[str, ...]] = {
    Topic.TODAY: ("screens/today", "screens/month", "viewmodels/today", "viewmodels/month", "viewmodels/words"),
    Topic.LEDGER: ("screens/ledger", "viewmodels/ledger", "screens/batch/", "viewmodels/batch", VIEWS),
    Topic.INTAKE: ("screens/intake/", "screens/find_part", "viewmodels/intake"),
    Topic.INTAKE_ROWS: ("screens/intake/", "screens/find_part", "viewmodels/intake"),
    Topic.RECYCLE_BIN: ("screens/recycle_bin", "viewmodels/recycle_bin", "screens/case/", "viewmodels/case", "screens/ledger"),
    Topic.INCOME_LINES: ("screens/income_lines", "viewmodels/income_lines"),
    Topic.PAPERS: ("screens/papers/", "viewmodels/papers", "screens/ledger"),
    Topic.BATCH: ("screens/batch/", "viewmodels/batch", "viewmodels/case_form", "screens/case/"),
    Topic.HOUSEHOLDS: ("screens/intake/", "viewmodels/intake", "viewmodels/member_deed"),
    Topic.MONITORED: ("screens/monitoring/", "viewmodels/monitoring"),
    Topic.FILING: ("screens/filing", "viewmodels/filing"),
    Topic.EXCHANGE: ("screens/exchange", "viewmodels/exchange"),
    Topic.BACKUP: ("screens/backup", "viewmodels/backup"),
    Topic.PAGE_CHECK: ("screens/page_check", "viewmodels/page_check"),
    Topic.USERS: ("screens/users/", "viewmodels/users", "start/"),
    Topic.DEPARTMENT_WARNINGS: ("screens/departments", "viewmodels/departments"),
    Topic.SENDING: ("screens/dispatch", "viewmodels/dispatch"),
    Topic.BOARD: ("screens/board", "viewmodels/board"),
    Topic.SUMMARY: ("screens/consolidated", "viewmodels/consolidated"),
} | dict.fromkeys(CASE_TOPICS, CASE) | dict.fromkeys(START_TOPICS, ("start/", "viewmodels/first_start", "program", "training"))  # fmt: skip
"""The modules that draw what a page is about."""


def _says(texts: Mapping[str, str], parts: tuple[str, ...]) -> str:
    """The literals of those modules, one a line, docstrings left out; and the names of the navigation."""
    found = [item.label for item in (*TOWN_NAVIGATION, *BUREAU_NAVIGATION)]
    for name, text in texts.items():
        if name.endswith(".py") and name.removeprefix(DESKTOP).startswith(parts):
            tree = ast.parse(text)
            remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            found += [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks
            ]
    return "\n".join(found)


def test_every_screen_and_every_form_has_a_page() -> None:
    topics = {topic_of_place(place) for place in Place} | {topic_of_form(form) for form in CaseForm}
    assert topics <= set(Topic)
    assert {topic.value for topic in Topic} == {file.stem for file in FOLDER.glob("*.md")}


@pytest.mark.parametrize("topic", Topic)
def test_a_page_says_what_it_is_for_and_in_what_order_and_fits_a_glance(topic: Topic) -> None:
    text = help_page(topic).text
    assert re.match(r"# \S+\n\n", text)
    assert "## 怎么办" in text
    assert len(text) <= MOST_CHARACTERS


@pytest.mark.parametrize("topic", sorted(set(Topic) - START_TOPICS - {Topic.USERS, Topic.RECYCLE_BIN}, key=str))
def test_a_page_of_the_desk_says_what_its_dates_rest_on(topic: Topic) -> None:
    assert "## 日期从哪里来" in help_page(topic).text
    assert help_page(topic).clauses


@pytest.mark.parametrize("topic", Topic)
def test_the_notices_own_words_stand_beneath_a_page_with_their_source(topic: Topic) -> None:
    (pack,) = shipped_packs()
    read = HelpBook(lambda: pack).read(topic)
    for place in help_page(topic).clauses:
        assert f"**{place}**\n\n> {pack.clause_text(place)}" in read
    assert (pack.document in read) == bool(help_page(topic).clauses)


@pytest.mark.parametrize("topic", Topic)
def test_a_page_names_only_what_its_screen_has(topic: Topic, texts: Mapping[str, str]) -> None:
    says = _says(texts, PARTS[topic])
    assert [words for words in QUOTED.findall(help_page(topic).text) if words not in says] == []


def test_the_manual_has_the_table_of_keys_line_for_line(root: Path) -> None:
    page = (root / "docs" / "manual" / "09-keyboard.md").read_text("utf-8")
    chapters = dict(re.findall(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    for group in GROUPS:
        rows = [f"| {line.keys} | {line.does} |" for line in group.lines]
        assert re.findall(r"^\| .* \|$", chapters[group.title], re.MULTILINE)[1:] == rows, (
            f"guide/keys.py and docs/manual/09-keyboard.md say different things under {group.title}"
        )
