"""Where in its sentence an event's slots stand: the tables name states and dates, a reader wants to see them.

Works on rows of the tables (see `listing`) and on records turned into dictionaries alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

LOOKED_BACK = 100
"""So many dates before the sentence are looked through for an inherited one."""


@dataclass(frozen=True, slots=True, order=True)
class Argument:
    """A piece of the article that fills a slot: text[start:end], in code points.

    `role` is date, source, target, participant, person, place, actor, organisation or instrument.
    """

    start: int
    end: int
    role: str


def arguments(
    event: Row, *, names: Sequence[Row] = (), dates: Sequence[Row] = (), treaties: Sequence[Row] = ()
) -> tuple[Argument, ...]:
    """Find the pieces of text behind an event's slots.

    `names`, `dates` and `treaties` are the rows of its article, sorted by `start`. A slot that was inferred and
    stands nowhere gives nothing; an inherited date is looked for before the event.
    """
    inside = _within(names, event["sentence_start"], event["sentence_end"])
    found = {
        *_dates(event, dates),
        *_sides(event, inside),
        *_texts(event, inside),
        *_instruments(event, treaties),
    }
    return tuple(sorted(found))


def _within(rows: Sequence[Row], start: int, end: int) -> list[Row]:
    first = bisect_left(rows, start, key=lambda row: row["start"])
    last = bisect_left(rows, end, key=lambda row: row["start"])
    return [row for row in rows[first:last] if row["end"] <= end]


def _dates(event: Row, dates: Sequence[Row]) -> Iterator[Argument]:
    wanted = event["date_text"]
    if not wanted:
        return
    inside = [row for row in _within(dates, event["sentence_start"], event["sentence_end"]) if row["text"] == wanted]
    if inside:
        near = min(inside, key=lambda row: abs(row["start"] - event["start"]))
        yield Argument(near["start"], near["end"], "date")
        return
    place = event["evidence"].find(wanted)
    if place >= 0:
        start = event["sentence_start"] + place
        yield Argument(start, start + len(wanted), "date")
        return
    first = bisect_left(dates, event["sentence_start"], key=lambda row: row["start"])
    for row in reversed(dates[max(0, first - LOOKED_BACK) : first]):
        if row["text"] == wanted:
            yield Argument(row["start"], row["end"], "date")
            return


def _sides(event: Row, names: Sequence[Row]) -> Iterator[Argument]:
    persons = set(event["persons"])
    for row in names:
        country = row["country"]
        if country not in event["participants"] or {row["text"], row["canonical"]} & persons:
            continue
        one_side = "source" if country in event["source"] else "target" if country in event["target"] else None
        yield Argument(row["start"], row["end"], one_side or "participant")


def _texts(event: Row, names: Sequence[Row]) -> Iterator[Argument]:
    """Find what the row gives as text: persons, place, sides without a code, organisations by their names."""
    wanted = [
        *(("person", item) for item in event["persons"]),
        *(("organisation", item) for item in event["organisations"]),
        *(("actor", item) for item in event["actors"]),
        *([("place", event["place"])] if event["place"] else []),
    ]
    for role, value in wanted:
        named = next((row for row in names if value in (row["text"], row["canonical"])), None)
        if named is not None:
            yield Argument(named["start"], named["end"], role)
            continue
        place = _at_word(event["evidence"], value)
        if place is not None:
            start = int(event["sentence_start"]) + place
            covering = next((row for row in names if row["start"] == start), None)
            yield Argument(start, covering["end"] if covering else start + len(value), role)


def _at_word(text: str, value: str) -> int | None:
    """Return where a value first stands at the beginning of a word."""
    place = text.find(value) if value else -1
    while place > 0 and text[place - 1].isalnum():
        place = text.find(value, place + 1)
    return place if place >= 0 else None


def _instruments(event: Row, treaties: Sequence[Row]) -> Iterator[Argument]:
    if not event["instruments"]:
        return
    for row in _within(treaties, event["sentence_start"], event["sentence_end"]):
        if row["kind"] in event["instruments"]:
            yield Argument(row["start"], row["end"], "instrument")
