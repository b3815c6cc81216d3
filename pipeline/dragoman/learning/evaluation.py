"""Score the rules of the working tree, or others, on annotated articles: by article, language, table and type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.config import Settings
from dragoman.events.assembly import read_events
from dragoman.events.knowledge import load_knowledge
from dragoman.learning.gold import Annotated
from dragoman.learning.passages import prepare
from dragoman.learning.scoring import Counts, DateCounts, NameCounts, Tally, score, score_dates, score_names


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The counts of one article; `types` are those of its events by type, None where nobody annotated."""

    id: str
    language: str
    events: Counts
    types: Mapping[str, Counts]
    dates: DateCounts | None
    names: NameCounts | None


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """The sums over the articles of one language. `tables` has events, dates and names where there are any."""

    articles: int
    tables: Mapping[str, Tally]
    types: Mapping[str, Counts]


def evaluate(
    documents: Sequence[Annotated], *, settings: Settings, models: Path | None = None
) -> tuple[ArticleScore, ...]:
    """Score each article, sorted by language and id; `models` is another folder to take the event rules from."""
    scores: list[ArticleScore] = []
    for language in sorted({document.language for document in documents}):
        knowledge = load_knowledge(language, models)
        for one in prepare(documents, language=language, settings=settings):
            scored = score(one.document, read_events(one.passage, knowledge))
            dates = score_dates(one.document, one.passage.timexes)
            names = score_names(one.document, one.passage.entities)
            scores.append(ArticleScore(one.document.id, language, scored.counts, scored.by_type, dates, names))
    return tuple(sorted(scores, key=lambda score: (score.language, score.id)))


def by_language(scores: Iterable[ArticleScore]) -> dict[str, LanguageScore]:
    """Add up the counts of articles by language, for each table and each type of event."""
    grouped: dict[str, list[ArticleScore]] = {}
    for score_ in scores:
        grouped.setdefault(score_.language, []).append(score_)
    return {language: _sum(grouped[language]) for language in sorted(grouped)}


def _sum(scores: Sequence[ArticleScore]) -> LanguageScore:
    tables: dict[str, Tally] = {"events": sum((one.events for one in scores), Counts())}
    dates = [one.dates for one in scores if one.dates is not None]
    names = [one.names for one in scores if one.names is not None]
    if dates:
        tables["dates"] = sum(dates, DateCounts())
    if names:
        tables["names"] = sum(names, NameCounts())
    types = sorted({name for one in scores for name in one.types})
    return LanguageScore(
        len(scores),
        tables,
        {name: sum((one.types[name] for one in scores if name in one.types), Counts()) for name in types},
    )
