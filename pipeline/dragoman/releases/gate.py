"""The gate: a release may not score worse than an earlier one by more than the noise.

A floor is what the best release so far scored for a figure of a language, on the articles that it and the new one
have in common. The noise is estimated by drawing these articles again, 2,000 times, with a fixed seed, and looking at
the difference of F1 on each draw: where it is negative in at least 95 of 100 draws, the figure has fallen under its
floor. As both are scored on the same articles, an article that is hard for both adds no noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.releases.scores import Article, Counts, Scores, f1

DRAWS = 2000
SEED = 20
SURE = 0.95
NONE: Counts = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure against its floor: F1 before and after on `articles` in common, and the noise of the difference."""

    language: str
    figure: str
    holder: str
    articles: int
    before: float
    after: float
    low: float
    high: float

    @property
    def fell(self) -> bool:
        """Whether it fell by more than the noise."""
        return self.after < self.before and self.high < 0

    def told(self) -> str:
        change = f"{self.language} {self.figure}: F1 {self.before:.3f} -> {self.after:.3f}"
        noise = f"by {self.after - self.before:+.3f}, in 90 of 100 draws {self.low:+.3f} to {self.high:+.3f}"
        return f"{change} ({noise}; floor of {self.holder} on {self.articles} articles)"


def judge(new: Mapping[str, Article], earlier: Mapping[str, Scores]) -> tuple[Judged, ...]:
    """Compare each figure with its floor; `earlier` are the releases by id, the latest last."""
    if not earlier:
        return ()
    latest = list(earlier.values())[-1]
    found = [
        judged
        for language, floors in sorted(latest.floors.items())
        for holder, figures in _by_holder(floors).items()
        if holder in earlier
        for judged in _against(new, earlier[holder].articles, holder, language, figures)
    ]
    return tuple(sorted(found, key=lambda one: (one.language, one.figure)))


def _by_holder(floors: Mapping[str, str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for figure, holder in floors.items():
        grouped.setdefault(holder, []).append(figure)
    return grouped


def _against(
    new: Mapping[str, Article], old: Mapping[str, Article], holder: str, language: str, figures: Sequence[str]
) -> Iterator[Judged]:
    shared = sorted(
        name for name, one in new.items() if one.language == language and name in old and old[name].sha256 == one.sha256
    )
    if not shared:
        return
    for figure in figures:
        pairs = [(old[name].counts.get(figure, NONE), new[name].counts.get(figure, NONE)) for name in shared]
        before, after = f1(_sum(old for old, _ in pairs)), f1(_sum(new for _, new in pairs))
        low, high = noise(pairs) if before != after else (0.0, 0.0)
        yield Judged(language, figure, holder, len(shared), before, after, low, high)


def _sum(counts: Iterator[Counts]) -> Counts:
    gold, found, right = (sum(column) for column in zip(*counts, strict=True))
    return gold, found, right


def noise(pairs: Sequence[tuple[Counts, Counts]]) -> tuple[float, float]:
    """Return what the change of F1 lies between in 90 of 100 draws of the articles (before, after)."""
    import numpy

    draws = numpy.random.default_rng(SEED).multinomial(len(pairs), [1 / len(pairs)] * len(pairs), size=DRAWS)

    def scores(side: int) -> numpy.ndarray:
        gold, found, right = (draws @ numpy.array([pair[side] for pair in pairs])).T
        return numpy.where(gold + found > 0, 2 * right / numpy.maximum(gold + found, 1), 1.0)

    change = scores(1) - scores(0)
    low, high = numpy.quantile(change, [1 - SURE, SURE], method="inverted_cdf")
    return float(low), float(high)


def floors_with(name: str, new: Mapping[str, Article], judged: Sequence[Judged]) -> dict[str, dict[str, str]]:
    """Say who holds each floor once the new release is there: it itself where it scores as well or is let through.

    A figure that fell within the noise keeps its floor, so that it cannot sink step by step.
    """
    kept = {(one.language, one.figure): one.holder for one in judged if one.after < one.before and not one.fell}
    floors: dict[str, dict[str, str]] = {}
    for article in new.values():
        for figure in article.counts:
            holder = kept.get((article.language, figure), name)
            floors.setdefault(article.language, {})[figure] = holder
    return {language: dict(sorted(floors[language].items())) for language in sorted(floors)}
