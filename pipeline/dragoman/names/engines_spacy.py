"""The spaCy engines: the model shipped in `models/<language>/names`, and any installed spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language

from dragoman.errors import EngineError
from dragoman.names.cards import Card, ordinary_of, read_card, weights_of
from dragoman.names.engines import named_spans, unknown_engine
from dragoman.names.labels import label_table
from dragoman.names.network import empty_pipeline, tagger_of
from dragoman.names.tagging import Tagger
from dragoman.names.words import Word, WordCutter, covering
from dragoman.pack import load_pack, models_folder
from dragoman.records import Entity, Span

BATCH = 128
BATCH_WORDS = 1000


class ShippedModel:
    """A model of our own recipe: it reads our words; an entity's score is its label's measured precision."""

    name = "spacy"

    def __init__(self, tagger: Tagger, cutter: WordCutter, card: Card) -> None:
        self._tagger = tagger
        self._cutter = cutter
        self._scores = card.precisions()

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]:
        """Tag the given sentences, a number of words at a time."""
        found: list[Entity] = []
        for cuts in _batches(text, sentences, self._cutter):
            tagged = self._tagger.names([[word.form for word in words] for words in cuts])
            for words, names in zip(cuts, tagged, strict=True):
                for name in names:
                    score = self._scores.get(name[2], 1.0)
                    found += named_spans(text, words, [name], engine=self.name, score=score)
        return found


def _batches(text: str, sentences: Sequence[Span], cutter: WordCutter) -> Iterator[list[list[Word]]]:
    """Cut the sentences into words and yield several of them at once, so many that large arrays stay small."""
    batch: list[list[Word]] = []
    size = 0
    for sentence in sentences:
        if words := cutter.cut(text, sentence):
            batch.append(words)
            size += len(words)
        if size >= BATCH_WORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@lru_cache(maxsize=16)
def load_shipped(language: str, *, folder: Path | None = None, models: Path | None = None) -> ShippedModel:
    """Load the shipped model of a language, checking its weights against the card."""
    place = folder or (models or models_folder()) / language / "names"
    card = read_card(place)
    if card.language != language:
        raise EngineError(f"{place}: a model for {card.language}, not {language}; name the right folder")
    cutter = WordCutter(load_pack(language, models))
    return ShippedModel(Tagger(read_pipeline(place, card, cutter)), cutter, card)


def read_pipeline(place: Path, card: Card, cutter: WordCutter) -> Language:
    """Read a model of our recipe into the spaCy pipeline it was trained as."""
    nlp = empty_pipeline(card.shape(), cutter, ordinary_of(place, card))
    tagger_of(nlp).from_bytes(weights_of(place, card), exclude=["vocab"])
    return nlp


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
