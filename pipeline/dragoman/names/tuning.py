"""Fine-tune a names model on corrected sentences, with old data rehearsed so that it does not forget.

Each round takes every corrected sentence and, for each of them, some sentences of the old data, drawn anew. At the end
the weights are blended with those from before, which keeps most of what was learned and loses less of what was known.
The seed, the weights and the sentences decide the outcome.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from thinc.api import Adam, Model, fix_random_seed

from dragoman.names.cards import Card, digest
from dragoman.names.engines_spacy import read_pipeline
from dragoman.names.network import tagger_of
from dragoman.names.recipe import Phase, Recipe
from dragoman.names.samples import Sample
from dragoman.names.training import one_round
from dragoman.names.words import WordCutter

LEAST_REHEARSED = 600


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a model is fine-tuned: `rehearsed` old sentences stand beside each corrected one; `blend` is the share of the
    new weights in the end."""

    rounds: int = 6
    learn_rate: float = 0.001
    rehearsed: int = 6
    dropout: float = 0.2
    words_a_batch: int = 200
    seed: int = 1
    blend: float = 0.5


def tuned(
    folder: Path,
    card: Card,
    cutter: WordCutter,
    corrected: Sequence[Sample],
    rehearsal: Sequence[Sample],
    *,
    tuning: Tuning,
) -> Language:
    """Return the model of a folder, trained further; the folder is left as it is."""
    nlp = read_pipeline(folder, card, cutter)
    ner = tagger_of(nlp)
    before = _parameters(ner.model)
    fix_random_seed(tuning.seed)
    optimizer = Adam(tuning.learn_rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    recipe = Recipe((), (Phase(tuning.rounds, {}),), words_a_batch=tuning.words_a_batch, dropout=tuning.dropout)
    own = [_known(sample, card) for sample in corrected]
    old = [_known(sample, card) for sample in rehearsal]
    for number in range(tuning.rounds):
        drawn = random.Random(f"{tuning.seed}/{number}")
        wanted = max(LEAST_REHEARSED, tuning.rehearsed * len(own))
        samples = [*own, *drawn.sample(old, min(wanted, len(old)))]
        drawn.shuffle(samples)
        one_round(nlp, optimizer, recipe, samples, cutter)
    with ner.model.use_params(optimizer.averages):
        weights = ner.to_bytes(exclude=["vocab"])
    ner.from_bytes(weights, exclude=["vocab"])
    for node, name, old_values in before:
        node.set_param(name, tuning.blend * node.get_param(name) + (1 - tuning.blend) * old_values)
    return nlp


def _parameters(model: Model[Any, Any]) -> list[tuple[Model[Any, Any], str, Any]]:
    """Copy all weights of a network: the layer, their name, their values."""
    return [
        (node, name, node.get_param(name).copy())
        for node in model.walk()
        for name in node.param_names
        if node.has_param(name)
    ]


def _known(sample: Sample, card: Card) -> Sample:
    """Leave out names with a label that the model does not have."""
    return replace(sample, spans=tuple(span for span in sample.spans if span[2] in card.labels))


def weights_of_tuned(nlp: Language, card: Card) -> tuple[bytes, Card]:
    """Return the weights of a tuned model, with its card as far as the weights change it."""
    weights: bytes = tagger_of(nlp).to_bytes(exclude=["vocab"])
    return weights, replace(card, sha256=digest(weights), size=len(weights))
