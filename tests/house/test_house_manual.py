"""The manual says what the program says: 「…」 in it are words of the screen, and what it points to is there."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

QUOTED = re.compile(r"「([^」]+)」")
LINK = re.compile(r"\]\(([^)#]+)\)")
NAVIGATION = "desktop/taizhang_desktop/viewmodels/navigation.py"
SHORT = 6
"""Characters up to which a quotation is a whole label; a longer one may be part of a sentence."""


@pytest.fixture(scope="module")
def manual(texts: Mapping[str, str]) -> dict[str, str]:
    chapters = {name: text for name, text in texts.items() if name.startswith("docs/manual/")}
    assert len(chapters) > 5
    return chapters


@pytest.fixture(scope="module")
def says(texts: Mapping[str, str]) -> frozenset[str]:
    """What the program can say: the literals of its modules (not their docstrings) and the labels of its packs."""
    rooms = re.compile(r"\w+/taizhang_\w+/")
    found: set[str] = set()
    for name, text in texts.items():
        if rooms.match(name) and name.endswith(".py"):
            found |= set(_literals(ast.parse(text)))
        elif rooms.match(name) and name.endswith(".toml") and "/packs/" in name:
            found |= set(_strings(tomllib.loads(text)))
    return frozenset(words.strip() for words in found)


def _literals(tree: ast.Module) -> Iterator[str]:
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            yield node.value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def test_what_the_manual_quotes_stands_on_a_screen(manual: Mapping[str, str], says: frozenset[str]) -> None:
    unknown = {
        f"{name}: {words}"
        for name, text in manual.items()
        for words in QUOTED.findall(text)
        if words not in says and (len(words) <= SHORT or not any(words in sentence for sentence in says))
    }
    assert unknown == set()


def test_every_screen_of_the_navigation_is_in_the_manual(manual: Mapping[str, str], texts: Mapping[str, str]) -> None:
    labels = set(re.findall(r'NavigationItem\(Place\.\w+, "([^"]+)"', texts[NAVIGATION]))
    assert labels
    assert {label for label in labels if not any(label in text for text in manual.values())} == set()


def test_what_the_readme_and_the_manual_point_to_is_there(root: Path, texts: Mapping[str, str]) -> None:
    pages = [name for name in texts if name == "README.md" or name.startswith("docs/manual/")]
    links = [(page, link) for page in pages for link in LINK.findall(texts[page]) if "://" not in link]
    assert links
    assert [f"{page}: {link}" for page, link in links if not ((root / page).parent / link).exists()] == []
