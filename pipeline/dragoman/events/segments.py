"""Segments: the stretch of a sentence that belongs to each of its triggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.triggers import Trigger
from dragoman.records import Span

NEAR_WORDS = 4
LONGEST_STATE = 60
BACK_AND_FORTH = frozenset({"visit", "envoy_expelled", "envoy_appointed", "mission_opened", "sanction_imposed"})
"""Types in which the same two states, named anew, tell of the answer to the first."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger with its stretch of the sentence; `said_until` is where a verb begins that reports it, if one does."""

    trigger: Trigger
    span: Span
    sentence: Span
    index: int
    weak_end: bool = False
    said_until: int = 0


def clauses(triggers: Sequence[Trigger], passage: Passage, knowledge: Knowledge) -> list[Clause]:
    """Divide the sentence of the triggers (all of one sentence, in order) among them.

    The cut between two triggers is the last strong connector between them, else the last weak one; in a head-final
    language, where the verb closes its clause, the first connector soon after the first trigger, else its own end.
    Triggers of one type with no cut, date or state between them tell one event: the first stands for both.
    """
    if not triggers:
        return []
    sentence = passage.sentences[triggers[0].sentence]
    kept: list[Trigger] = []
    cuts: list[tuple[int, bool]] = []
    for trigger in triggers:
        if kept:
            cut = _cut(kept[-1], trigger, passage, knowledge)
            if _same_event(kept[-1], trigger, cut, passage) or _is_subject(kept[-1], trigger, passage, knowledge):
                kept[-1] = _stronger(kept[-1], trigger)
                continue
            cuts.append(cut if cut is not None else (kept[-1].end, True))
        kept.append(trigger)
    edges = [(sentence.start, False), *cuts, (sentence.end, False)]
    found = [
        Clause(
            trigger,
            Span(edges[i][0], edges[i + 1][0]),
            sentence,
            trigger.sentence,
            edges[i + 1][1],
            _said_until(trigger, edges[i + 1][0], kept[i + 1 : i + 2], knowledge),
        )
        for i, trigger in enumerate(kept)
    ]
    return _told_once(found, passage)


def _said_until(trigger: Trigger, end: int, following: Sequence[Trigger], knowledge: Knowledge) -> int:
    """Return where the verb of saying begins that closes over what it reports, 0 where none does."""
    if not following or not knowledge.head_final or end != trigger.end:
        return 0
    return following[0].start if knowledge.types[following[0].rule.type].soft else 0


def _told_once(found: list[Clause], passage: Passage) -> list[Clause]:
    """Join neighbours of one type of which the second adds neither a date nor a state."""
    joined: list[Clause] = []
    for clause in found:
        last = joined[-1] if joined else None
        if last and last.trigger.rule.type == clause.trigger.rule.type and _adds_nothing(clause, last, passage):
            wider = Span(last.span.start, clause.span.end)
            joined[-1] = replace(last, span=wider, weak_end=clause.weak_end)
        else:
            joined.append(clause)
    return joined


def _adds_nothing(clause: Clause, last: Clause, passage: Passage) -> bool:
    if any(timex.timex_type == "DATE" for timex in passage.timexes_in(clause.span)):
        return False
    own = {mention.country for mention in passage.mentions_in(clause.span)}
    if len(own) > 1 and clause.trigger.rule.type in BACK_AND_FORTH:
        return False
    told = {mention.country for mention in passage.mentions_in(last.span)}
    if clause.trigger.rule.type in BACK_AND_FORTH and _answers(clause, last, passage):
        return False
    if 1 < len(own) < len(told):
        return False  # fewer states than before, but a pair of their own
    return {mention.country for mention in passage.mentions_in(clause.span)} <= told


def _answers(clause: Clause, last: Clause, passage: Passage) -> bool:
    """Tell whether another acts than before: "as § had banned imports, § banned them too"."""

    def acting(one: Clause) -> set[str | None]:
        before = passage.mentions_in(Span(one.span.start, one.trigger.start))
        return {mention.country for mention in before if mention.case == "nominative"}

    return bool(acting(last) and acting(clause)) and not acting(last) & acting(clause)


def _cut(
    first: Trigger, second: Trigger, passage: Passage, knowledge: Knowledge
) -> tuple[int, bool] | None:
    """Return where the first trigger's clause ends, and whether the cut is a weak one."""
    blocked = passage.timexes_in(Span(first.start, second.start))
    marks = [
        offset
        for offset in range(first.end, second.start)
        if passage.folded[offset] in knowledge.marks
        and not any(t.start <= offset < t.end for t in blocked)
        and not (knowledge.head_final and _lists_states(offset, passage))
    ]
    strong, *weak = (
        [
            match.start()
            for match in regex.finditer(passage.folded, first.end, second.start)
            if not _joins_states(match.start(), match.end(), passage)
        ]
        for regex in knowledge.connectors
    )
    levels = [(sorted([*strong, *marks]), False), *((places, True) for places in weak)]
    if knowledge.head_final:
        near = passage.words_after(first.end, NEAR_WORDS, ceiling=second.start)
        soon = sorted(place for places, _ in levels for place in places if place <= near)
        return (soon[0], False) if soon else (first.end, False)
    for places, is_weak in levels:
        if places:
            return places[-1], is_weak
    return (blocked[-1].end, True) if blocked else None  # "his visit to § in May followed hers to §"


def _joins_states(start: int, end: int, passage: Passage) -> bool:
    """Tell whether a connector stands right between two states: "to X and Y" is one clause."""
    before = passage.mentions_in(Span(max(0, start - LONGEST_STATE), start))
    after = passage.mentions_in(Span(end, end + 2))
    return bool(before and after) and start - before[-1].end <= 1


def _lists_states(offset: int, passage: Passage) -> bool:
    """Tell whether a mark stands right between two states: it joins them and divides no clauses."""
    before = passage.mentions_in(Span(max(0, offset - LONGEST_STATE), offset))
    after = passage.mentions_in(Span(offset, offset + 4))
    return bool(before and after) and before[-1].end == offset


def _same_event(
    first: Trigger, second: Trigger, cut: tuple[int, bool] | None, passage: Passage
) -> bool:
    if first.rule.type != second.rule.type:
        return False
    between = Span(first.end, second.start)
    if passage.timexes_in(between) or passage.mentions_in(between):
        return False
    return cut is None or cut[0] == first.end or second.start - first.end < 30


def _is_subject(first: Trigger, second: Trigger, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a noun is the subject of the verb that closes its clause: one happening under two words."""
    if first.rule.type != second.rule.type or knowledge.subject_end is None:
        return False
    if not knowledge.subject_end.search(passage.folded, first.start, first.end):
        return False
    start = first.end
    for regex in knowledge.connectors:  # one right behind the noun only sets it against another
        if match := regex.match(passage.folded, first.end + 1, second.start):
            start = match.end()
    if any(passage.folded[offset] in knowledge.marks for offset in range(first.end, second.start)):
        return False
    return not any(regex.search(passage.folded, start, second.start) for regex in knowledge.connectors)


def _stronger(first: Trigger, second: Trigger) -> Trigger:
    return second if second.rule.priority > first.rule.priority else first
