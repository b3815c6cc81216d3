"""What a release scored: for every gold article how much was annotated, found and right; sums by language.

A figure has a name: `events.full`, `dates.value`, `names.exact`, or `treaty_signed.full` for one type of event.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dragoman.config import Settings
from dragoman.errors import ReleaseError, UsageError
from dragoman.learning.evaluation import ArticleScore, evaluate
from dragoman.learning.gold import Annotated
from dragoman.learning.scoring import Tally
from dragoman.releases.store import SCORES, Release, releases_folder

Counts = tuple[int, int, int]
"""How many were annotated, found, and found right."""

FIGURES = {"events": ("type", "dated", "who", "full"), "dates": ("strict", "value"), "names": ("exact",)}
BY_TYPE = ("type", "full")


@dataclass(frozen=True, slots=True)
class Article:
    """The counts of one gold article by figure; `sha256` is that of its text and annotation."""

    language: str
    sha256: str
    counts: Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class Scores:
    """All that was scored. `floors` names, by language and figure, the release whose score is the floor."""

    articles: Mapping[str, Article]
    floors: Mapping[str, Mapping[str, str]]

    def by_language(self) -> dict[str, dict[str, Counts]]:
        """Add up the counts by language and figure."""
        sums: dict[str, dict[str, Counts]] = {}
        for article in self.articles.values():
            mine = sums.setdefault(article.language, {})
            for figure, (gold, found, right) in article.counts.items():
                before = mine.get(figure, (0, 0, 0))
                mine[figure] = (before[0] + gold, before[1] + found, before[2] + right)
        return {language: dict(sorted(sums[language].items())) for language in sorted(sums)}

    def as_json(self) -> dict[str, Any]:
        """Write as JSON, the scores by language in front for whoever opens the file."""
        return {
            "scores": {
                language: {figure: _rates(counts) for figure, counts in sums.items()}
                for language, sums in self.by_language().items()
            },
            "floors": self.floors,
            "articles": {name: asdict(article) for name, article in self.articles.items()},
        }


def f1(counts: Counts) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    gold, found, right = counts
    return 2 * right / (gold + found) if gold + found else 1.0


def _rates(counts: Counts) -> dict[str, Any]:
    gold, found, right = counts
    return {
        "gold": gold,
        "found": found,
        "precision": round(right / found, 4) if found else None,
        "recall": round(right / gold, 4) if gold else None,
        "f1": round(f1(counts), 4),
    }


def measure(documents: Sequence[Annotated], *, settings: Settings) -> dict[str, Article]:
    """Score the knowledge in use on gold articles; by `language/id`."""
    hashes: dict[str, str] = {}
    for document in documents:
        name = f"{document.language}/{document.id}"
        if name in hashes:
            raise UsageError(f"gold article {name}: stands there twice; give each its own id")
        hashes[name] = _hash(document)
    found: dict[str, Article] = {}
    for score in evaluate(documents, settings=settings):
        name = f"{score.language}/{score.id}"
        found[name] = Article(score.language, hashes[name], dict(_counted(score)))
    return found


def _hash(document: Annotated) -> str:
    text = json.dumps(asdict(document), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _counted(score: ArticleScore) -> Iterable[tuple[str, Counts]]:
    tables: dict[str, Tally | None] = {"events": score.events, "dates": score.dates, "names": score.names}
    for table, tally in tables.items():
        if tally is not None:
            for figure in FIGURES[table]:
                yield f"{table}.{figure}", (tally.gold, tally.found, getattr(tally, figure))
    for kind, counts in sorted(score.types.items()):
        for figure in BY_TYPE:
            yield f"{kind}.{figure}", (counts.gold, counts.found, getattr(counts, figure))


def scores_of(release: Release, *, models: Path | None = None) -> Scores:
    """Read what a release scored; ReleaseError where that is damaged."""
    path = releases_folder(models) / release.id / SCORES
    try:
        raw = json.loads(path.read_text("utf-8"))
        articles = {
            name: Article(
                one["language"], one["sha256"], {figure: _three(counts) for figure, counts in one["counts"].items()}
            )
            for name, one in raw["articles"].items()
        }
        return Scores(articles, raw["floors"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(f"{path}: is damaged ({error!r}); restore it from version control") from error


def _three(counts: Iterable[int]) -> Counts:
    gold, found, right = counts
    return gold, found, right
