"""Who acts and who is acted upon: the source and the target among the sides of a directed event."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.segments import Clause
from dragoman.records import Entity

BARE = 25
"""So near before its trigger, in characters, stands a place without an ending: the goal of "X visit"."""
PLACES = frozenset({"state", "capital", "city", "region"})
BODIES = frozenset({"mission", "ministry", "parliament", "government", "delegation", "organisation"})
"""Names that hold a state of their own inside them; their own case says nothing of its role."""


def roles_of(
    codes: Sequence[str], mentions: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sources and the targets among the participants, each sorted; empty where it is not plain.

    Each role is the state found in the first way that finds one, with the states joined to it by "and" or a comma.
    Of two sides, the one without a role takes the other role.
    """
    targets = _role("target", codes, mentions, clause, passage, knowledge)
    free = [mention for mention in mentions if mention.country not in targets]
    sources = _role("source", codes, free, clause, passage, knowledge)
    if len(codes) == 2 and bool(sources) != bool(targets):
        other = tuple(code for code in codes if code not in {*sources, *targets})
        sources, targets = (sources or other), (targets or other)
    return sources, targets


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
    for regex in knowledge.joints:
        between = regex.sub("", between)
    return not any(letter.isalnum() for letter in between)


def _role(
    role: str,
    codes: Sequence[str],
    mentions: Sequence[Entity],
    clause: Clause,
    passage: Passage,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    defaults = knowledge.settings.get("roles", {})
    for way in clause.trigger.rule.roles.get(role, tuple(defaults.get(role, ()))):
        found = _by_way(way, mentions, clause, passage, knowledge)
        if found is not None:
            group = {mention.country for mention in coordinated(found, mentions, passage, knowledge)}
            return tuple(sorted(code for code in codes if code in group and found.country in codes))
    return ()


def _by_way(
    way: str, mentions: Sequence[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> Entity | None:
    """Return the mention found in one way: a case, a side of the trigger, or an agent marked as such."""
    trigger = clause.trigger
    if way == "before":
        found = [m for m in mentions if m.end <= trigger.start][::-1]
    elif way == "after":
        found = [m for m in mentions if m.start >= trigger.end]
    elif way == "first":
        found = list(mentions)
    elif way == "bare":
        near = [m for m in mentions if 0 <= trigger.start - m.end <= BARE and m.kind in PLACES]
        found = [m for m in near if m.case == "nominative"][::-1]
    elif way == "agent":
        found = [m for m in mentions if _is_agent(m, passage, knowledge)]
    elif way == "goal":
        found = [m for m in mentions if _is_goal(m, passage, knowledge)]
    elif way == "person":
        found = [m for m in mentions if m.kind == "person"]
    else:
        found = [m for m in mentions if m.case == way and m.kind not in BODIES]
    return found[0] if found else None


def _is_goal(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a preposition makes a place the goal: "to Bangladesh"."""
    before = passage.folded[max(0, mention.start - 20) : mention.start]
    return bool(knowledge.goal and mention.kind in PLACES and knowledge.goal.search(before))


def _is_agent(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    before = passage.folded[max(0, mention.start - 30) : mention.start]
    if knowledge.agent and knowledge.agent.search(before):
        return True
    after = knowledge.agent_after
    return bool(after and after.search(passage.folded, mention.end, mention.end + 25))
