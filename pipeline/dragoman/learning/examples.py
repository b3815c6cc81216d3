"""Examples for a learned line, out of the user's own articles: what it must hit, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.config import LanguageSettings, Settings
from dragoman.events.assembly import read_events
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.patterns import Expression
from dragoman.learning.gold import Annotated, GoldEvent
from dragoman.learning.passages import Prepared, passage_of_article
from dragoman.learning.trials import Reading
from dragoman.records import Event

MOST = 3
BACK = 2
"""So many sentences before may belong to an example that cannot be understood alone."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of an article that serves as example, under a title if it needs one."""

    text: str
    title: str | None

    def passage(self, language: str) -> Passage:
        """Read the names and dates that the text itself gives, as the tests of examples do."""
        settings = Settings(languages={language: LanguageSettings(names="gazetteer")})
        return passage_of_article(Annotated("", language, self.text, self.title, None, ()), self.title, settings)

    def read(self, knowledge: Knowledge) -> Sequence[Event]:
        """Read its events."""
        return read_events(self.passage(knowledge.pack.language), knowledge)

    def as_hit(self, slots: Mapping[str, Any]) -> dict[str, Any]:
        return {"text": self.text, **({"title": self.title} if self.title else {}), **slots}


def hits_of(
    gained: Sequence[tuple[Prepared, GoldEvent]], knowledge: Knowledge, *, rule: str | None
) -> list[dict[str, Any]]:
    """Make examples of events that a rule finds (any, for None), the shortest that can stand alone; at most three."""
    hits: list[dict[str, Any]] = []
    for one, gold in gained:
        for snippet in _snippets(one, gold.start):
            found = (event for event in snippet.read(knowledge) if event.type == gold.type)
            event = next((event for event in found if event.rule.endswith(rule or "")), None)
            if event is not None:
                hit = snippet.as_hit(_slots(gold, event))
                if hit not in hits:
                    hits.append(hit)
                break
        if len(hits) == MOST:
            break
    return hits


def misses_of(removed: Sequence[tuple[Prepared, Event]], knowledge: Knowledge, *, rule: str) -> list[str]:
    """List sentences on which a rule no longer fires; at most three."""
    found: list[str] = []
    for one, event in removed:
        snippet = next(_snippets(one, event.start), None)
        if snippet and snippet.text not in found and not any(e.rule == rule for e in snippet.read(knowledge)):
            found.append(snippet.text)
    return found[:MOST]


def _snippets(one: Prepared, start: int) -> Iterator[Snippet]:
    passage = one.passage
    index = passage.sentence_at(start)
    if index is None:
        return
    end = passage.sentences[index].end
    for title in (None, one.document.title):
        for first in range(index, max(-1, index - BACK - 1), -1):
            text = one.document.text[passage.sentences[first].start : end].strip()
            yield Snippet(" ".join(text.split()) if first < index else text, title)


def _slots(gold: GoldEvent, event: Event) -> dict[str, Any]:
    """Keep the slots in which the example alone gives what was annotated."""
    slots: dict[str, Any] = {}
    if event.date == gold.date and gold.date:
        slots["date"] = gold.date
    if sorted(event.participants) == sorted(gold.participants):
        slots["participants"] = sorted(gold.participants)
    for key in ("modality", "polarity"):
        if getattr(event, key) == getattr(gold, key) and getattr(gold, key) not in ("actual", "positive"):
            slots[key] = getattr(gold, key)
    return slots


def gained_events(one: Prepared, before: Reading, after: Reading) -> list[tuple[Prepared, GoldEvent]]:
    """List the annotated events of an article that are found now and were not before."""
    found = {id(gold) for gold, _ in after.scored.pairs}
    return [(one, gold) for gold in before.scored.missed if id(gold) in found]


def known_events(one: Prepared, reading: Reading, phrases: Expression, kind: str) -> list[tuple[Prepared, GoldEvent]]:
    """List the annotated events of a type that are found, and whose own words are among some phrases."""
    folded = one.passage.folded
    return [
        (one, gold)
        for gold, _ in reading.scored.pairs
        if gold.type == kind and (match := phrases.search(folded, gold.start)) and match.start() < gold.end
    ]


def removed_events(one: Prepared, before: Reading, after: Reading) -> list[tuple[Prepared, Event]]:
    """List the wrong rows of an article that are gone."""
    kept = {(event.type, event.start, event.date) for event in after.events}
    return [(one, event) for event in before.scored.extra if (event.type, event.start, event.date) not in kept]
