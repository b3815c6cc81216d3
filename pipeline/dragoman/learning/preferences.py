"""Learn weights for the choice of states, date and acting side; needs scikit-learn, what it gives does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from dragoman.events.assembly import read_events
from dragoman.events.history import in_their_time
from dragoman.events.preferences import ANY, DATE, SLOTS, SOURCE, STATES, Option, Preferences
from dragoman.events.segments import Clause
from dragoman.learning.gold import GoldEvent
from dragoman.learning.passages import Prepared
from dragoman.learning.proposals import PREFERENCE, Proposal
from dragoman.learning.scoring import score
from dragoman.learning.trials import Trial
from dragoman.records import Event

STRENGTH = 0.3
"""The inverse of the regularisation: small data needs small weights."""
MARGIN = 1.0
"""The rules' choice is changed where the odds against it are e to this, at least."""
FEWEST = 40
"""Weights are learned from so many options at least, some right and some wrong."""
SMALLEST = 0.005


@dataclass(frozen=True, slots=True)
class Labelled:
    """An option, and whether it was the right one."""

    option: Option
    right: bool


def propose_preferences(trial: Trial) -> Iterator[Proposal]:
    """Yield weights for each slot; nothing where scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        return
    for slot in SLOTS:
        labelled, sources = collected(trial, slot)
        weights = fitted(labelled)
        if weights:
            line = {"id": "learned", "prefers": slot, "margin": MARGIN, "weights": weights}
            effects = {n: trial.effect(n, reading) for n, reading in trial.tried(line, range(len(trial.prepared)))}
            yield Proposal(PREFERENCE, line, sources, effects, trial.counts)


def collected(trial: Trial, slot: str) -> tuple[list[Labelled], frozenset[int]]:
    """Read the articles, and label what the rules chose from; also return the articles that gave something."""
    labelled: list[Labelled] = []
    sources: set[int] = set()
    for number, one in enumerate(trial.prepared):
        found = list(_of_article(one, trial, slot))
        labelled += found
        sources.update([number] if found else [])
    return labelled, frozenset(sources)


def _of_article(one: Prepared, trial: Trial, slot: str) -> Iterator[Labelled]:
    seen: dict[tuple[int, str], list[Sequence[Option]]] = defaultdict(list)

    def watch(name: str, clause: Clause, options: Sequence[Option]) -> None:
        if name == slot:
            seen[clause.trigger.start, clause.trigger.rule.type].append(options)

    known = replace(trial.knowledge, preferences=Preferences(trial.knowledge.preferences.by_slot, watch))
    scored = score(one.document, read_events(one.passage, known))
    for gold, event in scored.pairs:
        choices = seen[event.start, event.type]
        options = choices[0] if len(choices) == 1 else next((c for c in choices if _is_of(c, slot, event)), None)
        if options is not None:
            yield from _labelled(options, slot, gold, event)


def _is_of(options: Sequence[Option], slot: str, event: Event) -> bool:
    chosen = [option.value for option in options if option.chosen]
    return chosen == [event.date] if slot == DATE else in_their_time(chosen, event.date_end) == event.participants


def _labelled(options: Sequence[Option], slot: str, gold: GoldEvent, event: Event) -> Iterator[Labelled]:
    if slot == STATES:
        right = [in_their_time([option.value], event.date_end)[0] in gold.participants for option in options]
    elif slot == DATE:
        right = [option.value == gold.date for option in options]
    else:
        right = [in_their_time([option.value], event.date_end)[0] in gold.source for option in options]
    if slot in (DATE, SOURCE) and sum(right) != 1:
        return  # nobody said it, or it does not stand there
    yield from (Labelled(option, good) for option, good in zip(options, right, strict=True))


def fitted(labelled: Sequence[Labelled]) -> Mapping[str, float]:
    """Fit a logistic regression and return its weights by feature, empty where there is too little to learn from."""
    if len(labelled) < FEWEST or len({one.right for one in labelled}) < 2:
        return {}
    features: Any = import_module("sklearn.feature_extraction")
    models: Any = import_module("sklearn.linear_model")
    vectorizer = features.DictVectorizer(sort=True)
    table = vectorizer.fit_transform([{**one.option.features, ANY: 1.0} for one in labelled])
    model = models.LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(table, [one.right for one in labelled])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in weights if abs(weight) >= SMALLEST}
