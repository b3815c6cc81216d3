"""Score events against annotated articles: is the type right, its date, its sides, all of it?

A found event may stand for an annotated one of the same type if their triggers overlap or stand in one sentence;
the pairs that agree in most slots are taken first. Soft types and optional events count neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Self

from dragoman.dates import edtf
from dragoman.learning.gold import Annotated, GoldDate, GoldEvent
from dragoman.ontology import load_ontology
from dragoman.records import Entity, Event, Timex

FIGURES = ("type", "dated", "who", "full")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were annotated and found; further fields count how many of these agree in something."""

    gold: int = 0
    found: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, key.name) + getattr(other, key.name) for key in fields(self)))

    def __sub__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, key.name) - getattr(other, key.name) for key in fields(self)))

    def precision(self, figure: str) -> float:
        return getattr(self, figure) / self.found if self.found else 0.0

    def recall(self, figure: str) -> float:
        return getattr(self, figure) / self.gold if self.gold else 0.0

    def f1(self, figure: str) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        whole = self.gold + self.found
        return 2 * getattr(self, figure) / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Counts(Tally):
    """Events: how many agree in type; in type and date; in type and sides; in all of this, modality and polarity.

    `acting` counts those whose acting side somebody annotated and is found.
    """

    type: int = 0
    dated: int = 0
    who: int = 0
    full: int = 0
    acting: int = 0


@dataclass(frozen=True, slots=True)
class DateCounts(Tally):
    """Dates: how many overlap an annotated one; have its start and end; overlap it and have its value."""

    span: int = 0
    strict: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True)
class NameCounts(Tally):
    """Names of persons, organisations and places: how many have start, end and class; overlap, in the same class."""

    exact: int = 0
    overlap: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """One article: its counts, the annotated events that were missed, the found ones that are wrong or right.

    `pairs` holds each annotated event that counts with the found one that stands for it.
    """

    counts: Counts
    missed: tuple[GoldEvent, ...] = ()
    extra: tuple[Event, ...] = ()
    pairs: tuple[tuple[GoldEvent, Event], ...] = ()
    by_type: Mapping[str, Counts] = field(default_factory=dict)


def total(scored: Iterable[Scored]) -> Counts:
    """Add up the counts of several articles."""
    counts = Counts()
    for one in scored:
        counts = counts + one.counts
    return counts


def agreement(gold: GoldEvent, found: Event) -> tuple[bool, bool, bool]:
    """Say whether date, sides, and modality with polarity agree."""
    return (
        _day(gold.date) == _day(found.date),
        sorted(gold.participants) == sorted(found.participants),
        (gold.modality, gold.polarity) == (found.modality, found.polarity),
    )


def _day(value: str | None) -> str:
    """Take marks of doubt off a date, and write an interval of one day as that day."""
    first, slash, last = edtf.plain(value or "").replace(" ", "").partition("/")
    return first if slash and first == last else first + slash + last


def score(document: Annotated, events: Sequence[Event]) -> Scored:
    """Score the events that were found in one article."""
    mates = _mates(document.events, events)
    taken = set(mates.values())
    pairs = [(document.events[g], events[f]) for g, f in sorted(mates.items()) if _counts(document.events[g])]
    missed = [event for g, event in enumerate(document.events) if g not in mates and _counts(event)]
    extra = [event for f, event in enumerate(events) if f not in taken and _is_extra(event, document)]
    by_type: dict[str, Counts] = {}
    for gold, found in pairs:
        date, sides, so = agreement(gold, found)
        acting = bool(gold.source) and sorted(gold.source) == sorted(found.source)
        one = Counts(1, 1, 1, int(date), int(sides), int(date and sides and so), int(acting))
        by_type[gold.type] = by_type.get(gold.type, Counts()) + one
    for gold in missed:
        by_type[gold.type] = by_type.get(gold.type, Counts()) + Counts(gold=1)
    for event in extra:
        by_type[event.type] = by_type.get(event.type, Counts()) + Counts(found=1)
    counts = Counts()
    for one in by_type.values():
        counts = counts + one
    return Scored(counts, tuple(missed), tuple(extra), tuple(pairs), by_type)


def _counts(event: GoldEvent) -> bool:
    return not event.optional and not _is_soft(event.type)


def _is_soft(name: str) -> bool:
    known = load_ontology().get(name)
    return known is not None and known.soft


def _mates(gold: Sequence[GoldEvent], events: Sequence[Event]) -> dict[int, int]:
    """Pair annotated and found events, most agreeing first."""
    ranked: list[tuple[int, int, int]] = []
    for g, one in enumerate(gold):
        for f, event in enumerate(events):
            over = event.start < one.end and event.end > one.start
            if one.type == event.type and (over or event.sentence_start <= one.start < event.sentence_end):
                ranked.append((-3 * sum(agreement(one, event)) - 2 * over, g, f))
    mates: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, f in sorted(ranked):
        if g not in mates and f not in taken:
            mates[g] = f
            taken.add(f)
    return mates


def _is_extra(event: Event, document: Annotated) -> bool:
    if _is_soft(event.type):
        return False
    if any(gold.optional and gold.start < event.end and gold.end > event.start for gold in document.events):
        return False
    return document.complete or any(
        kind == event.type and start < event.end and end > event.start for kind, start, end in document.wrong
    )


CLASSES = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
"""The labels of names that are scored, each with the class it counts as."""


def score_dates(document: Annotated, timexes: Sequence[Timex]) -> DateCounts | None:
    """Score the dates that were found in one article, None where it has no annotated ones."""
    if document.dates is None:
        return None
    used: set[int] = set()
    gold = [date for date in document.dates if not date.optional]
    agreeing = {"span": 0, "strict": 0, "value": 0}
    for date in gold:
        near = [n for n, t in enumerate(timexes) if n not in used and t.start < date.end and t.end > date.start]
        if near:
            best = max(near, key=lambda n: (*_agree(date, timexes[n]), -n))
            used.add(best)
            value, strict, _ = _agree(date, timexes[best])
            agreeing["span"] += 1
            agreeing["strict"] += strict
            agreeing["value"] += value
    free = [date for date in document.dates if date.optional]
    extra = [
        timex
        for n, timex in enumerate(timexes)
        if n not in used and not any(timex.start < date.end and timex.end > date.start for date in free)
    ]
    return DateCounts(len(gold), len(used) + len(extra), **agreeing)


def _agree(date: GoldDate, timex: Timex) -> tuple[bool, bool, int]:
    """Say whether a found date has the value of an annotated one and its place, and by how much they overlap."""
    same = (date.start, date.end) == (timex.start, timex.end)
    return _day(date.edtf) == _day(timex.edtf), same, min(timex.end, date.end) - max(timex.start, date.start)


def score_names(document: Annotated, entities: Sequence[Entity]) -> NameCounts | None:
    """Score the names that were found in one article, None where it has no annotated ones."""
    if document.names is None:
        return None
    gold = [(start, end, CLASSES[label]) for start, end, label in document.names if label in CLASSES]
    found = [(name.start, name.end, CLASSES[name.label]) for name in entities if name.label in CLASSES]
    used: set[int] = set()
    for start, end, kind in gold:
        near = (n for n, (a, b, k) in enumerate(found) if n not in used and k == kind and a < end and b > start)
        if (mate := next(near, None)) is not None:
            used.add(mate)
    return NameCounts(len(gold), len(found), len(set(gold) & set(found)), len(used))
