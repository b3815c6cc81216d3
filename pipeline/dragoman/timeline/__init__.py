"""Events told in several places or languages, merged into one row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.rows import Row, digest
from dragoman.tables import EVENTS

ORDER = "type, participants, modality, polarity, doc_id, start, end, event_id"


def merged(events: Iterable[Row]) -> Iterator[Row]:
    """Merge the rows of `events`, sorted by ORDER, into rows of `timeline`."""
    for row in events:
        event = dict(zip(EVENTS.names, row, strict=True))
        yield (
            digest("timeline", event["event_id"]),
            event["type"],
            event["date"],
            event["date_start"],
            event["date_end"],
            event["participants"],
            event["persons"],
            event["instruments"],
            event["count_min"],
            event["count_max"],
            1,
            1,
            event["language"],
            event["event_id"],
            None,
            event["confidence"],
            None,
            event["modality"],
            event["polarity"],
        )
