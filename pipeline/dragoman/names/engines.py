"""Engines that tag names: the shipped spaCy model, a Stanza model, any installed spaCy package, or none.

Every engine gets the text and the sentences that matter, and returns entities with our labels and with
spans of whole words. What the gazetteer knows is laid over the result elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from dragoman.errors import EngineError
from dragoman.names.words import Word
from dragoman.records import Entity, Span

NAMED = ("spacy", "stanza", "gazetteer")


class Engine(Protocol):
    """Something that finds names in the given sentences of a text."""

    @property
    def name(self) -> str: ...

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]: ...


class NoModel:
    """The `gazetteer` engine: no model, so nothing is found beyond what the gazetteer knows."""

    name = "gazetteer"

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]:
        return []


def load_engine(name: str, *, language: str, model: Path | None = None, models: Path | None = None) -> Engine:
    """Load an engine for a language.

    `name` is `spacy` (the shipped model), `stanza`, `gazetteer`, or the name or folder of an installed spaCy
    pipeline such as `en_core_web_sm`. `model` names the file or folder of a model elsewhere on disk, `models`
    the folder of knowledge. Raises EngineError, with the command that mends it, when something is not there.
    """
    if name == "gazetteer":
        return NoModel()
    if name == "spacy":
        from dragoman.names.engines_spacy import load_shipped

        return load_shipped(language, folder=model, models=models)
    if name == "stanza":
        from dragoman.names.engines_stanza import load_stanza

        return load_stanza(language, model=model, models=models)
    from dragoman.names.engines_spacy import load_installed

    return load_installed(name, language=language, models=models)


def named_spans(
    text: str, words: Sequence[Word], spans: Iterable[tuple[int, int, str]], **entity: object
) -> list[Entity]:
    """Turn spans of words into entities of whole words, a clitic after an apostrophe included."""
    found = []
    for first, last, label in spans:
        while last < len(words) and words[last].is_clitic and words[last].start == words[last - 1].end:
            last += 1
        start, end = words[first].start, words[last - 1].end
        found.append(Entity(start, end, text[start:end], label, text[start:end], **entity))  # type: ignore[arg-type]
    return found


def unknown_engine(name: str, language: str) -> EngineError:
    """Say that an engine's name means nothing here, and what may be written instead."""
    return EngineError(
        f"names engine {name!r} for {language}: neither one of {', '.join(NAMED)} "
        f"nor an installed spaCy pipeline; "
        f"choose one of these in config.toml, or install the package: pip install {name}"
    )
