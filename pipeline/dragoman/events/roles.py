"""Who acts and who is acted upon: the source and the target among the sides of a directed event."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.offices import borne, case_of
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.records import Entity

SUBJECT = frozenset({None, "nominative"})
"""The cases of whoever acts, taken before others."""
NEXT = 2
"""So near before its trigger, in characters, stands what a verb takes without an ending: "invaded X"."""
BARE = 25
"""So near before its trigger, in characters, stands a place without an ending: the goal of "X visit"."""
AUXILIARY = 30
"""So near before its trigger, in characters, stands the auxiliary of a passive."""
OWNER = 70
"""So near behind a noun, in characters, stands the owner that "of" joins to it."""
LEFT = 40
"""So far before a state, in characters, reach the words that make it the one left: "independence from"."""
PLACES = frozenset({"state", "capital", "city", "region"})
MARKED = ("agent", "owner", "sender")
"""Ways in which a word tells that a state acts."""
PERSON = "person"
BODIES = frozenset({"mission", "ministry", "parliament", "government", "delegation", "organisation"})
"""Names that hold a state of their own inside them; their own case says nothing of its role."""
LAST = "last "
"""Begins a way that takes the last of those it finds first: "last genitive"."""
RECEIVED = frozenset({"award", "aid_given", "recognition", "sanction_imposed", "sanction_lifted"})
"""Types in which all who are named may be those acted upon."""
HELD = frozenset({"person", "mission"})
"""Kinds of names that are a way to find a side: whom they stand for."""


def roles_of(
    codes: Sequence[str], mentions: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sources and the targets among the participants, each sorted; empty where it is not plain.

    Each role is the state found in the first way that finds one, with the states joined to it by "and" or a comma.
    Whoever is marked as acting ("by …", "the visit of …") is not acted upon. Of two sides, the one without a role
    takes the other role.
    """
    ways = _ways(clause, passage, knowledge)
    marked = {
        found.country
        for way in MARKED
        if way in ways["source"]
        for found in _by_way(way, mentions, clause, passage, knowledge)[:1]
    }
    others = [m for m in mentions if m.country not in marked and not _owns(m, passage, knowledge)]
    targets = _role(ways["target"], codes, others, clause, passage, knowledge)
    free = [mention for mention in mentions if mention.country not in targets]
    sources = _role(ways["source"], codes, free, clause, passage, knowledge)
    if clause.trigger.rule.type == "conflict" and len(codes) > 1 and set(codes) in (set(sources), set(targets)):
        return (), ()  # a war between them
    if clause.trigger.rule.type not in RECEIVED and len(codes) > 1 and set(targets) == set(codes):
        return (), ()  # the treaty between them ends
    other = tuple(code for code in codes if code not in {*sources, *targets})
    if len(other) == 1 and bool(sources) != bool(targets):
        sources, targets = (sources or other), (targets or other)
    return sources, targets


def _ways(clause: Clause, passage: Passage, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return the ways of a rule to find each role; in the passive its subject may be the one acted upon."""
    rule, defaults = clause.trigger.rule, knowledge.settings.get("roles", {})
    ways = {role: rule.roles.get(role, tuple(defaults.get(role, ()))) for role in ("source", "target")}
    if rule.passive is None or knowledge.passive is None:
        return ways
    before = passage.folded[max(clause.sentence.start, clause.trigger.start - AUXILIARY) : clause.trigger.start]
    if not knowledge.passive.search(before):
        return ways
    return {"source": rule.passive, "target": ("before", *ways["target"])}


def coordinated(
    mention: Entity, mentions: Sequence[Entity], passage: Passage, knowledge: Knowledge
) -> list[Entity]:
    """Return a mention with those that a list joins to it ("X, Y and Z"), in the order of the text."""
    place = list(mentions).index(mention)
    first = last = place
    while first and _joined(mentions[first - 1], mentions[first], passage, knowledge):
        first -= 1
    while last + 1 < len(mentions) and _joined(mentions[last], mentions[last + 1], passage, knowledge):
        last += 1
    return list(mentions[first : last + 1])


def _joined(left: Entity, right: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    between = passage.folded[left.end : right.start]
    if not between.strip():
        return False
    if between.strip() == "," and (left.kind == PERSON) != (right.kind == PERSON):
        return False  # "the ambassador to X, N. N."
    rest = between
    for regex in knowledge.joints:
        rest = regex.sub("", rest)
    if knowledge.articles and (rest != between or "," in rest):
        rest = knowledge.articles.sub("", rest)
    return not any(letter.isalnum() for letter in rest)


def _role(
    ways: Sequence[str],
    codes: Sequence[str],
    mentions: Sequence[Entity],
    clause: Clause,
    passage: Passage,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    for way in ways:
        for found in _by_way(way, mentions, clause, passage, knowledge):
            joined = coordinated(found, mentions, passage, knowledge)
            group = {mention.country for mention in joined}
            start = clause.trigger.start
            beyond = any((m.start < start) != (found.start < start) for m in mentions)
            if beyond and len(codes) > 1 and group >= set(codes) and not knowledge.head_final:
                continue  # "the ties between X and Y", of which one is named elsewhere as the one that acts
            return tuple(sorted(code for code in codes if code in group and found.country in codes))
    return ()


def _by_way(
    way: str, mentions: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> Sequence[Entity]:
    """Return the mentions found in one way, the best first: a case, a side of the trigger, or a marked agent."""
    trigger = clause.trigger
    if way.startswith(LAST):
        return _by_way(way.removeprefix(LAST), mentions, clause, passage, knowledge)[::-1]
    if way == "before":
        found = [m for m in mentions if m.end <= trigger.start][::-1]
        if not knowledge.head_final and not any(m.start >= clause.span.start for m in found):
            found = found[::-1]  # a verb joined to the one before shares its subject: "banned § and lifted it"
    elif way == "after":
        found = [m for m in mentions if m.start >= trigger.end]
    elif way == "first":
        found = list(mentions)
    elif way == "bare":
        found = [m for m in _last_before(mentions, trigger.start, BARE) if m.case == "nominative"]
    elif way == "next":
        found = [m for m in _last_before(mentions, trigger.start, NEXT) if m.case == "nominative"]
    elif way == "behind":
        near = [m for m in mentions if 0 <= m.start - trigger.end <= BARE and m.end < clause.sentence.end - NEXT]
        found = [m for m in near if m.case == "nominative" and m.kind in PLACES]
    elif way == "toward":
        found = [m for m in mentions if _is_toward(m, passage, knowledge)]
    elif way == "owner" and knowledge.head_final:
        found = [m for m in [m for m in mentions if m.end <= trigger.start][-1:] if trigger.start - m.end <= OWNER]
    elif way == "owner":
        found = [m for m in mentions if m.start >= trigger.end and _is_owner(m, clause, passage, knowledge)]
    elif way == "sender":
        found = [m for m in mentions if _is_sender(m, passage, knowledge)]
    elif way == "left":
        found = [m for m in mentions if is_left(m, passage, knowledge)]
    elif way == "venue":
        found = [m for m in mentions if _is_in(m, passage, knowledge)]
    elif way == "agent":
        found = [m for m in mentions if _is_agent(m, passage, knowledge)]
    elif way == "goal":
        found = [m for m in mentions if _is_goal(m, passage, knowledge)]
    elif way in HELD:
        found = sorted((m for m in mentions if m.kind == way), key=lambda m: m.kind == PERSON and m.case not in SUBJECT)
    else:
        found = [m for m in mentions if m.kind not in BODIES and case_of(m, passage, knowledge) == way]
        if way == "nominative" and knowledge.head_final:
            last = {m: coordinated(m, mentions, passage, knowledge)[-1] for m in found}  # it bears the ending of all
            found = [m for m in found if case_of(last[m], passage, knowledge) == way]
    return found


def _last_before(mentions: Sequence[Entity], place: int, reach: int) -> list[Entity]:
    """Return the last mention before a place in the text, if it is a place itself and near enough."""
    return [m for m in [m for m in mentions if m.end <= place][-1:] if place - m.end <= reach and m.kind in PLACES]


def _is_toward(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a postposition makes a side, or the office behind it, the one acted upon: "against §'s king"."""
    end, _ = borne(mention, passage, knowledge)
    return bool(knowledge.toward and knowledge.toward.match(passage.folded, end + 1))


def _owns(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a person stands in the genitive without a postposition: an owner, never the one acted upon."""
    if knowledge.toward is None or mention.kind != PERSON or mention.case != "genitive":
        return False
    return not _is_toward(mention, passage, knowledge)


def _is_goal(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a preposition makes a place the goal: "to Bangladesh"."""
    before = passage.folded[max(0, mention.start - 20) : mention.start]
    return bool(knowledge.goal and mention.kind in PLACES and knowledge.goal.search(before))


def _is_owner(mention: Entity, clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a noun's own owner follows it: "the visit of a delegation of Chile"."""
    between = passage.folded[clause.trigger.end : mention.start]
    return bool(knowledge.owner and len(between) <= OWNER and knowledge.owner.match(between.lstrip()))


def _is_sender(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state stands at its envoy or mission: "the Chilean consul", "the embassy of Chile"."""
    if knowledge.sent_after and knowledge.sent_after.match(passage.folded, mention.end + 1):
        return True
    before = passage.folded[max(0, mention.start - LEFT) : mention.start]
    return bool(knowledge.sent_before and knowledge.sent_before.search(before))


def is_left(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state is the one that another becomes independent of: "independence from §"."""
    before = passage.folded[max(0, mention.start - LEFT) : mention.start]
    return bool(knowledge.left and knowledge.left.search(before))


def _is_in(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a preposition makes a place the venue: "in Lima"."""
    before = passage.folded[max(0, mention.start - 20) : mention.start]
    return bool(knowledge.venue and mention.kind in PLACES and knowledge.venue.search(before))


def _is_agent(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    before = passage.folded[max(0, mention.start - 30) : mention.start]
    if knowledge.agent and knowledge.agent.search(before):
        return True
    after = knowledge.agent_after
    return bool(after and after.search(passage.folded, mention.end, mention.end + 25))
