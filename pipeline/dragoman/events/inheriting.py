"""Which date an event takes over from what was told before: that of the happening it is a part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.events.dating import is_perfect, usable
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.records import Span, Timex

INHERIT_SENTENCES = 3
YEAR = "year"
PLANNED = "planned"
WHOLES = frozenset({"visit", "meeting", "event_held"})
"""What has parts: a plan that is told after one of these, itself planned, is a part of it."""


RETURNED = frozenset({"visit", "mission_opened", "sanction_imposed", "envoy_expelled"})
"""Types in which the same two states, the other way round, tell of another happening with a day of its own."""


@dataclass(frozen=True, slots=True)
class Past:
    """A dated event told before, from which a later one may inherit."""

    timex: Timex
    sides: tuple[str, ...]
    sentence: int
    type: str
    modality: str
    persons: frozenset[str] = frozenset()
    source: tuple[str, ...] = ()


def inherited(
    clause: Clause,
    sides: Sequence[str],
    modality: str,
    past: Sequence[Past],
    passage: Passage,
    knowledge: Knowledge,
    *,
    source: Sequence[str] = (),
) -> Timex | None:
    """Return the date of the event that this one is told as part of, if the passage makes it plain.

    The sentence itself, or a cue in it ("during the visit"), points back within the paragraph; the sides must not
    speak against it.
    """
    if not past or any(usable(t) and not t.edtf for t in passage.timexes_in(clause.sentence)):
        return None
    if modality == "actual" and passage.published and knowledge.head_final:
        past = [one for one in past if (one.timex.date_start or "") <= passage.published]  # no day still to come
    if not past or is_perfect(clause, passage, knowledge):
        return None
    if timex := _of_the_whole(clause, sides, past, passage, knowledge):
        return timex
    if _is_part(clause, passage, knowledge) and past[-1].modality != modality:
        return None  # of a happening told without a date
    if clause.trigger.rule.type in RETURNED and not _points_back(clause, passage, knowledge):
        past = [one for one in past if one.type != clause.trigger.rule.type or not _returned(one, source)]
    if past and (timex := _told_within(clause, sides, modality, past[-1], passage, knowledge)):
        return timex
    if knowledge.settings.get("dates", {}).get("parts") and clause.trigger.rule.type not in WHOLES:
        past = [one for one in past if clause.index - one.sentence <= 1]
    return _told_again(clause, sides, modality, past, persons_in(clause.span, passage))


def in_its_year(timex: Timex, sides: Sequence[str], past: Sequence[Past]) -> Timex:
    """Give a day without a year that of an event told before whose days hold it: a day of the visit."""
    year, _, day = (timex.edtf or "").partition("-")
    if year != "XXXX" or len(day) != len("MM-DD"):
        return timex
    for one in reversed(past):
        first, last = one.timex.date_start or "", one.timex.date_end or ""
        days = len(one.timex.edtf or "") >= len("1997-05-25") and set(sides) & set(one.sides)
        if days and first[:4] == last[:4] and first[5:] <= day <= last[5:]:
            whole = f"{first[:4]}-{day}"
            return replace(timex, edtf=whole, date_start=whole, date_end=whole)
    return timex


def _points_back(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a cue in the sentence says that this is part of what was told ("during the visit")."""
    cue = knowledge.inherit
    if cue is None or passage.lacks(cue, clause.sentence):
        return False
    found = cue.finditer(passage.folded, clause.sentence.start, clause.sentence.end)
    return any(match.start() < clause.trigger.start or match.end() > clause.trigger.end for match in found)


def _returned(one: Past, source: Sequence[str]) -> bool:
    """Tell whether a visit told before, or an embassy, went the other way: it is another one."""
    return bool(one.source and source) and not set(one.source) & set(source)


def _of_the_whole(
    clause: Clause, sides: Sequence[str], past: Sequence[Past], passage: Passage, knowledge: Knowledge
) -> Timex | None:
    """Return the date of the last visit, meeting ... where the sentence says that it is part of that one."""
    for name, regex in knowledge.within.items():
        match = passage.search(regex, clause.sentence.start, clause.trigger.start, clause.sentence)
        same = name == clause.trigger.rule.type
        if match is None or (same and not _points_back(clause, passage, knowledge)):
            continue
        whole = next((one for one in reversed(past) if one.type == name), None)
        near = whole and clause.index - whole.sentence <= INHERIT_SENTENCES
        if whole and near and (not sides or set(sides) & set(whole.sides)):
            return whole.timex
    return None


def _is_part(clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    start, end = clause.sentence.start, clause.trigger.start
    return any(passage.search(regex, start, end, clause.sentence) for regex in knowledge.within.values())


def _told_within(
    clause: Clause,
    sides: Sequence[str],
    modality: str,
    last: Past,
    passage: Passage,
    knowledge: Knowledge,
) -> Timex | None:
    """Return the date of the event told just before, of which this one is a part."""
    gap = clause.index - last.sentence
    cue = _points_back(clause, passage, knowledge)
    parts = knowledge.settings.get("dates", {}).get("parts")
    part = parts is None or clause.trigger.rule.type in parts
    if not cue and not part:
        return None
    plan = bool(parts) and part and modality == last.modality == PLANNED and last.type in WHOLES
    if gap > (INHERIT_SENTENCES if cue or plan else 1):
        return None
    before = (clause.sentence.start if knowledge.head_final else clause.span.start, clause.trigger.start)
    if not cue and knowledge.apart and knowledge.apart.search(passage.folded, *before):
        return None
    apart = any(passage.new_paragraph(i) for i in range(last.sentence + 1, clause.index + 1))
    if apart and not plan and not (cue and gap == 1):
        return None
    if not cue and last.timex.precision == YEAR and last.type != clause.trigger.rule.type:
        return None  # a year alone holds for what is told as a part of it, not for the next thing told
    if not cue and (modality != last.modality or not set(sides) & set(last.sides)):
        return None
    return last.timex


def _told_again(
    clause: Clause, sides: Sequence[str], modality: str, past: Sequence[Past], persons: frozenset[str]
) -> Timex | None:
    """Return the date of the one dated event of this type between these sides; of several, the one of that person."""
    if len(sides) < 2:
        return None
    same = [
        one
        for one in past
        if one.type == clause.trigger.rule.type and one.sides == tuple(sides) and one.modality == modality
    ]
    if len({one.timex.edtf for one in same}) > 1:
        same = [one for one in same if one.persons & persons]
    return same[-1].timex if len({one.timex.edtf for one in same}) == 1 else None


def persons_in(span: Span, passage: Passage) -> frozenset[str]:
    """Return the persons named in a stretch, in base form."""
    return frozenset(name.canonical for name in passage.entities_in(span) if name.label == "PER")
