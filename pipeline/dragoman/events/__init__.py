"""Events: who did what with whom, when, read by rules from the names and dates of a passage."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.assembly import read_events
from dragoman.events.knowledge import load_knowledge
from dragoman.events.passage import Passage
from dragoman.records import Entity, Event, Span, Timex

__all__ = ["find", "load_knowledge"]


def find(
    text: str,
    *,
    language: str,
    sentences: Sequence[Span],
    entities: Sequence[Entity],
    timexes: Sequence[Timex],
    title_states: Sequence[str] = (),
    published: str | None = None,
) -> tuple[Event, ...]:
    """Find the events of a text, given its sentences, names and dates (all sorted, offsets in this text).

    `entities` should be `names.mentions(...)`, so that states inside longer names count; `title_states` are the
    states named in the article's title. Raises PackError or RuleError when the language's rules are wrong.
    """
    knowledge = load_knowledge(language)
    passage = Passage(
        text=text,
        folded=knowledge.pack.fold(text),
        sentences=tuple(sentences),
        entities=tuple(entities),
        timexes=tuple(timexes),
        title_states=tuple(title_states),
        published=published,
    )
    return read_events(passage, knowledge)
