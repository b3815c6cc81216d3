"""Which date an event takes: its clause's, its sentence's, or one it inherits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.records import Span, Timex

INHERIT_SENTENCES = 3
HEADING_REST = 12
WEAK_COST = 200.0
JOINT = 3
"""So many letters may stand between two joined dates beside the connector: a preposition."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date given to an event, with its basis; `span` is the stretch whose sides belong to it."""

    timex: Timex | None
    basis: str
    span: Span


def usable(timex: Timex) -> bool:
    """Tell whether a timex can date an event at all (a duration or a repeated time cannot)."""
    return timex.timex_type in {"DATE", "TIME"}


def dates_of(clause: Clause, passage: Passage, knowledge: Knowledge) -> list[Dated]:
    """Return the date of a clause, or several where one trigger tells of several happenings.

    Returns one `Dated` without a timex when the sentence gives none.
    """
    inside = [timex for timex in passage.timexes_in(clause.span) if usable(timex)]
    known = [timex for timex in inside if timex.edtf]
    if len(known) > 1 and (parts := _distributed(clause, known, passage, knowledge)):
        return parts
    if known:
        return [Dated(_nearest(clause, known, passage, knowledge), "clause", clause.span)]
    if inside:
        return [Dated(None, "none", Span(clause.span.start, clause.span.start))]
    outside = [timex for timex in passage.timexes_in(clause.sentence) if usable(timex) and timex.edtf]
    if chosen := _outside(clause, outside, passage, knowledge):
        return [Dated(chosen, "sentence", clause.span)]
    return [Dated(None, "none", clause.span)]


def _nearest(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> Timex:
    """Choose among several dates of one clause: the nearest, the wrong side and weak dates counting more."""
    trigger = clause.trigger

    def cost(timex: Timex) -> tuple[float, int]:
        before = timex.end <= trigger.start
        distance = float(trigger.start - timex.end if before else max(0, timex.start - trigger.end))
        if before != knowledge.head_final:
            distance *= 2.0 if knowledge.head_final else 1.5
        return (distance + WEAK_COST * _is_weak(timex, passage, knowledge), timex.start)

    return min(timexes, key=cost)


def _is_weak(timex: Timex, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a date belongs to something else: "the Convention of 1827", "since 1783"."""
    before = passage.folded[max(0, timex.start - 30) : timex.start]
    return bool(knowledge.weak_date and knowledge.weak_date.search(before))


def _outside(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> Timex | None:
    """Choose a date of another clause of the sentence.

    The date of a clause that shares the time ("recognised it when ... on 5 May"); else the nearest date before;
    else the first after, where the clauses hang closely together.
    """
    after = [timex for timex in timexes if timex.start >= clause.span.end]
    strong = [timex for timex in after if not _is_weak(timex, passage, knowledge)]
    if strong and knowledge.shared and knowledge.shared.match(passage.folded, clause.span.end):
        return strong[0]
    before = [timex for timex in timexes if timex.end <= clause.span.start]
    if before:
        return next((t for t in reversed(before) if not _is_weak(t, passage, knowledge)), before[-1])
    if after and (clause.weak_end or knowledge.head_final):
        return after[0]
    return None


def _distributed(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> list[Dated]:
    """Split a clause with one trigger and several dates that each have a side or place of their own.

    "The embassy in Baku in 1997 and the one in Bucharest in 2001": the stretch from one date to the next holds a
    state, and all dates stand on one side of the trigger. Dates joined by a connector alone share the stretch.
    """
    trigger = clause.trigger
    if knowledge.head_final:
        dates = [timex for timex in timexes if timex.end <= trigger.start]
    else:
        dates = [timex for timex in timexes if timex.start >= trigger.end]
    if len(dates) < 2:
        return []
    gaps = [Span(first.end, second.start) for first, second in pairwise(dates)]
    if all(_only_joined(gap, passage, knowledge) for gap in gaps):
        return [Dated(date, "clause", clause.span) for date in dates]
    if not all(passage.mentions_in(gap) and _joined(gap, passage, knowledge) for gap in gaps):
        return []
    if knowledge.head_final:
        edges = [clause.span.start, *(date.start for date in dates[1:]), trigger.start]
    else:
        edges = [trigger.start, *(date.end for date in dates)]
    return [Dated(date, "clause", Span(edges[i], edges[i + 1])) for i, date in enumerate(dates)]


def _joined(between: Span, passage: Passage, knowledge: Knowledge) -> bool:
    text = passage.folded
    return any(text[i] in knowledge.marks for i in range(between.start, between.end)) or any(
        regex.search(text, between.start, between.end) for regex in knowledge.joints
    )


def _only_joined(between: Span, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether nothing but a mark or a connector stands in a gap."""
    rest = passage.folded[between.start : between.end]
    if not _joined(between, passage, knowledge):
        return False
    for regex in knowledge.joints:
        rest = regex.sub("", rest)
    return len(rest.strip(" " + "".join(knowledge.marks))) <= JOINT


def heading_date(sentence: Span, passage: Passage) -> Timex | None:
    """Return the date of a line that is little more than a date: it heads the lines below."""
    timexes = [t for t in passage.timexes_in(sentence) if t.timex_type == "DATE" and t.edtf]
    if len(timexes) != 1:
        return None
    rest = len(passage.text[sentence.start : sentence.end].strip()) - (timexes[0].end - timexes[0].start)
    return timexes[0] if rest <= HEADING_REST else None


@dataclass(frozen=True, slots=True)
class Past:
    """A dated event told before, from which a later one may inherit."""

    timex: Timex
    sides: tuple[str, ...]
    sentence: int
    type: str
    modality: str


def inherited(
    clause: Clause,
    sides: Sequence[str],
    modality: str,
    past: Sequence[Past],
    passage: Passage,
    knowledge: Knowledge,
) -> Timex | None:
    """Return the date of the event that this one is told as part of, if the passage makes it plain.

    The sentence itself, or a cue in it ("during the visit"), points back within the paragraph; the sides must not
    speak against it.
    """
    if not past:
        return None
    last = past[-1]
    gap = clause.index - last.sentence
    cue = knowledge.inherit and knowledge.inherit.search(
        passage.folded, clause.sentence.start, clause.sentence.end
    )
    if gap > (INHERIT_SENTENCES if cue else 1):
        return None
    if any(passage.new_paragraph(index) for index in range(last.sentence + 1, clause.index + 1)):
        return None
    if any(usable(timex) and not timex.edtf for timex in passage.timexes_in(clause.sentence)):
        return None
    if not cue and (modality != last.modality or not set(sides) & set(last.sides)):
        return None
    return last.timex
