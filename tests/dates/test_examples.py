"""Every rule file carries its own examples; these tests run them all."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import edtf as edtf_parser
import pytest

from dragoman.dates import find
from dragoman.dates.grammar import load_grammar
from dragoman.pack import languages, load_pack

FALSE_FRIENDS = tomllib.loads((Path(__file__).parent / "false_friends.toml").read_text("utf-8"))
RULES = [(language, rule) for language in languages() for rule in load_grammar(language).rules]
HITS = [(language, rule, hit) for language, rule in RULES for hit in rule.hits]


def named(hit: dict[str, Any]) -> str:
    return str(hit.get("find", hit["text"]))


@pytest.mark.parametrize(("language", "rule", "hit"), HITS, ids=lambda part: getattr(part, "id", None))
def test_a_rule_reads_its_hits(language: str, rule: Any, hit: dict[str, Any]) -> None:
    found = find(hit["text"], language=language, published=hit.get("published"), fallback=rule.fallback)
    timexes = [timex for timex in found if timex.text == named(hit)]

    assert len(timexes) == 1, found
    if "value" in hit:
        assert (timexes[0].edtf or "") == hit["value"]
    if "timex" in hit:
        assert timexes[0].value == hit["timex"]


@pytest.mark.parametrize(("language", "rule"), RULES, ids=lambda part: getattr(part, "id", None))
def test_a_rule_leaves_its_misses_alone(language: str, rule: Any) -> None:
    wrong = [text for text in rule.misses for timex in find(text, language=language) if timex.rule == rule.id]

    assert wrong == []


@pytest.mark.parametrize("value", sorted({hit["value"] for _, _, hit in HITS if hit.get("value")}))
def test_every_value_is_edtf(value: str) -> None:
    assert str(edtf_parser.parse_edtf(value)) == value


@pytest.mark.parametrize("language", languages())
def test_words_around_a_date_belong_to_it_or_colour_it(language: str) -> None:
    raw = load_pack(language).read("dates.toml")
    wrong = []
    for part in (*raw["lead"], *raw.get("trail", [])):
        for text in part["hits"]:
            found = find(text, language=language)
            whole = [timex for timex in found if timex.text == text]
            if part.get("inside", True) and not whole:
                wrong.append((part["id"], text, [timex.text for timex in found]))
            if "mod" in part and [timex.mod for timex in found] != [part["mod"]]:
                wrong.append((part["id"], text, [timex.mod for timex in found]))

    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_two_parts_of_one_date_are_joined(language: str) -> None:
    raw = load_pack(language).read("dates.toml")
    texts = [text for join in raw["join"] for text in join["hits"]]
    counts = {text: len(find(text, language=language, published="2024-08-13")) for text in texts}

    assert counts == dict.fromkeys(texts, 1)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_forty_false_friends(language: str) -> None:
    assert len(set(FALSE_FRIENDS[language])) >= 40


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in FALSE_FRIENDS.items() for text in texts]
)
def test_a_false_friend_gives_nothing(language: str, text: str) -> None:
    assert find(text, language=language, published="2020-05-05") == ()
