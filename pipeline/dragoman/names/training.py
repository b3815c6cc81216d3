"""Train a spaCy names model: seeded, resumable, the best round kept by its score on dev."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Span as DocSpan
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed

from dragoman.errors import UsageError
from dragoman.names.checkpoint import load_checkpoint, save_checkpoint
from dragoman.names.mixing import Corpus, round_of
from dragoman.names.network import doc_of, empty_pipeline, tagger_of
from dragoman.names.ordinary import Ordinary
from dragoman.names.recipe import Recipe
from dragoman.names.samples import Sample
from dragoman.names.scoring import Name, Score, score_names
from dragoman.names.swapping import Swapper
from dragoman.names.words import WordCutter, covering


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of training came to; `dev` holds the scores by label."""

    number: int
    rounds: int
    loss: float
    dev: dict[str, Score]
    best: bool


def train(
    recipe: Recipe,
    corpus: Corpus,
    *,
    cutter: WordCutter,
    work: Path,
    known: Ordinary | None = None,
    report: Callable[[Round], None] = lambda _: None,
) -> Language:
    """Train to the recipe's last round, from the checkpoint in `work` if there is one; return the best.

    After each round the checkpoint and, when dev says so, the best weights are on disk.
    """
    nlp, optimizer, state = _begin(recipe, corpus, cutter, work, known)
    ner = tagger_of(nlp)
    swapper = Swapper(recipe, corpus, cutter)
    for number in range(state["round"], recipe.rounds):
        fix_random_seed(recipe.seed * 100_003 + number)
        optimizer.learn_rate = _learn_rate(recipe, number)
        samples = swapper.swapped(round_of(recipe, corpus, number), number)
        loss = one_round(nlp, optimizer, recipe, samples, cutter)
        with ner.model.use_params(optimizer.averages):
            dev = evaluate(nlp, _all(corpus.dev), cutter)
            reached = (dev["all"].f1 or 0.0) if "all" in dev else 0.0
            best = reached > state["best"] or not (work / "best.bin").is_file()
            if best:
                state["best"], state["best_round"] = reached, number + 1
                (work / "best.bin").write_bytes(ner.to_bytes(exclude=["vocab"]))
        state["round"] = number + 1
        save_checkpoint(work, nlp, optimizer, state)
        report(Round(number + 1, recipe.rounds, loss, dev, best))
    ner.from_bytes((work / "best.bin").read_bytes(), exclude=["vocab"])
    return nlp


def _begin(
    recipe: Recipe, corpus: Corpus, cutter: WordCutter, work: Path, known: Ordinary | None
) -> tuple[Language, Optimizer, dict[str, Any]]:
    fix_random_seed(recipe.seed)
    nlp = empty_pipeline(recipe.network, cutter, known)
    for label in labels_of(corpus):
        tagger_of(nlp).add_label(label)
    first = next(samples for samples in corpus.train.values() if samples)
    nlp.initialize(lambda: [_example(nlp, sample, cutter) for sample in first[:50]])
    optimizer = Adam(recipe.learn_rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    work.mkdir(parents=True, exist_ok=True)
    mark = _mark(recipe, corpus, known)
    if not (work / "state.json").is_file():
        return nlp, optimizer, {"round": 0, "best": 0.0, "best_round": 0, "of": mark}
    state = load_checkpoint(work, nlp, optimizer)
    if state.get("of") != mark:
        raise UsageError(
            f"{work}: holds a training of another recipe or other data; remove it or name another"
        )
    return nlp, optimizer, state


def _mark(recipe: Recipe, corpus: Corpus, known: Ordinary | None) -> str:
    """Sum up what decides the weights, so that no training goes on with other data."""
    words = sorted(known.words) if known else []
    return hashlib.sha256(repr((recipe, corpus.train, corpus.dev, words)).encode("utf-8")).hexdigest()


def labels_of(corpus: Corpus) -> tuple[str, ...]:
    """List the labels that the training samples bear."""
    return tuple(sorted({label for sample in _all(corpus.train) for *_, label in sample.spans}))


def best_round(work: Path) -> int:
    """Say which round gave the best weights of a training."""
    state: dict[str, int] = json.loads((work / "state.json").read_text("utf-8"))
    return state["best_round"]


def _learn_rate(recipe: Recipe, number: int) -> float:
    """Fall from the first rate to the last one, in a straight line over the rounds."""
    done = number / max(recipe.rounds - 1, 1)
    return recipe.learn_rate + (recipe.last_learn_rate - recipe.learn_rate) * done


def one_round(
    nlp: Language, optimizer: Optimizer, recipe: Recipe, samples: Sequence[Sample], cutter: WordCutter
) -> float:
    """Train on some samples once, in batches as the recipe says; return the mean loss."""
    losses: dict[str, float] = {}
    ner = tagger_of(nlp)
    examples = [example for sample in samples if len((example := _example(nlp, sample, cutter)).predicted)]
    for batch in _batches(examples, recipe.words_a_batch):
        ner.update(batch, drop=recipe.dropout, sgd=optimizer, losses=losses)
    return losses.get("ner", 0.0) / max(len(examples), 1)


def _batches(examples: Iterable[Example], words: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for example in examples:
        batch.append(example)
        size += len(example.predicted)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _example(nlp: Language, sample: Sample, cutter: WordCutter) -> Example:
    words = cutter.cut(sample.text)
    predicted, reference = doc_of(nlp, words), doc_of(nlp, words)
    spans: list[DocSpan] = []
    for start, end, label in sample.spans:
        touched = covering(words, start, end)
        if touched is None:
            continue
        first, last = touched
        while last - first > 1 and words[last - 1].is_clitic:
            last -= 1
        if not spans or spans[-1].end <= first:
            spans.append(DocSpan(reference, first, last, label=label))
    reference.set_ents(spans, default="outside")
    return Example(predicted, reference)


def evaluate(nlp: Language, samples: Sequence[Sample], cutter: WordCutter) -> dict[str, Score]:
    """Score a model on samples, in words: what a span covers of each word does not matter."""
    examples = [_example(nlp, sample, cutter) for sample in samples]
    pairs = []
    with nlp.memory_zone():
        docs = [doc_of(nlp, cutter.cut(sample.text)) for sample in samples]
        for doc, example in zip(tagger_of(nlp).pipe(docs, batch_size=64), examples, strict=True):
            pairs.append((_names(doc), _names(example.reference)))
    return score_names(pairs)


def _names(doc: Any) -> list[Name]:
    return [(span.start, span.end, span.label_) for span in doc.ents]


def _all(parts: Any) -> list[Sample]:
    return [sample for samples in parts.values() for sample in samples]
