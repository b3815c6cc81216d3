"""Is a tuned names model better? Cross-validation over corrected articles, and old data that it must not forget.

The articles are divided into folds; each is scored by a model that was tuned on the others, and by the model as it
was. It is accepted where F1 on the sentences that people looked at rises by more than the noise, and F1 on the old data
does not fall by more than the noise. Noise is that of releases/gate.py: articles drawn again, 95 draws of 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from dragoman.errors import UsageError
from dragoman.names.cards import Card
from dragoman.names.engines_spacy import read_pipeline
from dragoman.names.samples import Sample
from dragoman.names.training import evaluate
from dragoman.names.tuning import Tuning, tuned
from dragoman.names.words import WordCutter
from dragoman.releases.gate import noise
from dragoman.releases.scores import Counts, f1

FOLDS = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, and to be held to: `old` is trained on again, `kept` only scored on."""

    reviewed: Sequence[Sample]
    old: Sequence[Sample]
    kept: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Verdict:
    """F1 before and after, on corrected articles held out and on the old data kept apart; `refusal` says why not."""

    before: float
    after: float
    kept_before: float
    kept_after: float
    refusal: str | None


def judge(folder: Path, card: Card, cutter: WordCutter, material: Material, *, tuning: Tuning) -> Verdict:
    """Tune on part of the corrected articles and score on the rest; UsageError where there is but one article."""
    documents = sorted({sample.document for sample in material.reviewed})
    if len(documents) < 2:
        raise UsageError("corrections of one article only: none is left to score on; correct names in more articles")
    base = read_pipeline(folder, card, cutter)
    folds = [documents[number :: min(FOLDS, len(documents))] for number in range(min(FOLDS, len(documents)))]
    held: list[tuple[Counts, Counts]] = []
    kept: list[list[tuple[Counts, Counts]]] = []
    for fold in folds:
        rest = [sample for sample in material.reviewed if sample.document not in fold]
        changed = tuned(folder, card, cutter, rest, material.old, tuning=tuning)
        mine = [sample for sample in material.reviewed if sample.document in fold]
        held += _pairs(base, changed, mine, cutter)
        kept.append(_pairs(base, changed, material.kept, cutter))
    together = [_together(pairs) for pairs in zip(*kept, strict=True)]
    before, after = _f1s(held)
    kept_before, kept_after = _f1s(together)
    return Verdict(before, after, kept_before, kept_after, _refusal(held, together))


def _refusal(held: Sequence[tuple[Counts, Counts]], kept: Sequence[tuple[Counts, Counts]]) -> str | None:
    before, after = _f1s(held)
    if after <= before or noise(held)[0] < 0:
        return "it finds the names of corrected articles held out no better, or by no more than the noise; correct more"
    kept_before, kept_after = _f1s(kept)
    if kept and kept_after < kept_before and noise(kept)[1] < 0:
        return "it forgets: names in the old data are found worse, by more than the noise"
    return None


def _pairs(
    base: Language, changed: Language, samples: Sequence[Sample], cutter: WordCutter
) -> list[tuple[Counts, Counts]]:
    """Count, document by document, with both models."""
    grouped: dict[str, list[Sample]] = {}
    for sample in samples:
        grouped.setdefault(sample.document, []).append(sample)
    return [(_counts(base, group, cutter), _counts(changed, group, cutter)) for _, group in sorted(grouped.items())]


def _counts(nlp: Language, samples: Sequence[Sample], cutter: WordCutter) -> Counts:
    score = evaluate(nlp, samples, cutter).get("all")
    return (score.wanted, score.found, score.right) if score else (0, 0, 0)


def _together(pairs: Sequence[tuple[Counts, Counts]]) -> tuple[Counts, Counts]:
    """Add up counts before, and counts after."""

    def summed(side: int) -> Counts:
        gold, found, right = (sum(pair[side][place] for pair in pairs) for place in range(3))
        return gold, found, right

    return summed(0), summed(1)


def _f1s(pairs: Sequence[tuple[Counts, Counts]]) -> tuple[float, float]:
    before, after = _together(pairs)
    return f1(before), f1(after)


def kept_apart(samples: Mapping[str, Sequence[Sample]]) -> list[Sample]:
    """Put the samples of several files together."""
    return [sample for some in samples.values() for sample in some]
