"""From triggers to events: the whole way of the event step, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from dragoman.events.cues import cues_of
from dragoman.events.dating import Dated, dates_of, heading_date
from dragoman.events.going_on import as_told, by_pronoun, visitor_of, with_target, with_third
from dragoman.events.history import acting_for, in_their_time, with_former_towns, without_later_towns
from dragoman.events.inheriting import Past, in_its_year, inherited, persons_in
from dragoman.events.instruments import instruments_in, subjects_in
from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.plausible import is_plausible
from dragoman.events.segments import Clause, clauses
from dragoman.events.sides import Sides, sides_of
from dragoman.events.triggers import Refusal, Trigger, find_triggers
from dragoman.records import Event, Instrument, Span, Timex

PERSONAL = frozenset({"visit", "meeting", "invitation", "envoy_appointed", "envoy_expelled", "award"})
"""Types in which a person acts; in the others a name stands for no second side."""
OWN_NAME = frozenset({"independence", "recognition", "relations_established", "relations_upgraded", "membership"})
"""Types in which a state acts before it stands on its own."""
OPENING = 15
"""So far from its beginning, in characters, a date opens a sentence and holds for all that it tells."""
BACK = 60
"""So far before a noun, in characters, reach the words by which it points back."""
AGAIN = 3
"""So many sentences back may stand what an opening word points to."""
LASTING = frozenset({"relations_established", "recognition", "mission_opened"})
"""Types which, negated, tell how things stand: "they have no relations"."""
BASIS_CONFIDENCE = {"clause": 1.0, "sentence": 0.95, "inherited": 0.85, "document": 0.9, "none": 0.9}


@dataclass
class Telling:
    """What has been told so far in a passage: dated events, the pair in view, the date that heads these lines.

    `told` is the last sentence that told of each type, `acted` who took part in it; `pair_index` is the last that told
    of the pair, `several_index` of three states or more.
    """

    past: list[Past] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    acted: dict[str, Sides] = field(default_factory=dict)
    pair: tuple[str, ...] = ()
    pair_index: int = -2
    trio: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    several_index: int = -2
    visitor: str | None = None
    visitor_index: int = -2
    heading: Timex | None = None
    headings: list[tuple[int, Timex]] = field(default_factory=list)


def read_events(
    passage: Passage,
    knowledge: Knowledge,
    *,
    sighted: Sequence[Trigger] | None = None,
    refuse: Refusal | None = None,
) -> tuple[Event, ...]:
    """Read the events of a passage in text order; `sighted` and `refuse` as for `find_triggers`."""
    triggers = find_triggers(passage, knowledge, sighted=sighted, refuse=refuse)
    if not triggers:
        return ()
    pair = passage.title_states if len(passage.title_states) == 2 else ()
    telling = Telling(pair=pair, headings=_headings(passage))
    events: list[Event] = []
    for _, group in groupby(triggers, key=lambda trigger: trigger.sentence):
        slots: dict[str, str] | None = None
        fresh = [trigger for trigger in group if not _points_back(trigger, passage, knowledge, telling)]
        for clause in clauses(fresh, passage, knowledge):
            slots, _ = cues_of(clause, passage, knowledge, slots)
            events += _events_of(clause, slots, passage, knowledge, telling, refuse)
    return tuple(sorted(events, key=lambda event: (event.start, event.end, event.type, event.date or "")))


def _points_back(trigger: Trigger, passage: Passage, knowledge: Knowledge, telling: Telling) -> bool:
    """Tell whether a trigger that opens a sentence only points to a happening just told ("after the meeting")."""
    last = telling.told.get(trigger.rule.type)
    if last is None or trigger.sentence - last > AGAIN:
        return False
    opening = passage.folded[passage.sentences[trigger.sentence].start : trigger.start]
    if knowledge.back and knowledge.back.search(opening[-BACK:]):
        apart = knowledge.back_unless
        return not (apart and apart.match(passage.folded, trigger.end + 1))
    if knowledge.again is None:
        return False
    if knowledge.head_final and opening.rstrip()[-1:] in knowledge.marks:  # "reports that, at the meeting, ..."
        opening = ""
    again = knowledge.again.match(passage.folded, trigger.start - len(opening.lstrip()))
    return again is not None and trigger.start < again.end()


def _events_of(
    clause: Clause,
    slots: dict[str, str],
    passage: Passage,
    knowledge: Knowledge,
    telling: Telling,
    refuse: Refusal | None,
) -> list[Event]:
    _look_for_heading(clause.index, telling)
    events: list[Event] = []
    for dated in dates_of(clause, passage, knowledge, modality=slots["modality"]):
        dated, slots = _in_time(dated, slots, clause, passage, knowledge, telling)
        span = dated.span if dated.span.end > dated.span.start else clause.span
        pair = _pair(telling, clause, passage, knowledge)
        visitor = visitor_of(clause, telling.visitor, telling.visitor_index, passage, knowledge)
        spoken = by_pronoun(clause, span, passage, knowledge)
        seen = without_later_towns(passage, clause.sentence, dated.timex)
        seen = with_former_towns(seen, clause.sentence, dated.timex)
        sides = sides_of(clause, span, seen, knowledge, pair=pair, visitor=visitor or spoken)
        sides = with_third(sides, clause, telling.trio, passage, knowledge)
        last = telling.acted.get(clause.trigger.rule.type)
        sides = as_told(sides, last)
        sides = with_target(sides, clause, last, telling.told.get(clause.trigger.rule.type, clause.index), seen)
        if knowledge.preferences:
            dated, sides = knowledge.preferences.applied(dated, sides, clause, passage, knowledge, pair)
        missing = clause.trigger.rule.states - len(sides.participants)
        borne_out = is_plausible(clause, sides, passage, knowledge, spoken=spoken)
        if not borne_out or missing > 1 or (missing == 1 and not (sides.actors or _has_actor(clause, sides, passage))):
            if refuse:
                refuse(clause.trigger.rule, clause.trigger.start, clause.trigger.end, "states")
            continue
        final = _with_inheritance(dated, clause, sides, slots, passage, knowledge, telling)
        events.append(_event(clause, final, sides, slots, passage, knowledge))
        telling.told[clause.trigger.rule.type] = clause.index
        telling.acted[clause.trigger.rule.type] = sides
        told = final if not knowledge.types[clause.trigger.rule.type].soft else replace(final, timex=None)
        _remember(told, sides, clause, slots["modality"], passage, knowledge, telling)
    return events


def _in_time(
    dated: Dated, slots: dict[str, str], clause: Clause, passage: Passage, knowledge: Knowledge, telling: Telling
) -> tuple[Dated, dict[str, str]]:
    """Hold date and modality together: what has a day still to come is planned.

    A day still to come that a plan has is not lent to what has happened ("invited him to come in May").
    """
    timex = dated.timex
    if timex is None:
        return dated, slots
    actual = slots["modality"] == "actual"
    today = passage.published or ""
    lent = knowledge.head_final and dated.basis == "sentence" and (timex.date_end or "") > today > ""
    if actual and lent and any(
        one.timex == timex and one.sentence == clause.index and one.modality != "actual" for one in telling.past
    ):
        return replace(dated, timex=None, basis="none"), slots
    elsewhere = dated.basis == "sentence" and timex.start > clause.sentence.start + OPENING
    if slots["polarity"] == "negated" and elsewhere and not knowledge.head_final:
        return replace(dated, timex=None, basis="none"), slots  # what never happened has no day of another
    if actual and today and timex.date_start and timex.date_start > today:
        if clause.trigger.rule.type == "invitation":
            return replace(dated, timex=None, basis="none"), slots  # the day to which somebody was invited
        return dated, {**slots, "modality": "planned"}
    return dated, slots


def _has_actor(clause: Clause, sides: Sides, passage: Passage) -> bool:
    """Tell whether a named organisation acts where no state is in sight, or a person where persons act."""
    personal = clause.trigger.rule.type in PERSONAL
    return any(
        (entity.label == "PER" and personal and entity.country not in sides.participants)
        or (entity.label == "ORG" and entity.code)
        for entity in passage.entities_in(clause.sentence)
    )


def _look_for_heading(index: int, telling: Telling) -> None:
    """Bring the heading date up to a sentence."""
    while telling.headings and telling.headings[0][0] < index:
        telling.heading = telling.headings.pop(0)[1]


def _headings(passage: Passage) -> list[tuple[int, Timex]]:
    """List the lines that are only a date; a single one is a page's date and heads nothing."""
    found = [
        (number, timex)
        for number, sentence in enumerate(passage.sentences)
        if (timex := heading_date(sentence, passage))
    ]
    return found if len(found) > 1 else []


def _pair(telling: Telling, clause: Clause, passage: Passage, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the states in view: just told of, where the language drops its subjects, else the topic's pair."""
    recent = telling.several_index >= max(telling.pair_index, clause.index - AGAIN)
    start, end = clause.sentence.start, clause.sentence.end
    two = telling.pair and knowledge.pair and passage.search(knowledge.pair, start, end, clause.sentence)
    if knowledge.head_final and recent and not two:
        return telling.several
    if recent and knowledge.everyone and knowledge.everyone.search(passage.folded, start, end):
        return telling.several
    if knowledge.settings["sides"].get("elided") and clause.index - telling.pair_index <= 1:
        return telling.pair
    if two and knowledge.head_final and clause.index - telling.pair_index <= 1:
        return telling.pair
    if passage.title_actor and len(passage.topic) < 2:
        return ()
    if len(passage.title_states) == 1 and clause.index - telling.pair_index <= 1 and telling.pair:
        return telling.pair
    return passage.topic if len(passage.topic) == 2 else telling.pair


def _with_inheritance(
    dated: Dated,
    clause: Clause,
    sides: Sides,
    slots: dict[str, str],
    passage: Passage,
    knowledge: Knowledge,
    telling: Telling,
) -> Dated:
    """Give an event without a date that of what it is told as part of; what never happened, only if told so."""
    if dated.timex:
        return replace(dated, timex=in_its_year(dated.timex, sides.participants, telling.past))
    if dated.span.end == dated.span.start:
        return dated
    sentence = clause.sentence
    told_so = knowledge.inherit and passage.search(knowledge.inherit, sentence.start, sentence.end, sentence)
    lasting = not knowledge.head_final or clause.trigger.rule.type in LASTING
    if slots["polarity"] == "negated" and not told_so and lasting:
        return dated
    modality = slots["modality"]
    timex = inherited(clause, sides.participants, modality, telling.past, passage, knowledge, source=sides.source)
    if timex:
        return Dated(timex, "inherited", dated.span)
    if telling.heading and modality == "actual":
        return Dated(telling.heading, "document", dated.span)
    return dated


def _remember(
    dated: Dated,
    sides: Sides,
    clause: Clause,
    modality: str,
    passage: Passage,
    knowledge: Knowledge,
    telling: Telling,
) -> None:
    if len(sides.participants) == 2 and not knowledge.types[clause.trigger.rule.type].soft:
        telling.pair, telling.pair_index = sides.participants, clause.index
    if len(sides.participants) > 2 and not sides.source:
        telling.several, telling.several_index = sides.participants, clause.index
    if len(sides.participants) == 3 and not sides.source:
        telling.trio = sides.participants
    elif len(sides.source) == 3:
        telling.trio = sides.source
    if clause.trigger.rule.type == "visit" and sides.source:
        telling.visitor, telling.visitor_index = sides.source[0], clause.index
    if dated.timex:
        telling.past.append(
            Past(
                dated.timex,
                sides.participants,
                clause.index,
                clause.trigger.rule.type,
                modality,
                persons_in(dated.span, passage),
                sides.source,
            )
        )


def _event(
    clause: Clause,
    dated: Dated,
    sides: Sides,
    slots: dict[str, str],
    passage: Passage,
    knowledge: Knowledge,
) -> Event:
    trigger, rule, timex = clause.trigger, clause.trigger.rule, dated.timex
    span = clause.span if dated.span.end == dated.span.start else dated.span
    named = _instruments(clause, span, passage, knowledge)
    low, high = _count(clause, named, passage, knowledge)
    names = passage.entities_in(clause.span)
    until = timex.date_end if timex and rule.type not in OWN_NAME else None
    return Event(
        type=rule.type,
        subtype=rule.subtype,
        start=trigger.start,
        end=trigger.end,
        trigger=passage.text[trigger.start : trigger.end],
        sentence_start=clause.sentence.start,
        sentence_end=clause.sentence.end,
        evidence=passage.text[clause.sentence.start : clause.sentence.end].strip(),
        rule=rule.name,
        date=timex.edtf if timex else None,
        date_start=timex.date_start if timex else None,
        date_end=timex.date_end if timex else None,
        date_precision=timex.precision if timex else None,
        date_basis=dated.basis if timex else "none",
        date_text=timex.text if timex else None,
        participants=in_their_time(sides.participants, until),
        source=in_their_time(sides.source, until),
        target=in_their_time(sides.target, until),
        actors=sides.actors,
        persons=tuple(sorted({name.canonical for name in names if name.label == "PER"})),
        organisations=tuple(sorted({acting_for(name.code) for name in names if name.code})),
        place=_place(span, clause, passage, knowledge),
        instruments=named,
        subjects=tuple(sorted({subject for instrument in named for subject in instrument.subjects})),
        count_min=low,
        count_max=high,
        modality=slots["modality"],
        polarity=slots["polarity"],
        aspect=slots["aspect"],
        confidence=round(
            rule.confidence * BASIS_CONFIDENCE[dated.basis if timex else "none"] * (1 if sides.participants else 0.7), 2
        ),
    )


def _instruments(
    clause: Clause, span: Span, passage: Passage, knowledge: Knowledge
) -> tuple[Instrument, ...]:
    """Return the instruments of a treaty event: the trigger itself where it is one, else of clause or sentence."""
    rule, trigger = clause.trigger.rule, clause.trigger
    if not knowledge.types[rule.type].treaty:
        return ()
    stretches = (span, clause.span, clause.sentence)
    found = next((named for s in stretches if (named := instruments_in(s, clause.sentence, passage, knowledge))), ())
    own = tuple(one for one in found if one.start < trigger.end and trigger.start < one.end)
    if own:
        return own
    if found or not rule.instrument:
        return found
    text = passage.text[trigger.start : trigger.end]
    subjects = subjects_in(clause.span, clause.sentence, passage, knowledge)
    return (Instrument(trigger.start, trigger.end, text, rule.instrument, subjects=subjects),)


def _count(
    clause: Clause, named: Sequence[Instrument], passage: Passage, knowledge: Knowledge
) -> tuple[int | None, int | None]:
    counted = [instrument for instrument in named if instrument.count_min is not None]
    if len(counted) == 1:
        return counted[0].count_min, counted[0].count_max
    if counted:
        lows = [instrument.count_min or 0 for instrument in counted]
        highs = [instrument.count_max for instrument in counted]
        return sum(lows), None if None in highs else sum(high or 0 for high in highs)
    return None, None


def _place(span: Span, clause: Clause, passage: Passage, knowledge: Knowledge) -> str | None:
    """Return the town or venue that the clause puts the happening in."""
    for name in passage.entities_in(clause.span):
        if name.label not in {"GPE", "LOC"} or name.kind == "state":
            continue
        before = passage.folded[max(0, name.start - 20) : name.start]
        if name.case == "locative" or (knowledge.venue and knowledge.venue.search(before)):
            return name.canonical
    return None
