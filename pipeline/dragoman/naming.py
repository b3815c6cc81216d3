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
from dragoman.names.merging import merge
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
    within: Sequence[Span] | None = None,
    everywhere: bool = False,
) -> Names:
    """Find the names of a text; where `within` is given, outside it only what tells of states and of persons.

    The engine reads the given sentences, all of them when `everywhere`, else those in which a state is named.
    """
    spans = tuple(within) if within is not None else None
    known = read_names(text, language=language, published=published, within=spans)
    if settings.names == "gazetteer":
        return known
    chosen = sentences if everywhere else holding(sentences, known.mentions)
    if not chosen:
        return known
    found = engine_of(language, settings).find(text, chosen)
    return Names(merge(known.entities, found, text, language=language), known.mentions)


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
