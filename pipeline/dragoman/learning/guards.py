"""What people wrote as examples of their rules: no learned line may break them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.patterns import compile_any
from dragoman.folding import composed
from dragoman.learning.examples import Snippet
from dragoman.learning.rulebook import Rulebook, RuleLine
from dragoman.learning.trials import Trial
from dragoman.records import Event

Found = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Guard:
    """One example: its text as a passage, the type it is about, and whether that type must be found in it."""

    passage: Passage
    type: str
    hit: bool
    before: Found


class Guards:
    """The examples of all rules in use, read once."""

    def __init__(self, book: Rulebook) -> None:
        knowledge = book.knowledge()
        self.guards = [
            Guard(passage, raw["type"], hit, _of_type(raw["type"], read_events(passage, knowledge)))
            for _, _, raw in book.contents()
            for passage, hit in _passages(raw, knowledge)
        ]

    def broken_by(self, trial: Trial, line: RuleLine) -> str | None:
        """Say which example a line would break, None if it breaks none."""
        regex = compile_any([composed(phrase) for phrase in line.get("trigger", [])], trial.knowledge.vocabulary)
        for guard in self.guards:
            if regex is not None and not regex.search(guard.passage.folded):
                continue
            now = _of_type(guard.type, trial.told(guard.passage, line))
            if guard.hit and not _told(guard.before) <= _told(now):
                return f"an example of a rule would no longer give {guard.type}: {guard.passage.text!r}"
            if not guard.hit and now - guard.before:
                return f"{guard.type} would be found where a rule says that there is none: {guard.passage.text!r}"
        return None


def _told(found: Found) -> set[tuple[object, ...]]:
    """Leave out the places: as in the tests of rules, other words of a hit may tell it."""
    return {one[1:] for one in found}


def _passages(raw: Mapping[str, Any], knowledge: Knowledge) -> list[tuple[Passage, bool]]:
    hits = [Snippet(hit["text"], hit.get("title")) for hit in raw["hits"]]
    misses = [Snippet(text, None) for text in raw.get("misses", [])]
    return [
        *((snippet.passage(knowledge.pack.language), True) for snippet in hits),
        *((snippet.passage(knowledge.pack.language), False) for snippet in misses),
    ]


def _of_type(kind: str, events: Iterable[Event]) -> Found:
    return frozenset((one.start, one.type, one.date, one.participants) for one in events if one.type == kind)
