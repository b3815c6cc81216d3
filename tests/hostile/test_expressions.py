"""Regular expressions of others: what could run without end is refused before it meets a text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.dates.grammar import load_grammar
from dragoman.errors import RuleError
from dragoman.expressions import EndlessError, compiled
from dragoman.limits import TooSlow, processor_seconds
from dragoman.pack import models_folder

ENDLESS = [
    r"(a+)+$",
    r"(a*)*b",
    r"(a|a)*b",
    r"(a|aa)+$",
    r"(?:a|b|ab)*c",
    r"(a?){20}a{20}",
    r"(a+a)+b",
    r"(?:a{1,3}){2,30}b",
    r"(\w+\s*)+$",
    r"(.*?,){11}P",
    r"(?:(?:a+b?)+c?)+d",
    r"(?=(a+)+b)a",
]
MARKS = ["*", "+", "?", "{0,9}", "*?", "++"]
HARMLESS = [
    r"(?:ab|ac)+d",
    r"(?:[^\s]+\s+){0,6}?x",
    r"(?:\d{1,3}(?:[.-]\d{1,3})*)",
    r"(?>a+)+b",
    r"(?:a++)+b",
    r"([a-z]+,)*x",
    r"a+b*c?",
    r"(?:north|northern )+sea",
]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_repeat_that_can_be_cut_in_many_ways_is_refused(pattern: str) -> None:
    with pytest.raises(EndlessError):
        compiled(pattern)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_ends_is_compiled(pattern: str) -> None:
    assert compiled(pattern).pattern == pattern


def test_a_wrong_expression_is_wrong_and_not_endless() -> None:
    with pytest.raises(re.error) as caught:
        compiled("(a+)+(")

    assert not isinstance(caught.value, EndlessError)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from(MARKS)).map(lambda two: f"(?:{two[0]}){two[1]}"),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        inner.map(lambda one: f"(?>{one})"),
    )


@given(pattern=st.recursive(st.sampled_from(["a", "b", "[ab]", ".", "aa", "ab"]), _combined, max_leaves=6))
@settings(max_examples=600, deadline=None)
def test_what_is_compiled_ends_soon_on_the_worst_texts(pattern: str) -> None:
    try:
        ready = compiled(f"{pattern}c")
    except EndlessError:
        return
    slow = []
    for text in ("a" * 60, "b" * 60, "ab" * 30, "a" * 30 + "b" * 30):
        try:
            with processor_seconds(2):
                ready.match(text)
        except TooSlow:
            slow.append(text)

    assert slow == []


@pytest.mark.parametrize("key", ["pattern", "after", "not_after", "not_before"])
def test_a_date_rule_that_could_hang_is_refused_by_file_and_name(key: str, tmp_path: Path) -> None:
    shutil.copytree(models_folder() / "en", tmp_path / "en", ignore=shutil.ignore_patterns("names"))
    shutil.copy(models_folder() / "folding.toml", tmp_path)
    path = tmp_path / "en" / "dates.toml"
    keys = {"pattern": "{day}", key: "{day}(a+)+$" if key == "pattern" else "(a+)+$"}
    lines = "".join(f"{name} = '{value}'\n" for name, value in keys.items())
    rule = f"\n[[rule]]\nid = 'en.mine'\nvalue = '{{day}}'\n{lines}hits = [{{text = '5'}}]\n"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")

    with pytest.raises(RuleError, match=r"rule en\.mine has a wrong pattern: a repeat that can be cut"):
        load_grammar("en", tmp_path)
