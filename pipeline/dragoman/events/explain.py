"""Why an event was read, and why not: what fired in each sentence, and what stopped a trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman import names
from dragoman.dates import find as find_dates
from dragoman.events import passage_of
from dragoman.events.assembly import read_events
from dragoman.events.knowledge import load_knowledge
from dragoman.events.rules import Rule
from dragoman.records import Event, Span
from dragoman.sentences import split


@dataclass(frozen=True, slots=True)
class Refused:
    """A trigger that stood in a sentence but gave no event, with the condition that failed."""

    rule: Rule
    start: int
    end: int
    failed: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence with the events read from it and the triggers refused."""

    span: Span
    events: tuple[Event, ...]
    refused: tuple[Refused, ...]


def explain(
    text: str, *, language: str, title: str | None = None, published: str | None = None, type: str | None = None
) -> list[Explained]:
    """Explain every sentence of a text in which a trigger stands; `type` keeps one type of event."""
    knowledge = load_knowledge(language)
    named = names.read_names(text, language=language, published=published)
    passage = passage_of(
        text,
        language=language,
        sentences=split(text, language=language),
        entities=named.entities,
        mentions=named.mentions,
        timexes=find_dates(text, language=language, published=published),
        title=title,
        published=published,
    )
    refused: list[Refused] = []
    events = read_events(passage, knowledge, refuse=lambda *facts: refused.append(Refused(*facts)))
    chosen = [
        Explained(
            span,
            tuple(event for event in events if event.sentence_start == span.start and type in {None, event.type}),
            tuple(
                one for one in refused if span.start <= one.start < span.end and type in {None, one.rule.type}
            ),
        )
        for span in passage.sentences
    ]
    return [one for one in chosen if one.events or one.refused]


def lines(explained: Iterable[Explained], text: str, *, places: dict[str, str]) -> Iterator[str]:
    """Write an explanation line by line; `places` gives file and line of each rule's name."""
    for one in explained:
        yield " ".join(one.span.of(text).split())
        for event in one.events:
            yield f"  {event.type}  {event.trigger!r} at {event.start}"
            yield f"    rule          {event.rule.split('#')[-1]} ({places.get(event.rule, event.rule)})"
            yield f"    date          {_date(event)}"
            yield f"    participants  {';'.join(event.participants) or 'none in sight'}{_direction(event)}"
            yield f"    so            {event.modality}, {event.polarity}, {event.aspect}, confidence {event.confidence}"
        for stop in one.refused:
            word = text[stop.start : stop.end]
            yield f"  no {stop.rule.type}  {word!r}: {stop.rule.id} ({stop.rule.place}) failed {stop.failed}"
        yield ""


def _date(event: Event) -> str:
    if event.date is None:
        return "none in the sentence, and none to inherit"
    return f"{event.date} from {event.date_text!r} ({event.date_basis})"


def _direction(event: Event) -> str:
    if not event.source and not event.target:
        return ""
    return f", {';'.join(event.source) or '?'} -> {';'.join(event.target) or '?'}"
