"""A row of `timeline` from the mentions of one happening: the exactest date, all names, all disagreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dragoman.cells import joined
from dragoman.rows import SCORE_DIGITS, Row, digest
from dragoman.timeline.agreement import COUNT
from dragoman.timeline.clusters import Cluster
from dragoman.timeline.mentions import DAY, Mention, plain_date

DATE = "date"
SHOWN_SOURCES = 3

Count = tuple[int | None, int | None]


def row_of(cluster: Cluster) -> Row:
    """Make the row of one happening."""
    mentions = cluster.mentions
    event_ids = [source.event_id for mention in mentions for source in mention.sources]
    count = (None, None) if COUNT in cluster.disputed else _common(mentions)
    first = mentions[0]
    return (
        digest("timeline", min(event_ids)),
        first.type,
        *_date(cluster),
        joined(first.participants),
        joined(name for mention in mentions for name in mention.persons),
        joined(kind for mention in mentions for kind in mention.slots.instruments),
        *count,
        len(event_ids),
        len(cluster.documents | {source.doc_id for mention in mentions for source in mention.sources}),
        joined(mention.slots.language for mention in mentions),
        joined(event_ids),
        joined(_conflicts(cluster)),
        round(max(mention.confidence for mention in mentions) * cluster.daring, SCORE_DIGITS),
        joined(_why(cluster)),
        first.modality,
        first.polarity,
    )


def _date(cluster: Cluster) -> Row:
    """Return date, first and last day; of disputed days what most articles tell, else EDTF's one of a set."""
    finest = cluster.finest
    if DATE not in cluster.disputed:
        return finest.date, finest.date_start, finest.date_end
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in cluster.mentions:
        if mention.grain == DAY:
            told[plain_date(mention.date)].append(mention)
    support = {date: len(_documents(mentions)) for date, mentions in told.items()}
    best = [date for date in sorted(support) if support[date] == max(support.values())]
    winners = [mention for date in best for mention in told[date]]
    starts = sorted(mention.date_start for mention in winners if mention.date_start)
    ends = sorted(mention.date_end for mention in winners if mention.date_end)
    return best[0] if len(best) == 1 else f"[{','.join(best)}]", starts[0], ends[-1]


def _common(mentions: Iterable[Mention]) -> Count:
    """Return the bounds that all mentions' counts allow."""
    counts = [mention.slots.count for mention in mentions]
    least = [low for low, _ in counts if low is not None]
    most = [high for _, high in counts if high is not None]
    return max(least, default=None), min(most, default=None)


def _conflicts(cluster: Cluster) -> Iterable[str]:
    """Write one item per disputed slot: `count: 11 (a.txt) | 51.. (b.txt)`."""
    for slot in sorted(cluster.disputed):
        values: dict[str, list[Mention]] = defaultdict(list)
        for mention in cluster.mentions:
            value = plain_date(mention.date) if slot == DATE else _bounds(mention.slots.count)
            if value:
                values[value].append(mention)
        told = (f"{value} ({_named(_documents(mentions))})" for value, mentions in sorted(values.items()))
        yield f"{slot}: {' | '.join(told)}"


def _bounds(count: Count) -> str:
    low, high = count
    if low == high:
        return "" if low is None else str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _documents(mentions: Iterable[Mention]) -> list[str]:
    return sorted({source.doc_id for mention in mentions for source in mention.sources})


def _named(documents: list[str]) -> str:
    more = len(documents) - SHOWN_SOURCES
    return ", ".join(documents[:SHOWN_SOURCES]) + (f" and {more} more" if more > 0 else "")


def _why(cluster: Cluster) -> Iterable[str]:
    """Say for every event of a merged row what made it join; nothing for a row of one event."""
    if len(cluster.mentions) == 1 and len(cluster.mentions[0].sources) == 1:
        return
    for mention in cluster.mentions:
        first, *copies = mention.sources
        yield f"{first.event_id}={'+'.join(sorted(cluster.why.get(first.event_id, {'first'})))}"
        for copy in copies:
            yield f"{copy.event_id}=same-sentence"
