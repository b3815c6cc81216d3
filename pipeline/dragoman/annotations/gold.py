"""Between gold records (one JSON object an article, see corpus/README.md) or runs, and marks with links.

Slots that links say completely are not repeated as attributes: whoever moves a link in a tool changes the slot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman import originals
from dragoman.annotations.marked import DATE, EVENT, NAME, SPAN, Link, Mark, Marked, checked, ordered
from dragoman.arguments import arguments
from dragoman.cells import joined, split
from dragoman.errors import UsageError
from dragoman.listing import by_document, rows
from dragoman.pack import languages
from dragoman.results import Run
from dragoman.sentences import split as sentences_of

Record = dict[str, Any]

LISTS = ("participants", "source", "target", "actors", "persons", "organisations", "instruments", "subjects")
TRUTHS = ("optional", "relative")
COUNT = "count"
USUAL = {"modality": "actual", "polarity": "positive", "aspect": "single"}
PLACED = ("type", "trigger", "start", "end", "text", "label", "timex_type")
FROM_EVENTS = (
    *("start", "end", "type", "trigger", "date", "participants", "source", "target", "actors", "persons"),
    *("organisations", "place", "instruments", "subjects", "modality", "polarity", "aspect"),
    *("sentence_start", "sentence_end", "evidence", "date_text"),
)


def read_gold(path: Path) -> Iterator[Record]:
    """Read gold records; UsageError names the line that is none."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            record["id"], record["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}: line {number} is no gold record ({error!r}); it needs id and text") from error
        yield record


def of_run(run: Run, inputs: Sequence[str | Path] | None = None) -> Iterator[Record]:
    """Turn a run into records, as if it were gold; articles that are gone or changed are left out."""
    read = [row for row in rows(run, "articles") if row["status"] == "ok"]
    tables = {name: by_document(rows(run, name)) for name in ("events", "dates", "entities", "treaties")}
    known = {row["doc_id"]: row for row in read}
    for doc_id, text in originals.texts(run, read, inputs=inputs):
        found = {name: table.get(doc_id, []) for name, table in tables.items()}
        yield {
            "id": doc_id,
            **{key: known[doc_id][key] for key in ("language", "title", "published")},
            "text": text,
            "events": [_event(row) for row in found["events"]],
            "dates": [
                {key: row[key] for key in ("text", "start", "end", "edtf", "timex_type")} for row in found["dates"]
            ],
            "entities": [
                {key: row[key] for key in ("start", "end", "label", "canonical", "country")}
                for row in found["entities"]
            ],
            "treaties": found["treaties"],
        }


def _event(row: Mapping[str, Any]) -> Record:
    event = {key: row[key] for key in FROM_EVENTS}
    if row["count_min"] is not None or row["count_max"] is not None:
        event[COUNT] = [row["count_min"], row["count_max"]]
    return event


def to_marked(record: Record) -> Marked:
    """Turn a record into marks and links."""
    text = record["text"]
    names = [_mark(name, name["label"]) for name in record.get("entities") or ()]
    dates = [_mark(date, date["timex_type"]) for date in record.get("dates") or ()]
    marks = [*names, *dates]
    links: list[Link] = []
    spans = _sentences(record)
    for event in record.get("events") or ():
        fillers = _fillers(event, record, spans)
        places = []
        for start, end, role in fillers:
            place = next(
                (n for n, mark in enumerate(marks) if (mark.start, mark.end) == (start, end) and mark.kind != EVENT),
                None,
            )
            if place is None:
                marks.append(Mark(start, end, SPAN))
                place = len(marks) - 1
            places.append((place, role))
        linked = _linked([(marks[place], role) for place, role in places], text)
        slots = {key: value for key, value in event.items() if key in KEPT and not _same(linked.get(key), value)}
        marks.append(Mark(event["start"], event["end"], event["type"], _attributes(slots)))
        links += [Link(len(marks) - 1, place, role) for place, role in places]
    facts = (record.get("language"), record.get("title"), record.get("published"))
    return ordered(Marked(record["id"], text, *facts, marks=tuple(marks), links=tuple(links)))


KEPT = (*LISTS, *TRUTHS, *USUAL, COUNT, "date", "place")


def _mark(item: Mapping[str, Any], label: str) -> Mark:
    return Mark(item["start"], item["end"], label, _attributes({k: v for k, v in item.items() if k not in PLACED}))


def _attributes(slots: Mapping[str, Any]) -> dict[str, str]:
    written: dict[str, str] = {}
    for key, value in slots.items():
        text = _written(key, value)
        if text is not None and USUAL.get(key) != text:
            written[key] = text
    return written


def _written(key: str, value: Any) -> str | None:
    if value is None or value == "" or value == [] or value is False:
        return None
    if key == COUNT:
        low, high = value
        return f"{'' if low is None else low}..{'' if high is None else high}"
    if isinstance(value, list | tuple):
        return joined(map(str, value))
    return "true" if value is True else str(value)


def _read(key: str, text: str, where: str) -> Any:
    if key in LISTS:
        return split(text)
    if key in TRUTHS:
        return text == "true"
    if key != COUNT:
        return text
    low, dots, high = text.partition("..")
    try:
        return [int(low) if low else None, int(high) if high else (None if dots else int(low))]
    except ValueError:
        raise UsageError(f"{where}: count {text} is no number or bounds; write 11, 11..12 or 51..") from None


def _sentences(record: Record) -> list[tuple[int, int]]:
    language = record.get("language")
    if language not in languages():
        return []
    return [(span.start, span.end) for span in sentences_of(record["text"], language=language)]


def _fillers(event: Record, record: Record, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Find the pieces of text that fill an event's slots; gold events do not say their sentence."""
    text = record["text"]
    start, end = event.get("sentence_start"), event.get("sentence_end")
    if start is None or end is None:
        start, end = next(((a, b) for a, b in spans if a <= event["start"] < b), (0, len(text)))
    dates = sorted(record.get("dates") or (), key=lambda date: date["start"])
    row = {
        **{key: event.get(key) or [] for key in LISTS},
        **{key: event.get(key) for key in ("place", "start", "end", "date_text")},
        "sentence_start": start,
        "sentence_end": end,
        "evidence": text[start:end],
    }
    if row["date_text"] is None:
        inside = [date for date in dates if start <= date["start"] < end and date.get("edtf") == event.get("date")]
        row["date_text"] = text[inside[0]["start"] : inside[0]["end"]] if inside and event.get("date") else None
    names = [
        {"canonical": None, "country": None, **name, "text": text[name["start"] : name["end"]]}
        for name in sorted(record.get("entities") or (), key=lambda name: name["start"])
    ]
    texts = [{**date, "text": text[date["start"] : date["end"]]} for date in dates]
    found = arguments(row, names=names, dates=texts, treaties=record.get("treaties") or ())
    return [(each.start, each.end, each.role) for each in found]


SLOT_OF = {"person": "persons", "actor": "actors", "place": "place"}


def _linked(fillers: Iterable[tuple[Mark, str]], text: str) -> Record:
    """Work out the slots that links say by themselves."""
    slots: Record = {}
    for mark, role in fillers:
        if role == "date" and mark.attributes.get("edtf"):
            slots.setdefault("date", mark.attributes["edtf"])
        elif role in {"source", "target", "participant"} and mark.attributes.get("country"):
            country = mark.attributes["country"]
            slots.setdefault("participants", []).append(country)
            if role != "participant":
                slots.setdefault(role, []).append(country)
        elif role in SLOT_OF:
            value = mark.attributes.get("canonical") or text[mark.start : mark.end]
            if role == "place":
                slots.setdefault("place", value)
            else:
                slots.setdefault(SLOT_OF[role], []).append(value)
    return {key: sorted(set(value)) if isinstance(value, list) else value for key, value in slots.items()}


def _same(one: Any, other: Any) -> bool:
    return (sorted(one) == sorted(other)) if isinstance(one, list) and isinstance(other, list) else one == other


def to_record(article: Marked, where: str) -> Record:
    """Turn marks and links into a gold record; an attribute counts more than a link."""
    article = ordered(checked(article, where))
    text = article.text
    events, dates, names = [], [], []
    for place, mark in enumerate(article.marks):
        slots = {key: _read(key, value, where) for key, value in mark.attributes.items()}
        span = {"start": mark.start, "end": mark.end}
        if mark.kind == EVENT:
            linked = _linked(
                ((article.marks[link.filler], link.role) for link in article.links if link.event == place), text
            )
            base = {"type": mark.label, "trigger": text[mark.start : mark.end], **span, "date": "", "participants": []}
            events.append({**base, "modality": "actual", "polarity": "positive", **linked, **slots})
        elif mark.kind == DATE:
            dates.append({"text": text[mark.start : mark.end], **span, "edtf": "", "timex_type": mark.label, **slots})
        elif mark.kind == NAME:
            names.append({**span, "label": mark.label, **slots})
    return {
        "id": article.doc_id,
        "language": article.language,
        "title": article.title,
        "published": article.published,
        "text": text,
        "events": events,
        "dates": dates,
        "entities": names,
    }
