"""The gazetteer's names and a trained model's made one list: that one knows states, this one the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.morphology import peel
from dragoman.names.lexicon import TITLES
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
    mentions: Sequence[Entity] = (),
) -> tuple[Entity, ...]:
    """Lay the gazetteer's entities over a model's, fill in canonical forms and countries, leave no overlaps.

    What the gazetteer is certain of (states, places, known organisations and leaders, missions) yields only
    to a longer name of another kind around it, what it guessed by pattern to any longer name. `mentions` are
    the gazetteer's nested names: a place of the model's that is one of them is that one.
    """
    scanner = load_scanner(language)
    seen = frozenset(scanner.view(text).split())
    countries = _countries(scanner, gazetteer)
    named = sorted((_completed(scanner, entity, countries, seen) for entity in model), key=lambda entity: entity.start)
    standing = [entity for entity in named if _stands(scanner, entity, list(_near(entity, gazetteer)))]
    kept = [entity for entity in gazetteer if not any(_near(entity, standing))]
    return _without_overlaps([*kept, *standing])


def _certain(entity: Entity) -> bool:
    """Tell whether the gazetteer knows the name itself and did not guess it from its surroundings."""
    if entity.kind in STATES or entity.kind in INSTITUTIONS:
        return True
    return bool(entity.code) or (entity.label == "PER" and bool(entity.country))


def _yields(mine: Entity, theirs: Entity) -> bool:
    """Tell whether a gazetteer entity gives way to one of the model's, which must be a longer name around it."""
    longer = theirs.end - theirs.start > mine.end - mine.start
    if not longer or theirs.start > mine.start or theirs.end < mine.end:
        return False
    if _certain(mine):
        return theirs.label in AROUND and theirs.label != mine.label
    return theirs.label in AROUND or theirs.label == mine.label


def _own_words(entity: Entity, inside: Iterable[Entity]) -> bool:
    """Tell whether a model's entity has a word beside those of the gazetteer's entities in it."""
    rest = list(entity.text)
    for other in inside:
        first, last = max(0, other.start - entity.start), other.end - entity.start
        rest[first:last] = " " * len(rest[first:last])
    return any(len(word) > 2 and word[:1].isalpha() for word in "".join(rest).split())


def _stands(scanner: Scanner, entity: Entity, inside: Sequence[Entity]) -> bool:
    """Tell whether a model's entity may stand although the gazetteer has something there."""
    if not inside:
        return True
    if not all(_yields(mine, entity) for mine in inside) or not _own_words(entity, inside):
        return False
    hits = scanner.scan(entity.text, scanner.view(entity.text))
    return not any(hit.kind in TITLES and hit.end == len(entity.text) for hit in hits)


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
