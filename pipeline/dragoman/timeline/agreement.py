"""Do two mentions tell the same happening? What speaks for it, what against it.

A slot that one mention leaves empty says nothing. Two filled slots either agree (a *tie*), are compatible
without proving anything, or contradict. How many ties are asked for depends on how exactly the dates are
known and on how often such a thing happens between the same sides (`recurs` in `models/ontology.toml`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.ontology import EventType
from dragoman.timeline.mentions import DAY, LONG, MONTH, YEAR, Sides, Slots
from dragoman.timeline.naming import same

GENERIC_KINDS = frozenset({"document", "other"})
# One word in some languages, two in others.
LIKE_KINDS = frozenset({"treaty", "agreement"})
GRAINS = (DAY, MONTH, YEAR, LONG)
COUNT, DIRECTION = "count", "direction"
WEAK_TIES = frozenset({DIRECTION, "place"})


@dataclass(slots=True)
class Comparison:
    """The slots in which two mentions agree (`ties`) and those in which they contradict (`against`)."""

    ties: set[str] = field(default_factory=set)
    against: set[str] = field(default_factory=set)

    def note(self, slot: str, verdict: bool | None) -> None:
        """Note one slot: True for a tie, False for a contradiction, None for neither."""
        if verdict is not None:
            (self.ties if verdict else self.against).add(slot)


def compare(one: Slots, other: Slots, event_type: EventType) -> Comparison:
    """Compare two mentions of one type with the same participants."""
    found = Comparison()
    if event_type.direction == "directed":
        found.note(DIRECTION, _direction(one, other))
    found.note("person", _persons(one, other))
    found.note("place", _place(one, other, event_type))
    found.note("organisation", _overlap(one.organisations, other.organisations))
    if one.language == other.language:
        found.note("actor", _overlap(one.actors, other.actors))
    found.note("subject", _subjects(one, other))
    if event_type.treaty is not None:
        found.note(COUNT, _count(one, other))
    if _kinds_contradict(one, other):
        found.against.add("instruments")
    if one.subtype and other.subtype and one.subtype != other.subtype:
        found.against.add("subtype")
    if event_type.recurs == "often" and _summit_and_talks(one, other):
        found.against.add("organisation")
    if event_type.name == "membership" and "organisation" not in found.ties:
        found.against.add("organisation")
    return found


def enough(ties: set[str], *, grain: str, event_type: EventType, sides: int, one_document: bool) -> bool:
    """Tell whether the ties suffice, where the coarser of the two dates is of this grain."""
    proof = ties - {DIRECTION}
    if grain == LONG or (sides == 0 and not proof):
        return False
    if event_type.recurs == "never":
        plain = grain == DAY or event_type.direction == "mutual"
        return bool(ties) or (plain and sides > 1)
    if grain == DAY:
        if event_type.recurs == "seldom":
            return bool(ties) or not (one_document or sides < 2)
        return bool(proof - WEAK_TIES) if one_document else bool(proof) or sides > 1
    if event_type.recurs == "seldom":
        return bool(ties) if grain == MONTH else "person" in ties
    return bool(proof) if grain == MONTH else len(proof) >= 2


def coarser(one: str, other: str) -> str:
    """Return the coarser of two grains."""
    return max(one, other, key=GRAINS.index)


def _direction(one: Slots, other: Slots) -> bool | None:
    sources = None if not one.source or not other.source else one.source == other.source
    targets = None if not one.target or not other.target else one.target == other.target
    if sources is False or targets is False:
        return False
    return True if sources or targets else None


def _persons(one: Slots, other: Slots) -> bool | None:
    if not one.persons or not other.persons:
        return None
    verdicts = [same(mine, theirs) for mine in one.persons for theirs in other.persons]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _place(one: Slots, other: Slots, event_type: EventType) -> bool | None:
    if one.place is None or other.place is None:
        return None
    verdict = same(one.place, other.place)
    # A visitor goes to more than one town, and a house stands in a town: a name that only looks different proves
    # nothing, but for what happens once.
    known = bool(one.place.key and other.place.key)
    doubtful = event_type.name == "visit" or not (known or event_type.recurs == "never")
    return None if verdict is False and doubtful else verdict


def _overlap(one: Sides, other: Sides) -> bool | None:
    return None if not one or not other else bool(one & other)


def _summit_and_talks(one: Slots, other: Slots) -> bool:
    """Tell whether one mention knows an organisation only, and the other persons only."""
    summit, talks = (one, other) if one.organisations else (other, one)
    return bool(summit.organisations and talks.persons) and not (summit.persons or talks.organisations)


def _subjects(one: Slots, other: Slots) -> bool | None:
    if not one.subjects or not other.subjects:
        return None
    if one.subjects <= other.subjects or other.subjects <= one.subjects:
        return True
    return None if one.subjects & other.subjects else False


def _count(one: Slots, other: Slots) -> bool | None:
    if (None, None) in (one.count, other.count):
        return None
    if one.count == other.count:
        return True
    least = max(one.count[0] or 0, other.count[0] or 0)
    most = [bound for bound in (one.count[1], other.count[1]) if bound is not None]
    return False if most and min(most) < least else None


def _kinds_contradict(one: Slots, other: Slots) -> bool:
    mine, theirs = one.instruments - GENERIC_KINDS, other.instruments - GENERIC_KINDS
    if not mine or not theirs:
        return False
    if one.language != other.language:
        mine, theirs = _one_kind(mine), _one_kind(theirs)
    return not (mine <= theirs or theirs <= mine)


def _one_kind(kinds: Sides) -> Sides:
    return (kinds - LIKE_KINDS) | {"agreement"} if kinds & LIKE_KINDS else kinds
