"""Which date an event takes from its clause or its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.patterns import Expression
from dragoman.events.segments import Clause
from dragoman.records import Span, Timex

HEADING_REST = 12
WEAK_COST = 200.0
CROSSING_COST = 80.0
DAYS = len("2004-10-11/2004-10-12")
LOOSE_COST = 120.0
"""What an interval of months or years that stands before its trigger costs against a plain date."""
SHARED_REACH = 12
ELSEWHERE = 60
"""So far before a date, in characters, begin the words that give it to another act."""
OPENING = 6
"""So far from its beginning, in characters, a date opens a sentence."""
STRONG_MARKS = frozenset(";:")
LISTED = 8
"""So many letters tell that a stretch begins with a name."""
UNSURE = "?~%"
"""Ends an EDTF date that is about or unsure: "some thirteen years ago, in 2011" is one date."""
JOINT = 3
"""So many letters may stand between two joined dates beside the connector: a preposition."""


TOWN = 30
"""So many characters at most has the town of a dateline."""
DATELINE = re.compile(r"(?:,? \d{4})?(?: ?\([^)\n]{1,40}\))? ?[:-] ")
"""What follows the date of a dateline."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date given to an event, with its basis; `span` is the stretch whose sides belong to it."""

    timex: Timex | None
    basis: str
    span: Span


def usable(timex: Timex) -> bool:
    """Tell whether a timex can date an event at all (a duration or a repeated time cannot)."""
    return timex.timex_type in {"DATE", "TIME"}


def dates_of(
    clause: Clause, passage: Passage, knowledge: Knowledge, *, modality: str = "actual"
) -> list[Dated]:
    """Return the date of a clause, or several where one trigger tells of several happenings.

    Returns one `Dated` without a timex when the sentence gives none.
    """
    inside = [
        timex
        for timex in passage.timexes_in(clause.span)
        if usable(timex) and not _of_another(timex, clause, passage, knowledge, modality)
    ]
    known = [timex for timex in inside if timex.edtf]
    if len(known) > 1 and (parts := _distributed(clause, known, passage, knowledge)):
        return parts
    outside = [
        timex
        for timex in passage.timexes_in(clause.sentence)
        if usable(timex) and timex.edtf and not _of_another(timex, clause, passage, knowledge, modality)
    ]
    if known:
        nearest = _nearest(clause, known, passage, knowledge)
        shared = _shared(clause, outside, passage, knowledge)
        if shared and (_crossings(nearest, clause, passage, knowledge) or _is_weak(nearest, passage, knowledge)):
            return [Dated(shared, "sentence", clause.span)]
        return [Dated(nearest, "clause", clause.span)]
    if inside:
        return [Dated(None, "none", Span(clause.span.start, clause.span.start))]
    if chosen := _outside(clause, outside, passage, knowledge):
        return [Dated(chosen, "sentence", clause.span)]
    return [Dated(None, "none", clause.span)]


def _of_another(timex: Timex, clause: Clause, passage: Passage, knowledge: Knowledge, modality: str) -> bool:
    """Tell whether a date of the sentence belongs to something else: a noun, the report, the clause that goes on.

    What has happened has no date "until" (`knowledge.until`); what had happened "before" or "after" which another
    thing did (`knowledge.done`) has none behind itself.
    """
    if _elsewhere(timex, clause, passage, knowledge) or _adnominal(timex, clause, passage, knowledge):
        return True
    if modality != "actual":
        return _of_saying(timex, clause, passage, knowledge)
    text, behind = passage.folded, clause.trigger.end
    if timex.start >= behind and knowledge.done and knowledge.done.match(text, behind + 1):
        return True
    if knowledge.until is None or "/" in (timex.edtf or ""):
        return False
    places = (_last_word(timex, passage), timex.end + 1)
    return any(knowledge.until.match(text, place) for place in places)


def _last_word(timex: Timex, passage: Passage) -> int:
    return timex.start + passage.folded[timex.start : timex.end].rfind(" ") + 1


def _elsewhere(timex: Timex, clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether words right before a date give it to another act ("the ban imposed in May")."""
    if knowledge.elsewhere is None:
        return False
    low = max(clause.sentence.start, timex.start - ELSEWHERE)
    match = knowledge.elsewhere.search(passage.folded, low, timex.start)
    return match is not None and match.start() >= clause.trigger.end


def _of_saying(timex: Timex, clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a date is that of the report ("said on Monday that they would sign")."""
    if _in_dateline(timex, passage):
        return True
    before = passage.folded[max(0, timex.start - 30) : timex.start]
    if knowledge.said_before and knowledge.said_before.search(before):
        return True
    if knowledge.said_after and knowledge.said_after.match(passage.folded, timex.end + 1):
        return True
    between = knowledge.said_between if _opens(timex, clause) else None
    return bool(between and between.search(passage.folded, timex.end, clause.trigger.start))


def _in_dateline(timex: Timex, passage: Passage) -> bool:
    """Tell whether a date stands behind the town that opens a line: "LIMA, May 5 (Agency) - "."""
    line = passage.text.rfind("\n", 0, timex.start) + 1
    town = passage.folded[line : timex.start].rstrip()
    return town.endswith(",") and len(town) <= TOWN and DATELINE.match(passage.folded, timex.end) is not None


def _opens(timex: Timex, clause: Clause) -> bool:
    return timex.start - clause.sentence.start <= OPENING


def _adnominal(timex: Timex, clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a date belongs to the next noun: "the 1977 war", after a closing verb "the election of 30 May"."""
    if not knowledge.head_final:
        noun = knowledge.adnominal_after and knowledge.adnominal_after.match(passage.folded, timex.end + 1)
        return bool(noun and not (timex.end < clause.trigger.start <= noun.end()) and timex.precision != "day")
    own = knowledge.adnominal_after and knowledge.adnominal_after.match(passage.folded, timex.end + 1)
    if own and own.end() <= clause.trigger.start:
        return True
    named = knowledge.dated_noun and knowledge.dated_noun.match(passage.folded, _last_word(timex, passage))
    signed = clause.trigger.rule.type == "treaty_signed"  # which the treaty right before the verb has its year from
    if named and named.end() + signed < clause.trigger.start:
        return True
    if knowledge.adnominal is None or timex.start < clause.trigger.end:
        return False
    return bool(knowledge.adnominal.fullmatch(passage.folded[timex.start : timex.end].rsplit(" ", 1)[-1]))


def _nearest(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> Timex:
    """Choose among several dates of one clause: the nearest, the wrong side and weak dates counting more.

    A date that says the same more precisely ("thirty years ago, on 14 January 1992") takes its place.
    """
    trigger = clause.trigger

    def cost(timex: Timex) -> tuple[float, int]:
        before = timex.end <= trigger.start
        distance = float(trigger.start - timex.end if before else max(0, timex.start - trigger.end))
        if before != knowledge.head_final:
            distance *= 2.0 if knowledge.head_final else 1.5
        distance += WEAK_COST * _is_weak(timex, passage, knowledge)
        loose = before and not knowledge.head_final and "/" in (timex.edtf or "") and len(timex.edtf or "") < DAYS
        distance += LOOSE_COST * loose
        return (distance + CROSSING_COST * _crossings(timex, clause, passage, knowledge), timex.start)

    nearest = min(timexes, key=cost)
    closer = [timex for timex in timexes if (timex.edtf or "").startswith(f"{nearest.edtf}-")]
    return min(closer, key=cost) if closer else nearest


def _crossings(timex: Timex, clause: Clause, passage: Passage, knowledge: Knowledge) -> int:
    """Count the clause boundaries between a date and the trigger; a mark at the date itself is none.

    Where the verb closes its clause, only what follows it can be another clause.
    """
    trigger = clause.trigger
    if knowledge.head_final:
        between = (trigger.end, max(trigger.end, timex.start))
        return sum(1 for regex in knowledge.connectors for _ in regex.finditer(passage.folded, *between))
    start, end = sorted((timex.end, trigger.start)) if timex.end <= trigger.start else (trigger.end, timex.start)
    start, end = start + 2, end - 2
    if start >= end:
        return 0
    text = passage.folded
    marks = sum(text[i] in STRONG_MARKS for i in range(start, end))
    strong, *weak = knowledge.connectors
    joined = sum(
        text[match.start() - 2] in knowledge.marks for regex in weak for match in regex.finditer(text, start, end)
    )
    return marks + joined + sum(1 for _ in strong.finditer(text, start, end))


def _shared(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> Timex | None:
    """Return the date of a later clause that gives the time of this one: "recognised it when ... on 5 May"."""
    if knowledge.shared is None:
        return None
    later = [
        timex
        for timex in timexes
        if timex.start >= clause.span.end and not _is_weak(timex, passage, knowledge)
    ]
    if later and knowledge.shared.search(passage.folded, clause.trigger.end, clause.span.end + SHARED_REACH):
        return later[0]
    return None


def _is_weak(timex: Timex, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a date belongs to something else: "the Convention of 1827", "since 1783"."""
    before = passage.folded[max(0, timex.start - 30) : timex.start]
    if timex.precision != "day" and before.rstrip().endswith("("):
        return True  # the years of a life or a term: "John R. Carter (1909-1911)"
    return bool(knowledge.weak_date and knowledge.weak_date.search(before))


def _outside(
    clause: Clause, timexes: Sequence[Timex], passage: Passage, knowledge: Knowledge
) -> Timex | None:
    """Choose a date of another clause of the sentence.

    The date of a clause that shares the time ("recognised it when ... on 5 May"); else the nearest date before;
    else the first after, where the clauses hang closely together.
    """
    if shared := _shared(clause, timexes, passage, knowledge):
        return shared
    after = [timex for timex in timexes if timex.start >= clause.span.end]
    before = [timex for timex in timexes if timex.end <= clause.span.start]
    if knowledge.earlier and knowledge.earlier.match(passage.folded, clause.span.start):
        before = []  # "recognised it in May, after it had broken away"
    if before and not is_perfect(clause, passage, knowledge):
        return next((t for t in reversed(before) if not _is_weak(t, passage, knowledge)), before[-1])
    if after and (clause.weak_end or knowledge.head_final):
        return after[0]
    return None


def is_perfect(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a clause speaks of the time up to now, which no date told before gives ("have signed to date")."""
    perfect = knowledge.perfect
    return bool(perfect and perfect.search(passage.folded, clause.span.start, clause.trigger.end))


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
    if not dates and not knowledge.head_final:
        dates = [timex for timex in timexes if timex.end <= trigger.start]
        if len(dates) < 2 or not _opens(dates[0], clause) or not _listed(_gaps(dates), passage, knowledge):
            return []
    dates = _after_colon(dates, clause, passage)
    dates = [one for one in dates if not any((other.edtf or "").startswith(f"{one.edtf}-") for other in dates)]
    if len({(timex.edtf or "").rstrip(UNSURE) for timex in dates}) < 2:
        return []
    gaps = _gaps(dates)
    if _listed(gaps, passage, knowledge):
        return [Dated(date, "clause", clause.span) for date in dates]
    if knowledge.own_verb and any(_has_verb(gap, passage, knowledge.own_verb) for gap in gaps):
        return []
    if knowledge.head_final and _closing(gaps, dates[0], clause, passage):
        edges = [clause.span.start, *(date.end for date in dates)]
        return [Dated(date, "clause", Span(edges[i], edges[i + 1])) for i, date in enumerate(dates)]
    if not all(passage.mentions_in(gap) and _coordinated(gap, passage, knowledge) for gap in gaps):
        return []
    if knowledge.head_final:
        edges = [clause.span.start, *(date.start for date in dates[1:]), trigger.start]
    else:
        edges = [trigger.start, *(date.end for date in dates)]
    return [Dated(date, "clause", Span(edges[i], edges[i + 1])) for i, date in enumerate(dates)]


def _has_verb(gap: Span, passage: Passage, own_verb: Expression) -> bool:
    """Tell whether what stands between two dates closes with a verb of its own: another act, no part of a list."""
    return own_verb.search(passage.folded[gap.start : gap.end].rstrip(" ,;")) is not None


def _after_colon(dates: list[Timex], clause: Clause, passage: Passage) -> list[Timex]:
    """Leave out the dates of what only announces a list, where two or more stand in the list itself."""
    colon = passage.folded.rfind(": ", clause.span.start, clause.trigger.start)
    inside = [timex for timex in dates if timex.start > colon]
    return inside if colon >= 0 and len(inside) > 1 else dates


def _closing(gaps: Sequence[Span], first: Timex, clause: Clause, passage: Passage) -> bool:
    """Tell whether each date closes its part before a closing verb: "§ on 5 May, § on 7 June opened"."""
    if not passage.mentions_in(Span(clause.span.start, first.start)):
        return False
    return all(
        passage.folded[gap.start : gap.end].lstrip()[:1] == ","
        and len({mention.country for mention in passage.mentions_in(gap)}) > 1
        for gap in gaps
    )


def _gaps(dates: Sequence[Timex]) -> list[Span]:
    return [Span(first.end, second.start) for first, second in pairwise(dates)]


def _joined(between: Span, passage: Passage, knowledge: Knowledge) -> bool:
    text = passage.folded
    return any(text[i] in knowledge.marks for i in range(between.start, between.end)) or any(
        regex.search(text, between.start, between.end) for regex in knowledge.joints
    )


def _coordinated(between: Span, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a gap joins two like parts: it begins (verb first) or ends (verb last) with a connector."""
    text = passage.folded[between.start : between.end].strip()
    if knowledge.head_final:
        return text[-1:] in knowledge.marks or any(
            match.end() == len(text) for regex in knowledge.connectors for match in regex.finditer(text)
        )
    marked = text[:1] in knowledge.marks
    text = text.lstrip("".join(knowledge.marks) + " ")
    if marked and any(passage.folded.startswith(text[:LISTED], m.start) for m in passage.mentions_in(between)[:1]):
        return True  # "visited § in May, § in June"
    return any(regex.match(text) for regex in knowledge.connectors[1:])


def _listed(gaps: Sequence[Span], passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether dates are one list: "1995 and 1997", "1995, 1997 and 2001"."""
    *first, last = gaps
    return _only_joined(last, passage, knowledge) and all(
        passage.folded[gap.start : gap.end].strip() == "," or _only_joined(gap, passage, knowledge) for gap in first
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
