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
LONGER_WINS = frozenset({"ORG", "PER", "MISC", "LOC"})


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
    to a longer name of another kind around it; what it guessed by pattern yields to the model. `mentions` are
    the gazetteer's nested names: a place of the model's that is one of them is that one.
    """
    scanner = load_scanner(language)
    seen = frozenset(scanner.view(text).split())
    countries = _countries(scanner, gazetteer)
    named = sorted((_completed(scanner, entity, countries, seen) for entity in model), key=lambda entity: entity.start)
    kept = [entity for entity in gazetteer if not any(_yields(entity, other) for other in _near(entity, named))]
    kept += [entity for entity in named if not any(_loses(entity, other) for other in _near(entity, gazetteer))]
    return _without_overlaps(kept)


def _certain(entity: Entity) -> bool:
    """Tell whether the gazetteer knows the name itself and did not guess it from its surroundings."""
    if entity.kind in STATES or entity.kind in INSTITUTIONS:
        return True
    return bool(entity.code) or (entity.label == "PER" and bool(entity.country))


def _yields(mine: Entity, theirs: Entity) -> bool:
    """Tell whether a gazetteer entity gives way to one of the model's."""
    same = mine.start == theirs.start and mine.end == theirs.end
    around = theirs.start <= mine.start and mine.end <= theirs.end and not same
    if _certain(mine):
        return around and theirs.label in LONGER_WINS and theirs.label != mine.label
    return not same or mine.label != theirs.label


def _loses(theirs: Entity, mine: Entity) -> bool:
    """Tell whether a model's entity gives way to one of the gazetteer's."""
    return not _yields(mine, theirs)


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
