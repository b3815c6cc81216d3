"""From the records of one article to rows of the tables, in the order of their columns.

A row is a tuple of str, int, float, bool or None; lists are already joined (see `cells`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman import treaties
from dragoman.cells import harmless, joined
from dragoman.ontology import load_ontology
from dragoman.records import Article, Entity, Event, Extraction, Rejection, Timex

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

SCORE_DIGITS = 4
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that one article gives, by table."""

    article: Row
    entities: tuple[Row, ...]
    dates: tuple[Row, ...]
    events: tuple[Row, ...]
    treaties: tuple[Row, ...]


def digest(*parts: object) -> str:
    """Hash some content to an identifier that is the same in every run."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def of_extraction(extraction: Extraction) -> Rows:
    """Make the rows of an article that was read."""
    doc_id = harmless(extraction.article.doc_id)
    events = tuple(_identified(extraction))
    return Rows(
        article=_article(extraction),
        entities=tuple(_entity(doc_id, entity) for entity in extraction.entities),
        dates=tuple(_timex(doc_id, timex) for timex in extraction.timexes),
        events=tuple(_event(event_id, extraction, event) for event_id, event in events),
        treaties=tuple(_treaties(doc_id, events)),
    )


def of_rejection(rejection: Rejection) -> tuple[Row | None, Row]:
    """Make the row of `articles`, if the record is known by a doc_id, and the row of `rejects`."""
    path, reason = harmless(rejection.path), harmless(rejection.reason)
    reject: Row = (path, _text(rejection.record), reason, harmless(rejection.message))
    if rejection.doc_id is None:
        return None, reject
    unknown = (None,) * 6
    return (harmless(rejection.doc_id), path, *unknown, "rejected", reason, rejection.sha256), reject


def _text(value: str | None) -> str | None:
    return harmless(value) if value else None


def _score(value: float | None) -> float | None:
    return None if value is None else round(float(value), SCORE_DIGITS)


def _article(extraction: Extraction) -> Row:
    article: Article = extraction.article
    return (
        harmless(article.doc_id),
        harmless(article.path),
        extraction.language,
        _score(extraction.language_confidence),
        _text(article.title),
        _text(article.published),
        len(article.text),
        len(extraction.sentences),
        "ok",
        None,
        hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _entity(doc_id: str, entity: Entity) -> Row:
    return (
        doc_id,
        entity.start,
        entity.end,
        harmless(entity.text),
        entity.label,
        harmless(entity.canonical),
        _text(entity.country),
        entity.engine,
        _score(entity.score),
    )


def _timex(doc_id: str, timex: Timex) -> Row:
    return (
        doc_id,
        timex.start,
        timex.end,
        harmless(timex.text),
        timex.timex_type,
        _text(timex.edtf),
        timex.date_start,
        timex.date_end,
        timex.precision,
        timex.relative,
        timex.rule,
        timex.value,
        timex.mod,
        None if timex.calendar == "gregorian" else timex.calendar,
    )


def _identified(extraction: Extraction) -> Iterator[tuple[str, Event]]:
    """Give every event its id; events alike in all that the id is made of are told apart by their ordinal."""
    seen: Counter[tuple[object, ...]] = Counter()
    for event in sorted(extraction.events, key=_event_order):
        content = (extraction.article.doc_id, event.type, event.start, event.end, event.date)
        seen[content] += 1
        yield digest("event", *content, seen[content]), event


def _event_order(event: Event) -> tuple[object, ...]:
    return (event.start, event.end, event.type, event.date or "", event.participants, repr(event))


def _language_at(extraction: Extraction, offset: int) -> str:
    for start, end, language in extraction.languages:
        if start <= offset < end:
            return language
    return extraction.language


def _event(event_id: str, extraction: Extraction, event: Event) -> Row:
    known = load_ontology().get(event.type)
    codes = known.codes(modality=event.modality, polarity=event.polarity) if known else None
    return (
        event_id,
        harmless(extraction.article.doc_id),
        _language_at(extraction, event.start),
        event.type,
        _text(event.subtype),
        harmless(event.trigger),
        event.start,
        event.end,
        event.sentence_start,
        event.sentence_end,
        harmless(event.evidence),
        *_date_cells(event),
        *_list_cells(event),
        event.count_min,
        event.count_max,
        event.modality,
        event.polarity,
        event.aspect,
        codes.cameo if codes else None,
        codes.plover if codes else None,
        _score(event.confidence),
        event.rule,
    )


def _date_cells(event: Event) -> Row:
    return (
        _text(event.date),
        event.date_start,
        event.date_end,
        event.date_precision,
        event.date_basis,
        _text(event.date_text),
    )


def _list_cells(event: Event) -> Row:
    kinds = [instrument.kind for instrument in event.instruments]
    topics = [*event.subjects, *(topic for instrument in event.instruments for topic in instrument.subjects)]
    return (
        joined(event.participants),
        joined(event.source),
        joined(event.target),
        joined(event.actors),
        joined(event.persons),
        joined(event.organisations),
        _text(event.place),
        joined(kinds),
        joined(topics),
    )


def _treaties(doc_id: str, events: Iterable[tuple[str, Event]]) -> Iterator[Row]:
    seen: Counter[tuple[object, ...]] = Counter()
    for treaty in treaties.joined_across(events):
        content = (doc_id, treaty.start, treaty.end, treaty.kind, treaty.signed)
        seen[content] += 1
        yield (
            digest("treaty", *content, seen[content]),
            treaty.event_id,
            doc_id,
            treaty.start,
            treaty.end,
            harmless(treaty.text),
            treaty.kind,
            _text(treaty.title),
            joined(treaty.subjects),
            joined(treaty.parties),
            treaty.signed,
            treaty.ratified,
            treaty.in_force,
            treaty.terminated,
            treaty.count_min,
            treaty.count_max,
            _text(treaty.place),
        )
