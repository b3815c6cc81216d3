"""The gazetteer's names and a trained model's made one list: that one knows states, this one the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.morphology import peel
from dragoman.names.scan import Scanner, load_scanner
from dragoman.records import Entity

STATES = frozenset({"state", "nationality", "capital", "city", "region", "seat"})
INSTITUTIONS = frozenset({"mission", "ministry", "parliament"})
AROUND = frozenset({"ORG", "PER", "MISC"})


def merge(
    gazetteer: Sequence[Entity],
    model: Sequence[Entity],
    text: str,
    *,
    language: str,
) -> tuple[Entity, ...]:
    """Keep the gazetteer's entities, add the model's beside them, fill in canonical forms and countries.

    What the gazetteer has stands, also against a longer name of the model's: on the development articles that is
    worth .01 to .02 F1 (docs/names.md).
    """
    gazetteer = _in_full(gazetteer, model, text)
    beside = [entity for entity in model if not any(_near(entity, gazetteer))]
    if not beside:
        return tuple(gazetteer)
    scanner = load_scanner(language)
    seen = frozenset(scanner.view(text).split())
    countries = _countries(scanner, gazetteer)
    added = [_completed(scanner, entity, countries, seen) for entity in beside]
    return _without_overlaps([*gazetteer, *added])


def _in_full(gazetteer: Sequence[Entity], model: Sequence[Entity], text: str) -> list[Entity]:
    """Give a leader known by his surname the first names that the model reads before it."""
    persons = {entity.end: entity for entity in model if entity.label == "PER"}
    found: list[Entity] = []
    for entity in gazetteer:
        longer = persons.get(entity.end) if entity.label == "PER" and " " not in entity.text else None
        if longer and longer.start < entity.start and (not found or found[-1].end <= longer.start):
            first = text[longer.start : entity.start]
            canonical = " ".join(f"{first} {entity.canonical}".split()) if " " not in entity.canonical else None
            entity = replace(
                entity,
                start=longer.start,
                text=text[longer.start : entity.end],
                canonical=canonical or entity.canonical,
            )
        found.append(entity)
    return found


def _near(entity: Entity, others: Sequence[Entity]) -> Iterable[Entity]:
    """Yield the entities of a sorted list without overlaps that touch this one."""
    index = bisect_right(others, entity.start, key=lambda other: other.end)
    while index < len(others) and others[index].start < entity.end:
        yield others[index]
        index += 1


def _completed(scanner: Scanner, entity: Entity, countries: dict[str, str], seen: frozenset[str]) -> Entity:
    """Fill in the canonical form, the case and, for a person named in full elsewhere, the state."""
    head, _, last = entity.text.rpartition(" ")
    compound = bool(head) and entity.label != "PER"
    language = scanner.pack.language
    peeled = peel(last, language=language, known=scanner.person_words, seen=seen, compound=compound)
    lemma = " ".join(f"{head} {peeled.lemma}".split())
    country = entity.country
    if country is None and entity.label == "PER":
        country = countries.get(scanner.pack.fold(lemma.rpartition(" ")[2]))
    return replace(entity, canonical=lemma, case=peeled.case, country=country, kind=entity.kind or _kind(entity))


def _kind(entity: Entity) -> str | None:
    return {"PER": "person", "ORG": "organisation", "LOC": "place"}.get(entity.label)


def _countries(scanner: Scanner, gazetteer: Iterable[Entity]) -> dict[str, str]:
    """Map the surnames of the persons whose state is known to it; a surname of two states is left out."""
    found: dict[str, set[str]] = {}
    for entity in gazetteer:
        if entity.label == "PER" and entity.country:
            surname = scanner.pack.fold(entity.canonical.rpartition(" ")[2])
            found.setdefault(surname, set()).add(entity.country)
    return {surname: next(iter(states)) for surname, states in found.items() if len(states) == 1}


def _without_overlaps(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (entity.start, -entity.end)):
        if not kept or entity.start >= kept[-1].end:
            kept.append(entity)
    return tuple(kept)
