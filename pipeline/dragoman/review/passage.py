"""The evidence of an event: the lines around it, with marks, and what stands near for its slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.arguments import arguments
from dragoman.cells import harmless
from dragoman.listing import Row
from dragoman.review.material import AROUND, Material, Stretch

FAR = 30_000
"""Code points shown on each side, where the whole article is asked for."""

LONGEST_SENTENCE = 3_000
MOST_NEAR = 12


def shown(event: Row, material: Material, *, whole: bool) -> dict[str, Any]:
    """Return the text around an event with all its marks, as the page draws it."""
    doc_id = event["doc_id"]
    start, end = _extent(event)
    if whole or not end:
        stretch = material.whole(doc_id, event["start"], around=FAR)
    else:
        stretch = material.stretch(doc_id, start, end, around=AROUND)
    return {
        "start": stretch.start,
        "text": stretch.text,
        "language": event["language"],
        "before": stretch.start > 0,
        "after": stretch.end < (material.articles[doc_id]["characters"] or 0),
        "gone": doc_id not in material.texts,
        "marks": [mark for mark in _marks(event, stretch, material) if mark["end"] > mark["start"]],
        "near": _near(event, stretch, material),
    }


def _extent(event: Row) -> tuple[int, int]:
    start, end = int(event["sentence_start"]), int(event["sentence_end"])
    if end - start <= LONGEST_SENTENCE:
        return start, end
    return max(start, event["start"] - LONGEST_SENTENCE // 2), min(end, event["end"] + LONGEST_SENTENCE // 2)


def _marks(event: Row, stretch: Stretch, material: Material) -> Iterator[dict[str, Any]]:
    doc_id, context = event["doc_id"], material.context
    for row in material.within(context.names, doc_id, stretch.start, stretch.end):
        label = f"{row['label']} {row['country']}" if row["country"] else row["label"]
        yield _mark(row, 2, f"name {row['label']}", label=label, title=harmless(row["canonical"]))
    for row in material.within(context.dates, doc_id, stretch.start, stretch.end):
        yield _mark(row, 2, "date", label=row["edtf"] or row["timex_type"])
    yield {"start": event["sentence_start"], "end": event["sentence_end"], "rank": 0, "class": "sentence"}
    for found in _arguments(event, material):
        yield {"start": found.start, "end": found.end, "rank": 1, "class": "argument", "label": found.role}
    for start, end, others in _triggers(event, stretch, material):
        now = any(other["event_id"] == event["event_id"] for other in others)
        yield {
            "start": start,
            "end": end,
            "rank": 3,
            "class": "trigger now" if now else "trigger",
            "label": ", ".join(sorted({other["type"] or "" for other in others})),
            "event": event["event_id"] if now else others[0]["event_id"],
        }


def _mark(row: Row, rank: int, kind: str, **more: Any) -> dict[str, Any]:
    return {"start": row["start"], "end": row["end"], "rank": rank, "class": kind, **more}


def _arguments(event: Row, material: Material) -> tuple[Any, ...]:
    doc_id, context = event["doc_id"], material.context
    return arguments(
        event,
        names=context.names.get(doc_id, ()),
        dates=context.dates.get(doc_id, ()),
        treaties=context.treaties.get(doc_id, ()),
    )


def _triggers(event: Row, stretch: Stretch, material: Material) -> Iterator[tuple[int, int, list[Row]]]:
    """Yield the triggers in the stretch with the events that they name; the one that is shown is always there."""
    here = [row for row in material.by_article.get(event["doc_id"], ()) if stretch.start <= row["start"] < stretch.end]
    places: dict[tuple[int, int], list[Row]] = {}
    for row in [event, *(row for row in here if row["event_id"] != event["event_id"])]:
        places.setdefault((row["start"], row["end"]), []).append(row)
    for (start, end), rows in places.items():
        yield start, end, rows


def _near(event: Row, stretch: Stretch, material: Material) -> dict[str, Any]:
    """List what stands near an event, nearest first, to complete its slots with."""
    doc_id, context = event["doc_id"], material.context
    names = _nearest(material.within(context.names, doc_id, stretch.start, stretch.end), event)
    dates = _nearest(material.within(context.dates, doc_id, stretch.start, stretch.end), event)
    return {
        "date": _once({"value": row["edtf"], "more": harmless(row["text"])} for row in dates if row["edtf"]),
        "states": _once({"value": row["country"], "more": harmless(row["text"])} for row in names if row["country"]),
        "persons": _once({"value": harmless(row["text"])} for row in names if row["label"] == "PER"),
        "actors": _once({"value": harmless(row["text"])} for row in names if row["label"] in ("ORG", "NORP", "MISC")),
        "place": _once({"value": harmless(row["text"])} for row in names if row["label"] in ("GPE", "LOC")),
    }


def _nearest(rows: list[Row], event: Row) -> list[Row]:
    """Sort by whether in the same sentence, then by distance."""
    return sorted(
        rows,
        key=lambda row: (
            not event["sentence_start"] <= row["start"] < event["sentence_end"],
            abs(row["start"] - event["start"]),
        ),
    )


def _once(found: Iterator[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    first: dict[str, Mapping[str, Any]] = {}
    for item in found:
        first.setdefault(item["value"], item)
    return list(first.values())[:MOST_NEAR]
