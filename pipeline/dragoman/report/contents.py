"""From the tables of a run to what the page shows: plain values, by column, cut to a length that a page can bear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.arguments import arguments
from dragoman.cells import harmless
from dragoman.codes import state_code
from dragoman.listing import Row, by_document, rows
from dragoman.ontology import load_ontology
from dragoman.report.passages import Passage
from dragoman.results import Run

LONGEST_CELL = 400
MOST_EVENTS = 50_000
MOST_REJECTS = 2_000

EVENT_COLUMNS = (
    "event_id",
    "language",
    "type",
    "subtype",
    "trigger",
    "start",
    "end",
    "sentence_start",
    "sentence_end",
    "date",
    "date_start",
    "date_end",
    "date_precision",
    "date_basis",
    "date_text",
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
    "cameo",
    "plover",
    "confidence",
    "rule",
)
TREATY_COLUMNS = (
    "kind",
    "title",
    "text",
    "subjects",
    "parties",
    "signed",
    "ratified",
    "in_force",
    "terminated",
    "count_min",
    "count_max",
    "place",
)
TIMELINE_COLUMNS = ("type", "date", "participants", "mentions", "documents", "languages", "conflicts")


class Tables:
    """The tables of a run, each as a list of rows; of very many events only the first `MOST_EVENTS` are shown."""

    def __init__(self, run: Run) -> None:
        self.articles = rows(run, "articles")
        self.timeline = rows(run, "timeline")
        self.rejects = rows(run, "rejects")
        every = rows(run, "events")
        self.left_out = max(0, len(every) - MOST_EVENTS)
        self.events = every[:MOST_EVENTS]
        self.number = {event["event_id"]: number for number, event in enumerate(self.events)}
        self.by_article = by_document(self.events)
        self.treaties = rows(run, "treaties")
        self.treaties_of = by_document(self.treaties)
        names, dates = rows(run, "entities"), rows(run, "dates")
        self.labels = Counter(row["label"] for row in names)
        self.precisions = Counter(row["precision"] or "unknown" for row in dates if row["timex_type"] == "DATE")
        self.names, self.dates = by_document(names), by_document(dates)
        told = [row for row in self.articles if row["doc_id"] in self.by_article]
        self.told = told
        self.place = {row["doc_id"]: number for number, row in enumerate(told)}


def of_run(run: Run, tables: Tables) -> dict[str, Any]:
    """Return everything but the texts."""
    return {
        "run": _facts(run, tables),
        "types": _types(tables),
        "states": _states(tables),
        "articles": _columns(tables.told, ("doc_id", "language", "title", "published", "characters")),
        "events": _events(tables),
        "timeline": _timeline(tables),
        "treaties": _treaties(tables),
        "rejects": _columns(tables.rejects[:MOST_REJECTS], ("path", "record", "reason", "message")),
        "labels": dict(tables.labels.most_common()),
        "precisions": dict(tables.precisions.most_common()),
    }


def of_article(doc_id: str, passages: Sequence[Passage], tables: Tables, *, whole: bool) -> dict[str, Any]:
    """Return an article's text with the names and dates that stand in it."""
    return {
        "whole": whole,
        "passages": [[passage.start, passage.text] for passage in passages],
        "names": [
            [row["start"], row["end"], row["label"], cut(row["canonical"]), row["country"]]
            for row in _shown(tables.names.get(doc_id, ()), passages)
        ],
        "dates": [
            [row["start"], row["end"], row["timex_type"], row["edtf"]]
            for row in _shown(tables.dates.get(doc_id, ()), passages)
        ],
    }


def _shown(found: Iterable[Row], passages: Sequence[Passage]) -> Iterable[Row]:
    for row in found:
        if any(passage.start <= row["start"] and row["end"] <= passage.end for passage in passages):
            yield row


def cut(value: Any) -> Any:
    """Shorten texts, alone or in a list; leave numbers and None."""
    if isinstance(value, list):
        return [cut(item) for item in value]
    if not isinstance(value, str):
        return value
    return harmless(value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "\u2026")


def _columns(found: Sequence[Row], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [cut(row[name]) for row in found] for name in names}


def _facts(run: Run, tables: Tables) -> dict[str, Any]:
    info = run.info
    counts = info["counts"]
    return {
        "name": run.folder.resolve().name,
        "version": info.get("dragoman"),
        "release": info.get("release"),
        "finished": info.get("finished"),
        "tables": counts["tables"],
        "ok": counts.get("articles", {}).get("ok"),
        "rejected": len(tables.rejects),
        "reasons": counts.get("reasons", {}),
        "languages": dict(Counter(row["language"] for row in tables.articles if row["status"] == "ok")),
        "left_out": tables.left_out,
        "rejects_left_out": max(0, len(tables.rejects) - MOST_REJECTS),
        "models": (info.get("models") or {}).get("all"),
    }


def _types(tables: Tables) -> dict[str, dict[str, Any]]:
    ontology = load_ontology()
    used = sorted({event["type"] for event in tables.events})
    return {
        name: {
            "definition": known.definition if (known := ontology.get(name)) else "",
            "soft": bool(known and known.soft),
        }
        for name in used
    }


def _states(tables: Tables) -> dict[str, str]:
    used = {code for event in tables.events for code in event["participants"]}
    used |= {code for treaty in tables.treaties for code in treaty["parties"]}
    known: dict[str, str] = {}
    for code in sorted(used):
        found = state_code(code)
        if found is not None:
            known[code] = found.name
    return known


def _events(tables: Tables) -> dict[str, list[Any]]:
    columns = _columns(tables.events, EVENT_COLUMNS)
    columns["article"] = [tables.place[event["doc_id"]] for event in tables.events]
    columns["arguments"] = [
        [[found.start, found.end, found.role] for found in _arguments(event, tables)] for event in tables.events
    ]
    return columns


def _arguments(event: Row, tables: Tables) -> Iterable[Any]:
    doc_id = event["doc_id"]
    return arguments(
        event,
        names=tables.names.get(doc_id, ()),
        dates=tables.dates.get(doc_id, ()),
        treaties=tables.treaties_of.get(doc_id, ()),
    )


def _timeline(tables: Tables) -> dict[str, list[Any]]:
    """Return the rows that merge several mentions; the others say no more than their event."""
    merged = [row for row in tables.timeline if row["mentions"] > 1 or row["conflicts"]]
    columns = _columns(merged, TIMELINE_COLUMNS)
    columns["events"] = [_numbers(row["event_ids"], tables.number) for row in merged]
    return columns


def _numbers(event_ids: Iterable[str], number: Mapping[str, int]) -> list[int]:
    return sorted(number[event_id] for event_id in event_ids if event_id in number)


def _treaties(tables: Tables) -> dict[str, list[Any]]:
    shown = [row for row in tables.treaties if row["event_id"] in tables.number]
    columns = _columns(shown, TREATY_COLUMNS)
    columns["event"] = [tables.number[row["event_id"]] for row in shown]
    return columns
