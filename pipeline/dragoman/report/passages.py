"""What of an article a report shows: all of it, or the sentences that tell events with some words around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.cells import harmless
from dragoman.listing import Row

LONGEST_ARTICLE = 60_000
"""Code points; of a longer article only the passages around its events are shown."""

LONGEST_SENTENCE = 2_000
"""Code points; a longer sentence is cut around the event's trigger."""

AROUND = 240
"""Code points shown before and after a sentence where the article is cut."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article that begins at the code point `start`."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def of_text(text: str, events: Sequence[Row]) -> tuple[Passage, ...]:
    """Return the whole article, or the passages around its events where it is too long."""
    if len(text) <= LONGEST_ARTICLE:
        return (Passage(0, harmless(text)),)
    wanted = ((max(0, start - AROUND), min(len(text), end + AROUND)) for start, end in map(_extent, events))
    return tuple(Passage(start, harmless(text[start:end])) for start, end in _joined(wanted))


def of_events(events: Sequence[Row]) -> tuple[Passage, ...]:
    """Return the sentences that the events themselves carry, for an article that is not at hand."""
    passages: list[Passage] = []
    for event in sorted(events, key=lambda event: int(event["sentence_start"])):
        start, end = _extent(event)
        origin = int(event["sentence_start"])
        text = str(event["evidence"])[start - origin : end - origin]
        if passages and start < passages[-1].end:
            passages[-1] = _merged(passages[-1], Passage(start, text))
        else:
            passages.append(Passage(start, text))
    return tuple(passages)


def _merged(one: Passage, other: Passage) -> Passage:
    return one if other.end <= one.end else Passage(one.start, one.text + other.text[one.end - other.start :])


def _extent(event: Row) -> tuple[int, int]:
    """Return where the sentence stands, cut around the trigger where it is too long."""
    start, end = int(event["sentence_start"]), int(event["sentence_end"])
    if end - start <= LONGEST_SENTENCE:
        return start, end
    begin = max(start, int(event["start"]) - LONGEST_SENTENCE // 2)
    return begin, min(end, begin + LONGEST_SENTENCE)


def _joined(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
