"""What a sentence names but what takes no part: where it happened, and what was over before it began."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.roles import coordinated
from dragoman.records import Entity, Span

OWN_TOWN = 1
"""So many words may stand between a state and its town: "in Kenya's capital Nairobi"."""


def is_setting(
    mention: Entity, venues: Sequence[Entity], mentions: Sequence[Entity], passage: Passage, knowledge: Knowledge
) -> bool:
    """Tell whether a state only says where a venue of its own lies, or is listed with a venue.

    `venues` are those of the mentions that are venues themselves.
    """
    if not knowledge.head_final or mention in venues:
        return False
    if mention.kind == "state" and mention.case == "genitive":
        return any(
            venue.start > mention.end
            and venue.country == mention.country
            and len(passage.folded[mention.end : venue.start].split()) <= OWN_TOWN
            for venue in venues
        )
    if mention.case != "nominative" or mention.kind in {None, "person"}:
        return False
    last = coordinated(mention, mentions, passage, knowledge)[-1]
    return last in venues and last.kind == mention.kind


def what_is_left(span: Span, trigger_start: int, passage: Passage, knowledge: Knowledge) -> Span:
    """Leave out the opening of a stretch that tells of something over or aside: "after the talks in Paris, ..."."""
    if knowledge.over is None:
        return span
    for match in knowledge.over.finditer(passage.folded, span.start, max(span.start, trigger_start)):
        rest = Span(match.end(), span.end)
        if len({mention.country for mention in passage.mentions_in(rest)}) >= 2:
            return rest
    return span
