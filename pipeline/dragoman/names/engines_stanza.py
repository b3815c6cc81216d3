"""The Stanza engine: a model on disk, never fetched; our words and sentences go in pretokenized.

A model of our recipe is one file `<name>.pt`. An official one lies in Stanza's own folder of resources.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.errors import EngineError
from dragoman.names.engines import named_spans
from dragoman.names.labels import label_table
from dragoman.names.words import Word, WordCutter
from dragoman.pack import load_pack, models_folder
from dragoman.records import Entity, Span

INSTALL = "pip install 'dragoman[stanza]'"


class StanzaModel:
    """Any Stanza names model; labels go through `[models]` of labels.toml."""

    name = "stanza"

    def __init__(self, pipeline: Any, cutter: WordCutter, table: Mapping[str, str | None]) -> None:
        self._pipeline = pipeline
        self._cutter = cutter
        self._table = table

    def find(self, text: str, sentences: Sequence[Span]) -> list[Entity]:
        """Tag the given sentences in one batch; Stanza tokenizes nothing."""
        cuts = [words for sentence in sentences if (words := self._cutter.cut(text, sentence))]
        if not cuts:
            return []
        doc = self._pipeline([[word.form for word in words] for words in cuts])
        found: list[Entity] = []
        for words, sentence in zip(cuts, doc.sentences, strict=True):
            found += self._entities(text, words, [token.ner for token in sentence.tokens])
        return found

    def _entities(self, text: str, words: Sequence[Word], tags: Sequence[str]) -> list[Entity]:
        names = []
        for first, last, theirs in spans_of_tags(tags):
            label = self._table.get(theirs)
            if label:
                names.append((first, last, label))
        return named_spans(text, words, names, engine=self.name)


def spans_of_tags(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Read BIO or BIOES tags as spans of words: first, past the last, label."""
    first, label = 0, None
    for index, tag in enumerate([*tags, "O"]):
        mark, _, now = tag.partition("-")
        if label is not None and (mark in "OBS" or now != label):
            yield first, index, label
            label = None
        if mark != "O" and label is None:
            first, label = index, now


@lru_cache(maxsize=8)
def load_stanza(language: str, *, model: Path | None = None, models: Path | None = None) -> StanzaModel:
    """Load a Stanza model from `model` (a .pt file, its folder, or a folder of resources) or from `models/`.

    Raises EngineError when torch, Stanza or the model is missing.
    """
    stanza = _stanza()
    place = model or (models or models_folder()) / language / "names-stanza"
    if (place / "resources.json").is_file():
        pipeline = _official(stanza, language, place)
    else:
        pipeline = _ours(stanza, language, _weights(place, language))
    logging.getLogger("stanza").setLevel(logging.WARNING)  # it lists every batch otherwise
    cutter = WordCutter(load_pack(language, models))
    return StanzaModel(pipeline, cutter, label_table("models", models=models))


def _stanza() -> Any:
    try:
        import stanza
    except ImportError as error:
        raise EngineError(f"names engine stanza: {error}; install it: {INSTALL}") from None
    return stanza


def _weights(place: Path, language: str) -> Path:
    if place.is_file():
        return place
    found = sorted(place.glob("*.pt"))
    if len(found) == 1:
        return found[0]
    problem = "several models (*.pt)" if found else "no Stanza model (*.pt)"
    raise EngineError(
        f"{place}: {problem}; give one as names_model, or train it: "
        f"dragoman train names {language} --engine stanza --data FOLDER --output {place}"
    )


def _ours(stanza: Any, language: str, weights: Path) -> Any:
    """Load one .pt file offline: Stanza wants a folder with a list of resources, so it gets an empty one."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "resources.json").write_text("{}", "utf-8")
        return stanza.Pipeline(
            language,
            dir=folder,
            processors={"tokenize": "pretokenized", "ner": "dragoman"},
            package=None,
            tokenize_pretokenized=True,
            ner_model_path=str(weights),
            ner_forward_charlm_path=None,
            ner_backward_charlm_path=None,
            allow_unknown_language=True,
            download_method=None,
            use_gpu=False,
            logging_level="ERROR",
        )


def _official(stanza: Any, language: str, folder: Path) -> Any:
    try:
        return stanza.Pipeline(
            language,
            dir=str(folder),
            processors="tokenize,ner",
            tokenize_pretokenized=True,
            download_method=None,
            use_gpu=False,
            logging_level="ERROR",
        )
    except Exception as error:
        raise EngineError(
            f"{folder}: Stanza cannot load names for {language}: {error}; get them where there is a network: "
            f"python -c \"import stanza; stanza.download('{language}', processors='tokenize,ner')\""
        ) from error
