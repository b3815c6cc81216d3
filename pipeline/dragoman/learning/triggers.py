"""Propose triggers: words of the sentences in which an annotated event was missed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.events.patterns import PatternError, compile_any, compile_pattern
from dragoman.folding import composed
from dragoman.learning.phrases import Phrase, phrases_at
from dragoman.learning.proposals import TRIGGER, Proposal
from dragoman.learning.rulebook import RuleLine
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial
from dragoman.records import Entity, Span, Timex

WRONG_WEIGHS = 1.5
"""A wrong row weighs so much against a right one."""
WHOLE_WEIGHS = 0.25
"""A row right in all its slots counts so much more than one of the right type."""
ALONE = 1 + WHOLE_WEIGHS
"""The most that a phrase seen once can be worth."""
PATIENCE = 25
"""So many further phrases are tried when a good one is found, in case one is better."""
EXAMPLE = {"text": "-"}
"""Stands for the examples while a line is on trial."""
CONDITIONS = ("needs", "before", "after", "unless", "unless_before", "unless_after", "window", "states")


@dataclass(frozen=True, slots=True)
class Miss:
    """An annotated event that no rule found, and the phrases that might find it."""

    number: int
    type: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase for a type with the articles it was seen in; smaller `rank` is the more usual generalisation."""

    type: str
    text: str
    rank: int
    sources: frozenset[int]
    missed: int

    @property
    def most(self) -> float:
        """The most it can be worth: every event that it was taken from, right in all slots."""
        return self.missed * (1 + WHOLE_WEIGHS)


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal that was worked out, and the state of the articles it rests on."""

    proposal: Proposal | None
    candidate: Candidate
    stamps: Mapping[int, int]


def propose_triggers(trial: Trial, *, least: int = 1) -> Iterator[Proposal]:
    """Yield the best proposal again and again, each judged with the lines accepted so far, till none helps.

    The caller accepts what it likes by `trial.accept`; nothing is proposed twice. `least` is the number of articles
    that must speak for a proposal.
    """
    spent: set[tuple[str, str]] = set()
    known: dict[tuple[str, str], Kept] = {}
    while True:
        best: tuple[tuple[float, int, int], Kept] | None = None
        patience = PATIENCE
        for candidate in _candidates(misses(trial)):
            key = (candidate.type, candidate.text)
            patience -= best is not None
            if best is not None and (-candidate.most > best[0][0] or patience < 0):
                break
            if key in spent or len(candidate.sources) < least:
                continue
            kept = known.get(key)
            if kept is None or kept.candidate != candidate or any(trial.stamps[n] != s for n, s in kept.stamps.items()):
                kept = known[key] = _worked_out(trial, candidate)
            if kept.proposal is not None and kept.proposal.support >= least:
                order = (-worth(kept.proposal.effects), -kept.proposal.support, candidate.rank)
                if best is None or order < best[0]:
                    best = (order, kept)
                if order[0] <= -candidate.most and candidate.most <= ALONE:
                    break
        if best is None or best[1].proposal is None:
            return
        spent.add((best[1].candidate.type, best[1].candidate.text))
        yield replace(best[1].proposal, before=trial.counts)


def worth(effects: Mapping[int, Counts]) -> float:
    """Weigh the rows that become right against those that become wrong."""
    counts = Counts()
    for effect in effects.values():
        counts = counts + effect
    return counts.type + WHOLE_WEIGHS * counts.full - WRONG_WEIGHS * (counts.found - counts.type)


def misses(trial: Trial) -> list[Miss]:
    """List the annotated events that the rules miss, with the phrases that might find each."""
    found: list[Miss] = []
    for number, reading in trial.readings.items():
        passage = trial.prepared[number].passage
        for event in reading.scored.missed:
            index = passage.sentence_at(event.start)
            if index is None:
                continue
            sentence = passage.sentences[index]
            names: list[Entity | Timex] = [*passage.entities_in(sentence), *passage.timexes_in(sentence)]
            phrases = phrases_at(
                event.start,
                event.end,
                folded=passage.folded,
                sentence=sentence,
                named=[Span(name.start, name.end) for name in names],
                knowledge=trial.knowledge,
            )
            found.append(Miss(number, event.type, phrases))
    return found


def _candidates(missed: Sequence[Miss]) -> list[Candidate]:
    """List the phrases that were seen, the most promising first."""
    sources: dict[tuple[str, str], list[int]] = defaultdict(list)
    ranks: dict[tuple[str, str], int] = {}
    for miss in missed:
        for phrase in miss.phrases:
            key = (miss.type, phrase.text)
            sources[key].append(miss.number)
            ranks[key] = min(phrase.rank, ranks.get(key, phrase.rank))
    found = [Candidate(*key, ranks[key], frozenset(seen), len(seen)) for key, seen in sources.items()]
    return sorted(found, key=lambda c: (-c.missed, -len(c.sources), c.rank, c.type, c.text))


def _worked_out(trial: Trial, candidate: Candidate) -> Kept:
    """Try a phrase with each set of conditions that may suit it, and keep the best."""
    try:
        regex = compile_any([composed(candidate.text)], trial.knowledge.vocabulary)
        compile_pattern(composed(candidate.text), trial.knowledge.vocabulary)
    except (PatternError, re.error):
        return Kept(None, candidate, {})
    assert regex is not None
    touched = [n for n, one in enumerate(trial.prepared) if regex.search(one.passage.folded)]
    stamps = {number: trial.stamps[number] for number in touched}
    numbers = sorted(touched, key=lambda number: (number not in candidate.sources, number))
    free, *lines = _lines(trial, candidate)
    if not _gains(trial, free, candidate):
        return Kept(None, candidate, stamps)
    best: tuple[float, Proposal] | None = None
    for line in [*lines, free]:
        if "needs" in line and best is not None and not _wrong(best[1]):
            continue
        effects = _effects(trial, line, numbers, candidate, best[0] if best else 0.0)
        if effects is None:
            continue
        gained = frozenset(number for number, effect in effects.items() if effect.type > 0) & candidate.sources
        best = (worth(effects), Proposal(TRIGGER, line, gained, effects, trial.counts))
        if best[0] >= candidate.most:
            break
    return Kept(best[1] if best else None, candidate, stamps)


def _effects(
    trial: Trial, line: RuleLine, numbers: Sequence[int], candidate: Candidate, rival: float
) -> dict[int, Counts] | None:
    """Return the effects of a line by article, None as soon as it cannot be worth more than its rival."""
    effects: dict[int, Counts] = {}
    wrong = 0
    for number, reading in trial.tried(line, numbers):
        if number not in candidate.sources and not any(effect.type > 0 for effect in effects.values()):
            return None
        effect = effects[number] = trial.effect(number, reading)
        wrong += max(0, effect.found - effect.type)
        if candidate.most - WRONG_WEIGHS * wrong <= rival:
            return None
    return effects if worth(effects) > rival else None


def _wrong(proposal: Proposal) -> int:
    return sum(effect.found - effect.type for effect in proposal.effects.values())


def _gains(trial: Trial, line: RuleLine, candidate: Candidate) -> bool:
    tried = trial.tried(line, sorted(candidate.sources))
    return any(trial.effect(number, reading).type > 0 for number, reading in tried)


def _lines(trial: Trial, candidate: Candidate) -> Iterator[RuleLine]:
    """Yield the lines to try: without conditions first (what fails so, fails always), then the strictest first."""
    base: dict[str, object] = {"id": "learned", "type": candidate.type, "trigger": [candidate.text], "hits": [EXAMPLE]}
    yield {**base, "states": 1}
    seen: list[object] = []
    for path, _, raw in trial.book.contents():
        conditions = {key: raw.get(key) for key in CONDITIONS}
        if raw["type"] == candidate.type and path.suffix == ".toml" and conditions not in seen:
            seen.append(conditions)
            yield {**base, "like": raw["id"]}
    yield {**base, "states": 2}
    for name in _lists_near(trial, candidate):
        for states in (2, 1):
            yield {**base, "needs": [f"{{{name}}}"], "states": states}


def _lists_near(trial: Trial, candidate: Candidate) -> list[str]:
    """Name the word lists that the rules of the type need, they or their like being near."""
    counts: Counter[str] = Counter()
    for _, _, raw in trial.book.contents():
        if raw["type"] == candidate.type:
            phrases = [phrase for key in ("needs", "before", "after") for phrase in raw.get(key, [])]
            counts.update(name for phrase in phrases for name in re.findall(r"\{(\w+)\}", phrase))
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))][:5]
