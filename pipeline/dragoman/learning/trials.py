"""Try rules out: what a line of the learner would add, change and remove in the annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge
from dragoman.learning.passages import Prepared
from dragoman.learning.rulebook import Rulebook, RuleLine
from dragoman.learning.scoring import Counts, Scored, score
from dragoman.records import Event


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as some rules read it."""

    events: tuple[Event, ...]
    scored: Scored


class Trial:
    """The annotated articles under the rules accepted so far."""

    def __init__(self, book: Rulebook, prepared: Sequence[Prepared], lines: Sequence[RuleLine] = ()) -> None:
        self.book = book
        self.prepared = prepared
        self.lines = list(lines)
        """The lines accepted so far."""
        self.knowledge = book.knowledge(self.lines)
        self.readings = {number: self._read(number, self.knowledge) for number in range(len(prepared))}
        self.stamps = [0] * len(prepared)
        """How often the reading of each article has changed."""

    def _read(self, number: int, knowledge: Knowledge) -> Reading:
        one = self.prepared[number]
        events = read_events(one.passage, knowledge)
        return Reading(events, score(one.document, events))

    @property
    def counts(self) -> Counts:
        counts = Counts()
        for reading in self.readings.values():
            counts = counts + reading.scored.counts
        return counts

    def tried(self, line: RuleLine, numbers: Iterable[int]) -> Iterator[tuple[int, Reading]]:
        """Read the given articles with one more line, one by one; only those whose events differ are yielded."""
        knowledge = self.book.knowledge([*self.lines, line])
        for number in numbers:
            reading = self._read(number, knowledge)
            if reading.events != self.readings[number].events:
                yield number, reading

    def effect(self, number: int, reading: Reading) -> Counts:
        """Return by how much the counts of one article differ in another reading."""
        return reading.scored.counts - self.readings[number].scored.counts

    def accept(self, line: RuleLine, changed: Mapping[int, Reading]) -> None:
        """Keep a line; `changed` is what `tried` gave for all articles."""
        self.lines.append(line)
        self.knowledge = self.book.knowledge(self.lines)
        self.readings.update(changed)
        for number in changed:
            self.stamps[number] += 1
