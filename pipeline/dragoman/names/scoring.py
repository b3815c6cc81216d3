"""Exact agreement of names: same span, same label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and what follows from them; a rate is None where nothing was there to count."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        total = self.found + self.wanted
        return 2 * self.right / total if total else None


def score_names(pairs: Iterable[tuple[Iterable[Name], Iterable[Name]]]) -> dict[str, Score]:
    """Score (found, wanted) pairs, one a sentence: by label, and all together under `all`."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for ours, gold in pairs:
        mine, theirs = set(ours), set(gold)
        for counter, names in ((right, mine & theirs), (found, mine), (wanted, theirs)):
            counter.update(label for _, _, label in names)
            counter["all"] += len(names)
    return {label: Score(right[label], found[label], wanted[label]) for label in sorted(found | wanted)}


def add_scores(parts: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """Add up the counts of several scorings, label by label."""
    total: dict[str, Score] = {}
    for part in parts:
        for label, score in part.items():
            before = total.get(label, Score(0, 0, 0))
            total[label] = Score(
                before.right + score.right, before.found + score.found, before.wanted + score.wanted
            )
    return total
