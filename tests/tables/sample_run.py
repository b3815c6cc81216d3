"""A small corpus of extractions, made by hand, that fills every table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from dragoman.records import Article, Entity, Event, Extraction, Instrument, Rejection, Span, Timex
from dragoman.writing import RunSummary, RunWriter

TEXT = (
    "=Romania and Azerbaijan\n"
    "Romania recognised Azerbaijan on 11 December 1991. "
    "The Treaty of Friendship, signed in March 1996, entered into force in 1997."
)
BENGALI = "রোমানিয়া ১৯৯১ সালের ১১ ডিসেম্বর আজারবাইজানের স্বাধীনতাকে স্বীকৃতি দেয়।"


def at(text: str, piece: str) -> tuple[int, int]:
    start = text.index(piece)
    return start, start + len(piece)


def event(text: str, trigger: str, **slots: object) -> Event:
    start, end = at(text, trigger)
    return Event(
        start=start,
        end=end,
        trigger=trigger,
        sentence_start=0,
        sentence_end=len(text),
        evidence=text,
        rule="en/rules/test.toml:en.test",
        **slots,  # type: ignore[arg-type]
    )


def day(iso: str) -> dict[str, object]:
    return {"date": iso, "date_start": iso, "date_end": iso, "date_precision": "day", "date_basis": "clause"}


def english(doc_id: str = "news/en.txt") -> Extraction:
    sides = {"participants": ("ROU", "AZE"), "source": ("ROU",), "target": ("AZE",)}
    treaty = Instrument(*at(TEXT, "Treaty"), "Treaty", "treaty", "Treaty of Friendship", ("friendship",))
    pair = {"participants": ("AZE", "ROU"), "instruments": (treaty,)}
    month = {
        "date": "1996-03",
        "date_start": "1996-03-01",
        "date_end": "1996-03-31",
        "date_precision": "month",
    }
    year = {"date": "1997", "date_start": "1997-01-01", "date_end": "1997-12-31", "date_precision": "year"}
    return Extraction(
        article=Article(doc_id, doc_id, TEXT, title="=Romania and Azerbaijan", published="2013-03-01"),
        language="en",
        language_confidence=0.98765432,
        sentences=(Span(*at(TEXT, "Romania and Azerbaijan")), Span(24, len(TEXT))),
        entities=(
            Entity(*at(TEXT, "Romania"), "Romania", "GPE", "Romania", "ROU"),
            Entity(*at(TEXT, "Azerbaijan"), "Azerbaijan", "GPE", "Azerbaijan", "AZE"),
        ),
        timexes=(
            Timex(
                *at(TEXT, "11 December 1991"),
                "11 December 1991",
                "DATE",
                "1991-12-11",
                "1991-12-11",
                "1991-12-11",
                "day",
                False,
                "en.date.day-month-year",
            ),
        ),
        events=(
            event(TEXT, "recognised", type="recognition", **day("1991-12-11"), **sides),
            event(TEXT, "signed", type="treaty_signed", **month, **pair),
            event(TEXT, "entered into force", type="treaty_in_force", **year, **pair),
        ),
    )


def bengali(doc_id: str = "news/bn.txt") -> Extraction:
    return Extraction(
        article=Article(doc_id, doc_id, BENGALI),
        language="bn",
        language_confidence=1.0,
        sentences=(Span(0, len(BENGALI)),),
        events=(
            event(
                BENGALI,
                "স্বীকৃতি",
                type="recognition",
                participants=("AZE", "ROU"),
                source=("ROU",),
                target=("AZE",),
                persons=("ক;খ", "গ\\ঘ"),
                **day("1991-12-11"),
            ),
        ),
    )


REJECTIONS = (
    Rejection("broken.bin", "not-text", "holds no text; leave it out", sha256="0" * 64),
    Rejection("many.jsonl", "invalid-json", "line 3 is not JSON; mend it", record="3"),
    Rejection("many.jsonl", "empty", "the text is empty", record="4", doc_id="many.jsonl#four"),
)


def write(
    folder: Path,
    *,
    records: Iterable[Extraction | Rejection] = (english(), bengali(), *REJECTIONS),
    overwrite: bool = False,
) -> RunSummary:
    with RunWriter(folder, settings={"entities": "all"}, command=["test"], overwrite=overwrite) as writer:
        for record in records:
            if isinstance(record, Rejection):
                writer.reject(record)
            else:
                writer.add(record)
    assert writer.summary is not None
    return writer.summary


def package(folder: Path) -> dict[str, object]:
    described: dict[str, object] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return described
