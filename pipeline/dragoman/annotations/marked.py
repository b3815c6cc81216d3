"""An annotated article as all annotation tools see it: a text, pieces of it with labels, links between pieces.

A label is a kind of name (PER ...), a type of date (DATE ...), a type of event, or SPAN for a piece that only
fills a slot. What a label cannot say stands in `attributes`, as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.errors import UsageError
from dragoman.ontology import load_ontology
from dragoman.tables import LABELS, TIMEX_TYPES

SPAN = "SPAN"
NAME, DATE, EVENT = "name", "date", "event"
ROLES = (
    "date",
    "source",
    "target",
    "participant",
    "person",
    "place",
    "actor",
    "organisation",
    "instrument",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled piece of the text: text[start:end], in code points."""

    start: int
    end: int
    label: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the label is: name, date, event or SPAN."""
        if self.label in LABELS:
            return NAME
        if self.label in TIMEX_TYPES:
            return DATE
        return SPAN if self.label == SPAN else EVENT


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A slot: the event at place `event` of the marks is filled by the mark at place `filler`, in a role."""

    event: int
    filler: int
    role: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its marks and links; `published` is an ISO 8601 day."""

    doc_id: str
    text: str
    language: str | None = None
    title: str | None = None
    published: str | None = None
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()

    def facts(self) -> dict[str, str]:
        """What is known of the article beside its text."""
        pairs = {"doc_id": self.doc_id, "language": self.language, "title": self.title, "published": self.published}
        return {key: value for key, value in pairs.items() if value is not None}


def labels() -> tuple[str, ...]:
    """List all labels: names, dates, events and SPAN."""
    return (*LABELS, *TIMEX_TYPES, *load_ontology(), SPAN)


def checked(article: Marked, where: str) -> Marked:
    """Return the article if its marks can be; `where` says in an error what was being read."""
    known = set(labels())
    for mark in article.marks:
        if not 0 <= mark.start < mark.end <= len(article.text):
            raise UsageError(
                f"{where}: a mark from {mark.start} to {mark.end} is outside the text; was the text changed?"
            )
        if mark.label not in known:
            raise UsageError(f"{where}: unknown label {mark.label}; known labels: {', '.join(sorted(known))}")
    for link in article.links:
        if link.role not in ROLES:
            raise UsageError(f"{where}: unknown role {link.role}; known roles: {', '.join(ROLES)}")
        if article.marks[link.event].kind != EVENT:
            raise UsageError(
                f"{where}: the link {link.role} begins at {article.marks[link.event].label}; begin it at an event"
            )
    return article


def ordered(article: Marked) -> Marked:
    """Sort marks by their place, and links with them, so that the same annotation is the same whatever the tool."""
    places = sorted(
        range(len(article.marks)),
        key=lambda place: (
            article.marks[place].start,
            article.marks[place].end,
            article.marks[place].label,
            sorted(article.marks[place].attributes.items()),
        ),
    )
    new = {old: place for place, old in enumerate(places)}
    links = sorted({Link(new[link.event], new[link.filler], link.role) for link in article.links})
    return Marked(
        **{key: value for key, value in _fields(article).items() if key not in {"marks", "links"}},
        marks=tuple(article.marks[place] for place in places),
        links=tuple(links),
    )


def _fields(article: Marked) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Marked.__dataclass_fields__}


def utf16(text: str) -> list[int]:
    """Return for each code point, and for the end, its place in UTF-16 code units."""
    places, place = [0], 0
    for char in text:
        place += 2 if ord(char) > 0xFFFF else 1
        places.append(place)
    return places


def from_utf16(text: str) -> dict[int, int]:
    """Return for each place in UTF-16 code units its code point."""
    return {unit: place for place, unit in enumerate(utf16(text))}
