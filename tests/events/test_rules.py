"""Every event rule of every language is run on its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import RuleError
from dragoman.events import load_knowledge
from dragoman.events.examples import problem_with_hit, problem_with_miss
from dragoman.events.knowledge import Knowledge
from dragoman.events.rules import Rule, make_rule
from dragoman.pack import languages

RULES = [(language, rule) for language in languages() for rule in load_knowledge(language).rules]
NAMES = [rule.id for _, rule in RULES]


@pytest.mark.parametrize(("language", "rule"), RULES, ids=NAMES)
def test_a_rule_hits_what_it_says_it_hits(language: str, rule: Rule) -> None:
    problems = [problem_with_hit(rule, hit, language=language) for hit in rule.hits]

    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize(("language", "rule"), RULES, ids=NAMES)
def test_a_rule_leaves_alone_what_it_says_it_misses(language: str, rule: Rule) -> None:
    problems = [problem_with_miss(rule, text, language=language) for text in rule.misses]

    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize("language", languages())
def test_every_hard_type_has_a_rule_in_every_language(language: str) -> None:
    knowledge = load_knowledge(language)
    missing = {name for name, kind in knowledge.types.items() if not kind.soft} - {
        rule.type for rule in knowledge.rules
    }

    assert missing == set()


def _made(knowledge: Knowledge, **changes: object) -> Rule:
    raw = {"id": "en.test", "type": "visit", "trigger": ["visited"], "hits": [{"text": "x"}], **changes}
    return make_rule(
        {key: value for key, value in raw.items() if value is not None},
        path=Path("models/en/rules/test.toml"),
        line=7,
        pack=knowledge.pack,
        vocabulary=knowledge.vocabulary,
        types=set(knowledge.types),
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hits": None}, "has no hits; give it one example"),
        ({"trigger": None}, "has no trigger"),
        ({"type": "picnic"}, "has the type 'picnic'"),
        ({"nedds": ["x"]}, "has unknown keys ['nedds']"),
        ({"needs": "embassy"}, "has a needs that is no list of strings"),
        ({"trigger": ["{misson}"]}, "list {misson} is not in words/diplomacy.toml"),
        ({"trigger": ["sign<verp>"]}, "ending <verp> is not in events.toml"),
        ({"trigger": ["visited ..."]}, "must not be empty or end in a gap"),
        ({"trigger": ["(visited"]}, "cannot be read"),
    ],
)
def test_a_wrong_rule_is_refused_with_file_rule_and_way_out(changes: dict[str, object], said: str) -> None:
    with pytest.raises(RuleError) as caught:
        _made(load_knowledge("en"), **changes)

    message = str(caught.value)
    assert (said in message, "models/en/rules/test.toml" in message, "en.test" in message) == (True, True, True)
