"""Sides that a sentence leaves to what was told before: the third of three states, the visitor of the next visit."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.events.sides import Sides
from dragoman.records import Span

ACTING = frozenset({"nominative", "genitive"})


def visitor_of(
    clause: Clause, last: str | None, last_index: int, passage: Passage, knowledge: Knowledge
) -> str | None:
    """Return the visitor told of in the sentence before, where this one names nobody who goes ("then came to §")."""
    if not knowledge.head_final or clause.trigger.rule.type != "visit" or last is None:
        return None
    if not 0 <= clause.index - last_index <= 1 or passage.new_paragraph(clause.index):
        return None
    before = passage.mentions_in(Span(clause.sentence.start, clause.trigger.start))
    return None if any(mention.case in ACTING or mention.kind == "person" for mention in before) else last


def with_third(
    sides: Sides, clause: Clause, last: tuple[str, ...], passage: Passage, knowledge: Knowledge
) -> Sides:
    """Give "the three countries" all three states: those just told of, else the first three named together."""
    if knowledge.trio is None or len(sides.participants) == 3 or sides.source or sides.target:
        return sides
    if not knowledge.trio.search(passage.folded, clause.sentence.start, clause.sentence.end):
        return sides
    trio = last or _first_three(passage)
    return replace(sides, participants=trio) if set(sides.participants) <= set(trio) else sides


def _first_three(passage: Passage) -> tuple[str, ...]:
    for sentence in passage.sentences:
        codes = {mention.country for mention in passage.mentions_in(sentence) if mention.country}
        if len(codes) == 3:
            return tuple(sorted(codes))
    return ()
