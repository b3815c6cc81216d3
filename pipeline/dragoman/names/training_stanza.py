"""Train a Stanza names model by the same recipe and data; the best step on dev is kept by Stanza itself.

Nothing is fetched: no pretrained vectors, no character language model. A Stanza training cannot be resumed;
the best model so far lies in the work folder.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dragoman.errors import EngineError
from dragoman.names.cards import Card, digest, write_card
from dragoman.names.engines_stanza import INSTALL, StanzaModel, load_stanza
from dragoman.names.mixing import Corpus, round_of
from dragoman.names.recipe import Recipe
from dragoman.names.releasing import Order, data_rows, scores_of
from dragoman.names.samples import Sample
from dragoman.names.scoring import Score, score_names
from dragoman.names.training import labels_of
from dragoman.names.words import Word, WordCutter, covering
from dragoman.records import Span

WEIGHTS = "nertagger.pt"
BATCH = 32


def train_stanza(
    order: Order,
    recipe: Recipe,
    corpus: Corpus,
    *,
    cutter: WordCutter,
    width: int = 192,
    steps: int | None = None,
) -> Card:
    """Train, score and write a Stanza model with its card; `width` is the BiLSTM's, `steps` the limit."""
    try:
        from stanza.models import ner_tagger
    except ImportError as error:
        raise EngineError(f"--engine stanza: {error}; install it: {INSTALL}") from None
    order.work.mkdir(parents=True, exist_ok=True)
    drawn = [sample for number in range(recipe.rounds) for sample in round_of(recipe, corpus, number)]
    unique = list({sample.id: sample for sample in drawn}.values())
    _write(order.work / "train.json", unique, cutter)
    _write(order.work / "dev.json", [s for kept in corpus.dev.values() for s in kept], cutter)
    limit = steps or max(len(drawn) // BATCH, 1)
    ner_tagger.main(_arguments(order, recipe, width=width, steps=limit))
    weights = (order.work / WEIGHTS).read_bytes()
    (order.output / WEIGHTS).write_bytes(weights)
    engine = load_stanza(order.language, model=order.output / WEIGHTS)
    started = time.perf_counter()
    tested = {file: evaluate(engine, samples, cutter) for file, samples in corpus.test.items() if samples}
    spent = time.perf_counter() - started
    words = sum(len(cutter.cut(sample.text)) for samples in corpus.test.values() for sample in samples)
    card = Card(
        language=order.language,
        engine="stanza",
        weights=WEIGHTS,
        sha256=digest(weights),
        size=len(weights),
        labels=labels_of(corpus),
        network={"architecture": "character and word BiLSTM with CRF", "width": width},
        data=data_rows(recipe, corpus),
        licence=recipe.weights_licence,
        command=order.command(),
        scores=scores_of(tested),
        words_per_second=round(words / spent) if words else None,
        versions={name: version(name) for name in ("stanza", "torch")}
        | {"python": platform.python_version()},
    )
    write_card(order.output, card)
    return card


def _arguments(order: Order, recipe: Recipe, *, width: int, steps: int) -> list[str]:
    options: Mapping[str, Any] = {
        "train_file": order.work / "train.json",
        "eval_file": order.work / "dev.json",
        "shorthand": f"{order.language}_dragoman",
        "save_dir": order.work,
        "save_name": WEIGHTS,
        "hidden_dim": width,
        "word_emb_dim": 100,
        "max_steps": steps,
        "eval_interval": max(min(steps // 10, 500), 1),
        "batch_size": BATCH,
        "optim": "adam",
        "lr": 0.002,
        "seed": recipe.seed,
    }
    named = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return ["--mode", "train", "--no_pretrain", "--cpu", *named]


def _write(path: Path, samples: Sequence[Sample], cutter: WordCutter) -> None:
    """Write samples as Stanza reads them: sentences of words with BIOES tags."""
    sentences = []
    for sample in samples:
        words = cutter.cut(sample.text)
        if words:
            pairs = zip(words, tags_of(words, sample.spans), strict=True)
            sentences.append(
                [{"id": i, "text": w.form, "ner": tag} for i, (w, tag) in enumerate(pairs, start=1)]
            )
    path.write_text(json.dumps(sentences, ensure_ascii=False), "utf-8")


def tags_of(words: Sequence[Word], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Write spans of text as a BIOES tag for each word."""
    tags = ["O"] * len(words)
    for start, end, label in spans:
        touched = covering(words, start, end)
        if touched is None or any(tag != "O" for tag in tags[slice(*touched)]):
            continue
        first, last = touched
        tags[first:last] = [f"I-{label}"] * (last - first)
        tags[first], tags[last - 1] = f"B-{label}", f"E-{label}"
        if last - first == 1:
            tags[first] = f"S-{label}"
    return tags


def evaluate(engine: StanzaModel, samples: Sequence[Sample], cutter: WordCutter) -> dict[str, Score]:
    """Score a Stanza model on samples, with spans of whole words on both sides."""
    pairs = []
    for sample in samples:
        words = cutter.cut(sample.text)
        found = {(e.start, e.end, e.label) for e in engine.find(sample.text, [Span(0, len(sample.text))])}
        wanted = set()
        for start, end, label in sample.spans:
            touched = covering(words, start, end)
            if touched:
                wanted.add((words[touched[0]].start, words[touched[1] - 1].end, label))
        pairs.append((found, wanted))
    return score_names(pairs)
