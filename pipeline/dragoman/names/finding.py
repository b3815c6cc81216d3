"""Names by the gazetteer: a flat list for the entities table, every mention of a state for the events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from dragoman.names.compounds import HEADS, Compound, CompoundFinder
from dragoman.names.doubt import sure_of
from dragoman.names.organisations import Institution, institutions
from dragoman.names.owners import Neighbours
from dragoman.names.parts import parts
from dragoman.names.persons import INITIALS, PersonFinder
from dragoman.names.press import press
from dragoman.names.ranges import Ranges
from dragoman.names.scan import TRIED, Hit, Scanner, load_scanner, longest
from dragoman.records import Entity, Span

PEOPLE = "nationality"
"""The kind of a people's name; inside the name of a person it is a surname."""
STATE_KINDS = frozenset({"state", "nationality", "capital", "city", "region", "seat"})


TOWNS = frozenset({"capital", "city", "region"})
"""Kinds of places whose names are those of persons too."""


@dataclass(frozen=True, slots=True)
class Names:
    """What one scan gives: `entities` never overlap; `mentions` bear a state, nested ones too."""

    entities: tuple[Entity, ...]
    mentions: tuple[Entity, ...]


NO_NAMES = Names((), ())


@lru_cache(maxsize=4)
def read_names(
    text: str, *, language: str, published: str | None = None, within: tuple[Span, ...] | None = None
) -> Names:
    """Find all names of a text once, for both lists.

    With `within` not all names of several words are found elsewhere: only what tells of states and of persons.
    """
    scanner = load_scanner(language)
    view = scanner.view(text)
    hits = scanner.scan(text, view)
    if not hits and (not scanner.cased or INITIALS.search(text) is None):
        return NO_NAMES
    hits = sure_of(scanner, text, view, hits)
    neighbours = Neighbours(scanner, text, view, hits)
    simple = longest(hit for hit in hits if hit.name.label and hit.kind != "person")
    built = [_institution(scanner, text, piece) for piece in institutions(scanner, text, hits, neighbours)]
    people = PersonFinder(scanner, text, view, hits, neighbours, published).find()
    single = [_entity(scanner, text, hit) for hit in simple]
    heads = [hit for hit in _within(hits, within) if hit.kind in HEADS]
    found = CompoundFinder(scanner, text, view, hits, people).find(heads) if heads else []
    named = [_compound(text, piece) for piece in found]
    pairs = _combined(scanner, text, single)
    known = [*built, *people, *single, *named, *pairs]
    known += parts(scanner, text, hits, known)
    entities = _flat([*press(scanner, text, _within(hits, within), known), *known])
    mentions = _mentions(single, [*built, *people], hits, scanner, text)
    return Names(entities, mentions)


@contextmanager
def trying(scanner: Scanner) -> Iterator[None]:
    """Read all names of a language with another automaton, for whoever tries names out."""
    read_names.cache_clear()
    before = TRIED.set(scanner)
    try:
        yield
    finally:
        TRIED.reset(before)
        read_names.cache_clear()


def find(text: str, *, language: str, published: str | None = None) -> tuple[Entity, ...]:
    """Find the names of a text, longest first, none inside another, in the order of the text.

    `published` (ISO 8601) lets an office name its holder's state only in his years.
    """
    return read_names(text, language=language, published=published).entities


def mentions(text: str, *, language: str, published: str | None = None) -> tuple[Entity, ...]:
    """Find all that stands for a state (peoples, places, missions, leaders too), also inside one another."""
    return read_names(text, language=language, published=published).mentions


def _within(hits: Sequence[Hit], spans: Sequence[Span] | None) -> Sequence[Hit]:
    return hits if spans is None else [hit for hit in hits if _inside(hit, spans)]


def _inside(hit: Hit, spans: Sequence[Span]) -> bool:
    """Tell whether a hit begins in one of the spans, which are in the order of the text."""
    index = bisect_right(spans, hit.start, key=_start_of) - 1
    return index >= 0 and hit.start < spans[index].end


def _start_of(span: Span) -> int:
    return span.start


def _entity(scanner: Scanner, text: str, hit: Hit) -> Entity:
    name = hit.name
    label, kind = name.label, name.kind
    if hit.ending.derived == "people" and kind in STATE_KINDS:
        label, kind = "NORP", "nationality"
    canonical = name.canonical if name.label != "PER" else text[hit.start : hit.stem_end]
    code = name.code if label == "ORG" else None
    piece = text[hit.start : hit.end]
    return Entity(hit.start, hit.end, piece, label, canonical, name.country, kind, code, case=hit.case)


def _institution(scanner: Scanner, text: str, piece: Institution) -> Entity:
    canonical = " ".join(text[piece.start : piece.stem_end].split())
    country = piece.owner.name.country if piece.owner else None
    case = piece.head.case if piece.end == piece.head.end else "nominative"
    whole = text[piece.start : piece.end]
    return Entity(piece.start, piece.end, whole, "ORG", canonical, country, piece.kind, case=case)


def _compound(text: str, piece: Compound) -> Entity:
    canonical = " ".join(text[piece.start : piece.stem_end].split())
    whole = text[piece.start : piece.end]
    code, case = piece.head.name.code, piece.head.case
    return Entity(piece.start, piece.end, whole, piece.label, canonical, None, piece.kind, code, case=case)


def _combined(scanner: Scanner, text: str, single: Sequence[Entity]) -> list[Entity]:
    """Make one name of a people's short form and the people behind its hyphen."""
    short = scanner.words("combining")
    return [
        replace(later, start=first.start, text=text[first.start : later.end], canonical=text[first.start : later.end])
        for first, later in pairwise(single)
        if scanner.fold(first.text) in short and text[first.end : later.start] == "-" and later.label == "NORP"
    ]


def _flat(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Drop every entity that overlaps a longer one."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (entity.start, -entity.end)):
        if kept and entity.start < kept[-1].end:
            if entity.end - entity.start > kept[-1].end - kept[-1].start:
                kept[-1] = entity
            continue
        kept.append(entity)
    return tuple(kept)


def _only_reports(entity: Entity) -> bool:
    """Tell whether a name is that of the press: the state in it tells who publishes, not who acts."""
    return entity.kind == "organisation" and not entity.code and not entity.country


def _mentions(
    single: Sequence[Entity], built: Sequence[Entity], hits: Sequence[Hit], scanner: Scanner, text: str
) -> tuple[Entity, ...]:
    """Add to the flat hits the states in organisations' and persons' names; no people in "Organization of X States"."""
    persons = Ranges((entity.start, entity.end) for entity in built if entity.label == "PER")
    fuller = Ranges((entity.start, entity.end) for entity in built if entity.label == "PER" and " " in entity.text)
    bearing = [
        e
        for e in (*single, *built)
        if e.country
        and not (e.kind == PEOPLE and persons.touch(e.start, e.end))
        and not (e.kind in TOWNS and e.case == "nominative" and fuller.touch(e.start, e.end))  # Jack London
    ]
    whole = STATE_KINDS | {"historic", "people"}  # no Austria in "Austria-Hungary", no American in "Latin American"
    covered = Ranges((entity.start, entity.end) for entity in single if entity.kind in whole or _only_reports(entity))
    several = Ranges((entity.start, entity.end) for entity in single if entity.code)
    inside = [
        hit
        for hit in longest(hit for hit in hits if hit.kind in STATE_KINDS)
        if not covered.touch(hit.start, hit.end)
        and not (hit.kind == PEOPLE and (several.touch(hit.start, hit.end) or persons.touch(hit.start, hit.end)))
    ]
    nested = [_entity(scanner, text, hit) for hit in inside]
    unique = {(entity.start, entity.end, entity.kind): entity for entity in (*bearing, *nested)}
    return tuple(sorted(unique.values(), key=lambda entity: (entity.start, -entity.end, entity.label)))
