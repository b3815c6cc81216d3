"""Try rules out: what a line of the learner would add, change and remove in the annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.triggers import Trigger, find_triggers, sight
from dragoman.learning.passages import Prepared
from dragoman.learning.rulebook import Rulebook, RuleLine
from dragoman.learning.scoring import Counts, Scored, score
from dragoman.records import Event


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as some rules read it."""

    events: tuple[Event, ...]
    scored: Scored
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a line does to the places where rules hold: one rule holds no longer, another does."""

    gone: str | None
    come: Knowledge | None

    def applied(self, sighted: Sequence[Trigger], passage: Passage) -> list[Trigger]:
        """Return where rules hold in a passage after the change."""
        kept = [trigger for trigger in sighted if trigger.rule.id != self.gone] if self.gone else list(sighted)
        return kept + sight(passage, self.come) if self.come else kept


def _alike(some: Sequence[Trigger], others: Sequence[Trigger]) -> bool:
    """Tell whether triggers give the same events, by whichever rules."""
    return [_content(one) for one in some] == [_content(one) for one in others]


def _content(trigger: Trigger) -> tuple[object, ...]:
    rule = trigger.rule
    role = (rule.type, rule.subtype, rule.states, rule.roles, rule.fixed, rule.instrument, rule.confidence)
    return (trigger.start, trigger.end, *role)


class Trial:
    """The annotated articles under the rules accepted so far."""

    def __init__(self, book: Rulebook, prepared: Sequence[Prepared], lines: Sequence[RuleLine] = ()) -> None:
        self.book = book
        self.prepared = prepared
        self.lines = list(lines)
        """The lines accepted so far."""
        self.knowledge = book.knowledge(self.lines)
        self.sighted = [sight(one.passage, self.knowledge) for one in prepared]
        """Where rules hold in each article, overlapping ones too."""
        self.readings = {number: self._read(number, self._triggers(number)) for number in range(len(prepared))}
        self.named: set[tuple[str, int]] = set()
        """Events that an accepted line names by forms of words, as (shape of its phrase, id)."""
        self.stamps = [0] * len(prepared)
        """How often the reading of each article has changed."""

    def _triggers(self, number: int, change: Change | None = None) -> list[Trigger]:
        sighted = self.sighted[number]
        passage = self.prepared[number].passage
        if change is not None:
            sighted = change.applied(sighted, passage)
        return find_triggers(passage, self.knowledge, sighted=sighted)

    def _read(self, number: int, triggers: Sequence[Trigger], knowledge: Knowledge | None = None) -> Reading:
        one = self.prepared[number]
        events = read_events(one.passage, knowledge or self.knowledge, sighted=triggers)
        return Reading(events, score(one.document, events), tuple(triggers))

    @property
    def counts(self) -> Counts:
        counts = Counts()
        for reading in self.readings.values():
            counts = counts + reading.scored.counts
        return counts

    def tried(self, line: RuleLine, numbers: Iterable[int]) -> Iterator[tuple[int, Reading]]:
        """Read the given articles with one more line, one by one; only those whose events differ are yielded.

        That another rule tells the same of the same words makes no difference.
        """
        change, knowledge = self._change(line), self._preferring(line)
        for number in numbers:
            before, triggers = self.readings[number], self._triggers(number, change)
            if knowledge is not self.knowledge or not _alike(triggers, before.triggers):
                reading = self._read(number, triggers, knowledge)
                if reading.events != before.events:
                    yield number, reading

    def told(self, passage: Passage, line: RuleLine) -> tuple[Event, ...]:
        """Read another text with one more line."""
        sighted = self._change(line).applied(sight(passage, self.knowledge), passage)
        return read_events(passage, self._preferring(line), sighted=sighted)

    def _preferring(self, line: RuleLine) -> Knowledge:
        if "prefers" not in line:
            return self.knowledge
        return replace(self.knowledge, preferences=self.book.preferences([*self.lines, line]))

    def _change(self, line: RuleLine) -> Change:
        rule = self.book.rule(line, self.lines)
        return Change(line.get("amends") or line.get("retires"), self.book.only(rule) if rule else None)

    def effect(self, number: int, reading: Reading) -> Counts:
        """Return by how much the counts of one article differ in another reading."""
        return reading.scored.counts - self.readings[number].scored.counts

    def accept(self, line: RuleLine, changed: Mapping[int, Reading]) -> None:
        """Keep a line; `changed` is what `tried` gave for all articles."""
        change = self._change(line)
        self.sighted = [
            change.applied(sighted, one.passage) for sighted, one in zip(self.sighted, self.prepared, strict=True)
        ]
        self.lines.append(line)
        self.knowledge = self.book.knowledge(self.lines)
        for number, before in self.readings.items():
            triggers = self._triggers(number)
            if number in changed:
                self.readings[number] = changed[number]
                self.stamps[number] += 1
            elif tuple(triggers) != before.triggers:
                self.readings[number] = self._read(number, triggers)
