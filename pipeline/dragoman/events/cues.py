"""Modality, polarity and aspect: cues with a scope, after ConText (Harkema et al. 2009).

A cue stands before the trigger, after it, on it (its own words and the next), or over it (its own words and the
rest of the sentence: a phrase that names both the trigger and the main verb); it reaches so many words and not
past a stop. For each slot the first cue of the language's list that holds decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.events.knowledge import Cue, Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause

CARRY_WINDOW = 20
"""So many characters before a trigger stands the word that ties it to the verb before."""
SLOTS = {"modality": "actual", "polarity": "positive", "aspect": "single"}


def cues_of(
    clause: Clause, passage: Passage, knowledge: Knowledge, told: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """Return the three slots of a clause and the ids of the cues that set them.

    `told` are the slots of the clause before it in the sentence: "will visit Paris and hold talks" plans both.
    """
    slots = dict(clause.trigger.rule.fixed)
    used: list[str] = []
    for cue in knowledge.cues:
        if passage.lacks(cue.regex, clause.sentence):
            continue
        open_slots = {slot: value for slot, value in cue.sets.items() if slot not in slots}
        if open_slots and _applies(cue, clause, passage):
            slots.update(open_slots)
            used.append(cue.id)
    if told and _carried(clause, passage, knowledge):
        slots = {**told, **slots}
    return {**SLOTS, **slots}, used


def _carried(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a clause goes on with the verb phrase before it."""
    start = max(clause.sentence.start, clause.trigger.start - CARRY_WINDOW)
    matches = knowledge.carried.finditer(passage.folded, start, clause.trigger.end) if knowledge.carried else ()
    return any(match.end() > clause.trigger.start for match in matches)


def _applies(cue: Cue, clause: Clause, passage: Passage) -> bool:
    trigger = clause.trigger
    if cue.types and trigger.rule.type not in cue.types:
        return False
    if cue.unless_after and cue.unless_after.search(passage.folded, trigger.end, clause.sentence.end):
        return False
    if cue.unless_on and cue.unless_on.search(passage.folded, _word_start(passage.folded, trigger.start), trigger.end):
        return False
    if cue.stands in {"on", "over"}:
        end = clause.sentence.end
        if cue.stands == "on":
            end = passage.words_after(trigger.end, 0, ceiling=end)
        start = _word_start(passage.folded, trigger.start)
        return bool(passage.search(cue.regex, start, end, clause.sentence))
    if cue.stands == "before":
        floor = clause.span.start
        if passage.lacks(cue.regex, clause.sentence, floor, trigger.start):
            return False
        low = passage.words_before(trigger.start, cue.reach, floor=floor)
        found = list(cue.regex.finditer(passage.folded, low, trigger.start))
        return bool(found) and not _stopped(cue, passage, found[-1].end(), trigger.start)
    ceiling = max(clause.span.end, clause.said_until)
    if passage.lacks(cue.regex, clause.sentence, trigger.end, ceiling):
        return False
    high = passage.words_after(trigger.end, cue.reach, ceiling=ceiling)
    match = passage.search(cue.regex, trigger.end, high, clause.sentence)
    return match is not None and not _stopped(cue, passage, trigger.end, match.start())


def _stopped(cue: Cue, passage: Passage, start: int, end: int) -> bool:
    return bool(cue.stop and cue.stop.search(passage.folded, start, end))


def _word_start(folded: str, offset: int) -> int:
    while offset and not folded[offset - 1].isspace():
        offset -= 1
    return offset
