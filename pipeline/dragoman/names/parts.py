"""Parts of bodies: a faculty, a department, a council, one name with the body that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.names.scan import Hit, Scanner
from dragoman.records import Entity

LONGEST = 90  # characters from a body to the head of its part
INSIDE = ("nominative", "genitive")
SHORT = re.compile(r" \([^\W\d_][\w-]*\)$")
SHORT_NAME = 16  # characters of a short name with its brackets, at most
STOPS = re.compile(r"[.;:!?\n()\"“”«»]")


def parts(scanner: Scanner, text: str, hits: Sequence[Hit], bodies: Sequence[Entity]) -> list[Entity]:
    """Join every part to its body: by its head word, by a short name in brackets, or where the two overlap."""
    if not scanner.words("part_heads"):
        return []
    organisations = [entity for entity in bodies if entity.label == "ORG"]
    ends: dict[int, Entity] = {}
    for body in organisations:
        if body.end not in ends or body.start < ends[body.end].start:
            ends[body.end] = body
    found = [part for hit in hits if hit.kind == "part_heads" and (part := _behind(text, hit, ends))]
    return [*found, *_wider(text, organisations, ends)]


def _behind(text: str, head: Hit, ends: dict[int, Entity]) -> Entity | None:
    """Walk back from the head of a part to a body in the genitive; a capital begins what lies between."""
    first = max(0, head.start - LONGEST)
    edge = head.start - 1
    while edge > first:
        body = _body_at(text, edge, ends)
        if body is not None:
            if body.case != "genitive" or not text[edge + 1].isupper():
                return None
            return _joined(text, body, head.stem_end, head.end, head.case)
        space = text.rfind(" ", first, edge)
        if space < 0 or STOPS.search(text, space, edge):
            return None
        edge = space
    return None


def _body_at(text: str, edge: int, ends: dict[int, Entity]) -> Entity | None:
    """Return the body that ends at an offset, or before its short name in brackets that ends there."""
    short = SHORT.search(text, max(0, edge - SHORT_NAME), edge)
    return ends.get(short.start() if short else edge)


def _wider(text: str, organisations: Sequence[Entity], ends: dict[int, Entity]) -> Iterator[Entity]:
    """Give a part the whole of a body that it overlaps, or that stands before its short name in brackets."""
    ordered = sorted(organisations, key=lambda entity: (entity.start, -entity.end))
    for before, part in pairwise(ordered):
        body = None
        if before.start < part.start < before.end < part.end:
            body = before
        elif text[max(0, part.start - 2) : part.start] == ") ":
            body = _body_at(text, part.start - 1, ends)
        if body is not None and body.case in INSIDE and " " in part.text:
            yield _joined(text, body, part.end, part.end, part.case)


def _joined(text: str, body: Entity, stem_end: int, end: int, case: str | None) -> Entity:
    canonical = " ".join(text[body.start : stem_end].split())
    return Entity(body.start, end, text[body.start : end], "ORG", canonical, body.country, body.kind, case=case)
