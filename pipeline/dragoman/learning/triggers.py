"""Propose triggers: words of the sentences in which an annotated event was missed, and other forms of known ones."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.patterns import PatternError, compile_any, compile_pattern
from dragoman.events.triggers import Trigger, find_triggers
from dragoman.folding import composed
from dragoman.learning.gold import GoldEvent
from dragoman.learning.passages import Prepared
from dragoman.learning.phrases import Families, Phrase, phrases_at, shape_of
from dragoman.learning.proposals import TRIGGER, Proposal
from dragoman.learning.rulebook import RuleLine
from dragoman.learning.scoring import Counts
from dragoman.learning.trials import Trial
from dragoman.records import Entity, Event, Span, Timex

WRONG_WEIGHS = 1.5
"""A wrong row weighs so much against a right one."""
WHOLE_WEIGHS = 0.25
"""A row right in all its slots counts so much more than one of the right type."""
KNOWN_WEIGHS = 0.1
"""An event that is found already counts so much for a phrase of its own words."""
ALONE = 1 + WHOLE_WEIGHS
"""The most that a phrase seen once can be worth."""
WIDE = ("forms", "beginnings")
WIDENED = 2
"""In so many articles a word of found events must stand, for its other forms to be looked for too."""
MOST_READ = 3
"""So many lines are read out for each phrase."""
DOUBT = 0.5
"""Of the sentences in which a trigger fires wrongly, so many may yet give no row."""
EXAMPLE = {"text": "-"}
"""Stands for the examples while a line is on trial."""
CONDITIONS = ("needs", "before", "after", "unless", "unless_before", "unless_after", "window", "states")


@dataclass(frozen=True, slots=True)
class Miss:
    """An annotated event, and the phrases that might find it; `weight` is less than one where it is found already."""

    number: int
    type: str
    phrases: tuple[Phrase, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase for a type with the articles it was seen in; smaller `rank` is the more usual generalisation."""

    type: str
    text: str
    rank: int
    sources: frozenset[int]
    missed: float

    @property
    def new(self) -> bool:
        """Tell whether it was seen in an event that is missed, not only in what is found already."""
        return self.missed >= 1

    @property
    def most(self) -> float:
        """The most it can be worth: every event that it was taken from, right in all slots."""
        return self.missed * ALONE


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal that was worked out, and the state of the articles it rests on."""

    proposal: Proposal | None
    stamps: Mapping[int, int]

    def holds(self, trial: Trial) -> bool:
        """Tell whether the articles are read as they were when it was worked out."""
        return all(trial.stamps[number] == stamp for number, stamp in self.stamps.items())


Allowed = Callable[[RuleLine], bool]


def propose_triggers(trial: Trial, *, allowed: Allowed, least: int = 1) -> Iterator[Proposal]:
    """Yield the best proposal again and again, each judged with the lines accepted so far, till none helps.

    The caller accepts what it likes by `trial.accept`; nothing is proposed twice. `allowed` says which lines break no
    example of a person: of the conditions that suit a phrase, the best of these is taken. `least` is the number of
    articles that must speak for a proposal. A phrase is worked out when what it was last worth makes it the best, so
    most are worked out once.
    """
    kept: dict[int, Kept] = {}
    families = families_of(trial)
    candidates = [c for c in _candidates(misses(trial, families)) if len(c.sources) >= (least if c.new else WIDENED)]
    queue = [(-candidate.most, candidate.rank, number) for number, candidate in enumerate(candidates)]
    heapq.heapify(queue)
    while queue:
        _, _, number = heapq.heappop(queue)
        known = kept.get(number)
        if known is None or not known.holds(trial):
            known = kept[number] = _worked_out(trial, candidates[number], allowed)
            if known.proposal is not None and known.proposal.support >= least:
                value = worth(known.proposal.effects) + KNOWN_WEIGHS * known.proposal.known
                order = (-value, candidates[number].rank, number)
                heapq.heappush(queue, order)
        elif known.proposal is not None:
            accepted = len(trial.lines)
            yield replace(known.proposal, before=trial.counts)
            if known.proposal.widens and len(trial.lines) > accepted:
                _named(trial, known.proposal.line, known.stamps)


def _named(trial: Trial, line: RuleLine, numbers: Iterable[int]) -> None:
    """Note which events an accepted line names: no second phrase of its shape is learned for their words."""
    rule = trial.book.rule(line, trial.lines)
    assert rule is not None
    knowledge = trial.book.only(rule)
    for number in numbers:
        triggers = find_triggers(trial.prepared[number].passage, knowledge)
        golds = [gold for gold, _ in trial.readings[number].scored.pairs if gold.type == rule.type]
        fresh = {(shape_of(line["trigger"][0]), id(g)) for g in golds if any(_on(t, g) for t in triggers)} - trial.named
        if fresh:
            trial.named |= fresh
            trial.stamps[number] += 1


def worth(effects: Mapping[int, Counts]) -> float:
    """Weigh the rows that become right against those that become wrong."""
    counts = Counts()
    for effect in effects.values():
        counts = counts + effect
    return counts.type + WHOLE_WEIGHS * counts.full - WRONG_WEIGHS * (counts.found - counts.type)


def families_of(trial: Trial) -> Families:
    """Collect what people treat alike in the triggers of a trial's rules, and the words of its articles."""
    triggers = [phrase for _, _, raw in trial.book.contents() for phrase in raw.get("trigger", [])]
    return Families.of(triggers, (one.passage.folded for one in trial.prepared), trial.knowledge.vocabulary)


def misses(trial: Trial, families: Families) -> list[Miss]:
    """List the annotated events, those whose own words a rule knows for other forms of these only, with phrases."""
    found: list[Miss] = []
    for number, reading in trial.readings.items():
        weighed = [(event, 1.0) for event in reading.scored.missed]
        weighed += [(gold, KNOWN_WEIGHS) for gold, _ in reading.scored.pairs]
        own = {id(gold) for gold, event in reading.scored.pairs if _overlap(gold, event)}
        for event, weight in weighed:
            phrases = phrases_of(event, trial.prepared[number].passage, trial.knowledge, families)
            if id(event) in own:
                phrases = tuple(phrase for phrase in phrases if shape_of(phrase.text) in WIDE)
            known = {f"{{{name}}}" for name in _lists_of(trial, event.type)}
            phrases = tuple(phrase for phrase in phrases if phrase.text in known or not phrase.text.startswith("{"))
            if phrases:
                found.append(Miss(number, event.type, phrases, weight))
    return found


def _overlap(gold: GoldEvent, event: Event) -> bool:
    return gold.start < event.end and event.start < gold.end


def phrases_of(
    event: GoldEvent, passage: Passage, knowledge: Knowledge, families: Families
) -> tuple[Phrase, ...]:
    """Propose phrases that would find the words of an annotated event."""
    index = passage.sentence_at(event.start)
    if index is None:
        return ()
    sentence = passage.sentences[index]
    names: list[Entity | Timex] = [*passage.entities_in(sentence), *passage.timexes_in(sentence)]
    return phrases_at(
        event.start,
        event.end,
        folded=passage.folded,
        sentence=sentence,
        named=[Span(name.start, name.end) for name in names],
        knowledge=knowledge,
        families=families,
    )


def _candidates(missed: Sequence[Miss]) -> list[Candidate]:
    """List the phrases that were seen, the most promising first."""
    sources: dict[tuple[str, str], list[Miss]] = defaultdict(list)
    ranks: dict[tuple[str, str], int] = {}
    for miss in missed:
        for phrase in miss.phrases:
            key = (miss.type, phrase.text)
            sources[key].append(miss)
            ranks[key] = min(phrase.rank, ranks.get(key, phrase.rank))
    found = [
        Candidate(*key, ranks[key], frozenset(miss.number for miss in seen), sum(miss.weight for miss in seen))
        for key, seen in sources.items()
    ]
    return sorted(found, key=lambda c: (-c.missed, -len(c.sources), c.rank, c.type, c.text))


def _worked_out(trial: Trial, candidate: Candidate, allowed: Allowed) -> Kept:
    """Try a phrase with each set of conditions that may suit it, and keep the best, if possible of those allowed.

    Where the trigger would fire tells nearly what a line is worth; only the most promising lines are read out.
    """
    try:
        regex = compile_any([composed(candidate.text)], trial.knowledge.vocabulary)
        compile_pattern(composed(candidate.text), trial.knowledge.vocabulary)
    except (PatternError, re.error):
        return Kept(None, {})
    assert regex is not None
    touched = [n for n, one in enumerate(trial.prepared) if regex.search(one.passage.folded)]
    stamps = {number: trial.stamps[number] for number in touched}
    free, *lines = _lines(trial, candidate) if candidate.new else _like_finders(trial, candidate)
    guess = _guessed(trial, free, touched, candidate)
    if not guess.right + guess.known:
        return Kept(None, stamps)
    guesses = [_guessed(trial, line, touched, candidate) for line in lines]
    ranked = sorted([guess, *guesses] if candidate.new else guesses, key=_most_first)
    best: tuple[float, Proposal] | None = None
    forbidden: Proposal | None = None
    reads = 0
    for guess in ranked:
        if reads == MOST_READ:
            break
        rival = best[0] if best else 0.0
        if guess.worth <= rival:
            break
        numbers = sorted(guess.fires, key=lambda number: (number not in candidate.sources, number))
        known = KNOWN_WEIGHS * guess.known
        effects = _effects(trial, guess.line, numbers, guess.right * ALONE + known, rival)
        if effects is None or worth(effects) + known <= rival:
            continue
        gained = frozenset(number for number, effect in effects.items() if effect.type > 0) & candidate.sources
        gained = gained or candidate.sources & guess.fires
        proposal = Proposal(TRIGGER, guess.line, gained, effects, trial.counts, known=guess.known)
        if not allowed(guess.line):
            forbidden = forbidden or proposal
            continue
        reads += 1
        best = (worth(effects) + known, proposal)
    return Kept(best[1] if best else forbidden, stamps)


@dataclass(frozen=True, slots=True)
class Guess:
    """A line, in which articles it fires, and the most that it may be worth.

    It may find `right` events that are missed; it fires on the words of `known` ones that are found already.
    """

    line: RuleLine
    fires: frozenset[int]
    right: int
    known: int
    worth: float
    conditions: int


def _most_first(guess: Guess) -> tuple[float, int]:
    return (-guess.worth, -guess.conditions)


def _guessed(trial: Trial, line: RuleLine, numbers: Sequence[int], candidate: Candidate) -> Guess:
    """Count the sentences in which a line fires: those that miss such an event, and those that tell of none."""
    rule = trial.book.rule(line, trial.lines)
    assert rule is not None
    knowledge = trial.book.only(rule)
    fires: set[int] = set()
    right = known = 0
    wrong = 0.0
    shape = shape_of(candidate.text)
    for number in numbers:
        one, scored = trial.prepared[number], trial.readings[number].scored
        triggers = find_triggers(one.passage, knowledge)
        if not triggers:
            continue
        fires.add(number)
        places = {trigger.sentence for trigger in triggers}
        told_by = [gold for gold, _ in scored.pairs if gold.type == candidate.type]
        fresh = [gold for gold in told_by if (shape, id(gold)) not in trial.named]
        known += sum(any(_on(trigger, gold) for trigger in triggers) for gold in fresh)
        missed = Counter(one.passage.sentence_at(gold.start) for gold in scored.missed if gold.type == candidate.type)
        told = {one.passage.sentence_at(gold.start) for gold in one.document.events if gold.type == candidate.type}
        right += sum(missed[place] for place in places)
        if one.document.complete:
            wrong += sum(_has_states(one, place, rule.states) for place in places - told)
    value = right * ALONE + known * KNOWN_WEIGHS - WRONG_WEIGHS * DOUBT * wrong
    strict = sum(regex is not None for regex in rule.conditions.values())
    return Guess(line, frozenset(fires), right, known, value, strict)


def _on(trigger: Trigger, gold: GoldEvent) -> bool:
    return gold.start < trigger.end and trigger.start < gold.end


def _has_states(one: Prepared, sentence: int, least: int) -> bool:
    mentions = one.passage.mentions_in(one.passage.sentences[sentence])
    return len({mention.country for mention in mentions}) >= least


def _effects(
    trial: Trial, line: RuleLine, numbers: Sequence[int], most: float, rival: float
) -> dict[int, Counts] | None:
    """Return the effects of a line by article, None as soon as it cannot be worth more than its rival."""
    effects: dict[int, Counts] = {}
    wrong = 0
    for number, reading in trial.tried(line, numbers):
        effect = effects[number] = trial.effect(number, reading)
        wrong += max(0, effect.found - effect.type)
        if most - WRONG_WEIGHS * wrong <= rival:
            return None
    return effects


def _lines(trial: Trial, candidate: Candidate) -> Iterator[RuleLine]:
    """Yield the lines to try: without conditions, with those of each rule of the type, with lists near it."""
    base: dict[str, object] = {"id": "learned", "type": candidate.type, "trigger": [candidate.text], "hits": [EXAMPLE]}
    yield {**base, "states": 1}
    seen: list[object] = []
    for path, _, raw in trial.book.contents():
        conditions = {key: raw.get(key) for key in CONDITIONS}
        if raw["type"] == candidate.type and path.suffix == ".toml" and conditions not in seen:
            seen.append(conditions)
            yield {**base, "like": raw["id"]}
    yield {**base, "states": 2}
    for name in _lists_of(trial, candidate.type)[:5]:
        for states in (2, 1):
            yield {**base, "needs": [f"{{{name}}}"], "states": states}


def _like_finders(trial: Trial, candidate: Candidate) -> Iterator[RuleLine]:
    """Yield the lines to try for a word of events that are found: with the conditions of the rules that find them."""
    base: dict[str, object] = {"id": "learned", "type": candidate.type, "trigger": [candidate.text], "hits": [EXAMPLE]}
    yield {**base, "states": 1}
    models = {line["id"]: line.get("like") for line in trial.lines}
    ids = {rule.name: models.get(rule.id, rule.id) for rule in trial.knowledge.rules}
    by_people = {raw["id"] for path, _, raw in trial.book.contents() if path.suffix == ".toml"}
    pairs = [pair for number in sorted(candidate.sources) for pair in trial.readings[number].scored.pairs]
    finders = dict.fromkeys(ids.get(event.rule) for gold, event in pairs if gold.type == candidate.type)
    yield from ({**base, "like": name} for name in finders if name in by_people)


def _lists_of(trial: Trial, kind: str) -> list[str]:
    """Name the word lists that the rules of a type need, they or their like being near; the most used first."""
    counts: Counter[str] = Counter()
    for _, _, raw in trial.book.contents():
        if raw["type"] == kind:
            phrases = [phrase for key in ("needs", "before", "after") for phrase in raw.get(key, [])]
            counts.update(name for phrase in phrases for name in re.findall(r"\{(\w+)\}", phrase))
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
