"""The way of an article, on one page: language, sentences, names, dates, events.

A step takes text and records and returns records with offsets of the text it was given; here they are
moved to the offsets of the article. Nothing is read from disk but the language packs, nothing is printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from dragoman import dates, events
from dragoman.config import Settings
from dragoman.errors import DragomanError, ReleaseError
from dragoman.language import Verdict, detect, forced, transliteration
from dragoman.limits import TOO_SLOW, TooSlow, allowed, processor_seconds
from dragoman.names import NO_NAMES
from dragoman.naming import names_of
from dragoman.records import Article, Entity, Event, Extraction, Rejection, Span, Timex
from dragoman.releases.store import is_open
from dragoman.sentences import split

HEADING = 160
"""A first line of at most so many code points, without a full stop, serves as title where none is given."""

Record = TypeVar("Record", Entity, Timex)
Part = tuple[tuple[Span, ...], tuple[Entity, ...], tuple[Timex, ...], tuple[Event, ...]]
"""The sentences, names, dates and events of a stretch of an article."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article in one language, and the title; both in the language's usual alphabet.

    `text` is as long as the stretch itself.
    """

    start: int
    text: str
    language: str
    title: str | None


def process_all(records: Iterable[Article | Rejection], *, settings: Settings) -> Iterator[Extraction | Rejection]:
    """Process each article; what was rejected earlier passes through."""
    for record in records:
        yield record if isinstance(record, Rejection) else _in_time(record, settings)


def _in_time(article: Article, settings: Settings) -> Extraction | Rejection:
    """Process an article within its time; twice, as a process takes some of it to load what it knows."""
    for _ in range(2):
        with suppress(TooSlow), processor_seconds(allowed(settings.input.max_seconds, len(article.text))):
            return process(article, settings=settings)
    message = f"took longer than input.max_seconds = {settings.input.max_seconds} allows; raise it or divide the text"
    return rejected(article, TOO_SLOW, message)


def process(article: Article, *, settings: Settings) -> Extraction | Rejection:
    """Read one article. A failure inside becomes a rejection, so that a run goes on."""
    try:
        return _process(article, settings)
    except (DragomanError, OSError):  # wrong knowledge or a full disk is no fault of the article
        raise
    except Exception as error:  # whatever it is, the other articles are to be read
        message = f"{type(error).__name__}: {error}; please report it with the text"
        return rejected(article, "internal-error", message)


def rejected(article: Article, reason: str, message: str) -> Rejection:
    """Make the rejection of an article that could be read but not processed."""
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    inside = f"{article.path}#"
    record = article.doc_id.removeprefix(inside) if article.doc_id.startswith(inside) else None
    return Rejection(article.path, reason, message, record=record, doc_id=article.doc_id, sha256=digest)


def _process(article: Article, settings: Settings) -> Extraction | Rejection:
    if settings.models.release is not None and not is_open(settings.models.release):
        raise ReleaseError(f"release {settings.models.release} is not open; process inside releases.opened(...)")
    given = settings.language
    verdict = detect(article.text) if given is None else forced(article.text, given)
    if verdict.language is None:
        return _no_language(article, verdict)
    parts = [_read(article, block, settings) for block in _blocks(article, verdict)]
    columns = parts[0] if len(parts) == 1 else tuple(tuple(chain(*column)) for column in zip(*parts, strict=True))
    sentences, entities, timexes, happenings = columns
    if settings.entities != "all":
        entities = _in_events(entities, happenings)
    return Extraction(
        article,
        verdict.language,
        verdict.confidence,
        sentences,
        entities,
        timexes,
        happenings,
        verdict.blocks,
    )


def _no_language(article: Article, verdict: Verdict) -> Rejection:
    if verdict.guess is None:
        message = "too few letters to tell the language; give it with --language"
        return rejected(article, "undetermined", message)
    message = f"looks like {verdict.guess} ({verdict.confidence:.2f}); give --language if that is wrong"
    return rejected(article, "unsupported-language", message)


def _blocks(article: Article, verdict: Verdict) -> Iterator[Block]:
    tables = dict(verdict.transliterated)
    title = article.title or heading(article.text)
    for start, end, language in verdict.blocks:
        piece = article.text[start:end]
        if start not in tables:
            yield Block(start, piece, language, title)
            continue
        table = transliteration(language, tables[start])
        yield Block(start, piece.translate(table), language, title.translate(table) if title else None)


def _read(article: Article, block: Block, settings: Settings) -> Part:
    """Read what one block holds."""
    text, language = block.text, block.language
    published = article.published
    sentences = split(text, language=language)
    seen = events.glimpse(text, language=language, sentences=sentences)
    everywhere = settings.entities == "all"
    timexes = dates.find(text, language=language, published=published, fallback=settings.dates.dateparser)
    named, happenings = NO_NAMES, tuple[Event, ...]()
    if seen.triggers or everywhere:
        named = names_of(
            text,
            language=language,
            settings=settings.of(language),
            sentences=sentences if everywhere else seen.telling,
            published=published,
            within=None if everywhere else seen.sentences,
            everywhere=everywhere,
        )
        happenings = events.find(
            text,
            language=language,
            sentences=sentences,
            entities=named.entities,
            mentions=named.mentions,
            timexes=timexes,
            title=block.title,
            published=published,
            seen=seen,
        )
    place = Placed(article.text, block.start, block.start > 0 or not article.text.startswith(text))
    return (
        place.spans(sentences),
        place.pieces(named.entities),
        place.pieces(timexes),
        tuple(place.event(event) for event in happenings),
    )


def heading(text: str) -> str | None:
    """Return the first line of a text where it looks like a heading."""
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip().strip("=#* ")
    return first if rest and 0 < len(first) <= HEADING and first[-1] not in ".!?:;,\u0964" else None


def _in_events(entities: Sequence[Entity], happenings: Sequence[Event]) -> tuple[Entity, ...]:
    """Keep the names that stand in a sentence with an event."""
    spans = sorted({(event.sentence_start, event.sentence_end) for event in happenings})
    kept: list[Entity] = []
    position = 0
    for entity in sorted(entities, key=lambda entity: entity.start) if spans else ():
        while position < len(spans) and spans[position][1] <= entity.start:
            position += 1
        if position < len(spans) and spans[position][0] < entity.end:
            kept.append(entity)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Placed:
    """Moves records of a block to the offsets of the article, and gives them the article's own letters.

    Nothing `moves` where the block stands at the article's beginning in its own letters.
    """

    text: str
    offset: int
    moves: bool = True

    def spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(self.span(span) for span in spans) if self.moves else spans

    def pieces(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(self.piece(record) for record in records) if self.moves else records

    def span(self, span: Span) -> Span:
        return Span(span.start + self.offset, span.end + self.offset)

    def piece(self, record: Record) -> Record:
        start, end = record.start + self.offset, record.end + self.offset
        return replace(record, start=start, end=end, text=self.text[start:end])

    def event(self, event: Event) -> Event:
        start, end = event.start + self.offset, event.end + self.offset
        sentence = self.span(Span(event.sentence_start, event.sentence_end))
        instruments = tuple(
            replace(
                instrument,
                start=instrument.start + self.offset,
                end=instrument.end + self.offset,
                text=self.text[instrument.start + self.offset : instrument.end + self.offset],
            )
            for instrument in event.instruments
        )
        return replace(
            event,
            start=start,
            end=end,
            trigger=self.text[start:end],
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            evidence=sentence.of(self.text),
            instruments=instruments,
        )
