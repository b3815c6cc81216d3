"""Events told in several places or languages, merged into one row each.

Merged: mentions of one type with the same participants, modality and polarity, whose dates are equal, or one
inside the other with no second candidate, and whose other slots do not contradict. Never merged: two mentions
of one sentence; and, unless the very sentence was copied, soft types, habitual events, events without a date
or with no other date than the article's own.
`agreement` and `clusters` hold the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dragoman.ontology import load_ontology
from dragoman.rows import Row
from dragoman.tables import EVENTS
from dragoman.timeline.clusters import Cluster, gather
from dragoman.timeline.mentions import LONG, Mention, read
from dragoman.timeline.telling import row_of

BUCKET = ("type", "participants", "modality", "polarity")
COPIED = (
    "aspect", "date", "date_start", "date_end", "language", "evidence", "trigger", "subtype", "source",
    "target", "actors", "persons", "organisations", "place", "instruments", "subjects", "count_min",
    "count_max",
)  # fmt: skip
ORDER = ", ".join((*BUCKET, *COPIED, "start - sentence_start", "doc_id", "start"))
SHORTEST_COPY = 40

_AT = {name: index for index, name in enumerate(EVENTS.names)}


def merged(events: Iterable[Row]) -> Iterator[Row]:
    """Merge the rows of `events`, sorted by ORDER, into rows of `timeline`.

    Holds one bucket's dated mentions in memory at a time.
    """
    ontology = load_ontology()
    for bucket, rows in groupby(events, key=lambda row: tuple(row[_AT[name]] for name in BUCKET)):
        event_type = ontology.get(str(bucket[0]))
        mergeable: list[Mention] = []
        for mention, aspect in _copies_together(rows):
            dated = mention.interval is not None and mention.grain != LONG and mention.basis != "document"
            if dated and aspect == "single" and event_type is not None and not event_type.soft:
                mergeable.append(mention)
            else:
                yield row_of(Cluster.of(mention))
        if event_type is not None:
            yield from map(row_of, gather(mergeable, event_type))


def _copies_together(rows: Iterable[Row]) -> Iterator[tuple[Mention, str]]:
    """Read rows as mentions, those of a sentence that stands in several places as one; with their aspect."""
    for key, copies in groupby(rows, key=_copy_key):
        first, *others = map(read, copies)
        evidence = str(key[COPIED.index("evidence")])
        telling = first.interval is not None or len(evidence) >= SHORTEST_COPY
        aspect = str(key[COPIED.index("aspect")])
        if not (first.participants and telling):
            yield from ((mention, aspect) for mention in (first, *others))
            continue
        # Two rows of one and the same sentence are two happenings, not a copy.
        seen = {(source.doc_id, source.sentence_start) for source in first.sources}
        for mention in others:
            place = (mention.sources[0].doc_id, mention.sources[0].sentence_start)
            if place in seen:
                yield mention, aspect
            else:
                seen.add(place)
                first.sources += mention.sources
                first.confidence = max(first.confidence, mention.confidence)
        yield first, aspect


def _copy_key(row: Row) -> tuple[object, ...]:
    start, sentence_start = row[_AT["start"]], row[_AT["sentence_start"]]
    assert isinstance(start, int) and isinstance(sentence_start, int)
    return (*(row[_AT[name]] for name in COPIED), start - sentence_start)
