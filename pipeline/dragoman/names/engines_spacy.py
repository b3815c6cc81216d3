"""The spaCy engines: the model shipped in `models/<language>/names`, and any installed spaCy pipeline."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language

from dragoman.errors import EngineError
from dragoman.names.cards import Card, ordinary_of, read_card, weights_of
from dragoman.names.engines import named_spans, unknown_engine
from dragoman.names.labels import label_table
from dragoman.names.network import doc_of, empty_pipeline, tagger_of
from dragoman.names.products import quicken
from dragoman.names.words import WordCutter, covering
from dragoman.pack import load_pack, models_folder
from dragoman.records import Entity, Span

BATCH = 128


class ShippedModel:
    """A model of our own recipe: it reads our words; an entity's score is its label's measured precision."""

    name = "spacy"

    def __init__(self, nlp: Language, cutter: WordCutter, card: Card) -> None:
        self._nlp = nlp
        self._cutter = cutter
        self._scores = card.precisions()

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]:
        """Tag the given sentences in batches; what the vocabulary learns of them is forgotten afterwards."""
        cuts = [words for sentence in sentences if (words := self._cutter.cut(text, sentence))]
        found: list[Entity] = []
        with self._nlp.memory_zone():
            docs = [doc_of(self._nlp, words) for words in cuts]
            for words, doc in zip(cuts, tagger_of(self._nlp).pipe(docs, batch_size=BATCH), strict=True):
                for span in doc.ents:
                    score = self._scores.get(span.label_, 1.0)
                    names = [(span.start, span.end, span.label_)]
                    found += named_spans(text, words, names, engine=self.name, score=score)
        return found


@lru_cache(maxsize=16)
def load_shipped(language: str, *, folder: Path | None = None, models: Path | None = None) -> ShippedModel:
    """Load the shipped model of a language, checking its weights against the card."""
    place = folder or (models or models_folder()) / language / "names"
    card = read_card(place)
    if card.language != language:
        raise EngineError(f"{place}: a model for {card.language}, not {language}; name the right folder")
    cutter = WordCutter(load_pack(language, models))
    nlp = empty_pipeline(card.shape(), cutter, ordinary_of(place, card))
    tagger = tagger_of(nlp)
    tagger.from_bytes(weights_of(place, card), exclude=["vocab"])
    quicken(tagger.model, os.environ)
    return ShippedModel(nlp, cutter, card)


class InstalledPipeline:
    """Any spaCy pipeline with a names component; labels go through `[models]` of labels.toml."""

    def __init__(self, name: str, nlp: Language, cutter: WordCutter, table: Mapping[str, str | None]) -> None:
        self.name = name
        self._nlp = nlp
        self._cutter = cutter
        self._table = table

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]:
        """Tag the given sentences; the pipeline's tokens are its own, the spans are widened to our words."""
        found: list[Entity] = []
        given = [sentence for sentence in sentences if sentence.of(text).strip()]
        with self._nlp.memory_zone():
            docs = self._nlp.pipe((sentence.of(text) for sentence in given), batch_size=BATCH)
            for sentence, doc in zip(given, docs, strict=True):
                words = self._cutter.cut(text, sentence)
                names = []
                for span in doc.ents:
                    label = self._table.get(span.label_)
                    touched = covering(
                        words, sentence.start + span.start_char, sentence.start + span.end_char
                    )
                    if label and touched:
                        names.append((*touched, label))
                found += named_spans(text, words, names, engine=self.name)
        return found


@lru_cache(maxsize=16)
def load_installed(name: str, *, language: str, models: Path | None = None) -> InstalledPipeline:
    """Load an installed spaCy package, or a folder it was written to, without what names do not need."""
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError:
        raise unknown_engine(name, language) from None
    if not any(pipe in nlp.pipe_names for pipe in ("ner", "entity_ruler", "span_ruler")):
        raise EngineError(
            f"spaCy pipeline {name}: no component that finds names in {nlp.pipe_names}; name another"
        )
    for pipe in _needless(nlp):
        nlp.disable_pipe(pipe)
    return InstalledPipeline(
        name, nlp, WordCutter(load_pack(language, models)), label_table("models", models=models)
    )


def _needless(nlp: Any) -> list[str]:
    """List the components after which no name changes: taggers, parsers, lemmatizers and their like."""
    needed = {
        "ner",
        "beam_ner",
        "entity_ruler",
        "span_ruler",
        "tok2vec",
        "transformer",
        "curated_transformer",
    }
    return [pipe for pipe, factory in nlp.pipe_factories.items() if factory not in needed]
