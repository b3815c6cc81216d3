"""Propose what removes wrong rows: words that must not stand near a trigger, and rules that do more harm than good."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from dragoman.events.rules import Rule
from dragoman.learning.passages import Prepared
from dragoman.learning.proposals import CONDITION, RETIREMENT, Proposal
from dragoman.learning.rulebook import RuleLine
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial
from dragoman.records import Event, Span

SHORTEST = 4
"""A word that forbids a reading has at least so many letters: shorter ones are grammar."""
NEAR = 12
"""So many words on either side of a trigger are looked at."""
FEWEST = 2
"""In so many articles a word must stand by wrong rows: one says nothing of the next."""
HARMFUL = 2
"""A rule is retired for so many wrong rows, and more wrong than right ones."""


def propose_conditions(trial: Trial, *, least: int = FEWEST) -> Iterator[Proposal]:
    """Yield words that take away wrong rows of a rule and no right one, the most useful first."""
    spent: set[tuple[str, str]] = set()
    while True:
        ranked: list[tuple[tuple[float, ...], str, str, Proposal]] = []
        for (rule, word), sources in sorted(_words_near_wrong_rows(trial).items()):
            if (rule, word) in spent or len(sources) < least:
                continue
            line: RuleLine = {"id": "learned", "amends": rule, "unless": [word]}
            proposal = _tried(trial, CONDITION, line, rule)
            if proposal is None or _lost(proposal) or proposal.support < least:
                spent.add((rule, word))
                continue
            order = (-proposal.support, -float(len(proposal.effects)), -float(len(word)))
            ranked.append((order, rule, word, proposal))
        if not ranked:
            return
        _, rule, word, proposal = min(ranked, key=lambda item: item[:3])
        spent.add((rule, word))
        yield replace(proposal, before=trial.counts)


def propose_retirements(trial: Trial) -> Iterator[Proposal]:
    """Yield rules whose rows are more often wrong than right."""
    wrong: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for reading in trial.readings.values():
        wrong.update(event.rule for event in reading.scored.extra)
        right.update(event.rule for _, event in reading.scored.pairs)
    names = {rule.name: rule.id for rule in trial.knowledge.rules}
    for name, count in sorted(wrong.items(), key=lambda item: (-item[1], item[0])):
        if count >= HARMFUL and count > right[name] and name in names:
            line: RuleLine = {"id": "learned", "retires": names[name]}
            proposal = _tried(trial, RETIREMENT, line, names[name])
            if proposal is not None:
                yield replace(proposal, before=trial.counts)


def _tried(trial: Trial, kind: str, line: RuleLine, rule: str) -> Proposal | None:
    """Work out what a line does in the articles in which its rule fires; None where it takes no wrong row away."""
    name = next((known.name for known in trial.knowledge.rules if known.id == rule), None)
    numbers = [n for n, reading in trial.readings.items() if any(event.rule == name for event in reading.events)]
    effects = {number: trial.effect(number, reading) for number, reading in trial.tried(line, numbers)}
    sources = frozenset(number for number, effect in effects.items() if effect.found - effect.type < 0)
    return Proposal(kind, line, sources, effects, trial.counts) if sources else None


def _lost(proposal: Proposal) -> bool:
    counts = Counts()
    for effect in proposal.effects.values():
        counts = counts + effect
    return counts.type < 0 or any(effect.type < 0 or effect.full < 0 for effect in proposal.effects.values())


def _words_near_wrong_rows(trial: Trial) -> dict[tuple[str, str], set[int]]:
    """Collect the words near each wrong row, with the articles they were seen in; words of right rows are left out."""
    rules = {rule.name: rule for rule in trial.knowledge.rules}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    usual: dict[str, set[str]] = defaultdict(set)
    for number, reading in trial.readings.items():
        for _, event in reading.scored.pairs:
            if event.rule in rules:
                usual[rules[event.rule].id].update(_words(event, trial.prepared[number], rules[event.rule]))
        for event in reading.scored.extra:
            if event.rule in rules:
                for word in _words(event, trial.prepared[number], rules[event.rule]):
                    found[rules[event.rule].id, word].add(number)
    return {(rule, word): numbers for (rule, word), numbers in found.items() if word not in usual[rule]}


def _words(event: Event, one: Prepared, rule: Rule) -> set[str]:
    """Return the words in a rule's window around its trigger that are neither names nor numbers."""
    passage = one.passage
    before, after = rule.window or (NEAR, NEAR)
    low = passage.words_before(event.start, min(before, NEAR), floor=event.sentence_start)
    high = passage.words_after(event.end, min(after, NEAR), ceiling=event.sentence_end)
    sentence = Span(event.sentence_start, event.sentence_end)
    named = [(name.start, name.end) for name in passage.entities_in(sentence)]
    named += [(timex.start, timex.end) for timex in passage.timexes_in(sentence)]
    words: set[str] = set()
    for match in re.finditer(r"[^\s,;:.!?()\"\u0964]+", passage.folded[low:high]):
        start, end = match.start() + low, match.end() + low
        outside = end <= event.start or start >= event.end
        if outside and end - start >= SHORTEST and not any(a < end and b > start for a, b in named):
            words.add(match[0])
    return {word for word in words if not re.search(r"[\d{}<>*|?]", word)}
