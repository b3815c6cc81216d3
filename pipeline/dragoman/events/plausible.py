"""What a sentence must name itself: sides in sight; where the verb comes early, a place to go to, another state."""

from __future__ import annotations

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.roles import PERSON, PLACES, SUBJECT
from dragoman.events.segments import Clause
from dragoman.events.sides import Sides
from dragoman.events.venues import codes_of
from dragoman.records import Entity, Span

GOAL = 60
"""So near behind "went to", in characters, stands the place, or it is no journey."""


def is_plausible(clause: Clause, sides: Sides, passage: Passage, knowledge: Knowledge, *, spoken: str | None) -> bool:
    """Tell whether a sentence itself bears out an event; `spoken` is the state that a pronoun stands for."""
    if sides.actors or (knowledge.head_final and not clause.trigger.rule.named):
        return True
    sentence = clause.sentence
    together = [cue for cue in (knowledge.pair, knowledge.trio) if cue]
    if any(passage.search(cue, sentence.start, sentence.end, sentence) for cue in together):
        return True
    named = set(codes_of(passage.mentions_in(sentence))) | ({spoken} if spoken else set())
    if len(named) < clause.trigger.rule.named:
        return False
    if clause.trigger.rule.type != "visit":
        return True
    if knowledge.head_final:
        return spoken is not None or any(_goes(mention) for mention in passage.mentions_in(sentence))
    return _leads_abroad(clause, passage, knowledge)


def _goes(mention: Entity) -> bool:
    """Tell whether a leader, known by name, is the subject."""
    return mention.kind == PERSON and mention.case in SUBJECT


def _leads_abroad(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a journey has a goal and does not stay in the visitor's own state."""
    trigger = clause.trigger
    to = knowledge.goal and knowledge.goal.search(f"{passage.folded[trigger.start : trigger.end]} ")
    if to and not passage.mentions_in(Span(trigger.end, min(trigger.end + GOAL, clause.sentence.end))):
        return False
    mentions = passage.mentions_in(clause.span)
    places = [m for m in mentions if m.start >= trigger.end and _is_reached(m, passage, knowledge)]
    visitors = [m for m in mentions if m.end <= trigger.start]
    persons = [e for e in passage.entities_in(Span(clause.span.start, trigger.start)) if e.label == "PER"]
    unknown = bool(persons) and persons[-1].country is None
    return not (places and visitors) or unknown or len(codes_of(mentions)) > 1


def _is_reached(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    before = passage.folded[max(0, mention.start - 20) : mention.start]
    prepositions = (knowledge.goal, knowledge.venue)
    return mention.kind in PLACES and any(regex and regex.search(before) for regex in prepositions)
