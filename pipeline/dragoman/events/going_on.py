"""Sides that a sentence leaves to what was told before: the third of three states, the visitor of the next visit."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.knowledge import Knowledge
from dragoman.events.offices import borne, case_of
from dragoman.events.passage import Passage
from dragoman.events.roles import PERSON, coordinated
from dragoman.events.segments import Clause
from dragoman.events.sides import Sides
from dragoman.records import Span

NEAR = 60
"""So far behind its trigger, in characters, "the three countries" may stand for who is acted upon."""
OWN = 30
"""So near before a noun, in characters, stands the possessive that owns it."""
TITLED = 40
"""So near behind a pronoun, in characters, stands the name that "and" joins to it, after its title."""
NEXT = 2
"""So near before its trigger, in characters, stands a goal without an ending."""
PERSONS_BACK = 2
"""So many sentences back may stand the person that a pronoun means."""
AGAINST = frozenset({"sanction_imposed", "sanction_lifted"})
"""Types in which many act upon one, who is not named each time."""
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
    if before and before[-1].case == "nominative" and clause.trigger.start - before[-1].end <= NEXT:
        before = before[:-1]  # the goal: "will also visit §"
    return None if any(mention.case in ACTING or mention.kind == "person" for mention in before) else last


def by_pronoun(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> str | None:
    """Return the state of the person that a pronoun stands for, where that is the subject or a part of it.

    "He met § and §", "he and § signed", "during his visit to §": the first person told of before, in this sentence
    or one of the two before it, who is none of the sides named with it.
    """
    if knowledge.head_final:
        return _meant(clause, span, passage, knowledge)
    place = _pronoun(clause, span, passage, knowledge)
    if place is None:
        return None
    named = {mention.country for mention in passage.mentions_in(Span(place, span.end))}
    for index in range(clause.index, max(-1, clause.index - PERSONS_BACK - 1), -1):
        told = passage.sentences[index]
        persons = passage.mentions_in(Span(told.start, min(told.end, place)))
        first = next((m for m in persons if m.kind == PERSON and m.country not in named), None)
        if first:
            return first.country
    return None


def _meant(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> str | None:
    """Return the state of the subject that a pronoun takes up, or the one state left for "that country".

    The subject is the first in the nominative of a sentence before, a person or an office that speaks for a state.
    """
    start, end = span.start, clause.sentence.end
    by_person = knowledge.pronoun and knowledge.pronoun.search(passage.folded, start, end)
    by_state = knowledge.that_state and knowledge.that_state.search(passage.folded, start, end)
    if not by_person and not by_state:
        return None
    named = {mention.country for mention in passage.mentions_in(clause.sentence)}
    for index in range(clause.index - 1, max(-1, clause.index - PERSONS_BACK - 1), -1):
        others = [m for m in passage.mentions_in(passage.sentences[index]) if m.country not in named]
        left = {mention.country for mention in others}
        if by_state and left:
            return left.pop() if len(left) == 1 else None
        persons = [m for m in others if m.kind == PERSON or borne(m, passage, knowledge)[0] > m.end]
        acting = next((m for m in persons if case_of(m, passage, knowledge) == "nominative"), None)
        if by_person and acting:
            return acting.country
    return None


def _pronoun(clause: Clause, span: Span, passage: Passage, knowledge: Knowledge) -> int | None:
    """Return where the pronoun ends that is the subject of a trigger, alone or first of a list, or owns it."""
    start, end = span.start, clause.trigger.start
    found = list(knowledge.pronoun.finditer(passage.folded, start, end)) if knowledge.pronoun else []
    if found:
        place = found[-1].end()
        others = passage.mentions_in(Span(place, end))
        if not others:
            return place
        joined = passage.folded[place] == "," or any(
            regex.match(passage.folded, place + 1) for regex in knowledge.connectors[1:]
        )
        return place if joined and others[0].start - place <= TITLED else None
    if clause.trigger.rule.type == "visit" and knowledge.possessive:
        near = max(start, end - OWN)
        return near if knowledge.possessive.search(passage.folded[near:end]) else None
    return None


def as_told(sides: Sides, last: Sides | None) -> Sides:
    """Give sides of which none is named the roles that the same two had in the last happening of the type."""
    if last is None or sides.source or sides.target or sides.participants != last.participants:
        return sides
    return replace(sides, source=last.source, target=last.target)


def with_target(sides: Sides, clause: Clause, last: Sides | None, last_index: int, passage: Passage) -> Sides:
    """Add whom the last happening of the type was directed at, where only those who act are named this time.

    An organisation that is named may be the other side.
    """
    if last is None or clause.trigger.rule.type not in AGAINST or clause.index - last_index > PERSONS_BACK:
        return sides
    if sides.target or len(sides.source) < len(sides.participants) or set(last.target) & set(sides.participants):
        return sides
    if any(name.label == "ORG" and name.code for name in passage.entities_in(clause.sentence)):
        return sides
    return replace(sides, participants=tuple(sorted({*sides.participants, *last.target})), target=last.target)


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
    if knowledge.head_final:
        subjects = [m for m in passage.mentions_in(clause.span) if case_of(m, passage, knowledge) == "nominative"]
        acting = not any(mention.country in others for mention in subjects)
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
