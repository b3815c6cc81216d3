"""Make the events of pairs.toml, and ask the timeline about them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman import timeline
from dragoman.dates.edtf import bounds
from dragoman.records import Article, Event, Extraction, Instrument
from dragoman.rows import Row, of_extraction
from dragoman.spool import Spool
from dragoman.tables import EVENTS, TIMELINE

SIDES = ("participants", "source", "target", "actors", "persons", "organisations", "subjects")


def load() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("pairs.toml")
    pairs: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["pair"]
    return pairs


def row(mention: Mapping[str, Any], number: int) -> Row:
    """Make the row of `events` of a mention; `number` sets apart the mentions of one article."""
    count = mention.get("count", [0, 0])
    evidence = mention.get("evidence", f"Sentence {number} of {mention['doc']}.")
    date = mention.get("date")
    first, last, precision = bounds(date) if date else (None, None, None)
    sentence = 0 if "evidence" in mention else 100 * number
    event = Event(
        type=mention["type"],
        subtype=mention.get("subtype"),
        start=sentence + 7 * number,
        end=sentence + 7 * number + 4,
        trigger="went",
        sentence_start=sentence,
        sentence_end=sentence + len(evidence),
        evidence=evidence,
        rule="test",
        date=date,
        date_start=first,
        date_end=last,
        date_precision=precision,
        date_basis=mention.get("basis", "clause" if date else "none"),
        place=mention.get("place"),
        instruments=tuple(Instrument(0, 1, kind, kind) for kind in mention.get("instruments", ())),
        count_min=count[0] or None,
        count_max=count[1] or None,
        modality=mention.get("modality", "actual"),
        polarity=mention.get("polarity", "positive"),
        aspect=mention.get("aspect", "single"),
        **{side: tuple(mention.get(side, ())) for side in SIDES},
    )
    article = Article(mention["doc"], mention["doc"], evidence)
    (made,) = of_extraction(Extraction(article, mention["language"], 1.0, events=(event,))).events
    return made


def told(mentions: list[Mapping[str, Any]], folder: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the event_ids of the mentions and the timeline's rows about them."""
    before = [[other["doc"] for other in mentions[:index]] for index in range(len(mentions))]
    rows = [row(mention, docs.count(mention["doc"])) for mention, docs in zip(mentions, before, strict=True)]
    spool = Spool(folder / "spool.sqlite")
    spool.put(EVENTS, rows)
    lines = list(timeline.merged(spool.rows(EVENTS, order=timeline.ORDER)))
    spool.close()
    return [str(made[0]) for made in rows], [dict(zip(TIMELINE.names, line, strict=True)) for line in lines]
