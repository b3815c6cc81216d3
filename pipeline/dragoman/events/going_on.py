"""Sides that a sentence leaves to what was told before: the third of three states, the visitor of the next visit."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.roles import coordinated
from dragoman.events.segments import Clause
from dragoman.events.sides import Sides
from dragoman.records import Span

NEAR = 60
"""So far behind its trigger, in characters, "the three countries" may stand for who is acted upon."""
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
    """Give "the three countries" all three states: those just told of, else the first three named together.

    Who is named beside them stays a side: "the United States recognised the three states".
    """
    if knowledge.trio is None or len(sides.participants) == 3:
        return sides
    said = passage.search(knowledge.trio, clause.span.start, clause.span.end, clause.sentence)
    if said is None and not (sides.source or sides.target):
        until = clause.sentence.end if knowledge.head_final else clause.span.end
        said = passage.search(knowledge.trio, clause.sentence.start, until, clause.sentence)
    if said is None:
        return sides
    named_so = [codes for regex, codes in knowledge.groups if regex.search(passage.folded, said.start(), said.end())]
    trio = named_so[0] if named_so else last or _first_three(passage, knowledge)
    if not trio:
        return sides
    if not sides.source and not sides.target and set(sides.participants) <= set(trio):
        return replace(sides, participants=trio)
    named = {mention.country for mention in passage.mentions_in(clause.span) if mention.country}
    others = tuple(sorted((named & set(sides.participants)) - set(trio)))
    if len(named - set(trio)) > 1 or said.start() - clause.trigger.end > NEAR:
        return sides
    everyone = tuple(sorted({*trio, *others}))
    if knowledge.types[clause.trigger.rule.type].direction != "directed":
        return replace(sides, participants=everyone)
    acting = said.end() <= clause.trigger.start
    return replace(sides, participants=everyone, source=trio if acting else others, target=others if acting else trio)


def _first_three(passage: Passage, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the first three states that one sentence names alone, else the first that stand in one list."""
    for sentence in passage.sentences:
        codes = {mention.country for mention in passage.mentions_in(sentence) if mention.country}
        if len(codes) == 3:
            return tuple(sorted(codes))
    for sentence in passage.sentences:
        mentions = [mention for mention in passage.mentions_in(sentence) if mention.country]
        for mention in mentions:
            listed = {one.country for one in coordinated(mention, mentions, passage, knowledge)}
            if len(listed) == 3:
                return tuple(sorted(code for code in listed if code))
    return ()
