"""Names by the engine that the settings choose, with the gazetteer laid over it.

The gazetteer scans everything; a trained engine is costly, so it reads only the sentences that matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from dragoman.config import LanguageSettings
from dragoman.names import Names, read_names
from dragoman.names.engines import Engine, load_engine
from dragoman.records import Entity, Span


@lru_cache(maxsize=16)
def engine_of(language: str, settings: LanguageSettings) -> Engine:
    """Load the engine of a language once; raises EngineError when it or its model is missing."""
    model = Path(settings.names_model) if settings.names_model else None
    return load_engine(settings.names, language=language, model=model)


def names_of(
    text: str,
    *,
    language: str,
    settings: LanguageSettings,
    sentences: Sequence[Span],
    published: str | None = None,
    everywhere: bool = False,
) -> Names:
    """Find the names of a text; `everywhere` sends all sentences to the engine, else those with a state."""
    known = read_names(text, language=language, published=published)
    if settings.names == "gazetteer":
        return known
    chosen = sentences if everywhere else holding(sentences, known.mentions)
    found = engine_of(language, settings).find(text, chosen) if chosen else []
    return Names(laid_over(known.entities, found), known.mentions)


def holding(spans: Sequence[Span], entities: Iterable[Entity]) -> list[Span]:
    """Return the spans in which an entity begins; both are in the order of the text."""
    kept: list[Span] = []
    starts = iter(sorted(entity.start for entity in entities))
    start = next(starts, None)
    for span in spans:
        while start is not None and start < span.start:
            start = next(starts, None)
        if start is not None and start < span.end:
            kept.append(span)
    return kept


def laid_over(known: Iterable[Entity], found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep what the gazetteer knows and add what the engine found beside it.

    A person's or organisation's name that the engine sees longer than the gazetteer takes its place.
    """
    kept = sorted(known, key=lambda entity: entity.start)
    added: list[Entity] = []
    position = 0
    for entity in sorted(found, key=lambda entity: entity.start):
        while position < len(kept) and kept[position].end <= entity.start:
            position += 1
        touched = [other for other in kept[position : position + 8] if other.start < entity.end]
        if not touched:
            added.append(entity)
        elif len(touched) == 1 and _longer(entity, touched[0]):
            kept.remove(touched[0])
            added.append(entity)
    return tuple(sorted([*kept, *added], key=lambda entity: (entity.start, entity.end)))


def _longer(found: Entity, known: Entity) -> bool:
    """Tell whether the engine's span holds a gazetteer's of its label that bears no state or code."""
    plain = known.country is None and known.code is None
    return plain and found.label == known.label and found.start <= known.start and known.end < found.end
