"""Which of the named states take part, and which only tell where it happened or what it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.events.knowledge import Knowledge
from dragoman.events.passage import Passage
from dragoman.events.roles import PERSON, PLACES, coordinated, is_left
from dragoman.events.segments import Clause
from dragoman.events.setting import is_setting
from dragoman.records import Entity, Span

DATELINE = re.compile(r"(?:,[^.:\n]{1,40}?)?(?: ?\([^)\n]{1,40}\))?(?: ?-|:)\s")
TOPIC_REACH = 80
"""So far before a state, in characters, reach the words that make it a mere topic."""
COMPANY = 30
"""So near behind a list, in characters, stands the word that makes it company: "with X and Y"."""
NAMING = 30
"""So near before a town, in characters, stands the treaty or congress that bears its name."""
TOWN_REACH = 40
"""So far before a state, in characters, may its own town begin."""
SEATS = frozenset({"capital", "state", "mission", "seat"})
"""Kinds of places that stand for their state where no other side is named."""
SOMEWHERE = frozenset({"visit", "mission_opened", "mission_closed", "mission_upgraded", "conflict"})
"""Types in which the place is a side."""


def codes_of(mentions: Sequence[Entity]) -> list[str]:
    """Return the states of some mentions, each once, in the order of the text."""
    return list(dict.fromkeys(mention.country for mention in mentions if mention.country))


def without_venues(
    mentions: list[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> list[Entity]:
    """Leave out what only tells where it happened, when enough other states remain, and towns that name something."""
    mentions = _without_asides(mentions, passage, knowledge)
    mentions = [m for i, m in enumerate(mentions) if not (i and _owned(m, mentions[i - 1], passage))]
    mentions = [m for m in mentions if not is_topic(m, clause, passage, knowledge)]
    if clause.trigger.rule.type == "visit":
        mentions = _without_origins(mentions)
    venues = [m for m in mentions if is_venue(m, passage, knowledge) or _ends_caption(m, clause, passage)]
    venues += [m for m in mentions if m not in venues and _is_post(m, mentions, passage, knowledge)]
    houses = [venue for venue in venues if venue.kind == "mission"]
    venues += [m for m in mentions if any(house.start <= m.start and m.end <= house.end for house in houses)]
    kept = [m for m in mentions if m not in venues and not is_setting(m, venues, mentions, passage, knowledge)]
    others = codes_of(kept)
    if clause.trigger.rule.type in SOMEWHERE:
        goal = any(m.case == "dative" for m in kept)
        return kept if goal and len(others) + uncoded(clause.span, passage) >= 2 else mentions
    if len(others) >= 2 or (not others and (passage.hero or len(passage.topic) == 2)):
        return kept
    if len(others) == 1:
        own = passage.title_states if len(passage.title_states) == 2 and others[0] in passage.title_states else ()
        seats = [m for m in mentions if m.kind in SEATS and (not own or m.country in own)]
        return [m for m in mentions if m in kept or m in seats]
    return mentions


def _without_asides(mentions: list[Entity], passage: Passage, knowledge: Knowledge) -> list[Entity]:
    """Leave out what is named but takes no part, in a language whose verb closes with all that is listed with it."""
    aside = [m for m in mentions if named_only(m, passage, knowledge)]
    if aside and knowledge.head_final:
        aside = [m for one in aside for m in coordinated(one, mentions, passage, knowledge)]
    return [m for m in mentions if m not in aside]


def uncoded(span: Span, passage: Passage) -> int:
    """Count the sides without a code that a stretch names."""
    past = sum(name.kind == "historic" for name in passage.entities_in(span))
    return past or len(passage.actors_in(span))


def subject_of(clause: Clause, passage: Passage, knowledge: Knowledge) -> list[Entity]:
    """Return who acts in a clause whose dates each have sides of their own: "gave aid to § in May, to § in June"."""
    named = passage.mentions_in(Span(clause.span.start, clause.trigger.start))
    before = without_venues(list(named), clause, passage, knowledge)
    return coordinated(before[0], before, passage, knowledge) if before else []


def subject_and_left(
    mentions: list[Entity], clause: Clause, passage: Passage, knowledge: Knowledge
) -> list[Entity]:
    """Keep the state that acts, with those joined to it: the nearest before the trigger, else the nearest after it."""
    before = [mention for mention in mentions if mention.end <= clause.trigger.start]
    freed = [mention for mention in mentions if is_left(mention, passage, knowledge)][:1]
    before = [mention for mention in before if mention not in freed]
    if not before:
        return [*mentions[:1], *(mention for mention in freed if mention not in mentions[:1])]
    return [*coordinated(before[-1], before, passage, knowledge), *freed]


def with_host(chosen: list[Entity], clause: Clause, passage: Passage, knowledge: Knowledge) -> list[Entity]:
    """Add who acts where all sides found are only company: "the minister of Z said he signed with X and Y"."""
    if knowledge.company is None or len(codes_of(chosen)) < 2:
        return chosen
    last = chosen[-1].end
    near = Span(last, min(last + COMPANY, clause.trigger.start))
    if not knowledge.company.search(passage.folded, near.start, near.end) or passage.mentions_in(near):
        return chosen
    if coordinated(chosen[0], chosen, passage, knowledge) != chosen:
        return chosen
    others = [
        m
        for m in passage.mentions_in(clause.sentence)
        if m.country
        and m.country not in codes_of(chosen)
        and (m.end <= chosen[0].start or clause.trigger.end <= m.start < clause.span.end)
        and not is_venue(m, passage, knowledge)
        and not named_only(m, passage, knowledge)
    ]
    return sorted([*chosen, *others[:1]], key=lambda m: m.start)


def _without_origins(mentions: list[Entity]) -> list[Entity]:
    """Leave out where a visitor comes from when it is said where he goes to ("from Paris to Rome").

    Where the goal stands in the locative, two other states must be left, for the visitor may be told by it alone.
    """
    left = {m.country for m in mentions if m.case == "ablative" and m.kind in PLACES}
    origins = [m for m in mentions if m.country in left and m.kind in PLACES and m.case in {"ablative", "genitive"}]
    rest = [mention for mention in mentions if mention.case != "ablative" or mention.kind not in PLACES]
    if any(mention.case == "dative" for mention in mentions):
        return rest
    others = [mention for mention in mentions if mention not in origins]
    goal = any(mention.case == "locative" for mention in others)
    return others if goal and len(codes_of(others)) >= 2 else mentions


def _owned(mention: Entity, before: Entity, passage: Passage) -> bool:
    """Tell whether a town or region stands right behind the state that holds it: it brings no state of its own."""
    if mention.kind not in PLACES - {"state"} or mention.case != "nominative":
        return False
    if before.kind != "state" or before.case != "genitive":
        return False
    return not passage.folded[before.end : mention.start].strip() and mention.country != before.country


def named_only(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state is named but takes no part: a treaty's town, one that is excepted."""
    if knowledge.aside and knowledge.aside.match(passage.folded, mention.end + 1):
        return True
    return gives_its_name(mention, passage.folded, knowledge)


def gives_its_name(mention: Entity, folded: str, knowledge: Knowledge) -> bool:
    """Tell whether a town only names a treaty, a summit, a pope: the Kyoto Protocol."""
    named = knowledge.named_after
    town = mention.kind in {*PLACES, "seat"} and mention.kind != "state"
    if not town:
        return False
    if named and named.match(folded, mention.end + 1):
        return True
    before = folded[max(0, mention.start - NAMING) : mention.start]
    return bool(knowledge.named_before and knowledge.named_before.search(before))


def is_topic(mention: Entity, clause: Clause, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state is only what an act is about: "envoy for Kenya", "independence from Kenya"."""
    if knowledge.topic_before is None or clause.trigger.rule.type == "independence":
        return False
    start = max(0, mention.start - TOPIC_REACH)
    if passage.search(knowledge.topic_before, start, mention.start, clause.sentence):
        return True
    if mention.kind != PERSON or knowledge.head_final:
        return False
    before = passage.mentions_in(Span(start, mention.start))[-1:]  # "with the mediation of the president of X, N. N."
    return any(
        one.country == mention.country
        and one.kind != PERSON
        and passage.folded[one.end : mention.start].strip() == ","
        and is_topic(one, clause, passage, knowledge)
        for one in before
    )


def is_venue(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state or a town is only where it happened."""
    if mention.kind in {"seat", "mission"} and mention.case == "locative":
        return True
    if mention.kind not in PLACES:
        return False
    if knowledge.posted_after and knowledge.posted_after.match(passage.folded, mention.end + 1):
        return False
    if knowledge.venue_after and knowledge.venue_after.match(passage.folded, mention.end + 1):
        return True
    if mention.case == "locative":
        return True
    before = passage.folded[max(0, mention.start - 20) : mention.start]
    if knowledge.venue and knowledge.venue.search(before):
        return True
    return not knowledge.head_final and (_is_dateline(mention, passage) or _holds_venue(mention, passage, knowledge))


def _is_dateline(mention: Entity, passage: Passage) -> bool:
    """Tell whether a town opens a line as the place it was written in: "LIMA, May 5 -", "LIMA (Agency) -"."""
    opens = mention.start == 0 or passage.text[mention.start - 1] == "\n"
    return opens and mention.kind != "state" and DATELINE.match(passage.folded, mention.end) is not None


def _holds_venue(mention: Entity, passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state stands behind the comma of its own town, which is a venue: "in Lima, Peru"."""
    towns = passage.mentions_in(Span(max(0, mention.start - TOWN_REACH), mention.start))
    if mention.kind != "state" or not towns or towns[-1].kind not in PLACES - {"state"}:
        return False
    if towns[-1].country != mention.country or passage.folded[towns[-1].end : mention.start].strip() != ",":
        return False
    return is_venue(towns[-1], passage, knowledge)


def _is_post(mention: Entity, mentions: Sequence[Entity], passage: Passage, knowledge: Knowledge) -> bool:
    """Tell whether a state only holds the mission where it happened, or the posts of two envoys of others."""
    if not knowledge.head_final or mention.kind != "state" or mention.case != "locative":
        return False
    own = [m for m in mentions if m.country == mention.country]
    if len(own) > 1 and all(m.case == "locative" for m in own):
        return len({m.country for m in mentions if m.country}) > 2
    behind = next((m for m in mentions if m.start > mention.end), None)
    return bool(behind and is_venue(behind, passage, knowledge) and behind.kind == "mission")


def _ends_caption(mention: Entity, clause: Clause, passage: Passage) -> bool:
    """Tell whether a town stands between commas behind the trigger: "the visit of X to Y, Geneva, 1985"."""
    if mention.kind not in PLACES - {"state"} or mention.start < clause.trigger.end or mention.case != "nominative":
        return False
    before = passage.folded[clause.trigger.end : mention.start].rstrip()
    after = passage.folded[mention.end : clause.sentence.end].lstrip()
    return before.endswith(",") and after[:1] in {"", ",", ".", "("}
