"""Which events came, went and changed from one run to another, slot by slot.

Events are the same if they have the same id; else if they have the same trigger and type; else if their triggers
overlap and the type is the same; else if the trigger is the same and the type changed. Each is paired once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.listing import Row, rows
from dragoman.results import Run

SLOTS = (
    "type",
    "subtype",
    "trigger",
    "date",
    "date_basis",
    "participants",
    "source",
    "target",
    "actors",
    "persons",
    "organisations",
    "place",
    "instruments",
    "subjects",
    "count_min",
    "count_max",
    "modality",
    "polarity",
    "aspect",
)
FURTHER = ("confidence", "rule")
"""Slots that say how an event was found rather than what happened."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event in both runs; `slots` maps each slot that differs to its values before and after."""

    before: Row
    after: Row
    slots: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two runs. Articles are doc_ids; `altered` ones have another text, or were rejected once."""

    came: tuple[Row, ...]
    went: tuple[Row, ...]
    changed: tuple[Change, ...]
    same: int
    new_articles: tuple[str, ...]
    gone_articles: tuple[str, ...]
    altered_articles: tuple[str, ...]


def compare(before: Run, after: Run, *, further: bool = False) -> Difference:
    """Compare two runs; with `further` a changed confidence or rule counts as a change too."""
    old, new = rows(before, "events"), rows(after, "events")
    pairs, went, came = pair(old, new)
    slots = SLOTS + (FURTHER if further else ())
    changes = [Change(one, other, _differing(one, other, slots)) for one, other in pairs]
    changed = sorted((change for change in changes if change.slots), key=lambda change: _place(change.after))
    hashes = [{row["doc_id"]: row["sha256"] for row in rows(run, "articles")} for run in (before, after)]
    return Difference(
        came=tuple(sorted(came, key=_place)),
        went=tuple(sorted(went, key=_place)),
        changed=tuple(changed),
        same=len(changes) - len(changed),
        new_articles=tuple(sorted(hashes[1].keys() - hashes[0].keys())),
        gone_articles=tuple(sorted(hashes[0].keys() - hashes[1].keys())),
        altered_articles=tuple(sorted(key for key in hashes[0].keys() & hashes[1] if hashes[0][key] != hashes[1][key])),
    )


def _place(event: Row) -> tuple[str, int, int, str]:
    return (event["doc_id"], event["start"], event["end"], event["event_id"])


def _differing(one: Row, other: Row, slots: Iterable[str]) -> dict[str, tuple[object, object]]:
    return {slot: (one[slot], other[slot]) for slot in slots if one[slot] != other[slot]}


Key = Callable[[Row], Hashable]
KEYS: tuple[Key, ...] = (
    lambda event: event["event_id"],
    lambda event: (event["doc_id"], event["start"], event["end"], event["type"], event["date"]),
    lambda event: (event["doc_id"], event["start"], event["end"], event["type"]),
)


def pair(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair events of two runs; returns the pairs, what is left of the old and what is left of the new."""
    pairs: list[tuple[Row, Row]] = []
    for key in KEYS:
        found, old, new = _by_key(old, new, key)
        pairs += found
    for fits in (_overlap, _retyped):
        found, old, new = _by_fit(old, new, fits)
        pairs += found
    return pairs, list(old), list(new)


def _by_key(old: Sequence[Row], new: Sequence[Row], key: Key) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    waiting: dict[Hashable, list[Row]] = defaultdict(list)
    for event in reversed(old):
        waiting[key(event)].append(event)
    pairs, came = [], []
    for event in new:
        candidates = waiting.get(key(event))
        if candidates:
            pairs.append((candidates.pop(), event))
        else:
            came.append(event)
    taken = {id(one) for one, _ in pairs}
    return pairs, [event for event in old if id(event) not in taken], came


def _by_fit(
    old: Sequence[Row], new: Sequence[Row], fits: Callable[[Row, Row], bool]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    waiting: dict[str, list[Row]] = defaultdict(list)
    for event in old:
        waiting[event["doc_id"]].append(event)
    pairs, came = [], []
    for event in new:
        candidates = waiting.get(event["doc_id"], [])
        match = next((each for each in candidates if fits(each, event)), None)
        if match is None:
            came.append(event)
        else:
            candidates.remove(match)
            pairs.append((match, event))
    taken = {id(one) for one, _ in pairs}
    return pairs, [event for event in old if id(event) not in taken], came


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["type"] == other["type"] and one["start"] < other["end"] and other["start"] < one["end"])


def _retyped(one: Row, other: Row) -> bool:
    return bool(one["start"] == other["start"] and one["end"] == other["end"])


def lines(difference: Difference) -> Iterator[tuple[str, str]]:
    """Yield `(sign, line)`: `+` came, `-` went, `~` changed, `!` about articles, `=` the counts at the end."""
    from dragoman.showing import sides

    def told(event: Row) -> str:
        cells = (event["type"], event["date"] or "-", sides(event) or "-", event["trigger"])
        return "  ".join((f"{event['doc_id']}:{event['start']}", *cells))

    for doc_id in difference.new_articles:
        yield "!", f"article only in the second run: {doc_id}"
    for doc_id in difference.gone_articles:
        yield "!", f"article only in the first run: {doc_id}"
    for doc_id in difference.altered_articles:
        yield "!", f"article with another text: {doc_id}"
    for event in difference.went:
        yield "-", told(event)
    for event in difference.came:
        yield "+", told(event)
    for change in difference.changed:
        yield "~", told(change.after)
        for slot, (old, new) in change.slots.items():
            yield "~", f"    {slot}: {written(old)} \u2192 {written(new)}"
    yield (
        "=",
        (
            f"{len(difference.came)} came, {len(difference.went)} went, {len(difference.changed)} changed, "
            f"{difference.same} stayed the same"
        ),
    )


def written(value: object) -> str:
    """Write the value of a slot; `-` for nothing."""
    if isinstance(value, list):
        return ";".join(map(str, value)) or "-"
    return "-" if value is None or value == "" else str(value)
