"""From an order on the command line to a model with its card: load the data, train, score, write."""

from __future__ import annotations

import os
import platform
import shlex
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.names.cards import PARTS, Card, digest, score_row, write_card
from dragoman.names.harmonising import harmoniser
from dragoman.names.labels import label_table
from dragoman.names.mixing import Corpus, load_corpus
from dragoman.names.network import tagger_of
from dragoman.names.ordinary import FILE, Ordinary, count_ordinary, read_ordinary
from dragoman.names.recipe import Recipe, plain_recipe, read_recipe
from dragoman.names.samples import Sample, read_texts
from dragoman.names.scoring import Score, add_scores
from dragoman.names.training import Round, best_round, evaluate, labels_of, train
from dragoman.names.words import WordCutter
from dragoman.pack import load_pack
from dragoman.sentences import split

WEIGHTS = "weights.bin"


@dataclass(frozen=True, slots=True)
class Order:
    """What `dragoman train names` was asked for."""

    language: str
    data: tuple[Path, ...]
    output: Path
    work: Path
    engine: str = "spacy"
    texts: Path | None = None
    recipe: Path | None = None

    def command(self) -> str:
        """Write the order as a command line, so that a card can be followed."""
        words = ["dragoman", "train", "names", self.language, "--engine", self.engine]
        for folder in self.data:
            words += ["--data", _portable(folder)]
        if self.texts:
            words += ["--texts", _portable(self.texts)]
        return shlex.join([*words, "--output", _portable(self.output)])


def _portable(path: Path) -> str:
    """Write a path relative to where the command ran; one that is far from there by its name alone."""
    near = Path(os.path.relpath(path))
    return path.resolve().name if near.parts[:2] == ("..", "..") else near.as_posix()


def train_names(order: Order, *, report: Callable[[Round], None] = lambda _: None) -> Card:
    """Train as ordered and write weights, card and page into the output folder."""
    if order.engine not in ("spacy", "stanza"):
        raise UsageError(f"--engine {order.engine}: unknown; write spacy or stanza")
    recipe, corpus, cutter = _material(order)
    order.output.mkdir(parents=True, exist_ok=True)
    if order.engine == "stanza":
        from dragoman.names.training_stanza import train_stanza

        return train_stanza(order, recipe, corpus, cutter=cutter)
    known = read_ordinary(order.output) if recipe.ordinary_words else Ordinary()
    nlp = train(recipe, corpus, cutter=cutter, work=order.work, known=known, report=report)
    weights = tagger_of(nlp).to_bytes(exclude=["vocab"])
    (order.output / WEIGHTS).write_bytes(weights)
    tested = {file: evaluate(nlp, samples, cutter) for file, samples in corpus.test.items() if samples}
    harmonised = evaluate(nlp, corpus.harmonised, cutter) if corpus.harmonised else None
    card = Card(
        language=order.language,
        engine="spacy",
        weights=WEIGHTS,
        sha256=digest(weights),
        size=len(weights),
        labels=labels_of(corpus),
        network=recipe.network.as_dict(),
        data=data_rows(recipe, corpus),
        licence=recipe.weights_licence,
        ordinary_sha256=digest((order.output / FILE).read_bytes()) if known.words else None,
        command=order.command(),
        scores=scores_of(tested, harmonised),
        words_per_second=_speed(lambda samples: evaluate(nlp, samples, cutter), corpus, cutter),
        rounds=recipe.rounds,
        best_round=best_round(order.work),
        versions={"python": platform.python_version(), "spacy": version("spacy"), "thinc": version("thinc")},
    )
    write_card(order.output, card)
    return card


def _material(order: Order) -> tuple[Recipe, Corpus, WordCutter]:
    cutter = WordCutter(load_pack(order.language))
    for folder in order.data:
        if not folder.is_dir():
            raise UsageError(f"--data {folder}: no such folder; name the folder of the annotated files")
    path = order.recipe or order.output / "recipe.toml"
    recipe = read_recipe(path) if order.recipe or path.is_file() else plain_recipe(order.data[0])
    texts = read_texts(order.texts, order.language) if order.texts else None
    mapping = label_table("training")
    change = harmoniser(order.language, mapping) if any(s.harmonised for s in recipe.sources) else None
    corpus = load_corpus(recipe, order.data, mapping=mapping, texts=texts, harmonise=change)
    if recipe.ordinary_words:
        _list_ordinary(order, texts, cutter)
    return recipe, corpus, cutter


def _list_ordinary(order: Order, texts: Mapping[str, str] | None, cutter: WordCutter) -> None:
    """Make the list of ordinary words from the texts; without texts the list at hand is kept."""
    path = order.output / FILE
    if texts is None:
        if not path.is_file():
            raise UsageError(
                f"{path}: no such list; name the folder of texts by --texts so that it can be made"
            )
        return
    sentences = (span.of(text) for text in texts.values() for span in split(text, language=order.language))
    order.output.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{word}\n" for word in count_ordinary(sentences, cutter)), "utf-8")


def data_rows(recipe: Recipe, corpus: Corpus) -> tuple[Mapping[str, Any], ...]:
    """List the data of a card: files, licences, sentences in each part."""
    return tuple(
        {
            "file": source.file,
            "title": source.title,
            "licence": source.licence,
            **{part: len(getattr(corpus, part)[source.file]) for part in PARTS},
        }
        for source in recipe.sources
    )


def scores_of(
    tested: Mapping[str, Mapping[str, Score]], harmonised: Mapping[str, Score] | None = None
) -> dict[str, dict[str, dict[str, Any]]]:
    """Write the scores of all test files together, as annotated (`all`) and harmonised, and of each."""
    rows = {
        "all": add_scores(tested.values()),
        **({"harmonised": harmonised} if harmonised else {}),
        **tested,
    }
    return {
        file: {label: score_row(score) for label, score in labels.items()} for file, labels in rows.items()
    }


def _speed(tag: Callable[[list[Sample]], object], corpus: Corpus, cutter: WordCutter) -> int | None:
    samples = [
        sample
        for part in (corpus.test, corpus.dev, corpus.train)
        for kept in part.values()
        for sample in kept
    ]
    samples = samples[:1000]
    words = sum(len(cutter.cut(sample.text)) for sample in samples)
    before = time.perf_counter()
    tag(samples)
    spent = time.perf_counter() - before
    return round(words / spent, -2).__int__() if spent > 0 else None
