"""Faults of rules that no single rule shows: duplicates, shadowed ones, ones that never fire, missing examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.events.examples import events_of, problem_with_hit, problem_with_miss
from dragoman.events.knowledge import Knowledge, load_knowledge
from dragoman.events.rules import Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one rule; `grave` ones are wrong, the others only worth a look."""

    rule: Rule
    kind: str
    text: str
    grave: bool = False


def lint(language: str, texts: Iterable[str]) -> Iterator[Fault]:
    """Yield the faults of a language's event rules; `texts` are articles on which each rule ought to fire."""
    knowledge = load_knowledge(language)
    yield from _duplicates(knowledge)
    for rule in knowledge.rules:
        yield from _examples(rule, language)
    yield from _idle(knowledge, texts, language)


def _duplicates(knowledge: Knowledge) -> Iterator[Fault]:
    first: dict[tuple[object, ...], Rule] = {}
    for rule in knowledge.rules:
        conditions = tuple(rule.sources[key] for key in sorted(rule.sources) if key != "trigger")
        for trigger in rule.sources["trigger"]:
            key = (rule.type, trigger, conditions, rule.window, tuple(sorted(rule.fixed.items())))
            other = first.setdefault(key, rule)
            if other is not rule:
                yield Fault(rule, "duplicate", f"{trigger!r} stands in {other.id} too, with the same conditions", True)


def _examples(rule: Rule, language: str) -> Iterator[Fault]:
    for hit in rule.hits:
        if problem := problem_with_hit(rule, hit, language=language):
            yield Fault(rule, "hit", problem, True)
    for miss in rule.misses:
        if problem := problem_with_miss(rule, miss, language=language):
            yield Fault(rule, "miss", problem, True)
    if not rule.misses:
        yield Fault(rule, "no misses", "give it a text that it must leave alone")
    fired = [event.rule for hit in rule.hits for event in events_of(hit["text"], language=language)]
    if rule.name not in fired:
        others = sorted({name.split("#")[-1] for name in fired})
        yield Fault(rule, "shadowed", f"its own examples are claimed by {', '.join(others)}")


def _idle(knowledge: Knowledge, texts: Iterable[str], language: str) -> Iterator[Fault]:
    fired = Counter(event.rule for text in texts for event in events_of(text, language=language))
    if not fired:
        return
    for rule in knowledge.rules:
        if not fired[rule.name]:
            yield Fault(rule, "idle", f"fires nowhere in the texts ({sum(fired.values())} events of other rules)")
