"""What a sentence names but what takes no part: where it happened, what was over before, what another date has."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.offices import case_of
from dragoman.events.passage import Passage
from dragoman.events.roles import coordinated
from dragoman.events.segments import Clause
from dragoman.events.triggers import Trigger
from dragoman.records import Entity, Span

LONE = frozenset({"independence", "conflict", "decree_issued", "membership"})
"""Types in which one side may act alone."""
OWN_TOWN = 1
"""So many words may stand between a state and its town: "in Kenya's capital Nairobi"."""
WORD = 20
"""So near behind a state, in characters, stands the word that marks its role."""
NEXT_WORD = 1
"""So far before a verb, in characters, ends the object right before it."""
OBJECT = frozenset({"accusative", "dative"})


def is_setting(
    mention: Entity, venues: Sequence[Entity], mentions: Sequence[Entity], passage: Passage, knowledge: Knowledge
) -> bool:
    """Tell whether a state only says where a venue of its own lies, or is listed with a venue.

    `venues` are those of the mentions that are venues themselves.
    """
    if not knowledge.head_final or mention in venues:
        return False
    if mention.kind == "state" and mention.case == "genitive":
        return any(
            venue.start > mention.end
            and venue.country == mention.country
            and len(passage.folded[mention.end : venue.start].split()) <= OWN_TOWN
            for venue in venues
        )
    if mention.case != "nominative" or mention.kind in {None, "person"}:
        return False
    last = coordinated(mention, mentions, passage, knowledge)[-1]
    return last in venues and last.kind == mention.kind


def may_act_alone(clause: Clause, knowledge: Knowledge) -> bool:
    """Tell whether a single state may make an event of this type; a language adds types by `[sides] alone`."""
    return clause.trigger.rule.type in {*LONE, *knowledge.settings["sides"].get("alone", ())}


def what_is_left(span: Span, trigger: Trigger, passage: Passage, knowledge: Knowledge) -> Span:
    """Leave out the opening of a stretch that tells of something over or aside: "after the talks in Paris, ..."."""
    if knowledge.head_final:
        span = _urged(_own_object(span, trigger, passage, knowledge), trigger, passage, knowledge)
    if knowledge.over is None:
        return span
    for match in knowledge.over.finditer(passage.folded, span.start, max(span.start, trigger.start)):
        rest = Span(match.end(), span.end)
        if len({mention.country for mention in passage.mentions_in(rest)}) >= 2:
            return rest
    return span


def without_siblings(
    mentions: list[Entity], chosen: Sequence[Entity], clause: Clause, passage: Passage
) -> list[Entity]:
    """Leave out what stands with the other dates of a list: "with § on 28 June, with § on 10 September were signed"."""
    start, end = clause.span.start, clause.trigger.start
    dates = [one.start for one in passage.timexes_in(Span(start, end)) if one.timex_type == "DATE" and one.edtf]
    if len(dates) < 2 or not chosen:
        return mentions
    own, like = _part(chosen[0], dates), _marking(chosen[0], passage)
    return [
        m
        for m in mentions
        if not start <= m.start < end or _part(m, dates) in (0, own) or _marking(m, passage) != like
    ]


def _part(mention: Entity, dates: Sequence[int]) -> int:
    return sum(date < mention.start for date in dates)


def _marking(mention: Entity, passage: Passage) -> str | None:
    """Return what marks the role of a mention: its case, or without an ending the word behind it."""
    if mention.case != "nominative":
        return mention.case
    behind = passage.folded[mention.end : mention.end + WORD].split(maxsplit=1)
    return behind[0] if behind else None


def _own_object(span: Span, trigger: Trigger, passage: Passage, knowledge: Knowledge) -> Span:
    """Keep, of three states or more, the owner and the object right before a closing verb: "X's attack on Y"."""
    before = passage.mentions_in(Span(span.start, max(span.start, trigger.start)))
    if len({mention.country for mention in before}) < 3 or trigger.start - before[-1].end > NEXT_WORD:
        return span
    owner, goal = before[-2:]
    if goal.case not in OBJECT or owner.country == goal.country or case_of(owner, passage, knowledge) != "genitive":
        return span
    if "," in passage.folded[owner.end : goal.start]:
        return span
    return Span(coordinated(owner, before, passage, knowledge)[0].start, span.end)


def _urged(span: Span, trigger: Trigger, passage: Passage, knowledge: Knowledge) -> Span:
    """Leave out the subject that only calls upon the others: "the leaders of X and Y urged Z and W to meet"."""
    if knowledge.urged is None or knowledge.urged.match(passage.folded, trigger.end + 1) is None:
        return span
    named = passage.mentions_in(span)
    if not named:
        return span
    callers = coordinated(named[0], named, passage, knowledge)
    rest = Span(callers[-1].end, span.end)
    return rest if len({mention.country for mention in passage.mentions_in(rest)}) >= 2 else span
