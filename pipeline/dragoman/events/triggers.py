"""Triggers: which words of a passage name a happening, by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.rules import Rule
from dragoman.records import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """A place in the text where a rule holds."""

    rule: Rule
    start: int
    end: int
    sentence: int


NAME_REACH = 60
"""So long a name of a person may be, in characters."""
HEADING_LENGTH = 60
HEADING_WORDS = 3
Refusal = Callable[[Rule, int, int, str], None]


def find_triggers(
    passage: Passage, knowledge: Knowledge, *, sighted: Sequence[Trigger] | None = None, refuse: Refusal | None = None
) -> list[Trigger]:
    """Find the triggers of a passage in text order; no two of them overlap.

    `sighted` are its triggers so far as they are known without names and dates. `refuse` is told of each place where
    a trigger stood but a condition failed, for `dragoman explain`.
    """

    def idle(start: int, sentence: int) -> bool:
        return _in_name(start, passage) or _is_bare_heading(passage.sentences[sentence], passage)

    def tell(rule: Rule, start: int, end: int, reason: str) -> None:
        sentence = passage.sentence_at(start)
        if refuse and sentence is not None and not idle(start, sentence):
            refuse(rule, start, end, reason)

    if sighted is None:
        sighted = sight(passage, knowledge, refuse=tell if refuse else None)
    return _without_overlap([trigger for trigger in sighted if not idle(trigger.start, trigger.sentence)])


def sight(passage: Passage, knowledge: Knowledge, *, refuse: Refusal | None = None) -> list[Trigger]:
    """Find where rules hold, overlapping ones too, so far as the words tell: names and dates are not looked at."""
    restrained: dict[int, bool] = {}
    found: list[Trigger] = []
    for rule, start, end, number in _places(passage, knowledge):
        sentence = passage.sentences[number]
        if not _holds(rule, start, end, sentence, passage, knowledge, refuse):
            continue
        if number not in restrained:
            restrained[number] = bool(knowledge.restraint.spans(passage.folded, sentence.start, sentence.end))
        if not restrained[number]:
            found.append(Trigger(rule, start, end, number))
        elif refuse:
            refuse(rule, start, end, "restraint: the sentence tells of something else")
    return found


def _places(passage: Passage, knowledge: Knowledge) -> Iterator[tuple[Rule, int, int, int]]:
    if not len(knowledge.automaton):
        return
    folded, sentences, sentence_at = passage.folded, passage.sentences, passage.sentence_at
    for last, (length, owners) in knowledge.automaton.iter(folded):
        start = last - length + 1
        if start and folded[start - 1].isalnum():
            continue
        number = sentence_at(start)
        if number is None:
            continue
        for rule, expression in owners:
            match = expression.match(folded, start)
            if match and match.end() <= sentences[number].end:
                yield rule, start, match.end(), number


def _holds(
    rule: Rule,
    start: int,
    end: int,
    sentence: Span,
    passage: Passage,
    knowledge: Knowledge,
    refuse: Refusal | None,
) -> bool:
    for key, regex in rule.conditions.items():
        if regex is None:
            continue
        found = None
        if not passage.lacks(regex, sentence):
            region = _region(key, rule.window or knowledge.window, start, end, sentence, passage)
            found = passage.search(regex, *region, sentence)
        if (found is None) != key.startswith("unless"):
            if refuse:
                refuse(rule, start, end, f"{key} {list(rule.sources[key])}")
            return False
    return True


def _region(
    condition: str, window: tuple[int, int], start: int, end: int, sentence: Span, passage: Passage
) -> tuple[int, int]:
    """Return where a condition is looked for around a trigger: before it, after it, or on both sides."""
    before, after = window
    if condition.endswith("before"):
        return passage.words_before(start, before, floor=sentence.start), start
    if condition.endswith("after"):
        return end, passage.words_after(end, after, ceiling=sentence.end)
    low = passage.words_before(start, before, floor=sentence.start)
    return low, passage.words_after(end, after, ceiling=sentence.end)


def _in_name(start: int, passage: Passage) -> bool:
    """Tell whether a word is part of a person's name."""
    near = passage.entities_in(Span(max(0, start - NAME_REACH), start + 1))
    return any(name.label == "PER" and name.start <= start < name.end for name in near)


def _is_bare_heading(sentence: Span, passage: Passage) -> bool:
    """Tell whether a sentence is a heading of a word or two, without a date or a state."""
    if not is_short(sentence, passage.folded):
        return False
    return not passage.timexes_in(sentence) and not passage.mentions_in(sentence)


def is_short(sentence: Span, folded: str) -> bool:
    """Tell whether a sentence has so few words that it may be a bare heading."""
    if sentence.end - sentence.start > HEADING_LENGTH:
        return False
    return len(folded[sentence.start : sentence.end].split()) <= HEADING_WORDS


def _without_overlap(candidates: list[Trigger]) -> list[Trigger]:
    """Keep, of triggers that overlap, the one of the rule that says most."""

    def rank(trigger: Trigger) -> tuple[int, int, int, int, str]:
        conditions = sum(regex is not None for regex in trigger.rule.conditions.values())
        return (
            -trigger.rule.priority,
            -conditions,
            -(trigger.end - trigger.start),
            trigger.start,
            trigger.rule.id,
        )

    taken: list[Trigger] = []
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in sorted(candidates, key=rank):
        rivals = by_sentence.setdefault(trigger.sentence, [])
        if all(trigger.end <= rival.start or rival.end <= trigger.start for rival in rivals):
            rivals.append(trigger)
            taken.append(trigger)
    return sorted(taken, key=lambda trigger: trigger.start)
